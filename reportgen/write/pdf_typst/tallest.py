"""Which cells of a row decide how tall it is: the others need not be measured.

Measuring is laying out, and most cells of a report are figures beside longer texts. Kerning may
make what is reckoned here wrong; then a page is foretold wrongly, which costs time only.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil
from typing import NamedTuple

from reportgen.document.blocks import Cell
from reportgen.write.fonts import Face

_KERNING = 0.01  # the share of a text's width by which kerning may change it
_GAP = 8  # gaps between paragraphs that take less than a line together


class _Lines(NamedTuple):
    """Bounds on the lines of a cell's text."""

    least: float
    most: float


def deciding(cells: Sequence[tuple[Cell, float]], size: float, face: Face | None) -> list[bool]:
    """Tell for each cell of a row, given with its room in points, whether it has to be measured.

    A cell that is merged over rows has to be: what it needs is shared out among them. Of the others
    one that is sure to have as many lines as any decides, with those that may have more. Without a
    face nothing is known.
    """
    if face is None:
        return [True] * len(cells)
    lines = [_lines(cell, room, size, face) for cell, room in cells]
    own = [at for at, (cell, _) in enumerate(cells) if cell.rows == 1]
    first = max(own, key=lambda at: lines[at].least, default=-1)
    return [
        cell.rows > 1 or at == first or lines[at].most > lines[first].least
        for at, (cell, _) in enumerate(cells)
    ]


def _lines(cell: Cell, room: float, size: float, face: Face) -> _Lines:
    texts = [text for text in cell.paragraphs if text]
    if cell.value is not None:  # a figure is never broken
        return _Lines(len(texts), len(texts) + _gaps(texts))
    each = [_paragraph(text, room, size, face) for text in texts]
    least = sum(one.least for one in each)
    if cell.marked:  # marks and indents of lists are left to Typst
        return _Lines(least, float("inf"))
    return _Lines(least, sum(one.most for one in each) + _gaps(texts))


def _gaps(paragraphs: Sequence[str]) -> int:
    """Return the lines that are sure to hold the gaps between paragraphs."""
    return ceil((len(paragraphs) - 1) / _GAP) if paragraphs else 0


def _paragraph(text: str, room: float, size: float, face: Face) -> _Lines:
    """Return bounds by the widths of letters alone.

    Blanks at the ends of lines take no room. Any two lines in a row hold more than one line's
    width, or the second word would have stayed.
    """
    if len(text) * size <= room:  # hardly a letter is wider than an em
        return _Lines(1, 1)
    width = face.width(text, size)
    letters = width - text.count(" ") * face.width(" ", size)
    taken = width * (1 + _KERNING) / room
    return _Lines(max(ceil(letters * (1 - _KERNING) / room), 1), 1 if taken <= 1 else 2 * taken + 1)
