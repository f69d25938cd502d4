"""The parser of the command line, and how a command is added to it."""

from __future__ import annotations

import argparse
import importlib
import re
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn, TypeAlias

from reportgen.cli.options import kinds
from reportgen.cli.ukrainian import translated
from reportgen.diagnostics import tame
from reportgen.model.standard import STANDARDS, USUAL

if TYPE_CHECKING:
    Commands: TypeAlias = "argparse._SubParsersAction[Parser]"  # noqa: SLF001 - its only name


class Parser(argparse.ArgumentParser):
    """An argument parser that speaks Ukrainian."""

    def __init__(self, **options: Any) -> None:  # noqa: ANN401 - argparse's own
        super().__init__(add_help=False, allow_abbrev=False, **options)
        self._positionals.title = "що"
        self._optionals.title = "параметри"
        self.add_argument("-h", "--help", action="help", help="показати цю довідку")

    def format_help(self) -> str:
        """Return the help of a command."""
        return super().format_help().replace("usage: ", "виклик: ", 1)

    def format_usage(self) -> str:
        """Return the line that shows how a command is called."""
        return super().format_usage().replace("usage: ", "виклик: ", 1)

    def error(self, message: str) -> NoReturn:
        """End with what is wrong with the call."""
        self.exit(2, f"{self.format_usage()}{self.prog}: {tame(translated(message))}\n")


def add_command(
    commands: Commands, name: str, text: str, *, selects: bool = False
) -> argparse.ArgumentParser:
    """Add a command and return its parser; one that ``selects`` is asked for reports."""
    description = f"{text[:1].upper()}{text[1:]}."
    parser = commands.add_parser(name, help=text, description=description)
    parser.set_defaults(run=_lazily(f"reportgen.cli.{re.sub('[- ]', '_', name)}_command"))
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


def ask_for_standard(command: argparse.ArgumentParser) -> None:
    """Let a command that makes PDF be asked for another standard than the council's."""
    command.add_argument(
        "--pdf-standard",
        type=kinds.standard,
        metavar="ПРОФІЛЬ",
        help=f"профіль PDF/A: {', '.join(STANDARDS)}; типово з council.yaml або {USUAL.value}",
    )


def _lazily(module: str) -> Callable[[argparse.Namespace], int]:
    """Return a function that imports a command only when it is run: help must answer at once."""

    def run(options: argparse.Namespace) -> int:
        code: int = importlib.import_module(module).run(options)
        return code

    return run
