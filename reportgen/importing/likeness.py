"""Texts put on one line, and how alike two are whatever their case, blanks and punctuation."""

from __future__ import annotations

import re
from functools import lru_cache

from rapidfuzz import fuzz

#: Latin letters that look like Cyrillic ones, and letters that spelling reforms exchange.
_SAME = str.maketrans("aceikmnopctxyєґ", "асеікмпорстхуег")


def one_line(text: str) -> str:
    """Return a text with its line ends as blanks; blanks that never break stay."""
    return re.sub(r"[ \t\r\n]+", " ", text).strip()


@lru_cache(maxsize=8192)
def squeezed(text: str) -> str:
    """Return the letters and digits of a text alone, small, in one alphabet."""
    return "".join(char for char in text.casefold().translate(_SAME) if char.isalnum())


def likeness(one: str, other: str) -> float:
    """Return how alike two texts are: 1 the same, 0 nothing in common; empty ones are nothing."""
    first, second = squeezed(one), squeezed(other)
    if not first or not second:
        return 0.0
    return fuzz.ratio(first, second) / 100


def same(one: str, other: str) -> bool:
    """Tell whether two texts have the same letters and digits."""
    return squeezed(one) == squeezed(other)
