"""Figures: which rows enter a total, and that no order or grouping changes what it comes to."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st
from outlines import (
    COLUMNS,
    FEW,
    FUNDS,
    LEVELS,
    PLACE,
    Whole,
    amount,
    amounts,
    entry,
    item,
    level,
    money,
    outline_column,
    percent,
    period,
    programme,
    table,
    total,
    wholes,
)

from reportgen.compute.figures import Figures, compute
from reportgen.load.form_sections import ONLY_TABLE
from reportgen.model.form import Shown, Total
from reportgen.model.programme import Amount, Declared, Entry, Item, Status, Value


def measure(number: str, plan: str | Amount | None, *parts: Item) -> Item:
    given_plan = amount(plan) if isinstance(plan, str) else plan
    values: dict[str, Value] = {"plan": given_plan} if given_plan else {}
    return item("measure", number, *parts, values=values)


def actual(value: str | Amount, **parts: Entry) -> Entry:
    return entry({"actual": amount(value) if isinstance(value, str) else value}, **parts)


# Two tasks; the second measure of the first has a part, the last has no plan at all.
OUTLINE = programme(
    item(
        "task",
        "1",
        measure("1.1", "10.0"),
        measure("1.2", "30.0", item("part", "a", values={"plan": amount("20.0")})),
    ),
    item("task", "2", measure("2.1", "0.0"), position=2),
)
ENTRIES = {
    "1.1": actual("4.9"),
    "1.2": actual("15.1", a=actual("15.1")),
    "2.1": actual("0.0"),
}


def figures(*totals: Total) -> Figures:
    return compute(OUTLINE, period(ENTRIES), table(totals=totals))


def test_rows_come_in_the_order_of_the_programme() -> None:
    lines = figures().lines
    assert [line.item.number for line in lines] == ["1.1", "1.2", "a", "2.1"]
    assert [[one.number for one in line.above] for line in lines] == [
        ["1"],
        ["1"],
        ["1", "1.2"],
        ["2"],
    ]
    assert [line.level.id for line in lines] == ["measure", "measure", "part", "measure"]


def test_a_row_has_its_percent() -> None:
    printed = [line.figures["percent"] for line in figures().lines]
    assert printed == [Decimal("49.0"), Decimal("50.3"), Decimal("75.5"), None]


def test_parts_are_shown_and_never_counted() -> None:
    [everything] = figures(total()).totals
    assert everything.figures == {
        "plan": Decimal("40.0"),
        "actual": Decimal("20.0"),
        "percent": Decimal("50.0"),
    }
    assert [line for line, _ in everything.addends["plan"]] == [0, 1, 3]


def test_the_percent_of_a_total_is_not_a_mean() -> None:
    [everything] = figures(total()).totals
    rows = [one.figures["percent"] or Decimal(0) for one in figures().lines]
    assert everything.figures["percent"] == Decimal("50.0") != sum(rows, Decimal(0)) / len(rows)


def test_a_total_for_each_task() -> None:
    first, second = figures(total(level="task")).totals
    assert (first.group, second.group) == OUTLINE.outlines[ONLY_TABLE]
    assert first.figures["actual"] == Decimal("20.0")
    assert second.figures == {"plan": Decimal("0.0"), "actual": Decimal("0.0"), "percent": None}


def test_totals_by_fund_take_their_part_of_an_amount() -> None:
    split = amount("30.0", general="20.0", state="10.0")
    outline = programme(item("task", "1", measure("1.1", amount("5.0", general="5.0"))))
    report = period({"1.1": actual(split)})
    of_fund = {
        fund: compute(outline, report, table(totals=(total(funds=(fund,)),))).totals[0].figures
        for fund in FUNDS
    }
    assert [of_fund[fund]["actual"] for fund in FUNDS] == [Decimal("20.0"), None, Decimal("10.0")]
    assert [of_fund[fund]["plan"] for fund in FUNDS] == [Decimal("5.0"), None, None]


def test_what_no_row_gives_is_no_nought() -> None:
    """A foot row by fund stays empty when nothing came from the fund: 0,0 would be a statement."""
    [special] = figures(total(funds=("special",))).totals
    assert special.figures == {"plan": None, "actual": None, "percent": None}


def test_an_amount_left_out_does_not_enter() -> None:
    outline = programme(item("task", "1", measure("1.1", None), measure("1.2", "3.0")))
    report = period({"1.1": entry(), "1.2": actual("1.0")})
    figures = compute(outline, report, table(totals=(total(),)))
    assert figures.lines[0].figures == {"plan": None, "actual": None, "percent": None}
    assert [index for index, _ in figures.totals[0].addends["plan"]] == [1]


def test_a_declared_percent_stands_for_its_row_alone() -> None:
    declared = Declared(Decimal("100.0"), "виконано без коштів", PLACE)
    entries = {**ENTRIES, "2.1": entry({"actual": amount("0.0"), "percent": declared})}
    figures = compute(OUTLINE, period(entries), table(totals=(total(),)))
    assert figures.lines[-1].figures["percent"] == Decimal("100.0")
    assert figures.totals[0].figures["percent"] == Decimal("50.0")


def test_a_formula_may_stand_before_the_columns_it_uses() -> None:
    columns = (percent("balance / plan * 100"), *COLUMNS[:4], money("balance"))
    columns = (*columns[:-1], replace(columns[-1], formula=percent("plan - actual").formula))
    figures = compute(OUTLINE, period(ENTRIES), table(columns=columns))
    assert figures.lines[0].figures == {
        "plan": Decimal("10.0"),
        "actual": Decimal("4.9"),
        "balance": Decimal("5.1"),
        "percent": Decimal("51.0"),
    }


def test_the_status_goes_with_the_row() -> None:
    entries = {**ENTRIES, "2.1": replace(ENTRIES["2.1"], status=Status.NOT_PLANNED)}
    lines = compute(OUTLINE, period(entries), table()).lines
    assert [line.status for line in lines] == [None, None, None, Status.NOT_PLANNED]


def test_a_total_of_an_outer_level_takes_in_the_inner_ones() -> None:
    outline = programme(item("direction", "1", *OUTLINE.outlines[ONLY_TABLE]))
    levels = (level("direction", Shown.BAND), *LEVELS)
    drawn = table(levels, totals=(total(level="direction"), total()))
    direction, everything = compute(outline, period(ENTRIES), drawn).totals
    assert direction.figures == everything.figures


def turned(item: Item) -> Item:
    return replace(item, children=tuple(turned(child) for child in reversed(item.children)))


def sums(figures: Figures) -> list[tuple[str, str, dict[str, Decimal | None]]]:
    found = [
        (one.total.label, one.group.number if one.group else "", dict(one.figures))
        for one in figures.totals
    ]
    return sorted(found, key=str)


@FEW
@given(wholes())
def test_totals_do_not_depend_on_order(whole: Whole) -> None:
    outline = tuple(turned(one) for one in reversed(whole.programme.outlines[ONLY_TABLE]))
    other = compute(
        replace(whole.programme, outlines={ONLY_TABLE: outline}), whole.period, whole.table
    )
    assert sums(other) == sums(whole.figures)


@FEW
@given(wholes())
def test_groups_come_to_the_whole(whole: Whole) -> None:
    """Whatever the level, the totals of its groups add up to the total of everything."""
    groups = [one.id for one in whole.table.levels if one.shown is not Shown.ROW]
    one = total(columns=("plan", "actual"))
    totals = (one, *(replace(one, level=group) for group in groups))
    found = compute(whole.programme, whole.period, replace(whole.table, totals=totals)).totals
    everything = next(line.figures for line in found if line.group is None)
    for group in groups:
        of_group = [line.figures for line in found if line.total.level == group]
        for column in ("plan", "actual"):
            parts = [line[column] for line in of_group]
            given_parts = [part for part in parts if part is not None]
            assert everything[column] == (sum(given_parts) if given_parts else None)


@FEW
@given(wholes())
def test_funds_come_to_the_whole(whole: Whole) -> None:
    """Amounts that name their funds: the totals by fund add up to the total of everything."""
    one = total(columns=("plan",))
    totals = (one, *(replace(one, funds=(fund,)) for fund in FUNDS))
    outline = tuple(with_funds(item) for item in whole.programme.outlines[ONLY_TABLE])
    split = replace(whole.programme, outlines={ONLY_TABLE: outline})
    everything, *by_fund = compute(split, whole.period, replace(whole.table, totals=totals)).totals
    parts = [one.figures["plan"] for one in by_fund if one.figures["plan"] is not None]
    assert everything.figures["plan"] == (sum(parts) if parts else None)


def with_funds(item: Item) -> Item:
    values = {
        column: replace(value, funds={"general": value.value})
        if isinstance(value, Amount) and not value.funds
        else value
        for column, value in item.values.items()
    }
    children = tuple(with_funds(child) for child in item.children)
    return replace(item, values=values, children=children)


def counted(item: Item) -> Iterator[Item]:
    """Walk the measures of an outline without its parts, by another way than the code's."""
    if item.level == "measure":
        yield item
    else:
        for child in item.children:
            yield from counted(child)


@FEW
@given(wholes())
def test_the_total_is_the_plain_sum_of_measures(whole: Whole) -> None:
    drawn = replace(whole.table, totals=(total(columns=("plan",)),))
    [everything] = compute(whole.programme, whole.period, drawn).totals
    plans = [
        value.value
        for outer in whole.programme.outlines[ONLY_TABLE]
        for one in counted(outer)
        for value in one.values.values()
        if isinstance(value, Amount)
    ]
    assert everything.figures["plan"] == (sum(plans) if plans else None)


@given(st.lists(amounts, min_size=1, max_size=30))
def test_no_kopeck_is_lost(plans: list[Decimal]) -> None:
    """Ten times a tenth is one: sums are exact where floats are not."""
    measures = [measure(f"1.{index}", str(plan)) for index, plan in enumerate(plans)]
    columns = (outline_column("measure", "row"), money("plan"))
    drawn = table(columns=columns, totals=(total(columns=("plan",)),))
    [everything] = compute(programme(item("task", "1", *measures)), period({}), drawn).totals
    in_tenths = sum(int(plan * 10) for plan in plans)
    assert everything.figures["plan"] == Decimal(in_tenths) / 10
