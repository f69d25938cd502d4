"""Options of every command, and their help."""

from __future__ import annotations

import argparse
from collections.abc import Sequence

from reportgen import __version__
from reportgen.cli.options import archives, authors, councils, reports
from reportgen.cli.options.parser import Parser, add_command

_ABOUT = "Звіти про виконання програм: з YAML у DOCX, XLSX, PDF і HTML."
_CODES = "Коди завершення: 0 — зроблено; 1 — помилки у даних; 2 — заважає комп'ютер або виклик."


def parse_options(arguments: Sequence[str]) -> argparse.Namespace:
    """Return the options of the chosen command; ``run`` is the function that carries it out."""
    parser = Parser(prog="reportgen", description=_ABOUT, epilog=_CODES)
    parser.add_argument(
        "--version",
        action="version",
        version=f"reportgen {__version__}",
        help="показати версію",
    )
    commands = parser.add_subparsers(
        title="команди", metavar="КОМАНДА", dest="command", required=True, parser_class=Parser
    )
    reports.add_commands(commands)
    councils.add_commands(commands)
    archives.add_commands(commands)
    add_command(commands, "list", "показати програми, періоди й форми")
    authors.add_commands(commands)
    add_command(commands, "doctor", "показати шрифти, рушії й версії та що працює")
    return parser.parse_args(arguments)
