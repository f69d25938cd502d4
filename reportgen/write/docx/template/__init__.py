"""A form's own Word page, ``report.docx``: an official draws all of it, tags say what stands where.

The page is read and judged first (:mod:`tags`, :mod:`rules`), so that all mistakes are told at
once, each by its paragraph or its cell; then its parts are filled (:mod:`filling`), cells are
merged as in the document (:mod:`merges`) and values are put in (:mod:`values`). A page that leaves
out something of the report is refused, as one of HTML is.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from lxml import etree

from reportgen.document.blocks import Document
from reportgen.write.docx.links import Links
from reportgen.write.docx.lists import Lists
from reportgen.write.docx.marks import parted, put_marks
from reportgen.write.docx.opc import (
    MAIN,
    STYLES,
    forget_template,
    part_of_type,
    set_properties,
)
from reportgen.write.docx.package import UnfitError, read_parts, write_parts
from reportgen.write.docx.safety import refuse_unsafe
from reportgen.write.docx.styles import Styles, find_styles
from reportgen.write.docx.template.context import Context, make_context
from reportgen.write.docx.template.filling import fill
from reportgen.write.docx.template.language import Language
from reportgen.write.docx.template.merges import merge_cells
from reportgen.write.docx.template.printed import Printed
from reportgen.write.docx.template.rules import faults
from reportgen.write.docx.template.tags import PLACE, Fault, Tag, read_tags
from reportgen.write.docx.template.values import Look, put_values
from reportgen.write.docx.xml import element, parse, serialise, w
from reportgen.write.frame import FrameError

NAME: Final = "report.docx"

_BESIDE: Final = re.compile(r"word/(header|footer|footnotes|endnotes)\d*\.xml")
_CALLED: Final = {
    "header": "верхній колонтитул, ",
    "footer": "нижній колонтитул, ",
    "footnotes": "виноски, ",
    "endnotes": "кінцеві виноски, ",
}

_LARGEST: Final = 4_000_000  # bytes of a part; a page drawn by hand takes a twentieth of it
_MOST_TOLD: Final = 30  # mistakes
_MOST_MISSING: Final = 6  # kinds of cells that are not printed


def write_template(report: bytes, document: Document) -> bytes:
    """Return the document in its form's own Word page; the same input gives the same bytes.

    Raises:
        FrameError: with all that is wrong with the page.
    """
    try:
        parts = read_parts(report)
        refuse_unsafe(parts)
        forget_template(parts)
        _fill(parts, document)
        refuse_unsafe(parts)
        set_properties(parts, document)
    except UnfitError as error:
        raise FrameError(NAME, 1, f"шаблон Word {error.said}") from error
    except FrameError as error:
        raise FrameError(NAME, 1, *error.messages) from error
    except etree.XMLSyntaxError as error:
        raise FrameError(NAME, 1, f"файл пошкоджено: {error}") from error
    return write_parts(parts)


def _fill(parts: dict[str, bytes], document: Document) -> None:
    """Fill the parts that may have tags; annex marks stand above the page."""
    marks, unmarked = parted(document)
    context = make_context(unmarked)
    main = part_of_type(parts, MAIN)
    names = [main, *(name for name in parts if _BESIDE.fullmatch(name) and name != main)]
    if any(len(parts[name]) > _LARGEST for name in names):
        raise FrameError(NAME, 1, "файл завеликий: це не схоже на сторінку, намальовану у Word")
    roots = {name: parse(parts[name]) for name in names}
    printed = Printed(_free(roots))
    language = Language(printed.show)
    tags: dict[str, list[Tag]] = {name: [] for name in names}
    found: list[Fault] = []
    for name, root in roots.items():
        beside = _BESIDE.fullmatch(name)
        where = _CALLED[beside[1]] if beside and name != main else ""
        found += read_tags(root, where, printed.mark, tags[name])
        found += faults(tags[name], context.names, language)
    _refuse(found or [fault for root in roots.values() for fault in _astray(root)])
    sheet = parse(parts[part_of_type(parts, STYLES)])
    styles = _frame_styles(sheet)
    lists = Lists(parts, sheet, styles or {})
    seen: set[int] = set()
    for name, root in roots.items():
        filled = fill(root, tags[name], context.names, language, printed.mark)
        _refuse(merge_cells(filled, printed))
        links = Links(parts, name)
        seen |= put_values(filled, printed, Look(links, lists, styles))
        links.write(parts)
        _tidy(filled)
        if name == main:
            put_marks(filled, marks, styles or {}, document.page)
        parts[name] = serialise(filled)
    lists.write(parts)
    _check_complete(context, seen)


def _frame_styles(sheet: etree._Element) -> Styles | None:
    """Return the styles of the frame if the page was made from it and has them still."""
    try:
        return find_styles(sheet)
    except FrameError:
        return None


def _free(roots: Mapping[str, etree._Element]) -> str:
    """Return a character that stands nowhere in the page, from those that mean nothing."""
    text = "".join(etree.tostring(root, encoding="unicode") for root in roots.values())
    return next(char for char in map(chr, range(0xE000, 0xF900)) if char not in text)


def _astray(root: etree._Element) -> Iterator[Fault]:
    """Yield tags that stand where nothing is filled."""
    for one in root.iter(etree.Element):
        for text in (one.text or "", *map(str, one.attrib.values())):
            if "{{" in text or "{%" in text:
                place = "поле, формула або підпис до малюнка"
                yield Fault(place, text.strip(), "тут тегів не заповнюють")


def _refuse(found: Iterable[Fault]) -> None:
    messages = list(dict.fromkeys(str(fault) for fault in found))
    if messages:
        more = len(messages) - _MOST_TOLD
        rest = (f"і ще помилок: {more}",) if more > 0 else ()
        raise FrameError(NAME, 1, *messages[:_MOST_TOLD], *rest)


def _check_complete(context: Context, seen: set[int]) -> None:
    missing = list(dict.fromkeys(name for key, name in context.wanted.items() if key not in seen))
    if missing:
        more = len(missing) - _MOST_MISSING
        rest = f" і ще {more}" if more > 0 else ""
        shown = "; ".join(missing[:_MOST_MISSING])
        raise FrameError(NAME, 1, f"шаблон друкує не весь звіт, бракує: {shown}{rest}")


def _tidy(root: etree._Element) -> None:
    """Mend what repeated and left out rows leave behind: Word is strict about these."""
    for cell in root.iter(w("tc")):
        cell.attrib.pop(PLACE, "")
        if len(cell) == 0 or cell[-1].tag != w("p"):
            cell.append(element("p"))
    for table in list(root.iter(w("tbl"))):
        holder = table.getparent()
        if holder is not None and next(table.iter(w("tr")), None) is None:
            holder.remove(table)
    for number, drawn in enumerate(root.iter("{*}docPr"), start=1):
        drawn.set("id", str(number))
    for paragraph in root.iter(w("p"), w("tr")):
        for key in list(paragraph.attrib):
            if etree.QName(key).localname in ("paraId", "textId"):  # must not be there twice
                del paragraph.attrib[key]
