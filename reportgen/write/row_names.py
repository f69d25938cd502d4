"""Which cells of a table name the rows beside them: what is heard before each figure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from reportgen.document.blocks import Cell, Role, Table
from reportgen.model.form import Kind

Placed = Sequence[tuple[int, Cell]]


def row_names(table: Table) -> Iterator[frozenset[int]]:
    """Yield, for each row of the body, the grid columns of the cells that name it.

    In a table of directions, tasks and measures these are the task and the measure. A bare number
    names nothing that a listener would want to hear before every figure. A band and a total have
    one name, their first text.
    """
    rows = table.placed_body
    usual = _naming_columns(table, rows)
    for row, placed in zip(table.body, rows, strict=True):
        names = [column for column, cell in placed if _is_name(cell)]
        if row.role in {Role.BAND, Role.TOTAL}:
            yield frozenset(names[:1])
        else:
            yield usual.intersection(names)


def _naming_columns(table: Table, rows: Sequence[Placed]) -> frozenset[int]:
    """Return the columns whose texts name a row: merged ones, and the first other one."""
    merged: set[int] = set()
    names: set[int] = set()
    for row, placed in zip(table.body, rows, strict=True):
        if row.role in {Role.BODY, Role.PART}:
            merged.update(column for column, cell in placed if cell.rows > 1)
            names.update(column for column, cell in placed if _is_name(cell))
    own = min(names - merged, default=-1)
    return frozenset(column for column in names if column == own or column in merged)


def _is_name(cell: Cell) -> bool:
    return cell.kind is Kind.TEXT and any(char.isalpha() for char in cell.text)
