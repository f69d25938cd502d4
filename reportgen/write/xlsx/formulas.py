"""Origins as live formulas of a sheet: text only, without a leading ``=``."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple, TypeAlias

from reportgen.model.formula import Binary, Expression, Number, divisors, names, written
from reportgen.write.xlsx.area import Area

#: An operand: the cell that holds the figure, the figure itself, or what others come to.
Operand: TypeAlias = "Area | Decimal | Scaled"


class Scaled(NamedTuple):
    """The sum of operands, times ten to the ``power``."""

    operands: tuple[Operand, ...]
    power: int

    @property
    def sheet(self) -> str:
        """The sheet of the first cell."""
        return next((one.sheet for one in self.operands if isinstance(one, Area)), "")


_LONGEST = 8000  # Excel takes 8,192 characters
_MOST_ARGUMENTS = 255
_LONGEST_LITERAL = 120  # Excel takes 255 characters, and quotes count twice

_SIGNS = {sign: sign for sign in "+-*/"}

# Decimal places that survive the noise of binary subtraction (about 1e-9 for amounts up to 10
# million) and still keep a figure near a tie apart from the tie.
_SIGNIFICANT_PLACES = 8


def sum_formula(operands: Sequence[Operand], nothing: str | None = None) -> str | None:
    """Return ``SUM(…)`` over cells and constants; neighbouring cells are joined into ranges.

    Args:
        operands: what to add.
        nothing: shown while no cell holds a figure; without it such a sum is nought.

    Returns:
        ``None`` when there is nothing to add, or the formula is longer than a cell can hold.
    """
    formula = _argument(Scaled(tuple(operands), 0))
    if nothing is not None:
        counted = f"COUNT{formula.removeprefix('SUM')}"
        formula = f"IF({counted}=0,{quoted(nothing)},{formula})"
    return formula if operands and len(formula) <= _LONGEST else None


def scaled_formula(scaled: Scaled) -> str | None:
    """Return what operands come to, as a formula: ``'1'!F12`` where that is one cell.

    Returns:
        ``None`` when the formula is longer than a cell can hold.
    """
    match scaled.operands:
        case (Area() as only,):
            return only.corner + _factor(scaled.power)
    formula = _argument(scaled)
    return formula if len(formula) <= _LONGEST else None


def _flat(operands: Sequence[Operand]) -> Iterator[Operand]:
    """Yield operands with those in place of a sum that is taken as it is."""
    for one in operands:
        if isinstance(one, Scaled) and not one.power:
            yield from _flat(one.operands)
        else:
            yield one


def _argument(operand: Operand) -> str:
    match operand:
        case Area():
            return operand.text
        case Scaled(operands, power):
            arguments = [_argument(one) for one in _joined(list(_flat(operands)))]
            return _sum(arguments) + _factor(power)
    return f"{operand:f}"


def _sum(arguments: list[str]) -> str:
    while len(arguments) > _MOST_ARGUMENTS:
        starts = range(0, len(arguments), _MOST_ARGUMENTS)
        groups = [arguments[start : start + _MOST_ARGUMENTS] for start in starts]
        arguments = [f"SUM({','.join(group)})" for group in groups]
    return f"SUM({','.join(arguments)})"


def _factor(power: int) -> str:
    if not power:
        return ""
    return f"*{10**power}" if power > 0 else f"/{10**-power}"


def _joined(operands: Sequence[Operand]) -> list[Operand]:
    """Join each cell with the one before it where both make a rectangle; the order is kept."""
    joined: list[Operand] = []
    for operand in operands:
        last = joined[-1] if joined else None
        both = None
        if isinstance(last, Area) and isinstance(operand, Area):
            both = last.joined(operand)
        if both is None:
            joined.append(operand)
        else:
            joined[-1] = both
    return joined


def computed_formula(
    expression: Expression,
    operands: Mapping[str, Operand],
    decimals: int,
    zero: str,
    doubtful: Collection[str] = (),
) -> str:
    """Return the expression, rounded half up, or ``zero`` where something is divided by zero.

    ``ROUND`` corrects the binary noise of products and quotients itself, so that 12.25 becomes
    12.3. It does not correct what subtraction leaves (100 - 99.95), hence a first rounding to
    eight places where something is added or subtracted.

    Args:
        expression: the formula.
        operands: what each name of it stands for.
        decimals: places to round to.
        zero: printed where there is no value.
        doubtful: names whose cells may hold no number; the formula tests for it.
    """
    texts = {name: _operand(operands[name]) for name in names(expression)}
    exact = expression_text(expression, texts)
    if _has_sums(expression):
        exact = f"ROUND({exact},{max(_SIGNIFICANT_PLACES, decimals + 1)})"
    formula = f"ROUND({exact},{decimals})"
    missing = quoted(zero)
    for condition in reversed(_conditions(expression, texts, doubtful)):
        formula = f"IF({condition},{missing},{formula})"
    return formula


def _conditions(
    expression: Expression, texts: Mapping[str, str], doubtful: Collection[str]
) -> list[str]:
    """Return the tests for "no value", each safe to evaluate once those before it are false."""
    conditions: list[str] = []
    unsure = list(dict.fromkeys(texts[name] for name in texts if name in doubtful))
    if unsure:
        conditions.append(f"COUNT({','.join(unsure)})<{len(unsure)}")
    for divisor in divisors(expression):  # those inside a divisor come before it
        if isinstance(divisor, Number) and divisor.value:
            continue
        text = expression_text(divisor, texts)
        if _has_sums(divisor):
            text = f"ROUND({text},{_SIGNIFICANT_PLACES})"
        conditions.append(f"{text}=0")
    return list(dict.fromkeys(conditions))


def expression_text(expression: Expression, texts: Mapping[str, str]) -> str:
    """Return the expression as a sheet reads it, with its names replaced."""
    return written(expression, texts, _literal, _SIGNS)


def quoted(text: str) -> str:
    """Return text as a literal of a formula.

    A long one is cut and joined again. So is one with a parenthesis: XlsxWriter searches a
    formula's whole text, literals included, for calls of newer functions, and rewrites them.
    """
    pieces = re.findall(rf"\(?[^(]{{0,{_LONGEST_LITERAL}}}", text, re.DOTALL)
    doubled = (piece.replace('"', '""') for piece in pieces if piece)
    return "&".join(f'"{piece}"' for piece in doubled) or '""'


def _has_sums(expression: Expression) -> bool:
    """Tell whether something is added or subtracted; a sign (0 - x) leaves no noise."""
    if not isinstance(expression, Binary):
        return False
    sign = expression.operator == "-" and expression.left == Number(Decimal(0))
    own = expression.operator in "+-" and not sign
    return own or _has_sums(expression.left) or _has_sums(expression.right)


def _operand(operand: Operand) -> str:
    match operand:
        case Area():
            return operand.corner
        case Scaled():
            return f"({_argument(operand)})"
    return _literal(operand)


def _literal(value: Decimal) -> str:
    return f"({value:f})" if value < 0 else f"{value:f}"
