"""Rows whose cells have shifted, by evidence: each cell is put where its like stand.

A whole row that fits as it stands is left alone. For any other the best way is looked for to put
its cells, in their order, into the columns: columns may have lost their cell, empty cells may be
too many, two neighbours may have changed places. Each of these costs, so that only evidence moves
anything: numbers, years, labels and known names.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from reportgen.importing.grid import GridRow
from reportgen.importing.sorts import Profile
from reportgen.model.form import Column
from reportgen.read.source import SourceCell

_STRANGE = -1.2  # a cell that fits no better asks for a repair
_MARGIN = 1.5  # by so much a repaired row must fit better
_LOST_FIRST, _LOST = 0.3, 0.8  # at the row's beginning, as page ends take them, and elsewhere
_EMPTY_LAST, _EMPTY, _DROPPED = 0.1, 0.6, 100.0
_SWAPPED = 1.0


@dataclass(frozen=True, slots=True)
class Aligned:
    """A row's cells by the place where they belong; ``repair`` says what was done, if anything.

    ``left`` are cells for which the table has no place.
    """

    cells: dict[int, SourceCell]
    left: tuple[SourceCell, ...] = ()
    repair: str = ""


class Aligner:
    """Puts the cells of rows into the columns of their table.

    The best way depends on the sorts of the cells alone, so rows alike are put right once.
    """

    def __init__(
        self,
        columns: Sequence[Column | None],
        profile: Profile,
        sort: Callable[[SourceCell], str],
    ) -> None:
        self._columns = columns
        self._profile = profile
        self._sort = sort
        self._known: dict[tuple[tuple[str, ...], tuple[int, ...]], tuple[float, _Steps]] = {}

    def align(self, row: GridRow) -> Aligned:
        """Return a row with each cell in its column."""
        width = len(self._columns)
        as_is = {at: cell for at, cell in row.cells.items() if at < width}
        left = tuple(cell for at, cell in row.filled if at >= width)
        places = tuple(at for at in range(width) if at not in row.covered)
        cells = [cell for _, cell in sorted(row.cells.items())]
        if any(cell.columns > 1 for cell in cells):
            return Aligned(as_is, left)
        fitting = [self._fits(self._sort(cell), place) for place, cell in as_is.items()]
        is_whole = not left and not any(at >= row.width for at in places)
        if is_whole and min(fitting, default=0.0) > _STRANGE:
            return Aligned(as_is)
        score, steps = self._best(tuple(map(self._sort, cells)), places)
        if not left and score < sum(fitting) + _MARGIN:
            return Aligned(as_is)
        moved = {places[place]: cells[at] for at, place in steps.put}
        put = {at for at, _ in steps.put}
        left = tuple(one for at, one in enumerate(cells) if at not in put and one.text.strip())
        told = _told(steps, places, self._columns, cells, sorted(row.cells))
        return Aligned(moved, left, told)

    def _fits(self, sort: str, place: int) -> float:
        return self._profile.fits(sort, place, self._columns[place])

    def _best(self, sorts: tuple[str, ...], places: tuple[int, ...]) -> tuple[float, _Steps]:
        if (sorts, places) not in self._known:
            self._known[sorts, places] = _best(
                len(sorts),
                len(places),
                lambda at, place: self._fits(sorts[at], places[place]),
                lambda at: not sorts[at],
            )
        return self._known[sorts, places]


@dataclass(frozen=True, slots=True)
class _Steps:
    """How cells go to places: (cell, place), places without a cell, swapped pairs of places."""

    put: tuple[tuple[int, int], ...] = ()
    lost: tuple[int, ...] = ()
    swapped: tuple[tuple[int, int], ...] = ()


def _best(
    cells: int,
    places: int,
    fits: Callable[[int, int], float],
    is_empty: Callable[[int], bool],
) -> tuple[float, _Steps]:
    """Return the best way to put cells into places, and how well everything fits then."""
    table: list[list[tuple[float, _Steps]]] = []
    for at in range(cells + 1):
        line: list[tuple[float, _Steps]] = []
        table.append(line)
        for place in range(places + 1):
            options: list[tuple[float, _Steps]] = [(0.0, _Steps())] if at == place == 0 else []
            if at and place:
                score, steps = table[at - 1][place - 1]
                put = (*steps.put, (at - 1, place - 1))
                fit = fits(at - 1, place - 1)
                options.append((score + fit, _Steps(put, steps.lost, steps.swapped)))
            if place:
                score, steps = line[place - 1]
                lost = (*steps.lost, place - 1)
                cost = _LOST_FIRST if at == 0 else _LOST
                options.append((score - cost, _Steps(steps.put, lost, steps.swapped)))
            if at:
                score, steps = table[at - 1][place]
                cost = _DROPPED
                if is_empty(at - 1):
                    cost = _EMPTY_LAST if place == places else _EMPTY
                options.append((score - cost, steps))
            if at > 1 and place > 1:
                score, steps = table[at - 2][place - 2]
                fit = fits(at - 2, place - 1) + fits(at - 1, place - 2)
                put = (*steps.put, (at - 2, place - 1), (at - 1, place - 2))
                swapped = (*steps.swapped, (place - 2, place - 1))
                options.append((score + fit - _SWAPPED, _Steps(put, steps.lost, swapped)))
            line.append(max(options, key=lambda one: one[0]))
    return table[cells][places]


def _told(
    steps: _Steps,
    places: Sequence[int],
    columns: Sequence[Column | None],
    cells: Sequence[SourceCell],
    before: Sequence[int],
) -> str:
    """Say what was done to a row."""

    def name(place: int) -> str:
        column = columns[places[place]]
        return f"«{column.heading[-1]}»" if column else f"колонка {places[place] + 1}"

    said: list[str] = []
    if steps.swapped:
        pairs = (f"{name(one)} і {name(other)}" for one, other in steps.swapped)
        said.append(f"поміняно місцями {'; '.join(pairs)}")
    if steps.lost:
        said.append(f"вважаю загубленими комірки колонок {', '.join(map(name, steps.lost))}")
    moved = [
        (at, place)
        for at, place in steps.put
        if before[at] != places[place] and cells[at].text.strip()
    ]
    if moved and not said:
        said.append(f"пересунуто комірок: {len(moved)}")
    return "; ".join(said)
