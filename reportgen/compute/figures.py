"""The figures of one report: rows in the order of the outline, and totals.

Nothing is rounded but what a formula rounds; money is added exactly and rounded where it is
printed. Rows that do not count (the parts of a measure, «в т.ч.») never enter a total.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from reportgen.compute.evaluate import evaluate
from reportgen.model.form import Column, Form, Kind, Level, Shown, Total
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

    A figure is ``None`` where a formula divides by zero or an amount is not given.
    """

    item: Item
    level: Level
    above: tuple[Item, ...]  # the items that hold it, from the outermost
    values: Mapping[str, Value]
    figures: Mapping[str, Decimal | None]
    status: Status | None


@dataclass(frozen=True, slots=True)
class TotalLine:
    """One total: what it adds and what it comes to.

    ``addends`` gives, for each money column, the rows that enter it (by index into the lines) with
    the part of their amount that does: all of it, or that of the total's funds. Without an addend
    the figure is ``None``: there was nothing of the kind.
    """

    total: Total
    group: Item | None  # the item whose rows it adds; ``None`` for the whole programme
    addends: Mapping[str, tuple[tuple[int, Decimal], ...]]
    figures: Mapping[str, Decimal | None]


@dataclass(frozen=True, slots=True)
class Figures:
    """All rows of a report, and its totals in the form's order, inner groups first."""

    lines: tuple[Line, ...]
    totals: tuple[TotalLine, ...]


def compute(programme: Programme, period: PeriodReport, form: Form) -> Figures:
    """Return the figures of a report that was loaded and checked without errors."""
    lines = tuple(_lines(programme, period, form))
    totals = tuple(_totals(programme, lines, form))
    return Figures(lines, totals)


def _lines(programme: Programme, period: PeriodReport, form: Form) -> Iterator[Line]:
    for item in programme.outline:
        yield from _below(item, (), period.entries, form)


def _below(
    item: Item, above: tuple[Item, ...], entries: Mapping[str, Entry], form: Form
) -> Iterator[Line]:
    level = form.level(item.level)
    if level.shown is Shown.ROW:
        entry = entries.get(item.key)
        given = entry.values if entry else {}
        entries = entry.parts if entry else {}
        values = {**item.values, **given}
        figures = _figures(values, form.columns)
        yield Line(item, level, above, values, figures, entry.status if entry else None)
    for child in item.children:
        yield from _below(child, (*above, item), entries, form)


def _figures(values: Mapping[str, Value], columns: Iterable[Column]) -> dict[str, Decimal | None]:
    figures: dict[str, Decimal | None] = {}
    for column in _in_order(columns):
        value = values.get(column.id)
        if isinstance(value, Declared):
            figures[column.id] = value.value
        elif column.formula:
            figures[column.id] = evaluate(column.formula, figures, column.decimals)
        else:
            figures[column.id] = value.value if isinstance(value, Amount) else None
    return figures


def _in_order(columns: Iterable[Column]) -> list[Column]:
    """Return the columns of figures, each after those that its formula uses."""
    waiting = [one for one in columns if one.kind in (Kind.MONEY, Kind.PERCENT)]
    ordered: list[Column] = []
    while waiting:
        known = {column.id for column in ordered}
        ready = [
            one for one in waiting if one.formula is None or known.issuperset(names(one.formula))
        ]
        ordered += ready
        waiting = [one for one in waiting if one not in ready]
    return ordered


def _totals(programme: Programme, lines: tuple[Line, ...], form: Form) -> Iterator[TotalLine]:
    for total in form.totals:
        if not total.level:
            yield _total(total, None, lines, form)
            continue
        for item in programme.items():
            if item.level == total.level:
                yield _total(total, item, lines, form)


def _total(total: Total, group: Item | None, lines: tuple[Line, ...], form: Form) -> TotalLine:
    figures: dict[str, Decimal | None] = {}
    addends: dict[str, tuple[tuple[int, Decimal], ...]] = {}
    for column in _in_order(one for one in form.columns if one.id in total.columns):
        if column.formula:
            figures[column.id] = evaluate(column.formula, figures, column.decimals)
            continue
        entering = tuple(_entering(column.id, total, group, lines))
        addends[column.id] = entering
        values = [amount for _, amount in entering]
        figures[column.id] = sum(values, Decimal(0)) if values else None
    return TotalLine(total, group, addends, figures)


def _entering(
    column: str, total: Total, group: Item | None, lines: tuple[Line, ...]
) -> Iterator[tuple[int, Decimal]]:
    """Yield (line, amount) of every row that enters a total's column."""
    for index, line in enumerate(lines):
        value = line.values.get(column)
        inside = group is None or any(item is group for item in line.above)
        if not (line.level.counts and inside and isinstance(value, Amount)):
            continue
        if not total.funds:
            yield index, value.value
            continue
        of_funds = [value.funds[fund] for fund in total.funds if fund in value.funds]
        if of_funds:
            yield index, sum(of_funds, Decimal(0))
