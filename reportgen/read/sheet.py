"""Workbooks of Excel (.xlsx, .xlsm, .xltx): every sheet with its hidden parts, as a table.

The numbers are those of the file to the digit, but in the thousands in which a cell's format shows
them; their texts are what the format shows. Formulas are not calculated: what the last program that
did so left in the file is taken.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from lxml import etree

from reportgen.read.dates import date_shown, moment_shown
from reportgen.read.figures import exact, scaled_as_shown, shown
from reportgen.read.limits import Limits
from reportgen.read.package import Package, elements, local_name
from reportgen.read.remarks import Remarks
from reportgen.read.sheet_grid import Area, Entry, SheetCells, address, as_table
from reportgen.read.source import Place, SourceFile, SourceTable, UnreadableFileError
from reportgen.read.tidying import tidy
from reportgen.read.workbook import (
    Look,
    Sheet,
    Text,
    Workbook,
    is_true,
    read_workbook,
    text_of,
    unescaped,
)

_PLACE: Final = re.compile(r"\$?([A-Z]{1,3})\$?([1-9]\d{0,6})", re.ASCII)
_BOOLEANS: Final = {"1": "ІСТИНА", "0": "ХИБНІСТЬ"}
_NOT_CALCULATED: Final = (
    "формула без обчисленого значення: відкрийте книгу в Excel, дайте їй обчислитися й збережіть"
)
_SCALED: Final = "формат комірки показує число в тисячах чи мільйонах: взято показане"
_MOST_ROWS: Final = 1_048_576  # of a sheet
_MOST_COLUMNS: Final = 16_384
_MACROS: Final = "макроси файлу не прочитано й не виконано"


@dataclass(slots=True)
class _Found:
    """What was found on a sheet so far."""

    rows: dict[int, dict[int, Entry]] = field(default_factory=dict)
    areas: list[Area] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)


def read_workbook_file(package: Package, name: str) -> SourceFile:
    """Return a workbook, a table for each sheet that is not empty.

    Raises:
        UnreadableFileError: when a part is missing, dangerous or too large.
    """
    book, remarks = read_workbook(package), Remarks()
    if package.has_macros:
        remarks.add(_MACROS, Place("увесь файл", 1))
    tables: list[SourceTable] = []
    above = 0
    for sheet in book.sheets:
        cells = _Reader(sheet, book, above, remarks, package.limits).cells(package)
        table = as_table(cells, above, remarks, package.limits)
        if table is not None:
            tables.append(table)
            above = table.rows[-1].place.line
    return SourceFile(name, tuple(tables), remarks.all())


@dataclass(frozen=True, slots=True)
class _Reader:
    """Reads one sheet."""

    sheet: Sheet
    book: Workbook
    above: int
    remarks: Remarks
    limits: Limits

    def cells(self, package: Package) -> SheetCells:
        """Return what stands on the sheet."""
        found, count = _Found(), 0
        at = -1
        for one in elements(package.read(self.sheet.part), "row", "mergeCell", "col"):
            match local_name(one):
                case "row":
                    at = int(one.get("r", at + 2)) - 1
                    if not 0 <= at < _MOST_ROWS:
                        raise UnreadableFileError(_damaged(self.sheet.name))
                    if is_true(one.get("hidden")):
                        found.hidden_rows.add(at)
                    found.rows[at] = dict(self._entries(one, at))
                    count += len(found.rows[at])
                    if count > self.limits.cells or len(found.rows) > _MOST_ROWS:
                        raise UnreadableFileError(
                            f"на аркуші «{self.sheet.name}» понад {self.limits.cells} комірок: "
                            "залиште на ньому сам звіт і збережіть"
                        )
                case "mergeCell":
                    found.areas += _area(one.get("ref", ""))
                case _ if is_true(one.get("hidden")) or one.get("width") == "0":
                    last = min(int(one.get("max", "0")), self.limits.columns)
                    found.hidden_columns.update(range(int(one.get("min", "1")) - 1, last))
        return SheetCells(
            self.sheet.name,
            found.rows,
            found.areas,
            frozenset(found.hidden_rows),
            frozenset(found.hidden_columns),
            self.sheet.hidden,
        )

    def _entries(self, row: etree._Element, at: int) -> Iterator[tuple[int, Entry]]:
        """Yield the filled cells of a row."""
        column = -1
        for cell in row.iterchildren("{*}c"):
            place = _PLACE.fullmatch(cell.get("r", ""))
            column = _column(place[1]) if place else column + 1
            if not 0 <= column < _MOST_COLUMNS:
                raise UnreadableFileError(_damaged(self.sheet.name))
            entry = self._entry(
                cell, Place(address(self.sheet.name, at, column), self.above + at + 1)
            )
            if entry.text or entry.fault:
                yield column, entry

    def _entry(self, cell: etree._Element, place: Place) -> Entry:
        """Return what a cell holds, by the file's own word for its type."""
        look = self.book.look(cell.get("s"))
        given = (cell.findtext("{*}v") or "").strip()
        kind = cell.get("t", "n")
        if kind == "n":
            return self._number(given, look, cell, place)
        if kind == "e":
            self.remarks.add(f"помилка у формулі: {given}", place)
            return Entry(given, bold=look.bold, fault=given)
        text = self._text(cell, kind, given)
        return Entry(tidy(text.text), bold=look.bold or text.bold)

    def _text(self, cell: etree._Element, kind: str, given: str) -> Text:
        """Return what is no number: a text, a truth, a date."""
        match kind:
            case "s":
                return self.book.texts[int(given)]
            case "inlineStr":
                inline = cell.find("{*}is")
                return text_of(cell if inline is None else inline)
            case "b":
                return Text(_BOOLEANS.get(given, given))
            case "d":
                return Text(_iso_date(given))
        return Text(unescaped(cell.findtext("{*}v") or ""))

    def _number(self, given: str, look: Look, cell: etree._Element, place: Place) -> Entry:
        if not given:
            if cell.find("{*}f") is not None:
                self.remarks.add(_NOT_CALCULATED, place)
            return Entry("")
        number = exact(given)
        if number is None:
            return Entry(tidy(given), bold=look.bold, fault="не число")
        day = date_shown(number, look.code, from_1904=self.book.from_1904)
        if day is not None:
            return Entry(day, bold=look.bold)
        seen = scaled_as_shown(number, look.code)
        if seen != number:
            self.remarks.add(_SCALED, place)
        return Entry(shown(number, look.code), seen, look.bold)


def _damaged(sheet: str) -> str:
    return f"аркуш «{sheet}» пошкоджено: відкрийте книгу в Excel і збережіть наново"


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1


def _area(reference: str) -> list[Area]:
    """Return the area of a reference as ``A1:C3``; none for a single cell or a broken one."""
    first, _, last = reference.partition(":")
    start, end = _PLACE.fullmatch(first), _PLACE.fullmatch(last)
    if start is None or end is None:
        return []
    top, bottom = sorted((int(start[2]) - 1, int(end[2]) - 1))
    left, right = sorted((_column(start[1]), _column(end[1])))
    return [Area(top, left, bottom, right)]


def _iso_date(given: str) -> str:
    try:
        return moment_shown(datetime.datetime.fromisoformat(given))
    except ValueError:
        return tidy(given)
