"""A workbook read by libraries that did not write it: values by calamine, spans by openpyxl."""

from __future__ import annotations

import io
import re
import zipfile
from typing import Any

import openpyxl
from python_calamine import CalamineWorkbook
from reading.grid import Spot

POISON = 12345


def read_values(data: bytes) -> list[list[Any]]:
    """Return the values of the first sheet from A1, those of formulas as they are cached."""
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_index(0)
    return sheet.to_python(skip_empty_area=False)


def read_sheet(data: bytes) -> Any:
    """Return the first sheet with its formulas."""
    return openpyxl.load_workbook(io.BytesIO(data)).worksheets[0]


def read_spans(data: bytes, top: int) -> dict[tuple[int, int], tuple[int, int]]:
    """Return (rows, columns) of each merged cell by its place, rows counted from ``top``."""
    return {
        (area.min_row - 1 - top, area.min_col - 1): (
            area.max_row - area.min_row + 1,
            area.max_col - area.min_col + 1,
        )
        for area in read_sheet(data).merged_cells.ranges
    }


def spans_of(found: list[Spot]) -> dict[tuple[int, int], tuple[int, int]]:
    """Return the same of a document's cells."""
    return {
        (one.row, one.column): (one.rows, one.columns)
        for one in found
        if (one.rows, one.columns) != (1, 1)
    }


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
