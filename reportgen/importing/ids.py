"""Ids made of Ukrainian names, in the letters of the official romanisation.

The table is that of the Cabinet of Ministers' resolution of 27.01.2010 No. 55; four letters are
written otherwise at the beginning of a word.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

_LETTERS = dict(
    zip(
        "абвгґдеєжзиіїйклмнопрстуфхцчшщьюя",
        (
            *("a", "b", "v", "h", "g", "d", "e", "ie", "zh", "z", "y", "i", "i", "i", "k", "l"),
            *("m", "n", "o", "p", "r", "s", "t", "u", "f", "kh", "ts", "ch", "sh", "shch", ""),
            *("iu", "ia"),
        ),
        strict=True,
    )
)
_FIRST = {"є": "ye", "ї": "yi", "й": "y", "ю": "yu", "я": "ya"}
_LONGEST = 40


class Ids:
    """Makes ids that nobody has yet; ``taken`` are those that somebody has."""

    def __init__(self, taken: Iterable[str]) -> None:
        self._taken = set(taken)
        self._last: dict[str, int] = {}  # numbers of names that are alike

    def take(self, one: str) -> None:
        """Take an id that was made elsewhere."""
        self._taken.add(one)

    def made(self, name: str) -> str:
        """Return a short id for a name: its first words romanised, and a number if it is taken."""
        made = _romanised(name)
        number = self._last.get(made, 1)
        chosen = made if number == 1 else f"{made}-{number}"
        while chosen in self._taken:
            number += 1
            chosen = f"{made}-{number}"
        self._last[made] = number
        self._taken.add(chosen)
        return chosen


def _romanised(name: str) -> str:
    words = re.findall(r"[^\W_]+", re.sub(r"['’ʼ`]", "", name.casefold()).replace("зг", "zgh"))
    parts = [one for one in ("".join(_letters(word)) for word in words) if one]
    made = parts[0][:_LONGEST] if parts else "zapys"
    for part in parts[1:]:
        if len(made) + 1 + len(part) > _LONGEST:
            break
        made = f"{made}-{part}"
    return made


def _letters(word: str) -> list[str]:
    romanised = [
        _FIRST[char] if at == 0 and char in _FIRST else _LETTERS.get(char, char)
        for at, char in enumerate(word)
    ]
    return [one for one in romanised if one.isascii() and one.isalnum()]
