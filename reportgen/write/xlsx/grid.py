"""The columns of the sheet: cut wherever a table has the edge of a column."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise

from reportgen.document.blocks import Document, TableColumn

_POINTS = 72 / 25.4  # in a millimetre
_PIXELS = 96 / 25.4  # of a screen, in a millimetre
_PLACES = 2  # widths are told apart to a hundredth of a millimetre

# A multi-line position takes at most this much, mm (ДСТУ 4163:2020); cut here for the signature
# where no table cuts the sheet.
POSITION_WIDTH = 73.0


@dataclass(frozen=True, slots=True)
class Grid:
    """``edges`` of the sheet's columns, mm from the left margin; the first is 0."""

    edges: tuple[float, ...]

    @property
    def last(self) -> int:
        """The last column, from 0."""
        return len(self.edges) - 2

    @property
    def pixels(self) -> list[int]:
        """Column widths in whole pixels, whose sum is never wider than the last edge."""
        return [int(right * _PIXELS) - int(left * _PIXELS) for left, right in pairwise(self.edges)]

    def width(self, left: int, right: int) -> float:
        """Return the width of the columns ``left`` to ``right``, both included, points."""
        return (self.edges[right + 1] - self.edges[left]) * _POINTS

    def starts(self, columns: Sequence[TableColumn]) -> list[int]:
        """Return the sheet column at which each column of a table starts, and where it ends."""
        position = {edge: index for index, edge in enumerate(self.edges)}
        return [position[edge] for edge in _edges(columns)]


def make_grid(document: Document) -> Grid:
    """Return the columns of the document's sheet; tables of one form share theirs.

    There are two at least, so that a signature's name stands apart from its position.
    """
    edges = {edge for table in document.tables for edge in _edges(table.columns)}
    edges |= {0.0} if edges else {0.0, document.page.text_width}
    if len(edges) == 2:  # noqa: PLR2004 - one column
        edges.add(min(POSITION_WIDTH, round(max(edges) / 2, _PLACES)))
    return Grid(tuple(sorted(edges)))


def _edges(columns: Sequence[TableColumn]) -> list[float]:
    return [
        round(edge, _PLACES) for edge in accumulate((one.width for one in columns), initial=0.0)
    ]
