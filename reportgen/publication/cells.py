"""Figures of a document that no form lays out, each as one line of data: what its tables print."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from reportgen.document.blocks import Document, Role, Table
from reportgen.publication.figures import exact, squeezed
from reportgen.write.row_names import row_names


@dataclass(frozen=True, slots=True)
class CellFigure:
    """A figure with where it stands; ``value`` is exact, with a decimal point."""

    table: int  # of the document's tables, from 1
    table_name: str
    line: int  # of the table's rows below its header, from 1
    kind: str  # "row" or "total"
    name: str
    column: str
    column_name: str
    value: str


def cell_figures(document: Document) -> Iterator[CellFigure]:
    """Yield the figures of a document's tables in its order."""
    for number, table in enumerate(document.tables, 1):
        headings = _headings(table)
        rows = zip(table.body, table.placed_body, row_names(table), strict=True)
        for line, (row, placed, names) in enumerate(rows, 1):
            name = squeezed(" ".join(cell.text for column, cell in placed if column in names))
            for column, cell in placed:
                if cell.value is not None:
                    yield CellFigure(
                        table=number,
                        table_name=squeezed(table.caption),
                        line=line,
                        kind="total" if row.role is Role.TOTAL else "row",
                        name=name,
                        column=table.columns[column].id,
                        column_name=headings[column],
                        value=exact(cell.value),
                    )


def _headings(table: Table) -> list[str]:
    """Return what stands above each column, from the top; a shared heading counts for each."""
    above: list[list[str]] = [[] for _ in table.columns]
    for row, placed in zip(table.header, table.placed_header, strict=True):
        if row.role is Role.HEADING:
            for first, cell in placed:
                for column in range(first, first + cell.columns):
                    above[column].append(squeezed(cell.text))
    return [" / ".join(filter(None, one)) for one in above]
