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

from reportgen.document.blocks import Cell, PlacedRows, Role, Row, Table
from reportgen.write.docx.heights import CELL_MARGIN, ROW_MARGIN, tall_rows
from reportgen.write.docx.runs import add_runs, add_text
from reportgen.write.docx.setting import Setting
from reportgen.write.docx.styles import BAND, CELL, CELL_ITEM, HEADING, NUMBERS, TOTAL, FrameStyle
from reportgen.write.docx.text import add_number
from reportgen.write.docx.words import Words
from reportgen.write.docx.xml import add, element, twips
from reportgen.write.keeping import leads_total
from reportgen.write.lists import grouped

_HEADER: Final = frozenset({Role.HEADING, Role.NUMBERS})
_OWN_STYLE: Final = {Role.HEADING: HEADING, Role.NUMBERS: NUMBERS, Role.BAND: BAND}


@dataclass(frozen=True, slots=True)
class _Place:
    """A cell in one row of the grid; ``below`` means that it began in a row above."""

    column: int
    cell: Cell
    below: bool


def draw_table(table: Table, setting: Setting, *, keep_rows: int) -> etree._Element:
    """Return the table; its last ``keep_rows`` rows stay on one page with what follows it."""
    # Edges are rounded, not widths: so the columns add up to the table's own width.
    edges = [twips(mm) for mm in accumulate((one.width for one in table.columns), initial=0.0)]
    tall = tall_rows(table, setting.page, setting.typeface)
    drawn = element("tbl")
    _table_properties(drawn, table, edges[-1])
    grid = add(drawn, "tblGrid")
    for left, right in pairwise(edges):
        add(grid, "gridCol", w=right - left)
    pen = _Pen(setting, edges)
    for row, places in _whole_rows(table.header, table.placed_header):
        drawn.append(pen.row(row, places, whole=True, keep=False))
    kept_from = len(table.body) - keep_rows
    for index, (row, places) in enumerate(_whole_rows(table.body, table.placed_body)):
        whole = index not in tall
        leads = row.role is Role.BAND or (whole and leads_total(table, index))
        drawn.append(pen.row(row, places, whole=whole, keep=index >= kept_from or leads))
    return drawn


def _table_properties(drawn: etree._Element, table: Table, width: int) -> None:
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
        firstRow=int(bool(table.header)),
        lastRow=0,
        firstColumn=0,
        lastColumn=0,
        noHBand=1,
        noVBand=1,
    )
    add(properties, "tblCaption", val=table.caption)
    add(properties, "tblDescription", val=table.caption)


def _whole_rows(rows: Sequence[Row], placed: PlacedRows) -> Iterator[tuple[Row, list[_Place]]]:
    """Yield each row with the merged cells from above: Word wants a cell in every row."""
    open_cells: dict[int, tuple[Cell, int]] = {}  # first column → cell, rows that it still covers
    for row, own in zip(rows, placed, strict=True):
        places = [_Place(column, cell, below=False) for column, cell in own]
        places += [_Place(column, cell, below=True) for column, (cell, _) in open_cells.items()]
        places.sort(key=attrgetter("column"))
        yield row, places
        still_open = {column: (cell, left - 1) for column, (cell, left) in open_cells.items()}
        still_open |= {column: (cell, cell.rows - 1) for column, cell in own}
        open_cells = {column: pair for column, pair in still_open.items() if pair[1]}


class _Pen:
    """Draws rows. What differs in text alone is made once and copied: four times faster."""

    def __init__(self, setting: Setting, edges: Sequence[int]) -> None:
        self._setting = setting
        self._styles = setting.styles
        self._words = Words(setting)
        self._edges = edges
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
            total = row.role is Role.TOTAL
            if one.cell.marked and not one.below:
                corner.extend(self._marked(one, style, row.role, total=total, keep=keep))
            else:
                blank = self._paragraph(style, total=total, keep=keep)
                texts = () if one.below else one.cell.paragraphs
                for text in texts or ("",):  # Word calls a cell without a paragraph damaged
                    paragraph = copy(blank)
                    add_text(paragraph[-1], self._words.text(text, self._width(one), row.role))
                    corner.append(paragraph)
            drawn.append(corner)
        return drawn

    def _marked(
        self, one: _Place, style: FrameStyle, role: Role, *, total: bool, keep: bool
    ) -> Iterator[etree._Element]:
        """Yield the paragraphs of a narrative, the items of its lists among them."""
        for group in grouped(one.cell.marked):
            own, number = style, ""
            if group.kind != "paragraph":
                own = CELL_ITEM[group.kind]
                number = self._setting.lists.number(group, own)
            for item in group.items:
                paragraph = copy(self._paragraph(own, total=False, keep=keep))
                del paragraph[-1]
                if number:
                    add_number(paragraph[0], number)
                emphasis = self._styles[TOTAL] if total else ""
                runs = self._words.runs(item, self._width(one), role)
                add_runs(paragraph, runs, self._setting, emphasis)
                yield paragraph

    def _width(self, one: _Place) -> int:
        return self._edges[one.column + one.cell.columns] - self._edges[one.column]

    def _corner(self, one: _Place, *, header: bool) -> etree._Element:
        """Return a cell without its text."""
        cell = one.cell
        key = (one.column, cell.columns, cell.rows > 1, one.below, header)
        if key not in self._corners:
            made = element("tc")
            properties = add(made, "tcPr")
            add(properties, "tcW", w=self._width(one), type="dxa")
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
