"""Figures worked out once more from what stands in files, by arithmetic of the tests' own."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from fractions import Fraction
from functools import cache
from math import floor
from operator import add, mul, sub, truediv
from pathlib import Path

from reportgen.diagnostics import Span
from reportgen.document.blocks import Document
from reportgen.document.explain import (
    Added,
    Calculated,
    ExplainedTable,
    Explanation,
    Replaced,
    Typed,
)
from reportgen.document.numbers import print_number
from reportgen.document.origin import Reference
from reportgen.model.formula import Expression, Name, Number

_TYPED = re.compile(r"-?\d{1,3}(?:[ \u00a0]\d{3})+(?:[.,]\d+)?|-?\d+(?:[.,]\d+)?")

#: Gives the number that stands at a place.
Reader = Callable[[Span], Decimal]


def reader(root: Path) -> Reader:
    """Return what reads numbers out of a project's files; nothing else may stand at a place."""

    @cache
    def lines(file: str) -> list[str]:
        return (root / file).read_text(encoding="utf-8").split("\n")

    def number(place: Span) -> Decimal:
        written = lines(place.file)[place.line - 1][place.column - 1 :].lstrip("\"'")
        match = _TYPED.match(written)
        assert match, f"{place}: «{written}» не число"
        return Decimal(re.sub(r"\s", "", match[0]).replace(",", "."))

    return number


def figures_of(document: Document) -> Iterator[Explanation]:
    """Yield every cell of the tables that holds a figure, or prints that there is none."""
    for table in document.tables:
        explained = ExplainedTable(table, document.numbers)
        for row, one in enumerate(table.body):
            for column in range(len(table.columns)) if one.cells else ():
                cell = explained.at(Reference(row, column))
                if cell.value is not None or not isinstance(cell.source, Typed):
                    yield cell


def worked_out(one: Explanation, read: Reader) -> Fraction | None:
    """Return what a figure comes to by its explanation and the numbers of the files."""
    match one.source:
        case Typed(place):
            return None if one.value is None or place is None else Fraction(read(place))
        case Added(parts):
            found = [worked_out(part, read) for part in parts]
            return sum((part for part in found if part is not None), Fraction(0)) if parts else None
        case Calculated() as calculated:
            values = {name: worked_out(part, read) for name, part in calculated.inputs.items()}
            exact = _value(calculated.expression, values)
            return None if exact is None else _rounded(exact, calculated.decimals)
        case Replaced(place):
            return Fraction(read(place))


def check_document(document: Document, read: Reader) -> int:
    """Check every figure of a document; return how many there are."""
    figures = list(figures_of(document))
    for one in figures:
        value = worked_out(one, read)
        if value is None:
            assert one.value is None
            if isinstance(one.source, Calculated):
                assert one.text == one.source.zero
        else:
            exact = Decimal(value.numerator) / Decimal(value.denominator)
            assert one.value == exact, one
            assert one.text == print_number(exact, one.decimals, document.numbers)
    return len(figures)


def _value(expression: Expression, values: Mapping[str, Fraction | None]) -> Fraction | None:
    match expression:
        case Number(value):
            return Fraction(value)
        case Name(name):
            return values[name]
    left, right = (_value(one, values) for one in (expression.left, expression.right))
    if left is None or right is None or (expression.operator == "/" and not right):
        return None
    return {"+": add, "-": sub, "*": mul, "/": truediv}[expression.operator](left, right)


def _rounded(value: Fraction, decimals: int) -> Fraction:
    """Round half away from nought."""
    scaled = floor(abs(value) * 10**decimals + Fraction(1, 2))
    return Fraction(scaled if value >= 0 else -scaled, 10**decimals)
