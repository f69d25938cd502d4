"""A table as ``document.typ`` is given it: its rows and cells, with over-long words breakable."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TypeAlias

from reportgen.document.blocks import Cell, PlacedRows, Role, Row, Table
from reportgen.model.council import PageProfile
from reportgen.write.fonts import Face, Typeface
from reportgen.write.pdf_typst.texts import Content, marked, plain
from reportgen.write.prediction import POINTS_PER_MM

Data: TypeAlias = Mapping[str, object]

PADDING = (1.0, 0.8)  # mm at the sides, above and below a cell's text


class TableTexts:
    """A table's rows as data, with over-long words made breakable."""

    def __init__(self, table: Table, page: PageProfile, typeface: Typeface | None) -> None:
        self._table = table
        self._page = page
        self._typeface = typeface

    def widths(self) -> list[float]:
        """Return the widths of the columns."""
        return [column.width for column in self._table.columns]

    def header(self) -> list[Data]:
        """Return the rows of the heading."""
        return self._rows(self._table.header, self._table.placed_header)

    def body(self) -> list[Data]:
        """Return the rows below it."""
        return self._rows(self._table.body, self._table.placed_body)

    def cell(self, role: Role, x: int, y: int, cell: Cell) -> Data:
        """Return a cell that begins at a place of the header or of the body."""
        return {
            "x": x,
            "y": y,
            "columns": cell.columns,
            "rows": cell.rows,
            "align": cell.align.value,
            **self.content(role, x, cell),
        }

    def content(self, role: Role, x: int, cell: Cell) -> Content:
        """Return what stands in a cell."""
        room, size, face = self.room(x, cell), self.size(role), self.face(role)
        if cell.marked:
            return marked(cell.marked, room, size, self._typeface)
        lines = cell.paragraphs or ("",)
        if cell.value is not None and face:  # never broken: its column is checked instead
            return {"lines": lines, "hyphenate": False}
        return plain(lines, room, size, face)

    def room(self, x: int, cell: Cell) -> float:
        """Return how wide a line of a cell may be, in points."""
        columns = self._table.columns[x : x + cell.columns]
        return (sum(column.width for column in columns) - 2 * PADDING[0]) * POINTS_PER_MM

    def size(self, role: Role) -> float:
        """Return the size of a row's type, in points."""
        return self._page.heading_size if role is Role.HEADING else self._page.table_size

    def face(self, role: Role) -> Face | None:
        """Return the face of a row's type."""
        if self._typeface is None:
            return None
        bold = role in (Role.HEADING, Role.BAND, Role.TOTAL)
        return self._typeface.bold if bold else self._typeface.regular

    def _rows(self, rows: Sequence[Row], placed: PlacedRows) -> list[Data]:
        return [
            {"role": row.role.value, "cells": [self.cell(row.role, x, y, one) for x, one in cells]}
            for y, (row, cells) in enumerate(zip(rows, placed, strict=True))
        ]
