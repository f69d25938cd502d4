"""Locked cells of a sheet that changed their places while the hidden keys stayed.

So it is when only what is seen is sorted. The entries have then moved to rows or columns of others,
and nobody can tell which are where they belong: such a form is refused. A locked cell that was
merely retyped looks like none of the others, and does no harm.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from reportgen.diagnostics import Diagnostic, Span, finding, quoted
from reportgen.entry.columns import Role

#: What a row is known by: one such cell that shows another row's is enough.
_NAMING = (Role.NUMBER.value, Role.NAME.value)
_HINT = (
    "рядки чи стовпці переставлено без прихованих позначок (стовпець A, рядок 1): скасуйте "
    "сортування або перенесіть дані у форму, видану наново"
)


@dataclass(frozen=True, slots=True)
class Locked:
    """A locked cell: where it is now, what it shows, and what the form had in it."""

    place: Span
    now: str
    was: str


def shifted(cells: Mapping[tuple[str, str], Locked]) -> Iterator[Diagnostic]:
    """Yield one error for what changed places on a sheet, if anything did.

    Args:
        cells: by the keys of their rows and columns; keys of rows that ask nothing begin with #.
    """
    columns: dict[str, dict[str, Locked]] = {}
    headings: dict[str, dict[str, Locked]] = {}
    for (row, column), cell in cells.items():
        columns.setdefault(column, {})[row] = cell
        if row.startswith("#"):
            headings.setdefault(row, {})[column] = cell
    moved = [pair for key, lane in columns.items() for pair in _moved(lane, alone=key in _NAMING)]
    moved += [pair for lane in headings.values() for pair in _moved(lane, alone=True)]
    if moved:
        (here, there), *_ = sorted(
            moved, key=lambda pair: (pair[0].place.line, pair[0].place.column)
        )
        rows = {one.place.line for one, _ in moved}
        more = f"; таких рядків {len(rows)}" if len(rows) > 1 else ""
        message = f"тут видно {quoted(here.now)}, а видано {quoted(here.was)}{more}"
        related = ((there.place, f"тут у виданій формі {quoted(there.was)}"),)
        yield finding("entry-structure", here.place, message, _HINT, related)


def _moved(lane: Mapping[str, Locked], *, alone: bool) -> list[tuple[Locked, Locked]]:
    """Return cells that show what another of their row or column had, with that other.

    Unless one ``alone`` will do, all that changed must have the same contents as before together:
    the same sum or term may well stand in several rows.
    """
    changed = [one for one in lane.values() if one.now != one.was]
    if not alone and Counter(one.now for one in changed) != Counter(one.was for one in changed):
        return []
    among = lane.values() if alone else changed
    home = {one.was: one for one in reversed([*among]) if one.was}
    return [(one, home[one.now]) for one in changed if one.now in home]
