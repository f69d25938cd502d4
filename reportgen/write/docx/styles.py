"""The named styles that a frame must have, and how they are found in it.

The names are Ukrainian, for the officials who restyle the frame; the ids are ours. Word keeps a
name but may write its own ids ("a5") when it saves a file, and people rename styles, so a style is
looked for by name first and by id if the name is gone.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from lxml import etree

from reportgen.document.blocks import Style
from reportgen.model.council import PageProfile
from reportgen.model.form import Align
from reportgen.write.docx.xml import VAL, element, put, w
from reportgen.write.frame import FrameError
from reportgen.write.lists import Kind


@dataclass(frozen=True, slots=True)
class FrameStyle:
    """A style by its id in the shipped frame and by the name that Word shows."""

    id: str
    name: str
    type: str = "paragraph"


PARAGRAPH: Final[Mapping[Style, FrameStyle]] = {
    Style.TITLE: FrameStyle("ReportTitle", "Звіт: назва"),
    Style.SUBTITLE: FrameStyle("ReportSubtitle", "Звіт: підзаголовок"),
    Style.LINE: FrameStyle("ReportLine", "Звіт: рядок"),
    Style.SECTION: FrameStyle("ReportSection", "Звіт: розділ"),
    Style.TEXT: FrameStyle("ReportText", "Звіт: текст"),
    Style.NOTE: FrameStyle("ReportNote", "Звіт: примітка"),
}
#: Not in every frame: only annexes have marks.
ANNEX_MARK: Final = FrameStyle("ReportAnnexMark", "Звіт: позначка додатка")
POSITION: Final = FrameStyle("ReportPosition", "Звіт: посада підписанта")
NAME: Final = FrameStyle("ReportName", "Звіт: ім'я підписанта")
CELL: Final[Mapping[Align, FrameStyle]] = {
    Align.LEFT: FrameStyle("TableText", "Таблиця: текст"),
    Align.CENTRE: FrameStyle("TableCentre", "Таблиця: по центру"),
    Align.RIGHT: FrameStyle("TableRight", "Таблиця: праворуч"),
}
HEADING: Final = FrameStyle("TableHeading", "Таблиця: шапка")
NUMBERS: Final = FrameStyle("TableNumbers", "Таблиця: номери колонок")
BAND: Final = FrameStyle("TableBand", "Таблиця: назва групи")
#: Items of lists in running text, and in cells.
TEXT_ITEM: Final[Mapping[Kind, FrameStyle]] = {
    "bullets": FrameStyle("ReportBullets", "Звіт: перелік"),
    "numbers": FrameStyle("ReportNumbering", "Звіт: нумерований перелік"),
}
CELL_ITEM: Final[Mapping[Kind, FrameStyle]] = {
    "bullets": FrameStyle("TableBullets", "Таблиця: перелік"),
    "numbers": FrameStyle("TableNumbering", "Таблиця: нумерований перелік"),
}
LINK: Final = FrameStyle("ReportLink", "Звіт: посилання", "character")
#: A character style: a total is emphasised whatever the alignment of its cell is.
TOTAL: Final = FrameStyle("TableTotal", "Таблиця: підсумок", "character")

REQUIRED: Final = (
    *PARAGRAPH.values(),
    *(POSITION, NAME),
    *CELL.values(),
    *(HEADING, NUMBERS, BAND, TOTAL),
    *TEXT_ITEM.values(),
    *CELL_ITEM.values(),
    LINK,
)

#: What may follow the size among the properties of a run, by the schema.
_AFTER_SIZE: Final = (
    *("highlight", "u", "effect", "bdr", "shd", "fitText", "vertAlign", "rtl", "cs", "em"),
    *("lang", "eastAsianLayout", "specVanish", "oMath"),
)

#: Style → its id in the frame at hand.
Styles = Mapping[FrameStyle, str]


def find_styles(root: etree._Element) -> Styles:
    """Return the frame's own id of each required style, and of that of annex marks if it has one.

    Raises:
        FrameError: when a style is missing.
    """
    by_name: dict[tuple[str, str], str] = {}
    ids: set[tuple[str, str]] = set()
    for style in root.iterfind(w("style")):
        kind, style_id = style.get(w("type"), ""), style.get(w("styleId"), "")
        name = style.find(w("name"))
        ids.add((kind, style_id))
        if name is not None:
            by_name[kind, name.get(VAL, "").casefold()] = style_id
    found: dict[FrameStyle, str] = {}
    for one in (*REQUIRED, ANNEX_MARK):
        if (one.type, one.name.casefold()) in by_name:
            found[one] = by_name[one.type, one.name.casefold()]
        elif (one.type, one.id) in ids:
            found[one] = one.id
        elif one is not ANNEX_MARK:
            raise FrameError("frame.docx", 1, f"у рамці немає стилю «{one.name}»")
    return found


def set_sizes(root: etree._Element, styles: Styles, page: PageProfile) -> None:
    """Give three styles the council's sizes.

    The default paragraph style carries the size of text, «Таблиця: текст» the size of tables and
    the style of headings their own; the others inherit unless the frame says otherwise.
    """
    cell, heading = styles[CELL[Align.LEFT]], styles[HEADING]
    for style in root.iterfind(w("style")):
        if style.get(w("type")) != "paragraph":
            continue
        if style.get(w("styleId")) == cell:
            _set_size(style, page.table_size)
        elif style.get(w("styleId")) == heading:
            _set_size(style, page.heading_size)
        elif style.get(w("default")) in ("1", "true", "on"):
            _set_size(style, page.text_size)


def _set_size(style: etree._Element, points: float) -> None:
    properties = style.find(w("rPr"))
    if properties is None:
        properties = element("rPr")
        put(style, properties)  # nothing follows it in a paragraph style
    half_points = round(points * 2)  # Word knows no finer size
    put(properties, element("sz", val=half_points), "szCs", *_AFTER_SIZE)
    put(properties, element("szCs", val=half_points), *_AFTER_SIZE)
