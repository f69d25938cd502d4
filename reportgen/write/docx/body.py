"""The blocks in the frame: in place of the marker, on the page of its section."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from lxml import etree

from reportgen.document.blocks import Block, Chart, Document, Paragraph, Signature, Style, Table
from reportgen.model.council import PageProfile
from reportgen.write.docx.marks import draw_mark
from reportgen.write.docx.setting import Setting
from reportgen.write.docx.styles import TEXT_ITEM
from reportgen.write.docx.table import draw_table
from reportgen.write.docx.text import draw_gap, draw_item, draw_paragraph, draw_signature
from reportgen.write.docx.xml import add, element, put, twips, w
from reportgen.write.frame import FrameError
from reportgen.write.headings import heading_levels
from reportgen.write.keeping import kept_with_next
from reportgen.write.lists import text_lists

#: The paragraph of the frame that holds this text alone gives way to the report.
MARKER: Final = "[[ТУТ БУДЕ ЗВІТ]]"

#: A signature never stands alone on a page: so many lines of text go with it (ДСТУ 4163).
_LINES_WITH_SIGNATURE: Final = 2

#: How far a page number stays from the paper's edge, mm, where the frame does not say.
_EDGE: Final = 10.0

#: Space between running text and the table below it, points.
_ABOVE_TABLE: Final = 6.0

#: What may follow the page's size and margins in a section, by the schema.
_AFTER_PAGE: Final = (
    *("paperSrc", "pgBorders", "lnNumType", "pgNumType", "cols", "formProt", "vAlign"),
    *("noEndnote", "titlePg", "textDirection", "bidi", "rtlGutter", "docGrid", "printerSettings"),
    "sectPrChange",
)


def fill_body(root: etree._Element, document: Document, setting: Setting) -> None:
    """Draw the document into the frame's main part.

    Raises:
        FrameError: when the marker is missing, given twice or not a paragraph of its own.
    """
    marker = _find_marker(root)
    _set_page(_section_of(marker), document.page)
    for drawn in _draw(document, setting):
        marker.addprevious(drawn)
    body = marker.getparent()
    if marker.find(f"{w('pPr')}/{w('sectPr')}") is not None:
        for run in marker.findall(w("r")):  # the marker's paragraph ends a section and stays
            marker.remove(run)
    elif body is not None:
        body.remove(marker)


def kept_lines(blocks: Sequence[Block]) -> list[int]:
    """Return for each block how many of its last lines stay on one page with what follows.

    A row of a table counts as one line, which is the least that it can have.
    """
    kept: list[int] = []
    missing = 0
    for block in reversed(blocks):
        kept.append(missing)
        match block:
            case Signature():
                missing = _LINES_WITH_SIGNATURE
            case Paragraph(lines=lines):
                missing = max(missing - len(lines), 0)
            case Table(body=rows):
                missing = max(missing - len(rows), 0)
            case Chart():
                missing = 0
    return kept[::-1]


def _draw(document: Document, setting: Setting) -> Iterator[etree._Element]:
    blocks = document.blocks
    leading, levels, lists = kept_with_next(blocks), heading_levels(blocks), text_lists(blocks)
    table_before, number = False, ""
    for index, (block, kept) in enumerate(zip(blocks, kept_lines(blocks), strict=True)):
        if table_before and isinstance(block, Table | Signature):
            signs = isinstance(block, Signature)  # its style brings a space of its own
            yield draw_gap(1 if signs else 12, keep=signs)
        keep = kept > 0 or leading[index]
        if index in lists:
            number = setting.lists.number(lists[index], TEXT_ITEM[lists[index].kind])
        match block:
            case Paragraph(marked=item) if item and item.mark:
                yield draw_item(item, number, setting, keep=keep)
            case Paragraph():
                above = index + 1 < len(blocks) and isinstance(blocks[index + 1], Table)
                yield _draw_lines(block, setting, levels[index], keep=keep, above=above)
            case Signature():
                yield draw_signature(block, setting, keep=keep)
            case Chart():
                yield setting.charts.draw(block, keep=keep)
            case Table():
                yield draw_table(block, setting, keep_rows=kept)
        table_before = isinstance(block, Table | Signature)
    if table_before:
        yield draw_gap(1, keep=False)


def _draw_lines(
    block: Paragraph, setting: Setting, level: int, *, keep: bool, above: bool
) -> etree._Element:
    """Draw a paragraph; running text right ``above`` a table needs some space to its border."""
    if block.style is Style.ANNEX_MARK:
        return draw_mark(block, setting.styles, setting.page.text_width)
    top = level == 1 and block.style is Style.SECTION
    space = _ABOVE_TABLE if above and block.style is Style.TEXT else 0.0
    return draw_paragraph(block, setting, keep=keep, level=1 if top else 0, space=space)


def _find_marker(root: etree._Element) -> etree._Element:
    body = root.find(w("body"))
    paragraphs = root.iter(w("p"))
    found = [one for one in paragraphs if _text(one) == MARKER and one.getparent() is body]
    if len(found) != 1:
        fault = "немає абзацу" if not found else "є кілька абзаців"
        message = f"у рамці {fault} «{MARKER}»: має бути один, окремий, поза таблицями й написами"
        raise FrameError("frame.docx", 1, message)
    return found[0]


def _text(paragraph: etree._Element) -> str:
    return "".join(text.text or "" for text in paragraph.iter(w("t"))).strip()


def _section_of(marker: etree._Element) -> etree._Element:
    """Return the properties of the marker's section: they stand at its end."""
    for one in (marker, *marker.itersiblings()):
        section = one if one.tag == w("sectPr") else one.find(f"{w('pPr')}/{w('sectPr')}")
        if section is not None:
            return section
    body = marker.getparent()
    return add(marker if body is None else body, "sectPr")


def _set_page(section: etree._Element, page: PageProfile) -> None:
    """Set size and margins; the distance of header and footer is the frame's."""
    size = element("pgSz", w=twips(page.width), h=twips(page.height))
    if page.landscape:
        size.set(w("orient"), "landscape")
    old = section.find(w("pgMar"))
    margins = element("pgMar")
    for side in ("top", "right", "bottom", "left"):
        margins.set(w(side), str(twips(getattr(page, side))))
    for edge in ("header", "footer"):
        kept = None if old is None else old.get(w(edge))
        margins.set(w(edge), kept or str(twips(_EDGE)))
    margins.set(w("gutter"), "0")  # it would narrow the text below the table's width
    put(section, size, "pgMar", *_AFTER_PAGE)
    put(section, margins, *_AFTER_PAGE)
