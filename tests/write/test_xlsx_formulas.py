"""Live formulas: the text of sums and of computed figures, before any sheet."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportgen.model.formula import Binary, Expression, Name, Number, names, parse_formula
from reportgen.write.xlsx.area import Area
from reportgen.write.xlsx.formulas import (
    Operand,
    computed_formula,
    expression_text,
    quoted,
    sum_formula,
)


def cell(row: int, column: int = 5) -> Area:
    """Return the area of one place; row 0 of column 5 is F1."""
    return Area(row, column, row, column)


def amount(value: str) -> Decimal:
    return Decimal(value)


@pytest.mark.parametrize(
    ("operands", "formula"),
    [
        ([cell(0)], "SUM(F1)"),
        ([cell(0), cell(1), cell(2)], "SUM(F1:F3)"),
        ([cell(0), cell(1), cell(3), cell(5), cell(6)], "SUM(F1:F2,F4,F6:F7)"),
        ([cell(0, 5), cell(0, 6), cell(0, 7)], "SUM(F1:H1)"),
        ([cell(0), cell(0)], "SUM(F1,F1)"),  # an addend that counts twice
        ([cell(1), cell(0)], "SUM(F2,F1)"),
        ([cell(0), amount("12.50"), cell(1)], "SUM(F1,12.50,F2)"),
        ([amount("-3.5")], "SUM(-3.5)"),
        ([Area(0, 5, 1, 6), Area(2, 5, 2, 6)], "SUM(F1:G3)"),  # merged cells
    ],
)
def test_sum(operands: list[Area | Decimal], formula: str) -> None:
    assert sum_formula(operands) == formula


def test_nothing_to_add_has_no_formula() -> None:
    assert sum_formula([]) is None


def test_more_than_255_arguments_are_sums_of_sums() -> None:
    formula = sum_formula([cell(row) for row in range(0, 600, 2)])
    assert formula is not None
    assert formula.startswith("SUM(SUM(F1,F3,")
    inner = re.findall(r"SUM\(([^()]*)\)", formula)
    assert [text.count(",") + 1 for text in inner] == [255, 45]


def test_what_a_cell_cannot_hold_has_no_formula() -> None:
    assert sum_formula([cell(row) for row in range(0, 6000, 2)]) is None


@given(st.lists(st.integers(0, 60), max_size=40))
def test_every_addend_is_in_the_sum_exactly_once(rows: list[int]) -> None:
    formula = sum_formula([cell(row) for row in rows]) or ""
    summed: list[int] = []
    for first, last in re.findall(r"F(\d+)(?::F(\d+))?", formula):
        summed += range(int(first) - 1, int(last or first))
    assert summed == rows


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("a / b * 100", "A1/B1*100"),
        ("a / (b * 100)", "A1/(B1*100)"),
        ("a - (b - c)", "A1-(B1-C1)"),
        ("a + (b + c)", "A1+(B1+C1)"),  # binary addition depends on the order
        ("(a + b) + c", "A1+B1+C1"),
        ("(a + b) * c", "(A1+B1)*C1"),
        ("a + b * c", "A1+B1*C1"),
        ("-a", "0-A1"),
        ("a * -b", "A1*(0-B1)"),
        ("0.1 * a", "0.1*A1"),
    ],
)
def test_parentheses_stand_exactly_where_needed(source: str, text: str) -> None:
    assert expression_text(parse_formula(source), {"a": "A1", "b": "B1", "c": "C1"}) == text


figures = st.decimals(0, 10**6, places=3).map(Number)
expressions: st.SearchStrategy[Expression] = st.recursive(
    figures | st.sampled_from("abc").map(Name),
    lambda inner: st.builds(Binary, st.sampled_from("+-*/"), inner, inner),
    max_leaves=20,
)


@given(expressions)
def test_the_text_reads_as_the_same_formula(expression: Expression) -> None:
    text = expression_text(expression, {name: name for name in names(expression)})
    assert parse_formula(text) == expression


OPERANDS: dict[str, Operand] = {"actual": cell(4, 7), "plan": cell(4, 6), "other": amount("-2.5")}


@pytest.mark.parametrize(
    ("source", "formula"),
    [
        ("actual / plan * 100", 'IF(G5=0,"–",ROUND(H5/G5*100,1))'),
        ("actual * 2", "ROUND(H5*2,1)"),
        ("actual / 1000", "ROUND(H5/1000,1)"),  # a divisor that never is zero needs no test
        ("actual / plan / plan", 'IF(G5=0,"–",ROUND(H5/G5/G5,1))'),
        ("actual - plan", "ROUND(ROUND(H5-G5,8),1)"),
        ("-actual", "ROUND(0-H5,1)"),
        (
            "actual / (plan - actual)",
            'IF(ROUND(G5-H5,8)=0,"–",ROUND(ROUND(H5/(G5-H5),8),1))',
        ),
        (
            "1 / (actual / plan)",  # the inner divisor is tested before the outer is computed
            'IF(G5=0,"–",IF(H5/G5=0,"–",ROUND(1/(H5/G5),1)))',
        ),
        ("actual * other", "ROUND(H5*(-2.5),1)"),
    ],
)
def test_computed(source: str, formula: str) -> None:
    assert computed_formula(parse_formula(source), OPERANDS, 1, "–") == formula


def test_a_cell_that_may_hold_no_figure_is_tested_for() -> None:
    formula = computed_formula(parse_formula("actual / plan"), OPERANDS, 0, "х", {"actual"})
    assert formula == 'IF(COUNT(H5)<1,"х",IF(G5=0,"х",ROUND(H5/G5,0)))'


@pytest.mark.parametrize(
    ("text", "literal"),
    [
        ("–", '"–"'),
        ("", '""'),
        ('"х"', '"""х"""'),
        ("SORT(A1)", '"SORT"&"(A1)"'),  # XlsxWriter would rewrite the call inside the text
    ],
)
def test_text_in_a_formula_is_text(text: str, literal: str) -> None:
    assert quoted(text) == literal


@given(st.text(max_size=400))
def test_a_literal_gives_its_text_back(text: str) -> None:
    pieces = re.findall(r'"((?:[^"]|"")*)"(?:&|$)', quoted(text))
    assert "".join(piece.replace('""', '"') for piece in pieces) == text
    assert all(len(piece) <= 255 for piece in pieces)
