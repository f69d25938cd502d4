"""How the sheet looks on the screen and on paper, read back by openpyxl."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace

import openpyxl
import pytest
from excel import TYPEFACE, sheet_of, with_body
from lxml import etree
from small import PLACE, heading, small_document, text

from reportgen.document.blocks import Paragraph, Role, Row, Style, Table, TableColumn
from reportgen.write.xlsx import write_xlsx


def test_print_set_up() -> None:
    sheet = sheet_of(small_document())
    inch = 25.4
    assert (sheet.page_setup.orientation, int(sheet.page_setup.paperSize)) == ("landscape", 9)
    margins = sheet.page_margins
    assert [margins.left * inch, margins.right * inch] == pytest.approx([30, 10])
    assert [margins.top * inch, margins.bottom * inch] == pytest.approx([20, 20])
    assert margins.header * inch == pytest.approx(10)
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert sheet.page_setup.fitToHeight == 0
    assert sheet.print_title_rows == "$5:$7"
    assert sheet.HeaderFooter.differentFirst
    assert sheet.HeaderFooter.firstHeader.center.text is None
    assert sheet.oddHeader.center.text == "&P"
    assert (sheet.oddHeader.center.font, sheet.oddHeader.center.size) == (
        "Times New Roman,Regular",
        12,
    )


def test_portrait() -> None:
    document = small_document()
    sheet = sheet_of(replace(document, page=replace(document.page, landscape=False)))
    assert sheet.page_setup.orientation == "portrait"


def test_screen() -> None:
    sheet = sheet_of(small_document())
    assert sheet.title == "Звіт"
    assert sheet.freeze_panes == "A8"
    assert sheet.sheet_view.selection[0].activeCell == "A1"
    assert sheet.sheet_view.zoomScale in (None, 100)
    name = sheet.parent.defined_names["Таблиця"]
    assert name.attr_text == "'Звіт'!$A$5:$G$11"


def test_every_place_of_the_table_is_closed_by_lines() -> None:
    """Read as XML, because openpyxl draws merged cells anew."""
    with zipfile.ZipFile(io.BytesIO(write_xlsx(small_document(), TYPEFACE))) as package:
        sheet = etree.fromstring(package.read("xl/worksheets/sheet1.xml"))
        styles = etree.fromstring(package.read("xl/styles.xml"))
    borders = [
        [side.get("style") for side in list(border)[:4]]
        for border in styles.iterfind("{*}borders/{*}border")
    ]
    border_of = [int(xf.get("borderId") or 0) for xf in styles.iterfind("{*}cellXfs/{*}xf")]
    style_of = {one.get("r"): int(one.get("s") or 0) for one in sheet.iterfind(".//{*}c")}
    for place_ in (f"{column}{row}" for column in "ABCDEFG" for row in range(5, 12)):
        assert borders[border_of[style_of[place_]]] == ["thin"] * 4, place_


def test_type() -> None:
    book = openpyxl.load_workbook(io.BytesIO(write_xlsx(small_document(), TYPEFACE)))
    sheet = book.active
    assert sheet is not None
    assert {cell.font.name for row in sheet.iter_rows() for cell in row} == {"Times New Roman"}
    sizes_and_weights = {
        place_: (
            sheet[place_].font.sz,
            bool(sheet[place_].font.b),
            sheet[place_].alignment.horizontal,
        )
        for place_ in ("A1", "A2", "A3", "A4", "A5", "A7", "C8", "D8", "A11", "D11", "A13", "C13")
    }
    assert sizes_and_weights == {
        "A1": (12, True, "center"),
        "A2": (12, True, "center"),
        "A3": (12, False, "left"),
        "A4": (12, True, "left"),
        "A5": (8, True, "center"),
        "A7": (9, False, "center"),
        "C8": (9, False, "left"),
        "D8": (9, False, "right"),
        "A11": (9, True, "left"),
        "D11": (9, True, "right"),
        "A13": (12, False, "left"),
        "C13": (12, False, "right"),
    }


def test_a_heading_with_a_long_word_is_set_smaller() -> None:
    columns = (TableColumn("actual", 20),)
    header = (Row((heading("Фактично профінансовано"),), Role.HEADING),)
    document = replace(small_document(), blocks=(Table("", columns, header, ()),))
    assert sheet_of(document)["A1"].font.sz == 7


def test_a_note_is_small_and_a_band_is_centred() -> None:
    bands = with_body(Row((text("Пріоритет", columns=3),), Role.BAND))
    note = Paragraph(("Примітка.",), Style.NOTE, PLACE)
    sheet = sheet_of(replace(bands, blocks=(*bands.blocks, note)))
    assert (sheet["A1"].alignment.horizontal, sheet["A1"].font.b) == ("center", True)
    assert sheet["A2"].font.sz == 9


def test_properties() -> None:
    data = write_xlsx(small_document(), TYPEFACE)
    properties = openpyxl.load_workbook(io.BytesIO(data)).properties
    assert properties.title == "Звіт про результати виконання Програми за 2023 рік"
    assert properties.creator == "Управління Житомирської міської ради"
    assert properties.language == "uk"
    dated = {properties.created, properties.modified}
    assert {one.isoformat() for one in dated if one} == {"2023-12-31T00:00:00"}


def test_a_document_without_tables_and_without_a_typeface() -> None:
    document = replace(small_document(), blocks=(small_document().blocks[-1],))
    assert b"PK" in write_xlsx(document, None)
    assert b"PK" in write_xlsx(small_document(), None)
