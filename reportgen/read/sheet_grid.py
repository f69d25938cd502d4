"""A sheet's cells and merged areas put together into a table, for every kind of spreadsheet."""

from __future__ import annotations

import bisect
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final, NamedTuple

from reportgen.read.limits import Limits
from reportgen.read.remarks import Remarks
from reportgen.read.source import (
    Place,
    SourceCell,
    SourceRow,
    SourceTable,
    UnreadableFileError,
)

_LETTERS: Final = 26


class Entry(NamedTuple):
    """What is in a cell, as :class:`~reportgen.read.source.SourceCell` has it."""

    text: str
    value: Decimal | None = None
    bold: bool = False
    fault: str = ""


_EMPTY: Final = Entry("")


class Area(NamedTuple):
    """A merged area: rows and columns from 0, the last ones included."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(frozen=True, slots=True)
class SheetCells:
    """A sheet as its file has it: rows and columns from 0; empty cells need not be there."""

    name: str
    rows: Mapping[int, Mapping[int, Entry]]
    areas: Sequence[Area]
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    hidden: bool = False


def as_table(sheet: SheetCells, above: int, remarks: Remarks, limits: Limits) -> SourceTable | None:
    """Return the table of a sheet's filled rows, ``None`` for an empty sheet.

    Rows in which nothing stands are left out, and merged areas are as high as the rows that are
    left. Columns are those of the sheet; a row ends with its last filled or merged cell.

    Args:
        sheet: The cells.
        above: Rows of the sheets before, on which places go on.
        remarks: Are added to.
        limits: Of the table.

    Raises:
        UnreadableFileError: when a cell stands too far out, or merged areas are beyond all measure.
    """
    filled = sorted(
        row
        for row, cells in sheet.rows.items()
        if any(one.text or one.fault for one in cells.values())
    )
    if not filled:
        return None
    width = 1 + max(max(sheet.rows[row]) for row in filled)
    if width > limits.columns:
        far = next(row for row in filled if max(sheet.rows[row]) == width - 1)
        raise UnreadableFileError(
            f"{address(sheet.name, far, width - 1)}: комірка стоїть занадто далеко праворуч; "
            "видаліть усе, що не належить до звіту, і збережіть"
        )
    merged = _merged(sheet, filled, above, remarks, limits)
    rows = tuple(_row(sheet, row, above + row + 1, merged[row], remarks) for row in filled)
    _tell(sheet, filled, above, remarks)
    start = Place(address(sheet.name, filled[0], 0), above + filled[0] + 1)
    return SourceTable(rows, start, sheet.name)


def address(sheet: str, row: int, column: int) -> str:
    """Return a cell's place as Excel names it: ``Аркуш1!B7``."""
    letters = ""
    number = column + 1
    while number:
        number, letter = divmod(number - 1, _LETTERS)
        letters = chr(ord("A") + letter) + letters
    return f"{sheet}!{letters}{row + 1}"


@dataclass(slots=True)
class _Merged:
    """The merged areas in one row."""

    begun: dict[int, tuple[int, int]]  # column → (columns, rows) of an area that begins here
    covered: set[int]  # columns whose cells are under an area, its own corner apart
    taken: set[int]  # all columns of areas


def _merged(
    sheet: SheetCells, filled: Sequence[int], above: int, remarks: Remarks, limits: Limits
) -> dict[int, _Merged]:
    """Return the merged areas, cut to what is filled, by row."""
    rows = {row: _Merged({}, set(), set()) for row in filled}
    width = 1 + max(max(sheet.rows[row]) for row in filled)
    places = 0
    for area in sorted(set(sheet.areas)):
        first, last = bisect.bisect_left(filled, area.top), bisect.bisect_right(filled, area.bottom)
        lines, columns = filled[first:last], range(area.left, min(area.right + 1, width))
        places += len(lines) * len(columns)
        if places > limits.places:
            raise UnreadableFileError(
                f"аркуш «{sheet.name}»: забагато об'єднаних комірок; залиште на ньому сам звіт"
            )
        if not lines or not columns:
            continue
        if any(not rows[row].taken.isdisjoint(columns) for row in lines):
            line = above + area.top + 1
            place = Place(address(sheet.name, area.top, area.left), line, area.left + 1)
            remarks.add("об'єднані комірки перетинаються: їх прочитано як окремі", place)
            continue
        for row in lines:
            rows[row].taken.update(columns)
            rows[row].covered.update(columns)
        rows[lines[0]].begun[area.left] = len(columns), len(lines)
        if lines[0] == area.top:
            rows[area.top].covered.discard(area.left)
    return rows


def _row(sheet: SheetCells, row: int, line: int, merged: _Merged, remarks: Remarks) -> SourceRow:
    entries = sheet.rows[row]
    ends = (column + columns for column, (columns, _) in merged.begun.items())
    width = max(max(entries, default=-1) + 1, max(ends, default=0))
    cells: list[tuple[int, SourceCell]] = []
    for column in range(width):
        entry = entries.get(column, _EMPTY)
        place = Place(address(sheet.name, row, column), line, column + 1)
        if column in merged.covered:
            if entry.text:
                remarks.add("значення, сховане під об'єднаною коміркою, пропущено", place)
            entry = _EMPTY
        if column in merged.begun or column not in merged.taken:
            columns, rows = merged.begun.get(column, (1, 1))
            hidden = column in sheet.hidden_columns
            cell = SourceCell(
                entry.text, place, entry.value, columns, rows, entry.bold, entry.fault, hidden
            )
            cells.append((column, cell))
    hidden = sheet.hidden or row in sheet.hidden_rows
    return SourceRow(tuple(cells), Place(f"{sheet.name}, рядок {row + 1}", line), hidden)


def _tell(sheet: SheetCells, filled: Sequence[int], above: int, remarks: Remarks) -> None:
    """Tell of what a person does not see on the sheet, but will find in the report."""
    if sheet.hidden:
        place = Place(f"аркуш «{sheet.name}»", above + 1)
        remarks.add("прихований аркуш прочитано", place)
        return
    for row in filled:
        if row in sheet.hidden_rows:
            place = Place(f"{sheet.name}, рядок {row + 1}", above + row + 1)
            remarks.add("приховані рядки прочитано", place)
    used = {column for row in filled for column, one in sheet.rows[row].items() if one.text}
    for column in sorted(used & sheet.hidden_columns):
        place = Place(address(sheet.name, 0, column)[:-1], above + 1, column + 1)
        remarks.add("приховані стовпці прочитано", place)
