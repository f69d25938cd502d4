"""Paragraphs and signatures: merged rows across the sheet."""

from __future__ import annotations

from reportgen.document.blocks import Paragraph, Signature, Style
from reportgen.write.annex_mark import mark_width
from reportgen.write.xlsx.area import Area
from reportgen.write.xlsx.boxes import Box, Setting, Strip
from reportgen.write.xlsx.grid import POSITION_WIDTH
from reportgen.write.xlsx.heights import line_height, sliced
from reportgen.write.xlsx.looks import Look
from reportgen.write.xlsx.rich import shown

_BOLD = {Style.TITLE, Style.SUBTITLE, Style.SECTION}
_CENTRED = {Style.TITLE, Style.SUBTITLE}

# Space around the text, points, half of it above and half below.
_SPACE = {
    Style.SUBTITLE: 8.0,
    Style.SECTION: 10.0,
    Style.TEXT: 2.0,
    Style.NOTE: 4.0,
    Style.ANNEX_MARK: 10.0,
}

# Items of lists in running text stand about 10 mm from the margin, where its first lines would
# begin: a spreadsheet has no indent for a first line alone.
_ITEM_INDENT = 4


def lay_paragraph(paragraph: Paragraph, top: int, setting: Setting) -> Strip:
    """Return the paragraph as one cell across the sheet, in the size of text (notes: of tables).

    The annex mark takes the columns at the right alone.
    """
    page, grid = setting.document.page, setting.grid
    style, marked = paragraph.style, paragraph.marked
    is_item = marked is not None and bool(marked.mark)
    look = Look(
        size=page.table_size if style is Style.NOTE else page.text_size,
        bold=style in _BOLD,
        align=_align(style, is_item=is_item),
        vertical="vcenter",
        indent=_ITEM_INDENT if is_item else 0,
    )
    text = shown((marked,)) if marked else "\n".join(paragraph.lines)
    first = _first(setting) if style is Style.ANNEX_MARK else 0
    heights = sliced(setting.height(text, first, grid.last, look) + _SPACE.get(style, 0.0))
    area = Area(top, first, top + len(heights) - 1, grid.last)
    return Strip(tuple(heights), (Box(area, text, look),))


def _first(setting: Setting) -> int:
    """Return the column of the sheet at which the annex mark begins: never too narrow for it."""
    grid, page = setting.grid, setting.document.page
    most = grid.edges[-1] - mark_width(page)
    return max(at for at in range(grid.last + 1) if not at or grid.edges[at] <= most)


def _align(style: Style, *, is_item: bool) -> str:
    if style is Style.TEXT and not is_item:
        return "justify"
    return "center" if style in _CENTRED else "left"


def lay_signature(signature: Signature, top: int, setting: Setting) -> Strip:
    """Return a blank row and the row of the signature.

    The position takes the columns up to the edge that is nearest to 73 mm; the name stands at the
    right edge, level with the last line of the position.
    """
    grid, size = setting.grid, setting.document.page.text_size
    left = Look(size, vertical="bottom")
    right = Look(size, align="right", vertical="bottom")
    split = min(range(1, grid.last + 1), key=lambda at: abs(grid.edges[at] - POSITION_WIDTH))
    height = max(
        setting.height(signature.position, 0, split - 1, left),
        setting.height(signature.name, split, grid.last, right),
    )
    heights = sliced(height)
    first, last = top + 1, top + len(heights)
    return Strip(
        (1.5 * line_height(size), *heights),
        (
            Box(Area(first, 0, last, split - 1), signature.position, left),
            Box(Area(first, split, last, grid.last), signature.name, right),
        ),
    )
