"""Where pages will begin, reckoned from the heights of cells before anything is laid out.

Laying out is the dear part of a PDF. A reckoning that is nearly always right lets the first
layout be the last; the engine's own answer is compared with it, so a wrong one costs time only.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import NamedTuple

from reportgen.document.blocks import Document, Role, Table
from reportgen.write.keeping import led_by, signed_tables
from reportgen.write.pages import RowStart, Starts

POINTS_PER_MM = 72 / 25.4
_TOLERANCE = 1e-3  # points: a row that fills the page to the last point still fits


@dataclass(frozen=True, slots=True)
class Measured:
    """A table's heights in points. ``top`` is where it begins if a page begins before its headings.

    ``rows`` gives for each row's own cells (height, height of a continuation, 0 if none), and
    ``above`` what stands between those headings and the table before.
    """

    block: int
    top: float
    header: float
    rows: Sequence[Sequence[tuple[float, float]]]
    above: float = 0.0


class Expected(NamedTuple):
    """The expected first rows of pages; row 0 is there only where it has to be ``held``.

    A merged cell that is cut must show its whole text above the cut, and may be too tall for that
    where its rows alone are not. The page is then ended before those rows, but an engine that sees
    the cell cut there would still put them on it: such starts have to be held. So have bands that
    would end a page, and the last measure if the signature would stand alone on the next one.
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
    """One page's rows, from ``start`` to ``stop``: the first one's height, where the last ends."""

    start: int
    stop: int
    first: float
    end: float
    opened: tuple[_Open, ...]  # what is cut below the last


def expected_starts(
    document: Document,
    measured: Sequence[Measured],
    signatures: Mapping[int, float] = MappingProxyType({}),
) -> Expected:
    """Return where the pages of each table are expected to begin.

    ``signatures`` gives by block what a signature takes of a page, points.
    """
    page = document.page
    top = page.top * POINTS_PER_MM
    bottom = (page.height - page.bottom) * POINTS_PER_MM + _TOLERANCE
    signed = {one.table: one for one in signed_tables(document.blocks)}
    starts: set[RowStart] = set()
    held: set[RowStart] = set()
    reached = top  # where the table before ended
    for one in measured:
        table = document.blocks[one.block]
        if not isinstance(table, Table) or not one.rows:
            continue
        pages = _Pages(table, one, top, bottom)
        reached = top + (reached + one.above - top) % (bottom - top)
        begin = reached + one.top - top
        if begin + one.header + pages.first > bottom:
            begin = one.top
        elif pages.begins_in_bands(begin) and not pages.begins_in_bands(one.top):
            begin = one.top
            held.add(RowStart(one.block, 0))
        filled = list(pages.fill(begin))
        if below := signed.get(one.block):
            room = sum(signatures.get(index, 0.0) for index in below.signatures)
            if filled[-1].start > below.last or filled[-1].end + room > bottom:
                begin = begin if below.start.row else one.top
                filled = list(pages.fill(begin, held=below.start.row))
                held.add(below.start)
        for above, following in itertools.pairwise(filled):
            start = RowStart(one.block, above.stop)
            starts.add(start)
            if above.end + following.first <= bottom and led_by(table, start.row) == start.row:
                held.add(start)
        reached = filled[-1].end
    return Expected(frozenset(starts | held), frozenset(held))


class _Pages:
    """Fills pages with the rows of one table."""

    def __init__(self, table: Table, measured: Measured, top: float, bottom: float) -> None:
        self._table = table
        self._placed = table.placed_body
        self._measured = measured
        self._top = top
        self._bottom = bottom

    @property
    def first(self) -> float:
        """The height of the first row: an engine lets cells that are merged over it go on below."""
        return self._row(0, ())[0]

    def begins_in_bands(self, begin: float) -> bool:
        """Tell whether the page on which the table begins would hold nothing of it but bands."""
        page = next(self.fill(begin))
        return page.stop < len(self._placed) and led_by(self._table, page.stop) == 0

    def fill(self, begin: float, held: int = 0) -> Iterator[_Filled]:
        """Yield the pages; ``begin`` is the table's place on its first one.

        A page begins before the row ``held``.
        """
        page = _Filled(0, 0, 0.0, begin, ())
        while page.stop < len(self._placed):
            stop = held if page.stop < held else len(self._placed)
            page = self._next(page, begin, stop)
            begin = self._top
            yield page

    def _next(self, page: _Filled, begin: float, stop: int) -> _Filled:
        """Return the page after another; a cell that is cut between them is named again."""
        carried = tuple(replace(one, needs=one.continued) for one in page.opened)
        return self._page(range(page.stop, stop), carried, begin + self._measured.header)

    def _page(self, rows: range, opened: tuple[_Open, ...], top: float) -> _Filled:
        """Take rows while they fit, cells that a cut below them leaves included.

        Bands go to the next page with the row below them, unless the page has nothing else.
        """
        start = rows.start
        height, opened = self._row(start, opened)
        reached = top + height
        page = _Filled(
            start, start + 1, height + _lacking(opened), reached + _lacking(opened), opened
        )
        only_bands = self._is_band(start)
        for index in rows[1:]:
            more, opened = self._row(index, opened)
            reached += more
            end = reached + _lacking(opened)
            if end > self._bottom:
                break
            only_bands = only_bands and self._is_band(index)
            if only_bands or not self._is_band(index):
                page = _Filled(start, index + 1, height, end, opened)
        return page

    def _is_band(self, row: int) -> bool:
        return self._table.body[row].role is Role.BAND

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
