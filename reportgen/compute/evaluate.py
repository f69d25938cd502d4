"""Formulas evaluated exactly."""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping
from decimal import Decimal, Overflow, localcontext

from reportgen.compute.rounding import round_half_up
from reportgen.model.formula import Binary, Expression, Name, Number

# Wide enough that a quotient of two sums cannot be rounded into a tie that it is not.
_DIGITS = 60
_LARGEST = Decimal(10) ** 4000  # about the longest number that Python turns into text

_OPERATIONS: Mapping[str, Callable[[Decimal, Decimal], Decimal]] = {
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
    "/": operator.truediv,
}


def evaluate(
    expression: Expression, values: Mapping[str, Decimal | None], decimals: int
) -> Decimal | None:
    """Return the formula's value, rounded half up to ``decimals`` places.

    A percent of a total is the formula over totals; row percents are never averaged.

    Returns:
        ``None`` where something is divided by zero or a value that is used does not exist.

    Raises:
        decimal.Overflow: when the value has no end in sight, as chained products have.
    """
    exact = exactly(expression, values)
    return None if exact is None else round_half_up(exact, decimals)


def exactly(expression: Expression, values: Mapping[str, Decimal | None]) -> Decimal | None:
    """Return what ``evaluate`` rounds: the formula's value to 60 digits.

    Raises:
        decimal.Overflow: as ``evaluate``.
    """
    with localcontext() as context:
        context.prec = _DIGITS
        exact = _exact(expression, values)
        if exact is not None and abs(exact) >= _LARGEST:
            raise Overflow
        return exact


def _exact(expression: Expression, values: Mapping[str, Decimal | None]) -> Decimal | None:
    match expression:
        case Number(value):
            return value
        case Name(name):
            return values[name]
        case Binary(sign, left, right):
            first, second = _exact(left, values), _exact(right, values)
            if first is None or second is None or (sign == "/" and second == 0):
                return None
            return _OPERATIONS[sign](first, second)
