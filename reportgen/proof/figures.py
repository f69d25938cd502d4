"""The live formulas of a sheet against the document: what they are made of, and what they give."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet

from reportgen.document.blocks import Cell, Table
from reportgen.document.origin import Computed, Input, Reference, Sum
from reportgen.model.formula import names
from reportgen.proof.difference import Difference
from reportgen.proof.excel import Found, Sheet
from reportgen.proof.formula_text import parsed
from reportgen.proof.formulas import FormulaError, Node, Place, Value, areas, evaluated, functions

_RELATIVE, _ABSOLUTE = 1e-12, 1e-9  # a spreadsheet keeps sixteen digits
_MOST_PLACES = 100_000  # of an area: a column of the longest report takes a hundredth of it
_MOST_ADDENDS = 500  # that surely find room in a cell: a formula has 8,192 characters


def compare_formulas(
    file: str, found: Sequence[Found], table: Table, sheet: Sheet
) -> Iterator[Difference]:
    """Yield where a cell lacks its formula, or it is made of other cells or gives another figure.

    Tables that are not built alike are told of elsewhere.
    """
    header = len(table.header)
    placed = table.placed_header + table.placed_body
    cells = [
        (row - header, column, cell) for row, each in enumerate(placed) for column, cell in each
    ]
    if [(one.row - header, one.column) for one in found] != [one[:2] for one in cells]:
        return
    corners = {(one.row - header, one.column): one.corner for one in found}
    # As the model has them: a cell that holds something else is told of once, not in every total.
    held: dict[Place, Value] = {
        one.corner: cell.text if cell.value is None else cell.value
        for one, (_, _, cell) in zip(found, cells, strict=True)
    }
    for one, (_, _, cell) in zip(found, cells, strict=True):
        formula = sheet.formula(*one.corner)
        inputs = _inputs(cell)
        named = {
            corners.get((each.row, each.column)) for each in inputs if isinstance(each, Reference)
        }
        message = _fault(formula, cell, len(inputs), named, held)
        if message:
            yield Difference(file, one.address, cell.text, f"={formula or ''}", message)


def _fault(
    formula: str | None,
    cell: Cell,
    inputs: int,
    named: AbstractSet[Place | None],
    held: Mapping[Place, Value],
) -> str:
    """Return what is wrong with a formula of so many inputs that should name these places."""
    if formula is None:
        return "немає формули, хоча число обчислюється" if 0 < inputs <= _MOST_ADDENDS else ""
    if not inputs:
        return "формула там, де число вписано"
    try:
        node = parsed(formula)
        if _used(node, named, held) != named:
            return "формула рахує не з тих клітинок"
        if isinstance(cell.origin, Sum) and not functions(node) <= _allowed(cell):
            return "формула не є сумою"
        result = evaluated(node, lambda place: held.get(place, ""))
    except FormulaError:
        return "формула не така, як у звітах, або не має значення"
    return "" if _agrees(result, cell) else f"формула дає {result}, у моделі {cell.text}"


def _allowed(cell: Cell) -> AbstractSet[str]:
    """Return what a sum may be written with; one of nothing yet says so until there is a figure."""
    return {"SUM"} if cell.value is not None else {"SUM", "IF", "COUNT", "="}


def _inputs(cell: Cell) -> Sequence[Input]:
    """Return what a cell's formula is made of; nothing where it needs none."""
    match cell.origin:
        case Sum() as added:
            cells = added.cells
            return [one for one in cells if isinstance(one, Reference) or one.value is not None]
        case Computed(expression, inputs):
            used = [inputs[name] for name in names(expression)]
            every = inputs.values()
            known = all(isinstance(one, Reference) or one.value is not None for one in every)
            return used if known else []
    return []


def _used(node: Node, named: AbstractSet[Place | None], held: Mapping[Place, Value]) -> set[Place]:
    """Return the places that a formula names.

    Of areas, what holds nothing in merged cells and what lies outside of the table is left out:
    that is told of elsewhere.
    """
    used: set[Place] = set()
    for area in areas(node):
        if area.first == area.last:
            used.add(area.first)
        elif area.size() > _MOST_PLACES:
            raise FormulaError
        else:
            used.update(one for one in area.places() if one in named or held.get(one, "") != "")
    return used


def _agrees(result: Value, cell: Cell) -> bool:
    if isinstance(result, str) or cell.value is None:
        return cell.value is None and result == cell.text
    return math.isclose(result, cell.value, rel_tol=_RELATIVE, abs_tol=_ABSOLUTE)
