"""The table as WordprocessingML.

It is built element by element, for python-docx looks for every cell anew and docxtpl runs each
through regular expressions: with 700 rows that costs more than all the rest.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from copy import copy
from dataclasses import dataclass
from itertools import accumulate, pairwise
from operator import attrgetter
from typing import Final

from lxml import etree

from reportgen.document.blocks import Cell, Role, Row, Table, place
from reportgen.model.council import PageProfile
from reportgen.write.breaking import part_wide_words
from reportgen.write.docx.heights import CELL_MARGIN, ROW_MARGIN, tall_rows
from reportgen.write.docx.styles import BAND, CELL, HEADING, NUMBERS, TOTAL, FrameStyle, Styles
from reportgen.write.docx.text import add_text
from reportgen.write.docx.xml import add, element, twips
from reportgen.write.fonts import Typeface

_HEADER: Final = frozenset({Role.HEADING, Role.NUMBERS})
_BOLD: Final = frozenset({Role.HEADING, Role.BAND, Role.TOTAL})
_OWN_STYLE: Final = {Role.HEADING: HEADING, Role.NUMBERS: NUMBERS, Role.BAND: BAND}


@dataclass(frozen=True, slots=True)
class _Place:
    """A cell in one row of the grid; ``below`` means that it began in a row above."""

    column: int
    cell: Cell
    below: bool


def draw_table(
    table: Table, styles: Styles, page: PageProfile, typeface: Typeface | None, *, keep_rows: int
) -> etree._Element:
    """Return the table; its last ``keep_rows`` rows stay on one page with what follows it."""
    # Edges are rounded, not widths: so the columns add up to the table's own width.
    edges = [twips(mm) for mm in accumulate((one.width for one in table.columns), initial=0.0)]
    tall = tall_rows(table, page, typeface)
    drawn = element("tbl")
    _table_properties(drawn, table.caption, edges[-1])
    grid = add(drawn, "tblGrid")
    for left, right in pairwise(edges):
        add(grid, "gridCol", w=right - left)
    pen = _Pen(styles, edges, page, typeface)
    for row, places in _whole_rows(table.header, len(table.columns)):
        drawn.append(pen.row(row, places, whole=True, keep=False))
    kept_from = len(table.body) - keep_rows
    for index, (row, places) in enumerate(_whole_rows(table.body, len(table.columns))):
        drawn.append(pen.row(row, places, whole=index not in tall, keep=index >= kept_from))
    return drawn


def _table_properties(drawn: etree._Element, caption: str, width: int) -> None:
    """Write borders here: Word offers a table style for change only where a table shows it."""
    properties = add(drawn, "tblPr")
    add(properties, "tblW", w=width, type="dxa")
    borders = add(properties, "tblBorders")
    for side in ("top", "left", "bottom", "right", "insideH", "insideV"):
        add(borders, side, val="single", sz=4, space=0, color="auto")
    add(properties, "tblLayout", type="fixed")
    margins = add(properties, "tblCellMar")
    for side in ("top", "left", "bottom", "right"):
        margin = CELL_MARGIN if side in ("left", "right") else ROW_MARGIN
        add(margins, side, w=twips(margin), type="dxa")
    add(
        properties,
        "tblLook",
        val="0620",  # the sum of the flags below, for older programs
        firstRow=1,
        lastRow=0,
        firstColumn=0,
        lastColumn=0,
        noHBand=1,
        noVBand=1,
    )
    add(properties, "tblCaption", val=caption)
    add(properties, "tblDescription", val=caption)


def _whole_rows(rows: tuple[Row, ...], columns: int) -> Iterator[tuple[Row, list[_Place]]]:
    """Yield each row with the merged cells from above: Word wants a cell in every row."""
    open_cells: dict[int, tuple[Cell, int]] = {}  # first column → cell, rows that it still covers
    for row, own in zip(rows, place(rows, columns), strict=True):
        places = [_Place(column, cell, below=False) for column, cell in own]
        places += [_Place(column, cell, below=True) for column, (cell, _) in open_cells.items()]
        places.sort(key=attrgetter("column"))
        yield row, places
        still_open = {column: (cell, left - 1) for column, (cell, left) in open_cells.items()}
        still_open |= {column: (cell, cell.rows - 1) for column, cell in own}
        open_cells = {column: pair for column, pair in still_open.items() if pair[1]}


class _Pen:
    """Draws rows. What differs in text alone is made once and copied: four times faster."""

    def __init__(
        self, styles: Styles, edges: Sequence[int], page: PageProfile, typeface: Typeface | None
    ) -> None:
        self._styles = styles
        self._edges = edges
        self._page = page
        self._typeface = typeface
        self._corners: dict[tuple[int, int, bool, bool, bool], etree._Element] = {}
        self._paragraphs: dict[tuple[FrameStyle, bool, bool], etree._Element] = {}

    def row(self, row: Row, places: Sequence[_Place], *, whole: bool, keep: bool) -> etree._Element:
        """Return a row; ``whole`` forbids a page break in it, ``keep`` one after it."""
        drawn = element("tr")
        header = row.role in _HEADER
        if whole or header:
            properties = add(drawn, "trPr")
            if whole:
                add(properties, "cantSplit")
            if header:
                add(properties, "tblHeader")
        for one in places:
            corner = self._corner(one, header=header)
            style = _OWN_STYLE.get(row.role) or CELL[one.cell.align]
            blank = self._paragraph(style, total=row.role is Role.TOTAL, keep=keep)
            texts = () if one.below else one.cell.paragraphs
            for text in texts or ("",):  # Word calls a cell without a paragraph damaged
                paragraph = copy(blank)
                add_text(paragraph[-1], self._parted(text, one, row.role))
                corner.append(paragraph)
            drawn.append(corner)
        return drawn

    def _parted(self, text: str, one: _Place, role: Role) -> str:
        """Return the text with soft hyphens where the cell is too narrow for a word."""
        if self._typeface is None:
            return text
        face = self._typeface.bold if role in _BOLD else self._typeface.regular
        size = self._page.heading_size if role is Role.HEADING else self._page.table_size
        width = self._edges[one.column + one.cell.columns] - self._edges[one.column]
        room = (width - 2 * twips(CELL_MARGIN)) / 20  # twips in a point
        return part_wide_words(text, room, size, face)

    def _corner(self, one: _Place, *, header: bool) -> etree._Element:
        """Return a cell without its text."""
        cell = one.cell
        key = (one.column, cell.columns, cell.rows > 1, one.below, header)
        if key not in self._corners:
            made = element("tc")
            properties = add(made, "tcPr")
            width = self._edges[one.column + cell.columns] - self._edges[one.column]
            add(properties, "tcW", w=width, type="dxa")
            if cell.columns > 1:
                add(properties, "gridSpan", val=cell.columns)
            if cell.rows > 1:
                add(properties, "vMerge", val="continue" if one.below else "restart")
            if header:
                add(properties, "vAlign", val="center")
            self._corners[key] = made
        return copy(self._corners[key])

    def _paragraph(self, style: FrameStyle, *, total: bool, keep: bool) -> etree._Element:
        """Return a paragraph that ends in an empty run."""
        key = (style, total, keep)
        if key not in self._paragraphs:
            made = element("p")
            properties = add(made, "pPr")
            add(properties, "pStyle", val=self._styles[style])
            if keep:
                add(properties, "keepNext")
            run = add(made, "r")
            if total:
                add(add(run, "rPr"), "rStyle", val=self._styles[TOTAL])
            self._paragraphs[key] = made
        return self._paragraphs[key]
