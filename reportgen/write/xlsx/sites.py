"""Where a table's cells lie on the sheet, and what their figures are made of."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from reportgen.document.blocks import Cell
from reportgen.document.origin import Computed, Input, Known, Sum
from reportgen.write.xlsx.area import Area
from reportgen.write.xlsx.boxes import Content, Live
from reportgen.write.xlsx.formulas import Operand, computed_formula, sum_formula
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
            return source.value
        cell = self.body.get((source.row, source.column), Cell())
        return self.area(self.header + source.row, source.column, cell)

    def is_doubtful(self, source: Input) -> bool:
        """Tell whether an input is a cell that has no figure, or may lose it by an edit."""
        if isinstance(source, Known):
            return False
        cell = self.body.get((source.row, source.column), Cell())
        return cell.value is None or isinstance(cell.origin, Computed)


def content(cell: Cell, sites: Sites) -> Content:
    """Return what the sheet holds for a cell: a text, a figure, or a formula with its figure."""
    if cell.value is None and cell.marked:
        return shown(cell.marked)
    value = cell.text if cell.value is None else float(cell.value)
    formula = None
    match cell.origin:
        case Sum(inputs) if cell.value is not None:
            addends = (sites.operand(one) for one in inputs)
            formula = sum_formula([one for one in addends if one is not None])
        case Computed(expression, inputs, decimals, zero):
            found = {name: sites.operand(one) for name, one in inputs.items()}
            operands = {name: one for name, one in found.items() if one is not None}
            if len(operands) < len(found):  # a figure that neither content nor the sheet has
                return value
            doubtful = {name for name, one in inputs.items() if sites.is_doubtful(one)}
            formula = computed_formula(expression, operands, decimals, zero, doubtful)
    return Live(formula, value) if formula else value
