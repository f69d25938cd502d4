"""The cells of a total: live sums of the rows above it, and formulas over those."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal

from reportgen.compute.evaluate import evaluate
from reportgen.entry.cells import Cell, Content, Live, Style
from reportgen.entry.columns import Role, SheetColumn
from reportgen.entry.frames import BODY, LEFT
from reportgen.entry.ground import Ground, base_of
from reportgen.entry.sheets import Measured, Summed
from reportgen.model.form import Kind
from reportgen.model.formula import names
from reportgen.model.programme import Amount
from reportgen.write.xlsx.area import Area
from reportgen.write.xlsx.formulas import quoted, sum_formula

_ADDED = (Role.ENTERED, Role.SUM, Role.KNOWN)


def total_cells(row: int, total: Summed, ground: Ground) -> Iterator[Cell]:
    """Yield the cells of a total: its label up to the first figure, then figures."""
    figures = _figures(total, ground)
    first = min((ground.at(key) for key in figures), default=LEFT + 2)
    yield Cell(row, LEFT, total.label, Style.TOTAL, bottom=row, right=first - 1)
    for at, column in enumerate(ground.sheet.columns, LEFT):
        if at < first:
            continue
        own = column.column
        if own is None or column.key not in figures:
            yield Cell(row, at, "", Style.TOTAL)
            continue
        figure = figures[column.key]
        decimals = total.decimals.get(own.id, own.decimals)
        if column.role is Role.COMPUTED:
            content = ground.formula(row, own, {}, figure, decimals)
        else:
            content = _live(row, total, column, figure, ground)
        places = None if own.kind is Kind.NUMBER else decimals
        yield Cell(row, at, content, Style.TOTAL, figure=True, places=places)


def _figures(total: Summed, ground: Ground) -> dict[str, Decimal | None]:
    """Return what a total comes to now, by the key of the column; ``None``: nothing was added."""
    shares = {one.id: one.share.column for one in ground.sheet.table.fields if one.share}
    bases = {shares.get(one, one) for one in total.columns}
    found: dict[str, Decimal | None] = {}
    for column in ground.sheet.columns:
        if column.role in _ADDED and base_of(column) in bases and _has_funds(column, total):
            added = [*_added(column, total, ground)]
            found[column.key] = sum(added, Decimal(0)) if added else None
    known: dict[str, Decimal | None] = {
        name: found[key] for name, key in ground.operands.items() if key in found
    }
    for column in _in_order(ground, total):
        own = column.column
        if own and own.formula:
            values = {name: known.get(name) for name in names(own.formula)}
            figure = evaluate(own.formula, values, total.decimals.get(own.id, own.decimals))
            known[own.id] = found[column.key] = figure
    return found


def _in_order(ground: Ground, total: Summed) -> list[SheetColumn]:
    """Return the computed columns of a total, each after those that its formula uses."""
    waiting = [
        one
        for one in ground.sheet.columns
        if one.role is Role.COMPUTED and one.column and one.column.id in total.columns
    ]
    ids = {one.column.id: one for one in waiting if one.column}
    ordered: dict[str, SheetColumn] = {}

    def take(name: str) -> None:
        column = ids.get(name)
        if column and name not in ordered and column.column and column.column.formula:
            for used in names(column.column.formula):
                take(used)
            ordered[name] = column

    for name in ids:
        take(name)
    return [*ordered.values()]


def _has_funds(column: SheetColumn, total: Summed) -> bool:
    """Tell whether money of the total's funds is shown in a column apart from other money."""
    if not total.funds or column.role is Role.SUM:
        return True
    return column.role is Role.ENTERED and column.fund in total.funds


def _added(column: SheetColumn, total: Summed, ground: Ground) -> Iterator[Decimal]:
    """Yield what each row adds to a total in a column."""
    base = base_of(column)
    several = sum(one.role is Role.ENTERED and base_of(one) == base for one in ground.sheet.columns)
    own = column.funds if column.role is Role.SUM else (column.fund,)
    for position in total.over:
        one = ground.sheet.rows[position]
        value = one.line.values.get(base) if isinstance(one, Measured) else None
        if not isinstance(value, Amount):
            continue
        if several < 2 or column.role is Role.KNOWN:  # noqa: PLR2004 - one cell has all of it
            yield value.value
            continue
        split: Mapping[str, Decimal] = value.funds or {"": value.value}
        wanted = [fund for fund in split if fund in own]
        if total.funds:
            wanted = [fund for fund in wanted if fund in total.funds]
        yield from (split[fund] for fund in wanted)


def _live(
    row: int, total: Summed, column: SheetColumn, figure: Decimal | None, ground: Ground
) -> Content:
    zero = column.column.zero if column.column else ""
    cached = zero if figure is None else figure
    if column.role is Role.SUM:
        cells = ground.entered(row, base_of(column), column.funds)
    else:
        at = ground.at(column.key)
        cells = [Area(BODY + one, at, BODY + one, at) for one in total.over]
    added = sum_formula(cells)
    if added is None:
        return cached
    counted = added.replace("SUM(", "COUNT(")
    if added.count("SUM(") > 1:  # sums of sums: there are more cells than arguments may be
        counted = counted.replace("COUNT(", "SUM(", 1)
    return Live(f"IF({counted}=0,{quoted(zero)},{added})", cached)
