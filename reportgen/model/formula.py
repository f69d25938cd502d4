"""Formulas over columns: a small closed language, parsed and never executed.

Grammar: numbers, column ids, ``+ - * /``, a leading minus, and parentheses. Python's parser reads
the text; only these nodes are let through, so a formula can do nothing but arithmetic.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import TypeAlias

_OPERATORS: dict[type[ast.operator], str] = {
    ast.Add: "+",
    ast.Sub: "-",
    ast.Mult: "*",
    ast.Div: "/",
}
_STRENGTH = {"+": 1, "-": 1, "*": 2, "/": 2}
_LITERAL = re.compile(r"[0-9]+(\.[0-9]+)?")
_LONGEST = 500


@dataclass(frozen=True, slots=True)
class Number:
    """A literal."""

    value: Decimal


@dataclass(frozen=True, slots=True)
class Name:
    """The figure of another column in the same row."""

    id: str


@dataclass(frozen=True, slots=True)
class Binary:
    """Two operands and one of ``+ - * /``."""

    operator: str
    left: Expression
    right: Expression


Expression: TypeAlias = Number | Name | Binary


class FormulaError(ValueError):
    """The text is no formula; ``column`` (from 1) is the place in it."""

    def __init__(self, message: str, column: int) -> None:
        super().__init__(message)
        self.column = column


def parse_formula(text: str) -> Expression:
    """Parse a formula.

    Raises:
        FormulaError: with a Ukrainian message, for anything outside the grammar.
    """
    if len(text) > _LONGEST:
        raise FormulaError(f"формула довша за {_LONGEST} знаків", 1)
    try:
        tree = ast.parse(text.strip(), mode="eval")
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        column = getattr(error, "offset", None) or 1
        raise FormulaError("формулу не можна прочитати", column) from error
    return _convert(tree.body, text.strip())


def _convert(node: ast.expr, text: str) -> Expression:
    match node:
        case ast.Name(id=name):
            return Name(name)
        # The literal's own text, so that 0.1 is one tenth and not the nearest double.
        case ast.Constant() if _LITERAL.fullmatch(literal := _written(node, text)):
            return Number(Decimal(literal))
        case ast.UnaryOp(op=ast.USub(), operand=operand):
            return Binary("-", Number(Decimal(0)), _convert(operand, text))
        case ast.BinOp(left=left, op=op, right=right) if type(op) in _OPERATORS:
            return Binary(_OPERATORS[type(op)], _convert(left, text), _convert(right, text))
    raise FormulaError(
        "у формулі можуть бути лише числа, назви колонок, дії + - * / і дужки",
        len(text.encode()[: node.col_offset].decode()) + 1,  # Python counts bytes
    )


def _written(node: ast.expr, text: str) -> str:
    return ast.get_source_segment(text, node) or ""


def names(expression: Expression) -> Iterator[str]:
    """Yield the column ids that a formula uses, left to right, repeats included."""
    if isinstance(expression, Name):
        yield expression.id
    elif isinstance(expression, Binary):
        yield from names(expression.left)
        yield from names(expression.right)


def divisors(expression: Expression) -> Iterator[Expression]:
    """Yield every expression that something is divided by."""
    if isinstance(expression, Binary):
        yield from divisors(expression.left)
        yield from divisors(expression.right)
        if expression.operator == "/":
            yield expression.right


def written(
    expression: Expression,
    names: Mapping[str, str],
    literal: Callable[[Decimal], str],
    signs: Mapping[str, str],
    least: int = 0,
) -> str:
    """Return the expression as text, in parentheses exactly where needed.

    They are needed where the text would be read as another tree: figures are added in the order
    of the tree, so ``a+(b+c)`` keeps them. ``names`` are what stands for columns, ``signs`` for
    ``+ - * /``; ``least`` is the strength of the operator around.
    """
    match expression:
        case Number(value):
            return literal(value)
        case Name(name):
            return names[name]
        case Binary(operator, left, right):
            strength = _STRENGTH[operator]
            first = written(left, names, literal, signs, strength)
            second = written(right, names, literal, signs, strength + 1)
            text = f"{first}{signs[operator]}{second}"
            return f"({text})" if strength < least else text
