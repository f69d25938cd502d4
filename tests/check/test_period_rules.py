"""Rules over time: a report against the one before it, and the years of measures."""

from __future__ import annotations

import datetime
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from made import (
    PERIOD_FILE,
    Plan,
    Spec,
    asked,
    clean,
    clean_at,
    made,
    message,
    place,
    tenths,
    told,
)
from outlines import PLACE

from reportgen.check.rules.periods import term_outside
from reportgen.check.view import View
from reportgen.diagnostics import Span
from reportgen.model.programme import Decision, Term, Text

amounts = st.integers(1, 10**5).map(tenths)


def before(plan: Plan) -> Plan:
    """Return a report of the first quarter that the plan may follow."""
    rows = tuple(replace(row, actual=(row.actual or Decimal(0)) / 2) for row in plan.rows)
    return replace(plan, rows=rows, period="2023-q1")


def later(plan: Plan) -> Plan:
    return replace(plan, period="2023-9m")


def decided(plan: Plan, day: str = "2023-05-18") -> Plan:
    return replace(plan, changes=(Decision(datetime.date.fromisoformat(day), "7", PLACE),))


@given(clean() | clean(parts=True))
def test_a_report_that_follows_well_has_nothing_to_tell(plan: Plan) -> None:
    assert asked(later(plan), before(plan)) == []


@given(clean_at(), amounts)
def test_less_paid_than_before(made: tuple[Plan, int], more: Decimal) -> None:
    plan, at = made
    row = plan.rows[at]
    assert row.actual is not None
    earlier = before(plan).having(at, actual=row.actual + more)
    assert told("actual-fell", later(plan), earlier) == [place(row.number, "actual")]
    # A decision changes plans; what was paid stays paid.
    assert told("actual-fell", decided(later(plan)), earlier) == [place(row.number, "actual")]


@given(clean_at(), amounts)
def test_a_plan_that_changed(made: tuple[Plan, int], more: Decimal) -> None:
    plan, at = made
    row = plan.rows[at]
    assert row.annual_plan is not None
    earlier = before(plan).having(at, annual_plan=row.annual_plan + more)
    assert told("plan-changed", later(plan), earlier) == [place(row.number, "annual_plan")]


@pytest.mark.parametrize(
    ("day", "silent"),
    [
        ("2023-03-31", False),  # the last day of the report before
        ("2023-04-01", True),
        ("2023-09-30", True),
        ("2023-10-01", False),
    ],
)
@given(clean_at())
def test_a_decision_between_both_explains_it(
    day: str,
    silent: bool,  # noqa: FBT001
    made: tuple[Plan, int],
) -> None:
    plan, at = made
    assume(len(plan.rows) > 1)
    now = decided(later(plan), day)
    changed = before(plan).having(at, annual_plan=Decimal(1))
    fewer = replace(
        before(plan), rows=tuple(one for one in before(plan).rows if one != before(plan).rows[at])
    )
    assert bool(told("plan-changed", now, changed)) is not silent
    assert bool(told("measure-appeared", now, fewer)) is not silent


@given(clean_at())
def test_a_measure_that_appears_or_vanishes(made: tuple[Plan, int]) -> None:
    plan, at = made
    assume(len(plan.rows) > 1)
    number = plan.rows[at].number
    fewer = replace(plan, rows=tuple(row for row in plan.rows if row.number != number))
    assert told("measure-appeared", later(plan), before(fewer)) == [place(number)]
    [one] = [one for one in asked(later(fewer), before(plan)) if one.code == "measure-vanished"]
    assert one.span.file == PERIOD_FILE
    assert f"«{number}»" in one.message


@given(clean_at(), amounts)
def test_an_amended_plan_above_the_years(made: tuple[Plan, int], more: Decimal) -> None:
    plan, at = made
    row = plan.rows[at]
    assert row.annual_plan is not None
    spoilt = plan.having(at, amended_plan=row.annual_plan + more)
    assert told("plan-raised", spoilt) == [place(row.number, "amended_plan")]
    assert told("plan-raised", decided(spoilt)) == []
    assert told("plan-raised", plan.having(at, amended_plan=row.annual_plan)) == []


COVERING = [
    *("2023", "2023 рік", "2021-2025", "2021–2025 роки", "2021 - 2025", "2022, 2023", "2023/2024"),
    *("до 2025 року", "до 31.12.2023", "з 2021", "починаючи з 2023", "з 2021 до 2024 року"),
    *("постійно", "протягом року", "I-IV квартали 2023", "не пізніше 2024 року", "12.2023"),
]
OTHERS = [
    *("2022", "2021, 2024", "2020-2022", "2024–2025 роки", "до 2022 року", "з 2024", "2024/2025"),
    *("з 2019 до 2022 року", "починаючи з 2025 року", "IV квартал 2024"),
]


@given(clean_at(), st.sampled_from(COVERING))
def test_a_term_that_has_the_year(made: tuple[Plan, int], term: str) -> None:
    plan, at = made
    assert told("term-outside", plan.having(at, term=term)) == []


@given(clean_at(), st.sampled_from(OTHERS))
def test_a_term_that_has_not(made: tuple[Plan, int], term: str) -> None:
    plan, at = made
    spoilt = plan.having(at, term=term)
    assert told("term-outside", spoilt) == [place(plan.rows[at].number, "term")]
    idle = plan.having(at, term=term, annual_plan=Decimal(0), actual=Decimal(0))
    assert told("term-outside", idle) == []


@given(clean(), st.integers(2015, 2030), st.integers(0, 6))
def test_a_programme_that_does_not_run(plan: Plan, first: int, years: int) -> None:
    spoilt = replace(plan, term=Term(first, first + years))
    runs = first <= 2023 <= first + years
    assert told("programme-outside", spoilt) == ([] if runs else [(1, 1)])


def test_messages_have_the_figures_in_them() -> None:
    row = Spec("1.1", annual_plan=tenths(1200), actual=tenths(400), info="Надано.")
    now = Plan((row,), "2023-h1")
    said = "у рядку «1.1» профінансовано 40,0, а вже за I квартал 2023 року було 48,5"
    earlier = Plan((replace(row, actual=tenths(485)),), "2023-q1")
    assert message("actual-fell", now, earlier) == said
    said = "у рядку «1.1» план 120,0, а у звіті за I квартал 2023 року був 90,0"
    earlier = Plan((replace(row, annual_plan=tenths(900)),), "2023-q1")
    assert message("plan-changed", now, earlier) == said
    assert message("programme-outside", replace(now, term=Term(2018, 2022))) == (
        "звіт за 2023 рік, а програма діє 2018-2022: вона вже закінчилася"
    )


def test_a_term_that_many_rows_take_is_told_of_once() -> None:
    report = made(Plan(tuple(Spec(f"1.{at}", annual_plan=tenths(9)) for at in range(1, 52))))
    term = Text(("2022",), Span("period.yaml", 5, 9))
    entries = {
        table: {key: replace(one, values={**one.values, "term": term}) for key, one in rows.items()}
        for table, rows in report.period.entries.items()
    }
    view = View.of(replace(report, period=replace(report.period, entries=entries)))
    [one] = term_outside(view)
    assert one.message.startswith("у рядку «1.1» і ще 50 з тим самим терміном")
