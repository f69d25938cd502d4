"""PDF by Typst, read back by its tags and by where every letter stands."""

from __future__ import annotations

import os
import random
import re
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import pdfplumber
import pytest
import typst
from reading.plumber import MM, pages_of
from small import PLACE, heading, money, small_document, small_table, text

from reportgen.build.prepare import Prepared
from reportgen.document.blocks import (
    Cell,
    Document,
    Paragraph,
    Role,
    Row,
    Signature,
    Style,
    Table,
    TableColumn,
)
from reportgen.proof.lines import squeeze
from reportgen.proof.pdf import Tag, expected, read_tags, shape
from reportgen.write.fonts import find_typeface
from reportgen.write.frame import Frame, FrameError
from reportgen.write.pages import CONTINUED, split_at
from reportgen.write.pdf_typst import write_pdf
from reportgen.write.pdf_typst.run import Run

ROOT = Path(__file__).parents[2]
FRAME = Frame(b"", "", "", (ROOT / "templates" / "document.typ").read_text("utf-8"))
TYPEFACE = find_typeface()
SIZE = 9  # of the table's type, points


def write(document: Document, frame: Frame = FRAME) -> bytes:
    return write_pdf(document, frame, TYPEFACE)


def grouped(*sizes: int, info: str = "Проведено заходи.", total: bool = True) -> Table:
    """Return tasks with so many measures each, and a total; 257 mm wide."""
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
    if total:
        body.append(Row((text("Разом", columns=3), money("9,0", "9.0"), text()), Role.TOTAL))
    return Table("Виконання заходів", columns, header, tuple(body))


def rows_by_page(data: bytes) -> tuple[list[Tag], list[int]]:
    """Return the body rows of a PDF's table, and the first of each page after its first."""
    rows = [row for table in read_tags(data).below("TBody") for row in table.below("TR")]
    pages = [min(cell.page or 0 for cell in row.children if cell.page) for row in rows]
    starts = [index for index in range(1, len(rows)) if pages[index] > pages[index - 1]]
    return rows, starts


@pytest.fixture
def passes(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Count how often a document is laid out: one number for each time."""
    counted: list[int] = []
    ask = Run.places  # each layout is asked once where its rows are

    def asked(run: Run) -> Mapping[tuple[int, int], int]:
        counted.append(len(counted) + 1)
        return ask(run)

    monkeypatch.setattr(Run, "places", asked)
    return counted


# Cells


@pytest.mark.parametrize("sizes", [(3, 1, 2), (40,), (7, 21, 3, 30, 11)])
def test_the_file_shows_every_cell_of_the_document_cut_at_its_pages(sizes: Sequence[int]) -> None:
    table = grouped(*sizes, info="Довгий опис виконаного. " * 16)
    rows, starts = rows_by_page(write(small_document(table)))
    assert len(starts) > len(sizes) - 3
    assert [shape(row) for row in rows] == expected(split_at(table, starts).body)


def test_nested_headings_and_paragraphs_come_through() -> None:
    table = small_table()
    [tagged] = read_tags(write(small_document())).below("Table")
    rows = [shape(row) for row in tagged.below("TR")]
    assert rows == expected((*table.header, *table.body))
    head = list(tagged.below("THead"))
    assert [len(list(one.below("TR"))) for one in head] == [3]


def test_lines_and_signature_are_there_in_order() -> None:
    tags = read_tags(write(small_document()))
    whole = tags.text
    said = [
        "Звіт про результати виконання Програми",
        "за 2023 рік",
        "Термін реалізації Програми 2021-2025 роки",
        "1. Виконання заходів",
        "1.1.1. Виплата",
        "Всього за Програмою",
        "Начальник управління у справах сім'ї, молоді та спорту міської ради",
        "Ірина КОВАЛЬЧУК",
    ]
    places = [whole.index(squeeze(one)) for one in said]
    assert places == sorted(places)
    assert [one.text for one in tags.below("H1")] == [squeeze(said[0])]
    assert [one.text for one in tags.below("H2")] == [squeeze(said[3])]


HOSTILE = (
    r"#panic() #import \"x.typ\" $x^2$ \ \u{41} @ref <label> *bold* _it_ `raw` // comment "
    "/* */ = heading - list + enum ~ -- --- ... #[x] {y} [z] 'a' \"b\" &amp; </td> {{ 7 * 7 }}"
)


def test_hostile_text_stays_text() -> None:
    table = small_table()
    first = table.body[0]
    cells = (text(HOSTILE, rows=3), *first.cells[1:6], text(HOSTILE, "= другий абзац"))
    rows = (Row(cells), *table.body[1:])
    document = small_document(replace(table, body=rows, caption=HOSTILE))
    title = Paragraph((HOSTILE, HOSTILE), Style.TITLE, PLACE)
    signature = Signature(HOSTILE, HOSTILE, PLACE)
    blocks = (title, *document.blocks[1:-1], signature)
    data = write(replace(document, blocks=blocks, title=HOSTILE, author=HOSTILE))
    tags = read_tags(data)
    assert [one.text for one in tags.below("H1")] == [squeeze(HOSTILE) * 2]
    assert next(iter(tags.below("TBody"))).children[0].children[0].text == squeeze(HOSTILE)
    assert tags.text.endswith(squeeze(HOSTILE) * 2)
    assert "49" not in tags.text


# Pages


def test_every_page_has_the_headings_and_the_numbers_of_columns() -> None:
    pages = pages_of(write(small_document(grouped(30, 40))))
    assert len(pages) > 2
    for page in pages:
        lines = page.extract_text().splitlines()
        assert "№ з/п Завдання Зміст заходів Факт Інформація" in lines
        assert "1 2 3 4 5" in lines


def test_a_task_that_goes_on_is_named_again_at_the_top_of_the_page() -> None:
    pages = [page.extract_text() for page in pages_of(write(small_document(grouped(70))))]
    assert len(pages) > 2
    assert [page.count(CONTINUED) for page in pages] == [0] + [1] * (len(pages) - 1)
    assert all("1. Забезпечити підтримку" in page for page in pages)


def test_pages_are_numbered_from_the_second_one() -> None:
    first, second, *_ = pages_of(write(small_document(grouped(70))))
    assert not [word for word in first.extract_words() if word["bottom"] < 20 * MM]
    [number] = [word for word in second.extract_words() if word["bottom"] < 20 * MM]
    assert number["text"] == "2"
    assert (number["x0"] + number["x1"]) / 2 == pytest.approx((30 + 257 / 2) * MM, abs=0.5)
    assert number["top"] >= 10 * MM


def test_the_text_keeps_to_its_margins() -> None:
    for page in pages_of(write(small_document(grouped(30, 40)))):
        body = [char for char in page.chars if char["size"] == SIZE]
        assert min(char["x0"] for char in body) >= 30 * MM
        assert max(char["x1"] for char in body) <= (297 - 10) * MM
        assert min(char["top"] for char in page.chars if char["top"] > 15 * MM) >= 19 * MM
        assert max(char["bottom"] for char in page.chars) <= (210 - 20) * MM + 1


def test_the_paper_is_that_of_the_page_profile() -> None:
    document = small_document()
    page = replace(document.page, landscape=False, left=25, top=30, text_size=14)
    table = replace(small_table(), columns=tuple(TableColumn(name, 20) for name in "abcdefg"))
    blocks = (*document.blocks[:4], table)
    [sheet] = pages_of(write(replace(document, page=page, blocks=blocks)))
    assert (sheet.width, sheet.height) == pytest.approx((210 * MM, 297 * MM), abs=0.1)
    assert min(char["x0"] for char in sheet.chars) == pytest.approx(25 * MM, abs=1)
    assert {round(char["size"], 6) for char in sheet.chars} == {
        14,
        SIZE,
        document.page.heading_size,
    }


def closing_line(page: pdfplumber.page.Page, width: float) -> bool:
    """Tell whether a line below the last row runs over the whole width, in points."""
    text_ends = max(char["bottom"] for char in page.chars if char["size"] == SIZE) - 3
    below = [edge for edge in page.horizontal_edges if edge["top"] > text_ends]
    covered, reached = 0.0, 0.0
    for edge in sorted(below, key=lambda edge: edge["x0"]):
        covered += max(0.0, edge["x1"] - max(edge["x0"], reached))
        reached = max(reached, edge["x1"])
    return covered > width - 2


def test_every_page_of_a_table_is_closed() -> None:
    table = grouped(70)
    rows = list(table.body)
    rows[30] = Row((*rows[30].cells[:2], text(*(f"Абзац {number}." for number in range(120)))))
    pages = pages_of(write(small_document(replace(table, body=tuple(rows)))))
    assert len(pages) > 5
    for page in pages:
        assert closing_line(page, 257 * MM), f"page {page.page_number} is open"


def test_a_row_taller_than_a_page_keeps_its_headings_and_all_its_text() -> None:
    table = grouped(4)
    rows = list(table.body)
    long = text(*(f"Абзац {number}." for number in range(120)))
    rows[1] = Row((*rows[1].cells[:2], long))
    shown = [
        page.extract_text()
        for page in pages_of(write(small_document(replace(table, body=tuple(rows)))))
    ]
    assert len(shown) >= 4
    assert all("Зміст заходів" in page for page in shown)
    assert re.findall(r"Абзац \d+\.", "\n".join(shown)) == list(long.paragraphs)


def test_a_row_that_fits_a_page_is_never_cut() -> None:
    """Rows of about a third of a page each: three would fit if the last were cut."""
    table = grouped(9, info="Довгий опис виконаного заходу. " * 20)
    rows, _ = rows_by_page(write(small_document(table)))
    for row in rows:
        for cell in row.children:
            assert cell.rows > 1 or len({page for page, _ in cell.drawn}) <= 1


@pytest.mark.parametrize("lines", range(20, 31))
def test_a_section_heading_stays_with_its_table(lines: int) -> None:
    document = small_document(grouped(2))
    line = Paragraph(("Рядок",) * lines, Style.LINE, PLACE)
    blocks = (*document.blocks[:2], line, *document.blocks[3:])
    pages = [page.extract_text() for page in pages_of(write(replace(document, blocks=blocks)))]
    [with_heading] = [page for page in pages if "1. Виконання заходів" in page]
    assert "1.0 Захід" in with_heading


@pytest.mark.parametrize(
    ("size", "total"),
    [*((size, True) for size in range(10, 41)), *((size, False) for size in range(24, 34))],
)
def test_the_signature_never_stands_alone(size: int, *, total: bool) -> None:
    *_, last = pages_of(write(small_document(grouped(size, total=total))))
    shown = last.extract_text()
    assert "Ірина КОВАЛЬЧУК" in shown
    assert f"1.{size - 1} Захід" in shown  # the last measure, and the total with it
    assert ("Разом" in shown) == total


def test_the_name_stands_level_with_the_last_line_of_the_position() -> None:
    [page] = pages_of(write(small_document()))
    words = {word["text"]: word for word in page.extract_words()}
    assert words["КОВАЛЬЧУК"]["bottom"] == pytest.approx(words["спорту"]["bottom"], abs=0.1)
    assert words["КОВАЛЬЧУК"]["x1"] == pytest.approx((297 - 10) * MM, abs=1)
    position = [words[word]["x1"] for word in ("Начальник", "сім'ї,", "ради")]
    assert max(position) <= (30 + 73) * MM


@pytest.mark.parametrize("word", ["щ" * 120, "https://zt-rada.gov.ua/" * 6, "Начальник" * 14])
def test_no_word_of_the_signature_leaves_the_page(word: str) -> None:
    document = small_document()
    position = "Начальник управління"
    for signature in (Signature(word, "Ім'я ПРІЗВИЩЕ", PLACE), Signature(position, word, PLACE)):
        [page] = pages_of(write(replace(document, blocks=(*document.blocks[:-1], signature))))
        below = [char for char in page.chars if char["top"] > page.find_tables()[0].bbox[3]]
        assert len(below) > 120
        assert min(char["x0"] for char in below) >= 30 * MM - 0.1
        # Typst lets a stop or a hyphen at the end of a line hang out a little.
        assert max(char["x1"] for char in below) <= (297 - 10 + 1) * MM
        parts = [[char for char in below if char["x0"] < (30 + 73) * MM - 0.1], below]
        assert max(char["x1"] for char in parts[0]) <= (30 + 73) * MM + 0.1


def test_two_tables_are_cut_each_at_its_own_pages() -> None:
    document = small_document(grouped(30))
    both = replace(document, blocks=(*document.blocks[:5], grouped(30), document.blocks[5]))
    pages = [page.extract_text() for page in pages_of(write(both))]
    assert [page.count(CONTINUED) for page in pages] == [0, 1, 1]


# How often it is laid out


@pytest.mark.parametrize(
    "report", [("social-protection", "2023-h1"), ("equal-opportunities", "2023")]
)
def test_the_shipped_reports_are_laid_out_once(
    reports: Mapping[tuple[str, str], Prepared], report: tuple[str, str], passes: list[int]
) -> None:
    document = reports[report].document
    assert document is not None
    write(document)
    assert len(passes) == 1


def test_what_stands_above_a_table_is_reckoned_with(passes: list[int]) -> None:
    document = small_document(grouped(60))
    for lines in range(1, 9):
        line = Paragraph(("Рядок",) * lines, Style.LINE, PLACE)
        write(replace(document, blocks=(*document.blocks[:2], line, *document.blocks[3:5])))
        assert len(passes) == lines


def lively(seed: int) -> Table:
    """Return tasks and measures of changing lengths, with the same seed always the same."""
    chance = random.Random(seed)  # noqa: S311 - nothing depends on its being secret
    table = grouped(*(chance.randint(1, 5) for _ in range(8)))
    rows = [
        Row(
            tuple(
                replace(cell, paragraphs=(cell.paragraphs[0] + " і ще" * chance.randint(0, 60),))
                if cell.paragraphs and cell.value is None
                else cell
                for cell in row.cells
            ),
            row.role,
        )
        for row in table.body
    ]
    return replace(table, body=tuple(rows))


@pytest.mark.parametrize("seed", range(6))
def test_tables_of_any_kind_come_out_whole(seed: int, passes: list[int]) -> None:
    """Long names of tasks among short measures are what makes page starts go round in circles."""
    table = lively(seed)
    document = small_document(table)
    rows, starts = rows_by_page(write(replace(document, blocks=document.blocks[:-1])))
    assert len(starts) > 2
    assert [shape(row) for row in rows] == expected(split_at(table, starts).body)
    assert len(passes) == 1


# Words


def in_cell(cell: Cell, width: float) -> Iterator[tuple[float, float]]:
    """Yield where the letters of a cell stand, in mm from its left edge, drawn in two columns."""
    columns = (TableColumn("a", width), TableColumn("b", 100))
    header = (Row((heading("А"), heading("Б")), Role.HEADING),)
    table = Table("т", columns, header, (Row((cell, text("б"))),))
    blocks = (table,)
    for page in pages_of(write(replace(small_document(), blocks=blocks))):
        chars = [char for char in page.chars if char["text"] not in "АБб"]
        yield from ((char["x0"] / MM - 30, char["x1"] / MM - 30) for char in chars)


@pytest.mark.parametrize(
    "word",
    [
        "щ" * 200,
        "Characteristics",
        "ІНТЕРНАЦІОНАЛІЗАЦІЯ",
        "НМКВТПУСЗН",
        "https://zt-rada.gov.ua/program/2023?id=123456789#result",
        "UA213223130000026007233566001",
        "співфінансування-перерозподіл-відшкодування",
        ".........................................",
        "__________________________________",
        "п'ятдесятивосьмимільярдногранична",
        "обов'язковості",
        "(((((((((((((((((((((((((((((((",
        "щщщ(щщщщ(щщщщ(щщщ",
        "слово/слово/слово/слово/слово",
    ],
)
def test_no_word_leaves_its_cell(word: str) -> None:
    places = list(in_cell(text(f"і {word} та"), 17))
    assert len(places) >= len(word)
    assert min(left for left, _ in places) >= 0.9
    assert max(right for _, right in places) <= 17 - 0.9


def test_a_long_heading_is_hyphenated_within_its_cell() -> None:
    columns = (TableColumn("a", 16), TableColumn("b", 100))
    header = (Row((heading("Профінансовано"), heading("Б")), Role.HEADING),)
    table = Table("т", columns, header, (Row((text("1"), text("2"))),))
    [page] = pages_of(write(replace(small_document(), blocks=(table,))))
    bold = [char for char in page.chars if char["text"] in "Профінансовано"]
    assert max(char["x1"] for char in bold) <= (30 + 16) * MM
    assert "\u00ad" in page.extract_text()


def test_words_are_not_hyphenated_where_there_is_room() -> None:
    [page] = pages_of(write(small_document()))
    assert "\u00ad" not in page.extract_text()


def test_a_table_without_headings_is_drawn_too() -> None:
    table = Table("т", (TableColumn("a", 50),), (), (Row((text("один"),)), Row((text("два"),))))
    tags = read_tags(write(replace(small_document(), blocks=(table,))))
    assert [shape(row) for row in tags.below("TR")] == expected(table.body)


def test_a_broken_address_is_read_as_one_word() -> None:
    address = "https://zt-rada.gov.ua/program/2023"
    columns = (TableColumn("a", 17), TableColumn("b", 100))
    table = Table("т", columns, (), (Row((text(address), text("б"))),))
    tags = read_tags(write(replace(small_document(), blocks=(table,))))
    [cell, _] = next(iter(tags.below("TR"))).children
    assert "".join(piece for _, piece in cell.drawn) == address


# What can go wrong


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        ("#set page(", "#set pgae(", "#set page("),
        ("#let padding = (", "#let padding = ((", "#let padding = ("),
        ("#set par(leading: 0.45em", '#set par(leading: "x"', "#set par("),
        ("#set text(font: data.font", "#set text(font: data.fonts", "#set text(font"),
        ("#set document(", '#read("/etc/passwd")\n#set document(', "#set document("),
    ],
)
def test_a_broken_template_is_named_with_its_line(old: str, new: str, line: str) -> None:
    before, _ = FRAME.typst.split(line, maxsplit=1)
    typst = FRAME.typst.replace(old, new, 1)
    assert typst != FRAME.typst
    with pytest.raises(FrameError, match="шаблон PDF не складається") as caught:
        write(small_document(), replace(FRAME, typst=typst))
    assert caught.value.file == "document.typ"
    assert caught.value.line == before.count("\n") + 1


@pytest.mark.parametrize(
    "line",
    [
        '#import "@preview/cetz:0.3.0"',
        '#import "other.typ": *',
        '#include "@preview/cetz:0.3.0"',
        "#let p = 1; #import p: *",
        '#eval("im" + "port")',
        '#std.eval("x")',
        '#dictionary(std).at("ev" + "al")("x")',
        "#let s = std",
        '$x_std.eval("x")$',
        '// a comment /* */ #import "x"',
        '/*\n// */ #import "x"',
        '#"\n// " + #import "x"',
        '// a comment\u2028#import "x"',
        '// a comment\r#import "x"',
        'He said "#import x',
    ],
)
def test_a_template_brings_in_no_other_code(line: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Typst would look for packages in the network, so it must not even be asked."""
    monkeypatch.setattr(typst, "Compiler", None)
    with pytest.raises(FrameError, match="має бути одним файлом, без пакетів із мережі") as caught:
        write(small_document(), replace(FRAME, typst=f"{FRAME.typst}\n{line}"))
    assert caught.value.line == FRAME.typst.count("\n") + line.count("\n") + 2


@pytest.mark.parametrize("line", ["// no import here", "#std.calc.max(1, 2)", "#let important = 1"])
def test_harmless_words_are_let_through(line: str) -> None:
    write(small_document(), replace(FRAME, typst=f"{line}\n{FRAME.typst}"))


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("#pgae", "немає імені «pgae»"),
        ("#pgae()", "немає імені «pgae»"),
        ("#box[", "не закрито"),
        ("#text(sise: 1pt)[a]", "у функції немає параметра «sise»"),
        ("#data.colour", "немає поля «colour»"),
        ('#"a".foo()', "немає методу чи поля «foo»"),
        ('#read("/etc/passwd")', "інших файлів шаблон не читає"),
        ('#read("../a.txt")', "інших файлів шаблон не читає"),
        ('#image("a.png")', "інших файлів шаблон не читає"),
        ('#panic("стоп")', "шаблон сам зупинив складання: «стоп»"),
        ("#let f(x) = f(x)\n#f(1)", "функція без кінця викликає саму себе"),
        ('#assert(1 == 2, message: "m")', "не виконано вимогу assert: «m»"),
        ("#assert(false)", "не виконано вимогу assert"),
        (
            '#block(width: "a")[x]',
            "має бути довжина або частка (2mm, 50%) або auto, а стоїть текст",
        ),
        ("#text(size: 1)[a]", "тут має бути довжина (2mm, 10pt), а стоїть ціле число"),
        (
            "#set heading(numbering: 1)",
            "має бути текст у лапках або функція або none, а стоїть ціле",
        ),
        ("#(1, 2).at(7)", "елемента 7 немає: їх усього 2"),
        ('#rgb("zz")', "помилка в записі (Typst: «color string contains"),
    ],
)
def test_a_fault_is_told_in_ukrainian(line: str, message: str) -> None:
    with pytest.raises(FrameError, match=re.escape(message)) as caught:
        write(small_document(), replace(FRAME, typst=f"{FRAME.typst}\n{line}"))
    assert caught.value.line == FRAME.typst.count("\n") + 2


@pytest.mark.parametrize(
    ("typst_source", "message"),
    [
        ("", "немає назви документа"),
        ('#set document(title: "Звіт")', "немає позначки <measures>"),
        (FRAME.typst.replace('it.type == "table"', "false"), "друкує не всі рядки"),
        (FRAME.typst.replace('it.type == "signature"', "false"), "друкує не всі рядки"),
    ],
)
def test_a_template_that_leaves_something_out_is_refused(typst_source: str, message: str) -> None:
    with pytest.raises(FrameError, match=message):
        write(small_document(), replace(FRAME, typst=typst_source))


@pytest.mark.parametrize(
    "line",
    [
        "#datetime.today().display()",
        "#let d = datetime; #d.today()",
        "#set document(date: auto)",
        '#link("file:///etc/passwd")[x]',
        '#link("JavaScript:alert(1)")[x]',
    ],
)
def test_a_template_leads_neither_to_today_nor_to_the_machine(line: str) -> None:
    with pytest.raises(FrameError, match="не вживають") as caught:
        write(small_document(), replace(FRAME, typst=f"{FRAME.typst}\n{line}"))
    assert caught.value.line == FRAME.typst.count("\n") + 2


@pytest.mark.parametrize(
    "date", ["..(date: (auto,).first())", "date: datetime(year: 2020, month: 1, day: 1)"]
)
def test_the_files_date_is_the_documents(date: str) -> None:
    source = re.sub(r"  date: datetime\(.*\),", f"  {date},", FRAME.typst)
    assert source != FRAME.typst
    with pytest.raises(FrameError, match="дата файлу PDF не та"):
        write(small_document(), replace(FRAME, typst=source))


@pytest.mark.parametrize("address", ['"fi" + "le:///etc/passwd"', '"java" + "script:а"', '"а.pdf"'])
def test_no_link_of_the_file_leads_to_the_machine(address: str) -> None:
    with pytest.raises(FrameError, match="у PDF не може бути"):
        write(small_document(), replace(FRAME, typst=f"{FRAME.typst}\n#link({address})[x]"))


def test_a_glyph_that_the_font_lacks_is_named() -> None:
    table = replace(small_table(), caption="т")
    cells = (*table.body[0].cells[:6], text("ліки 💊 видано"))
    broken = replace(table, body=(Row(cells), *table.body[1:]))
    with pytest.raises(FrameError, match=r"немає знака «.*💊.*»"):
        write(small_document(broken))


def test_without_a_typeface_the_face_inside_typst_is_used() -> None:
    data = write_pdf(small_document(), FRAME, None)
    [page] = pages_of(data)
    assert {char["fontname"].split("+")[-1] for char in page.chars} == {
        "LibertinusSerif-Regular",
        "LibertinusSerif-Bold",
    }
    [tagged] = read_tags(data).below("Table")
    rows = [shape(row) for row in tagged.below("TR")]
    assert rows == expected((*small_table().header, *small_table().body))


# The file


def test_the_file_says_what_it_is() -> None:
    data = write(small_document())
    [page] = pages_of(data)
    pdf = page.pdf
    catalog = pdf.doc.catalog
    xmp = catalog["Metadata"].resolve().get_data().decode()
    assert pdf.metadata["Title"] == "Звіт про результати виконання Програми за 2023 рік"
    assert pdf.metadata["Author"] == "Управління Житомирської міської ради"
    assert pdf.metadata["CreationDate"].startswith("D:20231231")
    assert catalog["Lang"] == b"uk"
    assert "<pdfaid:part>2</pdfaid:part>" in xmp
    assert "<pdfaid:conformance>A</pdfaid:conformance>" in xmp
    assert "<pdfuaid:part>1</pdfuaid:part>" in xmp


def test_a_page_number_is_no_text_of_the_document() -> None:
    data = write(small_document(grouped(70)))
    assert not read_tags(data).text.endswith("2")
    second = pages_of(data)[1]
    number = [char for char in second.chars if char["top"] < 15 * MM]
    assert [(char["text"], char["mcid"]) for char in number] == [("2", None)]


def test_the_same_document_gives_the_same_bytes_in_every_process() -> None:
    code = (
        "import sys; sys.path[:0] = ['tests', 'tests/write']; import test_pdf_typst as t; "
        "sys.stdout.buffer.write(t.write(t.small_document(t.grouped(40))))"
    )
    got = subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        env={**os.environ, "PYTHONHASHSEED": "4242", "PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        check=True,
    )
    assert got.stdout == write(small_document(grouped(40)))
