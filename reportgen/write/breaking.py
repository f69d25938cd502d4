"""Words that are wider than their cell: where they may be broken.

The PDF engines hyphenate words of the language; what no dictionary knows (addresses, codes, a slip
of the keyboard) gets invisible break opportunities there, so that nothing leaves its cell. Word and
LibreOffice cut any word that does not fit, and hyphenate Ukrainian only where its dictionary is
installed: without one the heading of a narrow column reads «фінансуван ня». Their files get soft
hyphens in such words.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Iterator
from itertools import pairwise

from reportgen.write.fonts import Face

#: Zero width space: a line may be broken here, without a hyphen.
OPPORTUNITY = "\u200b"

_SOFT_HYPHEN = "\u00ad"
_PIECE = 4

_VOWELS = "аеєиіїоуюя"
_CONSONANTS = "бвгґджзйклмнпрстфхцчшщ"
_APOSTROPHES = "'’ʼ"

_WORD = re.compile(r"[^ \u200b\n]+")
# What Ukrainian hyphenation can be relied on to part: syllables, not too many of them. Words of
# other alphabets, abbreviations and lines of dots or dashes are left to it in vain.
_VOWEL = f"[{_VOWELS}]"
_CONSONANT = f"[{_CONSONANTS}ь{_APOSTROPHES}]"
_LETTERS = (
    rf"(?=\w){_CONSONANT}{{0,6}}(?:{_VOWEL}{{1,4}}{_CONSONANT}{{1,6}}){{0,12}}{_VOWEL}{{0,4}}"
)
_LANGUAGE = re.compile(
    rf"[«„“\"'(\[]{{0,3}}{_LETTERS}(?:[-/–—]{_LETTERS})*[»“”\"')\].,;:!?…]{{0,4}}", re.IGNORECASE
)
# A word with an apostrophe is no word to the engines: its syllables are told to them.
_APOSTROPHE = re.compile(f"[{_APOSTROPHES}]")

_RUN = re.compile(rf"[\w{_APOSTROPHES}]+")
_FIRST_VOWEL = re.compile(_VOWEL, re.IGNORECASE)
#: Before a consonant that a vowel follows, soft or not, two letters at least on either
#: side, never within «дж» and «дз»: a syllable may begin there (Український правопис 2019, § 36).
_SYLLABLE = re.compile(
    rf"(?<=[\w{_APOSTROPHES}]\w)(?<!д(?=[жз]))(?=[{_CONSONANTS}]ь?{_VOWEL})", re.IGNORECASE
)


def with_opportunities(text: str, width: float, size: float, face: Face) -> str:
    """Return the text with break opportunities in what hyphenation cannot fit into ``width``.

    ``width`` and ``size`` are points. Figures are never broken: their cells are checked instead.
    """

    def mend(match: re.Match[str]) -> str:
        word = match[0]
        if face.width(word, size) <= width:
            return word
        if _LANGUAGE.fullmatch(word):
            return _hyphenated(word) if _APOSTROPHE.search(word) else word
        pieces = (word[start : start + _PIECE] for start in range(0, len(word), _PIECE))
        return OPPORTUNITY.join(pieces)

    return _WORD.sub(mend, text)


def by_runs(mended: str, runs: Iterable[str]) -> Iterator[str]:
    """Yield the parts of a mended text that belong to its runs.

    A word may stand in several runs, so it is mended as a whole; characters were only added.
    """
    start = 0
    for run in runs:
        stop = start
        for char in run:
            stop = mended.index(char, stop) + 1
        yield mended[start:stop]
        start = stop


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
        lambda word: _hyphenated(word[0]) if face.width(word[0], size) > room else word[0], text
    )


@functools.cache
def _words(least: int) -> re.Pattern[str]:
    """Return a pattern of words that long; a line may end after a hyphen without our help."""
    return re.compile(f"[^ -]{{{max(least, 1)},}}")


def _hyphenated(word: str) -> str:
    """Return the word with soft hyphens between its syllables, if its author has put none."""
    return word if _SOFT_HYPHEN in word else _RUN.sub(_syllables, word)


def _syllables(run: re.Match[str]) -> str:
    letters = run[0]
    first_vowel = _FIRST_VOWEL.search(letters)
    if first_vowel is None:
        return letters
    starts = (match.start() for match in _SYLLABLE.finditer(letters))
    places = [place for place in starts if place >= first_vowel.end()]
    return _SOFT_HYPHEN.join(letters[start:end] for start, end in pairwise([0, *places, None]))
