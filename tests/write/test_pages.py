"""Cells are cut where a page begins: no text is lost, and the work comes to an end."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st
from small import PLACE, money, small_document, small_table, text

from reportgen.document.blocks import Cell, Document, Row, Table, TableColumn, place
from reportgen.model.form import Kind
from reportgen.write.pages import CONTINUED, RowStart, Starts, settle, split_at, split_tables

TABLE = 4  # the block of small_document that is its table


def grid(table: Table) -> dict[tuple[int, int], Cell]:
    """Every place of the body with the cell that covers it."""
    return {
        (top + down, column + right): cell
        for top, cells in enumerate(place(table.body, len(table.columns)))
        for column, cell in cells
        for down in range(cell.rows)
        for right in range(cell.columns)
    }


@st.composite
def grouped_tables(draw: st.DrawFn) -> Table:
    """Three columns: a group's number, its name, and a row of its own; now and then a band."""
    rows: list[Row] = []
    for group in range(draw(st.integers(1, 5))):
        size = draw(st.integers(1, 6))
        if draw(st.booleans()):
            rows.append(Row((text(f"Смуга {group}", columns=3),)))
        for index in range(size):
            own = text(f"Захід {len(rows)}")
            head = (text(f"{group}.", rows=size), text(f"Завдання {group}", rows=size))
            rows.append(Row((*head, own) if index == 0 else (own,)))
    columns = tuple(TableColumn(name, 20) for name in ("number", "task", "measure"))
    return Table("Заходи", columns, small_table().header[:0], tuple(rows))


cuts = st.sets(st.integers(0, 30))


def test_the_part_below_the_cut_names_the_task_again() -> None:
    table = split_at(small_table(), [2])
    assert [[cell.paragraphs for cell in row.cells][:2] for row in table.body[:3]] == [
        [("1.",), ("1.1. Забезпечити підтримку об'єднань",)],
        [("в т.ч. субвенція",), ("155,1",)],
        [("1.",), ("1.1. Забезпечити підтримку об'єднань", "(продовження)")],
    ]
    assert [cell.rows for cell in table.body[0].cells][:3] == [2, 2, 1]
    assert [cell.rows for cell in table.body[2].cells][:3] == [1, 1, 1]


def test_a_figure_counts_once() -> None:
    column = (TableColumn("a", 20), TableColumn("b", 20))
    body = (
        Row((replace(money("5,0", "5.0"), rows=2), text("перший"))),
        Row((text("другий"),)),
    )
    below = split_at(Table("", column, (), body), [1]).body[1].cells[0]
    assert (below.paragraphs, below.value) == (("5,0", CONTINUED), None)
    assert below.origin == PLACE
    assert below.kind is Kind.MONEY
    assert sum(cell.value or Decimal() for row in body for cell in row.cells) == Decimal(5)


def test_only_the_first_paragraph_is_repeated() -> None:
    column = (TableColumn("a", 20), TableColumn("b", 20))
    body = (Row((text("Назва", "Пояснення", rows=2), text("1"))), Row((text("2"),)))
    below = split_at(Table("", column, (), body), [1]).body[1].cells[0]
    assert below.paragraphs == ("Назва", CONTINUED)


def test_an_empty_cell_stays_empty() -> None:
    column = (TableColumn("a", 20), TableColumn("b", 20))
    body = (Row((text(rows=2), text("1"))), Row((text("2"),)))
    assert split_at(Table("", column, (), body), [1]).body[1].cells[0].paragraphs == ()


@given(grouped_tables(), cuts)
def test_no_cell_reaches_over_a_cut(table: Table, starts: set[int]) -> None:
    split = split_at(table, starts)  # Table itself checks that the grid is whole
    for top, row in enumerate(split.body):
        for cell in row.cells:
            assert not starts.intersection(range(top + 1, top + cell.rows))


@given(grouped_tables(), cuts)
def test_every_place_still_shows_its_text(table: Table, starts: set[int]) -> None:
    before, after = grid(table), grid(split_at(table, starts))
    assert after.keys() == before.keys()
    for at, cell in before.items():
        assert after[at].paragraphs in (cell.paragraphs, (*cell.paragraphs, CONTINUED))


@given(grouped_tables(), cuts)
def test_splitting_twice_is_splitting_once(table: Table, starts: set[int]) -> None:
    once = split_at(table, starts)
    assert split_at(once, starts) == once


@given(grouped_tables())
def test_a_cut_between_groups_changes_nothing(table: Table) -> None:
    tops = [top for top, row in enumerate(table.body) if len(row.cells) == 3]
    assert split_at(table, tops) == table


def test_each_table_is_cut_at_its_own_rows() -> None:
    document = small_document()
    two = replace(document, blocks=(*document.blocks, small_table()))
    split = split_tables(two, frozenset({RowStart(TABLE, 1), RowStart(6, 2)}))
    assert [[len(row.cells) for row in table.body] for table in split.tables] == [
        [7, 7, 5, 5],
        [7, 5, 7, 5],
    ]


def test_a_document_without_merged_cells_is_laid_out_once() -> None:
    calls = 0

    def layout(_document: Document, _held: Starts) -> tuple[Starts, int]:
        nonlocal calls
        calls += 1
        return frozenset({RowStart(TABLE, 3)}), calls

    assert settle(small_document(), layout) == (small_document(), 1)


def test_right_expectations_save_a_pass() -> None:
    starts = frozenset({RowStart(TABLE, 2)})
    passes: list[Starts] = []

    def layout(_document: Document, held: Starts) -> tuple[Starts, None]:
        passes.append(held)
        return starts, None

    expecting = settle(small_document(), layout, expected=starts)
    assert len(passes) == 1
    assert expecting == settle(small_document(), layout)
    assert len(passes) == 1 + 2


def test_a_layout_that_never_settles_comes_to_an_end() -> None:
    turns = 0

    def layout(_document: Document, _held: Starts) -> tuple[Starts, int]:
        nonlocal turns
        turns += 1
        return frozenset({RowStart(TABLE, 1 + turns % 2)}), turns

    _settled, last = settle(small_document(), layout, limit=4)
    assert last == turns == 8


def test_a_circle_is_ended_by_holding_its_earliest_start() -> None:
    """Uncut the page begins at row 2; cut there, at row 1; cut at row 1, at row 2 again."""
    held_at_last: Starts = frozenset()

    def layout(document: Document, held: Starts) -> tuple[Starts, None]:
        nonlocal held_at_last
        held_at_last = held
        cut_at_2 = len(document.tables[0].body[2].cells) == 7
        natural = RowStart(TABLE, 1 if cut_at_2 else 2)
        return held or frozenset({natural}), None

    settled, _ = settle(small_document(), layout)
    assert held_at_last == {RowStart(TABLE, 1)}
    assert settled == split_tables(small_document(), held_at_last)


def lay_out(table: Table, heights: list[int], page: int, held: Starts) -> Starts:
    """A plain engine: whole rows, a cell's height makes its last row grow, forced starts."""
    starts = set()
    used = 0
    due: dict[int, tuple[int, int]] = {}  # last row of a merged cell → (its top, its height)
    for top, placed in enumerate(place(table.body, len(table.columns))):
        height = heights[top % len(heights)]
        for _column, cell in placed:
            need = sum(1 + len(line) // 8 for line in cell.paragraphs)
            if cell.rows == 1:
                height = max(height, need)
            else:
                due[top + cell.rows - 1] = (top, need)
        if top in due:
            first, need = due[top]
            above = sum(heights[row % len(heights)] for row in range(first, top))
            height = max(height, need - above)
        if top and (used + height > page or RowStart(TABLE, top) in held):
            starts.add(RowStart(TABLE, top))
            used = 0
        used += height
    return frozenset(starts)


@given(
    grouped_tables(),
    st.lists(st.integers(1, 4), min_size=1, max_size=9),
    st.integers(5, 16),
)
def test_in_the_end_no_cell_reaches_over_a_page(
    table: Table, heights: list[int], page: int
) -> None:
    def layout(document: Document, held: Starts) -> tuple[Starts, Starts]:
        starts = lay_out(document.tables[0], heights, page, held)
        return starts, starts

    settled, starts = settle(small_document(table), layout)
    assert split_tables(settled, starts) == settled
    assert settled == split_tables(small_document(table), starts)
