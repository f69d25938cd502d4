"""Words that are wider than their cell: where they may be broken.

Words of a language are hyphenated by the engines. What no dictionary knows (addresses, codes, a
slip of the keyboard) gets invisible break opportunities, so that nothing leaves its cell.
"""

from __future__ import annotations

import re

from reportgen.write.fonts import Face

#: Zero width space: a line may be broken here, without a hyphen.
OPPORTUNITY = "\u200b"

_WORD = re.compile(r"[^ \u200b\n]+")
# Longer than any word of the language, so hyphenation need not be relied on.
_LONGEST_WORD = 30
_PLAIN_WORD = re.compile(r"[^\W\d_]+")
_PIECE = 4


def with_opportunities(text: str, width: float, size: float, face: Face) -> str:
    """Return the text with break opportunities in what hyphenation cannot fit into ``width``.

    ``width`` and ``size`` are points. Figures are never broken: their cells are checked instead.
    """

    def mend(match: re.Match[str]) -> str:
        word = match[0]
        if face.width(word, size) <= width or _hyphenates(word):
            return word
        pieces = (word[start : start + _PIECE] for start in range(0, len(word), _PIECE))
        return OPPORTUNITY.join(pieces)

    return _WORD.sub(mend, text)


def _hyphenates(word: str) -> bool:
    """Tell whether every run of letters is short enough to be a word with a hyphenation."""
    runs = re.split(r"[-/–—]", word.strip("«»\"'()[].,;:!?…"))
    return all(
        len(run) <= _LONGEST_WORD and (not run or _PLAIN_WORD.fullmatch(run.replace("'", "")))
        for run in runs
    )
