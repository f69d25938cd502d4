"""DOCX: headings, signature, page, sizes and properties."""

from __future__ import annotations

import dataclasses

import pytest
from docx.enum.section import WD_ORIENT
from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from lxml import etree
from small import PLACE, small_document, small_table
from word import count, opened, table_xml, with_blocks

from reportgen.document.blocks import Block, Paragraph, Signature, Style
from reportgen.model.council import PageProfile
from reportgen.write.docx.body import kept_lines


def test_paragraphs_have_the_frames_styles() -> None:
    paragraphs = opened(small_document()).paragraphs
    assert [(one.text, one.style.name) for one in paragraphs][:4] == [
        ("Звіт\nпро результати виконання Програми", "Звіт: назва"),
        ("за 2023 рік", "Звіт: підзаголовок"),
        ("Термін реалізації Програми 2021-2025 роки", "Звіт: рядок"),
        ("1. Виконання заходів", "Звіт: розділ"),
    ]


def test_title_and_section_are_headings_for_navigation() -> None:
    styles = opened(small_document()).styles
    levels = {
        name: styles[name].element.find(f"{qn('w:pPr')}/{qn('w:outlineLvl')}").get(qn("w:val"))
        for name in ("Звіт: назва", "Звіт: розділ")
    }
    assert levels == {"Звіт: назва": "0", "Звіт: розділ": "1"}
    assert styles["Звіт: розділ"].paragraph_format.keep_with_next


def test_the_name_stands_at_the_right_level_with_the_positions_last_line() -> None:
    position, name = opened(small_document()).tables[1].rows[0].cells
    assert position.text == "Начальник управління у справах сім'ї, молоді та спорту міської ради"
    assert name.text == "Ірина КОВАЛЬЧУК"
    assert position.width.mm == pytest.approx(73, abs=0.1)
    assert position.width.mm + name.width.mm == pytest.approx(257, abs=0.1)
    assert {cell.vertical_alignment for cell in (position, name)} == {
        WD_CELL_VERTICAL_ALIGNMENT.BOTTOM
    }
    assert name.paragraphs[0].style.paragraph_format.alignment == WD_ALIGN_PARAGRAPH.RIGHT


LINE = Paragraph(("рядок",), Style.NOTE, PLACE)
TWO_LINES = Paragraph(("рядок", "ще один"), Style.NOTE, PLACE)
SIGNATURE = Signature("Директор", "Вікторія КРАСНОПІР", PLACE)


@pytest.mark.parametrize(
    ("blocks", "kept"),
    [
        ((small_table(), SIGNATURE), [2, 0]),
        ((small_table(), LINE, SIGNATURE), [1, 2, 0]),
        ((small_table(), TWO_LINES, SIGNATURE), [0, 2, 0]),
        ((small_table(), SIGNATURE, SIGNATURE), [2, 2, 0]),
        ((small_table(), LINE), [0, 0]),
    ],
)
def test_two_lines_go_with_a_signature(blocks: tuple[Block, ...], kept: list[int]) -> None:
    assert kept_lines(blocks) == kept


def test_the_last_two_rows_stay_with_the_signature() -> None:
    rows = table_xml(small_table(), SIGNATURE).findall(qn("w:tr"))
    kept = [(count(row, ".//w:keepNext"), count(row, ".//w:p")) for row in rows]
    assert kept[-2:] == [(7, 7), (5, 5)]
    assert {keeps for keeps, _ in kept[:-2]} == {0}  # the header is kept by its styles


def test_a_total_does_not_begin_a_page() -> None:
    rows = table_xml(small_table(), LINE).findall(qn("w:tr"))
    kept = [count(row, ".//w:keepNext") for row in rows]
    assert kept[-2] > 0  # the row above it
    assert kept[-1] == 0
    assert set(kept[:-2]) == {0}


def test_tables_do_not_touch_and_none_ends_the_document() -> None:
    document = with_blocks(small_table(), small_table(), SIGNATURE, SIGNATURE)
    body = opened(document).element.body
    names = [etree.QName(one).localname for one in body]
    assert names == ["tbl", "p"] * 4 + ["sectPr"]


@pytest.mark.parametrize("landscape", [True, False])
def test_the_page_is_the_documents(*, landscape: bool) -> None:
    page = PageProfile(landscape=landscape, left=25, right=12, top=22, bottom=18)
    section = opened(dataclasses.replace(small_document(), page=page)).sections[0]
    lengths = (
        *(section.page_width, section.page_height),
        *(section.left_margin, section.right_margin, section.top_margin, section.bottom_margin),
    )
    assert [round(one.mm) for one in lengths] == [page.width, page.height, 25, 12, 22, 18]
    assert section.orientation == (WD_ORIENT.LANDSCAPE if landscape else WD_ORIENT.PORTRAIT)


def test_pages_are_numbered_from_the_second() -> None:
    section = opened(small_document()).sections[0]
    assert section.different_first_page_header_footer
    assert [one.text for one in section.first_page_header.paragraphs] == [""]
    (number,) = section.header.paragraphs
    field = section.header.part.element.find(f".//{qn('w:fldSimple')}")
    assert field.get(qn("w:instr")).strip() == "PAGE"
    assert number.style.paragraph_format.alignment == WD_ALIGN_PARAGRAPH.CENTER
    assert section.header_distance.mm >= 10


def test_sizes_are_the_councils() -> None:
    page = PageProfile(text_size=14, table_size=8.5, heading_size=7)
    styles = opened(dataclasses.replace(small_document(), page=page)).styles
    assert styles["Normal"].font.size.pt == 14
    assert styles["Таблиця: текст"].font.size.pt == 8.5
    assert styles["Таблиця: шапка"].font.size.pt == 7


def test_properties_are_the_documents() -> None:
    properties = opened(small_document()).core_properties
    assert properties.title == "Звіт про результати виконання Програми за 2023 рік"
    assert properties.author == "Управління Житомирської міської ради"
    assert properties.language == "uk"
    assert properties.created == properties.modified
    assert f"{properties.created:%Y-%m-%dT%H:%M:%S}" == "2023-12-31T00:00:00"


def test_the_language_is_ukrainian() -> None:
    language = opened(small_document()).styles.element.find(f".//{qn('w:lang')}")
    assert language.get(qn("w:val")) == "uk-UA"
