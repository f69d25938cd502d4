"""Numbers and texts of the outline, taken apart as the form puts them together."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from reportgen.importing.likeness import squeezed
from reportgen.model.form import Level

_NUMBER = r"\d+(?:\.\d+)*"
_LOOSE = re.compile(r"(\d{1,4}(?:\.\s?\d{1,4})*)(?!\.?\d)\.?(?:\s+|(?=[^\W\d]|[\"«(])|$)")
_SLIPPED = re.compile(r"(\d{1,4})\.\s*(?=\D)")
_GOES_ON = re.compile(r"\s*\(?продовження\)?\.?\s*$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Label:
    """A number, «» if there is none, and the text after it; ``slip`` is what was mended."""

    number: str
    text: str
    slip: str = ""


def usual_depth(labels: Iterable[str]) -> int:
    """Return of how many parts the numbers of most labels are; 0 if few have any."""
    depths = Counter(
        found[1].count(".") + 1 for found in map(_LOOSE.match, labels) if found and found.end()
    )
    if not depths or depths.total() < 2:  # noqa: PLR2004 - one says nothing
        return 0
    return depths.most_common(1)[0][0]


def read_label(text: str, level: Level, depth: int) -> Label:
    """Return number and text of a cell that holds both.

    ``depth`` is how many parts the numbers of the column have, 0 if that is not known. A number
    with fewer is none: the text of a part may begin with a year or a quantity. With more it is a
    number all the same.
    """
    bare = without_continuation(text)
    strict = _strict(level).match(bare) if level.number else None
    if strict and (not depth or strict["n"].count(".") + 1 >= depth):
        return Label(strict["n"], bare[strict.end() :].strip())
    loose = _LOOSE.match(bare)
    if loose is None or not level.number or _prefix(level):
        return Label("", bare)
    number, rest = re.sub(r"\s", "", loose[1]), bare[loose.end() :].strip()
    parts = number.count(".") + 1
    slipped = _SLIPPED.match(rest)
    if depth and parts == depth - 1 and slipped:
        whole = f"{number}.{slipped[1]}"
        slip = f"номер «{bare[: loose.end() + slipped.end()].strip()}» прочитано як {whole}"
        return Label(whole, rest[slipped.end() :].strip(), slip)
    if depth and parts < depth:
        return Label("", bare)
    if " " in loose[1]:
        return Label(number, rest, f"номер «{loose[0].strip()}» прочитано як {number}")
    return Label(number, rest)


def read_number(text: str, level: Level) -> str:
    """Return the number in a cell of its own, without what the form prints around it.

    A level that is counted from 1 prints its place, not its number.
    """
    bare = without_continuation(text)
    strict = _strict(level).fullmatch(bare)
    if strict:
        return str(strict["n"])
    found = re.search(_NUMBER, bare)
    return found[0] if found else bare.rstrip(".")


def prints_place(level: Level) -> bool:
    """Tell whether a level prints the place of an item among its like instead of its number."""
    return "{position}" in level.number and "{n}" not in level.number


def begins_band(text: str, level: Level) -> bool:
    """Tell whether a text begins as the form numbers a level with words: «Стратегічна ціль 1»."""
    return bool(_prefix(level)) and _strict(level).match(" ".join(text.split())) is not None


def without_continuation(text: str) -> str:
    """Return a text without «(продовження)», which is printed where a page ends."""
    return _GOES_ON.sub("", text.strip())


def parent_number(number: str) -> str:
    """Return the number of what a number belongs to by its parts: «1.2» of «1.2.3»."""
    return number.rpartition(".")[0]


def _prefix(level: Level) -> str:
    """Return the words that a level's number begins with."""
    return squeezed(re.split(r"\{n\}|\{position\}", level.number)[0])


@lru_cache(maxsize=64)
def _strict(level: Level) -> re.Pattern[str]:
    """Return the pattern of a number as the form prints it, and of what follows it in a label."""
    parts = re.split(r"(\{n\}|\{position\})", level.number)
    pattern = "".join(
        rf"(?P<n>{_NUMBER})" if part in ("{n}", "{position}") else _words(part) for part in parts
    )
    after = r"\s*" if _prefix(level) else r"(?:\s+|$)"
    return re.compile(rf"{pattern}(?!\.?\d){after}", re.IGNORECASE)


def _words(text: str) -> str:
    return r"\s+".join(re.escape(one) for one in text.split()) + (
        r"\s+" if text.endswith(" ") else ""
    )
