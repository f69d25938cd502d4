"""Where a table's cells lie on the sheet, and what their figures are made of."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from reportgen.document.blocks import Cell
from reportgen.document.origin import Computed, Elsewhere, Input, Known, Origin, Sum
from reportgen.write.xlsx.area import Area
from reportgen.write.xlsx.boxes import Addend, Content, Live, Long
from reportgen.write.xlsx.formulas import (
    Operand,
    Scaled,
    computed_formula,
    scaled_formula,
    sum_formula,
)
from reportgen.write.xlsx.remote import Places, Remote
from reportgen.write.xlsx.rich import shown


@dataclass(frozen=True, slots=True)
class Sites:
    """The sheet rows and columns of a table.

    ``tops`` and ``lefts`` hold the first sheet row of each of the table's rows and the first sheet
    column of each of its columns, and then the one after the last.
    """

    tops: Sequence[int]
    lefts: Sequence[int]
    header: int  # rows of the table above its body
    body: Mapping[tuple[int, int], Cell]  # by body row and grid column
    remote: Remote | None = None  # the sheets that its figures add up, if they are at hand

    @property
    def places(self) -> Places:
        """The areas of the body's cells."""
        return {
            (row, column): self.area(self.header + row, column, cell)
            for (row, column), cell in self.body.items()
        }

    def area(self, row: int, column: int, cell: Cell) -> Area:
        """Return the area of a cell, ``row`` counted from the first header row."""
        return Area(
            self.tops[row],
            self.lefts[column],
            self.tops[row + cell.rows] - 1,
            self.lefts[column + cell.columns] - 1,
        )

    def operand(self, source: Input) -> Operand | None:
        """Return what stands for an input in a formula, if anything can."""
        if isinstance(source, Known):
            return self.gathered(source.origin) or source.value
        cell = self.body.get((source.row, source.column), Cell())
        return self.area(self.header + source.row, source.column, cell)

    def gathered(self, origin: Origin | None) -> Scaled | None:
        """Return the cells of other sheets that a figure comes from, if there are any."""
        return (
            self.remote.operand(origin) if self.remote and isinstance(origin, Elsewhere) else None
        )

    def is_doubtful(self, source: Input) -> bool:
        """Tell whether an input is a cell that has no figure, or may lose it by an edit."""
        if isinstance(source, Known):
            return False
        cell = self.body.get((source.row, source.column), Cell())
        return cell.value is None or isinstance(cell.origin, Computed)


def _long(cell: Cell, inputs: Sequence[Input], sites: Sites) -> Content:
    """Return a sum that no formula can hold: by its addends, if each comes from another sheet."""
    value = float(cell.value or 0)
    known = [one for one in inputs if isinstance(one, Known) and one.value is not None]
    if len(known) < len(inputs) or not sites.remote:
        return value
    return Long(tuple(_addend(one, sites) for one in known), value)


def _addend(known: Known, sites: Sites) -> Addend:
    found = sites.gathered(known.origin)
    value = known.value or Decimal(0)
    return Addend(found.sheet if found else "", value, scaled_formula(found) if found else None)


def content(cell: Cell, sites: Sites) -> Content:
    """Return what the sheet holds for a cell: a text, a figure, or a formula with its figure."""
    if cell.value is None and cell.marked:
        return shown(cell.marked)
    value = cell.text if cell.value is None else float(cell.value)
    formula = None
    match cell.origin:
        case Elsewhere() if cell.value is not None and (found := sites.gathered(cell.origin)):
            formula = scaled_formula(found)
        case Sum(inputs) as added:
            addends = (sites.operand(one) for one in added.cells)
            operands = [one for one in addends if one is not None]
            formula = sum_formula(operands, cell.text if cell.value is None else None)
            if cell.value is not None and operands and not formula:
                return _long(cell, inputs, sites)
        case Computed(expression, inputs, decimals, zero):
            known = {name: sites.operand(one) for name, one in inputs.items()}
            named = {name: one for name, one in known.items() if one is not None}
            if len(named) < len(known):  # a figure that neither content nor the sheet has
                return value
            doubtful = {name for name, one in inputs.items() if sites.is_doubtful(one)}
            formula = computed_formula(expression, named, decimals, zero, doubtful)
    return Live(formula, value) if formula else value
