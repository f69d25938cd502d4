"""Totals and percents reckoned from printed figures: honest rounding passes, a slip does not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from overlays import all_prepared, prepared, projects, small

from reportgen.compute.evaluate import evaluate
from reportgen.compute.rounding import round_half_up
from reportgen.document.blocks import Cell, Document, Row, Table, TableColumn
from reportgen.document.numbers import print_number
from reportgen.document.origin import Computed, Reference, Sum
from reportgen.model.formula import parse_formula
from reportgen.proof.arithmetic import printed_number, reckon

PERCENT = parse_formula("actual / plan * 100")
AMOUNTS = st.decimals(min_value=0, max_value=10_000, places=3)


@pytest.fixture(scope="module")
def village(tmp_path_factory: pytest.TempPathFactory) -> Document:
    document = prepared(small(tmp_path_factory.mktemp("village")), "biblioteky").document
    assert document is not None
    return document


def figure(document: Document, value: Decimal | None, places: int, zero: str = "–") -> Cell:
    text = zero if value is None else print_number(value, places, document.numbers)
    return Cell((text,), value, decimals=places)


def with_rows(document: Document, width: int, rows: Sequence[Sequence[Cell]]) -> Document:
    columns = tuple(TableColumn(str(index), 20) for index in range(width))
    table = Table("", columns, (), tuple(Row(tuple(row)) for row in rows))
    return replace(document, blocks=(table,))


def added(document: Document, amounts: Sequence[Decimal], total: Decimal) -> Document:
    """Return a table of amounts printed with one place, and their total."""
    origin = Sum(tuple(Reference(row, 0) for row in range(len(amounts))))
    rows = [[figure(document, one, 1)] for one in amounts]
    return with_rows(document, 1, [*rows, [replace(figure(document, total, 1), origin=origin)]])


def divided(document: Document, actual: Decimal, plan: Decimal, printed: Decimal) -> Document:
    inputs = {"actual": Reference(0, 0), "plan": Reference(0, 1)}
    result = replace(figure(document, printed, 1), origin=Computed(PERCENT, inputs, 1, "–"))
    return with_rows(
        document, 3, [[figure(document, actual, 1), figure(document, plan, 1), result]]
    )


@pytest.mark.parametrize("root", projects(), ids=lambda one: one.name)
def test_every_shipped_report_comes_out(root: Path) -> None:
    for one in all_prepared(root):
        assert one.document is not None
        assert reckon(one.source.slug, one.document).differences == ()


def test_the_village_is_reckoned(village: Document) -> None:
    found = reckon("x", village)
    assert (found.totals, found.formulas, found.differences) == (2, 4, ())


@settings(max_examples=40)
@given(amounts=st.lists(AMOUNTS, min_size=1, max_size=12))
def test_a_rounded_total_is_honest(village: Document, amounts: list[Decimal]) -> None:
    assert reckon("x", added(village, amounts, sum(amounts, Decimal(0)))).differences == ()


@settings(max_examples=40)
@given(amounts=st.lists(AMOUNTS, min_size=1, max_size=12), sign=st.sampled_from([1, -1]))
def test_a_total_that_no_rounding_gives(
    village: Document, amounts: list[Decimal], sign: int
) -> None:
    off = Decimal("0.1") * (len(amounts) + 2)
    total = sum(amounts, Decimal(0)) + sign * off
    if total < 0:
        return
    [one] = reckon("x", added(village, amounts, total)).differences
    assert one.place == f"таблиця 1, рядок {len(amounts) + 1}, колонка 1"


@settings(max_examples=40)
@given(actual=AMOUNTS, plan=AMOUNTS)
def test_a_rounded_percent_is_honest(village: Document, actual: Decimal, plan: Decimal) -> None:
    percent = evaluate(PERCENT, {"actual": actual, "plan": plan}, 1)
    if percent is not None:
        assert reckon("x", divided(village, actual, plan, percent)).differences == ()


def test_a_wrong_percent_is_told_with_the_right_one(village: Document) -> None:
    """The total of a real report was printed as 90,0 where 13,1 is true."""
    found = reckon("x", divided(village, Decimal("30.0"), Decimal("228.3"), Decimal("90.0")))
    [one] = found.differences
    assert one.place == "таблиця 1, рядок 1, колонка 3"
    assert one.message == "надруковано 90,0, а з надрукованих чисел виходить від 13,1 до 13,2"


def test_a_percent_of_nothing_must_be_a_dash(village: Document) -> None:
    document = divided(village, Decimal("84.3"), Decimal(0), Decimal(100))
    assert reckon("x", document).differences == ()  # 0,0 may be 0,04
    inputs = {"actual": Reference(0, 0)}
    origin = Computed(parse_formula("actual / 0 * 100"), inputs, 1, "–")
    cells = [figure(village, Decimal(5), 1), figure(village, Decimal(100), 1)]
    bad = with_rows(village, 2, [[cells[0], replace(cells[1], origin=origin)]])
    [one] = reckon("x", bad).differences
    assert one.expected == "«–»"


@given(
    value=st.decimals(min_value=-(10**9), max_value=10**9, places=2),
    places=st.integers(0, 3),
)
@settings(max_examples=40)
def test_what_is_printed_is_read_again(village: Document, value: Decimal, places: int) -> None:
    text = print_number(value, places, village.numbers)
    assert printed_number(text) == round_half_up(value, places)


@pytest.mark.parametrize("text", ["", "–", "х", "12.5", "1 0", "12,", ",5", "12,5 тис.", "--1"])
def test_no_figure_is_no_figure(text: str) -> None:
    assert printed_number(text) is None
