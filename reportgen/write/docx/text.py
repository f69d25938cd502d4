"""Paragraphs of the report: headings, lines, running text, notes, signatures."""

from __future__ import annotations

from typing import Final

from lxml import etree

from reportgen.document.blocks import Paragraph, Signature
from reportgen.model.markup import Marked
from reportgen.write.docx.runs import add_runs, add_text
from reportgen.write.docx.setting import Setting
from reportgen.write.docx.styles import NAME, PARAGRAPH, POSITION, TEXT_ITEM
from reportgen.write.docx.xml import add, element, twips
from reportgen.write.lists import kind_of

#: A position takes 28 characters, 73 mm; a longer one goes on below (KMU 55, annex).
_POSITION_WIDTH: Final = 73.0


def draw_paragraph(
    paragraph: Paragraph, setting: Setting, *, keep: bool, level: int = 0, space: float = 0.0
) -> etree._Element:
    """Return the paragraph; ``keep`` holds it on one page with what follows.

    ``level`` is that of a heading, where its style has another one; ``space`` is what must be free
    below, in points, where the style leaves none.
    """
    drawn = element("p")
    properties = _properties(drawn, setting.styles[PARAGRAPH[paragraph.style]], keep=keep)
    if space:
        add(properties, "spacing", after=round(20 * space))
    if level:
        add(properties, "outlineLvl", val=level - 1)
    if paragraph.marked:
        add_runs(drawn, paragraph.marked.runs, setting)
    else:
        add_text(add(drawn, "r"), "\n".join(paragraph.lines))
    return drawn


def draw_item(item: Marked, number: str, setting: Setting, *, keep: bool) -> etree._Element:
    """Return an item of a list in running text; ``number`` is the list's."""
    drawn = element("p")
    properties = _properties(drawn, setting.styles[TEXT_ITEM[kind_of(item)]], keep=keep)
    add_number(properties, number)
    add_runs(drawn, item.runs, setting)
    return drawn


def add_number(properties: etree._Element, number: str) -> None:
    """Make a paragraph an item of a list; its number stands behind what keeps it in its place."""
    made = add(properties, "numPr")
    add(made, "ilvl", val=0)
    add(made, "numId", val=number)


def draw_signature(signature: Signature, setting: Setting, *, keep: bool) -> etree._Element:
    """Return the signature as a table of two cells without borders.

    So a long position wraps at its own width and the name stands level with its last line. One
    paragraph with a tab would do in Word, but LibreOffice loses what follows a tab that lies
    beyond the right indent.
    """
    page = setting.page
    position_width = min(twips(_POSITION_WIDTH), twips(page.text_width) // 2)
    widths = (position_width, twips(page.text_width) - position_width)
    drawn = element("tbl")
    properties = add(drawn, "tblPr")
    add(properties, "tblW", w=sum(widths), type="dxa")
    add(properties, "tblLayout", type="fixed")
    margins = add(properties, "tblCellMar")
    for side in ("left", "right"):
        add(margins, side, w=0, type="dxa")
    grid = add(drawn, "tblGrid")
    for width in widths:
        add(grid, "gridCol", w=width)
    row = add(drawn, "tr")
    add(add(row, "trPr"), "cantSplit")
    for width, style, text in (
        (widths[0], POSITION, signature.position),
        (widths[1], NAME, signature.name),
    ):
        cell = add(row, "tc")
        properties = add(cell, "tcPr")
        add(properties, "tcW", w=width, type="dxa")
        add(properties, "vAlign", val="bottom")
        paragraph = add(cell, "p")
        _properties(paragraph, setting.styles[style], keep=keep)
        add_text(add(paragraph, "r"), text)
    return drawn


def draw_gap(points: int, *, keep: bool) -> etree._Element:
    """Return an empty line: Word joins tables that touch, and wants a paragraph after the last."""
    drawn = element("p")
    properties = add(drawn, "pPr")
    if keep:
        add(properties, "keepNext")
    add(properties, "spacing", before=0, after=0, line=20 * points, lineRule="exact")
    add(add(properties, "rPr"), "sz", val=2)
    return drawn


def _properties(paragraph: etree._Element, style: str, *, keep: bool) -> etree._Element:
    properties = add(paragraph, "pPr")
    add(properties, "pStyle", val=style)
    if keep:
        add(properties, "keepNext")
    return properties
