"""The small markup is real in every format: lists, bold, italic, links; hostile text stays text."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import openpyxl
import pdfplumber
import pytest
from lxml import etree
from marked import NARRATIVE, facts, in_portrait, marked_document, narrative, running, section
from openpyxl.cell.rich_text import CellRichText, TextBlock
from reading.compare import check_docx, check_html, check_pdf, check_xlsx
from small import PLACE, heading, small_document, text
from test_docx_libreoffice import convert
from word import NAMESPACES, changed

from reportgen.document.blocks import (
    Block,
    Cell,
    Document,
    Paragraph,
    Role,
    Row,
    Style,
    Table,
    TableColumn,
)
from reportgen.proof import html
from reportgen.proof.lines import squeeze
from reportgen.proof.pdf import Tag, read_tags
from reportgen.write.docx import write_docx
from reportgen.write.docx.heights import tall_rows
from reportgen.write.docx.package import read_parts
from reportgen.write.fonts import find_typeface
from reportgen.write.frame import Frame, FrameError
from reportgen.write.html import write_html
from reportgen.write.pages import CONTINUED, continuation
from reportgen.write.pdf_typst import write_pdf as by_typst
from reportgen.write.pdf_weasyprint import write_pdf as by_weasyprint
from reportgen.write.xlsx import write_xlsx

TEMPLATES = Path(__file__).parents[2] / "templates"
FRAME = Frame(
    docx=(TEMPLATES / "frame.docx").read_bytes(),
    html=(TEMPLATES / "page.html.j2").read_text("utf-8"),
    css=(TEMPLATES / "page.css").read_text("utf-8"),
    typst=(TEMPLATES / "document.typ").read_text("utf-8"),
)
TYPEFACE = find_typeface()


def docx(document: Document) -> bytes:
    return write_docx(document, FRAME, TYPEFACE)


def page(document: Document) -> bytes:
    return write_html(document, FRAME)


def xlsx(document: Document) -> bytes:
    return write_xlsx(document, TYPEFACE)


def typst(document: Document) -> bytes:
    return by_typst(document, FRAME, TYPEFACE)


def weasyprint(document: Document) -> bytes:
    return by_weasyprint(document, FRAME, TYPEFACE)


Write = Callable[[Document], bytes]
WRITERS: list[tuple[Write, Callable[[bytes, Document], None]]] = [
    (docx, check_docx),
    (page, check_html),
    (xlsx, check_xlsx),
    (typst, check_pdf),
    (weasyprint, check_pdf),
]


def with_cell(cell: Cell, width: float = 100) -> Document:
    """A document of one table with one cell under a heading."""
    column = TableColumn("text", width)
    table = Table("т", (column,), (Row((heading("А"),), Role.HEADING),), (Row((cell,)),))
    return replace(small_document(), blocks=(table,))


@pytest.mark.parametrize(("write", "check"), WRITERS, ids=lambda one: one.__name__)
def test_all_text_is_read_back(write: Write, check: Callable[[bytes, Document], None]) -> None:
    for document in (marked_document(), in_portrait(marked_document(*running(NARRATIVE)))):
        check(write(document), document)


@pytest.mark.parametrize("write", [one for one, _ in WRITERS], ids=lambda one: one.__name__)
def test_the_same_document_gives_the_same_bytes(write: Write) -> None:
    assert write(marked_document()) == write(marked_document())


@pytest.mark.parametrize("write", [one for one, _ in WRITERS], ids=lambda one: one.__name__)
def test_only_addresses_of_the_web_and_of_mailboxes_are_links(write: Write) -> None:
    data = write(marked_document())
    if data.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = [one for one in archive.namelist() if one.endswith(".rels")]
            targets = b"".join(archive.read(name) for name in names)
    elif data.startswith(b"%PDF"):
        with pdfplumber.open(io.BytesIO(data)) as pdf:
            links = [one["uri"] for page in pdf.pages for one in page.annots]
        assert sorted(links) == [
            "https://example.org/a",
            "https://zt-rada.gov.ua/?3398[0]=35&a=%D0%B1",
            "mailto:rada@example.org",
        ]
        return
    else:
        targets = "".join(str(one.get("href")) for one in html.read_page(data).select("a")).encode()
        assert b"mailto:rada@example.org" in targets
    assert b"javascript" not in targets
    assert b"passwd" not in targets


def test_below_a_cut_a_marked_name_is_a_marked_name() -> None:
    cell = narrative("1. Завдання **перше**.\n2. Друге.", rows=2)
    below = continuation(cell, 1)
    assert below.paragraphs == ("1. Завдання перше.", CONTINUED)
    assert tuple(one.text for one in below.marked) == below.paragraphs
    assert below.marked[0] == cell.marked[0]


# DOCX


def xpath(element: etree._Element, path: str) -> Any:
    return element.xpath(path, namespaces=NAMESPACES)


def body_of(data: bytes) -> etree._Element:
    """Return the body of a Word file as it is."""
    found: list[etree._Element] = xpath(
        etree.fromstring(read_parts(data)["word/document.xml"]), "w:body"
    )
    return found[0]


def test_docx_has_lists_of_its_own_numbering() -> None:
    data = docx(marked_document())
    parts = read_parts(data)
    numbering = etree.fromstring(parts["word/numbering.xml"])
    starts = [
        (one.get(f"{{{NAMESPACES['w']}}}numId"), xpath(one, "string(.//w:startOverride/@w:val)"))
        for one in xpath(numbering, "w:num[w:lvlOverride]")
    ]
    assert [start for _, start in starts] == ["1", "1", "2", "1", "7"]
    assert len({number for number, _ in starts}) == 5
    items = xpath(body_of(data), ".//w:p[w:pPr/w:numPr]")
    names = {str(xpath(one, "string(w:pPr/w:pStyle/@w:val)")) for one in items}
    assert names == {"TableBullets", "TableNumbering", "ReportBullets", "ReportNumbering"}


def test_docx_keeps_the_order_that_the_schema_wants() -> None:
    order = ["pStyle", "keepNext", "numPr", "outlineLvl"]
    for properties in xpath(body_of(docx(marked_document())), ".//w:pPr"):
        names = [etree.QName(one).localname for one in properties]
        if set(names) <= set(order):
            assert names == sorted(names, key=order.index)


def test_docx_runs_are_bold_italic_or_links() -> None:
    body = body_of(docx(marked_document()))

    def texts(path: str) -> list[str]:
        return [
            "".join(str(part) for part in xpath(one, ".//w:t/text()")) for one in xpath(body, path)
        ]

    assert texts(".//w:r[w:rPr/w:b]")[:3] == ["друга", "перше", "за рік"]
    assert texts(".//w:r[w:rPr/w:i]") == ["курсивом", "текст", "33,3 %"]
    assert texts(".//w:hyperlink") == ["рішенням", "Лист", "посилання"]


def test_docx_bands_stay_with_the_next_row_and_a_first_section_is_a_first_heading() -> None:
    body = body_of(docx(marked_document()))
    [band] = xpath(body, ".//w:p[w:pPr/w:pStyle/@w:val='TableBand']")
    assert xpath(band, "w:pPr/w:keepNext")
    levels = [str(one) for one in xpath(body, "w:p/w:pPr/w:outlineLvl/@w:val")]
    assert levels == ["0", "0", "0"]  # the style's own level is the second
    titled = docx(small_document())
    assert not xpath(body_of(titled), "w:p/w:pPr/w:outlineLvl")


def test_a_frame_may_be_a_report_with_links_of_ours() -> None:
    link = '<Relationship Id="reportLink1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink" Target="https://example.org/frame" TargetMode="External"/></Relationships>'  # noqa: E501
    used = changed("word/_rels/document.xml.rels", "</Relationships>", link)
    written = read_parts(write_docx(marked_document(), used, TYPEFACE))
    root = etree.fromstring(written["word/_rels/document.xml.rels"])
    ids = [one.get("Id") for one in root]
    assert len(ids) == len(set(ids))
    assert {"reportLink1", "reportLink2"} <= set(ids)


def test_a_frame_whose_items_have_no_mark_is_told_when_a_list_is_drawn() -> None:
    without = changed("word/styles.xml", '<w:numPr><w:numId w:val="3"/></w:numPr>', "")
    assert write_docx(small_document(), without, TYPEFACE)
    with pytest.raises(FrameError, match="стиль «Таблиця: перелік» у рамці не має ні маркера"):
        write_docx(marked_document(), without, TYPEFACE)


def test_a_list_is_taken_to_be_as_high_as_its_narrower_lines() -> None:
    items = narrative("\n".join(f"- {'слово ' * 20}" for _ in range(60)))
    table = with_cell(items, 60).tables[0]
    assert tall_rows(table, small_document().page, TYPEFACE) == {0}


@pytest.mark.slow
@pytest.mark.tool("soffice")
def test_libreoffice_draws_the_marks(tmp_path: Path) -> None:
    document = marked_document()
    convert(tmp_path, "pdf", {"marked.docx": docx(document), "marked.xlsx": xlsx(document)})
    for name in ("marked.pdf",):
        with pdfplumber.open(tmp_path / "out" / name) as pdf:
            shown = squeeze(*(page.extract_text() for page in pdf.pages))
        for item in (
            "• перша;",
            "• друга.",
            "2. Два, і внутрішній",
            "3. Лист",
            "1. Новий",
            "7. Сьомий",
        ):
            assert squeeze(item) in shown


# HTML


def test_html_lists_are_lists() -> None:
    read = html.read_page(page(marked_document()))
    assert [str(one.get("start", "")) for one in read.select("ol")] == ["", "", "2", "", "7"]
    assert [len(one.select("li")) for one in read.select("ul")] == [2, 3, 2, 2]
    assert [one.text for one in read.select("strong")][:3] == ["друга", "перше", "за рік"]
    assert [one.text for one in read.select("em")] == ["курсивом", "текст", "33,3 %"]
    assert {str(one.get("rel")) for one in read.select("a")} == {"['external', 'noreferrer']"}
    assert not read.select("b, table table")


def test_html_heading_levels_follow_what_is_there() -> None:
    def levels(document: Document) -> list[str]:
        return [one.name for one in html.read_page(page(document)).select("h1, h2, h3")]

    assert levels(marked_document()) == ["h1", "h1", "h1"]
    assert levels(small_document()) == ["h1", "h2"]


def test_a_template_must_show_every_item() -> None:
    as_text = FRAME.html.replace("<li>{{ runs(item) }}</li>", "{{ runs(item) }}<br>")
    with pytest.raises(FrameError, match="просто в <ul>"):
        write_html(marked_document(), replace(FRAME, html=as_text))
    tag = "{% set tag = {'bullets': 'ul', 'numbers': 'ol'}.get(one.kind, 'p') -%}"
    as_paragraphs = FRAME.html.replace(tag, "{% set tag = 'p' %}").replace(
        '{% if one.start != 1 %} start="{{ one.start }}"{% endif %}', ""
    )
    with pytest.raises(FrameError, match="не друкує тексту «"):
        write_html(marked_document(), replace(FRAME, html=as_paragraphs))
    uncounted = FRAME.html.replace("{% if one.start != 1 %}", "{% if false %}")
    with pytest.raises(FrameError, match=r"не друкує тексту «2\. Два"):
        write_html(marked_document(), replace(FRAME, html=uncounted))
    without = FRAME.html.replace("{{ run.text }}\n", "{{ run.text if not run.bold }}\n")
    with pytest.raises(FrameError, match="не друкує тексту «• друга"):
        write_html(marked_document(), replace(FRAME, html=without))


def test_a_table_without_headings_has_no_empty_head() -> None:
    read = html.read_page(page(marked_document()))
    assert [len(one.select("thead")) for one in read.select("table")] == [0, 1]
    assert [one.text for one in read.select("table")[0].select("th")] == ["Назва Програми", "Мета"]


# PDF


def shape(tag: Tag) -> list[list[str]]:
    """The marks and texts of a list's items; each is an LI of an Lbl and an LBody."""
    assert all(item.kind == "LI" for item in tag.children)
    assert all([one.kind for one in item.children] == ["Lbl", "LBody"] for item in tag.children)
    return [[one.text for one in item.children] for item in tag.children]


@pytest.mark.parametrize("write", [typst, weasyprint], ids=lambda one: one.__name__)
def test_pdf_lists_are_tagged(write: Write) -> None:
    lists = list(read_tags(write(marked_document())).below("L"))
    assert [len(one.children) for one in lists] == [2, 1, 3, 3, 2, 1, 2, 2, 2]
    assert shape(lists[0]) == [["•", "перша;"], ["•", "друга."]]
    assert [mark for mark, _ in shape(lists[4])] == ["2.", "3."]
    assert [mark for mark, _ in shape(lists[8])] == ["7.", "8."]


@pytest.mark.parametrize("write", [typst, weasyprint], ids=lambda one: one.__name__)
def test_pdf_begins_with_a_heading_of_the_first_level(write: Write) -> None:
    root = read_tags(write(marked_document()))
    assert len(list(root.below("H1"))) == 3
    assert not list(root.below("H2"))
    assert len(list(read_tags(write(small_document())).below("H2"))) == 1


@pytest.mark.parametrize("write", [typst, weasyprint], ids=lambda one: one.__name__)
def test_pdf_has_bold_and_italic_letters(write: Write) -> None:
    with pdfplumber.open(io.BytesIO(write(with_cell(narrative("а **б** *в*"))))) as pdf:
        fonts = {char["text"]: char["fontname"] for char in pdf.pages[0].chars}
    assert "Bold" in fonts["б"]
    assert "Italic" in fonts["в"]
    assert "Bold" not in fonts["а"]


@pytest.mark.parametrize("write", [typst, weasyprint], ids=lambda one: one.__name__)
@pytest.mark.parametrize(
    "markup",
    [
        "- UA213223130000026007233566001",
        "12. https://zt-rada.gov.ua/program/2023?id=123456789#result",
        "[UA213223130000026007233566001](https://example.org/)",
    ],
)
def test_no_word_of_a_narrative_leaves_its_cell(write: Write, markup: str) -> None:
    columns = (TableColumn("a", 18), TableColumn("b", 100))
    table = Table("т", columns, (), (Row((narrative(markup), text("б"))),))
    with pdfplumber.open(io.BytesIO(write(replace(small_document(), blocks=(table,))))) as pdf:
        chars = [char for one in pdf.pages for char in one.chars if char["text"] != "б"]
    assert max(char["x1"] for char in chars) <= (30 + 18) / 25.4 * 72


def test_a_word_that_is_bold_in_part_stays_in_its_cell() -> None:
    columns = (TableColumn("a", 18), TableColumn("b", 100))
    cell = narrative("п'ятдесяти**восьмимільярдногранична**співфінансування")
    table = Table("т", columns, (), (Row((cell, text("б"))),))
    with pdfplumber.open(io.BytesIO(typst(replace(small_document(), blocks=(table,))))) as pdf:
        chars = [char for char in pdf.pages[0].chars if char["text"] != "б"]
    assert max(char["x1"] for char in chars) <= (30 + 18) / 25.4 * 72


def test_running_text_keeps_to_its_margins() -> None:
    document = marked_document(*running("слово довше " * 300 + "**тис.** " * 200))
    with pdfplumber.open(io.BytesIO(typst(document))) as pdf:
        chars = [char for one in pdf.pages for char in one.chars if char["text"].strip()]
    assert min(char["x0"] for char in chars) >= 30 / 25.4 * 72 - 0.1
    assert max(char["x1"] for char in chars) <= (297 - 10) / 25.4 * 72 + 0.1


# XLSX


def rich(data: bytes) -> dict[str, list[tuple[str, bool, bool]]]:
    """The rich texts of a workbook: text → its runs, bold or italic."""
    sheet = openpyxl.load_workbook(io.BytesIO(data), rich_text=True).active
    assert sheet is not None
    cells = (cell.value for row in sheet.iter_rows() for cell in row)
    return {str(one): list(_runs(one)) for one in cells if isinstance(one, CellRichText)}


def _runs(found: CellRichText) -> Iterator[tuple[str, bool, bool]]:
    for one in found:
        assert isinstance(one, TextBlock)
        yield one.text, bool(one.font.b), bool(one.font.i)


def test_xlsx_runs_are_bold_and_italic_and_addresses_are_text() -> None:
    found = rich(xlsx(marked_document()))
    assert found["• перша;\n• друга."] == [
        ("• перша;\n• ", False, False),
        ("друга", True, False),
        (".", False, False),
    ]
    [narrated] = [one for one in found if one.startswith("Зроблено")]
    assert "рішенням (https://zt-rada.gov.ua/?3398[0]=35&a=б)." in narrated
    assert "3. Лист (rada@example.org) про третє." in narrated
    assert ("курсивом", False, True) in found[narrated]
    assert "[Не посилання](javascript:alert(1))" in narrated


@pytest.mark.parametrize(
    ("markup", "shown"),
    [
        ("[https://example.org/a](https://example.org/a)", "https://example.org/a"),
        ("[example.org](https://example.org/)", "example.org"),
        ("[rada@zt.ua](mailto:rada@zt.ua)", "rada@zt.ua"),
        ("[лист](mailto:rada@zt.ua)", "лист (rada@zt.ua)"),
        ("- один\n- два", "• один\n• два"),
        ("*<r>хитрий</r>*", "<r>хитрий</r>"),
        ("**a**", "a"),
    ],
)
def test_xlsx_shows_an_address_that_the_text_does_not_say(markup: str, shown: str) -> None:
    sheet = openpyxl.load_workbook(io.BytesIO(xlsx(with_cell(narrative(markup))))).active
    assert sheet is not None
    cell = sheet["A2"]
    assert cell.value == shown
    assert bool(cell.font.b) == markup.startswith("**")
    assert bool(cell.font.i) == (markup[0] == "*" and not cell.font.b)


def test_xlsx_rows_are_as_high_as_their_lists() -> None:
    def height(markup: str) -> float:
        book = openpyxl.load_workbook(io.BytesIO(xlsx(with_cell(narrative(markup)))))
        return float(book.worksheets[0].row_dimensions[2].height or 0)

    assert height("- а\n- б\n- в") > height("- а\n- б") > height("*а*")
    assert height("**" + "слово " * 200 + "а**") > height("слово " * 200 + "*а*")


def test_xlsx_keeps_facts_whole() -> None:
    document = marked_document(section("1. Дані"), facts())
    sheet = openpyxl.load_workbook(io.BytesIO(xlsx(document))).active
    assert sheet is not None
    assert [sheet.cell(2, column).border.top.style for column in (1, 2)] == ["thin", "thin"]


def test_a_plain_paragraph_of_running_text_is_drawn_everywhere() -> None:
    blocks: tuple[Block, ...] = (Paragraph(("Просто текст.",), Style.TEXT, PLACE),)
    document = marked_document(*blocks)
    for write, check in WRITERS:
        check(write(document), document)
