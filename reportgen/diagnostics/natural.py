"""The order in which people list names: 9 comes before 10."""

from __future__ import annotations

import re
from typing import Final

_NUMBERS: Final = re.compile(r"(\d+)")


def natural(name: str) -> tuple[tuple[tuple[int, str], ...], str]:
    """Return a key to sort names by: numbers in them by their value, names of one order as typed.

    Parts of text and numbers take turns, so a number is only ever held against another one.
    """
    parts = _NUMBERS.split(name.casefold())
    return tuple((int(one), "") if one.isdecimal() else (-1, one) for one in parts), name
