"""Cells of a table as any reader finds them, to be compared with the document's."""

from __future__ import annotations

from typing import NamedTuple

from reportgen.document.blocks import Table, place


class Spot(NamedTuple):
    """A cell: its place from the table's top left corner, its spans, and what it shows."""

    row: int
    column: int
    rows: int
    columns: int
    text: str


def spots(table: Table) -> list[Spot]:
    """Return a document's table, header and body, as readers should find it."""
    width = len(table.columns)
    return [
        Spot(row, column, cell.rows, cell.columns, cell.text)
        for row, cells in enumerate(place(table.header, width) + place(table.body, width))
        for column, cell in cells
    ]
