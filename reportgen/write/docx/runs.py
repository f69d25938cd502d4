"""Runs of text: plain, bold, italic, links."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from lxml import etree

from reportgen.model.markup import Run
from reportgen.write.docx.setting import Setting
from reportgen.write.docx.styles import LINK
from reportgen.write.docx.xml import RELATION_ID, add, w

#: Characters that Word draws only as elements.
_ELEMENTS: Final = {"\n": "br", "\t": "tab", "\u00ad": "softHyphen"}
_PARTED: Final = re.compile("([\n\t\u00ad])")
_SPACE: Final = "{http://www.w3.org/XML/1998/namespace}space"


def add_runs(
    paragraph: etree._Element, runs: Sequence[Run], setting: Setting, style: str = ""
) -> None:
    """Put runs into a paragraph; ``style`` is the id of a character style that all have."""
    for run in runs:
        parent = paragraph
        if run.link:
            parent = add(paragraph, "hyperlink")
            parent.set(RELATION_ID, setting.links.id_of(run.link))
        drawn = add(parent, "r")
        own = setting.styles[LINK] if run.link else style
        if own or run.bold or run.italic:
            properties = add(drawn, "rPr")
            if own:
                add(properties, "rStyle", val=own)
            for name in ("b", "bCs") if run.bold else ():
                add(properties, name)
            for name in ("i", "iCs") if run.italic else ():
                add(properties, name)
        add_text(drawn, run.text)


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
