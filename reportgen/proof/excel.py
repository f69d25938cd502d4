"""A workbook read by libraries that did not write it: values by calamine, the rest by openpyxl."""

from __future__ import annotations

import io
import itertools
import re
from dataclasses import dataclass
from typing import Any, NamedTuple, TypeAlias

import openpyxl
from openpyxl.utils import get_column_letter
from python_calamine import CalamineWorkbook

from reportgen.proof.zipped import UnreadableError, packed, read_parts

#: What calamine gives for a cell; an empty one is "".
Value: TypeAlias = Any

_MOST_PLACES = 2_000_000  # of a sheet, empty ones too: a report of 700 rows takes 20,000
_ADDRESS = re.compile(r" \((?:https?://[^\s()]+|[^\s()@]+@[^\s()@]+)\)")


class Found(NamedTuple):
    """A cell: its place in the table, its spans, and its value as it is cached.

    ``format`` is its number format; ``address`` is where it stands on the sheet: «Звіт!I12»;
    ``corner`` is the same as row and column from 0.
    """

    row: int
    column: int
    rows: int
    columns: int
    value: Value
    format: str
    address: str
    corner: tuple[int, int]


@dataclass(frozen=True, slots=True)
class Sheet:
    """The first sheet: its name, as openpyxl has it, and the values from A1."""

    name: str
    cells: Any
    values: list[list[Value]]

    @classmethod
    def read(cls, data: bytes) -> Sheet:
        """Read a workbook.

        Raises:
            UnreadableError: when it is no workbook, or a sheet far larger than a report.
        """
        clean = packed(read_parts(data))
        sheet = openpyxl.load_workbook(io.BytesIO(clean)).worksheets[0]
        if sheet.max_row * sheet.max_column > _MOST_PLACES:
            size = f"{sheet.max_row} рядків і {sheet.max_column} колонок"
            raise UnreadableError(f"на аркуші {size}: це не звіт")
        values = CalamineWorkbook.from_filelike(io.BytesIO(clean)).get_sheet_by_index(0)
        return cls(sheet.title, sheet, values.to_python(skip_empty_area=False))

    def value(self, row: int, column: int) -> Value:
        """Return the value at a place, from 0."""
        cells = self.values[row] if row < len(self.values) else []
        return cells[column] if column < len(cells) else ""

    def address(self, row: int, column: int) -> str:
        """Return what a place, from 0, is called."""
        return f"{self.name}!{get_column_letter(column + 1)}{row + 1}"

    def formula(self, row: int, column: int) -> str | None:
        """Return the formula at a place, from 0, without its ``=``; one of an area is no text."""
        cell = self.cells.cell(row + 1, column + 1)
        if cell.data_type != "f":
            return None
        return str(getattr(cell.value, "text", cell.value)).removeprefix("=")

    def hidden(self) -> list[str]:
        """Return what of the sheet nobody sees: its rows and columns by their names."""
        rows, columns = self.cells.row_dimensions, self.cells.column_dimensions
        told = [f"рядок {one}" for one in sorted(rows) if rows[one].hidden]
        return told + [f"стовпець {one}" for one in sorted(columns) if columns[one].hidden]

    def format(self, row: int, column: int) -> str:
        """Return the number format at a place, from 0."""
        return str(self.cells.cell(row + 1, column + 1).number_format)

    def is_bordered(self, row: int, column: int) -> bool:
        """Tell whether a place, from 0, belongs to a table: those have borders."""
        return self.cells.cell(row + 1, column + 1).border.left.style is not None

    def bordered_rows(self) -> list[list[int]]:
        """Return the rows of each table: rows that follow each other."""
        rows = [row for row in range(self.cells.max_row) if self.is_bordered(row, 0)]
        runs = itertools.groupby(enumerate(rows), lambda one: one[1] - one[0])
        return [[row for _, row in run] for _, run in runs]


def read_values(data: bytes) -> list[list[Value]]:
    """Return the values of the first sheet from A1, those of formulas as they are cached."""
    return Sheet.read(data).values


def read_tables(data: bytes) -> list[list[Found]]:
    """Return the cells of every table of a workbook's bytes."""
    return tables_of(Sheet.read(data))


def read_texts(data: bytes) -> list[str]:
    """Return what stands outside the tables of a workbook's bytes."""
    return [text for text, _ in texts_of(Sheet.read(data))]


def tables_of(sheet: Sheet) -> list[list[Found]]:
    """Return the cells of every table, found by their borders: rows that follow each other.

    Tables of one sheet share its columns, so those of one may be merged from several; a column is
    where some cell begins. A row too tall for a spreadsheet is drawn over several rows of the
    sheet: those in which no cell begins are no rows of the table.
    """
    areas = _areas(sheet.cells)
    covered = {place for corner, area in areas.items() for place in area if place != corner}
    return [_table(sheet, rows, areas, covered) for rows in sheet.bordered_rows()]


_Place: TypeAlias = tuple[int, int]


def _table(
    sheet: Sheet, rows: list[int], areas: dict[_Place, list[_Place]], covered: set[_Place]
) -> list[Found]:
    corners = [
        (row, column)
        for row in rows
        for column in range(sheet.cells.max_column)
        if (row, column) not in covered and sheet.is_bordered(row, column)
    ]
    lines = {row: line for line, row in enumerate(sorted({row for row, _ in corners}))}
    columns = {left: index for index, left in enumerate(sorted({left for _, left in corners}))}
    found: list[Found] = []
    for corner in corners:
        area = areas.get(corner, [corner])
        found.append(
            Found(
                lines[corner[0]],
                columns[corner[1]],
                len(lines.keys() & {row for row, _ in area}),
                len(columns.keys() & {column for _, column in area}),
                _own(sheet.value(*corner)),
                sheet.format(*corner),
                sheet.address(*corner),
                corner,
            )
        )
    return found


def texts_of(sheet: Sheet) -> list[tuple[str, str]]:
    """Return what stands outside the tables, also beside them, each text with its address."""
    inside = {row for rows in sheet.bordered_rows() for row in rows}
    return [
        (without_addresses(str(value)), sheet.address(row, column))
        for row, cells in enumerate(sheet.values)
        for column, value in enumerate(cells)
        if value != "" and not (row in inside and sheet.is_bordered(row, column))
    ]


def without_addresses(text: str) -> str:
    """Return a text without what a sheet adds to it: the address behind the text of a link."""
    return _ADDRESS.sub("", text)


def _own(value: Value) -> Value:
    return without_addresses(value) if isinstance(value, str) else value


def _areas(sheet: Any) -> dict[_Place, list[_Place]]:  # noqa: ANN401 - of openpyxl
    """Return the merged cells: top left place → all places, from 0."""
    return {
        (one.min_row - 1, one.min_col - 1): [
            (row - 1, column - 1) for row, column in itertools.chain(*one.rows)
        ]
        for one in sheet.merged_cells.ranges
    }
