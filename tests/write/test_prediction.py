"""Page starts reckoned beforehand: those that an engine finds which lays out what they cut."""

from __future__ import annotations

from dataclasses import dataclass, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from small import small_document, small_table, text

from reportgen.document.blocks import Document, Role, Row, Signature, Table, TableColumn, place
from reportgen.write.pages import CONTINUED, RowStart, Starts, split_tables
from reportgen.write.prediction import Expected, Measured, expected_starts

TABLE = 4  # the block of small_document that is its table
HEADER = 20.0
POINTS = 72 / 25.4


def document_of(table: Table, room: float) -> Document:
    """Return a document whose pages have so much room below the header, in points."""
    document = small_document(table)
    page = document.page
    bottom = page.height - page.top - (room + HEADER) / POINTS  # the sheet is what it is
    return replace(document, page=replace(page, bottom=bottom))


def grouped(*sizes: int) -> Table:
    """Return groups of so many rows: the group's name merged over them, and a cell of their own."""
    rows: list[Row] = []
    for size in sizes:
        named = text(f"Завдання {len(rows)}", rows=size)
        rows += [
            Row((named, text("Захід")) if index == 0 else (text("Захід"),)) for index in range(size)
        ]
    columns = (TableColumn("task", 40), TableColumn("measure", 40))
    return Table("Заходи", columns, (), tuple(rows))


@dataclass(frozen=True)
class Heights:
    """Heights in points: of every row's own cell, of each group's name, of a name continued."""

    rows: tuple[float, ...]
    names: tuple[float, ...]
    continued: float = 12.0

    def measured(self, table: Table, top: float) -> Measured:
        """Return what an engine would measure of a table that begins at ``top``."""
        names = iter(self.names)
        rows = [
            [*((next(names), self.continued) for _ in row.cells[:-1]), (height, 0.0)]
            for row, height in zip(table.body, self.rows, strict=True)
        ]
        return Measured(TABLE, top, HEADER, rows)


def expect(table: Table, heights: Heights, room: float, above: float = 0.0) -> Expected:
    document = document_of(table, room)
    top = document.page.top * POINTS + above
    return expected_starts(document, [heights.measured(table, top)])


def rows_of(starts: Starts) -> list[int]:
    assert all(one.block == TABLE for one in starts)
    return sorted(one.row for one in starts)


def test_pages_are_filled_with_whole_rows() -> None:
    found = expect(grouped(1, 1, 1, 1, 1), Heights((40.0,) * 5, (10.0,) * 5), room=100)
    assert rows_of(found.starts) == [2, 4]
    assert not found.held


def test_a_row_may_fill_the_page_to_its_last_point() -> None:
    assert rows_of(expect(grouped(1, 1, 1), Heights((50.0,) * 3, (0.0,) * 3), 100).starts) == [2]


def test_what_stands_above_the_table_shortens_its_first_page() -> None:
    heights = Heights((40.0,) * 4, (10.0,) * 4)
    assert rows_of(expect(grouped(1, 1, 1, 1), heights, 100, above=30).starts) == [1, 3]


def test_a_table_whose_first_row_does_not_fit_begins_on_the_next_page() -> None:
    before, table = grouped(1), grouped(1, 1, 1)
    document = document_of(before, 100)
    two = replace(document, blocks=(*document.blocks[: TABLE + 1], table))
    top = document.page.top * POINTS
    filled = Heights((50.0,), (10.0,)).measured(before, top)  # leaves 50 points, 20 of them header
    heights = Heights((40.0,) * 3, (10.0,) * 3).measured(table, top)
    found = expected_starts(two, [filled, replace(heights, block=TABLE + 1)])
    assert found.starts == {RowStart(TABLE + 1, 2)}


def test_a_groups_long_name_makes_its_last_row_grow() -> None:
    """Two rows of 20 under a name of 90: with the growth only one group fits."""
    heights = Heights((20.0,) * 4, (90.0, 90.0))
    assert rows_of(expect(grouped(2, 2), heights, 100).starts) == [2]


def test_on_the_next_page_a_name_is_shorter() -> None:
    """The name's 90 points are taken above the cut; below it stands only its continuation."""
    heights = Heights((50.0, 50.0, 30.0, 60.0), (90.0, 10.0))
    assert rows_of(expect(grouped(3, 1), heights, 100).starts) == [2]


def test_a_name_must_fit_above_its_cut_and_the_start_is_held() -> None:
    """The row would fit, but cut below it the name does not: the page ends above the group.

    An engine that sees the group from there puts the row back on the page, for then the name has
    more rows to be in; so that start is not left to it.
    """
    heights = Heights((30.0, 30.0, 60.0), (10.0, 80.0))
    found = expect(grouped(1, 2), heights, 100)
    assert rows_of(found.starts) == [1]
    assert found.held == found.starts


def test_a_row_taller_than_a_page_stands_on_its_own() -> None:
    heights = Heights((30.0, 500.0, 30.0), (10.0,) * 3)
    assert rows_of(expect(grouped(1, 1, 1), heights, 100).starts) == [1, 2]


def test_a_document_without_tables_or_rows_has_no_starts() -> None:
    empty = Table("", (TableColumn("a", 20),), (), ())
    assert expect(empty, Heights((), ()), 100) == (frozenset(), frozenset())
    signature = small_document().blocks[-1]
    assert isinstance(signature, Signature)
    alone = replace(small_document(), blocks=(signature,))
    assert expected_starts(alone, []) == (frozenset(), frozenset())


def lay_out(table: Table, heights: Heights, room: float, held: Starts) -> Starts:
    """Lay out as Typst does: whole rows one after another; a merged cell's last row grows.

    The table may be cut already: a cell marked as continued takes the height of a continuation.
    """
    names = dict(zip((text for text in _names(table) if text), heights.names, strict=True))
    tops = place(table.body, 2)
    starts: set[RowStart] = set()
    used, due = 0.0, dict[int, tuple[float, int]]()  # last row of a cell → (its height, its top)
    tall: list[float] = []
    for index, cells in enumerate(tops):
        height = heights.rows[index]
        for _, cell in cells[:-1]:
            is_below = CONTINUED in cell.paragraphs
            needs = heights.continued if is_below else names[cell.paragraphs[0]]
            due[index + cell.rows - 1] = (needs, index)
        if index in due:
            needs, top = due[index]
            height = max(height, needs - sum(tall[top:index]))
        if index and (used + height > room + 1e-6 or RowStart(TABLE, index) in held):
            starts.add(RowStart(TABLE, index))
            used = 0.0
        used += height
        tall.append(height)
    return frozenset(starts)


def _names(table: Table) -> list[str]:
    return [
        cell.paragraphs[0]
        for row in table.body
        for cell in row.cells[:-1]
        if CONTINUED not in cell.paragraphs
    ]


@st.composite
def measured_groups(draw: st.DrawFn) -> tuple[Table, Heights]:
    sizes = draw(st.lists(st.integers(1, 4), min_size=1, max_size=6))
    heights = st.integers(5, 60).map(float)
    rows = draw(st.lists(heights, min_size=sum(sizes), max_size=sum(sizes)))
    names = draw(st.lists(heights, min_size=len(sizes), max_size=len(sizes)))
    return grouped(*sizes), Heights(tuple(rows), tuple(names))


@given(measured_groups(), st.integers(60, 200))
def test_an_engine_that_lays_out_the_cut_table_agrees(
    drawn: tuple[Table, Heights], room: int
) -> None:
    table, heights = drawn
    found = expect(table, heights, room)
    cut = split_tables(document_of(table, room), found.starts).tables[0]
    assert lay_out(cut, heights, room, found.held) == found.starts
    assert found.held <= found.starts


@given(measured_groups(), st.integers(60, 200))
def test_only_what_would_move_is_held(drawn: tuple[Table, Heights], room: int) -> None:
    table, heights = drawn
    found = expect(table, heights, room)
    cut = split_tables(document_of(table, room), found.starts).tables[0]
    for start in found.held:
        assert lay_out(cut, heights, room, found.held - {start}) != found.starts


@pytest.mark.parametrize("rows", [1, 4])
def test_the_small_table_is_on_one_page(rows: int) -> None:
    table = replace(small_table(), body=small_table().body[3:4] * rows)
    heights = [[(12.0, 0.0)] * len(row.cells) for row in table.body]
    document = small_document(table)
    assert not expected_starts(document, [Measured(TABLE, 100.0, HEADER, heights)]).starts


# Bands and signatures


def with_bands(*roles: Role) -> Table:
    """Return rows of one cell each."""
    rows = tuple(Row((text("а", columns=2),), role) for role in roles)
    return Table("Заходи", (TableColumn("a", 40), TableColumn("b", 40)), (), rows)


def reckoned(
    table: Table, heights: float | list[float], room: float, above: float = 0.0, sign: float = 0.0
) -> Expected:
    """Return what is expected of rows of these heights, ``above`` points below a page's top."""
    document = document_of(table, room)
    signatures = {TABLE + 1: sign} if sign else {}
    if not sign:
        document = replace(document, blocks=document.blocks[: TABLE + 1])
    each = heights if isinstance(heights, list) else [heights] * len(table.body)
    rows = [[(height, 0.0)] for height in each]
    top = document.page.top * POINTS
    measured = Measured(TABLE, top, HEADER, rows, above=above)
    return expected_starts(document, [measured], signatures)


def test_bands_go_to_the_next_page_with_their_row() -> None:
    body, band = Role.BODY, Role.BAND
    found = reckoned(with_bands(body, body, body, band, band, body), 20.0, 100)
    assert rows_of(found.starts) == [3]
    assert found.held == found.starts  # an engine would leave them where they fit


def test_bands_that_fill_a_page_stay_there() -> None:
    found = reckoned(with_bands(Role.BAND, Role.BODY), [20.0, 95.0], 100)
    assert rows_of(found.starts) == [1]
    assert not found.held


def test_a_table_that_would_begin_with_bands_alone_begins_on_the_next_page() -> None:
    table = with_bands(Role.BAND, Role.BODY, Role.BODY)
    assert rows_of(reckoned(table, 20.0, 100, above=70).held) == [0]
    fitting = reckoned(table, 20.0, 100, above=50)
    assert (rows_of(fitting.starts), rows_of(fitting.held)) == ([2], [])
    # Where the band does not fit either, the engine begins a page by itself.
    assert not reckoned(table, 20.0, 100, above=90).starts


@pytest.mark.parametrize(("sign", "rows"), [(40.0, []), (41.0, [2])])
def test_a_signature_takes_the_last_measure_along(sign: float, rows: list[int]) -> None:
    found = reckoned(with_bands(Role.BODY, Role.BODY, Role.BODY), 20.0, 100, sign=sign)
    assert rows_of(found.starts) == rows
    assert found.held == found.starts


def test_a_signature_below_totals_takes_the_last_measure_and_its_band_along() -> None:
    roles = (Role.BODY, Role.BODY, Role.BODY, Role.BAND, Role.BODY, Role.TOTAL)
    assert rows_of(reckoned(with_bands(*roles), 20.0, 100, sign=10.0).held) == [3]


def test_text_between_tables_moves_the_next_one_down() -> None:
    table = with_bands(*[Role.BODY] * 6)
    assert rows_of(reckoned(table, 20.0, 100).starts) == [5]
    assert rows_of(reckoned(table, 20.0, 100, above=60.0).starts) == [2]
    assert rows_of(reckoned(table, 20.0, 100, above=120.0 + 60.0).starts) == [2]  # a page further
