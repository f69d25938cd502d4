"""Options of commands that make content and forms."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from reportgen.build.formats import FORMATS
from reportgen.cli.options import kinds
from reportgen.cli.options.parser import add_command

if TYPE_CHECKING:
    from reportgen.cli.options.parser import Commands


_ACTIONS = "list — усі форми; check ФОРМА — перевірити; preview ФОРМА — скласти зразок"


def add_commands(commands: Commands) -> None:
    """Add the commands, in the order in which help names them."""
    _form(commands)
    _schema(commands)
    _new(commands)
    _init(commands)
    _import(commands)
    _entry_forms(commands)


def _form(commands: Commands) -> None:
    form = add_command(commands, "form", "показати форми, перевірити форму чи скласти її зразок")
    form.add_argument("action", choices=("list", "check", "preview"), metavar="ДІЯ", help=_ACTIONS)
    form.add_argument("form", nargs="?", default="", metavar="ФОРМА", help="тека форми")
    form.add_argument(
        "--format",
        type=kinds.formats,
        default=FORMATS,
        metavar="СПИСОК",
        help="формати зразка через кому; типово всі",
    )
    form.add_argument("--output", type=Path, metavar="ТЕКА", help="куди складати; типово output")


def _schema(commands: Commands) -> None:
    schema = add_command(commands, "schema", "записати схеми файлів для редактора (JSON Schema)")
    schema.add_argument(
        "form", nargs="?", default="", metavar="ФОРМА", help="показати схеми лише цієї форми"
    )


def _new(commands: Commands) -> None:
    new = add_command(commands, "new", "почати файл наступного періоду з попереднього")
    new.add_argument("programme", metavar="ПРОГРАМА", help="тека програми")
    new.add_argument("period", metavar="ПЕРІОД", help="новий період: 2023-9m")
    new.add_argument(
        "--from",
        dest="base",
        metavar="ПЕРІОД",
        help="з якого звіту почати; типово з найближчого раніше",
    )


def _init(commands: Commands) -> None:
    init = add_command(commands, "init", "розкласти в новій теці приклад, з якого почати")
    init.add_argument("folder", type=Path, metavar="ТЕКА", help="нова або порожня тека")
    init.add_argument(
        "--form",
        default="zhytomyr-measures-year",
        metavar="ФОРМА",
        help="форма прикладу; типово zhytomyr-measures-year",
    )


def _import(commands: Commands) -> None:
    taken = add_command(
        commands, "import", "перенести чужий звіт (DOCX, XLSX, PDF, HTML, текст) у дані"
    )
    taken.add_argument("file", type=Path, metavar="ФАЙЛ", help="звіт минулого періоду")
    taken.add_argument(
        "--programme", metavar="ПРОГРАМА", help="тека програми; типово за назвою у файлі"
    )
    taken.add_argument("--period", metavar="ПЕРІОД", help="період; типово за заголовком: 2023-h1")
    taken.add_argument(
        "--form", default="", metavar="ФОРМА", help="форма звіту; типово за шапкою таблиці"
    )
    taken.add_argument(
        "--sheet", default="", metavar="АРКУШ", help="аркуш книги Excel, якщо звітів у ній кілька"
    )
    taken.add_argument("--dry-run", action="store_true", help="лише показати, що буде записано")
    taken.add_argument(
        "--replace", action="store_true", help="замінити файл періоду; старий лишиться поруч"
    )


def _entry_forms(commands: Commands) -> None:
    out = add_command(commands, "form-out", "видати форму Excel, у яку вписують дані звіту")
    out.add_argument("programme", metavar="ПРОГРАМА", help="тека програми")
    out.add_argument("period", metavar="ПЕРІОД", help="період звіту: 2023-9m")
    out.add_argument(
        "--output", type=Path, metavar="ФАЙЛ", help="куди записати; типово в output/entry"
    )
    out.add_argument("--by-executor", action="store_true", help="кожному виконавцеві окремий аркуш")
    back = add_command(commands, "form-in", "прийняти заповнені форми Excel")
    back.add_argument("files", nargs="+", type=Path, metavar="ФАЙЛ", help="заповнені форми")
    back.add_argument("--yes", action="store_true", help="записати, не питаючи")
    back.add_argument("--dry-run", action="store_true", help="лише показати зміни")
