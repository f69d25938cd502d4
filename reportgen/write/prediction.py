"""Where pages will begin, reckoned from the heights of cells before anything is laid out.

Laying out is the dear part of a PDF. A reckoning that is nearly always right lets the first
layout be the last; the engine's own answer is compared with it, so a wrong one costs time only.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from reportgen.document.blocks import Document, Table, place
from reportgen.write.pages import RowStart, Starts

_POINTS_PER_MM = 72 / 25.4
_TOLERANCE = 1e-3  # points: a row that fills the page to the last point still fits


@dataclass(frozen=True, slots=True)
class Measured:
    """A table's heights in points. ``top`` is where it begins if a page begins before its section.

    ``rows`` gives for each row's own cells (height, height of a continuation, 0 if none).
    """

    block: int
    top: float
    header: float
    rows: Sequence[Sequence[tuple[float, float]]]


class Expected(NamedTuple):
    """The expected first rows of pages, row 0 left out.

    A merged cell that is cut must show its whole text above the cut, and may be too tall for that
    where its rows alone are not. The page is then ended before those rows, but an engine that sees
    the cell cut there would still put them on it: such starts have to be ``held``.
    """

    starts: Starts
    held: Starts


@dataclass(frozen=True, slots=True)
class _Open:
    """A merged cell that reaches further down: rows left, and height not yet given to it."""

    rows: int
    needs: float
    continued: float


@dataclass(frozen=True, slots=True)
class _Filled:
    """One page's rows, those before ``stop``: the first one's height, and where the last ends."""

    stop: int
    first: float
    end: float
    opened: tuple[_Open, ...]  # what is cut below the last


def expected_starts(document: Document, measured: Sequence[Measured]) -> Expected:
    """Return where the pages of each table are expected to begin."""
    page = document.page
    top = page.top * _POINTS_PER_MM
    bottom = (page.height - page.bottom) * _POINTS_PER_MM + _TOLERANCE
    starts: set[RowStart] = set()
    held: set[RowStart] = set()
    reached = top  # where the table before ended
    for one in measured:
        table = document.blocks[one.block]
        if not isinstance(table, Table) or not one.rows:
            continue
        begin = reached + one.top - top
        first = max((height for height, _ in one.rows[0]), default=0.0)
        if begin + one.header + first > bottom:
            begin = one.top
        pages = list(_Pages(table, one, top, bottom).fill(begin))
        for above, below in itertools.pairwise(pages):
            start = RowStart(one.block, above.stop)
            starts.add(start)
            if above.end + below.first <= bottom:
                held.add(start)
        reached = pages[-1].end
    return Expected(frozenset(starts), frozenset(held))


class _Pages:
    """Fills pages with the rows of one table."""

    def __init__(self, table: Table, measured: Measured, top: float, bottom: float) -> None:
        self._placed = place(table.body, len(table.columns))
        self._measured = measured
        self._top = top
        self._bottom = bottom

    def fill(self, begin: float) -> Iterator[_Filled]:
        """Yield the pages; ``begin`` is the table's place on its first one."""
        page = _Filled(0, 0.0, begin, ())
        while page.stop < len(self._placed):
            carried = tuple(replace(one, needs=one.continued) for one in page.opened)
            page = self._page(page.stop, carried, begin + self._measured.header)
            begin = self._top
            yield page

    def _page(self, start: int, opened: tuple[_Open, ...], top: float) -> _Filled:
        """Take rows from ``start`` while they fit, cells that a cut below them leaves included."""
        height, opened = self._row(start, opened)
        reached = top + height
        page = _Filled(start + 1, height + _lacking(opened), reached + _lacking(opened), opened)
        for index in range(start + 1, len(self._placed)):
            more, opened = self._row(index, opened)
            reached += more
            end = reached + _lacking(opened)
            if end > self._bottom:
                break
            page = _Filled(index + 1, height, end, opened)
        return page

    def _row(self, index: int, opened: tuple[_Open, ...]) -> tuple[float, tuple[_Open, ...]]:
        """Return a row's height, and the merged cells that reach below it."""
        cells = [cell for _, cell in self._placed[index]]
        heights = list(zip(cells, self._measured.rows[index], strict=True))
        reaching = [_Open(cell.rows, *both) for cell, both in heights if cell.rows > 1]
        merged = (*opened, *reaching)
        own = (height for cell, (height, _) in heights if cell.rows == 1)
        # A merged cell's last row takes what its text still needs.
        height = max([0.0, *own, *(one.needs for one in merged if one.rows == 1)])
        below = (_Open(one.rows - 1, one.needs - height, one.continued) for one in merged)
        return height, tuple(one for one in below if one.rows)


def _lacking(opened: Sequence[_Open]) -> float:
    """Return how much the row above a cut must grow for the cells that are cut there."""
    return max([0.0, *(one.needs for one in opened)])
