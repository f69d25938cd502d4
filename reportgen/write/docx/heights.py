"""Which rows of a table are taller than a page, as far as that can be known without Word."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from reportgen.document.blocks import Cell, Table
from reportgen.model.council import PageProfile
from reportgen.model.markup import Marked
from reportgen.write.fonts import Face, Typeface
from reportgen.write.lists import Kind, kind_of

#: Height of a line of the Times-metric families, in em: ascent, descent and gap.
_LINE: Final = 1.149
_POINTS: Final = 72 / 25.4  # in a millimetre

#: Blank space on either side of a cell's text, and above and below it, mm.
CELL_MARGIN: Final = 1.0
ROW_MARGIN: Final = 0.3

#: How far the text of an item stands from the edge of its cell, mm, for its mark to hang there.
HANGING: Final[Mapping[Kind, float]] = {"bullets": 3.0, "numbers": 4.5}


def tall_rows(table: Table, page: PageProfile, typeface: Typeface | None) -> frozenset[int]:
    """Return the body rows that no page can hold whole under the repeated header.

    Without a typeface nothing can be measured, and every row is taken to fit. What a merged cell
    needs beyond one line in each of its rows is taken to fall on the last of them, as in Word.
    """
    if typeface is None:
        return frozenset()
    size = page.table_size
    widths = [column.width * _POINTS for column in table.columns]
    header = 0.0
    for row in table.placed_header:
        small = page.heading_size
        lines = (_lines(cell, _room(widths, at, cell), small, typeface.bold) for at, cell in row)
        header += max(lines, default=1) * size * _LINE + 2 * ROW_MARGIN * _POINTS
    left = (page.text_height - 2 * ROW_MARGIN) * _POINTS - header
    most = int(left / (size * _LINE))
    found = set()
    for index, row in enumerate(table.placed_body):
        for column, cell in row:
            room = _room(widths, column, cell)
            if _most_lines(cell, room, size) <= most:
                continue
            if _lines(cell, room, size, typeface.regular) - (cell.rows - 1) > most:
                found.add(index + cell.rows - 1)
    return frozenset(found)


def _room(widths: list[float], column: int, cell: Cell) -> float:
    """Return the width that a cell's text may take, in points."""
    return sum(widths[column : column + cell.columns]) - 2 * CELL_MARGIN * _POINTS


def _most_lines(cell: Cell, room: float, size: float) -> float:
    """Return a bound that needs no measuring: no letter is wider than an em or so.

    Any two lines in a row hold more than one line's width, or the second word would have stayed.
    """
    least = max(room - max(HANGING.values()) * _POINTS, size) if cell.marked else room
    return sum(2 * len(text) * size / least + 1 for text in cell.paragraphs)


def hanging(paragraph: Marked) -> float:
    """Return how much of a line the mark of an item takes, points; the frame may give it more."""
    return HANGING.get(kind_of(paragraph), 0.0) * _POINTS


def _lines(cell: Cell, room: float, size: float, face: Face) -> int:
    if not cell.marked:
        return sum(_wrap(text, room, size, face) for text in cell.paragraphs) or 1
    return sum(_wrap(one.text, max(room - hanging(one), size), size, face) for one in cell.marked)


def _wrap(text: str, room: float, size: float, face: Face) -> int:
    """Count the lines of a paragraph: words as long as they fit, a longer word is cut."""
    blank = face.width(" ", size)
    lines, used = 1, 0.0
    for word in text.split(" "):
        width = face.width(word, size)
        if used and used + width > room:
            lines, used = lines + 1, 0.0
        cuts, rest = divmod(width, room)
        lines += int(cuts)
        used = (rest if cuts else used + width) + blank
    return lines
