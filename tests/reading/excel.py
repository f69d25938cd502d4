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


def read_table(data: bytes, first: str, width: int) -> list[Found]:
    """Return the cells of the table whose top left cell says ``first``, down to its last line.

    A row too tall for a spreadsheet is drawn over several rows of the sheet: those in which no cell
    begins are no rows of the table.
    """
    values = read_values(data)
    top = next(row for row, cells in enumerate(values) if cells[0] == first)
    areas: dict[tuple[int, int], tuple[int, int]] = {}  # top left corner → bottom right one
    for area in read_sheet(data).merged_cells.ranges:
        corner = area.min_row - 1, area.min_col - 1
        areas[corner] = area.max_row - 1, area.max_col - 1
    covered = {
        (row, column): corner
        for corner, (bottom, right) in areas.items()
        for row in range(corner[0], bottom + 1)
        for column in range(corner[1], right + 1)
    }
    places = [
        [column for column in range(width) if covered.get((row, column), (row, column))[0] == row]
        for row in range(len(values))
    ]
    lines = list(itertools.accumulate(bool(starts) for starts in places))
    found: list[Found] = []
    for row in range(top, len(values)):
        for column in places[row]:
            corner = row, column
            bottom, right = areas.get(corner, corner)
            if covered.get(corner, corner) == corner:
                span = lines[bottom] - lines[row] + 1
                line, value = lines[row] - lines[top], values[row][column]
                found.append(Found(line, column, span, right - column + 1, value))
    return found


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
