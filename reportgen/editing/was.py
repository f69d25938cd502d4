"""Remarks with what the last period said: made with a new file, taken away as it is filled in.

Such a block begins ``# було за I півріччя 2023 року:`` and has the old entries below, each as it
would stand there without the number sign.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from itertools import pairwise
from typing import Final

WAS: Final = "було "

_HEAD = re.compile(rf"( *)# {WAS}за .+:")
_ENTRY = re.compile(r"# ([^\s#:][^:]*):(?: .*)?")
_BELOW = re.compile(r"#(?: {2,}.*)?")  # the rest of an entry of several lines
_KEY = re.compile(r"( *)([^\s#:-][^:]*):(?: .*)?")


def without_was(text: str, filled: Collection[tuple[tuple[str, ...], str]]) -> str:
    """Return a file's text without the old entries whose values it has now.

    Args:
        text: the file.
        filled: the values, each by the keys of its row from the top, and its own. Remarks of
            persons stay, below a block as well.
    """
    kept: list[str] = []
    opened: list[tuple[int, str]] = []  # columns and keys of the mappings around a line
    gone: frozenset[str] | None = None  # keys whose entries go; None outside of blocks
    going = False
    for line in text.split("\n"):
        head, remark, key = _HEAD.fullmatch(line), line.lstrip(" "), _KEY.fullmatch(line)
        if head:
            row = tuple(name for column, name in opened if column < len(head[1]))
            gone = frozenset(name for path, name in filled if path == row)
            kept.append(line)
            continue
        if not remark.startswith("#"):
            gone = None
        if key:
            opened = [one for one in opened if one[0] < len(key[1])]
            opened.append((len(key[1]), key[2].strip("'\"")))
        entry = _ENTRY.fullmatch(remark)
        going = gone is not None and (
            entry[1] in gone if entry else going and bool(_BELOW.fullmatch(remark))
        )
        if not going:
            kept.append(line)
    return "\n".join(_headed(kept))


def _headed(lines: Sequence[str]) -> Iterator[str]:
    """Yield lines but for the heads of blocks of which nothing is left."""
    for line, below in pairwise([*lines, ""]):
        if not _HEAD.fullmatch(line) or _ENTRY.fullmatch(below.lstrip(" ")):
            yield line
