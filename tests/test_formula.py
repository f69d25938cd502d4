"""Formulas: a small language, and everything outside it refused with its place."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportgen.model.formula import (
    Binary,
    Expression,
    FormulaError,
    Name,
    Number,
    divisors,
    names,
    parse_formula,
)

PLAN, ACTUAL = Name("annual_plan"), Name("actual")


def test_the_percent_of_the_real_forms() -> None:
    percent = parse_formula("actual / annual_plan * 100")
    assert percent == Binary("*", Binary("/", ACTUAL, PLAN), Number(Decimal(100)))
    assert list(names(percent)) == ["actual", "annual_plan"]
    assert list(divisors(percent)) == [PLAN]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a - b - c", Binary("-", Binary("-", Name("a"), Name("b")), Name("c"))),
        ("a - (b - c)", Binary("-", Name("a"), Binary("-", Name("b"), Name("c")))),
        ("a + b * c", Binary("+", Name("a"), Binary("*", Name("b"), Name("c")))),
        ("-a", Binary("-", Number(Decimal(0)), Name("a"))),
        (" a ", Name("a")),
    ],
)
def test_what_binds_what(text: str, expected: Expression) -> None:
    assert parse_formula(text) == expected


def test_a_literal_is_exact() -> None:
    assert parse_formula("0.1") == Number(Decimal("0.1"))
    assert parse_formula("100.50") == Number(Decimal("100.50"))


@pytest.mark.parametrize(
    ("text", "column"),
    [
        ("plan ** 2", 1),
        ("plan // 2", 1),
        ("plan % 2", 1),
        ("1 + plan.real", 5),
        ("1 + [plan]", 5),
        ("1 + __import__('os')", 5),
        ("1 + 'x'", 5),
        ("1 + True", 5),
        ("1 + 1j", 5),
        ("1 + 0x10", 5),
        ("1 + 1e6", 5),
        ("(lambda: plan)()", 1),
        ("plan if plan else 1", 1),
        ("1 < plan", 1),
        ("+plan", 1),
        ("план + [план]", 8),  # counted in characters, not in bytes
    ],
)
def test_anything_but_arithmetic_is_refused_at_its_place(text: str, column: int) -> None:
    with pytest.raises(FormulaError, match="лише числа, назви колонок") as caught:
        parse_formula(text)
    assert caught.value.column == column


@pytest.mark.parametrize("text", ["", "1 +", "(plan", "plan plan", "план №1", "((" * 240, "a\0"])
def test_what_is_no_expression_is_refused(text: str) -> None:
    with pytest.raises(FormulaError, match="не можна прочитати"):
        parse_formula(text)


def test_a_formula_has_a_longest_length() -> None:
    with pytest.raises(FormulaError, match="довша за 500"):
        parse_formula("1" + "+1" * 250)


def test_the_deepest_formula_can_be_walked() -> None:
    deepest = parse_formula("-" * 499 + "a")
    assert list(names(deepest)) == ["a"]
    assert list(divisors(deepest)) == []


expressions: st.SearchStrategy[Expression] = st.recursive(
    st.builds(Name, st.sampled_from(["plan", "actual"]))
    | st.builds(Number, st.decimals(0, 10**9, places=2)),
    lambda inner: st.builds(Binary, st.sampled_from("+-*/"), inner, inner),
    max_leaves=12,
)


def written(expression: Expression) -> str:
    """Write a formula down with every parenthesis that could be needed."""
    match expression:
        case Number(value):
            return str(value)
        case Name(name):
            return name
        case Binary(sign, left, right):
            return f"({written(left)} {sign} {written(right)})"


@given(expressions)
def test_a_written_formula_is_read_back(expression: Expression) -> None:
    assert parse_formula(written(expression)) == expression
