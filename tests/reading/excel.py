"""A workbook read by libraries that did not write it: values by calamine, spans by openpyxl."""

from __future__ import annotations

import io
import itertools
import re
import zipfile
from typing import Any, NamedTuple

import openpyxl
from python_calamine import CalamineWorkbook

POISON = 12345


def read_values(data: bytes) -> list[list[Any]]:
    """Return the values of the first sheet from A1, those of formulas as they are cached."""
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_index(0)
    return sheet.to_python(skip_empty_area=False)


def read_sheet(data: bytes) -> Any:
    """Return the first sheet with its formulas."""
    return openpyxl.load_workbook(io.BytesIO(data)).worksheets[0]


class Found(NamedTuple):
    """A cell: its place in the table, its spans, and its value as it is cached."""

    row: int
    column: int
    rows: int
    columns: int
    value: Any


def read_tables(data: bytes) -> list[list[Found]]:
    """Return the cells of every table, found by their borders: rows that follow each other.

    Tables of one sheet share its columns, so those of one may be merged from several; a column is
    where some cell begins. A row too tall for a spreadsheet is drawn over several rows of the
    sheet: those in which no cell begins are no rows of the table.
    """
    sheet, values = read_sheet(data), read_values(data)
    areas = _areas(sheet)
    covered = {place for corner, area in areas.items() for place in area if place != corner}
    found: list[list[Found]] = []
    for rows in _bordered_rows(sheet):
        corners = [
            (row, column)
            for row in rows
            for column in range(sheet.max_column)
            if (row, column) not in covered and _is_bordered(sheet, row, column)
        ]
        lines = {row: line for line, row in enumerate(sorted({row for row, _ in corners}))}
        columns = {left: index for index, left in enumerate(sorted({left for _, left in corners}))}
        cells = []
        for corner in corners:
            area = areas.get(corner, [corner])
            down = len(lines.keys() & {row for row, _ in area})
            across = len(columns.keys() & {column for _, column in area})
            value = _without_addresses(values[corner[0]][corner[1]])
            cells.append(Found(lines[corner[0]], columns[corner[1]], down, across, value))
        found.append(cells)
    return found


def read_texts(data: bytes) -> list[str]:
    """Return what stands outside the tables."""
    inside = {row for rows in _bordered_rows(read_sheet(data)) for row in rows}
    outside = (cells for row, cells in enumerate(read_values(data)) if row not in inside)
    return [str(_without_addresses(cell)) for cells in outside for cell in cells if cell != ""]


def _without_addresses(value: Any) -> Any:
    """Return a text without what a sheet adds to it: the address behind the text of a link."""
    address = r" \((?:https?://[^\s()]+|[^\s()@]+@[^\s()@]+)\)"
    return re.sub(address, "", value) if isinstance(value, str) else value


def _areas(sheet: Any) -> dict[tuple[int, int], list[tuple[int, int]]]:
    """Return the merged cells: top left place → all places, from 0."""
    return {
        (one.min_row - 1, one.min_col - 1): [
            (row - 1, column - 1) for row, column in itertools.chain(*one.rows)
        ]
        for one in sheet.merged_cells.ranges
    }


def _bordered_rows(sheet: Any) -> list[list[int]]:
    rows = [row for row in range(sheet.max_row) if _is_bordered(sheet, row, 0)]
    runs = itertools.groupby(enumerate(rows), lambda one: one[1] - one[0])
    return [[row for _, row in run] for _, run in runs]


def _is_bordered(sheet: Any, row: int, column: int) -> bool:
    return sheet.cell(row + 1, column + 1).border.left.style is not None


def has_formulas(data: bytes) -> bool:
    """Tell whether a sheet calculates anything."""
    cells = (cell.value for row in read_sheet(data).iter_rows() for cell in row)
    return any(isinstance(value, str) and value.startswith("=") for value in cells)


def poisoned(data: bytes) -> bytes:
    """Return the workbook with a wrong value cached in every formula, one at least."""
    result = io.BytesIO()
    formula = r'(<c r="\w+" s="\d+")(?: t="str")?>(<f>[^<]*</f>)<v>[^<]*</v>'
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(result, "w") as target:
        for name in source.namelist():
            part = source.read(name).decode("utf-8")
            if name == "xl/worksheets/sheet1.xml":
                part, count = re.subn(formula, rf"\1>\2<v>{POISON}</v>", part)
                assert count
            target.writestr(name, part)
    return result.getvalue()
