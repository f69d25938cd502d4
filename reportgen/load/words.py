"""What was meant: hints that name the nearest word of those that may stand somewhere."""

from __future__ import annotations

import difflib
from collections.abc import Collection

MOST_KNOWN = 300  # words among which a near one is looked for
_MOST_LISTED = 40
_LONGEST_WORD = 60
_LONGEST_NAME = 200


def suggest(word: str, known: Collection[str]) -> str:
    """Return a hint that names the nearest known word, or lists what may stand here."""
    near = nearest(word, known)
    if near or not known or len(known) > _MOST_LISTED:
        return near
    return f"тут можуть бути: {', '.join(sorted(set(known)))}"


def called(name: str, ids: dict[str, str]) -> str:
    """Return a hint with the id of what a register calls so, in a word of it, or nearly so."""
    if len(name) > _LONGEST_NAME:
        return ""
    words = name.split()
    near = {ids[one] for one in ids if name == one or name in one.split() or one in words}
    near = near or {ids[one] for one in difflib.get_close_matches(name, ids, 1, 0.8)}
    return f"тут пишуть позначку: можливо, «{near.pop()}»?" if len(near) == 1 else ""


def nearest(word: str, known: Collection[str]) -> str:
    """Return a hint that names the nearest known word, or nothing."""
    if len(word) > _LONGEST_WORD or len(known) > MOST_KNOWN:
        return ""
    near = difflib.get_close_matches(word, known, 1, 0.6)
    if not near:
        return ""
    other_letters = near[0].isascii() and not word.isascii()
    return f"можливо, «{near[0]}»{' латинськими літерами' if other_letters else ''}?"
