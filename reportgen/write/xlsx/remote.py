"""Cells of other sheets that show the amounts a figure is made of."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from reportgen.document.blocks import Document
from reportgen.document.origin import Elsewhere, Known, Origin, Sum
from reportgen.document.shown import ShownAmounts
from reportgen.write.xlsx.area import Area
from reportgen.write.xlsx.formulas import Operand, Scaled

#: The areas of a table's body cells, by body row and grid column.
Places: TypeAlias = Mapping[tuple[int, int], Area]


@dataclass(frozen=True, slots=True)
class Remote:
    """What other sheets show; ``places`` are those of each sheet's tables."""

    amounts: ShownAmounts
    sheets: Sequence[str]
    places: Sequence[Sequence[Places]]

    def operand(self, figure: Elsewhere) -> Scaled | None:
        """Return what stands for a figure in a formula, if a cell shows anything of it."""
        share = self.amounts.of(figure)
        if not share.spots:
            return None
        operands: list[Operand] = [
            self.places[one.document][one.table][one.row, one.column]._replace(
                sheet=self.sheets[one.document]
            )
            for one in share.spots
        ]
        if share.rest:
            operands.append(share.rest)
        return Scaled(tuple(operands), figure.power)

    def has_figures_of(self, document: Document) -> bool:
        """Tell whether a document has figures that these sheets show."""
        origins = (
            cell.origin for table in document.tables for row in table.body for cell in row.cells
        )
        return any(map(_comes_from_elsewhere, origins))


def _comes_from_elsewhere(origin: Origin | None) -> bool:
    match origin:
        case Elsewhere():
            return True
        case Sum(inputs):
            known = (one.origin for one in inputs if isinstance(one, Known))
            return any(map(_comes_from_elsewhere, known))
    return False
