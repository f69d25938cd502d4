"""How many lines a cell's text takes in the PDF, where that can be reckoned to be sure.

Typst breaks ragged text as soon as a word does not fit. So with the font's own widths and kerning
lines can be counted, and cells of as many lines in each paragraph are as tall as each other: one of
them is measured for all. Where this is wrong a page is foretold wrongly, which costs time only.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, TypeAlias

from reportgen.document.blocks import Cell
from reportgen.write.fonts import Face

#: The lines of each paragraph.
Shape: TypeAlias = tuple[int, ...]

#: Where a line may end within a word: behind a hyphen, a dash, a stroke before a letter (UAX #14).
_BREAK: Final = re.compile(r"(?<=\S[-–/])(?=[^\W\d_])")

#: Characters of which that is all there is to say.
_USUAL: Final = re.compile(r"[\w \u00a0\u202f.,:;()\[\]\"'«»„“”’ʼ№%+=/–-]*")

#: Signs that stay with what is beside them, even over a blank.
_TIED: Final = re.compile(r" [.,:;)\]/]|[(\[«„“] ")

#: Where a line ends in any case.
_ENDS: Final = re.compile(r"[\n\v\f\r\x85\u2028\u2029]")

#: A line that comes as close to the edge as this, in em, may or may not fit.
_CLOSE: Final = 1e-3


def shape(cell: Cell, room: float, size: float, face: Face | None) -> Shape | None:
    """Return the lines of a cell of ``room`` points, or nothing where they cannot be sure.

    They cannot in lists and texts with styles, nor where a word has to be parted, nor by a face
    without kerning: a line of Cyrillic is set a hundredth narrower than its letters.
    """
    if cell.value is not None:  # a figure is never broken
        return tuple(1 if one else 0 for one in cell.paragraphs)
    if cell.marked or face is None or not face.kerning:
        return None
    lines: list[int] = []
    for text in cell.paragraphs:
        counted = _lines(text, room / size, face)
        if counted is None:
            return None
        lines.append(counted)
    return tuple(lines)


def _lines(text: str, limit: float, face: Face) -> int | None:
    """Return the lines of a paragraph, nothing where they are not sure; ``limit`` is in em."""
    if len(text) <= limit and not _ENDS.search(text):  # hardly a letter is wider than an em
        return 1 if text else 0
    if not _USUAL.fullmatch(text) or _TIED.search(text):
        return None
    if face.widest_word(text, 1.0) > limit:  # it will be parted
        return None
    lines, reached, last = 1, 0.0, ""
    kerning, blank = face.kerning, face.width(" ", 1.0)
    for gap, piece in _pieces(text):
        width = face.set_width(piece)
        between = kerning.get(last + (gap or piece[:1]), 0.0) if last else 0.0
        if gap:
            between += blank + kerning.get(gap + piece[:1], 0.0)
        over = reached + between + width - limit
        if over <= -_CLOSE:
            reached += between + width
        elif over < _CLOSE or width > limit:
            return None
        else:
            lines, reached = lines + 1, width
        last = piece[-1:]
    return lines


def _pieces(text: str) -> Iterator[tuple[str, str]]:
    """Yield what no line end can part, each with the blank before it, if there is one."""
    gap = ""
    for word in text.split(" "):
        if "-" in word or "–" in word or "/" in word:
            first, *rest = _BREAK.split(word)
            yield gap, first
            yield from (("", one) for one in rest)
        else:
            yield gap, word
        gap = " "
