"""Workbooks of Excel before 2007 (.xls), read by calamine: values and merged areas."""

from __future__ import annotations

import datetime
import io
from decimal import Decimal
from typing import Final

from python_calamine import (
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from reportgen.read.dates import moment_shown
from reportgen.read.figures import exact
from reportgen.read.limits import Limits
from reportgen.read.remarks import Remarks
from reportgen.read.sheet_grid import Area, Entry, SheetCells, as_table
from reportgen.read.source import Place, SourceFile, SourceTable, UnreadableFileError
from reportgen.read.tidying import tidy

#: What the library does not give away: it calls a cell with an error empty.
_UNSEEN: Final = (
    "у файлі .xls не видно прихованих рядків, форматів чисел і помилок у формулах (такі комірки "
    "порожні): якщо вони є, збережіть книгу в Excel як .xlsx"
)


def read_old_workbook(data: bytes, name: str, limits: Limits) -> SourceFile:
    """Return a workbook, a table for each sheet that is not empty.

    Raises:
        UnreadableFileError: when it is locked, or a sheet is too large.
    """
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
    except PasswordError as error:
        raise UnreadableFileError(
            "файл захищено паролем: зніміть пароль в Excel і збережіть наново"
        ) from error
    remarks = Remarks()
    remarks.add(_UNSEEN, Place("увесь файл", 1))
    tables: list[SourceTable] = []
    above = 0
    for sheet in book.sheets_metadata:
        if sheet.typ is not SheetTypeEnum.WorkSheet:
            continue
        hidden = sheet.visible is not SheetVisibleEnum.Visible
        cells = _cells(book.get_sheet_by_name(sheet.name), sheet.name, limits, hidden=hidden)
        table = as_table(cells, above, remarks, limits)
        if table is not None:
            tables.append(table)
            above = table.rows[-1].place.line
    return SourceFile(name, tuple(tables), remarks.all())


def _cells(sheet: CalamineSheet, name: str, limits: Limits, *, hidden: bool) -> SheetCells:
    top, left = sheet.start or (0, 0)
    if sheet.height * sheet.width > limits.places:
        raise UnreadableFileError(
            f"на аркуші «{name}» {sheet.height} рядків і {sheet.width} стовпців: "
            "залиште на ньому сам звіт і збережіть"
        )
    rows = {
        top + row: {
            left + column: entry
            for column, value in enumerate(values)
            if (entry := _entry(value)).text
        }
        for row, values in enumerate(sheet.iter_rows())
    }
    areas = [Area(*first, *last) for first, last in sheet.merged_cell_ranges or ()]
    return SheetCells(name, rows, areas, hidden=hidden)


def _entry(value: object) -> Entry:
    match value:
        case bool():
            return Entry("ІСТИНА" if value else "ХИБНІСТЬ")
        case int() | float():
            number = exact(repr(value))
            return Entry("", fault="не число") if number is None else _number(number)
        case datetime.date() | datetime.time():
            return Entry(moment_shown(value))
        case datetime.timedelta():
            return Entry(str(value))
        case _:
            return Entry(tidy(str(value)))


def _number(number: Decimal) -> Entry:
    return Entry(f"{number:f}".replace(".", ","), number)
