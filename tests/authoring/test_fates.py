"""What stays, what is asked anew, and what counts as a plan."""

from __future__ import annotations

from dataclasses import replace

import pytest
from outlines import column, form, money, percent, share, table

from reportgen.authoring.fates import Fate, Step, is_plan, year_of
from reportgen.model.form import Column, GivenBy, Kind
from reportgen.model.period import Period

HALF, NINE, NEXT = (Period.parse(one) for one in ("2023-h1", "2023-9m", "2024-q1"))


def fate(one: Column, value: object, now: Period) -> Fate:
    drawn = table(columns=(one,))
    return Step(form(drawn), HALF, now).of_value([drawn], one.id, value)


@pytest.mark.parametrize(
    "name", ["plan", "annual_plan", "planned_special", "approved", "plan_2024"]
)
def test_a_plan_may_say_so(name: str) -> None:
    assert is_plan(table(columns=(money(name),)), name)


def test_a_plan_is_what_percents_are_counted_from() -> None:
    columns = (money("budget"), money("cash"), percent("cash / budget * 100"))
    drawn = table(columns=columns)
    assert is_plan(drawn, "budget")
    assert not is_plan(drawn, "cash")


def test_a_part_of_what_was_paid_makes_no_plan_of_it() -> None:
    columns = (
        money("budget"),
        money("cash"),
        share("cash_state", "cash", "state"),
        percent("cash_state / cash * 100"),
        replace(percent("cash / budget * 100"), id="whole"),
    )
    drawn = table(columns=columns)
    assert [one.id for one in columns if is_plan(drawn, one.id)] == ["budget"]


@pytest.mark.parametrize(
    ("one", "value", "within", "after"),
    [
        (money("plan"), "1.0", Fate.CARRIED, Fate.EMPTIED),
        (money("actual"), "1.0", Fate.EMPTIED, Fate.EMPTIED),
        (money("actual"), "", Fate.CARRIED, Fate.CARRIED),
        (money("plan_2023"), "1.0", Fate.CARRIED, Fate.CARRIED),
        (money("plan_2024"), "1.0", Fate.CARRIED, Fate.EMPTIED),
        (money("paid_2022"), "1.0", Fate.CARRIED, Fate.CARRIED),
        (money("paid_2023"), "1.0", Fate.EMPTIED, Fate.EMPTIED),
        (column("term", given=GivenBy.PERIOD), "2023", Fate.CARRIED, Fate.EMPTIED),
        (column("term", given=GivenBy.PERIOD), "2021-2025", Fate.CARRIED, Fate.CARRIED),
        (column("term", given=GivenBy.PERIOD), "постійно", Fate.CARRIED, Fate.CARRIED),
        (column("info", given=GivenBy.PERIOD), "Триває.", Fate.EMPTIED, Fate.EMPTIED),
        (
            column("who", kind=Kind.EXECUTORS, given=GivenBy.PERIOD),
            ["dsp"],
            Fate.CARRIED,
            Fate.CARRIED,
        ),
        (column("funding", kind=Kind.FUNDING, given=GivenBy.PERIOD), "5", *[Fate.EMPTIED] * 2),
        (column("funding", kind=Kind.FUNDING, given=GivenBy.PERIOD), ["p"], *[Fate.CARRIED] * 2),
        (percent(), {"declared": "1"}, Fate.SHOWN, Fate.SHOWN),
        (money("plan", GivenBy.PROGRAMME), "1.0", Fate.GONE, Fate.GONE),
    ],
)
def test_fates(one: Column, value: object, within: Fate, after: Fate) -> None:
    assert fate(one, value, NINE) is within
    assert fate(one, value, NEXT) is after


def test_what_every_row_may_have() -> None:
    step = Step(form(), HALF, NINE)
    fates = [step.of_value([], key, "x") for key in ("fund", "status", "інше")]
    assert fates == [Fate.CARRIED, Fate.SHOWN, Fate.GONE]


def test_the_year_of_a_column() -> None:
    assert [year_of(one) for one in ("plan_2024", "plan", "plan_20", "2024")] == [2024, *[None] * 3]
