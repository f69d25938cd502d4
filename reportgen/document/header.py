"""Header rows: headings of one or several levels, and the row of column numbers."""

from __future__ import annotations

from reportgen.document.blocks import Cell, Role, Row
from reportgen.model.form import Align, Column


def header_rows(columns: tuple[Column, ...]) -> tuple[Row, ...]:
    """Return the heading rows and, if any column has a label, the number row.

    Neighbours with the same outer headings share one cell; a column's own heading reaches down to
    the lowest heading row.
    """
    depth = max(len(column.heading) for column in columns)
    rows = [Row(tuple(_headings(columns, level, depth)), Role.HEADING) for level in range(depth)]
    if any(column.label for column in columns):
        labels = (_cell(column.label, column) for column in columns)
        rows.append(Row(tuple(labels), Role.NUMBERS))
    return tuple(rows)


def _headings(columns: tuple[Column, ...], level: int, depth: int) -> list[Cell]:
    cells: list[Cell] = []
    index = 0
    while index < len(columns):
        column = columns[index]
        own = len(column.heading) - 1
        width = 1
        if level < own:
            outer = column.heading[: level + 1]
            while index + width < len(columns) and _shares(columns[index + width], outer):
                width += 1
            cells.append(_cell(column.heading[level], column, columns=width))
        elif level == own:
            cells.append(_cell(column.heading[level], column, rows=depth - own))
        index += width
    return cells


def _shares(column: Column, outer: tuple[str, ...]) -> bool:
    return len(column.heading) > len(outer) and column.heading[: len(outer)] == outer


def _cell(text: str, column: Column, columns: int = 1, rows: int = 1) -> Cell:
    return Cell(
        (text,) if text else (),
        align=Align.CENTRE,
        columns=columns,
        rows=rows,
        origin=column.span,
    )
