"""Lists of the frame: what marks the items of each style, and a new count for each numbered list.

Marks and indents are the frame's: they belong to the numbering that the style of the items names,
so an official changes them in Word. A numbered list gets a number of its own over the same
definition, so that each begins anew, and where it was typed to begin.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from lxml import etree

from reportgen.write.docx.opc import NUMBERING, find_part
from reportgen.write.docx.styles import FrameStyle, Styles
from reportgen.write.docx.xml import VAL, add, element, parse, serialise, w
from reportgen.write.frame import FrameError
from reportgen.write.lists import Group

_MOST_ANCESTORS: Final = 20  # styles may be based on each other in a circle


class Lists:
    """The numbering of a frame."""

    def __init__(
        self, parts: Mapping[str, bytes], style_sheet: etree._Element, styles: Styles
    ) -> None:
        self._part = find_part(parts, NUMBERING)
        self._root = parse(parts[self._part]) if self._part else element("numbering")
        self._definitions = {
            one.get(w("numId"), ""): _value(one, w("abstractNumId"))
            for one in self._root.iterfind(w("num"))
        }
        self._sheet = style_sheet
        self._styles = styles
        self._found: dict[FrameStyle, str] = {}

    def number(self, group: Group, style: FrameStyle) -> str:
        """Return the number that every item of a list names.

        Raises:
            FrameError: when the style of the items has no list in the frame.
        """
        if style not in self._found:
            self._found[style] = self._of_style(style)
        number = self._found[style]
        if group.kind == "bullets":
            return number
        return self._restarted(self._definitions[number], group.start)

    def write(self, parts: dict[str, bytes]) -> None:
        """Put what was added into the parts."""
        if self._part and self._found:
            parts[self._part] = serialise(self._root)

    def _of_style(self, style: FrameStyle) -> str:
        sheet = {one.get(w("styleId"), ""): one for one in self._sheet.iterfind(w("style"))}
        style_id = self._styles[style]
        for _ in range(_MOST_ANCESTORS):
            if style_id not in sheet:
                break
            number = _value(sheet[style_id], f"{w('pPr')}/{w('numPr')}/{w('numId')}")
            if number in self._definitions:
                return number
            style_id = _value(sheet[style_id], w("basedOn"))
        message = f"стиль «{style.name}» у рамці не має ні маркера, ні нумерації"
        raise FrameError("frame.docx", 1, message)

    def _restarted(self, definition: str, start: int) -> str:
        number = str(max(int(one) for one in self._definitions) + 1)
        self._definitions[number] = definition
        made = element("num", numId=number)
        add(made, "abstractNumId", val=definition)
        add(add(made, "lvlOverride", ilvl=0), "startOverride", val=start)
        self._root.findall(w("num"))[-1].addnext(made)
        return number


def _value(parent: etree._Element, path: str) -> str:
    found = parent.find(path)
    return "" if found is None else found.get(VAL, "")
