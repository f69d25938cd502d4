"""Which cells show what another document adds up: never more, never less, never twice."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reportgen.diagnostics import Span
from reportgen.document.blocks import Cell, Document, Row, RowName, Table, TableColumn
from reportgen.document.origin import ByFund, Elsewhere, Known, Origin, Reference, Sum
from reportgen.document.shown import Spot, shown_amounts
from reportgen.model.council import NumberStyle, PageProfile

FILE = Span("content/p.yaml")
DAY = datetime.date(2024, 1, 1)


def at(line: int) -> Span:
    return Span("content/p.yaml", line, 7)


def drawn(*rows: tuple[str, Origin] | tuple[str, Origin, str]) -> Document:
    """Return a document of one column: value, origin and perhaps the fund of each row."""
    body = tuple(
        Row(
            (Cell((value,), Decimal(value) if value else None, origin=origin),),
            name=RowName(funds=tuple(fund)),
        )
        for value, origin, *fund in rows
    )
    table = Table("", (TableColumn("actual", 30),), (), body)
    return Document("", "", "uk", DAY, PageProfile(), NumberStyle(), (table,))


def below(*rows: int) -> Sum:
    return Sum(tuple(Reference(row, 0) for row in rows))


REPORT = drawn(
    ("1", at(1)),
    ("2", at(2)),
    ("4", ByFund((Known("city", Decimal(3), at(3)), Known("state", Decimal(1), at(4))))),
    ("3", below(0, 1)),
    ("7", below(0, 1, 2)),
    ("6", Sum((Reference(0, 0), Reference(1, 0), Known("3", Decimal(3), at(3)))), "city"),
)


@pytest.mark.parametrize(
    ("amounts", "fund", "rows", "rest"),
    [
        ({1: 1, 2: 2, 3: 3, 4: 1}, "", [4], 0),  # the total
        ({1: 1, 2: 2, 3: 3}, "city", [5], 0),  # the total of a fund, made of parts
        ({1: 1, 2: 2}, "", [3], 0),
        ({2: 2}, "", [1], 0),
        ({1: 1, 3: 3, 4: 1}, "", [0, 2], 0),  # no total: its rows
        ({1: 1, 3: 3}, "", [0], 3),  # a part that no cell shows
        ({3: 3}, "", [], 3),
        ({1: 5}, "", [], 5),  # the same place, another figure
        ({9: 2}, "", [], 2),
        ({}, "", [], 0),
    ],
)
def test_what_is_shown(amounts: dict[int, int], fund: str, rows: list[int], rest: int) -> None:
    figure = Elsewhere(FILE, tuple((at(n), Decimal(v)) for n, v in amounts.items()), 0, fund)
    share = shown_amounts([drawn(("1", FILE)), REPORT]).of(figure)
    assert share.spots == tuple(Spot(1, 0, row, 0) for row in rows)
    assert share.rest == rest


def test_of_totals_that_say_the_same_the_funds_own_is_taken() -> None:
    report = drawn(("1", at(1)), ("1", below(0)), ("1", below(0), "city"), ("1", below(0), "state"))
    shown = shown_amounts([report])
    amounts = ((at(1), Decimal(1)),)
    assert shown.of(Elsewhere(FILE, amounts, 0, "state")).spots == (Spot(0, 0, 3, 0),)
    assert shown.of(Elsewhere(FILE, amounts)).spots == (Spot(0, 0, 0, 0),)


def test_a_whole_report_is_shown_by_the_total_that_awaits_more() -> None:
    """A total and the only row of it that is filled say the same; typing into others moves one."""
    total = Sum((Reference(0, 0),), (Reference(1, 0),))
    shown = shown_amounts([drawn(("1", at(1)), ("", at(2)), ("1", total))])
    amounts = ((at(1), Decimal(1)),)
    assert shown.of(Elsewhere(FILE, amounts, whole=True)).spots == (Spot(0, 0, 2, 0),)
    assert shown.of(Elsewhere(FILE, amounts)).spots == (Spot(0, 0, 0, 0),)


def test_of_columns_that_say_the_same_the_funds_own_is_taken() -> None:
    plain = TableColumn("plan", 30), TableColumn("state", 30, ("state",))
    row = Row(
        (
            Cell(("1",), Decimal(1), origin=Sum((Reference(0, 1),))),
            drawn(("1", at(1))).tables[0].body[0].cells[0],
        )
    )
    document = replace(REPORT, blocks=(Table("", plain, (), (row,)),))
    figure = Elsewhere(FILE, ((at(1), Decimal(1)),), 0, "state", whole=True)
    assert shown_amounts([document]).of(figure).spots == (Spot(0, 0, 0, 1),)


def test_of_two_periods_the_report_of_the_figures_own_file_is_taken() -> None:
    """The passport gives both what is planned; only the period's file tells them apart."""
    first, second = (Span(f"content/{year}.yaml", 2, 2) for year in (2023, 2024))
    plan = Span("content/programme.yaml", 5, 5)
    shown = shown_amounts([drawn(("9", plan), ("1", first)), drawn(("9", plan), ("2", second))])
    for number, own in enumerate((first, second)):
        figure = Elsewhere(Span(own.file), ((plan, Decimal(9)),))
        assert shown.of(figure).spots == (Spot(number, 0, 0, 0),)


def test_a_place_that_content_uses_twice_is_never_counted_once() -> None:
    """An alias of YAML gives two rows one place: only a total of both shows their sum."""
    figure = Elsewhere(FILE, ((at(1), Decimal(2)), (at(1), Decimal(2))))
    rows = (("2", at(1)), ("2", at(1)))
    assert shown_amounts([drawn(*rows)]).of(figure).rest == 4
    with_total = shown_amounts([drawn(*rows, ("4", below(0, 1)))])
    assert with_total.of(figure).spots == (Spot(0, 0, 2, 0),)


@st.composite
def reports(draw: st.DrawFn) -> Document:
    values = draw(st.lists(st.integers(-5, 50), min_size=1, max_size=8))
    rows: list[tuple[str, Origin]] = [(str(one), at(n)) for n, one in enumerate(values)]
    for _ in range(draw(st.integers(0, 4))):
        added = draw(st.lists(st.integers(0, len(rows) - 1), min_size=1, unique=True))
        rows.append((str(sum(int(rows[one][0]) for one in added)), below(*added)))
    return drawn(*rows)


def value_at(documents: Sequence[Document], spot: Spot) -> Decimal:
    value = documents[spot.document].tables[spot.table].body[spot.row].cells[0].value
    assert value is not None
    return value


@settings(max_examples=80)
@given(reports(), st.data())
def test_cells_and_rest_come_to_the_figure(report: Document, data: st.DataObject) -> None:
    typed = [
        (cell.origin, cell.value)
        for row in report.tables[0].body
        for cell in row.cells
        if isinstance(cell.origin, Span) and cell.value is not None
    ]
    wanted = tuple(data.draw(st.lists(st.sampled_from(typed), unique_by=lambda one: one[0])))
    share = shown_amounts([report]).of(Elsewhere(FILE, wanted))
    shown = sum((value_at([report], one) for one in share.spots), Decimal(0))
    assert shown + share.rest == sum((value for _, value in wanted), Decimal(0))
    assert share.rest == 0  # every amount has a row
    assert len(set(share.spots)) == len(share.spots) <= len(wanted)
