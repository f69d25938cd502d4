"""One page as a grid of free cells, a millimetre each, as it is shown: turned and cropped.

Bit 0 of a row is its left end, 1 is paper. The grid is of the page that people see, fields are told
in the coordinates of the file; `View` knows both.
"""

from __future__ import annotations

import functools
import math
import operator
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from reportgen.sign.fields import Box
from reportgen.sign.mark import WIDTH
from reportgen.write.prediction import POINTS_PER_MM

_CLEAR = 1  # mm around a mark
_EDGE = 5  # mm of the sheet's edge that printers leave white
_BELOW = 5  # mm from the last line of a text to a mark below it
_WHITE = 250  # of 255: what is lighter is paper
_LONGEST = 1000  # mm: a page larger than that is none of ours


@dataclass(frozen=True, slots=True)
class View:
    """How a page is shown: the corners of what is seen of it, points, and its turn clockwise."""

    left: float
    bottom: float
    right: float
    top: float
    turn: int

    @classmethod
    def of(cls, page: Any) -> View:  # noqa: ANN401 - pdfium has no types
        """Return how a page is shown."""
        left, bottom, right, top = page.get_bbox()
        return cls(left, bottom, right, top, page.get_rotation())

    def seen(self, x: float, y: float) -> tuple[float, float]:
        """Return where a point of the file is seen: mm from the upper left corner."""
        across, down = {
            0: (x - self.left, self.top - y),
            90: (y - self.bottom, x - self.left),
            180: (self.right - x, y - self.bottom),
            270: (self.top - y, self.right - x),
        }[self.turn]
        return across / POINTS_PER_MM, down / POINTS_PER_MM

    def placed(self, across: float, down: float) -> tuple[float, float]:
        """Return the point of the file that is seen so many mm from the upper left corner."""
        right, below = across * POINTS_PER_MM, down * POINTS_PER_MM
        return {
            0: (self.left + right, self.top - below),
            90: (self.left + below, self.bottom + right),
            180: (self.right - right, self.bottom + below),
            270: (self.right - below, self.top - right),
        }[self.turn]


@dataclass(frozen=True, slots=True)
class Taken:
    """A place on a page: where it is seen, mm from the upper left corner, and in the file."""

    across: int
    down: int
    box: Box


class Sheet:
    """A page in which places are taken one after another."""

    def __init__(self, page: Any, number: int) -> None:  # noqa: ANN401 - pdfium has no types
        """Draw a page; ``number`` counts from 0."""
        self._number = number
        self._view = View.of(page)
        is_ours = max(page.get_size()) / POINTS_PER_MM <= _LONGEST
        self._rows, self._cells = _drawn(page) if is_ours else ([], 0)
        inked = [~row & ((1 << self._cells) - 1) for row in self._rows]
        ink = functools.reduce(operator.or_, inked, 0)
        self._left = (ink & -ink).bit_length() - 1 if ink else _EDGE
        self._right = ink.bit_length() or self._cells
        self._end = max((number for number, row in enumerate(inked) if row), default=0)

    def take(self, beside: tuple[float, float] | None, height: float) -> Taken | None:
        """Return the free place nearest to the left of a point, or below the text; it is taken.

        All is in mm. ``None`` where the page has no room.
        """
        wide, high = math.ceil(WIDTH) + 2 * _CLEAR, math.ceil(height) + 2 * _CLEAR
        if beside:
            left, top = beside[0] - wide - 2, beside[1] - high / 2
        else:
            left, top = self._left, self._end + _BELOW
        free: list[tuple[int, int]] = [*_openings(self._framed(), wide, high)]
        within = [one for one in free if self._left <= one[0] <= self._right - wide]
        best = min(
            within,
            key=lambda one: (abs(one[0] - left) + 6 * abs(one[1] - top), one),
            default=None,
        )
        if best is None:
            return None
        for row in range(best[1], best[1] + high):
            self._rows[row] &= ~(((1 << wide) - 1) << best[0])
        return Taken(*best, self._box(best[0] + _CLEAR, best[1] + _CLEAR, height))

    def _box(self, across: float, down: float, height: float) -> Box:
        (x, y), (to_x, to_y) = (
            self._view.placed(across, down),
            self._view.placed(across + WIDTH, down + height),
        )
        return Box(
            page=self._number,
            left=round(min(x, to_x)),
            bottom=round(min(y, to_y)),
            right=round(max(x, to_x)),
            top=round(max(y, to_y)),
        )

    def _framed(self) -> list[int]:
        """Return the rows without the edges of the sheet."""
        inner = (1 << max(self._cells - _EDGE, 0)) - (1 << _EDGE) if self._cells else 0
        last = len(self._rows) - _EDGE
        return [
            row & inner if _EDGE <= number < last else 0 for number, row in enumerate(self._rows)
        ]


def _drawn(page: Any) -> tuple[list[int], int]:  # noqa: ANN401 - pdfium has no types
    """Return the rows of a page from the top, and how many cells each has."""
    image = page.render(scale=2 / POINTS_PER_MM, grayscale=True)  # a cell has two points each way
    width, height, stride, points = image.width, image.height, image.stride, bytes(image.buffer)
    lines = [points[stride * one : stride * one + width] for one in range(height)]
    dark = bytes(one < _WHITE for one in range(256))
    rows: list[int] = []
    for number in range(0, height, 2):
        upper = lines[number].translate(dark)
        lower = lines[min(number + 1, height - 1)].translate(dark)
        either = int.from_bytes(upper, "little") | int.from_bytes(lower, "little")
        marks = either.to_bytes(width, "little")
        row = 0
        for cell in range(width // 2):
            if not (marks[2 * cell] or marks[2 * cell + 1]):
                row |= 1 << cell
        rows.append(row)
    return rows, width // 2


def _openings(rows: Sequence[int], wide: int, high: int) -> Iterator[tuple[int, int]]:
    """Yield the upper left cell of every free rectangle of a size."""
    for top in range(len(rows) - high + 1):
        free = rows[top]
        for row in rows[top + 1 : top + high]:
            free &= row
        done = 1
        while done < wide and free:  # each bit stays if as many as are `done` follow it, twice
            step = min(done, wide - done)
            free &= free >> step
            done += step
        while free:
            lowest = free & -free
            yield lowest.bit_length() - 1, top
            free ^= lowest
