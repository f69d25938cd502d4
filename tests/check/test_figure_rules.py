"""Rules over figures: none fires on a clean report, each finds what is planted, where it is."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from made import Plan, Spec, asked, clean, clean_at, message, place, tenths, told

ONE = tenths(1)
amounts = st.integers(1, 10**6).map(tenths)


@given(clean() | clean(parts=True))
def test_a_clean_report_has_nothing_to_tell(plan: Plan) -> None:
    assert asked(plan) == []


@given(clean_at(), amounts)
def test_money_without_a_plan(made: tuple[Plan, int], actual: Decimal) -> None:
    plan, at = made
    spoilt = plan.having(at, annual_plan=Decimal(0), actual=actual)
    number = plan.rows[at].number
    assert told("percent-base-zero", spoilt) == [place(number, "actual")]
    assert told("actual-above-plan", spoilt) == []  # one finding for one fault
    assert told("percent-base-zero", spoilt.having(at, percent=Decimal(100))) == []


@given(clean_at(), amounts)
def test_more_paid_than_planned(made: tuple[Plan, int], over: Decimal) -> None:
    plan, at = made
    row = plan.rows[at]
    assert row.annual_plan is not None
    spoilt = plan.having(at, actual=row.annual_plan + over)
    assert told("actual-above-plan", spoilt) == [place(row.number, "actual")]


@given(clean_at(), amounts)
def test_the_amended_plan_is_the_one_that_holds(made: tuple[Plan, int], over: Decimal) -> None:
    plan, at = made
    row = plan.rows[at]
    assert row.annual_plan is not None
    assert row.actual is not None
    spoilt = plan.having(at, amended_plan=row.actual - ONE)
    assert told("actual-above-plan", spoilt) == [place(row.number, "actual")]
    paid = row.annual_plan + over
    assert told("actual-above-plan", plan.having(at, actual=paid, amended_plan=paid)) == []


@given(clean_at(), amounts, st.sampled_from(["annual_plan", "amended_plan"]))
def test_a_plan_above_the_programmes(made: tuple[Plan, int], over: Decimal, which: str) -> None:
    plan, at = made
    row = plan.rows[at]
    assert row.programme_plan is not None
    spoilt = plan.having(at, **{which: row.programme_plan + over})
    assert told("plan-above-programme", spoilt) == [place(row.number, which)]


@given(clean_at())
def test_a_plan_that_is_what_was_paid(made: tuple[Plan, int]) -> None:
    plan, at = made
    row = plan.rows[at]
    spoilt = plan.having(at, actual=row.annual_plan)
    year = plan.period == "2023"
    expected = [] if year else [place(row.number, "annual_plan")]
    assert told("plan-equals-actual", spoilt) == expected
    assert told("plan-equals-actual", plan.having(at, annual_plan=0, actual=Decimal(0))) == []


@given(clean_at(parts=True), st.sampled_from(["programme_plan", "annual_plan", "actual"]), amounts)
def test_parts_above_the_whole(made: tuple[Plan, int], column: str, over: Decimal) -> None:
    plan, at = made
    row = plan.rows[at]
    part = replace(row.parts[0], **{column: getattr(row, column) + over})
    spoilt = plan.having(at, parts=(part,))
    assert told("parts-above", spoilt) == [place(row.number, column)]


ENDINGS = ["в т.ч.", "у т. ч.", "в тому числі", "У тому числі:", "в т.ч. :", "у т.ч"]


@given(clean_at(), st.sampled_from(ENDINGS), st.data())
def test_parts_that_are_less_than_the_whole(
    made: tuple[Plan, int], ending: str, data: st.DataObject
) -> None:
    plan, at = made
    row = plan.rows[at]
    assert row.actual is not None
    first = tenths(data.draw(st.integers(0, int(row.actual * 10))))
    less = tenths(data.draw(st.integers(0, int((row.actual - first) * 10))))
    second = row.actual - first - less
    parts = tuple(
        Spec(f"{row.number}.{index}", actual=value, annual_plan=value)
        for index, value in enumerate((first, second), start=1)
    )
    text = f"Надання пільг, {ending}"
    spoilt = plan.having(at, text=text, parts=parts, annual_plan=row.actual, actual=row.actual)
    expected = [place(row.number, one) for one in ("annual_plan", "actual")] if less else []
    assert told("parts-differ", spoilt) == expected
    assert told("parts-differ", spoilt.having(at, text="Надання пільг")) == []
    assert told("parts-differ", spoilt.having(at, parts=parts[:1])) == []


@given(clean_at(), st.sampled_from(ENDINGS))
def test_parts_that_are_promised(made: tuple[Plan, int], ending: str) -> None:
    plan, at = made
    number = plan.rows[at].number
    spoilt = plan.having(at, text=f"Надання підтримки, {ending}")
    assert told("parts-missing", spoilt) == [place(number)]
    inner = f"Допомога, {ending} родинам загиблих"
    assert told("parts-missing", plan.having(at, text=inner)) == []


@given(clean_at(), st.integers(0, 2000).map(tenths))
def test_a_declared_percent(made: tuple[Plan, int], percent: Decimal) -> None:
    plan, at = made
    row = plan.rows[at]
    assert row.actual is not None
    assert row.annual_plan is not None
    exact = row.actual * 100 / row.annual_plan
    assume(abs(exact - percent) > ONE or abs(exact - percent) * 100 < 4)
    same = abs(exact - percent) < ONE
    spoilt = plan.having(at, percent=percent)
    there = [place(row.number, "percent")]
    assert told("percent-needless", spoilt) == (there if same else [])
    assert told("percent-declared", spoilt) == ([] if same else there)


def test_a_declared_percent_names_the_computed_one() -> None:
    row = Spec("1.1", annual_plan=tenths(843), actual=Decimal(0), percent=Decimal(100), info="Ні.")
    said = "рядок «1.1»: надруковано 100,0 замість обчисленого 0,0; причина: так записано"
    assert message("percent-declared", Plan((row,))) == said
    without = replace(row, annual_plan=Decimal(0), percent=Decimal(0))
    said = "рядок «1.1»: надруковано 0,0 замість прочерку; причина: так записано"
    assert message("percent-declared", Plan((without,))) == said


@given(clean(), st.data())
def test_amounts_that_stand_twice(plan: Plan, data: st.DataObject) -> None:
    assume(len(plan.rows) > 1)
    first = data.draw(st.integers(0, len(plan.rows) - 2))
    second = data.draw(st.integers(first + 1, len(plan.rows) - 1))
    model = plan.rows[first]
    assume(
        all(
            len(str(one).strip("0.").replace(".", "")) > 2
            for one in (model.annual_plan, model.actual)
        )
    )
    spoilt = plan.having(second, annual_plan=model.annual_plan, actual=model.actual)
    assert told("amounts-repeated", spoilt) == [place(plan.rows[second].number, "actual")]


@pytest.mark.parametrize("same", ["10.0", "12.0", "0.5", "2000", "150000.0"])
def test_round_amounts_may_stand_as_often_as_they_like(same: str) -> None:
    plan, actual = Decimal(same), Decimal("123.4")
    rows = tuple(
        Spec(f"1.{number}", annual_plan=plan, actual=actual, info=f"Надано послуг: {number}")
        for number in (1, 2)
    )
    assert told("amounts-repeated", Plan(rows)) == []


def test_messages_have_the_figures_in_them() -> None:
    row = Spec("13.4", task="13", programme_plan=tenths(49600), annual_plan=tenths(54403))
    assert message("plan-above-programme", Plan((row,))) == (
        "у рядку «13.4» річний обсяг 5440,3, а обсяг за програмою лише 4960,0 (менше на 480,3)"
    )
    row = Spec("1.1", annual_plan=tenths(1200), actual=tenths(1201))
    said = "у рядку «1.1» профінансовано 120,1, а річний обсяг лише 120,0"
    assert message("actual-above-plan", Plan((row,))) == said


@pytest.mark.parametrize(
    ("plan", "is_asked"), [("861000.0", True), ("8610.0", False), ("90000.0", True)]
)
def test_thousands_of_hryvnias_or_hryvnias(*, plan: str, is_asked: bool) -> None:
    row = Spec("1.1", programme_plan=Decimal("861.0"), annual_plan=Decimal(plan))
    [one] = [one for one in asked(Plan((row,))) if one.code == "plan-above-programme"]
    assert one.hint.startswith("чи не в гривнях") == is_asked


def test_a_number_that_stands_twice_is_no_copied_row() -> None:
    row = Spec("1.1", annual_plan=tenths(12345), actual=tenths(6789))
    assert told("amounts-repeated", Plan((row, row))) == []
    assert told("amounts-repeated", Plan((row, replace(row, number="1.2")))) != []
