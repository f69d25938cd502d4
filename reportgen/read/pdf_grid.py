"""The grid of a ruled table: rulings that a cell lacks make it a merged one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple, TypeAlias

_SAME: Final = 2.0  # points: rulings nearer to each other than that are one

#: Left, top, right and bottom, points from the page's top left corner.
Edges: TypeAlias = tuple[float, float, float, float]


class Box(NamedTuple):
    """A cell: its place and size in the grid, and where it is drawn."""

    row: int
    column: int
    rows: int
    columns: int
    edges: Edges

    def holds(self, x: float, y: float) -> bool:
        """Tell whether a point is in the cell."""
        left, top, right, bottom = self.edges
        return left <= x <= right and top <= y <= bottom


@dataclass(frozen=True, slots=True)
class Grid:
    """A table of a page, its cells by row and column."""

    cells: tuple[Box, ...]
    top: float
    bottom: float
    height: int  # rows


def grid_of(cells: Sequence[Edges]) -> Grid | None:
    """Return the grid of cells; ``None`` for a single one, which is a frame and no table."""
    if len(cells) < 2:  # noqa: PLR2004
        return None
    across = _rulings(edge for left, _, right, _ in cells for edge in (left, right))
    down = _rulings(edge for _, top, _, bottom in cells for edge in (top, bottom))
    boxes = (
        Box(
            (row := _nearest(down, top)),
            (column := _nearest(across, left)),
            max(_nearest(down, bottom) - row, 1),
            max(_nearest(across, right) - column, 1),
            (left, top, right, bottom),
        )
        for left, top, right, bottom in cells
    )
    return Grid(tuple(sorted(boxes)), down[0], down[-1], max(len(down) - 1, 1))


def _rulings(edges: Iterable[float]) -> list[float]:
    """Return the distinct rulings in order."""
    found: list[float] = []
    for edge in sorted(edges):
        if not found or edge - found[-1] > _SAME:
            found.append(edge)
    return found


def _nearest(rulings: Sequence[float], edge: float) -> int:
    return min(range(len(rulings)), key=lambda at: abs(rulings[at] - edge))
