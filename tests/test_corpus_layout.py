"""Whole source documents laid out in their forms give the cells that the sources print.

The sources' own words go through the project's stages, narratives too, and come out cell by cell
as they were. Whatever differs is listed here, row by row, with its reason; the difference is made
on the printed row, and what comes of it must be ours to the letter.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal

import pytest
from conftest import CORPUS
from sources import bodies, concept, measures, socioeconomic
from sources.lines import Line, paragraphs, read_lines
from sources.outline import Source

from reportgen.check import check_fit
from reportgen.document.blocks import Paragraph, Role, Table, place

pytestmark = pytest.mark.corpus

Cells = tuple[str, ...]


@dataclass(frozen=True)
class Difference:
    """Rows, by their lines in the source, that ours prints otherwise; all rows if none is named."""

    reason: str
    put: Callable[[Cells], Cells]  # a row as it is printed → as ours has it
    lines: tuple[int, ...] = ()


def in_column(column: int, put: Callable[[str], str]) -> Callable[[Cells], Cells]:
    return lambda cells: (*cells[:column], put(cells[column]), *cells[column + 1 :])


def instead(printed: str, ours: str) -> Callable[[str], str]:
    return lambda cell: cell.replace(printed, ours)


def without_markup(cells: Cells) -> Cells:
    return tuple("\n".join(paragraphs(cell)) for cell in cells)


def by_semicolons(cell: str) -> str:
    """Part names by semicolons: some of the column have a comma of their own."""
    council = bodies.shipped_council()
    known = {**bodies.programmes(council), **bodies.as_printed(council)}
    return "; ".join(one.text for one in bodies.printed(cell, known))


def own_number(cells: Cells) -> Cells:
    return (*concept.number_of_task(cells[0], cells[1]), *cells[2:])


def number(cell: str) -> str:
    """Return an amount with one decimal, its groups parted by a blank that never breaks."""
    amount = Decimal(cell.replace(" ", "").replace(",", "."))
    return f"{amount:,.1f}".replace(",", "\u00a0").replace(".", ",")


def label(cell: str) -> str:
    """Return number and text with a dot and a blank between; «7.3. 1.» is one number."""
    match = re.fullmatch(r"(\d+(?:\.\s?\d+)+)(?!\.?\d)\.?\s*(.*)", cell)
    return f"{match[1].replace(' ', '')}. {match[2]}" if match else cell


SOCIOECONOMIC = (
    Difference(
        "commas that the heading lacks",
        in_column(
            5, instead("програми до якої включено захід", "програми, до якої включено захід,")
        ),
        (6,),
    ),
    Difference(
        "a band that extraction put into the second column",
        lambda cells: (cells[1], cells[0], *cells[2:]),
        (44, 63, 69),
    ),
    Difference(
        "remnants of bold type and of paragraphs",
        without_markup,
        (8, 9, 13, 14, 18, 19, 44, 53, 54, 63, 68, 69, 82),
    ),
    Difference(
        "executors are parted alike in the whole column",
        in_column(3, by_semicolons),
        (
            *(10, 11, 13, 14, 16, 21, 22, 23, 25, 26, 27, 29, 30, 32, 33, 42, 43, 52, 67, 72),
            *(74, 75, 78, 79, 84, 85, 88, 89, 90, 91),
        ),
    ),
    Difference("programmes are parted as executors are", in_column(5, by_semicolons), (14,)),
    Difference(
        "the blank inside a number never breaks",
        in_column(5, instead(" ", "\u00a0")),
        (42, 43),
    ),
)

CONCEPT = (
    Difference("«проєкт» in one spelling", in_column(2, instead("Проект", "Проєкт")), (6,)),
    Difference(
        "remnants of bold type and of paragraphs; rows parted by the end of a page",
        without_markup,
        (*(7, 14, 16, 18, 22, 24, 31, 38, 45, 48, 53, 63, 65, 67, 72, 77, 79, 83, 84, 87),),
    ),
    Difference(
        "years are data, printed alike",
        in_column(2, lambda cell: f"{cell} роки"),
        (11, 12, 16, 17, 90),
    ),
    Difference(
        "a task's number stands in its own column, in both tables; the goal's stands in its band",
        own_number,
        (47, 48, 53, 58, 65, 67, 71, 79, 83, 84, 89, 91, 94),
    ),
    Difference(
        "executors are parted alike in the whole column",
        in_column(3, by_semicolons),
        (47, 65, 70, 79, 83, 89, 90),
    ),
)


MEASURES = (
    Difference("numbers stand before texts in one way", in_column(1, label)),
    Difference("numbers stand before texts in one way", in_column(2, label)),
    Difference("executors are parted alike, and once", in_column(4, by_semicolons)),
    *(Difference("amounts are printed alike", in_column(at, number)) for at in (5, 6, 7)),
)

SOCIAL = (
    *MEASURES,
    Difference("a dot after each number", in_column(0, lambda cell: f"{cell}."), (34, 99)),
    Difference("a number that extraction lost", in_column(0, lambda _: "4."), (46,)),
    Difference(
        "without a plan there is no percent",
        in_column(8, lambda _: "–"),
        (34, 48, 53, 61, 69, 74, 75, 81, 82, 86, 88, 95, 98, 99),
    ),
    Difference("of 84,3 nothing was paid", in_column(8, instead("100,0", "0,0")), (68,)),
)

EQUAL = (
    *MEASURES,
    Difference("a dot after each number", in_column(0, lambda cell: f"{cell}."), (40,)),
    Difference(
        "without a plan there is no percent",
        in_column(8, lambda _: "–"),
        (*(19, 20, 23, 27, 29, 30, 31, 36, 37, 38, 43, 44, 48, 49, 50, 51, 52, 59, 60),),
    ),
    Difference("of 2,4 nothing was paid", in_column(8, instead("100,0", "0,0")), (17,)),
    Difference("14,0 of 40,0", in_column(8, instead("32,0", "35,0")), (54,)),
)


def check(
    lines: Sequence[Line], table: Table, differences: Sequence[Difference], *without: Role
) -> None:
    """Compare a table, cell by cell, with the lines of the source that it was made from.

    ``without`` are roles of rows that are not compared here.
    """
    width = len(table.columns)
    placed = place(table.header, width) + place(table.body, width)
    rows = zip((*table.header, *table.body), placed, strict=True)
    ours = [dict(cells) for row, cells in rows if row.role not in without]
    for line, row in zip(lines, ours, strict=True):
        cells = line.cells
        for one in differences:
            if line.number in one.lines:
                assert one.put(cells) != cells, f"{line.number}: no longer so: {one.reason}"
            if line.number in one.lines or not one.lines:
                cells = one.put(cells)
        got = tuple(row[column].text if column in row else "" for column in range(width))
        assert got == cells, line.number


def titles(source: Source) -> list[str]:
    blocks = source.document.blocks
    return [" ".join(one.lines) for one in blocks if isinstance(one, Paragraph)]


def printed_titles(file: str, *starts: int) -> list[str]:
    """Return the titles of two lines each, without the stars of bold type."""
    lines = {one.number: one.cells[0] for one in read_lines(CORPUS / file)}
    joined = (f"{lines[start]} {lines[start + 1]}" for start in starts)
    return [re.sub(r"\s+", " ", one.replace("**", "")) for one in joined]


def test_the_socioeconomic_programme_comes_out_as_printed() -> None:
    source, lines = socioeconomic.read(CORPUS)
    [table] = source.document.tables
    assert len(lines) == 73
    assert_listed(lines, SOCIOECONOMIC)
    check(lines, table, SOCIOECONOMIC)


def test_the_concept_comes_out_as_printed() -> None:
    source, tables = concept.read(CORPUS)
    assert [len(lines) for lines in tables] == [20, 30]
    assert_listed([line for lines in tables for line in lines], CONCEPT)
    for lines, table in zip(tables, source.document.tables, strict=True):
        check(lines, table, CONCEPT)


@pytest.mark.parametrize(
    ("read", "differences", "count"),
    [(measures.social, SOCIAL, 69), (measures.equal, EQUAL, 37)],
    ids=["002", "004"],
)
def test_reports_of_measures_come_out_as_printed(
    read: Callable[..., tuple[Source, list[Line]]],
    differences: Sequence[Difference],
    count: int,
) -> None:
    """But for the heads, which ``test_against_corpus`` compares, and the totals, which are ours."""
    source, lines = read(CORPUS)
    [table] = source.document.tables
    assert len(lines) == count
    assert_listed(lines, differences)
    check(lines, table, differences, Role.HEADING, Role.NUMBERS, Role.TOTAL)


def assert_listed(lines: Sequence[Line], differences: Sequence[Difference]) -> None:
    """Nothing is listed that is not in the source."""
    listed = {number for one in differences for number in one.lines}
    assert listed <= {line.number for line in lines}


def test_nothing_of_the_concepts_file_is_left_aside() -> None:
    """Every line is a row, a part of one, or a title."""
    _, tables = concept.read(CORPUS)
    read = {line.number for lines in tables for line in lines} | concept.CONTINUED
    read |= {number for goal in concept.GOALS.values() for number in goal}
    read |= {title + more for title in concept.TABLES.values() for more in (0, 1)}
    assert read == {line.number for line in read_lines(CORPUS / concept.FILE)}


def test_titles_are_the_printed_ones() -> None:
    source, _ = socioeconomic.read(CORPUS)
    [title] = printed_titles(socioeconomic.FILE, 3)
    assert titles(source) == [title.replace("I півр.", "I півріччя")]  # names of periods are ours
    source, _ = concept.read(CORPUS)
    assert titles(source) == printed_titles(concept.FILE, *concept.TABLES.values())


@pytest.mark.parametrize(
    "read",
    [socioeconomic.read, concept.read, measures.social, measures.equal],
    ids=["000", "001", "002", "004"],
)
def test_the_sources_pass_the_checks_of_content(read: Callable[..., tuple[Source, object]]) -> None:
    source, _ = read(CORPUS)
    assert not check_fit(source.report)
