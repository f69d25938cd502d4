"""Paragraphs of the report: headings, lines, notes, signatures."""

from __future__ import annotations

import re
from typing import Final

from lxml import etree

from reportgen.document.blocks import Paragraph, Signature
from reportgen.model.council import PageProfile
from reportgen.write.docx.styles import NAME, PARAGRAPH, POSITION, Styles
from reportgen.write.docx.xml import add, element, twips, w

#: Characters that Word draws only as elements.
_ELEMENTS: Final = {"\n": "br", "\t": "tab", "\u00ad": "softHyphen"}
_PARTED: Final = re.compile("([\n\t\u00ad])")
_SPACE: Final = "{http://www.w3.org/XML/1998/namespace}space"

#: A position takes 28 characters, 73 mm; a longer one goes on below (KMU 55, annex).
_POSITION_WIDTH: Final = 73.0


def draw_paragraph(paragraph: Paragraph, styles: Styles, *, keep: bool) -> etree._Element:
    """Return the paragraph; ``keep`` holds it on one page with what follows."""
    drawn = element("p")
    _properties(drawn, styles[PARAGRAPH[paragraph.style]], keep=keep)
    add_text(add(drawn, "r"), "\n".join(paragraph.lines))
    return drawn


def draw_signature(
    signature: Signature, styles: Styles, page: PageProfile, *, keep: bool
) -> etree._Element:
    """Return the signature as a table of two cells without borders.

    So a long position wraps at its own width and the name stands level with its last line. One
    paragraph with a tab would do in Word, but LibreOffice loses what follows a tab that lies
    beyond the right indent.
    """
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
        _properties(paragraph, styles[style], keep=keep)
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


def add_text(run: etree._Element, text: str) -> None:
    """Put text into a run.

    Raises:
        ValueError: for a control character that XML cannot hold. No typeface can draw it either,
            so that a report with one is stopped before it is written.
    """
    for piece in _PARTED.split(text):
        if piece in _ELEMENTS:
            add(run, _ELEMENTS[piece])
        elif piece:
            leaf = etree.SubElement(run, w("t"))
            leaf.text = piece
            if piece[0] == " " or piece[-1] == " ":
                leaf.set(_SPACE, "preserve")


def _properties(paragraph: etree._Element, style: str, *, keep: bool) -> etree._Element:
    properties = add(paragraph, "pPr")
    add(properties, "pStyle", val=style)
    if keep:
        add(properties, "keepNext")
    return properties
