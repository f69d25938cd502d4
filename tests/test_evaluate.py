"""Formulas evaluated: the percents of the real reports first, then laws."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from test_formula import expressions

from reportgen.compute.evaluate import evaluate
from reportgen.compute.rounding import round_half_up
from reportgen.model.formula import Binary, Expression, Name, Number, parse_formula

PERCENT = parse_formula("actual / plan * 100")


@pytest.mark.parametrize(
    ("plan", "actual", "expected"),
    [
        ("861.0", "389.5", "45.2"),  # 1.1.1 of the social-protection report
        ("515595.8", "451977.3", "87.7"),  # its total
        ("40.0", "14.0", "35.0"),  # 4.1 of the equal-opportunities report
        ("228.3", "30.0", "13.1"),  # its total
        ("400.0", "49.0", "12.3"),  # 12.25: a tie goes up
        ("400.0", "49.8", "12.5"),  # 12.45: up, not to the even neighbour
        ("2000.0", "0.9", "0.0"),  # 0.045
        ("2000.0", "1.0", "0.1"),  # 0.05
        ("100.0", "120.0", "120.0"),  # overspending is shown, not capped
        ("3.0", "1.0", "33.3"),
    ],
)
def test_percent(plan: str, actual: str, expected: str) -> None:
    got = evaluate(PERCENT, {"plan": Decimal(plan), "actual": Decimal(actual)}, 1)
    assert str(got) == expected


def test_without_a_plan_there_is_no_percent() -> None:
    assert evaluate(PERCENT, {"plan": Decimal("0.0"), "actual": Decimal("0.0")}, 1) is None
    assert evaluate(PERCENT, {"plan": Decimal("0.0"), "actual": Decimal("5.0")}, 1) is None


def test_without_an_amount_there_is_no_percent() -> None:
    assert evaluate(PERCENT, {"plan": Decimal("5.0"), "actual": None}, 1) is None


def test_a_quotient_just_below_a_tie_stays_below() -> None:
    """0.05 % less one part in ten to the 40th: a float, or 28 digits, would see the tie."""
    plan = Decimal(2 * 10**43 + 1)
    assert evaluate(PERCENT, {"plan": plan, "actual": Decimal(10**40)}, 1) == Decimal("0.0")
    assert evaluate(PERCENT, {"plan": plan - 1, "actual": Decimal(10**40)}, 1) == Decimal("0.1")


def test_figures_of_any_size_come_out() -> None:
    """A form may multiply what it likes; that the result fits no column is found later."""
    huge = parse_formula("*".join(["plan"] * 100))
    got = evaluate(huge, {"plan": Decimal(10**15)}, 1)
    assert got is not None
    assert got == Decimal(10) ** 1500


@pytest.mark.parametrize(
    ("value", "decimals", "expected"),
    [
        ("0.05", 1, "0.1"),
        ("0.15", 1, "0.2"),
        ("0.25", 1, "0.3"),
        ("-0.25", 1, "-0.3"),  # away from nought
        ("2.5", 0, "3"),
        ("1", 2, "1.00"),
        ("9" * 40 + ".95", 1, "1" + "0" * 40 + ".0"),
    ],
)
def test_half_goes_away_from_nought(value: str, decimals: int, expected: str) -> None:
    assert f"{round_half_up(Decimal(value), decimals):f}" == expected


def exact(expression: Expression, values: dict[str, Decimal]) -> Fraction | None:
    """Evaluate by whole numbers alone."""
    match expression:
        case Number(value):
            return Fraction(value)
        case Name(name):
            return Fraction(values[name])
        case Binary(sign, left, right):
            first, second = exact(left, values), exact(right, values)
            if first is None or second is None:
                return None
            if sign == "/":
                return first / second if second else None
            return {"+": first + second, "-": first - second, "*": first * second}[sign]


figures = st.fixed_dictionaries(
    {
        "plan": st.decimals(0, 10**9, places=1),
        "actual": st.decimals(0, 10**9, places=1),
    }
)


@given(expressions, figures)
def test_every_formula_gives_the_exact_value_rounded_once(
    expression: Expression, values: dict[str, Decimal]
) -> None:
    got, wanted = evaluate(expression, values, 1), exact(expression, values)
    if wanted is None or got is None:
        assert got is wanted is None
        return
    # Sixty digits hold any report's figures; chained divisions may lose what lies beyond them.
    slack = Fraction(abs(wanted) + 1, 10**50)
    assert abs(Fraction(got) - wanted) <= Fraction(1, 20) + slack


@given(figures)
def test_a_percent_is_rounded_half_up(values: dict[str, Decimal]) -> None:
    got = evaluate(PERCENT, values, 1)
    if values["plan"] == 0:
        assert got is None
        return
    tenths = Fraction(values["actual"]) * 1000 / Fraction(values["plan"])
    assert got == Decimal((tenths + Fraction(1, 2)).__floor__()) / 10
