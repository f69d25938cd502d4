"""The figures of one table: rows in the order of the outline, and totals.

Nothing is rounded but what a formula rounds; money is added exactly and rounded where it is
printed. Rows that do not count (the parts of a measure, «в т.ч.») never enter a total.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from reportgen.compute.evaluate import evaluate
from reportgen.model.form import Column, Kind, Level, Shown, Split, TableSection, Total
from reportgen.model.formula import names
from reportgen.model.programme import (
    Amount,
    Declared,
    Entry,
    Item,
    PeriodReport,
    Programme,
    Status,
    Value,
)


@dataclass(frozen=True, slots=True)
class Line:
    """One row: its item, the levels above it, what content gives, and its figures by column id.

    ``name`` is how content calls it: its key, and for a part its row's key and its own.
    A figure is ``None`` where a formula divides by zero or an amount is not given. Where the table
    is split by funding source, an item has one line for each ``split``, and the first holds the
    cells that they share.
    """

    item: Item
    name: str
    level: Level
    above: tuple[Item, ...]  # the items that hold it, from the outermost
    values: Mapping[str, Value]
    figures: Mapping[str, Decimal | None]
    decimals: Mapping[str, int]  # places that figures are printed with, by column id
    status: Status | None
    split: Split | None = None


@dataclass(frozen=True, slots=True)
class TotalLine:
    """One total: what it adds and what it comes to.

    ``addends`` gives, for each money column, the rows that enter it (by index into ``added``) with
    the part of their amount that does: all of it, or that of the total's funds. Without an addend
    the figure is ``None``: there was nothing of the kind. ``awaited`` are the rows that would enter
    and whose amount is not given.
    """

    total: Total
    group: Item | None  # the item whose rows it adds; ``None`` for the whole programme
    addends: Mapping[str, tuple[tuple[int, Decimal], ...]]
    figures: Mapping[str, Decimal | None]
    decimals: Mapping[str, int]  # places that figures are printed with, by column id
    awaited: Mapping[str, tuple[int, ...]]


@dataclass(frozen=True, slots=True)
class Figures:
    """All rows of a table, and its totals in the form's order, inner groups first.

    A summary has no rows: its totals add the ``lines_elsewhere``, those of another table.
    """

    lines: tuple[Line, ...]
    totals: tuple[TotalLine, ...]
    lines_elsewhere: tuple[Line, ...] = ()

    @property
    def added(self) -> tuple[Line, ...]:
        """The lines that addends are counted in."""
        return self.lines_elsewhere or self.lines


def compute(programme: Programme, period: PeriodReport, table: TableSection) -> Figures:
    """Return the figures of a table that was loaded and checked without errors."""
    lines = tuple(_lines(programme, period, table))
    return Figures(lines, tuple(_totals(programme.items(table.id), lines, table)))


def summarise(summary: TableSection, lines: tuple[Line, ...]) -> Figures:
    """Return the figures of a summary: its totals over the lines of another table."""
    return Figures((), tuple(_totals((), lines, summary)), lines)


def _lines(programme: Programme, period: PeriodReport, table: TableSection) -> Iterator[Line]:
    for item in programme.outlines[table.id]:
        yield from _below(item, (), period.entries[table.id], table)


def _below(
    item: Item, above: tuple[Item, ...], entries: Mapping[str, Entry], table: TableSection
) -> Iterator[Line]:
    level = table.level(item.level)
    if level.shown is Shown.ROW:
        entry = entries.get(item.key)
        given = entry.values if entry else {}
        entries = entry.parts if entry else {}
        values = {**item.values, **given}
        decimals = _decimals(values, table.fields)
        name = _name(item, above, table)
        for split in table.splits or (None,):
            figures = figures_of(values, table.fields, split.funds if split else (), decimals)
            status = entry.status if entry else None
            yield Line(item, name, level, above, values, figures, decimals, status, split)
    for child in item.children:
        yield from _below(child, (*above, item), entries, table)


def _name(item: Item, above: tuple[Item, ...], table: TableSection) -> str:
    """Return how content calls a row; what all keys of a group begin with is said once."""
    if not above or table.level(above[-1].level).shown is not Shown.ROW:
        return item.key
    groups = (one for one in reversed(above) if table.level(one.level).restarts)
    inside = next((f"{one.key}/" for one in groups), "")
    return f"{above[-1].key}/{item.key.removeprefix(inside)}"


def _decimals(values: Mapping[str, Value], columns: Iterable[Column]) -> dict[str, int]:
    """Return the places of each column: quantities of a row have those that are typed, all alike.

    A column of programmes or money keeps the places that its amount is typed with.
    """
    columns = tuple(columns)
    numbers = [one.id for one in columns if one.kind is Kind.NUMBER]
    typed = max((_places(values.get(one)) for one in numbers), default=0)
    places: dict[str, int] = {}
    for column in columns:
        if column.kind is Kind.NUMBER:
            places[column.id] = typed
        elif column.kind is Kind.FUNDING:
            places[column.id] = max(column.decimals, _places(values.get(column.id)))
        else:
            places[column.id] = column.decimals
    return places


def _places(value: Value | None) -> int:
    if not isinstance(value, Amount):
        return 0
    exponent = value.value.as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def figures_of(
    values: Mapping[str, Value],
    columns: Iterable[Column],
    funds: tuple[str, ...],
    decimals: Mapping[str, int],
) -> dict[str, Decimal | None]:
    """Return a row's figures by column id: amounts of these funds, formulas, what is declared."""
    figures: dict[str, Decimal | None] = {}
    for column in _in_order(columns):
        value = values.get(column.share.column if column.share else column.id)
        if isinstance(value, Declared):
            figures[column.id] = value.value
        elif column.formula:
            figures[column.id] = evaluate(column.formula, figures, decimals[column.id])
        elif isinstance(value, Amount) and column.kind is Kind.NUMBER:
            figures[column.id] = value.value
        elif isinstance(value, Amount):
            figures[column.id] = value.of(funds, column.share.funds if column.share else ())
        else:
            figures[column.id] = None
    return figures


def _in_order(columns: Iterable[Column]) -> list[Column]:
    """Return the columns of figures, each after those that its formula uses."""
    waiting = [one for one in columns if one.kind.is_figure]
    ordered: list[Column] = []
    while waiting:
        known = {column.id for column in ordered}
        ready = [
            one for one in waiting if one.formula is None or known.issuperset(names(one.formula))
        ]
        ordered += ready
        waiting = [one for one in waiting if one not in ready]
    return ordered


def _totals(
    items: Iterable[Item], lines: tuple[Line, ...], table: TableSection
) -> Iterator[TotalLine]:
    items = tuple(items)
    for total in table.totals:
        if not total.level:
            yield _total(total, None, lines, table)
            continue
        for item in items:
            if item.level == total.level:
                yield _total(total, item, lines, table)


def _total(
    total: Total, group: Item | None, lines: tuple[Line, ...], table: TableSection
) -> TotalLine:
    figures: dict[str, Decimal | None] = {}
    addends: dict[str, tuple[tuple[int, Decimal], ...]] = {}
    awaited: dict[str, tuple[int, ...]] = {}
    decimals: dict[str, int] = {}
    split = _split_of(total, lines)
    for column in _in_order(one for one in table.fields if one.id in total.columns):
        decimals[column.id] = _total_places(column, lines)
        if column.formula:
            figures[column.id] = evaluate(column.formula, figures, decimals[column.id])
            continue
        counting = tuple(_counting(column, total, group, lines, split))
        entering = tuple((index, amount) for index, amount in counting if amount is not None)
        addends[column.id] = entering
        awaited[column.id] = tuple(index for index, amount in counting if amount is None)
        values = [amount for _, amount in entering]
        figures[column.id] = sum(values, Decimal(0)) if values else None
    return TotalLine(total, group, addends, figures, decimals, awaited)


def _total_places(column: Column, lines: tuple[Line, ...]) -> int:
    """Return the places of a total: quantities have the most that any row of theirs has."""
    if column.kind is not Kind.NUMBER:
        return column.decimals
    return max((line.decimals.get(column.id, 0) for line in lines), default=0)


def _split_of(total: Total, lines: tuple[Line, ...]) -> Split | None:
    """Return which of an item's lines a total adds: its own source's, if there is one."""
    splits = list(dict.fromkeys(line.split for line in lines if line.split))
    same = (one for one in splits if set(one.funds) == set(total.funds))
    return next(same, splits[0] if splits else None)


def _counting(
    column: Column,
    total: Total,
    group: Item | None,
    lines: tuple[Line, ...],
    split: Split | None,
) -> Iterator[tuple[int, Decimal | None]]:
    """Yield (line, amount) of every row that enters a total's column, or would with an amount."""
    base = column.share.column if column.share else column.id
    own = column.share.funds if column.share else ()
    for index, line in enumerate(lines):
        value = line.values.get(base)
        inside = group is None or any(item is group for item in line.above)
        if line.split == split and line.level.counts and inside:
            yield index, value.of(total.funds, own) if isinstance(value, Amount) else None
