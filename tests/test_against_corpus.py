"""The shipped reports against the source documents: nothing lost, nothing changed in silence.

What was put right is listed here, each with the reason; whatever else differs is a mistake. The
source's tables are read from their text (``source_tables``), ours from the finished document.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

import pytest
from conftest import CORPUS
from source_tables import SourceRow, read_table
from sources import bodies
from sources.words import numbers, repeated, words

from reportgen.build.prepare import Prepared
from reportgen.document.blocks import Document, Role, place

pytestmark = pytest.mark.corpus


@dataclass(frozen=True)
class Case:
    """A shipped report and its source; measures have numbers of ``depth`` parts there."""

    slug: str
    period: str
    file: str
    depth: int


SOCIAL = Case("social-protection", "2023-h1", "002_70df75272e457611.txt", 3)
EQUAL = Case("equal-opportunities", "2023", "004_514902ff57b02021.txt", 2)

#: Faults of typing in texts: row → (printed, ours). Faults inside official names are kept.
TYPING = {
    "1.1.2": ("100,0 тис.грн.", "100,0 тис. грн."),
    "4.3.4": ("трамвайно - тролейбусне", "трамвайно-тролейбусне"),
    "7.3": ("сім'ям/особам,які", "сім'ям/особам, які"),
    "8.1.1": (" (за результатами конкурсу), в т.ч.", " (за результатами конкурсу)"),  # no part
    "13.14.3": ("Гідності , учасників", "Гідності, учасників"),
    "13.14.5": ("осіб- мешканців", "осіб-мешканців"),
}

#: The name of a part of 4.3.1 had slid into the measure's own text, above it.
SLID = (
    " виробничий підрозділ Житомирська дистанція сигналізації та зв'язку регіональної філії "
    '"Південно-Західна залізниця" АТ "Українська залізниця"'
)

#: Measures that stand before the heading of their own task.
BEFORE_THEIR_HEADING = {"13.6.2": "13.6", "13.6.3": "13.6"}

#: Percents that the figures of the row do not give.
WRONG_PERCENTS = {
    "8.1.1": ("100,0", "0,0"),  # 84,3 planned, nothing paid
    "4.1": ("32,0", "35,0"),  # 14,0 of 40,0
}

#: Numbers of the narrative that ours writes otherwise.
OTHER_NUMBERS = {
    "1.1": {"2023"},  # the year is the report's
    "3.1": {"23"},  # «27.09.23» → 27.09.2023
    "4.6": {"12"},  # «За 12 місяців 2023 року» → «У 2023 році»
    "10.8.1": {"7"},  # «01.07.2023» → «1 липня 2023 року»
}

#: Official names that stand in narratives without quotes.
OFFICIAL_NAMES = (
    "Інструкції з гендерночутливого реагування на гуманітарну кризу в Україні",
    "Міжнародного дня боротьби за права жінок і міжнародний мир",
    "Житомирського військового інституту імені С. П. Корольова",
    "Фонду ООН у галузі народонаселення (UNFPA)",
    "Житомирська обласна молодіжна громадська організація",
    "управління у справах сім'ї, молоді та спорту",
)


@dataclass(frozen=True)
class OurRow:
    """A row of the finished document, its merged cells read where they reach."""

    number: str
    cells: Mapping[str, str]
    amounts: tuple[Decimal | None, ...]


def our_rows(document: Document) -> Iterator[OurRow]:
    [table] = document.tables
    names = [column.id for column in table.columns]
    above: dict[str, str] = {}
    for row, cells in zip(table.body, place(table.body, len(names)), strict=True):
        above |= {names[index]: cell.text for index, cell in cells}
        if row.role in (Role.BODY, Role.PART):
            plans = [cell.value for index, cell in cells if names[index] in MONEY]
            number = above["measure"].split(" ")[0].rstrip(".") if row.role is Role.BODY else ""
            yield OurRow(number, dict(above), tuple(plans))


MONEY = ("programme_plan", "annual_plan", "amended_plan", "actual")
Pairs = list[tuple[SourceRow, OurRow]]


@pytest.fixture(params=[SOCIAL, EQUAL], ids=["social", "equal"])
def case(request: pytest.FixtureRequest) -> Case:
    assert isinstance(request.param, Case)
    return request.param


@pytest.fixture
def pairs(case: Case, reports: Mapping[tuple[str, str], Prepared]) -> Pairs:
    document = reports[case.slug, case.period].document
    assert document is not None
    table = read_table(CORPUS / case.file, case.depth)
    source = [row for row in table if "фонду" not in row.text]
    return list(zip(source, our_rows(document), strict=True))


def test_every_row_is_there_in_its_order(pairs: Pairs, case: Case) -> None:
    assert len(pairs) == (69 if case is SOCIAL else 37)
    assert [source.number for source, _ in pairs] == [ours.number for _, ours in pairs]


def test_every_amount_is_the_printed_one(pairs: Pairs) -> None:
    for source, ours in pairs:
        assert source.amounts == ours.amounts, source


def put_right(number: str, text: str) -> str:
    printed, ours = TYPING.get(number, ("", ""))
    assert printed in text
    return text.replace(printed, ours) if printed else text


def test_every_text_of_a_measure_is_the_printed_one(pairs: Pairs) -> None:
    for source, ours in pairs:
        text = put_right(source.number, source.text)
        if source.number == "4.3.1":
            assert text.endswith(SLID)
            text = text.removesuffix(SLID)
        expected = f"{source.number}. {text}" if source.number else text or SLID.strip()
        assert ours.cells["measure"] == expected


def test_every_task_is_the_printed_one(pairs: Pairs) -> None:
    """A task is printed once, at its first row; rows before their own heading are listed."""
    headings = {}
    for source, _ in pairs:
        match = re.fullmatch(r"(\d+\.\d+)\.?\s*(.*)", source.task)
        if match:
            headings[match[1]] = f"{match[1]}. {put_right(match[1], match[2])}"
    task = ""
    for source, ours in pairs:
        if source.number and source.task:
            match = re.match(r"\d+\.\d+", source.task)
            task = headings[match[0]] if match else source.task
        expected = headings.get(BEFORE_THEIR_HEADING.get(source.number, ""), task)
        assert ours.cells["task"] == expected


def test_every_term_is_the_printed_one(pairs: Pairs) -> None:
    for source, ours in pairs:
        assert ours.cells["term"] == source.term or not source.number


def test_every_percent_is_the_printed_one_but_where_it_was_wrong(pairs: Pairs, case: Case) -> None:
    for source, ours in pairs:
        plan = ours.amounts[0 if case is EQUAL else 1]
        if plan == 0:
            assert source.percent in ("0,0", "#ДЕЛ/0!")
            assert ours.cells["percent"] == "–"
        else:
            same = (source.percent, source.percent)
            percents = (source.percent, ours.cells["percent"])
            assert percents == WRONG_PERCENTS.get(source.number, same)


def test_every_cell_of_executors_names_the_same_bodies(pairs: Pairs) -> None:
    """The source has 23 spellings and four separators; the register knows them all."""
    known = bodies.executors(bodies.shipped_council())
    for source, ours in pairs:
        if source.number:
            theirs = bodies.ids(source.executors, known)
            assert bodies.ids(ours.cells["executors"], known) == theirs


# The narrative is written anew, with the same facts.


def test_no_narrative_repeats_the_sources_words(pairs: Pairs) -> None:
    """No five words in a row are the same, but for titles in quotes and official names."""
    for source, ours in pairs:
        assert not [*repeated(ours.cells["info"], source.info, OFFICIAL_NAMES)], source.number


def test_no_number_of_a_narrative_is_lost(pairs: Pairs) -> None:
    for source, ours in pairs:
        lost = numbers(source.info) - numbers(ours.cells["info"])
        assert lost == OTHER_NUMBERS.get(source.number, set()), source.number


def test_the_headings_are_the_printed_ones(
    case: Case, reports: Mapping[tuple[str, str], Prepared]
) -> None:
    """But for «тис.грн.» and missing commas: punctuation and blanks are not compared."""
    document = reports[case.slug, case.period].document
    assert document is not None
    lines = (CORPUS / case.file).read_text(encoding="utf-8").splitlines()
    first = next(index for index, line in enumerate(lines) if line.startswith("№ з/п"))
    printed, labels = (lines[at].split("\t") for at in (first, first + 1))
    ours = [[cell.text for cell in row.cells] for row in document.tables[0].header]
    assert [words(one) for one in ours[0]] == [words(one.replace(".", " ")) for one in printed]
    assert ours[1] == labels
