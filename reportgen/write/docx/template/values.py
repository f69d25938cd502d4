"""Values put into a filled page: runs that look as their tag did, paragraphs, items of lists.

A value of several paragraphs parts the one in which its tag stands. The items of its lists are
real ones if the page has the frame's styles of lists; elsewhere their marks are text.
"""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass
from typing import Final

from lxml import etree

from reportgen.model.markup import Marked, Run
from reportgen.write.docx.links import Links
from reportgen.write.docx.lists import Lists
from reportgen.write.docx.runs import add_text
from reportgen.write.docx.styles import CELL_ITEM, TEXT_ITEM, Styles
from reportgen.write.docx.template.context import Value
from reportgen.write.docx.template.printed import Printed
from reportgen.write.docx.xml import RELATION_ID, add, element, put, w
from reportgen.write.lists import grouped

#: Begins a paragraph among the runs of another; that of an item has a style and a number.
_BEGIN: Final = "begin-paragraph"

#: What may follow the look of a run among its properties, by the schema.
_AFTER_BOLD: Final = (
    *("bCs", "i", "iCs", "caps", "smallCaps", "strike", "dstrike", "outline", "shadow", "emboss"),
    *("imprint", "noProof", "snapToGrid", "vanish", "webHidden", "color", "spacing", "w", "kern"),
    *("position", "sz", "szCs", "highlight", "u", "effect", "bdr", "shd", "fitText", "vertAlign"),
    *("rtl", "cs", "em", "lang", "eastAsianLayout", "specVanish", "oMath"),
)
_AFTER_NUMBER: Final = (
    *("suppressLineNumbers", "pBdr", "shd", "tabs", "suppressAutoHyphens", "kinsoku", "wordWrap"),
    *("overflowPunct", "topLinePunct", "autoSpaceDE", "autoSpaceDN", "bidi", "adjustRightInd"),
    *("snapToGrid", "spacing", "ind", "contextualSpacing", "mirrorIndents", "suppressOverlap"),
    *("jc", "textDirection", "textAlignment", "textboxTightWrap", "outlineLvl", "divId"),
    *("cnfStyle", "rPr", "sectPr", "pPrChange"),
)


@dataclass(frozen=True, slots=True)
class Look:
    """What a page offers for links, and for lists if it has the styles of the frame."""

    links: Links
    lists: Lists
    styles: Styles | None


def put_values(root: etree._Element, printed: Printed, look: Look) -> set[int]:
    """Put the values in place of their tokens; return the keys of those that are seen."""
    seen = {one.key for one in printed.within(root.iter(w("t"))) if not one.covered}
    leaves = [leaf for leaf in root.iter(w("t")) if printed.mark in (leaf.text or "")]
    paragraphs: dict[etree._Element, None] = {}
    for run in dict.fromkeys(next(leaf.iterancestors(w("r"))) for leaf in leaves):
        paragraph = next(run.iterancestors(w("p")))
        holder = run.getparent()
        if holder is None:
            continue
        for made in list(_runs(run, printed, look)):
            if made.tag == _BEGIN and holder is not paragraph:  # a link, say, cannot be parted
                made.tag = w("r")
                add(made, "br")
            run.addprevious(made)
        holder.remove(run)
        paragraphs[paragraph] = None
    for paragraph in paragraphs:
        _part(paragraph)
    return seen


def _runs(run: etree._Element, printed: Printed, look: Look) -> Iterator[etree._Element]:
    """Yield what takes a run's place."""
    properties = run.find(w("rPr"))
    in_cell = next(run.iterancestors(w("tc")), None) is not None
    for child in run:
        if child is properties:
            continue
        if child.tag != w("t"):
            other = _run(properties)
            other.append(deepcopy(child))
            yield other
            continue
        for piece in printed.split(child.text or ""):
            if not isinstance(piece, Value):
                literal = _run(properties)
                add_text(literal, piece)
                yield literal
            elif not piece.covered:
                yield from _value(piece, properties, look, in_cell=in_cell)


def _value(
    value: Value, properties: etree._Element | None, look: Look, *, in_cell: bool
) -> Iterator[etree._Element]:
    styles = CELL_ITEM if in_cell else TEXT_ITEM
    first = True
    for group in grouped(value.paragraphs):
        listed = look.styles is not None and group.kind != "paragraph"
        number = look.lists.number(group, styles[group.kind]) if listed else ""
        for item in group.items:
            if listed and look.styles is not None:
                style = look.styles[styles[group.kind]]
                yield etree.Element(_BEGIN, style=style, number=number)
            elif not first:
                yield etree.Element(_BEGIN)
            first = False
            yield from _spelled(item, properties, look.links, marked=not listed)


def _spelled(
    item: Marked, properties: etree._Element | None, links: Links, *, marked: bool
) -> Iterator[etree._Element]:
    mark = (Run(f"{item.mark} "),) if item.mark and marked else ()
    for run in (*mark, *item.runs):
        drawn = _run(properties, run)
        add_text(drawn, run.text)
        if run.link:
            link = element("hyperlink")
            link.set(RELATION_ID, links.id_of(run.link))
            link.append(drawn)
            yield link
        else:
            yield drawn


def _run(properties: etree._Element | None, like: Run | None = None) -> etree._Element:
    """Return an empty run that looks as the tag did, and as the value asks."""
    made = element("r")
    if properties is not None:
        made.append(deepcopy(properties))
    if like is not None:
        for name, wanted in (("b", like.bold), ("i", like.italic)):
            if wanted:
                own = made[0] if len(made) else add(made, "rPr")
                put(own, element(name), *_AFTER_BOLD[_AFTER_BOLD.index(f"{name}Cs") :])
    return made


def _part(paragraph: etree._Element) -> None:
    """Part a paragraph where others begin in it: all look alike, but for the items of lists."""
    properties = paragraph.find(w("pPr"))
    pieces: list[tuple[etree._Element | None, list[etree._Element]]] = [(None, [])]
    for child in [one for one in paragraph if one is not properties]:
        if child.tag == _BEGIN:
            paragraph.remove(child)
            pieces.append((child, []))
        else:
            pieces[-1][1].append(child)
    if len(pieces) > 1 and not pieces[0][1] and _is_item(pieces[1][0]):
        del pieces[0]  # nothing stands above the first item
    for begin, content in pieces[:-1]:
        piece = element("p")
        if properties is not None:
            piece.append(deepcopy(properties))
            for section in piece[0].findall(w("sectPr")):
                piece[0].remove(section)
        piece.extend(content)
        _number(piece, begin)
        paragraph.addprevious(piece)
    _number(paragraph, pieces[-1][0])


def _is_item(begin: etree._Element | None) -> bool:
    return begin is not None and begin.get("number") is not None


def _number(paragraph: etree._Element, begin: etree._Element | None) -> None:
    """Make a paragraph an item of a list, if it begins as one."""
    if begin is None or not _is_item(begin):
        return
    if paragraph.find(w("pPr")) is None:
        paragraph.insert(0, element("pPr"))
    properties = paragraph[0]
    for old in properties.findall(w("ind")):  # indents are the list's
        properties.remove(old)
    style = element("pStyle", val=begin.get("style", ""))
    for old in properties.findall(w("pStyle")):
        properties.remove(old)
    properties.insert(0, style)
    number = element("numPr")
    add(number, "ilvl", val=0)
    add(number, "numId", val=begin.get("number", ""))
    put(properties, number, *_AFTER_NUMBER)
