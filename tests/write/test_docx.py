"""DOCX: the table, hostile text and stable bytes; what Word is told is what the Document says."""

from __future__ import annotations

import dataclasses
import io
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from lxml import etree
from small import PLACE, small_document, small_table, text
from word import (
    NAMESPACES,
    ROOT,
    SHIPPED,
    TYPEFACE,
    count,
    frame,
    grid,
    opened,
    read_grid,
    table_xml,
    with_blocks,
    with_paragraph,
)

from reportgen.document.blocks import Paragraph, Role, Row, Signature, Style
from reportgen.model.council import PageProfile
from reportgen.write.docx import write_docx
from reportgen.write.docx.heights import tall_rows


def test_every_cell_is_the_documents() -> None:
    table = small_table()
    read = read_grid(opened(small_document()).tables[0])
    assert read == grid(table.header, 7) + grid(table.body, 7)


def test_merged_cells_side_by_side_and_below_each_other() -> None:
    rows = (
        Row((text("а", rows=2, columns=2), text("б", columns=4), text("в", rows=3))),
        Row((text("г", rows=2, columns=3), text("ґ", rows=2))),
        Row((text("д"), text("е"))),
    )
    table = dataclasses.replace(small_table(), body=rows)
    assert read_grid(opened(with_blocks(table)).tables[0])[3:] == grid(rows, 7)


def test_header_rows_are_repeated_and_whole() -> None:
    rows = table_xml(small_table()).findall(f"{qn('w:tr')}/{qn('w:trPr')}")
    assert [count(row, "w:tblHeader") for row in rows] == [1] * 3 + [0] * 4
    assert [count(row, "w:cantSplit") for row in rows] == [1] * 7


def test_only_a_row_taller_than_a_page_may_break() -> None:
    short, tall = text("коротко"), text("довго " * 1000)
    rows = tuple(Row((cell, *(text() for _ in range(6)))) for cell in (short, tall, short))
    table = dataclasses.replace(small_table(), body=rows)
    assert tall_rows(table, PageProfile(), TYPEFACE) == {1}
    assert tall_rows(table, PageProfile(), None) == frozenset()
    rows_written = table_xml(table).findall(qn("w:tr"))[3:]
    assert [count(row, "w:trPr/w:cantSplit") for row in rows_written] == [1, 0, 1]


def test_the_last_row_of_a_merged_cell_holds_what_is_left_of_it() -> None:
    rows = (
        Row((text("довго " * 1000, rows=2), *(text() for _ in range(6)))),
        Row(tuple(text() for _ in range(6))),
    )
    table = dataclasses.replace(small_table(), body=rows)
    assert tall_rows(table, PageProfile(), TYPEFACE) == {1}


def test_styles_tell_what_a_cell_is() -> None:
    table = opened(small_document()).tables[0]
    seen = {
        (row, column): table.rows[row].cells[column].paragraphs[0].style.name
        for row, column in ((0, 0), (2, 3), (3, 0), (3, 2), (3, 3), (6, 0), (6, 3))
    }
    assert seen == {
        (0, 0): "Таблиця: шапка",
        (2, 3): "Таблиця: номери колонок",
        (3, 0): "Таблиця: по центру",
        (3, 2): "Таблиця: текст",
        (3, 3): "Таблиця: праворуч",
        (6, 0): "Таблиця: текст",
        (6, 3): "Таблиця: праворуч",
    }
    totals = [cell.paragraphs[0].runs[0].style.name for cell in table.rows[6].cells[:6]]
    assert totals == ["Таблиця: підсумок"] * 6


def test_a_band_is_centred_bold_and_stays_with_its_rows() -> None:
    band = Row((text("Напрям 1", columns=7),), Role.BAND)
    table = dataclasses.replace(small_table(), body=(band, *small_table().body))
    style = opened(with_blocks(table)).tables[0].rows[3].cells[0].paragraphs[0].style
    assert style.name == "Таблиця: назва групи"
    assert style.font.bold
    assert style.paragraph_format.alignment == WD_ALIGN_PARAGRAPH.CENTER
    assert style.paragraph_format.keep_with_next


def test_columns_are_as_wide_as_the_document_says() -> None:
    table = opened(small_document()).tables[0]
    widths = [round(column.width.mm, 1) for column in table.columns]
    assert widths == [one.width for one in small_table().columns]
    assert not table.autofit
    for row in table_xml(small_table()).findall(qn("w:tr")):
        cells = row.xpath("w:tc/w:tcPr/w:tcW/@w:w", namespaces=NAMESPACES)
        assert sum(map(int, cells)) == round(257 * 1440 / 25.4)


def test_the_table_tells_what_it_shows_and_is_closed() -> None:
    properties = table_xml(small_table()).find(qn("w:tblPr"))
    for name in ("w:tblCaption", "w:tblDescription"):
        assert properties.find(qn(name)).get(qn("w:val")) == "Виконання заходів"
    assert count(properties, "w:tblBorders/*[@w:val='single']") == 6


def test_paragraphs_of_a_cell_are_paragraphs() -> None:
    cell = opened(small_document()).tables[0].rows[3].cells[6]
    assert [one.text for one in cell.paragraphs] == ["Перший абзац.", "Другий абзац."]


def test_soft_hyphens_are_words_own_element() -> None:
    narrow = (*small_table().columns[:6], dataclasses.replace(small_table().columns[6], width=13.4))
    table = dataclasses.replace(small_table(), columns=narrow)
    heading = table_xml(table).findall(f"{qn('w:tr')}[1]/{qn('w:tc')}")[-1]
    pieces = [one.text or etree.QName(one).localname for one in heading.find(f".//{qn('w:r')}")]
    hyphen = "softHyphen"
    assert pieces[:6] == ["Ін", hyphen, "фор", hyphen, "ма", hyphen]
    assert pieces[6:] == ["ція про ви", hyphen, "ко", hyphen, "нан", hyphen, "ня"]
    assert read_grid(opened(with_blocks(table)).tables[0])[0][6] == "Інформація про виконання"


# --- bytes -------------------------------------------------------------------------------------

WRITE = """
import hashlib, pathlib, sys
from small import small_document
from reportgen.write.docx import write_docx
from reportgen.write.frame import Frame
data = write_docx(small_document(), Frame(pathlib.Path(sys.argv[1]).read_bytes(), "", "", ""), None)
print(hashlib.sha256(data).hexdigest(), "docxtpl" in sys.modules, "docx" in sys.modules)
"""


def write_elsewhere(path: Path, seed: str) -> str:
    """Write in another process; return the hash, and which libraries were loaded for it."""
    folders = os.pathsep.join([str(Path(__file__).parent), str(ROOT), *sys.path])
    environment = {**os.environ, "PYTHONPATH": folders, "PYTHONHASHSEED": seed, "TZ": f"UTC-{seed}"}
    command = [sys.executable, "-c", WRITE, str(path)]
    return subprocess.check_output(command, env=environment, text=True)


@pytest.mark.slow
@pytest.mark.parametrize("tags", [False, True])
def test_every_process_writes_the_same_bytes(tmp_path: Path, *, tags: bool) -> None:
    path = tmp_path / "frame.docx"
    path.write_bytes(with_paragraph("{{ title }}").docx if tags else SHIPPED)
    first, second = (write_elsewhere(path, seed) for seed in ("1", "2"))
    assert first == second
    assert first.split()[1:] == [str(tags)] * 2  # docxtpl is loaded for tags alone


def test_no_time_is_in_the_archive() -> None:
    data = write_docx(small_document(), frame(), None)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.namelist()[0] == "[Content_Types].xml"
        assert {one.date_time for one in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


# --- hostile text ------------------------------------------------------------------------------

HOSTILE = "</w:t> <b>&amp;</b> ]]> =1+1 {{ 7*7 }} {% raw %} {_{ a }_} \u202eправо\u202c "


def test_hostile_text_stays_text() -> None:
    table = dataclasses.replace(
        small_table(), body=(Row(tuple(text(HOSTILE) for _ in range(7))),), caption=HOSTILE
    )
    document = dataclasses.replace(
        with_blocks(
            Paragraph((HOSTILE, HOSTILE), Style.TITLE, PLACE),
            table,
            Signature(HOSTILE, HOSTILE, PLACE),
        ),
        title=HOSTILE,
        author=HOSTILE,
    )
    # One frame has no tags, the other shows the title in the text.
    for in_frame in (frame(), with_paragraph("{{ title }}|{{ author }}")):
        read = opened(document, in_frame)
        assert f"{HOSTILE}\n{HOSTILE}" in [one.text for one in read.paragraphs]
        assert {cell.text for cell in read.tables[0].rows[3].cells} == {HOSTILE}
        assert {cell.text for cell in read.tables[1].rows[0].cells} == {HOSTILE}
        assert read.core_properties.title == HOSTILE
    assert read.paragraphs[0].text == f"{HOSTILE}|{HOSTILE}"


def test_line_breaks_and_tabs_in_text_are_not_lost() -> None:
    written = opened(with_blocks(Paragraph(("а\tб", "в\nг"), Style.LINE, PLACE)))
    assert written.paragraphs[0].text == "а\tб\nв\nг"


def test_a_control_character_is_refused() -> None:
    with pytest.raises(ValueError, match="XML compatible"):
        write_docx(with_blocks(Paragraph(("\x07",), Style.LINE, PLACE)), frame(), None)
