"""A foreign file as one stream of lines: paragraphs, and rows of tables on their grids.

Where a table ends and the next begins says little: tables are cut at page ends, sheets hold titles
and several tables. So all rows stand in one stream, in reading order, and headers are looked for
in it.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TypeAlias

from reportgen.read.source import (
    Place,
    SourceCell,
    SourceFile,
    SourceParagraph,
    SourceTable,
)


@dataclass(frozen=True, slots=True)
class GridRow:
    """A row: the cells that begin in it, by column; places that a cell from above takes.

    ``above`` are those cells, by column. ``width`` is the number of places up to the last that is
    taken; ``table`` counts tables.
    """

    cells: Mapping[int, SourceCell]
    covered: frozenset[int]
    place: Place
    width: int
    table: int
    above: Mapping[int, SourceCell] = field(default_factory=dict)

    @property
    def filled(self) -> tuple[tuple[int, SourceCell], ...]:
        """The cells that show anything, from left to right."""
        return tuple((at, cell) for at, cell in sorted(self.cells.items()) if cell.text.strip())

    @property
    def alone(self) -> SourceCell | None:
        """The only cell that shows anything."""
        filled = self.filled
        return filled[0][1] if len(filled) == 1 else None


StreamLine: TypeAlias = SourceParagraph | GridRow


def stream(source: SourceFile) -> tuple[StreamLine, ...]:
    """Return the lines of a file that show anything, in reading order."""
    return tuple(_lines(source))


def _lines(source: SourceFile) -> Iterator[StreamLine]:
    tables = 0
    for block in source.blocks:
        if isinstance(block, SourceTable):
            yield from _rows(block, tables)
            tables += 1
        elif block.text.strip():
            yield block


def _rows(table: SourceTable, number: int) -> Iterator[GridRow]:
    below: dict[int, tuple[int, SourceCell]] = {}  # column → rows that a cell above still takes
    for row in table.rows:
        above = {column: cell for column, (_, cell) in below.items()}
        covered = frozenset(above)
        below = {column: (left - 1, cell) for column, (left, cell) in below.items() if left > 1}
        cells = dict(row.cells)
        for column, cell in cells.items():
            if cell.rows > 1:
                taken = range(column, column + cell.columns)
                below.update(dict.fromkeys(taken, (cell.rows - 1, cell)))
        ends = [at + cell.columns for at, cell in cells.items()]
        width = max([*ends, *(at + 1 for at in covered)], default=0)
        made = GridRow(cells, covered, row.place, width, number, above)
        if made.filled or covered:
            yield made


def regrid(row: GridRow, starts: Sequence[int]) -> GridRow:
    """Return a row on the columns of its own table, which begin at ``starts``.

    A sheet that holds several tables has one grid for all, so columns are merged of several.
    """
    if starts == tuple(range(len(starts))):
        return row
    cells: dict[int, SourceCell] = {}
    for at, cell in sorted(row.cells.items()):
        first = max(bisect_right(starts, at) - 1, 0)
        last = max(bisect_right(starts, at + cell.columns - 1) - 1, first)
        if first not in cells or not cells[first].text.strip():
            cells[first] = replace(cell, columns=last - first + 1)
    covered = frozenset(
        max(bisect_right(starts, at) - 1, 0) for at in row.covered if at <= starts[-1]
    )
    above = {
        max(bisect_right(starts, at) - 1, 0): cell
        for at, cell in row.above.items() if at <= starts[-1]
    }  # fmt: skip
    covered -= cells.keys()
    return replace(row, cells=cells, covered=covered, width=len(starts), above=above)


def line_text(line: StreamLine) -> str:
    """Return the text of a paragraph, or of a row that shows but one; "" for other rows."""
    if isinstance(line, SourceParagraph):
        return line.text
    return line.alone.text if line.alone else ""


def row_text(line: StreamLine) -> str:
    """Return all that a line shows."""
    if isinstance(line, SourceParagraph):
        return line.text
    return " ".join(cell.text for _, cell in line.filled)
