"""Workbooks of small documents, read back by libraries that did not write them."""

from __future__ import annotations

import io
from dataclasses import replace
from typing import Any

import openpyxl
from python_calamine import CalamineWorkbook
from small import heading, percent, small_document

from reportgen.document.blocks import Cell, Document, Role, Row, Table, TableColumn
from reportgen.document.origin import Computed, Reference
from reportgen.model.formula import parse_formula
from reportgen.write.fonts import find_typeface
from reportgen.write.xlsx import write_xlsx

TYPEFACE = find_typeface()


def sheet_of(document: Document) -> Any:
    """Return the sheet as openpyxl reads it, with formulas."""
    return openpyxl.load_workbook(io.BytesIO(write_xlsx(document, TYPEFACE))).active


def values_of(document: Document) -> list[list[Any]]:
    """Return the cached values as calamine reads them, from A1."""
    book = CalamineWorkbook.from_filelike(io.BytesIO(write_xlsx(document, TYPEFACE)))
    return book.get_sheet_by_name("Звіт").to_python(skip_empty_area=False)


def with_cell(cell: Cell) -> Document:
    """Return a document whose table is this one cell under a heading: A2 of the sheet."""
    column = TableColumn("text", 100)
    table = Table("", (column,), (Row((heading("Текст"),), Role.HEADING),), (Row((cell,)),))
    return replace(small_document(), blocks=(table,))


def with_body(*rows: Row) -> Document:
    """Return a document of one table with three columns: plan, actual, percent."""
    columns = tuple(TableColumn(name, 30) for name in ("plan", "actual", "percent"))
    return replace(small_document(), blocks=(Table("", columns, (), rows),))


def ratio(printed: str, value: str | None) -> Cell:
    """Return a percent of the table that with_body makes, in its first row."""
    inputs = {"plan": Reference(0, 0), "actual": Reference(0, 1)}
    origin = Computed(parse_formula("actual / plan * 100"), inputs, 1, "–")
    return replace(percent(printed, value, 0), origin=origin)
