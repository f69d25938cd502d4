"""Options of every command, and their help."""

from __future__ import annotations

import argparse
import importlib
import re
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, NoReturn

from reportgen import __version__
from reportgen.build.formats import FORMATS, PDF_ENGINES
from reportgen.cli.ukrainian import translated
from reportgen.model.period import Period

_ABOUT = "Звіти про виконання програм: з YAML у DOCX, XLSX, PDF і HTML."
_ACTIONS = "list — усі форми; check ФОРМА — перевірити; preview ФОРМА — скласти зразок"
_MOST_JOBS = 256
_CODES = "Коди завершення: 0 — зроблено; 1 — помилки у даних; 2 — заважає комп'ютер або виклик."


class _Parser(argparse.ArgumentParser):
    """An argument parser that speaks Ukrainian."""

    def __init__(self, **options: Any) -> None:  # noqa: ANN401 - argparse's own
        super().__init__(add_help=False, allow_abbrev=False, **options)
        self._positionals.title = "що"
        self._optionals.title = "параметри"
        self.add_argument("-h", "--help", action="help", help="показати цю довідку")

    def format_help(self) -> str:
        return super().format_help().replace("usage: ", "виклик: ", 1)

    def format_usage(self) -> str:
        return super().format_usage().replace("usage: ", "виклик: ", 1)

    def error(self, message: str) -> NoReturn:
        self.exit(2, f"{self.format_usage()}{self.prog}: {translated(message)}\n")


def parse_options(arguments: Sequence[str]) -> argparse.Namespace:
    """Return the options of the chosen command; ``run`` is the function that carries it out."""
    parser = _Parser(prog="reportgen", description=_ABOUT, epilog=_CODES)
    parser.add_argument(
        "--version",
        action="version",
        version=f"reportgen {__version__}",
        help="показати версію",
    )
    commands = parser.add_subparsers(
        title="команди", metavar="КОМАНДА", dest="command", required=True, parser_class=_Parser
    )
    build = _command(commands, "build", "скласти звіти", selects=True)
    build.add_argument(
        "--format",
        type=_formats,
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
    build.add_argument(
        "--jobs", type=_jobs, metavar="ЧИСЛО", help="скільки процесів; типово за числом ядер"
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
    check = _command(commands, "check", "перевірити дані, нічого не складаючи", selects=True)
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
    why = _command(commands, "why", "показати, звідки у звіті взялося число")
    why.add_argument("programmes", nargs=1, metavar="ПРОГРАМА", help="тека програми")
    why.add_argument("period", metavar="ПЕРІОД", help="період звіту: 2023-h1")
    why.add_argument("row", metavar="РЯДОК", help="номер заходу, як у даних; підсумок: total")
    why.add_argument("column", metavar="КОЛОНКА", help="номер, заголовок або позначка колонки")
    why.add_argument(
        "--format", choices=("text", "json"), default="text", help="вигляд; типово text"
    )
    proof = _command(
        commands, "proof", "прочитати складені файли й звірити їх із даними", selects=True
    )
    proof.add_argument("--output", type=Path, metavar="ТЕКА", help="де лежать; типово output")
    consolidated = _command(commands, "consolidated", "скласти зведену інформацію за період")
    consolidated.add_argument(
        "--period", required=True, metavar="ПЕРІОД", help="за який період: 2023-h1"
    )
    consolidated.set_defaults(programmes=())
    _drawn(consolidated, _formats, FORMATS, f"формати через кому; типово {','.join(FORMATS)}")
    compare = _command(commands, "compare", "порівняти період із попереднім і торішнім")
    compare.add_argument("period", metavar="ПЕРІОД", help="період, який порівнюють: 2023-h1")
    compare.add_argument(
        "programmes", nargs="*", metavar="ПРОГРАМА", help="теки програм; типово всі"
    )
    compare.add_argument(
        "--with", dest="base", type=_period, metavar="ПЕРІОД", help="з яким періодом порівняти"
    )
    _drawn(
        compare, _printed_or_drawn, ("text",), f"вигляд: text, csv, json або {','.join(FORMATS)}"
    )
    _command(commands, "list", "показати програми, періоди й форми")
    form = _command(commands, "form", "показати форми, перевірити форму чи скласти її зразок")
    form.add_argument("action", choices=("list", "check", "preview"), metavar="ДІЯ", help=_ACTIONS)
    form.add_argument("form", nargs="?", default="", metavar="ФОРМА", help="тека форми")
    form.add_argument(
        "--format",
        type=_formats,
        default=FORMATS,
        metavar="СПИСОК",
        help="формати зразка через кому; типово всі",
    )
    form.add_argument("--output", type=Path, metavar="ТЕКА", help="куди складати; типово output")
    schema = _command(commands, "schema", "записати схеми файлів для редактора (JSON Schema)")
    schema.add_argument(
        "form", nargs="?", default="", metavar="ФОРМА", help="показати схеми лише цієї форми"
    )
    _beginnings(commands)
    _import(commands)
    _entry_forms(commands)
    _command(commands, "doctor", "показати шрифти, рушії й версії та що працює")
    return parser.parse_args(arguments)


def _beginnings(commands: argparse._SubParsersAction[_Parser]) -> None:
    new = _command(commands, "new", "почати файл наступного періоду з попереднього")
    new.add_argument("programme", metavar="ПРОГРАМА", help="тека програми")
    new.add_argument("period", metavar="ПЕРІОД", help="новий період: 2023-9m")
    new.add_argument(
        "--from",
        dest="base",
        metavar="ПЕРІОД",
        help="з якого звіту почати; типово з найближчого раніше",
    )
    init = _command(commands, "init", "розкласти в новій теці приклад, з якого почати")
    init.add_argument("folder", type=Path, metavar="ТЕКА", help="нова або порожня тека")
    init.add_argument(
        "--form",
        default="zhytomyr-measures-year",
        metavar="ФОРМА",
        help="форма прикладу; типово zhytomyr-measures-year",
    )


def _import(commands: argparse._SubParsersAction[_Parser]) -> None:
    taken = _command(
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


def _entry_forms(commands: argparse._SubParsersAction[_Parser]) -> None:
    out = _command(commands, "form-out", "видати форму Excel, у яку вписують дані звіту")
    out.add_argument("programme", metavar="ПРОГРАМА", help="тека програми")
    out.add_argument("period", metavar="ПЕРІОД", help="період звіту: 2023-9m")
    out.add_argument(
        "--output", type=Path, metavar="ФАЙЛ", help="куди записати; типово в output/entry"
    )
    out.add_argument("--by-executor", action="store_true", help="кожному виконавцеві окремий аркуш")
    back = _command(commands, "form-in", "прийняти заповнені форми Excel")
    back.add_argument("files", nargs="+", type=Path, metavar="ФАЙЛ", help="заповнені форми")
    back.add_argument("--yes", action="store_true", help="записати, не питаючи")
    back.add_argument("--dry-run", action="store_true", help="лише показати зміни")


def _command(
    commands: argparse._SubParsersAction[_Parser], name: str, text: str, *, selects: bool = False
) -> argparse.ArgumentParser:
    description = f"{text[:1].upper()}{text[1:]}."
    parser = commands.add_parser(name, help=text, description=description)
    parser.set_defaults(run=_lazily(f"reportgen.cli.{name.replace('-', '_')}_command"))
    if selects:
        parser.add_argument(
            "programmes",
            nargs="*",
            metavar="ПРОГРАМА",
            help="теки програм або файли звітів; типово всі",
        )
        parser.add_argument("--period", metavar="ПЕРІОД", help="лише цей період: 2023-h1")
    if name != "init":  # it makes such a folder
        parser.add_argument(
            "--root", type=Path, default=Path(), metavar="ТЕКА", help="тека проєкту; типово поточна"
        )
    return parser


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


def _lazily(module: str) -> Callable[[argparse.Namespace], int]:
    """Return a function that imports a command only when it is run: help must answer at once."""

    def run(options: argparse.Namespace) -> int:
        code: int = importlib.import_module(module).run(options)
        return code

    return run


def _formats(text: str) -> tuple[str, ...]:
    chosen = tuple(dict.fromkeys(re.split(r"[,\s]+", text.strip().lower())))
    unknown = [one for one in chosen if one not in FORMATS]
    if unknown:
        known = ", ".join(FORMATS)
        raise argparse.ArgumentTypeError(f"немає формату «{unknown[0]}»; є: {known}")
    return chosen


def _printed_or_drawn(text: str) -> tuple[str, ...]:
    """Return one way to print, or formats of documents."""
    return (text,) if text in ("text", "csv", "json") else _formats(text)


def _period(text: str) -> Period:
    try:
        return Period.parse(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"«{text}»: пишіть період як 2023-h1 або 2023") from None


def _jobs(text: str) -> int:
    if not text.isascii() or not text.isdigit() or not 0 < int(text[:4]) <= _MOST_JOBS:
        raise argparse.ArgumentTypeError(f"«{text}»: потрібне число від 1 до {_MOST_JOBS}")
    return int(text)
