"""Names of sheets: short, telling, told apart, and such as Excel and LibreOffice let stand."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from typing import Final

#: Excel's limit, in UTF-16 units.
_LONGEST: Final = 31

#: What a name that is made here takes: tabs stay narrow, and so do formulas over many sheets.
_SHORT: Final = 24

# Excel refuses the first seven. The others mean something in a formula to XlsxWriter, which
# searches formulas, and so names in them, for calls and for the mark behind a sheet's name.
_UNFIT: Final = re.compile(r"[\[\]:*?/\\!(){}#|]")

#: Everything up to the word that all programmes are called by.
_GENERAL: Final = re.compile(r"^(?:\S+\s+){0,4}?програм[аи]\s+(?=\S)", re.IGNORECASE)
_QUOTES: Final = re.compile(r"[«»„“”\"]")

#: Words that no name may end with where it is cut.
_LEADING: Final = frozenset(
    ("і", "й", "та", "або", "в", "у", "з", "із", "зі", "на", "до", "для", "по", "про")
)

_NAMELESS: Final = "Аркуш"
_RESERVED: Final = frozenset({"history"})


def annex_name(number: int, programme: str) -> str:
    """Return what an annex's sheet is to be called: «1 соціального захисту»."""
    words = [str(number)]
    for word in _GENERAL.sub("", " ".join(_QUOTES.sub(" ", programme).split())).split():
        if _size(" ".join((*words, word))) > _SHORT:
            break
        words.append(word)
    while words[-1].casefold() in _LEADING:
        words.pop()
    return " ".join(words)


def sheet_names(wished: Iterable[str]) -> tuple[str, ...]:
    """Return a valid name for each wish, all different whatever their case."""
    taken: set[str] = set(_RESERVED)
    names: list[str] = []
    for wish in wished:
        name = base = _cut(_fit(wish), _LONGEST) or _NAMELESS
        count = 1
        while _key(name) in taken:
            count += 1
            ending = f" {count}"
            name = _cut(base, _LONGEST - len(ending)) + ending
        taken.add(_key(name))
        names.append(name)
    return tuple(names)


def quoted_name(name: str) -> str:
    """Return a sheet's name as a formula names it."""
    return "'" + name.replace("'", "''") + "'"


def _fit(wish: str) -> str:
    printed = "".join(" " if unicodedata.category(one)[0] in "CZ" else one for one in wish)
    return " ".join(_UNFIT.sub(" ", unicodedata.normalize("NFC", printed)).split())


def _cut(name: str, room: int) -> str:
    """Return as much of a name as fits; an apostrophe can stand at neither end."""
    while _size(name) > room:
        name = name[:-1]
    return name.strip(" '")


def _size(name: str) -> int:
    return len(name.encode("utf-16-le")) // 2


def _key(name: str) -> str:
    return unicodedata.normalize("NFKC", name).casefold()
