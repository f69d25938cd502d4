"""Figures and formulas as explanations write them."""

from __future__ import annotations

from collections.abc import Mapping, Sized
from decimal import ROUND_DOWN, Decimal, localcontext

from reportgen.document.explain.tree import Calculated, Explanation
from reportgen.document.numbers import print_number
from reportgen.model.council import NumberStyle
from reportgen.model.formula import written

_SIGNS = {"+": " + ", "-": " − ", "*": " × ", "/": " : "}


def all_digits(value: Decimal, style: NumberStyle, decimals: int = 0) -> str:
    """Return a number with all of its places, at least ``decimals`` of them."""
    exponent = value.as_tuple().exponent
    places = -exponent if isinstance(exponent, int) else 0
    return print_number(value, max(decimals, places), style)


def digits(one: Explanation, style: NumberStyle) -> str:
    """Return a figure as it is reckoned with: more digits than its cell prints, if it has more."""
    return one.text if one.value is None else all_digits(one.value, style, one.decimals)


def beginning(value: Decimal, decimals: int, style: NumberStyle) -> str:
    """Return a number cut after ``decimals`` places: ``53,32…`` where there are more."""
    with localcontext() as context:
        context.prec = max(context.prec, value.adjusted() + decimals + 2)  # room for any figure
        cut = value.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_DOWN)
        if cut == value:
            return all_digits(cut.normalize(), style)
    return f"{print_number(cut, decimals, style)}…"


def heading_of(one: Explanation) -> str:
    """Return what an input of a formula is called: its column's heading, in quotes."""
    return f"«{one.column.heading if one.column else one.name}»"


def with_headings(calculated: Calculated, style: NumberStyle) -> str:
    """Return a formula with what its columns are called."""
    names = {name: heading_of(one) for name, one in calculated.inputs.items()}
    return _written(calculated, names, style)


def with_figures(calculated: Calculated, style: NumberStyle) -> str:
    """Return a formula with the figures that are put into it, all of their digits."""
    names = {name: _operand(one, style) for name, one in calculated.inputs.items()}
    return _written(calculated, names, style)


def why_nothing(calculated: Calculated) -> str:
    """Return why a formula has no value."""
    if calculated.lacking:
        named = ", ".join(heading_of(one) for one in calculated.lacking)
        return f"числа немає в {named}"
    return "на нуль не ділять"


def rows_of(parts: Sized) -> str:
    """Return «1 рядка», «12 рядків», as it stands after «сума»."""
    number = len(parts)
    is_one = number % 10 == 1 and number % 100 != 11  # noqa: PLR2004 - a rule of the language
    return f"{number} {'рядка' if is_one else 'рядків'}"


def _written(calculated: Calculated, names: Mapping[str, str], style: NumberStyle) -> str:
    def literal(value: Decimal) -> str:
        return all_digits(value, style)

    return written(calculated.expression, names, literal, _SIGNS)


def _operand(one: Explanation, style: NumberStyle) -> str:
    if one.value is None:
        return "?"
    text = digits(one, style)
    return f"({text})" if one.value < 0 else text
