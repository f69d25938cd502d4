"""Row heights: a spreadsheet program does not grow rows around merged or wrapped cells on load."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from math import ceil, floor
from typing import NamedTuple

from reportgen.write.fonts import Face
from reportgen.write.wrapping import lines

#: The tallest row that Excel takes, points.
TALLEST = 409.0

_SLICE = 100.0  # points
_PIXEL = 0.75  # points, at the 96 dots per inch of a screen
_ABOVE, _BELOW, _LEADING = 0.891, 0.216, 1.149  # ascent, descent and line, in em, of Times faces
_PADDING = 2.25  # points above and below the text of a cell, together
_SIDES = 3.75  # points, at the left and right of the text: Excel keeps five pixels
# Excel breaks lines by the widths of glyphs in whole pixels, up to some percent off the true ones.
_USABLE = 0.97


class Need(NamedTuple):
    """The height that a cell needs over ``rows`` rows from ``row``, points."""

    row: int
    rows: int
    height: float


def line_height(size: float) -> float:
    """Return what one line takes, points: on a screen's whole pixels or on paper, the larger."""
    pixels = round(size / _PIXEL)
    return max((ceil(_ABOVE * pixels) + ceil(_BELOW * pixels)) * _PIXEL, _LEADING * size)


def one_line(size: float) -> float:
    """Return the height of a cell with one line, points."""
    return line_height(size) + _PADDING


def text_height(text: str, width: float, size: float, face: Face) -> float:
    """Return the height of a cell, points, ``width`` points wide with wrapped text."""
    usable = max((width - _SIDES) * _USABLE, size)
    return lines(text, usable, size, face) * line_height(size) + _PADDING


def fitting_size(text: str, width: float, size: float, face: Face) -> float:
    """Return the largest size up to ``size``, in half points, at which no word is broken."""
    widest = max((face.width(word, 1.0) for word in text.split()), default=0.0)
    usable = (width - _SIDES) * _USABLE
    return size if widest * size <= usable else floor(2 * usable / widest) / 2


def fits(text: str, width: float, size: float, face: Face) -> bool:
    """Tell whether no line of the text has to be broken within a word, or a figure be shrunk."""
    return face.widest_word(text, size) <= (width - _SIDES) * _USABLE


def row_heights(needs: Iterable[Need], count: int) -> list[float]:
    """Return the heights of ``count`` rows that hold all needs.

    What a merged cell needs beyond its rows goes to its last row, so that the rows above stay as
    tight as their own text.
    """
    heights = [0.0] * count
    merged: list[Need] = []
    for need in needs:
        if need.rows == 1:
            heights[need.row] = max(heights[need.row], need.height)
        else:
            merged.append(need)
    for need in sorted(merged, key=lambda one: (one.row + one.rows, one.rows)):
        last = need.row + need.rows - 1
        short = need.height - sum(heights[need.row : last + 1])
        heights[last] += max(short, 0.0)
    return heights


def text_rows(needs: Iterable[Need], heights: Sequence[float]) -> Iterator[range]:
    """Yield the rows over which the text of a merged cell runs, where they are several.

    A page that ends among them cuts through a line of the text.
    """
    for need in needs:
        last, room = need.row, heights[need.row]
        while room < need.height and last < need.row + need.rows - 1:
            last += 1
            room += heights[last]
        if last > need.row:
            yield range(need.row, last + 1)


def sliced(height: float) -> list[float]:
    """Return the heights of the sheet rows that make up one row, whole pixels in points.

    It is one row, if Excel can draw it. Otherwise the slices are low, so that they can start on
    the page of the row above.
    """
    count = 1 if height <= TALLEST else ceil(height / _SLICE)
    return [ceil(height / count / _PIXEL) * _PIXEL] * count
