"""The HTML page: the document's cells, all of them, for eyes, ears and paper, and nothing else."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import bs4
import pytest
from small import PLACE, heading, money, small_document, small_table, text

from reportgen.document.blocks import (
    Cell,
    Document,
    Paragraph,
    Role,
    Row,
    Style,
    Table,
    TableColumn,
    place,
)
from reportgen.document.origin import Computed, Override
from reportgen.write.frame import Frame, FrameError
from reportgen.write.html import write_html

ROOT = Path(__file__).parents[2]
TEMPLATES = ROOT / "templates"
FRAME = Frame(
    docx=b"",
    html=(TEMPLATES / "page.html.j2").read_text("utf-8"),
    css=(TEMPLATES / "page.css").read_text("utf-8"),
    typst="",
)
HOSTILE = (
    "</td></table><script>alert(1)</script><img src=http://x/y.png> & \"'; {{ 7 * 7 }} \u202eRTL"
)


def read(document: Document, frame: Frame = FRAME) -> bs4.BeautifulSoup:
    """The page as a browser would read it."""
    return bs4.BeautifulSoup(write_html(document, frame), "html5lib")


def paragraphs(tag: bs4.Tag) -> tuple[str, ...]:
    """The printed text of a cell: its paragraphs, or its only one."""
    inner = [paragraph.text for paragraph in tag.find_all("p")]
    return tuple(inner) or ((tag.text,) if tag.text else ())


def html_grid(rows: list[bs4.Tag]) -> dict[tuple[int, int], tuple[str, ...]]:
    """Every place of the table with the text of the cell over it, spans spread out."""
    grid: dict[tuple[int, int], tuple[str, ...]] = {}
    for top, row in enumerate(rows):
        column = 0
        for cell in row.find_all(["th", "td"], recursive=False):
            while (top, column) in grid:
                column += 1
            for down in range(int(str(cell.get("rowspan", 1)))):
                for right in range(int(str(cell.get("colspan", 1)))):
                    assert (top + down, column + right) not in grid
                    grid[top + down, column + right] = paragraphs(cell)
    return grid


def document_grid(rows: tuple[Row, ...], width: int) -> dict[tuple[int, int], tuple[str, ...]]:
    return {
        (top + down, column + right): cell.paragraphs
        for top, cells in enumerate(place(rows, width))
        for column, cell in cells
        for down in range(cell.rows)
        for right in range(cell.columns)
    }


def banded_table() -> Table:
    """Two levels of bands, a task merged over its measures, and a total."""
    columns = tuple(TableColumn(name, 40) for name in ("task", "measure", "plan"))
    header = (Row((heading("Завдання"), heading("Захід"), heading("План")), Role.HEADING),)
    rows: list[Row] = []
    for sector in "АБ":
        rows += [Row((text(f"Пріоритет {sector}", columns=3),), Role.BAND)]
        rows += [Row((text(f"Сектор {sector}", columns=3),), Role.BAND)]
        rows += [Row((text("Завдання", rows=2), text("Захід 1"), money("1,0", "1.0")))]
        rows += [Row((text("Захід 2"), money("2,0", "2.0")))]
    rows += [Row((text("Разом", columns=2), money("6,0", "6.0")), Role.TOTAL)]
    return Table("Заходи за пріоритетами", columns, header, tuple(rows))


@pytest.mark.parametrize("table", [small_table(), banded_table()], ids=["merged", "bands"])
def test_the_page_shows_every_cell(table: Table) -> None:
    page = read(small_document(table))
    width = len(table.columns)
    assert html_grid(page.select("thead > tr")) == document_grid(table.header, width)
    assert html_grid(page.select("tbody > tr")) == document_grid(table.body, width)


def test_the_page_shows_lines_and_signature() -> None:
    page = read(small_document())
    shown = page.select("h1, h2, main > p")
    assert [tag.get_text("\n") for tag in shown] == [
        "Звіт\nпро результати виконання Програми",
        "за 2023 рік",
        "Термін реалізації Програми 2021-2025 роки",
        "1. Виконання заходів",
        "Начальник управління у справах сім'ї, молоді та спорту міської ради\n \nІрина КОВАЛЬЧУК",
    ]


def test_the_page_says_what_it_is() -> None:
    page = read(small_document())
    assert page.html is not None
    assert page.html["lang"] == "uk"
    assert page.title is not None
    assert page.title.text == "Звіт про результати виконання Програми за 2023 рік"
    named = {str(tag["name"]): tag["content"] for tag in page.select("meta[name]")}
    assert named["author"] == "Управління Житомирської міської ради"
    assert "width=device-width" in named["viewport"]
    assert len(page.select("h1")) == 1
    assert len(page.select("main")) == 1


def test_every_heading_cell_says_what_it_heads() -> None:
    for table in (small_table(), banded_table()):
        for heading_cell in read(small_document(table)).select("th"):
            assert heading_cell["scope"] in {"row", "col", "rowgroup", "colgroup"}


def test_a_listener_hears_task_and_measure_before_a_figure() -> None:
    rows = read(small_document()).select("tbody > tr")
    assert [(tag.name, tag.get("scope"), tag.get("rowspan")) for tag in rows[0].contents[:3]] == [
        ("td", None, "3"),  # a bare number names nothing
        ("th", "row", "3"),
        ("th", "row", None),
    ]
    assert [tag.text for tag in rows[3].select("th")] == ["Всього за Програмою"]


def test_a_band_heads_the_rows_below_it_and_no_others() -> None:
    bodies = read(small_document(banded_table())).select("tbody")
    heads = [[tag.text for tag in body.select("th[scope=rowgroup]")] for body in bodies]
    assert heads == [["Пріоритет А", "Сектор А"], ["Пріоритет Б", "Сектор Б"]]


def test_a_wide_heading_begins_a_group_of_columns() -> None:
    """HTML requires it of ``scope=colgroup``; elsewhere it means nothing."""
    page = read(small_document())
    begins, column = set(), 0
    for group in page.select("colgroup"):
        begins.add(column)
        column += len(group.select("col"))
    wide = page.select("th[scope=colgroup]")
    assert [tag.text for tag in wide] == ["Фінансування, тис. грн"]
    assert 3 in begins
    assert len(page.select("colgroup")[3].select("col")) == 3


def test_columns_have_the_widths_of_the_document() -> None:
    table = small_table()
    page = read(small_document())
    percents = [float(str(col["style"]).split()[1].strip("%")) for col in page.select("col")]
    total = sum(column.width for column in table.columns)
    expected = [column.width / total * 100 for column in table.columns]
    assert percents == pytest.approx(expected, abs=0.001)
    assert page.select_one("table")["style"] == f"--width: {total}mm"  # type: ignore[index]


def test_the_table_has_a_name_and_scrolls_by_keyboard() -> None:
    page = read(small_document())
    region = page.select_one("[role=region]")
    assert region is not None
    assert (region["aria-label"], region["tabindex"]) == ("Виконання заходів", "0")
    assert [tag.text for tag in region.select("table > caption")] == ["Виконання заходів"]


def test_hostile_text_stays_text() -> None:
    table = small_table()
    first = table.body[0]
    cells = (*first.cells[:2], text(HOSTILE), *first.cells[3:6], text(HOSTILE, HOSTILE))
    rows = (Row(cells), *table.body[1:])
    document = replace(
        small_document(replace(table, caption=HOSTILE, body=rows)),
        title=HOSTILE,
        author=HOSTILE,
    )
    title = Paragraph((HOSTILE,), Style.TITLE, PLACE)
    page = read(replace(document, blocks=(title, *document.blocks[1:])))
    assert not page.select("script, img")
    assert page.title is not None
    shown = [page.title.text, page.select("h1")[0].text, page.select("caption")[0].text]
    assert shown == [HOSTILE] * 3
    assert page.select("[role=region]")[0]["aria-label"] == HOSTILE
    assert html_grid(page.select("tbody > tr")) == document_grid(rows, 7)


def titles(document: Document) -> list[tuple[str, str]]:
    """Return the text and the title of each cell that has one."""
    cells = read(document).select("td[title], th[title]")
    return [(cell.text, str(cell["title"])) for cell in cells]


def test_a_made_figure_tells_how_and_a_typed_one_has_no_title() -> None:
    assert titles(small_document()) == [
        ("33,3", "333,3 : 1\u00a0000,0 × 100 = 33,33 → 33,3"),
        ("36,0", "55,8 : 155,1 × 100 = 35,97… → 36,0"),
        ("–", "0,0 : 0,0 × 100: на нуль не ділять, тому «–»"),
        ("1\u00a0000,0", "сума 2 рядків: 1.1.1, 1.1.2"),
        ("333,3", "сума 2 рядків: 1.1.1, 1.1.2"),
        ("33,3", "333,3 : 1\u00a0000,0 × 100 = 33,33 → 33,3"),
    ]


def with_origin(cell: Cell, origin: Override) -> Document:
    """Return the small document with the first percent made otherwise."""
    table = small_table()
    first = table.body[0]
    cells = (*first.cells[:5], replace(cell, origin=origin), first.cells[6])
    return small_document(replace(table, body=(replace(first, cells=cells), *table.body[1:])))


def test_a_reason_cannot_break_out_of_a_title() -> None:
    cell = small_table().body[0].cells[5]
    assert isinstance(cell.origin, Computed)
    document = with_origin(cell, Override(PLACE, HOSTILE, cell.origin))
    assert titles(document)[0] == ("33,3", f"вписано замість 33,3: {HOSTILE}")
    assert not read(document).select("script, img")


def test_an_empty_cell_is_not_read_out_by_its_title() -> None:
    cell = replace(small_table().body[0].cells[5], paragraphs=())
    assert isinstance(cell.origin, Computed)
    document = with_origin(cell, Override(PLACE, "так", cell.origin))
    assert [text for text, _ in titles(document)][:2] == ["36,0", "–"]


def test_titles_tell_no_files() -> None:
    assert PLACE.file not in write_html(small_document(), FRAME).decode("utf-8")


def test_nothing_outside_the_page_is_asked_for() -> None:
    page = read(small_document())
    assert not page.select("[src], [href], [srcset], link, script, iframe, object, embed, form")
    assert "url(" not in page.select("style")[0].text
    policy = page.select_one("meta[http-equiv=Content-Security-Policy]")
    assert policy is not None
    assert str(policy["content"]).startswith("default-src 'none';")


def test_addresses_are_unique() -> None:
    document = small_document()
    two = replace(document, blocks=(*document.blocks, small_table()))
    ids = [tag["id"] for tag in read(two).select("[id]")]
    assert len(ids) == len(set(ids)) == 14


def test_an_empty_cell_stays_empty() -> None:
    assert read(small_document()).select("tbody > tr")[1].select("td")[-1].contents == []


@pytest.mark.parametrize(
    ("template", "line", "message"),
    [
        ("<p>\n{% if %}", 2, "Помилка в записі шаблону"),
        ("<p>\n\n{{ nothing }}", 3, "до того, чого немає: немає імені «nothing»."),
        ("<p>\n{{ document.nothing.at_all }}", 2, "Шаблон звертається до того, чого немає"),
        ("{{ ''.__class__.__mro__ }}", 1, "Шаблон звертається до забороненого"),
        ("<p>\n{{ 1 // 0 }}", 2, "Шаблон не вдалося виконати"),
        ("{% macro a() %}\n{{ nothing }}{% endmacro %}\n{{ a() }}", 2, "Шаблон звертається"),
        ("<p>\n<img alt='' src='http://x/y.png'>", 2, "а посилається на «http://x/y.png»"),
        ("<style>@import 'x'</style>", 1, "а посилається на «@import»"),
        ("<p style='background: url(/x.png)'>", 1, "а посилається на «/x.png»"),
    ],
)
def test_a_broken_template_is_told_with_its_line(template: str, line: int, message: str) -> None:
    with pytest.raises(FrameError, match=re.escape(message)) as caught:
        write_html(small_document(), replace(FRAME, html=template))
    assert (caught.value.file, caught.value.line) == ("page.html.j2", line)


@pytest.mark.parametrize(
    ("css", "line"),
    [
        ("p {}\n@import 'x.css';", 2),
        ("p {\n\nbackground: url(http://x/a.png) }", 3),
        ("p { background: u\\72l('file:///etc/passwd') }", 1),
        ("@media print { p {\nbackground: image-set('a.png' 1x) } }", 2),
        ("@font-face { font-family: a; src: url(a.woff) }", 1),
        ("p {}\n</STYLE><script>", 2),
    ],
)
def test_a_style_sheet_that_leaves_the_page_is_refused(css: str, line: int) -> None:
    with pytest.raises(FrameError, match=r"може містити|має бути одним файлом") as caught:
        write_html(small_document(), replace(FRAME, css=css))
    assert (caught.value.file, caught.value.line) == ("page.css", line)


def test_a_council_may_link_and_bring_its_arms() -> None:
    arms = "data:image/png;base64,iVBORw0KGgo="
    html = FRAME.html.replace(
        "<main>", f"<main><a href='https://zt-rada.gov.ua'>Рада</a><img alt='' src='{arms}'>"
    )
    css = FRAME.css + f"main {{ background: url({arms}) }}"
    page = read(small_document(), replace(FRAME, html=html, css=css))
    assert page.select("img")[0]["src"] == arms


@pytest.mark.parametrize("seed", ["0", "4242"])
def test_the_same_document_gives_the_same_bytes_in_every_process(seed: str) -> None:
    code = (
        "import sys; sys.path[:0] = ['tests/write']; import test_html as t; "
        "sys.stdout.buffer.write(t.write_html(t.small_document(), t.FRAME))"
    )
    got = subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        check=True,
    )
    assert got.stdout == write_html(small_document(), FRAME)


def test_a_table_without_headings_is_drawn_too() -> None:
    table = Table("Заходи", (TableColumn("a", 10),), (), (Row((Cell(("1",)),)),))
    assert html_grid(read(small_document(table)).select("tbody > tr")) == {(0, 0): ("1",)}


@pytest.mark.tool("chromium")
@pytest.mark.tool("pdftotext")
@pytest.mark.slow
def test_a_browser_prints_the_heading_on_every_page(tmp_path: Path) -> None:
    table = small_table()
    part = table.body[1:2]
    rows = tuple(Row((text(f"{n}."), text("Захід"), *part[0].cells)) for n in range(90))
    (tmp_path / "page.html").write_bytes(
        write_html(small_document(replace(table, body=rows)), FRAME)
    )
    command = ["chromium", "--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer"]
    profile = f"--user-data-dir={tmp_path / 'profile'}"
    printed = tmp_path / "page.pdf"
    subprocess.run(
        [*command, profile, f"--print-to-pdf={printed}", (tmp_path / "page.html").as_uri()],
        capture_output=True,
        check=True,
        timeout=120,
    )
    text_of = ["pdftotext", "-layout", printed, "-"]
    pages = subprocess.check_output(text_of, encoding="utf-8", timeout=60).split("\f")[:-1]
    assert len(pages) > 1
    assert all("Зміст заходів" in page for page in pages)
