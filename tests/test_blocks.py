"""The grid of a table: every place is covered exactly once, or there is no table."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportgen.document.blocks import Cell, Row, Table, TableColumn, place


def row(*sizes: tuple[int, int]) -> Row:
    return Row(tuple(Cell(columns=columns, rows=rows) for columns, rows in sizes))


def test_cells_find_their_columns() -> None:
    """A merged cell at the left, a merged heading beside it, and what lies below."""
    rows = (row((1, 2), (2, 1), (1, 1)), row((1, 1), (1, 1), (1, 1)))
    assert [[column for column, _ in cells] for cells in place(rows, 4)] == [[0, 1, 3], [1, 2, 3]]


def test_a_cell_may_be_merged_both_ways() -> None:
    rows = (row((1, 1), (2, 2)), row((1, 1)), row((3, 1)))
    assert [[column for column, _ in cells] for cells in place(rows, 3)] == [[0, 1], [0], [0]]


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        ((row((1, 1)),), "row 0: column 1 is not covered"),
        ((row((1, 1), (1, 1), (1, 1)),), "row 0: more cells than the table is wide"),
        ((row((3, 1)),), "row 0: the cell at column 0 does not fit"),
        ((row((1, 1), (1, 2)), row((2, 1))), "row 1: the cell at column 0 does not fit"),
        ((row((1, 2), (1, 1)),), "a merged cell reaches below the last row"),
    ],
)
def test_a_broken_grid_is_our_bug(rows: tuple[Row, ...], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        place(rows, 2)


def test_a_table_checks_header_and_body_apart() -> None:
    """A cell of the header cannot reach into the body: the header is repeated on every page."""
    columns = (TableColumn("a", 20), TableColumn("b", 20))
    whole, reaching = (row((1, 1), (1, 1)),), (row((1, 2), (1, 1)),)
    Table("", columns, whole, whole)
    with pytest.raises(ValueError, match="reaches below"):
        Table("", columns, reaching, (row((1, 1)),))
    with pytest.raises(ValueError, match="not covered"):
        Table("", columns, whole, (row((1, 1)),))


@st.composite
def tilings(draw: st.DrawFn) -> tuple[int, tuple[Row, ...]]:
    """A whole grid, made by merging places into rectangles wherever one still fits."""
    width, height = draw(st.integers(1, 5)), draw(st.integers(1, 5))
    taken: set[tuple[int, int]] = set()
    rows: list[list[Cell]] = [[] for _ in range(height)]
    for top in range(height):
        for left in range(width):
            if (top, left) in taken:
                continue
            columns, deep = draw(st.integers(1, 3)), draw(st.integers(1, 3))
            while any((top, left + more) in taken for more in range(columns)) or (
                left + columns > width
            ):
                columns -= 1
            deep = min(deep, height - top)
            taken |= {(top + y, left + x) for y in range(deep) for x in range(columns)}
            rows[top].append(Cell((f"{top} {left}",), columns=columns, rows=deep))
    return width, tuple(Row(tuple(cells)) for cells in rows)


@given(tilings())
def test_any_whole_grid_is_read_as_it_was_made(tiling: tuple[int, tuple[Row, ...]]) -> None:
    width, rows = tiling
    for top, cells in enumerate(place(rows, width)):
        assert [cell.text for _, cell in cells] == [f"{top} {left}" for left, _ in cells]


@given(tilings(), st.data())
def test_a_grid_less_one_cell_is_not_whole(
    tiling: tuple[int, tuple[Row, ...]], data: st.DataObject
) -> None:
    width, rows = tiling
    top = data.draw(st.sampled_from([index for index, one in enumerate(rows) if one.cells]))
    lost = data.draw(st.integers(0, len(rows[top].cells) - 1))
    kept = tuple(cell for index, cell in enumerate(rows[top].cells) if index != lost)
    with pytest.raises(ValueError, match=r"row|merged"):
        place((*rows[:top], Row(kept), *rows[top + 1 :]), width)
