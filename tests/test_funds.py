"""Shares by fund: columns that show some funds of an amount, and summaries by source."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from outlines import (
    COUNCIL,
    FEW,
    FUNDS,
    PLACE,
    amount,
    amounts,
    entry,
    filler,
    form,
    item,
    level,
    money,
    outline_column,
    percent,
    period,
    programme,
    share,
    table,
    total,
)

from reportgen.check import check_report
from reportgen.compute.figures import compute, summarise
from reportgen.compute.report import compute_report
from reportgen.diagnostics import Diagnostic
from reportgen.document.blocks import Cell, Role
from reportgen.document.body import body_rows
from reportgen.document.origin import Computed, Known, Reference, Sum
from reportgen.load.form_rules import check_form
from reportgen.model.form import Column, GivenBy, Kind, TableSection, Total
from reportgen.model.formula import parse_formula
from reportgen.model.programme import Amount, Entry, Item
from reportgen.model.report import Report

MEASURE = outline_column("measure", "row")
PLAN = money("plan", GivenBy.PROGRAMME)
LOCAL = share("local", "plan", "general", "special")
STATE = share("state", "plan", "state")
COLUMNS = (MEASURE, PLAN, LOCAL, STATE)
LEVELS = (level("measure"),)


def measures(*plans: Amount | None) -> tuple[Item, ...]:
    return tuple(
        item("measure", str(number), values={"plan": plan} if plan else {})
        for number, plan in enumerate(plans, start=1)
    )


def drawn(one: TableSection, *items: Item) -> list[list[Cell]]:
    """Return the rows of a table whose period says nothing."""
    figures = compute(programme(*items), period({one.key: entry() for one in items}), one)
    return [[*row.cells] for row in body_rows(figures, one, COUNCIL, filler())]


def texts(rows: list[list[Cell]]) -> list[list[str]]:
    return [[cell.text for cell in row][1:] for row in rows]


def test_a_share_shows_the_money_of_its_funds() -> None:
    split = amount("60.0", general="30.0", special="20.0", state="10.0")
    rows = drawn(table(LEVELS, COLUMNS), *measures(split))
    assert texts(rows) == [["60,0", "50,0", "10,0"]]


def test_without_money_of_its_funds_a_share_is_empty_not_nought() -> None:
    rows = drawn(table(LEVELS, COLUMNS), *measures(amount("5.0", general="5.0"), None))
    assert texts(rows) == [["5,0", "5,0", ""], ["", "", ""]]
    nought = drawn(table(LEVELS, COLUMNS), *measures(amount("5.0", general="5.0", state="0.0")))
    assert texts(nought) == [["5,0", "5,0", "0,0"]]


def test_a_share_of_no_funds_is_the_whole_amount() -> None:
    """So a form may show the sum without a column for what content gives."""
    hidden = replace(PLAN, hidden=True, width=0.0)
    columns = (MEASURE, share("all", "plan"), LOCAL, STATE, hidden)
    [[_, whole, *_]] = drawn(
        table(LEVELS, columns), *measures(amount("9.0", general="8.0", state="1.0"))
    )
    assert (whole.text, whole.origin) == ("9,0", Sum((Reference(0, 2), Reference(0, 3))))


def test_an_amount_is_the_sum_of_the_cells_that_show_it_whole() -> None:
    split = amount("60.0", general="50.0", state="10.0")
    [[_, plan, local, state]] = drawn(table(LEVELS, COLUMNS), *measures(split))
    assert plan.origin == Sum((Reference(0, 2), Reference(0, 3)))
    assert (local.origin, state.origin) == (PLACE, PLACE)


@pytest.mark.parametrize(
    ("columns", "split"),
    [
        ((MEASURE, PLAN, LOCAL), {"general": "50.0", "state": "10.0"}),  # one is not shown
        ((MEASURE, PLAN, LOCAL, share("x", "plan", "general")), {"general": "60.0"}),  # shown twice
        (COLUMNS, {}),  # nobody knows whose it is
        ((MEASURE, PLAN, LOCAL, replace(STATE, hidden=True)), {"general": "50.0", "state": "10.0"}),
    ],
)
def test_otherwise_an_amount_is_what_was_typed(
    columns: tuple[Column, ...], split: dict[str, str]
) -> None:
    [row] = drawn(table(LEVELS, columns), *measures(amount("60.0", **split)))
    assert row[1].origin == PLACE


def test_totals_of_shares_add_them() -> None:
    rows = drawn(
        table(LEVELS, COLUMNS, (total(columns=("plan", "local", "state")),)),
        *measures(amount("5.0", general="5.0"), amount("8.0", general="1.0", state="7.0")),
    )
    assert texts(rows)[-1] == ["13,0", "6,0", "7,0"]
    assert rows[-1][3].origin == Sum((Reference(1, 3),), awaited=(Reference(0, 3),))


def test_empty_cells_that_count_are_awaited_by_row_and_by_column() -> None:
    """So that a sheet adds what is typed into them, and says nothing as long as there is none."""
    rows = drawn(
        table(LEVELS, COLUMNS, (total(columns=("plan", "local", "state")),)),
        *measures(amount("5.0", general="5.0"), None),
    )
    assert texts(rows) == [["5,0", "5,0", ""], ["", "", ""], ["5,0", "5,0", "–"]]
    assert rows[0][1].origin == Sum((Reference(0, 2),), (Reference(0, 3),))
    assert rows[1][1].origin == Sum((), (Reference(1, 2), Reference(1, 3)))
    assert [one.origin for one in rows[2][1:]] == [
        Sum((Reference(0, 1),), (Reference(1, 1),)),
        Sum((Reference(0, 2),), (Reference(1, 2),)),
        Sum((), (Reference(0, 3), Reference(1, 3))),
    ]


def test_headings_and_parts_are_not_awaited() -> None:
    levels = (level("measure"), level("part", counts=False))
    part = item("part", "a")
    rows = drawn(
        table(levels, (MEASURE, PLAN), (total(columns=("plan",)),)),
        item("measure", "1", part, values={"plan": amount("5.0")}),
        item("measure", "2"),
    )
    assert rows[-1][1].origin == Sum((Reference(0, 1),), (Reference(2, 1),))


@pytest.mark.parametrize(("fund", "awaited"), [("general", (Reference(1, 1),)), ("state", ())])
def test_a_cell_of_any_fund_is_awaited_by_the_fund_that_all_others_are_of(
    fund: str, awaited: tuple[Reference, ...]
) -> None:
    rows = drawn(
        table(LEVELS, (MEASURE, PLAN), (total(columns=("plan",), funds=(fund,)),)),
        *measures(amount("5.0", general="5.0"), None),
    )
    origin = rows[-1][1].origin
    assert isinstance(origin, Sum)
    assert origin.awaited == awaited


def test_a_formula_may_use_shares() -> None:
    ratio = replace(percent("local / plan * 100"), id="ratio")
    rows = drawn(
        table(LEVELS, (*COLUMNS, ratio), (total(columns=("plan", "local", "ratio")),)),
        *measures(amount("8.0", general="2.0", state="6.0")),
    )
    assert [row[-1].text for row in rows] == ["25,0", "25,0"]


@st.composite
def split_amounts(draw: st.DrawFn) -> Amount:
    funds = draw(st.dictionaries(st.sampled_from(FUNDS), amounts, min_size=1))
    return Amount(sum(funds.values(), Decimal(0)), funds, PLACE)


BY_FUND = tuple(share(fund, "plan", fund) for fund in FUNDS)
ALL = ("plan", *FUNDS)


@FEW
@given(st.lists(split_amounts(), min_size=1, max_size=6))
def test_shares_come_to_the_amount_in_rows_and_totals(plans: list[Amount]) -> None:
    one = table(LEVELS, (MEASURE, PLAN, *BY_FUND), (total(columns=ALL),))
    rows = drawn(one, *measures(*plans))
    for row in rows:
        _, whole, *shares = row
        assert whole.value == sum(cell.value or Decimal(0) for cell in shares)
    for row in rows[:-1]:
        assert isinstance(row[1].origin, Sum)
        cells = [rows[one.row][one.column] for one in row[1].origin.inputs if not_number(one)]
        assert row[1].value == sum(cell.value or Decimal(0) for cell in cells)


def not_number(one: object) -> bool:
    assert isinstance(one, Reference)
    return True


# Summaries: a table whose rows are totals over another's.


def summary_of(*totals: Total) -> TableSection:
    columns = (
        outline_column("source", "row"),
        share("planned", "plan"),
        share("paid", "actual"),
        replace(percent("paid / planned * 100"), id="ratio"),
    )
    return table((), columns, totals, id="summary", summary_of="table")


def of_funds(*funds: str, label: str = "Джерело") -> Total:
    return total(label, columns=("planned", "paid", "ratio"), funds=funds)


@st.composite
def both_amounts(draw: st.DrawFn) -> tuple[Amount, Amount]:
    return draw(split_amounts()), draw(split_amounts())


@FEW
@given(st.lists(both_amounts(), min_size=1, max_size=5))
def test_a_summary_says_what_totals_by_fund_say(rows: list[tuple[Amount, Amount]]) -> None:
    columns = (MEASURE, PLAN, money("actual"), percent())
    funds = ((), *((fund,) for fund in FUNDS), FUNDS[:2])
    base = table(LEVELS, columns, tuple(total(funds=one) for one in funds))
    outline = programme(*measures(*(plan for plan, _ in rows)))
    entries = {str(n): entry({"actual": paid}) for n, (_, paid) in enumerate(rows, start=1)}
    figures = compute(outline, period(entries), base)
    found = summarise(summary_of(*(of_funds(*one) for one in funds)), figures.lines)
    assert [[*one.figures.values()] for one in found.totals] == [
        [*one.figures.values()] for one in figures.totals
    ]


def report_of(summary: TableSection, *plans: Amount) -> Report:
    base = table(LEVELS, (MEASURE, PLAN, money("actual")))
    outline = programme(*measures(*plans))
    entries = {str(n): entry({"actual": plan}) for n, plan in enumerate(plans, start=1)}
    return Report(COUNCIL, form(base, summary), outline, period(entries))


def test_a_summarys_rows_are_plain_but_for_the_whole() -> None:
    summary = summary_of(of_funds("general", label="Бюджет"), of_funds(label="Разом"))
    report = report_of(summary, amount("4.0", general="4.0"), amount("6.0", state="6.0"))
    rows = body_rows(compute_report(report)["summary"], summary, COUNCIL, filler())
    assert [row.role for row in rows] == [Role.BODY, Role.TOTAL]
    assert [[cell.text for cell in row.cells] for row in rows] == [
        ["Бюджет", "4,0", "4,0", "100,0"],
        ["Разом", "10,0", "10,0", "100,0"],
    ]
    assert rows[1].cells[1].origin == Sum(
        (Known("1", Decimal("4.0"), PLACE), Known("2", Decimal("6.0"), PLACE))
    )
    ratio = rows[1].cells[3].origin
    assert isinstance(ratio, Computed)
    assert ratio.inputs == {"paid": Reference(1, 2), "planned": Reference(1, 1)}


def test_a_fund_that_only_the_summary_shows_is_covered() -> None:
    summary = summary_of(of_funds("general"))
    codes = [one.code for one in check_report(report_of(summary, amount("4.0", state="4.0")))]
    assert codes == ["fund-uncovered", "fund-uncovered"]
    assert check_report(report_of(summary, amount("4.0", general="4.0"))) == []


def test_what_is_shown_by_share_needs_its_fund() -> None:
    base = table(LEVELS, (*COLUMNS, money("actual")))
    entries: dict[str, Entry] = {"1": entry({"actual": amount("1.0")})}
    outline = programme(*measures(amount("5.0")))
    [one] = check_report(Report(COUNCIL, form(base), outline, period(entries)))
    assert (one.code, "«plan»" in one.message) == ("fund-missing", True)


# What a form may not say.


def told(*sections: TableSection) -> list[Diagnostic]:
    return check_form(form(*sections), "small")


@pytest.mark.parametrize(
    "columns",
    [
        (MEASURE, PLAN, share("x", "plann", "general")),
        (MEASURE, PLAN, share("x", "x", "general")),
        (MEASURE, PLAN, LOCAL, share("x", "local", "general")),  # a share of a share
        (MEASURE, PLAN, money("actual"), percent(), share("x", "percent", "general")),
        (MEASURE, PLAN, replace(money("sum"), given=None, formula=parse_formula("plan * 2")),
         share("x", "sum", "general")),
        (MEASURE, PLAN, replace(share("x", "plan", "general"), kind=Kind.NUMBER)),
        (MEASURE, replace(PLAN, yearly=True), share("x", "plan", "general")),
    ],
)  # fmt: skip
def test_only_given_money_has_shares(columns: tuple[Column, ...]) -> None:
    [one] = told(table(LEVELS, columns))
    assert one.code == "form-structure"


@pytest.mark.parametrize(
    "summary",
    [
        replace(summary_of(of_funds()), summary_of="tabel"),
        replace(summary_of(of_funds()), summary_of="summary"),
        replace(summary_of(of_funds()), levels=LEVELS),
        replace(summary_of(of_funds()), fields=(*summary_of().fields, money("more"))),
        replace(summary_of(of_funds()), fields=(*summary_of().fields, share("x", "nobody"))),
        summary_of(replace(of_funds(), level="measure")),
    ],
)
def test_a_summary_has_nothing_of_its_own(summary: TableSection) -> None:
    base = table(LEVELS, (MEASURE, PLAN, money("actual")))
    assert told(base, summary_of(of_funds())) == []
    assert {one.code for one in told(base, summary)} == {"form-structure"}
