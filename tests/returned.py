"""Forms as departments send them back: given out, typed into, moved about."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import openpyxl

from reportgen.build.project import open_project
from reportgen.check.faults import LACKING
from reportgen.cli.entry_report import Opened, open_report
from reportgen.diagnostics import Diagnostic
from reportgen.entry.cells import LaidSheet
from reportgen.entry.drawing import draw
from reportgen.entry.filled import Filled, read_form
from reportgen.entry.identity import MARK, digest, identity_of
from reportgen.entry.layout import lay_out
from reportgen.entry.questions import Question
from reportgen.entry.receiving import Received, receive
from reportgen.entry.sheets import row_key
from reportgen.entry.words import vocabularies
from reportgen.load import ReportSource, load_content
from reportgen.model.period import Period
from reportgen.model.report import Report
from reportgen.write.fonts import find_typeface

TYPEFACE = find_typeface()
SLUG, PERIOD = "biblioteky", "2024-h1"  # of the small project


def opened(root: Path, slug: str = SLUG, period: str = PERIOD) -> Opened:
    """Return a report of a project that can be given out."""
    project = open_project(root)
    found: list[Diagnostic] = []
    one = open_report(slug, Period.parse(period), load_content(project.root, []), project, found)
    assert one, found
    return one


def sheets_of(report: Opened, *, by_executor: bool = False) -> tuple[LaidSheet, ...]:
    return lay_out(report.now.report, report.now.earlier, TYPEFACE, by_executor=by_executor)


def given_out(report: Opened, *, by_executor: bool = False) -> bytes:
    """Return a report's form."""
    now = report.now
    sheets = sheets_of(report, by_executor=by_executor)
    identity = identity_of(now.report, "" if report.is_new else digest(now.text), sheets)
    day = now.report.period.period.last_day
    return draw(sheets, identity, vocabularies(now.report.council), day, "Форма")


class Book:
    """A form in a clerk's hands: cells are named by the keys of their sheet, row and column."""

    def __init__(self, data: bytes) -> None:
        self.book: Any = openpyxl.load_workbook(io.BytesIO(data))

    def sheet(self, key: str = "") -> Any:
        """Return the sheet with this key; without one the first that has any."""
        for sheet in self.book.worksheets:
            mark = str(sheet["A1"].value or "")
            if mark.startswith(MARK + key):
                return sheet
        raise KeyError(key)

    def cell(self, row: str, column: str, sheet: str = "") -> Any:
        """Return a cell; ``row`` is the end of its row's key, ``column`` may leave its fund out."""
        at = self.sheet(sheet)
        ending = f'"{row}"]'
        rows = [r for r in range(1, at.max_row + 1) if str(at.cell(r, 1).value).endswith(ending)]
        keys = {str(at.cell(1, c).value).partition("@")[0]: c for c in range(at.max_column, 0, -1)}
        keys |= {str(at.cell(1, c).value): c for c in range(1, at.max_column + 1)}
        return at.cell(rows[0], keys[column])

    def entry(self, question: Question) -> Any:
        """Return the cell in which a question is answered, whatever sheet it is on."""
        address = question.address
        column = f"{address.key}@{address.fund}" if address.fund else address.key
        for sheet in self.book.worksheets:
            rows = {cell.value: cell.row for cell in sheet["A"]}
            columns = {cell.value: cell.column for cell in sheet[1]}
            if row_key(address.row) in rows and column in columns:
                cell = sheet.cell(rows[row_key(address.row)], columns[column])
                if not cell.protection.locked:
                    return cell
        raise KeyError(address)

    def typed(self, row: str, column: str, value: Any, sheet: str = "") -> Book:
        """Type a value into a cell."""
        self.cell(row, column, sheet).value = value
        return self

    @property
    def data(self) -> bytes:
        """The file as it is saved."""
        buffer = io.BytesIO()
        self.book.save(buffer)
        return buffer.getvalue()


def taken(
    report: Opened, *books: bytes, found: list[Diagnostic] | None = None
) -> tuple[Received, list[Diagnostic]]:
    """Return what a report's forms bring, and what is found."""
    told: list[Diagnostic] = [] if found is None else found
    forms = [one for n, data in enumerate(books, 1) if (one := read_form(f"f{n}.xlsx", data, told))]

    def read(text: str, wrong: list[Diagnostic]) -> Report | None:
        mine: list[Diagnostic] = []
        new = report.now.read(text, mine)
        wrong += (one for one in mine if one.code not in LACKING)
        return new

    return receive(forms, replace(report.now, read=read), told), told


def filled(data: bytes) -> tuple[Filled | None, list[Diagnostic]]:
    found: list[Diagnostic] = []
    return read_form("f.xlsx", data, found), found


def reports(root: Path) -> Iterator[ReportSource]:
    yield from load_content(open_project(root).root, []).sources


def told_of(root: Path, fresh: Path, commands: str) -> list[Diagnostic]:
    """Return what is found in a form of the small project that a clerk has treated so.

    The form is given out from ``fresh`` and comes back to ``root``. Each line is a command and its
    arguments, parted by tabs: ``type`` a row, a column and a value; ``put`` an address and a text;
    ``delete`` a row; ``replace`` the whole file by a text.
    """
    book = Book(given_out(opened(fresh)))
    data = b""
    for line in commands.splitlines():
        command, *rest = line.split("\t")
        match command, rest:
            case "type", [row, column, value]:
                book.typed(row, column, float(value) if value.isdecimal() else value)
            case "put", [at, text]:
                book.sheet()[at] = text
            case "delete", [row]:
                book.sheet().delete_rows(book.cell(row, "name").row)
            case "replace", [text]:
                data = text.encode()
            case _:
                raise ValueError(line)
    found: list[Diagnostic] = []
    form = read_form("forma.xlsx", data or book.data, found)
    if form:
        report = opened(root)
        receive([form], report.now, found)
    return found
