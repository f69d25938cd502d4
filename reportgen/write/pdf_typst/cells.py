"""A table as ``document.typ`` is given it: its rows and cells, with over-long words breakable."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from reportgen.document.blocks import Cell, PlacedRows, Role, Row, Table
from reportgen.model.council import PageProfile
from reportgen.write.fonts import Face, Typeface
from reportgen.write.pages import continuation
from reportgen.write.pdf_typst.tallest import deciding
from reportgen.write.pdf_typst.texts import Content, marked, plain
from reportgen.write.prediction import POINTS_PER_MM

PADDING = (1.0, 0.8)  # mm at the sides, above and below a cell's text


class TableTexts:
    """A table's rows as data, with over-long words made breakable."""

    def __init__(
        self, table: Table, page: PageProfile, typeface: Typeface | None, *, measure: bool
    ) -> None:
        self._table = table
        self._page = page
        self._typeface = typeface
        self._measure = measure

    def table(self) -> Mapping[str, object]:
        """Return columns, header and body; see `payload` for what measuring adds."""
        return {
            "widths": [column.width for column in self._table.columns],
            "header": self._rows(self._table.header, self._table.placed_header),
            "body": self._rows(self._table.body, self._table.placed_body),
        }

    def _rows(self, rows: Sequence[Row], placed: PlacedRows) -> list[Mapping[str, object]]:
        return [
            {"role": row.role.value, "cells": self._cells(row.role, y, cells)}
            for y, (row, cells) in enumerate(zip(rows, placed, strict=True))
        ]

    def _cells(
        self, role: Role, y: int, cells: Sequence[tuple[int, Cell]]
    ) -> list[Mapping[str, object]]:
        rooms = [self._room(x, cell) for x, cell in cells]
        drawn: list[Mapping[str, object]] = [
            {
                "x": x,
                "y": y,
                "columns": cell.columns,
                "rows": cell.rows,
                "align": cell.align.value,
                **self._content(role, cell, room),
            }
            for (x, cell), room in zip(cells, rooms, strict=True)
        ]
        if not self._measure:
            return drawn
        own = [(cell, room) for (_, cell), room in zip(cells, rooms, strict=True)]
        measured = deciding(own, self._size(role), self._face(role))
        return [
            {**data, "measured": one, "continued": self._continued(role, cell, room)}
            for data, one, (cell, room) in zip(drawn, measured, own, strict=True)
        ]

    def _room(self, x: int, cell: Cell) -> float:
        columns = self._table.columns[x : x + cell.columns]
        return (sum(column.width for column in columns) - 2 * PADDING[0]) * POINTS_PER_MM

    def _size(self, role: Role) -> float:
        return self._page.heading_size if role is Role.HEADING else self._page.table_size

    def _face(self, role: Role) -> Face | None:
        if self._typeface is None:
            return None
        bold = role in (Role.HEADING, Role.BAND, Role.TOTAL)
        return self._typeface.bold if bold else self._typeface.regular

    def _continued(self, role: Role, cell: Cell, room: float) -> Content | None:
        return self._content(role, continuation(cell, 1), room) if cell.rows > 1 else None

    def _content(self, role: Role, cell: Cell, room: float) -> Content:
        if cell.marked:
            return marked(cell.marked, room, self._size(role), self._typeface)
        lines = cell.paragraphs or ("",)
        face = self._face(role)
        if cell.value is not None and face:  # never broken: its column is checked instead
            return {"lines": lines, "hyphenate": False}
        return plain(lines, room, self._size(role), face)
