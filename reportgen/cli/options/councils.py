"""Options of commands about all programmes: consolidated, compare, package, status, publish."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from reportgen.build.formats import FORMATS, PDF_ENGINES
from reportgen.cli.options import kinds
from reportgen.cli.options.parser import add_command, ask_for_standard

if TYPE_CHECKING:
    from reportgen.cli.options.parser import Commands


def add_commands(commands: Commands) -> None:
    """Add the commands, in the order in which help names them."""
    _consolidated(commands)
    _compare(commands)
    _package(commands)
    _status(commands)
    _publish(commands)


def _consolidated(commands: Commands) -> None:
    consolidated = add_command(commands, "consolidated", "скласти зведену інформацію за період")
    consolidated.add_argument(
        "--period", required=True, metavar="ПЕРІОД", help="за який період: 2023-h1"
    )
    consolidated.set_defaults(programmes=())
    _drawn(consolidated, kinds.formats, FORMATS, f"формати через кому; типово {','.join(FORMATS)}")


def _compare(commands: Commands) -> None:
    compare = add_command(commands, "compare", "порівняти період із попереднім і торішнім")
    compare.add_argument("period", metavar="ПЕРІОД", help="період, який порівнюють: 2023-h1")
    compare.add_argument(
        "programmes", nargs="*", metavar="ПРОГРАМА", help="теки програм; типово всі"
    )
    compare.add_argument(
        "--with", dest="base", type=kinds.period, metavar="ПЕРІОД", help="з яким періодом порівняти"
    )
    _drawn(
        compare,
        kinds.printed_or_drawn,
        ("text",),
        f"вигляд: text, csv, json або {','.join(FORMATS)}",
    )


def _drawn(
    command: argparse.ArgumentParser,
    formats: Callable[[str], tuple[str, ...]],
    usual: tuple[str, ...],
    text: str,
) -> None:
    """Add what a command that writes documents of its own is asked for."""
    command.add_argument("--format", type=formats, default=usual, metavar="СПИСОК", help=text)
    command.add_argument("--output", type=Path, metavar="ТЕКА", help="куди складати; типово output")
    command.add_argument(
        "--pdf-engine",
        choices=PDF_ENGINES,
        default=PDF_ENGINES[0],
        help=f"чим складати PDF; типово {PDF_ENGINES[0]}",
    )
    ask_for_standard(command)


def _package(commands: Commands) -> None:
    package = add_command(commands, "package", "скласти пакет сесії: рішення, записку й додатки")
    package.add_argument("package", metavar="ПАКЕТ", help="файл у content/packages, без .yaml")
    package.add_argument(
        "--adopted",
        nargs=2,
        metavar=("НОМЕР", "ДАТА"),
        help="номер і дата ухваленого рішення: 1013 2024-02-15",
    )
    package.add_argument("--output", type=Path, metavar="ТЕКА", help="куди складати; типово output")
    package.add_argument(
        "--jobs", type=kinds.jobs, metavar="ЧИСЛО", help="скільки процесів; типово за числом ядер"
    )
    ask_for_standard(package)
    package.set_defaults(programmes=(), period=None)


def _status(commands: Commands) -> None:
    status = add_command(commands, "status", "показати стан звітів усіх програм і що прострочено")
    status.add_argument(
        "--period",
        required=True,
        type=kinds.period,
        metavar="ПЕРІОД",
        help="за який період: 2023-h1",
    )
    status.add_argument(
        "--on", type=kinds.day, metavar="ДАТА", help="на який день: 2023-07-20; типово сьогодні"
    )
    status.add_argument(
        "--format",
        choices=("text", "csv", "json", "html"),
        default="text",
        help="вигляд; типово text",
    )
    status.add_argument(
        "--output", type=Path, metavar="ФАЙЛ", help="куди записати; типово на екран"
    )
    status.add_argument(
        "--built", type=Path, metavar="ТЕКА", help="де лежать складені звіти; типово output"
    )
    status.add_argument(
        "--late", action="store_true", help="код завершення 1, якщо щось прострочено"
    )


def _publish(commands: Commands) -> None:
    site = add_command(commands, "publish", "скласти сайт зі звітами й відкритими даними")
    site.add_argument("programmes", nargs="*", metavar="ПРОГРАМА", help="теки програм; типово всі")
    site.add_argument(
        "--period",
        dest="periods",
        type=kinds.period,
        nargs="+",
        action="extend",
        default=[],
        metavar="ПЕРІОД",
        help="лише ці періоди: 2023-h1 2023; типово всі",
    )
    site.add_argument(
        "--output", type=Path, metavar="ТЕКА", help="куди скласти сайт; типово output/site"
    )
    site.add_argument(
        "--jobs", type=kinds.jobs, metavar="ЧИСЛО", help="скільки процесів; типово за числом ядер"
    )
    site.set_defaults(period=None)
