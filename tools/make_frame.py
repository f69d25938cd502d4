"""Make ``templates/frame.docx``, the Word file that dresses the DOCX reports.

Run ``python tools/make_frame.py`` after a change here. The result is the starting point for a
council's own frame: an official opens it in Word and changes styles, header and footer.
"""

from __future__ import annotations

import datetime
import io
from pathlib import Path
from typing import Final, cast

import docx
from docx.document import Document as WordDocument
from docx.enum.section import WD_ORIENT
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.shared import Mm, Pt, RGBColor
from docx.styles.style import CharacterStyle, ParagraphStyle

from reportgen.document.blocks import Style
from reportgen.model.council import PageProfile
from reportgen.model.form import Align
from reportgen.model.markup import BULLET
from reportgen.write.docx.body import MARKER
from reportgen.write.docx.heights import HANGING
from reportgen.write.docx.package import read_parts, write_parts
from reportgen.write.docx.styles import (
    BAND,
    CELL,
    CELL_ITEM,
    HEADING,
    LINK,
    NAME,
    NUMBERS,
    PARAGRAPH,
    POSITION,
    TEXT_ITEM,
    TOTAL,
    FrameStyle,
)
from reportgen.write.docx.xml import add, element, put, twips
from reportgen.write.lists import Kind

_TARGET: Final = Path(__file__).parent.parent / "templates" / "frame.docx"

#: Parts of python-docx's own template that a frame has no use for, by the end of their relation.
_NOT_OURS: Final = frozenset(
    ("customXml", "fontTable", "stylesWithEffects", "theme", "webSettings")
)
_KEPT_STYLES: Final = frozenset(("Normal", "DefaultParagraphFont", "TableNormal", "NoList"))
_PAGE_NUMBER: Final = FrameStyle("ReportPageNumber", "Звіт: номер сторінки")

#: The first line of running text, and the marks of its lists, stand so far from the margin, mm.
_INDENT: Final = 10.0
_HANGING_IN_TEXT: Final = 6.0

#: The lists of the frame: kind, style of the items, where their text begins, how far marks hang.
_LISTS: Final[tuple[tuple[Kind, FrameStyle, float, float], ...]] = (
    ("bullets", TEXT_ITEM["bullets"], _INDENT + _HANGING_IN_TEXT, _HANGING_IN_TEXT),
    ("numbers", TEXT_ITEM["numbers"], _INDENT + _HANGING_IN_TEXT, _HANGING_IN_TEXT),
    ("bullets", CELL_ITEM["bullets"], HANGING["bullets"], HANGING["bullets"]),
    ("numbers", CELL_ITEM["numbers"], HANGING["numbers"], HANGING["numbers"]),
)

_DEFAULTS: Final = f"""
<w:docDefaults {nsdecls("w")}>
  <w:rPrDefault><w:rPr>
    <w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman" w:cs="Times New Roman"
              w:eastAsia="Times New Roman"/>
    <w:sz w:val="24"/><w:szCs w:val="24"/>
    <w:lang w:val="uk-UA" w:eastAsia="uk-UA" w:bidi="ar-SA"/>
  </w:rPr></w:rPrDefault>
  <w:pPrDefault><w:pPr><w:spacing w:before="0" w:after="0" w:line="240" w:lineRule="auto"/></w:pPr>
  </w:pPrDefault>
</w:docDefaults>"""

#: Word hides its own styles in the pane, so that an official sees ours alone.
_LATENT: Final = f"""
<w:latentStyles {nsdecls("w")} w:defLockedState="0" w:defUIPriority="99" w:defSemiHidden="1"
                w:defUnhideWhenUsed="1" w:defQFormat="0" w:count="376"/>"""

#: Long words of narrow columns are hyphenated, names in capitals are not; Word 2013 layout.
_SETTINGS: Final = f"""
<w:settings {nsdecls("w")}>
  <w:zoom w:percent="100"/>
  <w:defaultTabStop w:val="709"/>
  <w:autoHyphenation/>
  <w:doNotHyphenateCaps/>
  <w:characterSpacingControl w:val="doNotCompress"/>
  <w:compat>
    <w:compatSetting w:name="compatibilityMode"
                     w:uri="http://schemas.microsoft.com/office/word" w:val="15"/>
  </w:compat>
  <w:themeFontLang w:val="uk-UA"/>
  <w:decimalSymbol w:val=","/>
  <w:listSeparator w:val=";"/>
</w:settings>"""


def make_frame() -> bytes:
    """Return the frame as bytes, the same on every run."""
    frame = docx.Document()
    _drop_parts(frame)
    _clear_styles(frame)
    _add_text_styles(frame)
    _add_table_styles(frame)
    _add_lists(frame)
    _set_page(frame)
    frame.add_paragraph(MARKER)
    settings = frame.settings.element
    settings[:] = list(parse_xml(_SETTINGS))
    properties = frame.core_properties
    properties.title, properties.author, properties.comments = "Рамка звіту", "", ""
    properties.language = "uk"
    properties.created = properties.modified = datetime.datetime(2023, 1, 1)  # noqa: DTZ001 - any
    result = io.BytesIO()
    frame.save(result)  # its zip holds the time; the one that we write does not
    return write_parts(read_parts(result.getvalue()))


def _drop_parts(frame: WordDocument) -> None:
    """Leave parts out by forgetting the relations that lead to them."""
    package = frame.part.package
    for relations, kinds in (
        (frame.part.rels, _NOT_OURS),
        (package.rels, frozenset(("extended-properties", "thumbnail"))),
    ):
        for key, relation in list(relations.items()):
            if relation.reltype.rpartition("/")[2] in kinds:
                del relations[key]


def _clear_styles(frame: WordDocument) -> None:
    styles = frame.styles.element
    kept = [style for style in styles.style_lst if style.styleId in _KEPT_STYLES]
    styles[:] = [parse_xml(_DEFAULTS), parse_xml(_LATENT), *kept]


def _add_text_styles(frame: WordDocument) -> None:
    centre = WD_ALIGN_PARAGRAPH.CENTER
    for style, level in ((Style.TITLE, 0), (Style.SUBTITLE, None), (Style.SECTION, 1)):
        added = _add(frame, PARAGRAPH[style])
        added.font.bold = True
        added.paragraph_format.alignment = centre
        added.paragraph_format.keep_with_next = True
        added.paragraph_format.keep_together = True
        added.paragraph_format.space_after = Pt(6)
        _never_hyphenate(added)
        if level is not None:
            _set_outline_level(added, level)
    section = frame.styles[PARAGRAPH[Style.SECTION].name].paragraph_format
    section.space_before, section.alignment = Pt(12), WD_ALIGN_PARAGRAPH.LEFT
    _add(frame, PARAGRAPH[Style.LINE])
    text = _add(frame, PARAGRAPH[Style.TEXT])
    text.paragraph_format.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
    text.paragraph_format.first_line_indent = Mm(_INDENT)
    text.paragraph_format.space_before = Pt(6)
    for item in TEXT_ITEM.values():
        added = _add(frame, item)
        added.paragraph_format.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
    note = _add(frame, PARAGRAPH[Style.NOTE])
    note.font.size = Pt(10)
    note.paragraph_format.space_before = Pt(6)
    for signer in (POSITION, NAME):
        signature = _add(frame, signer)
        signature.paragraph_format.space_before = Pt(24)
        signature.paragraph_format.keep_together = True
        _never_hyphenate(signature)
    signature.paragraph_format.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    number = _add(frame, _PAGE_NUMBER)
    number.paragraph_format.alignment = centre


def _add_table_styles(frame: WordDocument) -> None:
    centre = WD_ALIGN_PARAGRAPH.CENTER
    text = _add(frame, CELL[Align.LEFT])
    text.font.size = Pt(PageProfile().table_size)
    for style, alignment in (
        (CELL[Align.CENTRE], centre),
        (CELL[Align.RIGHT], WD_ALIGN_PARAGRAPH.RIGHT),
        (HEADING, centre),
        (NUMBERS, centre),
        (BAND, centre),
    ):
        added = _add(frame, style)
        added.base_style = text
        added.paragraph_format.alignment = alignment
        added.font.bold = True if style in (HEADING, BAND) else None
        # The rows of the header, and a group's name, stay with the row below them.
        added.paragraph_format.keep_with_next = True if style in (HEADING, NUMBERS, BAND) else None
    for item in CELL_ITEM.values():
        _add(frame, item).base_style = text
    _add_character(frame, TOTAL).font.bold = True
    link = _add_character(frame, LINK)
    link.font.underline = True
    link.font.color.rgb = RGBColor(0x05, 0x63, 0xC1)


def _add_lists(frame: WordDocument) -> None:
    """Give the items' styles their marks: to a mark belongs a style, and to the style the mark."""
    numbering = frame.part.numbering_part.element
    numbering[:] = []
    for number, (kind, style, left, hanging) in enumerate(_LISTS, start=1):
        definition = add(numbering, "abstractNum", abstractNumId=number)
        add(definition, "multiLevelType", val="singleLevel")
        level = add(definition, "lvl", ilvl=0)
        add(level, "start", val=1)
        add(level, "numFmt", val="bullet" if kind == "bullets" else "decimal")
        add(level, "pStyle", val=style.id)
        add(level, "suff", val="tab")
        add(level, "lvlText", val=BULLET if kind == "bullets" else "%1.")
        add(level, "lvlJc", val="left")
        place = add(level, "pPr")
        add(add(place, "tabs"), "tab", val="num", pos=twips(left))
        add(place, "ind", left=twips(left), hanging=twips(hanging))
        properties = frame.styles[style.name].element.get_or_add_pPr()
        made = element("numPr")
        add(made, "numId", val=number)
        put(properties, made, "suppressAutoHyphens", "spacing", "ind", "jc", "outlineLvl")
    for number in range(1, len(_LISTS) + 1):
        add(add(numbering, "num", numId=number), "abstractNumId", val=number)


def _add(frame: WordDocument, style: FrameStyle) -> ParagraphStyle:
    added = cast("ParagraphStyle", frame.styles.add_style(style.name, WD_STYLE_TYPE.PARAGRAPH))
    _show(added, style)
    added.base_style = frame.styles["Normal"]
    return added


def _add_character(frame: WordDocument, style: FrameStyle) -> CharacterStyle:
    added = cast("CharacterStyle", frame.styles.add_style(style.name, WD_STYLE_TYPE.CHARACTER))
    _show(added, style)
    return added


def _show(added: CharacterStyle, style: FrameStyle) -> None:
    """Give the style our id and a place in Word's gallery."""
    added.element.styleId = style.id
    added.hidden, added.unhide_when_used, added.quick_style = False, False, True
    added.priority = 1


def _never_hyphenate(style: ParagraphStyle) -> None:
    properties = style.element.get_or_add_pPr()
    put(properties, element("suppressAutoHyphens"), "spacing", "ind", "jc", "outlineLvl")


def _set_outline_level(style: ParagraphStyle, level: int) -> None:
    """Make the style a heading, for navigation and for readers who cannot see."""
    put(style.element.get_or_add_pPr(), element("outlineLvl", val=level))


def _set_page(frame: WordDocument) -> None:
    """Number the pages from the second, centred, 10 mm from the edge (ДСТУ 4163)."""
    section, page = frame.sections[0], PageProfile()
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Mm(page.width), Mm(page.height)
    section.left_margin, section.right_margin = Mm(page.left), Mm(page.right)
    section.top_margin, section.bottom_margin = Mm(page.top), Mm(page.bottom)
    section.header_distance = section.footer_distance = Mm(10)
    for line_grid in frame.element.xpath("//w:docGrid"):
        line_grid.getparent().remove(line_grid)
    section.different_first_page_header_footer = True
    for header in (section.first_page_header, section.header):
        header.is_linked_to_previous = False
        header.paragraphs[0].style = _PAGE_NUMBER.name
    field = f'<w:fldSimple {nsdecls("w")} w:instr=" PAGE "><w:r><w:t>2</w:t></w:r></w:fldSimple>'
    section.header.part.element.xpath("w:p")[0].append(parse_xml(field))


if __name__ == "__main__":
    _TARGET.write_bytes(make_frame())
