"""The sheet before it is drawn: lines, heights, pages, columns, number formats."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from small import PLACE, heading, money, small_document, small_table, text

from reportgen.document.blocks import Document, Paragraph, Role, Row, Style, Table, TableColumn
from reportgen.model.council import NumberStyle
from reportgen.write.fonts import Face
from reportgen.write.wrapping import lines
from reportgen.write.xlsx.boxes import Live
from reportgen.write.xlsx.heights import Need, row_heights, sliced, text_rows
from reportgen.write.xlsx.layout import lay_out
from reportgen.write.xlsx.looks import Look, number_format
from reportgen.write.xlsx.pages import PageRoom, needed_breaks, page_starts

SQUARE = Face(Path(), dict.fromkeys(range(0x20, 0x500), 1.0))  # every letter one em wide
ROOM = PageRoom(height=100, repeated=20)


def with_blocks(*blocks: object) -> Document:
    return replace(small_document(), blocks=blocks)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("typed", "count"),
    [
        ("", 1),
        ("десять букв"[:10], 1),
        ("десять букв", 2),
        ("одне два", 1),
        ("перший другий третій", 3),
        ("перший\n\nтретій", 3),
        ("дуже-дуже-довге", 2),  # wider than a line: broken between letters
        ("а дуже-дуже-довге", 3),  # and started on a line of its own
        ("нерозривний\u00a0пробіл", 2),
    ],
)
def test_lines_of_ten_letters(typed: str, count: int) -> None:
    assert lines(typed, 100, 10, SQUARE) == count


def greedy(paragraph: str, limit: int) -> int:
    """Wrap the obvious way, word by word and letter by letter."""
    count, used = 1, 0
    for index, word in enumerate(paragraph.split(" ")):
        if index and used + 1 + len(word) <= limit:
            used += 1 + len(word)
            continue
        if index:
            count, used = count + 1, 0
        for _ in word:
            if used == limit:
                count, used = count + 1, 0
            used += 1
    return count


@given(st.text("аб ", max_size=60).map(lambda typed: " ".join(typed.split())), st.integers(1, 12))
def test_lines_are_filled_greedily(typed: str, limit: int) -> None:
    assert lines(typed, limit * 10, 10, SQUARE) == greedy(typed, limit)


def test_a_character_that_the_face_lacks_counts_half_an_em() -> None:
    assert lines("漢" * 20, 100, 10, SQUARE) == 1
    assert lines("漢" * 21, 100, 10, SQUARE) == 2


def test_what_a_merged_cell_lacks_goes_to_its_last_row() -> None:
    needs = [Need(0, 1, 20), Need(1, 1, 10), Need(0, 2, 50), Need(2, 1, 15)]
    assert row_heights(needs, 3) == [20, 30, 15]


needed = st.builds(Need, st.integers(0, 5), st.integers(1, 4), st.integers(1, 500))


@given(st.lists(needed))
def test_rows_hold_all_that_is_needed(needs: list[Need]) -> None:
    heights = row_heights(needs, 10)
    assert all(sum(heights[one.row : one.row + one.rows]) >= one.height for one in needs)


def test_a_text_over_several_rows_is_known() -> None:
    assert list(text_rows([Need(0, 3, 25), Need(0, 1, 10)], [10, 20, 10])) == [range(2)]


def test_a_row_that_excel_cannot_draw_is_several_sheet_rows() -> None:
    assert sliced(300) == [300]
    slices = sliced(1000)
    assert len(slices) == 10
    assert 1000 <= sum(slices) < 1010


@pytest.mark.parametrize(
    ("heights", "kept", "breaks"),
    [
        ([30] * 3, [range(1, 3)], ()),  # all fits
        ([30] * 4, [range(2, 4)], (2,)),  # the last row would fall on page 2 alone
        ([30] * 4, [range(1)], ()),
        ([30] * 4, [range(4)], ()),  # no page can hold it
        ([30] * 7, [range(2, 4), range(4, 6)], (2,)),  # the first break mends the second group
        # 100 points hold 101 at the 98 % at which LibreOffice prints to save a page
        ([51, 50, 30], [range(1, 3)], (1,)),
    ],
)
def test_a_page_ends_by_hand_only_before_what_would_be_torn(
    heights: list[float], kept: list[range], breaks: tuple[int, ...]
) -> None:
    assert needed_breaks(heights, kept, ROOM) == breaks


@given(
    st.lists(st.integers(5, 60), min_size=1, max_size=40),
    st.lists(st.tuples(st.integers(0, 39), st.integers(1, 3)), max_size=6),
)
def test_nothing_kept_is_torn(heights: list[float], groups: list[tuple[int, int]]) -> None:
    kept = [range(start, min(start + size, len(heights))) for start, size in groups]
    breaks = needed_breaks(heights, kept, ROOM)
    starts = page_starts(heights, breaks, ROOM)
    for group in kept:
        is_possible = sum(heights[row] for row in group) <= ROOM.height - ROOM.repeated
        overlaps = any(other.start in group[1:] for other in kept)
        if is_possible and not overlaps and group.start:
            assert not set(starts) & set(group[1:])


def test_a_signature_takes_lines_of_the_table_with_it_to_a_new_page() -> None:
    one, signature = small_table(), small_document().blocks[-1]
    lengths = range(1, 60)
    for length in lengths:
        rows = tuple(Row((text("Захід"), money("1,0", "1"))) for _ in range(length))
        table = Table("", one.columns[:2], (), rows)
        layout = lay_out(with_blocks(table, signature), None)
        room = PageRoom(small_document().page.text_height * 72 / 25.4, 0)
        last = max(page_starts(layout.heights, layout.breaks, room), default=0)
        assert last <= length - 2 or length < 2, length


def test_totals_take_the_row_above_with_them_to_a_new_page() -> None:
    one = small_table()
    for length in range(1, 60):
        rows = tuple(Row((text("Захід"), money("1,0", "1"))) for _ in range(length))
        totals = (Row((text("Усього"), money("1,0", "1")), Role.TOTAL),) * 2
        layout = lay_out(with_blocks(Table("", one.columns[:2], (), rows + totals)), None)
        room = PageRoom(small_document().page.text_height * 72 / 25.4, 0)
        starts = page_starts(layout.heights, layout.breaks, room)
        assert not {length, length + 1} & set(starts), length


@pytest.mark.parametrize("title", range(1, 25, 3))
def test_no_page_ends_between_a_heading_and_the_first_row(title: int) -> None:
    """Not even where the text of a merged cell would be torn, for a heading says nothing alone."""
    tall, measure, rest = text("Завдання " * 60, rows=2), text("захід " * 150), (text(),) * 4
    rows = (Row((text("1."), tall, measure, *rest)), Row((text("2."), measure, *rest)))
    table = replace(small_table(), body=rows)
    lines = Paragraph(("Рядок назви",) * title, Style.TITLE, PLACE)
    layout = lay_out(with_blocks(lines, table), None)
    assert layout.repeated.stop not in layout.breaks


def looks_of(document: Document, column: int) -> list[Look]:
    """Return the looks of the body's cells whose sheet column it is."""
    layout = lay_out(document, None)
    body = range(layout.repeated.stop, layout.tables[0].bottom + 1)
    return [box.look for box in layout.boxes if box.area.top in body and box.area.left == column]


def test_figures_stand_apart_from_the_next_columns_text() -> None:
    assert {look.indent for look in looks_of(small_document(), 3)} == {1}
    assert {look.indent for look in looks_of(small_document(), 2)} == {0}


def test_no_figure_is_made_small_to_stand_apart() -> None:
    """One wide figure, and its whole column keeps to the right edge."""
    table = small_table()
    narrow = replace(table.columns[3], width=17)  # «1 000,0» takes seven half-ems and a bit
    columns = (*table.columns[:3], narrow, *table.columns[4:])
    document = small_document(replace(table, columns=columns))
    assert {look.indent for look in looks_of(document, 3)} == {1}
    columns = (*table.columns[:3], replace(narrow, width=14), *table.columns[4:])
    document = small_document(replace(table, columns=columns))
    assert {look.indent for look in looks_of(document, 3)} == {0}


def test_a_long_text_in_place_of_a_figure_is_wrapped_and_its_row_grows() -> None:
    """Shrunk to its cell it would be a hairline."""
    long = "кошти на цей захід у звітному періоді не передбачено"
    table = small_table()
    cells = table.body[2].cells
    texts = (*cells[:3], replace(cells[3], paragraphs=(long,)), *cells[4:])
    rows = (*table.body[:2], replace(table.body[2], cells=texts), *table.body[3:])
    before, after = (
        lay_out(small_document(one), None) for one in (table, replace(table, body=rows))
    )
    grown = after.heights[9] / before.heights[9]
    assert grown > 2
    [box] = [box for box in after.boxes if box.area.top == 9 and box.area.left == 5]
    assert isinstance(box.content, Live)
    assert box.content.cached == long
    assert not box.look.is_figure
    assert box.look.indent == 0  # «передбачено» needs all the room; the figures above it do not
    assert {look.indent for look in looks_of(small_document(table), 5)} == {1}
    assert box.look.number_format == f'{L}#,##0.0;{L}"−"#,##0.0'


def test_headings_stay_in_view_where_a_small_screen_has_room_for_them() -> None:
    document = small_document()
    layout = lay_out(document, None)
    assert layout.repeated == range(4, 7)
    assert layout.frozen == 7
    long_title = Paragraph(("Рядок назви",) * 20, Style.TITLE, PLACE)
    layout = lay_out(replace(document, blocks=(long_title, *document.blocks)), None)
    assert layout.frozen == 0
    assert layout.repeated == range(5, 8)


def two_tables() -> Document:
    """Return the small document with a second, narrower table of other columns below."""
    columns = (TableColumn("name", 100), TableColumn("sum", 50))
    header = (Row((heading("Назва"), heading("Сума")), Role.HEADING),)
    second = Table("Друга", columns, header, (Row((text("Один"), money("5,0", "5"))),))
    *first, signature = small_document().blocks
    return with_blocks(*first, second, signature)


def test_tables_of_other_columns_share_a_sheet_and_no_header_is_repeated() -> None:
    layout = lay_out(two_tables(), None)
    assert layout.grid.edges == (0, 12, 57, 100, 147, 150, 172, 197, 217, 257)
    assert [(area.left, area.right) for area in layout.tables] == [(0, 8), (0, 4)]
    assert not layout.repeated
    assert layout.frozen == 0


def test_columns_together_are_as_wide_as_the_text_and_never_wider() -> None:
    pixels = sum(lay_out(small_document(), None).grid.pixels)
    assert 257 - 25.4 / 96 < pixels / 96 * 25.4 <= 257


L = "[$-422]"


@pytest.mark.parametrize(
    ("value", "printed", "group_from", "code"),
    [
        ("1234.5", "1\u00a0234,5", 4, f'{L}#,##0.0;{L}"−"#,##0.0'),
        ("-1234.5", "−1\u00a0234,5", 4, f'{L}#,##0.0;{L}"−"#,##0.0'),
        ("-0.04", "0,0", 4, f"[<=-0.05]{L}#,##0.0;{L}#,##0.0"),
        ("1234.5", "1234,5", 5, f"[<9999.95]{L}0.0;{L}#,##0.0"),
        ("12345.6", "12\u00a0345,6", 5, f"[<9999.95]{L}0.0;{L}#,##0.0"),
        ("-1234.5", "−1234,5", 5, f'{L}0.0;{L}"−"0.0'),
        ("-12345.6", "−12\u00a0345,6", 5, f'{L}#,##0.0;{L}"−"#,##0.0'),
        ("1.5", "1,5 %", 4, '"1,5 %";"1,5 %";"1,5 %"'),
        ("1.5", 'x"y', 4, '"x"\\""y";"x"\\""y";"x"\\""y"'),
    ],
)
def test_number_format(value: str, printed: str, group_from: int, code: str) -> None:
    assert number_format(Decimal(value), printed, 1, NumberStyle(group_from)) == code
