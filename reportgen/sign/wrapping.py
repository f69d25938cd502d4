"""Texts broken into lines of a width, in the way that nothing of a name or a number is lost."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

#: Returns the width of a text.
Width = Callable[[str], float]

#: Where a line may end: behind a blank, or behind a hyphen between letters.
_BREAKS = re.compile(r"(?<=\s)(?=\S)|(?<=\w-)(?=\w)")


def wrapped(text: str, room: float, width: Width) -> list[str]:
    """Return the lines of a text; a word that is wider than ``room`` is parted anywhere."""
    lines: list[str] = []
    line = ""
    for piece in _pieces(" ".join(text.split()), room, width):
        if line and width((line + piece).rstrip()) > room:
            lines.append(line.rstrip())
            line = ""
        line += piece
    return [*lines, line.rstrip()] if line else lines


def shortened(text: str, most: int, room: float, width: Width) -> list[str]:
    """Return at most ``most`` lines; what does not fit ends in «…»."""
    lines = wrapped(text, room, width)
    if len(lines) <= most:
        return lines
    last = lines[most - 1]
    while last and width(f"{last}…") > room:
        last = last[:-1]
    return [*lines[: most - 1], f"{last.rstrip()}…"]


def _pieces(text: str, room: float, width: Width) -> Iterator[str]:
    """Yield what may not be parted, with the blank behind it."""
    for piece in _BREAKS.split(text):
        rest = piece
        while width(rest.rstrip()) > room and len(rest) > 1:
            fits = next(
                (end for end in range(len(rest) - 1, 1, -1) if width(rest[:end]) <= room), 1
            )
            yield rest[:fits]
            rest = rest[fits:]
        yield rest
