"""Where the figures of a table's rows come from: typed at a place, or made from other figures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
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
from reportgen.model.programme import Amount, Declared, Item, Value


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
        self._given: dict[str, list[Value]] = {}

    def of_line(self, row: int, line: Line, column: Column) -> Origin:
        """Return where a figure of a line comes from."""
        given = line.values.get(column.id)
        if column.formula:
            computed = self._computed(row, column, column.formula, line.decimals[column.id])
            if isinstance(given, Declared):
                return Override(given.place or given.span, given.reason, computed)
            return computed
        if shares := self._shares(row, line, column):
            return shares
        amount = line.values.get(_base(column))
        if not isinstance(amount, Amount):
            return amount.span if amount else line.item.span
        own = column.share.funds if column.share else ()
        split = line.split.funds if line.split else ()
        return self._typed(amount, split, own)

    def of_total(self, row: int, total: TotalLine, column: Column) -> Origin:
        """Return where a figure of a total comes from."""
        if column.formula:
            return self._computed(row, column, column.formula, total.decimals[column.id])
        addends = total.addends[column.id]
        inputs = tuple(self._addend(self._added[at], one, column, total) for at, one in addends)
        lines = (self._added[at] for at in total.awaited[column.id])
        awaited = (self._awaited(one, column, total) for one in lines)
        return Sum(inputs, tuple(one for one in awaited if one))

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

    def _shares(self, row: int, line: Line, column: Column) -> Sum | None:
        """Return the sum of the cells that show an amount by fund, if they show all of it.

        An amount that is not given is awaited by fund if all others of its column are shown so.
        """
        parts = self._parts(_base(column))
        if line.split or not parts or (column.share and column.share.funds):
            return None
        shown = tuple(one for part in parts if part.share for one in part.share.funds)
        amount = line.values.get(_base(column))
        if not _are_of(shown, [amount] if amount else self._amounts(_base(column))):
            return None
        cells = [(self._reference(row, one.id), line.figures[one.id]) for one in parts]
        return Sum(
            tuple(cell for cell, value in cells if value is not None),
            tuple(cell for cell, value in cells if value is None),
        )

    def _parts(self, base: str) -> list[Column]:
        """Return the columns that show amounts by fund, none of them twice."""
        parts = [
            one
            for one in self._table.columns
            if one.share and one.share.column == base and one.share.funds
        ]
        funds = [fund for one in parts if one.share for fund in one.share.funds]
        return parts if len(funds) == len(set(funds)) else []

    def _amounts(self, base: str) -> list[Value]:
        """Return what content gives of a column, whatever the row."""
        if base not in self._given:
            given = (line.values.get(base) for line in self._added)
            self._given[base] = [one for one in given if one]
        return self._given[base]

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

    def _awaited(self, line: Line, column: Column, total: TotalLine) -> Reference | None:
        """Return the empty cell of an amount that a total adds, if all would be of its funds.

        Nobody knows whose an amount will be that stands in a cell of several funds; it is taken
        for one of those that all other amounts of its column are of.
        """
        row = self._row_of_line.get(id(line))
        if row is None or column.id not in self._column or line.figures[column.id] is not None:
            return None
        funds = total.total.funds
        owns = (
            column.share.funds if column.share else (),
            line.split.funds if line.split else (),
        )
        is_own = (
            not funds
            or any(own and set(own) <= set(funds) for own in owns)
            or _are_of(funds, self._amounts(_base(column)))
        )
        return self._reference(row, column.id) if is_own else None

    def _reference(self, row: int, column_id: str) -> Reference:
        """Return the place of a figure; what an item's lines share stands in the first of them."""
        index = self._column[column_id]
        line = self._slots[row].content
        if isinstance(line, Line) and line.split and not self._table.columns[index].is_split:
            row -= self._table.splits.index(line.split)
        return Reference(row, index)


def _are_of(funds: tuple[str, ...], values: Sequence[Value]) -> bool:
    """Tell whether there are amounts, and all of them name these funds alone."""
    return bool(values) and all(
        isinstance(one, Amount) and one.funds and one.funds.keys() <= set(funds) for one in values
    )


def _base(column: Column) -> str:
    """Return the column that content gives a column's money under."""
    return column.share.column if column.share else column.id
