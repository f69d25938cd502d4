"""Words of a page put into lines, by where they are drawn."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from pdfplumber.page import Page
from pdfplumber.utils.text import extract_words

_BOLD: Final = re.compile("bold|black|heavy", re.IGNORECASE)
_TIGHT: Final = 0.15  # of the size of type: a wider gap parts words
_WIDE: Final = 2.0  # of the size of type: a wider gap parts columns, as a position from a name
_SAME_LINE: Final = 0.5  # of a word's height
_SAME_SPOT: Final = 0.5  # points
_AROUND: Final = [(right, down) for right in (-1, 0, 1) for down in (-1, 0, 1)]


@dataclass(frozen=True, slots=True)
class Word:
    """A word and where it stands, points from the page's top left corner."""

    text: str
    left: float
    top: float
    right: float
    bottom: float
    bold: bool
    rising: int = 0  # 1 if it reads upwards, -1 if downwards

    @property
    def centre(self) -> float:
        """The middle across."""
        return (self.left + self.right) / 2

    @property
    def middle(self) -> float:
        """The middle down."""
        return (self.top + self.bottom) / 2

    @property
    def across(self) -> tuple[float, float, float]:
        """Where it stands across its lines, and how high it is: as if it were not turned."""
        if self.rising:
            return self.centre * self.rising, self.right - self.left, -self.middle * self.rising
        return self.middle, self.bottom - self.top, self.left


@dataclass(frozen=True, slots=True)
class Line:
    """Words that stand on one line, in reading order."""

    words: tuple[Word, ...]

    @property
    def top(self) -> float:
        """The top of its highest word."""
        return min(word.top for word in self.words)

    @property
    def middle(self) -> float:
        """The middle of its first word."""
        return self.words[0].middle

    @property
    def text(self) -> str:
        """The words with a blank between them, two where a wide gap parts them."""
        text = self.words[0].text
        for before, word in zip(self.words, self.words[1:], strict=False):
            gap, size = word.left - before.right, before.bottom - before.top
            wide = not word.rising and gap > _WIDE * size
            text += f"{'  ' if wide else ' '}{word.text}"
        return text


def letters_on(page: Page) -> list[dict[str, Any]]:
    """Return the letters of a page in the order in which they are drawn, each of them once."""
    return [_turned(char) for char in _distinct(page.chars)]


def words_of(chars: list[dict[str, Any]]) -> list[Word]:
    """Return the words that letters make, in the order in which they are drawn."""
    turned = [char for char in chars if not char["upright"]]
    rising = sum(1 if char["matrix"][1] > 0 else -1 for char in turned) >= 0
    found = extract_words(
        chars,
        x_tolerance_ratio=_TIGHT,
        char_dir_rotated="btt" if rising else "ttb",
        line_dir_rotated="ltr" if rising else "rtl",
        return_chars=True,
    )
    return [_word(one, 1 if rising else -1) for one in found]


def lines_of(words: Sequence[Word]) -> list[Line]:
    """Return words as lines from the top; turned words follow those that are not."""
    lines: list[list[Word]] = []
    for word in sorted(words, key=lambda one: (abs(one.rising), *one.across)):
        last = lines[-1][-1] if lines else None
        at, height, _ = word.across
        if (
            last is not None
            and last.rising == word.rising
            and at - last.across[0] <= _SAME_LINE * min(height, last.across[1])
        ):
            lines[-1].append(word)
        else:
            lines.append([word])
    return [Line(tuple(sorted(line, key=lambda one: one.across[2]))) for line in lines]


def is_bold(words: Sequence[Word]) -> bool:
    """Tell whether all words are bold; no words are not."""
    return bool(words) and all(word.bold for word in words)


def _turned(char: dict[str, Any]) -> dict[str, Any]:
    """Return a letter that says of itself whether it is upright; the library errs by rounding."""
    across, up, *_ = char["matrix"]
    upright = abs(across) >= abs(up)
    return char if char["upright"] == upright else {**char, "upright": upright}


def _distinct(chars: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return letters without those drawn again on the spot, which is how some programs embolden."""
    drawn: set[tuple[str, int, int]] = set()
    kept = []
    for char in chars:
        x, y = int(char["x0"] / _SAME_SPOT), int(char["top"] / _SAME_SPOT)
        around = ((char["text"], x + right, y + down) for right, down in _AROUND)
        if drawn.isdisjoint(around):
            kept.append(char)
        drawn.add((char["text"], x, y))
    return kept


def _word(found: dict[str, Any], rising: int) -> Word:
    bold = all(_BOLD.search(char["fontname"]) for char in found["chars"])
    left, top, right, bottom = (float(found[edge]) for edge in ("x0", "top", "x1", "bottom"))
    return Word(found["text"], left, top, right, bottom, bold, 0 if found["upright"] else rising)
