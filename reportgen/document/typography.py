"""Running text as it is typeset: what may not be parted, and quotation marks within others.

Values and wordings write plain blanks and one kind of marks; both are put right where lines are
drawn, in acts, contents and bookmarks.
"""

from __future__ import annotations

import re
from typing import Final

_BLANK: Final = "\u00a0"
_YEARS: Final = r"(?:рік|року|році|роки|років|роками)\b"
_PART: Final = r"(?:I|9) (?:квартал|півріччя|місяців)\b"

#: Blanks that no line ends at: in names of periods and units, before years and dashes, after «№».
_UNBROKEN: Final = re.compile(
    rf"(?<=\bза) (?={_PART}|[0-9]{{4}} {_YEARS})|(?<=\b[УуВв]) (?=[0-9]{{4}} {_YEARS})"
    r"|(?<=\bI) (?=(?:квартал|півріччя)\b)|(?<=\b9) (?=місяців\b)"
    rf"|(?<=[0-9]) (?={_YEARS}|тис\. грн|%)"
    r"|(?<=\S) (?=– )|(?<=№) (?=\S)|(?<=\bтис\.) (?=грн\b)"
)


def typeset(text: str) -> str:
    """Return a text with blanks that do not break and with inner quotation marks."""
    return inner_quotes(_UNBROKEN.sub(_BLANK, text))


def inner_quotes(text: str) -> str:
    """Return a text where quotes in «…» are „…“; one whose marks are not paired stays as it is."""
    depth = 0
    signs: list[str] = []
    for sign in text:
        if sign == "«":
            depth += 1
            signs.append("„" if depth > 1 else sign)
        elif sign == "»":
            signs.append("“" if depth > 1 else sign)
            depth -= 1
        else:
            signs.append(sign)
        if depth < 0:
            return text
    return text if depth else "".join(signs)
