"""Bare XlsxWriter: the same cells, merges, formulas with values, and print set-up.

What it does not do: compute the heights of rows, and leave the number off the first page.
"""

from __future__ import annotations

import io
from typing import Any

import xlsxwriter
from plain import Cell, Plain, load, text_of

__all__ = ["SUFFIX", "draw", "load"]

SUFFIX = "xlsx"

_ALIGN = {"left": "left", "centre": "center", "right": "right"}
_PER_MM = 0.54  # characters of the default face


def draw(plain: Plain) -> bytes:
    """Return the report as a workbook."""
    buffer = io.BytesIO()
    options = {"in_memory": True, "default_format_properties": {"font_name": plain["font"]}}
    with xlsxwriter.Workbook(buffer, options) as book:
        _fill(book, plain)
    return buffer.getvalue()


def _fill(book: Any, plain: Plain) -> None:  # noqa: ANN401 - XlsxWriter has no types
    sheet = book.add_worksheet("Звіт")
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.set_header("&C&P")
    for column, width in enumerate(plain["widths"]):
        sheet.set_column(column, column, width * _PER_MM)
    wide = len(plain["widths"]) - 1
    heading = book.add_format({"text_wrap": True, "align": "center", "font_size": 12})
    top = len(plain["lines"])
    for row, line in enumerate(plain["lines"]):
        sheet.merge_range(row, 0, row, wide, line["text"], heading)
    sheet.repeat_rows(top, top + len(plain["header"]) - 1)
    sheet.freeze_panes(top + len(plain["header"]), 0)
    formats: dict[tuple[str, bool, bool], Any] = {}
    for row, one in enumerate([*plain["header"], *plain["body"]], start=top):
        bold = one["role"] in ("heading", "total")
        for cell in one["cells"]:
            key = (cell["align"], bold, cell["value"] is not None)
            if key not in formats:
                formats[key] = _format(book, *key)
            _write(sheet, row, cell, formats[key])
    below = top + len(plain["header"]) + len(plain["body"]) + 1
    sheet.write_string(below, 0, plain["position"])
    sheet.write_string(below, wide - 1, plain["name"])


def _format(book: Any, align: str, bold: bool, figure: bool) -> Any:  # noqa: ANN401, FBT001
    properties = {"text_wrap": True, "valign": "top", "border": 1, "font_size": 9, "bold": bold}
    properties["align"] = _ALIGN[align]
    properties["num_format"] = "#,##0.0" if figure else "@"
    return book.add_format(properties)


def _write(sheet: Any, row: int, cell: Cell, style: Any) -> None:  # noqa: ANN401
    x = cell["x"]
    if cell["columns"] > 1 or cell["rows"] > 1:
        sheet.merge_range(row, x, row + cell["rows"] - 1, x + cell["columns"] - 1, "", style)
    if cell["formula"]:
        value = text_of(cell) if cell["value"] is None else cell["value"]
        sheet.write_formula(row, x, "=" + cell["formula"], style, value)
    elif cell["value"] is not None:
        sheet.write_number(row, x, cell["value"], style)
    else:
        sheet.write_string(row, x, text_of(cell), style)
