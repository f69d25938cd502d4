"""PDF by WeasyPrint, read back by pdfplumber: cells, pages, tags, and no requests."""

from __future__ import annotations

import functools
import io
import os
import re
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pdfplumber
import pytest
from pdfminer.pdftypes import resolve1
from small import heading, money, small_document, small_table, text
from weasyprint.urls import FatalURLFetchingError

from reportgen.document.blocks import Document, Role, Row, Table, TableColumn
from reportgen.proof.pdf import read_tags
from reportgen.write.fonts import find_typeface
from reportgen.write.frame import Frame, FrameError
from reportgen.write.pages import CONTINUED, split_at
from reportgen.write.pdf_weasyprint import write_pdf
from reportgen.write.pdf_weasyprint.sealed import SealedFetcher

ROOT = Path(__file__).parents[2]
TEMPLATES = ROOT / "templates"
FRAME = Frame(
    docx=b"",
    html=(TEMPLATES / "page.html.j2").read_text("utf-8"),
    css=(TEMPLATES / "page.css").read_text("utf-8"),
    typst="",
)
TYPEFACE = find_typeface()
MM = 72 / 25.4


def grouped_table(sizes: Sequence[int], info: str = "Проведено заходи.") -> Table:
    """Tasks with so many measures each, and a total; 257 mm wide."""
    widths = {"number": 12, "task": 45, "measure": 90, "actual": 25, "info": 85}
    columns = tuple(TableColumn(name, width) for name, width in widths.items())
    names = ("№ з/п", "Завдання", "Зміст заходів", "Факт", "Інформація")
    header = (
        Row(tuple(heading(name) for name in names), Role.HEADING),
        Row(tuple(heading(label) for label in "12345"), Role.NUMBERS),
    )
    body: list[Row] = []
    for task, size in enumerate(sizes, start=1):
        named = (text(f"{task}.", rows=size), text(f"{task}. Забезпечити підтримку", rows=size))
        for measure in range(size):
            own = (text(f"{task}.{measure} Захід"), money(f"{measure},0", "1.0"), text(info))
            body.append(Row((*named, *own) if measure == 0 else own))
    body.append(Row((text("Разом", columns=3), money("9,0", "9.0"), text()), Role.TOTAL))
    return Table("Виконання заходів", columns, header, tuple(body))


def write(document: Document, frame: Frame = FRAME) -> bytes:
    return write_pdf(document, frame, TYPEFACE)


@functools.cache
def long_task(size: int) -> bytes:
    """Return the PDF of one task with so many measures: several tests look at the same one."""
    return write(small_document(grouped_table([size])))


def pages_of(data: bytes) -> Iterator[pdfplumber.page.Page]:
    with pdfplumber.open(io.BytesIO(data)) as pdf:
        yield from pdf.pages


def squeeze(*lines: str) -> str:
    """Text without what a line break adds or takes: blanks, and the hyphen that ends a line."""
    return re.sub(r"[\s\u00ad]", "", "".join(lines))


@dataclass
class Tag:
    """An element of the structure tree; ``text`` is what is drawn under it, all of it."""

    kind: str
    attributes: dict[str, Any]
    children: list[Tag]
    text: str

    def below(self, kind: str) -> Iterator[Tag]:
        """Every element of a kind, in reading order."""
        for child in self.children:
            if child.kind == kind:
                yield child
            yield from child.below(kind)


def tags_of(data: bytes) -> Tag:
    """The structure tree as it lies in the file (pdfplumber's own view drops empty cells)."""
    with pdfplumber.open(io.BytesIO(data)) as pdf:
        drawn: dict[tuple[int, int], str] = {}
        for page in pdf.pages:
            for char in page.chars:
                at = page.page_obj.pageid, char["mcid"]
                drawn[at] = drawn.get(at, "") + char["text"]

        def tag(element: dict[str, Any]) -> Tag:
            kids = [resolve1(kid) for kid in resolve1(element["K"])]
            children = [tag(kid) for kid in kids if not isinstance(kid, int)]
            own = [drawn[element["Pg"].objid, kid] for kid in kids if isinstance(kid, int)]
            text = squeeze(*own, *(child.text for child in children))
            attributes = {key: literal(value) for key, value in element.get("A", {}).items()}
            return Tag(literal(element["S"]), attributes, children, text)

        (root,) = resolve1(pdf.doc.catalog["StructTreeRoot"])["K"]
        return tag(resolve1(root))


def literal(value: Any) -> Any:
    return getattr(value, "name", value)


def tagged_tables(data: bytes) -> list[list[list[Tag]]]:
    """The tagged tables as rows of cells."""
    tables = tags_of(data).below("Table")
    return [[row.children for row in table.below("TR")] for table in tables]


def shape(row: Sequence[Tag]) -> list[tuple[int, int, str]]:
    """The cells of a row: over how many columns and rows, and what they show."""
    return [
        (cell.attributes.get("ColSpan", 1), cell.attributes.get("RowSpan", 1), cell.text)
        for cell in row
    ]


def expected_rows(rows: Sequence[Row]) -> list[list[tuple[int, int, str]]]:
    return [[(cell.columns, cell.rows, squeeze(cell.text)) for cell in row.cells] for row in rows]


@pytest.mark.parametrize("sizes", [(3, 1, 2), (40,), (7, 21, 3, 30, 11)])
def test_the_file_shows_every_cell_of_the_document_cut_at_its_pages(
    sizes: Sequence[int],
) -> None:
    table = grouped_table(sizes, "Довгий опис виконаного. " * 16)
    data = write(small_document(table))
    (rows,) = tagged_tables(data)
    head = len(table.header)
    pages = [row.page for row in read_tags(data).below("TR")][head:]
    tops = [at for at in range(1, len(pages)) if pages[at] != pages[at - 1]]
    assert [shape(row) for row in rows[:head]] == expected_rows(table.header)
    assert [shape(row) for row in rows[head:]] == expected_rows(split_at(table, tops).body)


def test_a_row_over_several_pages_is_one_row() -> None:
    table = grouped_table([4])
    long = text(*(f"Абзац {number}." for number in range(120)))
    rows = list(table.body)
    rows[1] = Row((*rows[1].cells[:2], long))
    data = write(small_document(replace(table, body=tuple(rows))))
    (tagged,) = tagged_tables(data)
    assert len(tagged) == len(table.header) + len(rows)
    assert squeeze(long.text) in {cell.text for row in tagged for cell in row}
    assert len([*pages_of(data)]) >= 4


def test_nested_headings_and_paragraphs_come_through() -> None:
    table = small_table()
    (rows,) = tagged_tables(write(small_document()))
    assert [shape(row) for row in rows] == expected_rows((*table.header, *table.body))
    assert [cell.kind for cell in rows[3]] == ["TD", "TH", "TH", "TD", "TD", "TD", "TD"]


def test_a_task_that_goes_on_is_named_again_at_the_top_of_the_page() -> None:
    pages = [page.extract_text() for page in pages_of(long_task(70))]
    assert [page.count(CONTINUED) for page in pages] == [0] + [1] * (len(pages) - 1)
    assert all("1. Забезпечити підтримку" in page for page in pages)
    assert len(pages) > 2


def test_pages_are_numbered_from_the_second_one() -> None:
    first, second, *_ = pages_of(long_task(70))
    assert not [word for word in first.extract_words() if word["bottom"] < 20 * MM]
    (number,) = [word for word in second.extract_words() if word["bottom"] < 20 * MM]
    assert number["text"] == "2"
    assert (number["x0"] + number["x1"]) / 2 == pytest.approx((30 + 257 / 2) * MM, abs=0.5)
    assert number["top"] > 5 * MM
    fonts = {char["fontname"].split("+")[-1] for char in [*first.chars, *second.chars]}
    assert fonts == {"Report", "Report-Bold"}


def test_the_paper_is_that_of_the_page_profile() -> None:
    document = small_document()
    document = replace(document, page=replace(document.page, landscape=False, left=25, top=30))
    table = replace(small_table(), columns=tuple(TableColumn(name, 20) for name in "abcdefg"))
    document = replace(document, blocks=(*document.blocks[:4], table))
    (page,) = pages_of(write(document))
    assert (page.width, page.height) == pytest.approx((210 * MM, 297 * MM), abs=0.1)
    assert min(char["x0"] for char in page.chars) == pytest.approx(25 * MM, abs=1)
    assert min(char["top"] for char in page.chars) == pytest.approx(30 * MM, abs=4)


@pytest.mark.slow
@pytest.mark.parametrize("total", [True, False], ids=["total", "no total"])
@pytest.mark.parametrize("size", range(20, 29))
def test_the_signature_never_stands_alone(size: int, total: bool) -> None:  # noqa: FBT001
    table = grouped_table([size])
    if not total:
        table = replace(table, body=table.body[:-1])
    *_, last = pages_of(write(small_document(table)))
    shown = last.extract_text()
    assert "Ірина КОВАЛЬЧУК" in shown
    assert f"1.{size - 1} Захід" in shown  # the last measure, and the total with it
    assert ("Разом" in shown) == total


def test_a_section_heading_stays_with_its_table() -> None:
    for lines in range(22, 33):
        document = small_document(grouped_table([2]))
        line = replace(document.blocks[2], lines=("Рядок",) * lines)
        blocks = (*document.blocks[:2], line, *document.blocks[3:])
        pages = [page.extract_text() for page in pages_of(write(replace(document, blocks=blocks)))]
        (with_heading,) = [page for page in pages if "1. Виконання заходів" in page]
        assert "1.0 Захід" in with_heading


def test_no_word_leaves_its_cell() -> None:
    table = grouped_table([2])
    words = (text("щ" * 200), money("9" * 60, "9.0"), text("ю" * 200))
    rows = (Row((*table.body[0].cells[:2], *words)), *table.body[1:])
    header = Row((*table.header[0].cells[:4], heading("Я" * 90)), Role.HEADING)
    table = replace(table, body=rows, header=(header, table.header[1]))
    (page,) = pages_of(write(small_document(table)))
    for mark, size, left, right, count in (
        ("щ", 9, 57, 147, 200),
        ("9", 9, 147, 172, 61),
        ("ю", 9, 172, 257, 200),
        ("Я", 8, 172, 257, 90),
    ):
        marks = [
            char for char in page.chars if char["text"] == mark and round(char["size"]) == size
        ]
        assert len(marks) == count
        assert min(char["x0"] for char in marks) >= (30 + left) * MM - 0.1
        assert max(char["x1"] for char in marks) <= (30 + right) * MM + 0.1


def test_a_row_taller_than_a_page_keeps_heading_and_borders() -> None:
    table = grouped_table([4])
    long = text(*(f"Абзац {number}." for number in range(120)))
    rows = list(table.body)
    rows[1] = Row((*rows[1].cells[:2], long))
    pages = list(pages_of(write(small_document(replace(table, body=tuple(rows))))))
    shown = [page.extract_text() for page in pages]
    assert len(pages) >= 4
    assert all("Зміст заходів" in page for page in shown)
    assert squeeze(*re.findall(r"Абзац \d+\.", "\n".join(shown))) == squeeze(long.text)


def test_every_page_of_a_table_is_closed() -> None:
    """Below the last row of each page a line runs from edge to edge of the table."""
    table = grouped_table([70])
    long = text(*(f"Абзац {number}." for number in range(120)))
    rows = list(table.body)
    rows[30] = Row((*rows[30].cells[:2], long))
    pages = list(pages_of(write(small_document(replace(table, body=tuple(rows))))))
    assert len(pages) > 5
    for page in pages:
        picture = page.to_image(resolution=144).original.convert("L")  # 2 dots for a point
        left, right = round(31 * MM * 2), round(286 * MM * 2)
        text_ends = max(char["bottom"] for char in page.chars if char["size"] == 9) - 3
        below = picture.crop((left, round(text_ends * 2), right, picture.height))
        dark = below.point(lambda dot: dot < 200 and 1)
        lines = [sum(dark.crop((0, y, dark.width, y + 1)).tobytes()) for y in range(dark.height)]
        assert max(lines) > 0.99 * dark.width, f"page {page.page_number} is open"


def test_the_file_says_what_it_is() -> None:
    with pdfplumber.open(io.BytesIO(write(small_document()))) as pdf:
        info = pdf.metadata
        catalog = pdf.doc.catalog
        xmp = catalog["Metadata"].resolve().get_data().decode()
    assert info["Title"] == "Звіт про результати виконання Програми за 2023 рік"
    assert info["Author"] == "Управління Житомирської міської ради"
    assert info["CreationDate"].startswith("D:20231231000000")
    assert catalog["Lang"] == b"uk"
    assert 'pdfaid:part="2"' in xmp
    assert 'pdfaid:conformance="A"' in xmp
    assert "<pdfuaid:part>1</pdfuaid:part>" in xmp
    assert "2023-12-31T00:00:00Z" in xmp


def test_tags_say_what_each_cell_heads() -> None:
    data = long_task(40)
    for table in tagged_tables(data):
        headings, numbers, first, *_, last = [
            [cell.attributes.get("Scope") for cell in row] for row in table
        ]
        assert headings == ["Column"] * 5
        assert numbers == [None] * 5  # the numbers of columns name nothing
        assert first == [None, "Row", "Row", None, None]
    assert last == ["Row", None, None]
    summaries = [tag.attributes["Summary"] for tag in tags_of(data).below("Table")]
    assert [summary.decode("utf-16") for summary in summaries] == ["Виконання заходів"]


def test_a_page_number_is_no_text_of_the_document() -> None:
    first, second = pages_of(long_task(40))
    number = [char for char in second.chars if char["top"] < 15 * MM]
    assert [(char["text"], char["tag"], char["mcid"]) for char in number] == [
        ("2", "Artifact", None)
    ]
    assert all(char["mcid"] is not None for char in first.chars)


def test_a_divided_word_is_one_word_to_a_reader() -> None:
    narrow = replace(grouped_table([1]), columns=tuple(TableColumn(name, 16) for name in "abcde"))
    (page,) = pages_of(write(small_document(narrow)))
    drawn = "".join(char["text"] for char in page.chars)
    assert "\u00ad" in drawn
    assert "\u2010" not in drawn
    assert "Інформація" in drawn.replace("\u00ad", "")


def test_a_hyphen_of_the_text_stays_one() -> None:
    (page,) = pages_of(write(small_document(grouped_table([1], "Соціально\u2010правовий"))))
    assert "Соціально\u2010правовий" in "".join(char["text"] for char in page.chars)


def test_without_a_typeface_some_serif_is_used() -> None:
    (page,) = pages_of(write_pdf(small_document(), FRAME, None))
    assert "1.1.1. Виплата <b>винагороди</b> & премій" in page.extract_text()


def test_two_tables_are_cut_each_at_its_own_pages() -> None:
    document = small_document(grouped_table([30]))
    second = grouped_table([30])
    document = replace(document, blocks=(*document.blocks[:5], second, document.blocks[5]))
    pages = [page.extract_text() for page in pages_of(write(document))]
    assert [page.count(CONTINUED) for page in pages] == [0, 1, 1]


def test_nothing_may_be_fetched_but_data_and_the_typeface(tmp_path: Path) -> None:
    font, other = tmp_path / "font.ttf", tmp_path / "other.ttf"
    for file in (font, other):
        file.write_bytes(b"font")
    fetcher = SealedFetcher([font])
    assert fetcher.fetch(font.as_uri()).read() == b"font"
    assert fetcher.fetch("data:text/plain,a").read() == b"a"
    for refused in (
        other.as_uri(),
        "file:///etc/passwd",
        f"{font.as_uri()}?x",
        "http://127.0.0.1:1/",
        "https://example.org/a.png",
        "ftp://127.0.0.1/a",
    ):
        with pytest.raises(FatalURLFetchingError):
            fetcher.fetch(refused)


@pytest.mark.parametrize("address", ["http://127.0.0.1:9/x.png", "file:///etc/passwd"])
def test_a_style_sheet_that_asks_for_a_file_ends_the_work(address: str) -> None:
    frame = replace(FRAME, css=f"{FRAME.css}\nbody {{ background: url({address}) }}")
    with pytest.raises(FrameError, match=re.escape(address)) as caught:
        write(small_document(), frame)
    assert caught.value.file == "page.css"


def test_an_address_made_by_the_template_is_refused_too() -> None:
    """What no look at the template could find, the fetcher does."""
    html = FRAME.html.replace(
        "<main>", "<main><{{ 'img' }} alt='' {{ 's' ~ 'rc' }}='file:///etc/passwd'>"
    )
    with pytest.raises(FrameError, match="file:///etc/passwd") as caught:
        write(small_document(), replace(FRAME, html=html))
    assert caught.value.file == "page.html.j2"


@pytest.mark.parametrize("seed", ["0", "4242"])
def test_the_same_document_gives_the_same_bytes_in_every_process(seed: str) -> None:
    code = (
        "import sys; sys.path[:0] = ['tests/write']; import test_pdf_weasyprint as t; "
        "sys.stdout.buffer.write(t.write(t.small_document(t.grouped_table([40]))))"
    )
    got = subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        check=True,
    )
    assert got.stdout == long_task(40)
