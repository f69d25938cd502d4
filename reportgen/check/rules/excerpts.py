"""What of a text a message shows around a place."""

from __future__ import annotations

import re

from reportgen.diagnostics import quoted

_ADDRESS = re.compile(r"://|@|www\.")


def address(text: str, at: int) -> bool:
    """Tell whether an address of a page or a mailbox stands around a place between blanks."""
    before = re.split(r"[\s\0]", text[max(0, at - 200) : at])[-1]
    return bool(_ADDRESS.search(before + re.split(r"[\s\0]", text[at : at + 200])[0]))


def excerpt(text: str, start: int, end: int) -> str:
    """Return «…» with a place and the words that it touches, for a message."""
    return quoted(words(text, start, end))


def words(text: str, start: int, end: int) -> str:
    """Return a place and the words that it touches."""
    before = re.search(r"[^\s\0]*$", text[max(0, start - 30) : start])
    after = re.match(r"[^\s\0]*", text[end : end + 30])
    return f"{before[0] if before else ''}{text[start:end]}{after[0] if after else ''}"
