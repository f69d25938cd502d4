"""Rows by funding source: one row of a measure for each, with cells that they share."""

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
    column,
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

from reportgen.compute.figures import Figures, compute, summarise
from reportgen.document.blocks import Cell, Role, Row, place
from reportgen.document.body import body_rows
from reportgen.document.origin import Computed, Input, Known, Reference, Sum
from reportgen.load.form_rules import check_form
from reportgen.model.form import Align, Column, GivenBy, Kind, Shown, Split, TableSection, Total
from reportgen.model.formula import parse_formula
from reportgen.model.programme import Amount, Entry, Item, PeriodReport, Programme

WHOLE = Split("Усього", (), PLACE)
LOCAL = Split("Бюджет громади", ("general", "special"), PLACE)
STATE = Split("Державний бюджет", ("state",), PLACE)
SPLITS = (WHOLE, LOCAL, STATE)

QUANTITY = column("quantity", kind=Kind.NUMBER, align=Align.RIGHT, given=GivenBy.PERIOD)
COLUMNS = (
    outline_column("measure", "row"),
    QUANTITY,
    outline_column("source", "split"),
    money("plan", GivenBy.PROGRAMME),
    money("actual"),
    percent(),
)
LEVELS = (level("task", Shown.BAND), level("measure"))


def split_table(
    totals: tuple[Total, ...] = (),
    columns: tuple[Column, ...] = COLUMNS,
    splits: tuple[Split, ...] = SPLITS,
) -> TableSection:
    return table(LEVELS, columns, totals, splits=splits)


PLANS = (
    amount("60.0", general="30.0", special="20.0", state="10.0"),
    amount("8.0", general="8.0"),
)
PAID = (amount("15.0", general="10.0", state="5.0"), amount("4.0", general="4.0"))


def report(
    plans: tuple[Amount, ...] = PLANS, paid: tuple[Amount, ...] = PAID
) -> tuple[Programme, PeriodReport]:
    items: list[Item] = []
    entries: dict[str, Entry] = {}
    for number, (plan, actual) in enumerate(zip(plans, paid, strict=True), start=1):
        key = f"1.{number}"
        items.append(item("measure", key, position=number, values={"plan": plan}))
        entries[key] = entry({"actual": actual, "quantity": amount(str(number * 2))})
    return programme(item("task", "1", *items)), period(entries)


def figures_of(one: TableSection) -> Figures:
    outline, given_period = report()
    return compute(outline, given_period, one)


def rows_of(one: TableSection, figures: Figures | None = None) -> tuple[Row, ...]:
    return body_rows(figures or figures_of(one), one, COUNCIL, filler())


def texts(rows: tuple[Row, ...]) -> list[list[str]]:
    return [[cell.text for cell in row.cells] for row in rows]


def test_each_source_has_its_row_and_the_rest_is_merged() -> None:
    band, *rows = rows_of(split_table())
    assert band.role is Role.BAND
    assert texts(tuple(rows)) == [
        ["1.1. Назва 1.1", "2", "Усього", "60,0", "15,0", "25,0"],
        ["Бюджет громади", "50,0", "10,0", "20,0"],
        ["Державний бюджет", "10,0", "5,0", "50,0"],
        ["1.2. Назва 1.2", "4", "Усього", "8,0", "4,0", "50,0"],
        ["Бюджет громади", "8,0", "4,0", "50,0"],
        ["Державний бюджет", "", "", "–"],
    ]
    for first in (rows[0], rows[3]):
        assert [cell.rows for cell in first.cells] == [3, 3, 1, 1, 1, 1]


def test_a_merged_group_reaches_over_all_rows_of_its_items() -> None:
    levels = (level("task", Shown.MERGED), level("measure"))
    columns = (outline_column("task", "task"), *COLUMNS)
    one = table(levels, columns, (total(level="task"),), splits=SPLITS)
    assert rows_of(one)[0].cells[0].rows == 6


def test_totals_count_each_measure_once() -> None:
    totals = (total("Разом"), total("Громада", funds=LOCAL.funds), total("Інше", funds=("other",)))
    rows = rows_of(split_table(totals))[-3:]
    assert [[cell.text for cell in row.cells][-3:] for row in rows] == [
        ["68,0", "19,0", "27,9"],
        ["58,0", "14,0", "24,1"],
        ["–", "–", "–"],
    ]


def test_a_total_by_source_adds_the_rows_of_that_source() -> None:
    totals = (total("Разом"), total("Громада", funds=LOCAL.funds))
    *_, everything, local = rows_of(split_table(totals))
    assert everything.cells[-3].origin == Sum((Reference(1, 3), Reference(4, 3)))
    assert local.cells[-3].origin == Sum((Reference(2, 3), Reference(5, 3)))


def test_a_total_of_funds_that_no_row_has_adds_their_parts() -> None:
    [*_, row] = rows_of(split_table((total(funds=("special",)),)))
    assert row.cells[-3].origin == Sum((Known("1.1/Усього", Decimal("20.0"), PLACE),))


def test_a_total_after_each_group_counts_once_too() -> None:
    [one] = figures_of(split_table((total(level="task"),))).totals
    assert one.figures["plan"] == Decimal("68.0")


UNIT = replace(money("unit"), given=None, formula=parse_formula("actual / quantity"), decimals=2)


def top_left(rows: tuple[Row, ...], width: int) -> dict[tuple[int, int], Cell]:
    """Return the cells where they begin: a sheet holds nothing in the rest of a merged cell."""
    return {
        (row, left): cell for row, cells in enumerate(place(rows, width)) for left, cell in cells
    }


def worked_out(one: TableSection, figures: Figures | None = None) -> None:
    """Check that each sum can be added up, and each input found, where cells begin."""
    rows = rows_of(one, figures)
    cells = top_left(rows, len(one.columns))

    def worth(given_input: Input) -> Decimal | None:
        if isinstance(given_input, Known):
            return given_input.value
        return cells[given_input.row, given_input.column].value

    for row in rows:
        for cell in row.cells:
            if isinstance(cell.origin, Sum):
                parts = [worth(one) for one in cell.origin.inputs]
                assert cell.value == (sum(part for part in parts if part) if parts else None)
            elif isinstance(cell.origin, Computed):
                for given_input in cell.origin.inputs.values():
                    worth(given_input)


@pytest.mark.parametrize("splits", [SPLITS, SPLITS[::-1], SPLITS[1:], SPLITS[:1]])
def test_figures_refer_to_where_merged_cells_begin(splits: tuple[Split, ...]) -> None:
    totals = (
        total(columns=("quantity", "plan", "actual", "unit")),
        total(columns=("plan", "actual"), funds=("state",)),
    )
    worked_out(split_table(totals, (*COLUMNS, UNIT), splits))


def test_quantities_are_added_once_and_keep_their_decimals() -> None:
    one = split_table((total(columns=("quantity",)),), splits=SPLITS[::-1])
    [*_, row] = rows_of(one)
    assert [cell.text for cell in row.cells][1] == "6"


def test_a_share_column_stands_beside_sources() -> None:
    columns = (*COLUMNS[:4], share("special", "plan", "special"), *COLUMNS[4:])
    rows = rows_of(split_table(columns=columns))
    first, second, third = (texts(rows)[index] for index in (1, 2, 3))
    assert (first[4], second[2], third[2]) == ("20,0", "20,0", "")


def test_a_summary_counts_each_measure_of_a_split_table_once() -> None:
    columns = (outline_column("source", "row"), share("planned", "plan"))
    totals = (
        total("Громада", columns=("planned",), funds=LOCAL.funds),
        total("Разом", columns=("planned",)),
    )
    summary = table((), columns, totals, id="summary", summary_of="table")
    found = summarise(summary, figures_of(split_table()).lines)
    assert [one.figures["planned"] for one in found.totals] == [Decimal("58.0"), Decimal("68.0")]


def test_the_source_is_a_column_only_where_rows_are_split() -> None:
    assert check_form(form(split_table()), "small") == []
    [one] = check_form(form(split_table(splits=())), "small")
    assert one.code == "form-structure"


@st.composite
def split_amounts(draw: st.DrawFn) -> Amount:
    funds = draw(st.dictionaries(st.sampled_from(FUNDS), amounts, min_size=1))
    return Amount(sum(funds.values(), Decimal(0)), funds, PLACE)


@FEW
@given(st.data(), st.permutations(SPLITS), st.integers(1, 4))
def test_rows_by_source_come_to_the_whole(
    data: st.DataObject, splits: list[Split], count: int
) -> None:
    plans = tuple(data.draw(split_amounts()) for _ in range(count))
    paid = tuple(data.draw(split_amounts()) for _ in range(count))
    totals = tuple(total(funds=one.funds) for one in SPLITS)
    one = split_table(totals, splits=tuple(splits))
    outline, given_period = report(plans, paid)
    figures = compute(outline, given_period, one)
    by_item: dict[str, dict[str, Decimal]] = {}
    for line in figures.lines:
        assert line.split
        value = line.figures["plan"] or Decimal(0)
        by_item.setdefault(line.item.key, {})[line.split.label] = value
    for plan, found in zip(plans, by_item.values(), strict=True):
        assert found["Усього"] == plan.value
        assert found["Бюджет громади"] + found["Державний бюджет"] == plan.value
    everything, local, state = (one.figures["plan"] or Decimal(0) for one in figures.totals)
    assert everything == sum(plan.value for plan in plans) == local + state
    worked_out(one, figures)
