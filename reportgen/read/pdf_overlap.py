"""Letters that a page prints over others: what stands there can be read by nobody."""

from __future__ import annotations

import statistics
from collections import defaultdict
from collections.abc import Sequence
from itertools import product
from typing import Any, Final, NamedTuple

_HALF: Final = 0.5  # of a letter's width and of its height: so much over another is on it
_MOST: Final = 50  # letters that are compared with another


class _Box(NamedTuple):
    left: float
    top: float
    right: float
    bottom: float


def overprinted(letters: Sequence[dict[str, Any]]) -> float:
    """Return which share of a page's letters covers, or is covered by, another one by half."""
    boxes = [
        _Box(*(float(one[edge]) for edge in ("x0", "top", "x1", "bottom")))
        for one in letters if one["text"].strip()
    ]  # fmt: skip
    if not boxes:
        return 0.0
    side = max(statistics.median(one.bottom - one.top for one in boxes), 1.0)
    near: dict[tuple[int, int], list[_Box]] = defaultdict(list)
    for one in boxes:
        near[_square(one, side)].append(one)
    return sum(_is_covered(one, side, near) for one in boxes) / len(boxes)


def _square(box: _Box, side: float) -> tuple[int, int]:
    """Return in which square of a page, ruled so wide, the middle of a letter is."""
    return int((box.left + box.right) / 2 // side), int((box.top + box.bottom) / 2 // side)


def _is_covered(box: _Box, side: float, near: dict[tuple[int, int], list[_Box]]) -> bool:
    across, down = _square(box, side)
    return any(
        other is not box and _are_on_each_other(box, other)
        for right, below in product((0, -1, 1), repeat=2)
        for other in near.get((across + right, down + below), ())[:_MOST]
    )


def _are_on_each_other(one: _Box, other: _Box) -> bool:
    across = min(one.right, other.right) - max(one.left, other.left)
    down = min(one.bottom, other.bottom) - max(one.top, other.top)
    widest = min(one.right - one.left, other.right - other.left)
    highest = min(one.bottom - one.top, other.bottom - other.top)
    return across > _HALF * widest and down > _HALF * highest
