"""What the rows of one sheet share: where its columns and the rows of other sheets stand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from reportgen.entry.cells import Content, Live
from reportgen.entry.columns import Role, SheetColumn
from reportgen.entry.frames import LEFT
from reportgen.entry.questions import Address, Asked, Question
from reportgen.entry.rows import Path
from reportgen.entry.sheets import TableSheet
from reportgen.entry.words import Vocabulary
from reportgen.model.form import Column, Kind
from reportgen.model.formula import divisors, names
from reportgen.model.programme import Value
from reportgen.model.report import Report
from reportgen.write.fonts import Typeface
from reportgen.write.xlsx.area import Area
from reportgen.write.xlsx.formulas import Operand, computed_formula

_EXACT = 6  # places that differences of quantities are rounded to, whatever a clerk types


@dataclass(frozen=True, slots=True)
class Setting:
    """What all sheets of a form share."""

    report: Report
    earlier: Mapping[tuple[Path, str], Value]  # of the last period, by row and key
    questions: Mapping[Address, Question]
    words: Mapping[Asked, Vocabulary]
    sites: Mapping[tuple[str, Path], int]  # where a row stands, by sheet and row
    names: Mapping[str, str]  # of sheets, by key
    typeface: Typeface | None


@dataclass(frozen=True, slots=True)
class Ground:
    """One sheet of a table. ``operands`` give the column of each figure that a formula names."""

    sheet: TableSheet
    setting: Setting
    operands: Mapping[str, str]

    def at(self, key: str) -> int:
        """Return where a column stands."""
        return LEFT + [one.key for one in self.sheet.columns].index(key)

    def entered(self, row: int, base: str, funds: Sequence[str]) -> list[Area]:
        """Return the cells of a row in which an amount is entered, of these funds."""
        return [
            Area(row, LEFT + index, row, LEFT + index)
            for index, one in enumerate(self.sheet.columns)
            if one.role is Role.ENTERED and base_of(one) == base and one.fund in funds
        ]

    def formula(
        self,
        row: int,
        column: Column,
        figures: Mapping[str, Decimal | None],
        figure: Decimal | None,
        decimals: int,
    ) -> Content:
        """Return a computed figure as a live formula; its value where no cell shows what it uses.

        Where an amount is not entered yet there is no figure, and the cell says so.
        """
        cached: Decimal | str = column.zero if figure is None else figure
        if column.formula is None:
            return cached
        inputs: dict[str, Operand] = {}
        for name in names(column.formula):
            value = figures.get(name)
            if name in self.operands:
                at = self.at(self.operands[name])
                inputs[name] = Area(row, at, row, at)
            elif value is not None:
                inputs[name] = value
            else:
                return cached
        if column.kind is Kind.NUMBER and not [*divisors(column.formula)]:
            decimals = max(decimals, _EXACT)
        doubtful = [name for name in inputs if name in self.operands]
        return Live(
            computed_formula(column.formula, inputs, decimals, column.zero, doubtful), cached
        )


def base_of(column: SheetColumn) -> str:
    """Return the field of content whose money a column shows; "" where it shows none."""
    own = column.column
    if own is None:
        return ""
    return own.share.column if own.share else own.id
