"""The order of a table's rows: bands, lines and totals, and what each lies in."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeAlias

from reportgen.compute.figures import Figures, Line, TotalLine
from reportgen.model.form import Shown, TableSection
from reportgen.model.programme import Item


@dataclass(frozen=True, slots=True)
class Slot:
    """One row of the table. ``inside`` are the items that it lies in, from the outermost."""

    content: Item | Line | TotalLine  # an item is a band
    inside: tuple[Item, ...]


Slots: TypeAlias = tuple[Slot, ...]


def slots(figures: Figures, table: TableSection, top: Item | None) -> Slots:
    """Return the rows from top to bottom: a group's total follows the group's last row.

    ``top`` restricts them to those inside one item, where a level is shown as tables.
    """
    return tuple(_slots(figures, table, top))


def _slots(figures: Figures, table: TableSection, top: Item | None) -> Iterator[Slot]:
    opened: tuple[Item, ...] = ()
    for line in figures.lines:
        if top is not None and line.above[0] is not top:
            continue
        above = tuple(one for one in line.above if table.level(one.level).shown is not Shown.ROW)
        common = _common(opened, above)
        yield from _closing(opened, common, figures)
        for depth in range(common, len(above)):
            if table.level(above[depth].level).shown is Shown.BAND:
                yield Slot(above[depth], ())  # it crosses the merged cells of outer groups too
        opened = above
        yield Slot(line, above)
    yield from _closing(opened, 0, figures)
    for total in figures.totals:
        if total.group is None:
            yield Slot(total, ())


def _common(first: tuple[Item, ...], second: tuple[Item, ...]) -> int:
    """Return how many leading items are the very same."""
    count = 0
    for one, other in zip(first, second, strict=False):
        if one is not other:
            break
        count += 1
    return count


def _closing(opened: tuple[Item, ...], common: int, figures: Figures) -> Iterator[Slot]:
    for depth in reversed(range(common, len(opened))):
        for total in figures.totals:
            if total.group is opened[depth]:
                yield Slot(total, opened[:depth])
