"""``reportgen status``."""

from __future__ import annotations

import argparse
import datetime
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from urllib.parse import quote

from reportgen.build.board import Asked, draw_up
from reportgen.build.examine import without_allowed
from reportgen.build.files import put_in_place, refuse_project_file
from reportgen.build.overrides import board_faults
from reportgen.build.project import BOARD_FOLDER, Project, find_board_files, open_project
from reportgen.build.records import records_folder
from reportgen.build.remembered import Memory
from reportgen.build.workers import TOO_LONG, ending, limited
from reportgen.cli.messages import counted, show
from reportgen.cli.selection import document_date, read_content
from reportgen.cli.status_text import status_csv, status_json, status_text
from reportgen.diagnostics import Diagnostic, Span, finding, has_errors
from reportgen.document.board import page_data
from reportgen.model.board import Board
from reportgen.write.frame import FrameError
from reportgen.write.html.board import render_board

_PRINTED = {"text": status_text, "csv": status_csv, "json": status_json}


def run(options: argparse.Namespace) -> int:
    """Show where the report of every programme stands, on the screen or in a file.

    The exit code is 0 whatever the states are: a board of what is missing is no mistake. With
    ``--late`` it is 1 when something is late.
    """
    project = open_project(options.root)
    if options.output:
        refuse_project_file(options.output, project.root)
    memory = Memory(project, records_folder(project.root, "check"))
    content, found = read_content(project)
    built = options.built or project.root / "output"
    asked = Asked(options.period, options.on or document_date() or _today(), built)
    board, others = draw_up(content, project, memory, asked, found)
    text = _drawn(board, project, built, options, others) if board else None
    others = without_allowed(others, project)
    show(others, project)
    if board is None or text is None:
        print(f"Стану не показано: {counted(others)}.", file=sys.stderr)  # noqa: T201
        return 1
    if options.output:
        put_in_place({options.output: f"{text}\n".encode()})
        print(options.output)  # noqa: T201
    else:
        print(text)  # noqa: T201
    return 1 if has_errors(others) or (options.late and board.late) else 0


def _today() -> datetime.date:
    """Return the day by the clock of this machine, in its time zone."""
    return datetime.datetime.now(datetime.UTC).astimezone().date()


def _drawn(
    board: Board,
    project: Project,
    built: Path,
    options: argparse.Namespace,
    found: list[Diagnostic],
) -> str | None:
    """Return the board in its format; ``None`` with findings if its template cannot be used."""
    if options.format in _PRINTED:
        return _PRINTED[options.format](board)
    faults = [*board_faults(project)]
    found += faults
    if has_errors(faults):
        return None
    place = _place_of(built, options.output.parent if options.output else Path())
    try:
        template, css = find_board_files(project)
        links = {name: f"{place}/{quote(name)}" for one in board.standings for name in one.files}
        signed = [one.signed for one in board.standings if one.signed]
        beside = _place_of(project.root, options.output.parent if options.output else Path())
        links |= {name: f"{beside}/{quote(name)}" for name in signed}
        data = page_data(board, links.__getitem__)
        with limited(ending(TOO_LONG)):
            page = render_board(data, template, css, frozenset(links.values()))
    except FrameError as error:
        found += _told(error)
        return None
    return page.rstrip("\n")


def _place_of(folder: Path, page: Path) -> str:
    """Return the address of a folder as a page in another one leads to it.

    On Windows there is no way from one drive to another but by the whole address.
    """
    try:
        return quote(Path(os.path.relpath(folder, page)).as_posix())
    except ValueError:
        return folder.absolute().as_uri()


def _told(error: FrameError) -> Sequence[Diagnostic]:
    """Return what is wrong with a file of the board."""
    file = error.file if "/" in error.file else f"templates/{BOARD_FOLDER}/{error.file}"
    span = Span(file, error.line)
    return [finding("template-invalid", span, one) for one in error.messages]
