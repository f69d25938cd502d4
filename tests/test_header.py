"""Header rows: headings of one level or several, and the row that numbers the columns."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from outlines import column

from reportgen.document.blocks import Cell, Role, Row, place
from reportgen.document.header import header_rows


def spread(rows: tuple[Row, ...], width: int) -> list[list[str]]:
    """Return the text over every place of the grid."""
    texts = [[""] * width for _ in rows]
    for top, cells in enumerate(place(rows, width)):
        for left, cell in cells:
            for row in range(top, top + cell.rows):
                for index in range(left, left + cell.columns):
                    texts[row][index] = cell.text
    return texts


def sizes(rows: tuple[Row, ...]) -> list[list[tuple[str, int, int]]]:
    return [[(cell.text, cell.columns, cell.rows) for cell in row.cells] for row in rows]


def test_one_level_and_the_numbers_that_the_form_gives() -> None:
    columns = (
        column("a", heading=("№ з/п",), label="1"),
        column("b", heading=("Зміст",), label="7"),
    )
    rows = header_rows(columns)
    assert sizes(rows) == [[("№ з/п", 1, 1), ("Зміст", 1, 1)], [("1", 1, 1), ("7", 1, 1)]]
    assert [row.role for row in rows] == [Role.HEADING, Role.NUMBERS]


def test_without_labels_there_is_no_row_of_numbers() -> None:
    assert [row.role for row in header_rows((column("a"), column("b")))] == [Role.HEADING]


def test_one_label_is_enough_for_a_row_of_numbers() -> None:
    rows = header_rows((column("a", label="1"), column("b")))
    assert [cell.paragraphs for cell in rows[1].cells] == [("1",), ()]


def test_headings_over_several_columns() -> None:
    columns = (
        column("measure", heading=("Зміст",)),
        column("plan", heading=("Фінансування", "усього", "план")),
        column("actual", heading=("Фінансування", "усього", "факт")),
        column("state", heading=("Фінансування", "з державного")),
        column("percent", heading=("%",)),
    )
    assert sizes(header_rows(columns)) == [
        [("Зміст", 1, 3), ("Фінансування", 3, 1), ("%", 1, 3)],
        [("усього", 2, 1), ("з державного", 1, 2)],
        [("план", 1, 1), ("факт", 1, 1)],
    ]


def test_the_same_words_under_other_headings_are_not_joined() -> None:
    columns = (
        column("a", heading=("План", "усього", "I")),
        column("b", heading=("Факт", "усього", "I")),
    )
    assert sizes(header_rows(columns))[1] == [("усього", 1, 1), ("усього", 1, 1)]


def test_headings_that_stand_apart_are_not_joined() -> None:
    columns = (
        column("a", heading=("Кошти", "план")),
        column("b", heading=("Зміст",)),
        column("c", heading=("Кошти", "факт")),
    )
    assert [text for text, _, _ in sizes(header_rows(columns))[0]] == ["Кошти", "Зміст", "Кошти"]


headings = st.lists(st.sampled_from("АБВ"), min_size=1, max_size=3).map(tuple)


@given(st.lists(headings, min_size=1, max_size=8))
def test_every_column_is_below_its_own_headings(chosen: list[tuple[str, ...]]) -> None:
    columns = tuple(
        column(f"c{index}", heading=heading, label=str(index))
        for index, heading in enumerate(chosen)
    )
    rows = header_rows(columns)
    above = list(zip(*spread(rows, len(columns)), strict=True))  # by column, from the top
    for index, heading in enumerate(chosen):
        *outer, own, number = above[index]
        assert (*outer, own)[: len(heading)] == heading
        assert own == heading[-1]
        assert number == str(index)


@given(st.lists(headings, min_size=1, max_size=8))
def test_only_outer_headings_are_shared(chosen: list[tuple[str, ...]]) -> None:
    columns = tuple(column(f"c{index}", heading=heading) for index, heading in enumerate(chosen))
    cells: list[Cell] = [cell for row in header_rows(columns) for cell in row.cells]
    assert sum(cell.columns == 1 for cell in cells) >= len(columns)
    assert all(cell.rows == 1 for cell in cells if cell.columns > 1)
