"""Options of commands about signed files: sign, verify, archive."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from reportgen.cli.options import kinds
from reportgen.cli.options.parser import add_command

if TYPE_CHECKING:
    from reportgen.cli.options.parser import Commands


def add_commands(commands: Commands) -> None:
    """Add the commands, in the order in which help names them."""
    _sign(commands)


def _sign(commands: Commands) -> None:
    sign = add_command(commands, "sign", "підписати складені PDF електронним підписом")
    sign.add_argument("targets", nargs="*", metavar="ЩО", help="теки програм, пакети або файли PDF")
    sign.add_argument("--period", metavar="ПЕРІОД", help="лише цей період: 2023-h1")
    sign.add_argument(
        "--profile", metavar="НАЗВА", help="профіль із content/signing.yaml; єдиний — типово"
    )
    sign.add_argument(
        "--key",
        dest="keys",
        nargs="+",
        action="extend",
        default=[],
        metavar="КЛЮЧ",
        help="підписати лише цими ключами профілю",
    )
    sign.add_argument(
        "--replace",
        action="store_true",
        help="підписати наново те, що складено інакше; підписаний файл буде відкладено",
    )
    sign.add_argument(
        "--output", type=Path, metavar="ТЕКА", help="де складені файли; типово output"
    )
    sign.add_argument("--signed", type=Path, metavar="ТЕКА", help="куди підписані; типово signed")
    sign.add_argument(
        "--jobs", type=kinds.jobs, metavar="ЧИСЛО", help="скільки процесів; типово за числом ядер"
    )
