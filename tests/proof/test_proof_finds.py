"""What is planted in a built file is found, at its place, and nothing else is told."""

from __future__ import annotations

import functools
import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from overlays import prepared, small
from spoiling import digits, other_digit, packed, parts_of, with_part

from reportgen.cli import main
from reportgen.document.blocks import Document
from reportgen.proof.compare import Job, compare
from reportgen.proof.difference import counted

WORD, SHEET = "word/document.xml", "xl/worksheets/sheet1.xml"
MARKER = "[[ТУТ БУДЕ ЗВІТ]]"
FORMATS = ("docx", "xlsx", "pdf", "html")


@pytest.fixture(scope="module")
def document(made: Path) -> Document:
    found = prepared(made, "biblioteky").document
    assert found is not None
    return found


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A village with two programmes, built; the second spends more on its last measure."""
    root = small(tmp_path_factory.mktemp("village"), "shkoly")
    period = root / "content" / "programmes" / "shkoly" / "2024-h1.yaml"
    text = period.read_text("utf-8").replace("actual: 18.0", "actual: 17.0")
    period.write_text(text, encoding="utf-8")
    assert main(["build", "--root", str(root)]) == 0
    return root


def read(root: Path, form: str, slug: str = "biblioteky") -> bytes:
    return (root / "output" / slug / f"2024-h1.{form}").read_bytes()


def told(document: Document, form: str, data: bytes) -> list[str]:
    """Return the differences of a file, without its name."""
    found = compare(Job(f"x.{form}", form, data, document, b"", own=False)).differences
    return [str(one).removeprefix(f"x.{form}: ") for one in found]


@pytest.mark.parametrize("form", FORMATS)
def test_nothing_is_told_of_what_was_built(made: Path, document: Document, form: str) -> None:
    job = Job("x", form, read(made, form), document, b"", own=False)
    found = compare(job)
    assert found.differences == ()
    assert found.counts == counted(document, pages=1 if form == "pdf" else 0)


def test_a_figure_of_a_word_file(made: Path, document: Document) -> None:
    data = with_part(read(made, "docx"), WORD, ">50,0<", ">50,1<")
    assert told(document, "docx", data) == [
        "рядок 4, колонка 6 («1.2»): надруковано 50,1, у моделі 50,0"
    ]


def test_a_figure_of_a_page(made: Path, document: Document) -> None:
    data = read(made, "html").replace(b">50,0<", b">59,0<")
    assert told(document, "html", data) == [
        "рядок 4, колонка 6 («1.2»): надруковано 59,0, у моделі 50,0"
    ]


def test_a_figure_of_a_sheet(made: Path, document: Document) -> None:
    data = with_part(read(made, "xlsx"), SHEET, "<v>48.5</v>", "<v>48.6</v>")
    assert told(document, "xlsx", data) == ["Звіт!E3: значення 48,6, у моделі 48,5"]


def test_a_value_that_a_formula_keeps(made: Path, document: Document) -> None:
    data = with_part(read(made, "xlsx"), SHEET, "<v>50.0</v>", "<v>51.0</v>")
    assert told(document, "xlsx", data) == ["Звіт!F5: значення 51, у моделі 50"]


@pytest.mark.parametrize(
    ("new", "said"),
    [
        ("SUM(A1:A2)", "формула рахує не з тих клітинок"),
        ("SUM(E3:E5)", "формула рахує не з тих клітинок"),
        ("SUM(E3,E5,E9)", "формула рахує не з тих клітинок"),
        ("1+1", "формула рахує не з тих клітинок"),
        ("SUM(E3,E5,1)", "формула дає 67.5, у моделі 66,5"),
        ("SUM(E3,E5)*0+66.5", "формула не є сумою"),
        ("SUM(E3:E3,E5)", ""),
        ("WEBSERVICE(F3)", "формула не така, як у звітах, або не має значення"),
        ("E3:E5", "формула рахує не з тих клітинок"),
        ("SUM(E3,E5", "формула не така, як у звітах, або не має значення"),
        ("(" * 4000 + "F3", "формула не така, як у звітах, або не має значення"),
        ("SUM(A1:XFD1048576)", "формула не така, як у звітах, або не має значення"),
    ],
)
def test_a_formula_of_something_else(made: Path, document: Document, new: str, said: str) -> None:
    text = parts_of(read(made, "xlsx"))[SHEET].decode("utf-8")
    [old] = re.findall(r'<c r="E6"[^>]*>(<f>[^<]*</f>)', text)
    data = with_part(read(made, "xlsx"), SHEET, old, f"<f>{new}</f>")
    assert told(document, "xlsx", data) == ([f"Звіт!E6: {said}"] if said else [])


def test_no_formula_where_one_should_be_and_the_reverse(made: Path, document: Document) -> None:
    data = read(made, "xlsx")
    text = parts_of(data)[SHEET].decode("utf-8")
    none = with_part(data, SHEET, text, re.sub("<f>[^<]*</f>", "", text))
    told_of = told(document, "xlsx", none)
    assert len(told_of) == text.count("<f>")
    assert {one.partition(": ")[2] for one in told_of} == {"немає формули, хоча число обчислюється"}
    typed = with_part(data, SHEET, "<v>48.5</v>", "<f>40+8.5</f><v>48.5</v>")
    assert told(document, "xlsx", typed) == ["Звіт!E3: формула там, де число вписано"]


def test_what_stands_beside_a_table_or_is_hidden(made: Path, document: Document) -> None:
    data = read(made, "xlsx")
    text = parts_of(data)[SHEET].decode("utf-8")
    row = text.index("</row>", text.index('<row r="4"'))
    beside = text[:row] + '<c r="Z4"><v>7</v></c>' + text[row:]
    assert told(document, "xlsx", with_part(data, SHEET, text, beside)) == [
        "Звіт!Z4: зайве, у моделі цього немає: 7.0"
    ]
    hidden = with_part(data, SHEET, '<row r="4"', '<row hidden="1" r="4"')
    assert told(document, "xlsx", hidden) == ["рядок 4 на аркуші приховано"]


def test_a_format_that_shows_another_figure(made: Path, document: Document) -> None:
    parts = parts_of(read(made, "xlsx"))
    styles = parts["xl/styles.xml"].decode("utf-8")
    parts["xl/styles.xml"] = styles.replace("0.0", "0.00").encode("utf-8")
    found = told(document, "xlsx", packed(parts))
    assert "Звіт!E3: показує 48,50, у моделі 48,5" in found
    assert len(found) == counted(document).figures


def test_a_text_where_a_figure_should_be(made: Path, document: Document) -> None:
    parts = parts_of(read(made, "xlsx"))
    text = parts[SHEET].decode("utf-8")
    cell = text[text.rindex("<c ", 0, text.index("<v>48.5")) : text.index("<v>48.5")]
    parts[SHEET] = text.replace(cell, cell.replace("<c ", '<c t="str" ')).encode("utf-8")
    assert told(document, "xlsx", packed(parts)) == ["Звіт!E3: записано 48.5, у моделі 48,5"]


def test_a_pdf_of_another_report(made: Path, document: Document) -> None:
    found = told(document, "pdf", read(made, "pdf", "shkoly"))
    assert [one for one in found if "поза таблицями" not in one] == [
        "сторінка 1, рядок 4, колонка 5 («1.2»): надруковано 17,0, у моделі 18,0",
        "сторінка 1, рядок 4, колонка 6 («1.2»): надруковано 47,2, у моделі 50,0",
        "сторінка 1, рядок 5, колонка 5 («Усього»): надруковано 65,5, у моделі 66,5",
        "сторінка 1, рядок 5, колонка 6 («Усього»): надруковано 42,0, у моделі 42,6",
    ]
    assert any("«shkoly» і" in one for one in found)


@pytest.mark.parametrize("form", ["docx", "html"])
def test_a_row_too_few_is_one_difference(made: Path, document: Document, form: str) -> None:
    if form == "docx":
        parts = parts_of(read(made, "docx"))
        text = parts[WORD].decode("utf-8")
        start = text.rindex("<w:tr>", 0, text.index("18,0"))
        text = text[:start] + text[text.index("</w:tr>", start) + len("</w:tr>") :]
        data = packed({**parts, WORD: text.encode("utf-8")})
    else:
        page = read(made, "html").decode("utf-8")
        start = page.rindex("<tr", 0, page.index("18,0"))
        data = (page[:start] + page[page.index("</tr>", start) + 5 :]).encode("utf-8")
    found = told(document, form, data)
    lost = [one for one in found if "немає того, що є в моделі" in one]
    assert len(lost) == 1
    assert all("об'єднано" in one for one in found if one not in lost)


def test_a_page_drawn_by_hand_may_have_its_own_headings(made: Path, document: Document) -> None:
    data = read(made, "docx")
    heads = {one.text for row in document.tables[0].header for one in row.cells if one.text}
    parts = parts_of(data)
    text = parts[WORD].decode("utf-8")
    for one in heads:
        text = text.replace(f">{one}<", ">Своя назва<", 1)
    own = packed({**parts, WORD: text.encode("utf-8")})
    assert told(document, "docx", own)
    assert compare(Job("x", "docx", own, document, b"", own=True)).differences == ()
    spoilt = with_part(data, WORD, ">50,0<", ">50,1<")
    [one] = compare(Job("x", "docx", spoilt, document, b"", own=True)).differences
    assert str(one) == "x: рядок 4, колонка 6 («1.2»): надруковано 50,1, у моделі 50,0"


def test_what_a_frame_has_around_the_report_is_its_own(made: Path, document: Document) -> None:
    """The village's file serves as a frame: all but its last table are before the report."""
    data = read(made, "docx")
    marked = with_part(
        data, WORD, "</w:body>", f"<w:p><w:r><w:t>{MARKER}</w:t></w:r></w:p></w:body>"
    )
    twice = parts_of(data)
    text = twice[WORD].decode("utf-8")
    body = text[text.index("<w:body>") + len("<w:body>") : text.index("<w:sectPr")]
    twice[WORD] = text.replace("<w:body>", f"<w:body>{body}").encode("utf-8")
    found = compare(Job("x", "docx", packed(twice), document, marked, own=False))
    assert found.differences == ()


def test_how_a_figure_is_made(made: Path, document: Document) -> None:
    page = read(made, "html").decode("utf-8")
    title = re.findall('<td[^>]* title="([^"]*)"', page)[-1]
    spoilt = page[::-1].replace(title[::-1], f"{title}0"[::-1], 1)[::-1]
    [one] = told(document, "html", spoilt.encode("utf-8"))
    assert one.startswith("підказка числа ")
    assert told(document, "html", page.replace(f' title="{title}"', "", 1).encode("utf-8"))


def test_a_word_of_a_title(made: Path, document: Document) -> None:
    data = read(made, "html").decode("utf-8")
    data = data.replace("МЕЛЬНИК", "МЕЛЬНИКОВА").encode("utf-8")
    [one] = told(document, "html", data)
    assert "МЕЛЬНИКОВА" in one
    assert one.startswith("абзац ")


# Any digit


@functools.cache
def _texts(data: bytes, part: str) -> str:
    return parts_of(data)[part].decode("utf-8")


def found_one(document: Document, form: str, data: bytes) -> None:
    found = compare(Job("x", form, data, document, b"", own=False)).differences
    assert len(found) == 1
    assert found[0].place
    assert found[0].expected != found[0].found


@settings(max_examples=15)
@given(draw=st.data())
def test_any_digit_of_a_word_table(made: Path, document: Document, draw: st.DataObject) -> None:
    data = read(made, "docx")
    text = _texts(data, WORD)
    first = text.index("<w:tbl>")
    at = draw.draw(st.sampled_from([one for one in digits(text, r"<w:t>([^<]*)<") if one > first]))
    spoilt = other_digit(text, at, draw.draw(st.integers(1, 9)))
    found_one(document, "docx", packed({**parts_of(data), WORD: spoilt.encode("utf-8")}))


@settings(max_examples=15)
@given(draw=st.data())
def test_any_digit_of_a_page(made: Path, document: Document, draw: st.DataObject) -> None:
    page = read(made, "html").decode("utf-8")
    at = draw.draw(st.sampled_from(digits(page, r"<t[dh][^>]*>([^<]*)</t[dh]>")))
    spoilt = other_digit(page, at, draw.draw(st.integers(1, 9)))
    found_one(document, "html", spoilt.encode("utf-8"))


@settings(max_examples=15)
@given(draw=st.data())
def test_any_digit_of_a_sheet(made: Path, document: Document, draw: st.DataObject) -> None:
    data = read(made, "xlsx")
    text = _texts(data, SHEET)
    figures = digits(text, r'<c r="\w+" s="\d+">(?:<f>[^<]*</f>)?<v>([^<]*)</v>')
    at = draw.draw(st.sampled_from(figures))
    spoilt = other_digit(text, at, draw.draw(st.integers(1, 9)))
    found_one(document, "xlsx", packed({**parts_of(data), SHEET: spoilt.encode("utf-8")}))
