"""Annex marks in Word: a block at the right edge of the text, its lines aligned at their left.

A frame may have a style for them, «Звіт: позначка додатка», and then decides on its looks and its
place alone. Frames made before there were marks need no change.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from lxml import etree

from reportgen.document.blocks import Document, Paragraph, Style
from reportgen.model.council import PageProfile
from reportgen.write.annex_mark import width_within
from reportgen.write.docx.runs import add_text
from reportgen.write.docx.styles import ANNEX_MARK, PARAGRAPH, Styles
from reportgen.write.docx.xml import add, element, twips, w

_BELOW: Final = 240  # twips


def draw_mark(mark: Paragraph, styles: Styles, text_width: float) -> etree._Element:
    """Return the mark; without a style of its own it is a line, moved to the right.

    ``text_width`` is what stands between the margins, mm.
    """
    drawn = element("p")
    properties = add(drawn, "pPr")
    style = styles.get(ANNEX_MARK) or styles.get(PARAGRAPH[Style.LINE])
    if style:
        add(properties, "pStyle", val=style)
    if ANNEX_MARK not in styles:
        add(properties, "suppressAutoHyphens")
        add(properties, "spacing", before=0, after=_BELOW)
        add(properties, "ind", left=twips(text_width - width_within(text_width)), firstLine=0)
        add(properties, "jc", val="left")
    add_text(add(drawn, "r"), "\n".join(mark.lines))
    return drawn


def parted(document: Document) -> tuple[tuple[Paragraph, ...], Document]:
    """Return a document's marks, and the document without them."""
    marks = tuple(
        one
        for one in document.blocks
        if isinstance(one, Paragraph) and one.style is Style.ANNEX_MARK
    )
    return marks, replace(
        document, blocks=tuple(one for one in document.blocks if one not in marks)
    )


def put_marks(
    root: etree._Element, marks: tuple[Paragraph, ...], styles: Styles, page: PageProfile
) -> None:
    """Put marks above all else in a main part that was drawn by hand; its paper stays its own."""
    body = root.find(w("body"))
    if body is None:
        return
    text_width = _text_width(root, page)
    for index, mark in enumerate(marks):
        body.insert(index, draw_mark(mark, styles, text_width))


def _text_width(root: etree._Element, page: PageProfile) -> float:
    """Return what stands between the margins of the first section, mm; the page's if unsaid."""
    section = next(root.iter(w("sectPr")), None)
    size = None if section is None else section.find(w("pgSz"))
    margins = None if section is None else section.find(w("pgMar"))
    if size is None or margins is None:
        return page.text_width
    try:
        width, left, right = (
            int(one.get(w(name), ""))
            for one, name in ((size, "w"), (margins, "left"), (margins, "right"))
        )
    except ValueError:
        return page.text_width
    return max(0.0, (width - left - right) / twips(1.0e6) * 1.0e6)
