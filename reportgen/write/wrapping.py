"""How many lines a text takes in a given width, from the widths of its characters."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping
from itertools import accumulate
from pathlib import Path

from reportgen.write.fonts import Face

#: Stands in for a face on a machine without one: every character counts as half an em, which is
#: more than Cyrillic text in a Times face takes on average.
UNKNOWN_FACE = Face(Path(), {})

_UNKNOWN_WIDTH = 0.5  # em, as in Face.width


def lines(text: str, width: float, size: float, face: Face) -> int:
    """Return the number of lines that ``text`` is set in; an empty text takes one.

    Lines are broken at blanks alone, and a word wider than a line between any two characters, so
    an engine that also breaks after hyphens, or hyphenates, needs no more lines than this.

    Args:
        text: paragraphs parted by a line break.
        width: what a line may take, points; above zero.
        size: of the type, points.
        face: the widths of the characters.
    """
    limit = width / size
    return sum(_wrapped(paragraph, limit, face.widths) for paragraph in text.split("\n"))


def _wrapped(paragraph: str, limit: float, widths: Mapping[int, float]) -> int:
    """Return the lines of one paragraph; ``limit`` is in em.

    The time goes with the lines, not with the words: a table has thousands of texts.
    """
    ends = _ends(paragraph, widths)
    count, start = 1, 0
    while ends[-1] - ends[start] > limit:
        fitting = bisect_right(ends, ends[start] + limit) - 1
        blank = paragraph.rfind(" ", start, fitting + 1)
        start = blank + 1 if blank > start else max(fitting, start + 1)
        count += 1
    return count


def _ends(paragraph: str, widths: Mapping[int, float]) -> list[float]:
    """Return where each character starts, and where the last one ends, in em."""
    try:
        return list(accumulate(map(widths.__getitem__, map(ord, paragraph)), initial=0.0))
    except KeyError:  # a character that the face lacks
        wide = (widths.get(ord(char), _UNKNOWN_WIDTH) for char in paragraph)
        return list(accumulate(wide, initial=0.0))
