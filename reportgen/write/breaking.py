"""Words that are wider than their cell: where they may be broken.

Words of the language are hyphenated by the engines. What no dictionary knows (addresses, codes, a
slip of the keyboard) gets invisible break opportunities, so that nothing leaves its cell.
"""

from __future__ import annotations

import re

from reportgen.write.fonts import Face

#: Zero width space: a line may be broken here, without a hyphen.
OPPORTUNITY = "\u200b"

_WORD = re.compile(r"[^ \u200b\n]+")
# What Ukrainian hyphenation can be relied on to part: syllables, not too many of them. Words of
# other alphabets, abbreviations and lines of dots or dashes are left to it in vain.
_VOWEL = "[аеєиіїоуюя]"
_CONSONANT = "[бвгґджзйклмнпрстфхцчшщь'’ʼ]"
_LETTERS = (
    rf"(?=\w){_CONSONANT}{{0,6}}(?:{_VOWEL}{{1,4}}{_CONSONANT}{{1,6}}){{0,12}}{_VOWEL}{{0,4}}"
)
_LANGUAGE = re.compile(
    rf"[«„“\"'(\[]{{0,3}}{_LETTERS}(?:[-/–—]{_LETTERS})*[»“”\"')\].,;:!?…]{{0,4}}", re.IGNORECASE
)
# A word with an apostrophe is no word to the engines: its syllables are told to them.
_APOSTROPHE = re.compile("['’ʼ]")
_SYLLABLE = re.compile(
    rf"(?<=[\w'’ʼ]\w)(?<!д(?=[жз]))(?={_CONSONANT}{_VOWEL})(?!['’ʼ])", re.IGNORECASE
)
_SOFT_HYPHEN = "\u00ad"
_PIECE = 4


def with_opportunities(text: str, width: float, size: float, face: Face) -> str:
    """Return the text with break opportunities in what hyphenation cannot fit into ``width``.

    ``width`` and ``size`` are points. Figures are never broken: their cells are checked instead.
    """

    def mend(match: re.Match[str]) -> str:
        word = match[0]
        if face.width(word, size) <= width:
            return word
        if _LANGUAGE.fullmatch(word):
            return _SYLLABLE.sub(_SOFT_HYPHEN, word) if _APOSTROPHE.search(word) else word
        pieces = (word[start : start + _PIECE] for start in range(0, len(word), _PIECE))
        return OPPORTUNITY.join(pieces)

    return _WORD.sub(mend, text)
