"""Where on the page a mark goes: beside the signatory's name, where nothing is printed.

The page is drawn coarsely, a cell for each millimetre, and the free rectangle nearest to the name
is taken. So a mark never covers a text, whatever made the file.
"""

from __future__ import annotations

import functools
import math
import operator
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import pypdfium2 as pdfium

from reportgen.sign.fields import Box
from reportgen.sign.mark import HEIGHT, WIDTH

_POINTS = 72 / 25.4  # in a millimetre
_CLEAR = 1  # mm around a mark
_EDGE = 5  # mm of the sheet's edge that printers leave white
_BELOW = 5  # mm from the last line of a text to a mark below it
_WHITE = 250  # of 255: what is lighter is paper
_LONGEST = 1000  # mm: a page larger than that is none of ours


@dataclass(frozen=True, slots=True)
class _Name:
    """Where a name is printed, mm from the upper left corner of a page; ``left`` is its begin."""

    page: int
    left: float
    middle: float


def find_places(data: bytes, names: Sequence[str]) -> tuple[Box | None, ...]:
    """Return a place for the mark of each signer, in order.

    ``names`` are surnames as they are printed, "" for a seal, which goes beside the mark before it.
    The last page with a name is meant: a document ends with its signatures. Of a file that names
    none of them it is the last page, below its text. ``None`` stands where a page has no room.
    """
    pdf = pdfium.PdfDocument(data)
    try:
        found: list[Box | None] = []
        rows: list[_Name | None] = []
        sheets: dict[int, _Sheet] = {}
        place: _Name | None = None
        for name in names:
            place = (_find(pdf, name) if name else None) or place
            number = place.page if place else len(pdf) - 1
            if number not in sheets:
                sheets[number] = _Sheet(pdf[number], number)
            found.append(sheets[number].take(place))
            rows.append(place)
        return _in_order(found, rows)
    finally:
        pdf.close()


def _in_order(found: Sequence[Box | None], by: Sequence[_Name | None]) -> tuple[Box | None, ...]:
    """Give places that lie beside the same name to their signers from left to right, row by row."""
    result = [*found]
    for name in dict.fromkeys(by):
        own = [at for at, one in enumerate(by) if one == name and found[at]]
        boxes = sorted(
            (one for at in own if (one := found[at])), key=lambda one: (-one.top, one.left)
        )
        for at, box in zip(own, boxes, strict=True):
            result[at] = box
    return tuple(result)


def _find(pdf: Any, name: str) -> _Name | None:  # noqa: ANN401 - pdfium has no types
    """Return the last place where a name is printed."""
    for number in range(len(pdf) - 1, -1, -1):
        page = pdf[number]
        text = page.get_textpage()
        search = text.search(name, match_case=True)
        last = None
        while (match := search.get_next()) is not None:
            last = match
        if last is not None:
            left, bottom, _, top = text.get_charbox(last[0])
            height = page.get_height()
            return _Name(number, left / _POINTS, (height - (bottom + top) / 2) / _POINTS)
    return None


class _Sheet:
    """One page as a grid of free cells, in which places are taken one after another.

    Bit 0 of a row is its left end, 1 is paper.
    """

    def __init__(self, page: Any, number: int) -> None:  # noqa: ANN401 - pdfium has no types
        self._number = number
        self._height = page.get_height() / _POINTS
        is_ours = max(self._height, page.get_width() / _POINTS) <= _LONGEST
        self._rows, self._cells = _drawn(page) if is_ours else ([], 0)
        inked = [~row & ((1 << self._cells) - 1) for row in self._rows]
        ink = functools.reduce(operator.or_, inked, 0)
        self._left = (ink & -ink).bit_length() - 1 if ink else _EDGE
        self._right = ink.bit_length() or self._cells
        self._end = max((number for number, row in enumerate(inked) if row), default=0)

    def take(self, name: _Name | None) -> Box | None:
        """Return the free place nearest to the left of a name, or below the text; it is taken."""
        wide, high = math.ceil(WIDTH) + 2 * _CLEAR, math.ceil(HEIGHT) + 2 * _CLEAR
        if name:
            left, top = name.left - wide - 2, name.middle - high / 2
        else:
            left, top = self._left, self._end + _BELOW
        free = [*_openings(self._framed(), wide, high)]
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
        left = round((best[0] + _CLEAR) * _POINTS)
        top = round((self._height - best[1] - _CLEAR) * _POINTS)
        return Box(
            page=self._number,
            left=left,
            bottom=top - round(HEIGHT * _POINTS),
            right=left + round(WIDTH * _POINTS),
            top=top,
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
    image = page.render(scale=2 / _POINTS, grayscale=True)  # two points in each way for a cell
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
