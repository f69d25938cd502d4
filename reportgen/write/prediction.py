"""Where pages will begin, reckoned from the heights of cells before anything is laid out.

Laying out is the dear part of a PDF. A reckoning that is nearly always right lets the first
layout be the last; the engine's own answer is compared with it, so a wrong one costs time only.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

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


@dataclass(slots=True)
class _Open:
    """A merged cell that reaches further down: rows left, and height not yet given to it."""

    rows: int
    needs: float
    continued: float


def expected_starts(document: Document, measured: Sequence[Measured]) -> Starts:
    """Return the expected first rows of pages, row 0 left out."""
    page = document.page
    top = page.top * _POINTS_PER_MM
    bottom = (page.height - page.bottom) * _POINTS_PER_MM + _TOLERANCE
    starts: list[RowStart] = []
    reached = top  # where the table before ended
    for one in measured:
        table = document.blocks[one.block]
        if not isinstance(table, Table):
            continue
        begin = reached + one.top - top
        first = max((height for height, _ in one.rows[0]), default=0.0) if one.rows else 0.0
        if begin + one.header + first > bottom:
            begin = one.top
        pages = _Pages(table, one, top, bottom)
        starts += [RowStart(one.block, row) for row in pages.starts(begin)]
        reached = pages.reached
    return frozenset(starts)


class _Pages:
    """Fills pages with the rows of one table."""

    def __init__(self, table: Table, measured: Measured, top: float, bottom: float) -> None:
        self._placed = place(table.body, len(table.columns))
        self._measured = measured
        self._top = top
        self._bottom = bottom
        self.reached = top

    def starts(self, begin: float) -> Iterator[int]:
        """Yield each row that begins a page; ``begin`` is the table's place on its first page."""
        self.reached = begin + self._measured.header
        opened: list[_Open] = []
        for index, cells in enumerate(self._placed):
            heights = self._measured.rows[index]
            own = [
                height
                for (_, cell), (height, _) in zip(cells, heights, strict=True)
                if cell.rows == 1
            ]
            least = max(own, default=0.0)
            if index and self.reached + _row_height(least, opened) > self._bottom:
                yield index
                self.reached = self._top + self._measured.header
                for one in opened:
                    one.needs = one.continued
            opened += [
                _Open(cell.rows, height, continued)
                for (_, cell), (height, continued) in zip(cells, heights, strict=True)
                if cell.rows > 1
            ]
            height = _row_height(least, opened)
            self.reached += height
            for one in opened:
                one.rows -= 1
                one.needs -= height
            opened = [one for one in opened if one.rows]


def _row_height(least: float, opened: Sequence[_Open]) -> float:
    """Return a row's height: a merged cell's last row takes what its text still needs."""
    return max([least, *(one.needs for one in opened if one.rows == 1)])
