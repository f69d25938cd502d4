"""Tables of HTML by the rules of browsers: cells take the first free columns of their row."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import bs4

from reportgen.read.html_text import Flow, is_hidden, number_of
from reportgen.read.limits import Limits
from reportgen.read.remarks import Remarks
from reportgen.read.source import (
    Place,
    SourceCell,
    SourceRow,
    SourceTable,
    UnreadableFileError,
)

_MOST_COLUMNS: Final = 1_000  # that one cell may span, by the standard
_MOST_ROWS: Final = 65_534
_ORDER: Final = {"thead": 0, "tfoot": 2}  # of groups of rows as they are shown


@dataclass(slots=True)
class TableReader:
    """Reads tables one after another; texts, lines and remarks are those of the page.

    Raises:
        UnreadableFileError: when a table is too wide.
    """

    flow: Flow
    lines: Iterator[int]
    remarks: Remarks
    limits: Limits
    number: int = 0

    def read(self, table: bs4.Tag) -> SourceTable:
        """Return a table; tables inside of its cells are text of the cells."""
        self.number += 1
        where = f"таблиця {self.number}"
        caption = table.find("caption", recursive=False)
        name = self.flow.text(caption.children, caption).text if caption else ""
        rows: list[SourceRow] = []
        for header, group in _groups(table):
            rows += self._group(group, where, len(rows), header=header)
        place = rows[0].place if rows else Place(where, next(self.lines))
        return SourceTable(tuple(rows), Place(where, place.line), name)

    def _group(
        self, group: list[bs4.Tag], where: str, above: int, *, header: bool
    ) -> Iterator[SourceRow]:
        """Yield the rows of a group, in which alone cells are merged downwards."""
        taken: dict[int, int] = {}  # column → the first row in which it is free again
        for at, row in enumerate(group):
            place = Place(f"{where}, рядок {above + at + 1}", next(self.lines))
            hidden = is_hidden(row)
            if hidden:
                self.remarks.add("прихований рядок таблиці прочитано", place)
            cells: list[tuple[int, SourceCell]] = []
            column = 0
            for number, element in enumerate(_cells(row), start=1):
                here = Place(f"{place.where}, комірка {number}", place.line, number)
                if is_hidden(element) and not hidden:
                    self.remarks.add("прихований на сторінці текст пропущено", here)
                    continue
                while taken.get(column, 0) > at:
                    column += 1
                cell = self._cell(element, here, len(group) - at, header=header)
                wanted = range(column, column + cell.columns)
                free = next((one for one in wanted if taken.get(one, 0) > at), wanted.stop)
                if free < wanted.stop:
                    self.remarks.add("об'єднані комірки перетинаються: другу звужено", here)
                    cell = _narrowed(cell, free - column)
                if cell.rows > 1:
                    taken.update(dict.fromkeys(range(column, free), at + cell.rows))
                cells.append((column, cell))
                column = free
                if column > self.limits.columns:
                    raise UnreadableFileError(
                        f"{here.where}: таблиця ширша за {self.limits.columns} стовпців; "
                        "збережіть зі сторінки сам звіт"
                    )
            yield SourceRow(tuple(cells), place, hidden, header)

    def _cell(self, element: bs4.Tag, place: Place, rows_left: int, *, header: bool) -> SourceCell:
        shown = self.flow.text(element.children, element)
        if shown.hidden:
            self.remarks.add("прихований на сторінці текст пропущено", place)
        if element.find("table") is not None:
            message = "таблиця всередині комірки: її текст узято в комірку, рядок за рядком"
            self.remarks.add(message, place)
        columns = number_of(element, "colspan", 1, _MOST_COLUMNS, 1)
        rows = number_of(element, "rowspan", 0, _MOST_ROWS, 1) or rows_left
        merged = columns, min(rows, rows_left)
        bold = shown.bold or (header and element.name == "th" and bool(shown.text))
        return SourceCell(shown.text, place, None, *merged, bold)


def is_shell(table: bs4.Tag) -> bool:
    """Tell whether a table only lays a page out: one inside of it has more rows than itself."""
    inner = table.find_all("table")
    own = len(_rows(table)) if inner else 0
    return any(len(_rows(one)) > own for one in inner)


def _groups(table: bs4.Tag) -> list[tuple[bool, list[bs4.Tag]]]:
    """Return the rows by their groups, in the order of browsers, and whether they are a header."""
    groups = [
        (one.name, one.find_all("tr", recursive=False))
        for one in table.find_all(["thead", "tbody", "tfoot"], recursive=False)
    ]
    ordered = sorted(groups, key=lambda one: _ORDER.get(one[0], 1))
    return [(name == "thead", list(rows)) for name, rows in ordered]


def _rows(table: bs4.Tag) -> list[bs4.Tag]:
    return [row for _, rows in _groups(table) for row in rows]


def _cells(row: bs4.Tag) -> list[bs4.Tag]:
    return list(row.find_all(["td", "th"], recursive=False))


def _narrowed(cell: SourceCell, columns: int) -> SourceCell:
    return SourceCell(cell.text, cell.place, None, columns, cell.rows, cell.bold)
