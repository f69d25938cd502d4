"""openpyxl: the same cells, merges, formulas and print set-up; it cannot give formulas values."""

from __future__ import annotations

import io

import openpyxl
from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet
from plain import Cell, Plain, Row, load, text_of

__all__ = ["SUFFIX", "draw", "load"]

SUFFIX = "xlsx"

_ALIGN = {"left": "left", "centre": "center", "right": "right"}
_PER_MM = 0.54  # characters of the default face
_SIDE = Side(style="thin")
_BORDER = Border(left=_SIDE, right=_SIDE, top=_SIDE, bottom=_SIDE)
_ALIGNMENT = {
    name: Alignment(horizontal=word, vertical="top", wrap_text=True)
    for name, word in _ALIGN.items()
}


def draw(plain: Plain) -> bytes:
    """Return the report as a workbook."""
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.title = "Звіт"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = 9
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.oddHeader.center.text = "&P"
    for column, width in enumerate(plain["widths"], start=1):
        sheet.column_dimensions[get_column_letter(column)].width = width * _PER_MM
    _fill(sheet, plain)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def _fill(sheet: Worksheet, plain: Plain) -> None:
    wide = len(plain["widths"])
    top = len(plain["lines"])
    heading = Alignment(horizontal="center", wrap_text=True)
    for row, line in enumerate(plain["lines"], start=1):
        sheet.merge_cells(start_row=row, end_row=row, start_column=1, end_column=wide)
        place = sheet.cell(row, 1, line["text"])
        place.alignment = heading
    header = len(plain["header"])
    sheet.print_title_rows = f"{top + 1}:{top + header}"
    sheet.freeze_panes = f"A{top + header + 1}"
    fonts = {bold: Font(name=plain["font"], size=9, bold=bold) for bold in (False, True)}
    for number, one in enumerate([*plain["header"], *plain["body"]], start=top + 1):
        _write(sheet, number, one, fonts[one["role"] in ("heading", "total")])
    below = top + header + len(plain["body"]) + 2
    sheet.cell(below, 1, plain["position"])
    sheet.cell(below, wide - 1, plain["name"])


def _write(sheet: Worksheet, number: int, row: Row, font: Font) -> None:
    for cell in row["cells"]:
        x = cell["x"] + 1
        place = sheet.cell(number, x)
        _put(place, cell)
        place.font = font
        place.alignment = _ALIGNMENT[cell["align"]]
        place.border = _BORDER
        if cell["value"] is not None:
            place.number_format = "#,##0.0"
        if cell["columns"] > 1 or cell["rows"] > 1:
            sheet.merge_cells(
                start_row=number,
                start_column=x,
                end_row=number + cell["rows"] - 1,
                end_column=x + cell["columns"] - 1,
            )


def _put(place: openpyxl.cell.cell.Cell, cell: Cell) -> None:
    if cell["formula"]:
        place.value = "=" + cell["formula"]
    elif cell["value"] is not None:
        place.value = cell["value"]
    else:
        place.value = text_of(cell)
        place.data_type = "s"  # or a leading «=» would make it a formula
