"""Totals and percents reckoned anew from what is printed: can they come from these figures?

Nothing exact is used of what a cell shows: a figure that is printed stands for all that rounds to
it, and what is reckoned from it must meet what the printed result stands for. Which cells a figure
is made of, the document tells; amounts that no cell shows are taken as content gives them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, localcontext
from typing import NamedTuple, TypeAlias

from reportgen.check.totals import may_be_total
from reportgen.document.blocks import Cell, Document, Table
from reportgen.document.numbers import print_number
from reportgen.document.origin import ByFund, Computed, Input, Reference, Sum
from reportgen.model.council import NumberStyle
from reportgen.model.formula import Binary, Expression, Name, Number
from reportgen.proof.difference import Difference
from reportgen.proof.grid import of_row

_NUMBER = re.compile(r"(\u2212?)([0-9]{1,3}(?:\u00a0[0-9]{3})+|[0-9]+)(?:,([0-9]+))?")
_DIGITS = 200  # more than any printed figure has


@dataclass(frozen=True, slots=True)
class Reckoned:
    """How many totals and formulas of a report were reckoned, and which do not come out."""

    totals: int
    formulas: int
    differences: tuple[Difference, ...]


class Range(NamedTuple):
    """Any number from ``least`` to ``most``."""

    least: Decimal
    most: Decimal


_Grid: TypeAlias = Mapping[tuple[int, int], Cell]


def reckon(file: str, document: Document) -> Reckoned:
    """Reckon every total and formula of a document's tables from the printed figures."""
    totals = formulas = 0
    found: list[Difference] = []
    with localcontext() as context:
        context.prec = _DIGITS
        for number, table in enumerate(document.tables, 1):
            grid = _grid(table)
            for (row, column), cell in grid.items():
                message = ""
                match cell.origin:
                    case Sum(inputs) | ByFund(inputs):
                        totals += 1
                        message = _total_fault(cell, inputs, grid, document.numbers)
                    case Computed():
                        formulas += 1
                        message = _formula_fault(cell, cell.origin, grid, document.numbers)
                if message:
                    line = row + len(table.header) + 1
                    counted = f"таблиця {number}, рядок {line}, колонка {column + 1}"
                    place_of = of_row(counted, str(table.body[row].name))
                    said = f"надруковано {cell.text}, а з надрукованих чисел виходить {message}"
                    found.append(Difference(file, place_of, message, cell.text, said))
    return Reckoned(totals, formulas, tuple(found))


def printed_number(text: str) -> Decimal | None:
    """Return a figure as it is printed; ``None`` for what is no figure."""
    match = _NUMBER.fullmatch(text)
    if match is None:
        return None
    whole = match[2].replace("\u00a0", "")
    number = Decimal(f"{whole}.{match[3] or 0}")
    return -number if match[1] else number


def _grid(table: Table) -> _Grid:
    """Return the cells of a table's body by row and grid column, from 0."""
    rows = enumerate(table.placed_body)
    return {(row, column): cell for row, cells in rows for column, cell in cells}


def _total_fault(cell: Cell, inputs: tuple[Input, ...], grid: _Grid, numbers: NumberStyle) -> str:
    """Return what a total should be; "" if what is printed may be the sum of the inputs."""
    addends = [_figure(one, grid) for one in inputs]
    known = [one for one in addends if one is not None]
    total = printed_number(cell.text)
    if total is None and not known:
        return ""
    lost = len(addends) - len(known)
    if total is not None and not lost and may_be_total(total, known, cell.decimals):
        return ""
    added = print_number(sum(known, Decimal(0)), cell.decimals, numbers)
    return f"{added} (доданків без числа: {lost})" if lost else added


def _formula_fault(cell: Cell, origin: Computed, grid: _Grid, numbers: NumberStyle) -> str:
    """Return what a formula should give; "" if it may give what is printed."""
    ranges: dict[str, Range] = {}
    for name, source in origin.inputs.items():
        figure = _figure(source, grid)
        if figure is None:
            return "" if cell.text == origin.zero else f"«{origin.zero}»"
        half = _half(grid[source.row, source.column]) if isinstance(source, Reference) else 0
        ranges[name] = Range(figure - half, figure + half)
    try:
        result = _evaluated(origin.expression, ranges)
    except ZeroDivisionError:
        return "" if cell.text == origin.zero else f"«{origin.zero}»"
    printed = printed_number(cell.text)
    if result is None:  # something may be divided by nought: nothing can be said
        return ""
    if printed is None:
        return _told(result, cell, numbers)
    half = _half(cell)
    fits = result.least <= printed + half and printed - half <= result.most
    return "" if fits else _told(result, cell, numbers)


def _figure(source: Input, grid: _Grid) -> Decimal | None:
    """Return the figure that is printed for an input, or the one that no cell shows."""
    if isinstance(source, Reference):
        cell = grid.get((source.row, source.column))
        return None if cell is None else printed_number(cell.text)
    return source.value


def _half(cell: Cell) -> Decimal:
    """Return half a unit of a printed figure's last place."""
    return Decimal(5).scaleb(-cell.decimals - 1)


def _evaluated(expression: Expression, ranges: Mapping[str, Range]) -> Range | None:
    """Return all that an expression may come to; ``None`` where nothing can be said.

    Raises:
        ZeroDivisionError: where something is surely divided by nought.
    """
    match expression:
        case Number(value):
            return Range(value, value)
        case Name(name):
            return ranges.get(name)
        case Binary(operator, one, other):
            left, right = _evaluated(one, ranges), _evaluated(other, ranges)
            if left is None or right is None:
                return None
            return _applied(operator, left, right)


def _applied(operator: str, left: Range, right: Range) -> Range | None:
    if operator == "+":
        return Range(left.least + right.least, left.most + right.most)
    if operator == "-":
        return Range(left.least - right.most, left.most - right.least)
    if operator == "/":
        if not right.least and not right.most:
            raise ZeroDivisionError
        if right.least <= 0 <= right.most:
            return None
        right = Range(1 / right.most, 1 / right.least)
    ends = [one * other for one in left for other in right]
    return Range(min(ends), max(ends))


def _told(result: Range, cell: Cell, numbers: NumberStyle) -> str:
    ends = [print_number(one, cell.decimals, numbers) for one in result]
    return ends[0] if ends[0] == ends[1] else f"від {ends[0]} до {ends[1]}"
