"""Where the figures of a table's rows come from: typed at a place, or made from other figures."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from reportgen.compute.figures import Figures, Line, TotalLine
from reportgen.document.blocks import RowName
from reportgen.document.origin import (
    ByFund,
    Computed,
    Input,
    Known,
    Origin,
    Override,
    Reference,
    Sum,
)
from reportgen.document.slots import Slots
from reportgen.model.council import Fund
from reportgen.model.form import Column, TableSection
from reportgen.model.formula import Expression, names
from reportgen.model.programme import Amount, Declared, Item


def name_of(content: Item | Line | TotalLine) -> RowName:
    """Return how content calls a row."""
    match content:
        case Item(key=key):
            return RowName(key)
        case Line(name=key, split=split):
            return RowName(key, split.label, split.funds) if split else RowName(key)
        case TotalLine(total, group):
            return RowName(group.key if group else "", total.label, total.funds)


class Tracing:
    """Knows where each line and column of a table lies in its grid."""

    def __init__(
        self, figures: Figures, table: TableSection, slots: Slots, funds: Mapping[str, Fund]
    ) -> None:
        self._added = figures.added
        self._table = table
        self._slots = slots
        self._funds = funds
        self._fields = {column.id: column for column in table.fields}
        self._column = {column.id: index for index, column in enumerate(table.columns)}
        self._row_of_line = {
            id(slot.content): row
            for row, slot in enumerate(slots)
            if isinstance(slot.content, Line)
        }
        self._unseen: dict[int, dict[str, Known]] = {}

    def of_line(self, row: int, line: Line, column: Column) -> Origin:
        """Return where a figure of a line comes from."""
        given = line.values.get(column.id)
        if column.formula:
            computed = self._computed(row, column, column.formula, line.decimals[column.id])
            if isinstance(given, Declared):
                return Override(given.place or given.span, given.reason, computed)
            return computed
        amount = line.values.get(_base(column))
        if not isinstance(amount, Amount):
            return amount.span if amount else line.item.span
        own = column.share.funds if column.share else ()
        split = line.split.funds if line.split else ()
        return self._shares(row, line, column, amount) or self._typed(amount, split, own)

    def of_total(self, row: int, total: TotalLine, column: Column) -> Origin:
        """Return where a figure of a total comes from."""
        if column.formula:
            return self._computed(row, column, column.formula, total.decimals[column.id])
        addends = total.addends[column.id]
        return Sum(tuple(self._addend(self._added[at], one, column, total) for at, one in addends))

    def _typed(self, amount: Amount, *filters: tuple[str, ...]) -> Origin:
        """Return where an amount is typed, or the part of it that is of certain funds."""
        parts = tuple(
            Known(
                self._funds[fund].name if fund in self._funds else fund, part, amount.places[fund]
            )
            for fund, part in amount.funds.items()
            if fund in amount.places and all(fund in one for one in filters if one)
        )
        match parts:
            case ():
                return amount.span
            case (one,):
                return one.origin
        return ByFund(parts)

    def _shares(self, row: int, line: Line, column: Column, amount: Amount) -> Sum | None:
        """Return the sum of the cells that show an amount by fund, if they show all of it."""
        base = _base(column)
        if line.split or not amount.funds or (column.share and column.share.funds):
            return None
        parts = [
            one
            for one in self._table.columns
            if one.share and one.share.column == base and one.share.funds
        ]
        funds = [fund for one in parts if one.share for fund in one.share.funds]
        if len(funds) != len(set(funds)) or not set(funds) >= set(amount.funds):
            return None
        shown = (one for one in parts if line.figures[one.id] is not None)
        return Sum(tuple(self._reference(row, one.id) for one in shown))

    def _computed(
        self, row: int, column: Column, expression: Expression, decimals: int
    ) -> Computed:
        inputs = {name: self._input(row, name) for name in names(expression)}
        return Computed(expression, inputs, decimals, column.zero)

    def _input(self, row: int, column_id: str) -> Input:
        """Return a figure of the same row: its cell, or what is known of a hidden column."""
        if column_id in self._column:
            return self._reference(row, column_id)
        if row not in self._unseen:
            self._see(row)
        return self._unseen[row][column_id]

    def _see(self, row: int) -> None:
        """Get to know a row's hidden columns, each after those that its formula uses."""
        unseen = self._unseen[row] = {}
        content = self._slots[row].content
        if isinstance(content, Item):  # a band has no figures
            return
        for column_id, value in content.figures.items():
            if column_id not in self._column:
                unseen[column_id] = Known(column_id, value, self._of(row, content, column_id))

    def _of(self, row: int, content: Line | TotalLine, column_id: str) -> Origin:
        column = self._fields[column_id]
        if isinstance(content, Line):
            return self.of_line(row, content, column)
        return self.of_total(row, content, column)

    def _addend(self, line: Line, amount: Decimal, column: Column, total: TotalLine) -> Input:
        """Return the cell that shows an amount, or what is known where no cell of this table does.

        A total of some funds adds parts of amounts; a summary's rows lie in another table.
        """
        row = self._row_of_line.get(id(line))
        if row is not None and column.id in self._column and line.figures[column.id] == amount:
            return self._reference(row, column.id)
        given = line.values[_base(column)]
        own = column.share.funds if column.share else ()
        typed = (
            self._typed(given, total.total.funds, own) if isinstance(given, Amount) else given.span
        )
        return Known(str(name_of(line)), amount, typed)

    def _reference(self, row: int, column_id: str) -> Reference:
        """Return the place of a figure; what an item's lines share stands in the first of them."""
        index = self._column[column_id]
        line = self._slots[row].content
        if isinstance(line, Line) and line.split and not self._table.columns[index].is_split:
            row -= self._table.splits.index(line.split)
        return Reference(row, index)


def _base(column: Column) -> str:
    """Return the column that content gives a column's money under."""
    return column.share.column if column.share else column.id
