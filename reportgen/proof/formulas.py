"""Formulas of a sheet reckoned anew, without whatever wrote them; `formula_text` reads them.

The language is what a report needs: figures, texts, cells and areas, ``+ - * / & = <``, and the
functions SUM, ROUND, IF and COUNT. A formula with anything else in it is none of ours.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal, DecimalException, localcontext
from typing import NamedTuple, TypeAlias

_DIGITS = 100

#: A row and a column of the sheet, from 0.
Place: TypeAlias = tuple[int, int]
Value: TypeAlias = Decimal | str


class FormulaError(ValueError):
    """The text is no formula of this language, or it comes to no value."""


class Area(NamedTuple):
    """A rectangle of places, the last ones included; a cell is one of a single place."""

    first: Place
    last: Place

    def size(self) -> int:
        """Return how many places it has."""
        return (self.last[0] - self.first[0] + 1) * (self.last[1] - self.first[1] + 1)

    def places(self) -> Iterator[Place]:
        """Yield the places row by row."""
        for row in range(self.first[0], self.last[0] + 1):
            for column in range(self.first[1], self.last[1] + 1):
                yield row, column


@dataclass(frozen=True, slots=True)
class Call:
    """A function, or an operator, of what it is called with."""

    name: str
    arguments: tuple[Node, ...]


Node: TypeAlias = Value | Area | Call


def areas(node: Node) -> Iterator[Area]:
    """Yield the cells and areas that a formula names."""
    match node:
        case Area():
            yield node
        case Call(_, arguments):
            for one in arguments:
                yield from areas(one)


def functions(node: Node) -> frozenset[str]:
    """Return the functions and operators of a formula."""
    if not isinstance(node, Call):
        return frozenset()
    return frozenset((node.name,)).union(*map(functions, node.arguments))


def evaluated(node: Node, cells: Callable[[Place], Value]) -> Value:
    """Return what a formula comes to; ``cells`` gives what they hold: figures, texts, or "".

    Raises:
        FormulaError: where a sheet would show an error.
    """
    with localcontext() as context:
        context.prec = _DIGITS
        try:
            return _evaluated(node, cells)
        except (DecimalException, TypeError) as error:  # divided by nought, a text in a sum
            raise FormulaError(type(error).__name__) from error


_Cells: TypeAlias = Callable[[Place], Value]


def _evaluated(node: Node, cells: _Cells) -> Value:
    match node:
        case Area(first, last):
            if first != last:
                raise FormulaError("area")
            return cells(first)
        case Call("IF", (condition, then, other)):
            return _evaluated(then if _evaluated(condition, cells) else other, cells)
        case Call("SUM", arguments):
            return sum(_figures(arguments, cells), Decimal(0))
        case Call("COUNT", arguments):
            return Decimal(len(_figures(arguments, cells)))
        case Call(name, (one, other)):
            return _applied(name, _evaluated(one, cells), _evaluated(other, cells))
        case Call(name):
            raise FormulaError(name)
    return node


def _figures(arguments: tuple[Node, ...], cells: _Cells) -> list[Decimal]:
    """Return the figures of some arguments; texts in cells do not count."""
    held: list[Value] = []
    for node in arguments:
        held += map(cells, node.places()) if isinstance(node, Area) else [_evaluated(node, cells)]
    return [one for one in held if isinstance(one, Decimal)]


def _applied(name: str, one: Value, other: Value) -> Value:
    if name == "&":
        return f"{one}{other}"
    left, right = (Decimal(0) if value == "" else value for value in (one, other))
    if isinstance(left, str) or isinstance(right, str):
        raise FormulaError(name)
    if name not in _OF_FIGURES:
        raise FormulaError(name)
    return Decimal(_OF_FIGURES[name](left, right))


def _rounded(figure: Decimal, places: Decimal) -> Decimal:
    return figure.quantize(Decimal(1).scaleb(-int(places)), ROUND_HALF_UP)


_OF_FIGURES: Mapping[str, Callable[[Decimal, Decimal], Decimal | bool]] = {
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
    "/": operator.truediv,
    "=": operator.eq,
    "<": operator.lt,
    "ROUND": _rounded,
}
