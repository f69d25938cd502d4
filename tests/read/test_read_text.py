"""Text files such as the source documents: tabs, remnants of markup, torn lines, encodings."""

from __future__ import annotations

import pytest
from conftest import CORPUS
from hypothesis import given, settings
from hypothesis import strategies as st
from read_made import paragraphs, read, table, tables, texts, told

from reportgen.read.markup_remnants import without_markup
from reportgen.read.source import SourceFile, SourceParagraph, UnreadableFileError


def text(content: str, encoding: str = "utf-8") -> SourceFile:
    return read(content.encode(encoding), "звіт.txt")


def test_lines_with_tabs_are_rows_and_blank_lines_do_not_part_them() -> None:
    file = text("Звіт\n\n№\tЗахід\tСума\n1\tа\n\n\t\t389,5\nДиректор\n")
    assert paragraphs(file) == ["Звіт", "Директор"]
    found = table(file)
    assert texts(found) == [["№", "Захід", "Сума"], ["1", "а"], ["", "", "389,5"]]
    assert [row.place.line for row in found.rows] == [3, 4, 6]
    cell = found.rows[2].cells[2][1]
    assert (cell.place.where, cell.place.column) == ("рядок 6, комірка 3", 3)


def test_a_plain_line_parts_tables() -> None:
    assert [texts(one) for one in tables(text("а\tб\nЦіль 2\nв\tг\n"))] == [
        [["а", "б"]],
        [["в", "г"]],
    ]


def test_tables_of_markdown() -> None:
    file = text("| № | Захід |\n|---|:-----|\n| 1 | а \\| б |\n| | в |\n")
    assert texts(table(file)) == [["№", "Захід"], ["1", "а | б"], ["", "в"]]
    assert [row.header for row in table(file).rows] == [True, False, False]


def test_plain_lines_keep_their_blanks() -> None:
    torn = " 1.1  Забезпечення  діяльності \n2,4 0,0   100,0      комісії.   "
    assert paragraphs(text(torn)) == torn.split("\n")


@pytest.mark.parametrize(
    ("marked", "plain", "bold"),
    [
        ("## Звіт", "Звіт", True),
        ("<b>усе</b>", "усе", True),
        ("**усе**", "усе", True),
        ("частина **жирна** тут", "частина жирна тут", False),
        ("ціль 2**Малий бізнес**", "ціль 2\nМалий бізнес", False),
        ("<b>Пріоритет</b> <b>Розвиток</b>", "Пріоритет\nРозвиток", True),
        ("<p>а</p><p>б</p>", "\nа\n\nб\n", False),
        ("<i>а</i>&nbsp;б &laquo;в&raquo;", "а\u00a0б «в»", False),
        ("**5**%", "5%", False),
        ("2 < 3 * 4 > 1", "2 < 3 * 4 > 1", False),
    ],
)
def test_remnants_of_markup_are_taken_for_what_they_meant(
    marked: str, plain: str, *, bold: bool
) -> None:
    found = without_markup(marked)
    assert (found.text, found.bold) == (plain, bold)


def test_bold_goes_on_to_the_next_line_but_not_over_a_blank_one() -> None:
    file = text("**Інформація\nза 2024 рік**\nдалі\n**без кінця\n\nпісля\n")
    bold = [block.bold for block in file.blocks if isinstance(block, SourceParagraph)]
    assert bold == [True, True, False, True, False]


@pytest.mark.parametrize(
    ("encoding", "said"),
    [
        ("utf-8", []),
        ("utf-8-sig", []),
        ("cp1251", ["увесь файл: текст прочитано в кодуванні Windows-1251"]),
        ("utf-16", ["увесь файл: текст прочитано в кодуванні UTF-16"]),
        ("utf-16-le", ["увесь файл: текст прочитано в кодуванні UTF-16"]),
        ("utf-16-be", ["увесь файл: текст прочитано в кодуванні UTF-16"]),
    ],
)
def test_encodings_are_found_and_told(encoding: str, said: list[str]) -> None:
    file = text("Її об'єднання\tґанок\r\nразом\t1\r\n", encoding)
    assert texts(table(file)) == [["Її об'єднання", "ґанок"], ["разом", "1"]]
    assert told(file) == said


def test_a_text_cut_in_the_middle_of_a_letter_is_utf_8_still() -> None:
    data = "Звіт про результати\nвиконання Програми".encode()[:-1]
    file = read(data, "звіт.txt")
    assert paragraphs(file)[0] == "Звіт про результати"
    assert told(file) == ["увесь файл: пошкоджених знаків: 1, перший у рядку 2; вони стоять як «�»"]


def test_bytes_that_are_no_text_are_refused() -> None:
    with pytest.raises(UnreadableFileError, match="не документ і не текст"):
        read(bytes(range(256)) * 4, "звіт.txt")


_CELLS = st.text(
    st.characters(codec="utf-8", categories=("L", "N"), include_characters=" .,-/«»"), min_size=1
).map(str.strip)


@given(st.lists(st.lists(_CELLS, min_size=2, max_size=5), min_size=1, max_size=5))
@settings(max_examples=30)
def test_rows_come_back_whatever_is_in_them(rows: list[list[str]]) -> None:
    shown = [row for row in rows if any(row)]
    file_text = "\n".join("\t".join(row) for row in rows)
    if shown:
        assert texts(table(text(file_text))) == shown


@pytest.mark.corpus
@pytest.mark.parametrize(
    ("start", "rows", "width"), [("000", 73, 6), ("002", 71, 10), ("004", 41, 10)]
)
def test_source_documents_are_one_table_each(start: str, rows: int, width: int) -> None:
    [path] = CORPUS.glob(f"{start}*")
    found = table(read(path.read_bytes(), path.name))
    assert (len(found.rows), len(found.rows[0].cells)) == (rows, width)
    lines = path.read_text(encoding="utf-8").split("\n")
    for row in found.rows:
        pieces = lines[row.place.line - 1].split("\t")
        assert len(pieces) == len(row.cells)
        for piece, (_, cell) in zip(pieces, row.cells, strict=True):
            assert "".join(without_markup(piece).text.split()) == "".join(cell.text.split())


@pytest.mark.corpus
def test_the_torn_source_is_lines_with_their_blanks() -> None:
    [path] = CORPUS.glob("003*")
    file = read(path.read_bytes(), path.name)
    lines = path.read_text(encoding="utf-8").split("\n")
    assert [block.text for block in file.blocks if isinstance(block, SourceParagraph)] == [
        line for line in lines if line.strip()
    ]
