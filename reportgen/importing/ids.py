"""Ids made of Ukrainian names, in the letters of the official romanisation.

The table is that of the Cabinet of Ministers' resolution of 27.01.2010 No. 55; four letters are
written otherwise at the beginning of a word.
"""

from __future__ import annotations

import re
from collections.abc import Collection

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


def made_id(name: str, taken: Collection[str]) -> str:
    """Return a short id for a name: its first words romanised, and a number if it is taken."""
    words = re.findall(r"[^\W_]+", re.sub(r"['’ʼ`]", "", name.casefold()).replace("зг", "zgh"))
    parts = [one for one in ("".join(_letters(word)) for word in words) if one]
    made = parts[0][:_LONGEST] if parts else "zapys"
    for part in parts[1:]:
        if len(made) + 1 + len(part) > _LONGEST:
            break
        made = f"{made}-{part}"
    number = 2
    chosen = made
    while chosen in taken:
        chosen = f"{made}-{number}"
        number += 1
    return chosen


def _letters(word: str) -> list[str]:
    romanised = [
        _FIRST[char] if at == 0 and char in _FIRST else _LETTERS.get(char, char)
        for at, char in enumerate(word)
    ]
    return [one for one in romanised if one.isascii() and one.isalnum()]
