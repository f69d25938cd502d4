"""Where the printed pages of the sheet end, estimated from row heights.

A spreadsheet has no "keep with next". A manual page break is set only before rows that would
otherwise be torn apart, so that the sheet stays free to edit.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

# How much of the sheet a page holds beside its text height: LibreOffice prints a sheet that is
# fitted to the width of a page at 98 % where that saves a page.
_SCALES = (1.0, 1 / 0.98)


@dataclass(frozen=True, slots=True)
class PageRoom:
    """The height of a page's text area, points, and what repeated rows take of it.

    They are not repeated on the first page, where they stand by themselves.
    """

    height: float
    repeated: float


def needed_breaks(
    heights: Sequence[float], kept: Iterable[range], room: PageRoom
) -> tuple[int, ...]:
    """Return the rows before which a page must be ended by hand.

    Args:
        heights: of all rows, points.
        kept: groups of rows that belong on one page; what no page can hold is ignored.
        room: of the pages.
    """
    needs: dict[int, float] = {}
    for group in kept:
        need = sum(heights[row] for row in group)
        if need <= room.height - room.repeated:
            needs[group.start] = max(need, needs.get(group.start, 0.0))
    breaks: set[int] = set()
    settled = False
    while not settled:
        known = len(breaks)
        for scale in _SCALES:
            scaled = PageRoom(room.height * scale, room.repeated)
            breaks.update(_torn(heights, needs, scaled, frozenset(breaks)))
        settled = len(breaks) == known
    return tuple(sorted(breaks))


def page_starts(
    heights: Sequence[float], breaks: Collection[int], room: PageRoom
) -> tuple[int, ...]:
    """Return the first row of every page but the first, with the given manual breaks."""
    return tuple(row for row, _ in _starts(heights, {}, room, breaks))


def _torn(
    heights: Sequence[float],
    needs: Mapping[int, float],
    room: PageRoom,
    breaks: Collection[int],
) -> Iterator[int]:
    return (row for row, is_torn in _starts(heights, needs, room, breaks) if is_torn)


def _starts(
    heights: Sequence[float],
    needs: Mapping[int, float],
    room: PageRoom,
    breaks: Collection[int],
) -> Iterator[tuple[int, bool]]:
    """Yield the rows that start a page, and whether only what must follow them is the reason."""
    available, used = room.height, 0.0
    for row, height in enumerate(heights):
        is_full = used + height > available
        is_torn = used + needs.get(row, 0.0) > available
        if row and (row in breaks or (used and (is_full or is_torn))):
            yield row, is_torn and not is_full and row not in breaks
            available, used = room.height - room.repeated, 0.0
        used += height
