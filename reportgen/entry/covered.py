"""What of a sheet a clerk sees otherwise than it comes back: cells merged, notes beside them."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Iterator, Mapping

from xlsxwriter.utility import xl_range

from reportgen.diagnostics import quoted
from reportgen.entry.places import Area

Place = tuple[int, int]
_MOST_TOLD = 20


def covered(merged: Collection[Area], asked: Collection[Place]) -> Iterator[tuple[Place, str]]:
    """Yield merged areas in which an entry cell is lost, each by its first cell and a sentence.

    Args:
        merged: the areas of a sheet.
        asked: its entry cells. One alone at the head of an area keeps what is typed there.
    """
    by_row: dict[int, set[int]] = {}
    for row, column in asked:
        by_row.setdefault(row, set()).add(column)
    rows = sorted(by_row)
    told = 0
    for area in merged:
        within = rows[bisect_left(rows, area.top) : bisect_left(rows, area.bottom + 1)]
        head = (area.top, area.left)
        if any(_loses(by_row[row], row, head, area) for row in within):
            yield head, f"клітинки {xl_range(*area)} об'єднано: одне значення на кілька клітинок"
            told += 1
            if told == _MOST_TOLD:
                return


def _loses(columns: set[int], row: int, head: Place, area: Area) -> bool:
    return any(area.left <= column <= area.right and (row, column) != head for column in columns)


def noted(notes: Mapping[Place, str], known: Collection[str]) -> Iterator[tuple[Place, str]]:
    """Yield notes that the form has not brought with it, each by its cell and a sentence."""
    for at, text in sorted(notes.items()):
        if text and text not in known:
            yield at, f"не перенесено примітку {quoted(text)}"
