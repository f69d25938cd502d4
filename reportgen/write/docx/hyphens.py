"""Soft hyphens in words that are wider than their column.

Word and LibreOffice hyphenate Ukrainian only where its dictionary is installed. Elsewhere they cut
such a word at any letter, and the heading of a narrow column reads «фінансуван ня».
"""

from __future__ import annotations

import functools
import re
from itertools import pairwise
from typing import Final

from reportgen.write.fonts import Face

_SOFT: Final = "\u00ad"
_VOWELS: Final = "аеєиіїоуюя"

#: Before a consonant that a vowel follows, two letters at least on either side, never within
#: «дж» and «дз»: a syllable may begin there (Український правопис 2019, § 36).
_SYLLABLE: Final = re.compile(
    rf"(?<=\w\w)(?<!д(?=[жз]))(?=[бвгґджзйклмнпрстфхцчшщ][{_VOWELS}])", re.IGNORECASE
)
_VOWEL: Final = re.compile(f"[{_VOWELS}]", re.IGNORECASE)


def part_wide_words(text: str, room: float, size: float, face: Face) -> str:
    """Return the text with soft hyphens in the words that no line can hold.

    Args:
        text: One paragraph.
        room: Width of a line, in points.
        size: Size of the type, in points.
        face: Widths of the type.
    """
    least = int(room / size) + 1  # hardly a letter is wider than an em: shorter words fit
    if len(text) < least:
        return text
    return _words(least).sub(
        lambda word: _part(word[0]) if face.width(word[0], size) > room else word[0], text
    )


@functools.cache
def _words(least: int) -> re.Pattern[str]:
    """Return a pattern of words that long; a line may end after a hyphen without our help."""
    return re.compile(f"[^ -]{{{max(least, 1)},}}")


def _part(word: str) -> str:
    first_vowel = _VOWEL.search(word)
    if first_vowel is None or _SOFT in word:  # its author knew where to part it
        return word
    syllables = (match.start() for match in _SYLLABLE.finditer(word))
    places = [place for place in syllables if place >= first_vowel.end()]
    return _SOFT.join(word[start:end] for start, end in pairwise([0, *places, len(word)]))
