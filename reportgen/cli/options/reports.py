"""Options of commands about single reports: build, check, why, proof."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from reportgen.build.formats import FORMATS, PDF_ENGINES
from reportgen.cli.options import kinds
from reportgen.cli.options.parser import add_command, ask_for_standard

if TYPE_CHECKING:
    from reportgen.cli.options.parser import Commands


def add_commands(commands: Commands) -> None:
    """Add the commands, in the order in which help names them."""
    _build(commands)
    _check(commands)
    _why(commands)
    _proof(commands)


def _build(commands: Commands) -> None:
    build = add_command(commands, "build", "скласти звіти", selects=True)
    build.add_argument(
        "--format",
        type=kinds.formats,
        default=FORMATS,
        metavar="СПИСОК",
        help=f"формати через кому; типово {','.join(FORMATS)}",
    )
    build.add_argument("--output", type=Path, metavar="ТЕКА", help="куди складати; типово output")
    build.add_argument(
        "--pdf-engine",
        choices=PDF_ENGINES,
        default=PDF_ENGINES[0],
        help=f"чим складати PDF; типово {PDF_ENGINES[0]}",
    )
    ask_for_standard(build)
    build.add_argument(
        "--jobs", type=kinds.jobs, metavar="ЧИСЛО", help="скільки процесів; типово за числом ядер"
    )
    build.add_argument(
        "--force", action="store_true", help="скласти все заново, хоч би ніщо не змінилося"
    )
    build.add_argument(
        "--scheduler", metavar="АДРЕСА", help="скласти на кластері Dask: tcp://10.0.0.5:8786"
    )
    build.add_argument(
        "--watch",
        action="store_true",
        help="складати знову після кожного збереження; кінець — Ctrl+C",
    )


def _check(commands: Commands) -> None:
    check = add_command(commands, "check", "перевірити дані, нічого не складаючи", selects=True)
    check.add_argument(
        "--format",
        choices=("text", "json", "sarif", "github"),
        default="text",
        help="вигляд повідомлень; типово text",
    )
    check.add_argument(
        "--strict", action="store_true", help="попередження — теж підстава для коду завершення 1"
    )
    check.add_argument(
        "--draft", action="store_true", help="чого ще не вписано — примітка, а не помилка"
    )
    check.add_argument(
        "--only", default="", metavar="КОДИ", help="показати лише ці коди, через кому"
    )
    check.add_argument("--skip", default="", metavar="КОДИ", help="не показувати цих кодів")
    check.add_argument(
        "--fresh", action="store_true", help="перевірити все заново, нічого не пригадуючи"
    )
    check.add_argument("--explain", metavar="КОД", help="пояснити код повідомлення й більше нічого")


def _why(commands: Commands) -> None:
    why = add_command(commands, "why", "показати, звідки у звіті взялося число")
    why.add_argument("programmes", nargs=1, metavar="ПРОГРАМА", help="тека програми")
    why.add_argument("period", metavar="ПЕРІОД", help="період звіту: 2023-h1")
    why.add_argument("row", metavar="РЯДОК", help="номер заходу, як у даних; підсумок: total")
    why.add_argument("column", metavar="КОЛОНКА", help="номер, заголовок або позначка колонки")
    why.add_argument(
        "--format", choices=("text", "json"), default="text", help="вигляд; типово text"
    )


def _proof(commands: Commands) -> None:
    proof = add_command(
        commands, "proof", "прочитати складені файли й звірити їх із даними", selects=True
    )
    proof.add_argument("--output", type=Path, metavar="ТЕКА", help="де лежать; типово output")
