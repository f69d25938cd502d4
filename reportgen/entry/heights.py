"""Heights of rows: measured, since no program grows rows around merged cells, nor some at all.

A row in which texts are entered has room for a few lines at once: where the row is not fitted to
what is typed, as by programs without a screen, most of it is seen even so.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from reportgen.entry.cells import Cell, Style
from reportgen.write.fonts import Face, Typeface
from reportgen.write.xlsx.heights import TALLEST, text_height

#: Sizes of letters, points, of styles that differ from the usual one.
SIZES: Mapping[Style, float] = {Style.TITLE: 13.0, Style.HEADING: 9.0}
USUAL_SIZE = 10.5
BOLD = frozenset((Style.TITLE, Style.ABOUT, Style.HEADING, Style.BAND, Style.TOTAL))

_GUESSED = Face(Path(), {})  # half an em for each character
_DIGIT, _PADDING = 7, 5  # pixels, of a column's width in characters
_POINTS = 0.75  # in a pixel
_WIDE = 30  # characters, of a column for long texts
_LINES, _LEADING = 4, 1.25


def row_heights(
    cells: Sequence[Cell], widths: Mapping[int, float], typeface: Typeface | None
) -> dict[int, float]:
    """Return the heights, points, of the rows that hold these texts; widths are in characters."""
    heights: dict[int, float] = {}
    for cell in cells:
        if cell.question and cell.question.asked.is_prose and widths.get(cell.column, 0) >= _WIDE:
            heights[cell.row] = max(heights.get(cell.row, 0.0), _LINES * USUAL_SIZE * _LEADING)
        if not isinstance(cell.content, str) or not cell.content:
            continue
        columns = range(cell.column, max(cell.right, cell.column) + 1)
        pixels = sum(round(widths.get(one, 8.43) * _DIGIT) + _PADDING for one in columns)
        rows = range(cell.row, max(cell.bottom, cell.row) + 1)
        height = _height(cell, pixels * _POINTS, typeface) / len(rows)
        heights |= {row: max(heights.get(row, 0.0), min(height, TALLEST)) for row in rows}
    return heights


def _height(cell: Cell, width: float, typeface: Typeface | None) -> float:
    size = SIZES.get(cell.style, USUAL_SIZE)
    face = _GUESSED
    if typeface:
        face = typeface.bold if cell.style in BOLD else typeface.regular
    return text_height(str(cell.content), width, size, face)
