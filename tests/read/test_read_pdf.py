"""PDF files: ruled tables with their merged cells, and the lines around them."""

from __future__ import annotations

import dataclasses
import io

import pytest
from PIL import Image
from read_made import paragraphs, pdf, read, spots, tables, told

from reportgen.read.limits import LIMITS
from reportgen.read.reading import read_data
from reportgen.read.source import UnreadableFileError

_TABLE = """
= Звіт
за 2023 рік
#table(columns: (20mm, 40mm, 40mm, 40mm),
  table.header(
    table.cell(rowspan: 2)[№], table.cell(colspan: 2)[Обсяг], table.cell(rowspan: 2)[Інше],
    [план], [факт]),
  table.cell(rowspan: 2)[1], [861,0], [389,5], [перший рядок \\ другий рядок],
  [17 468,4], [8 473,1], [],
)
Директор #h(60mm) Вікторія КРАСНОПІР
"""


def test_a_table_with_merged_cells_between_lines() -> None:
    file = read(pdf(_TABLE), "звіт.pdf")
    assert paragraphs(file) == ["Звіт", "за 2023 рік", "Директор  Вікторія КРАСНОПІР"]
    [found] = tables(file)
    assert spots(found) == [
        [(0, 1, 2, "№"), (1, 2, 1, "Обсяг"), (3, 1, 2, "Інше")],
        [(1, 1, 1, "план"), (2, 1, 1, "факт")],
        [
            (0, 1, 2, "1"),
            (1, 1, 1, "861,0"),
            (2, 1, 1, "389,5"),
            (3, 1, 1, "перший рядок\nдругий рядок"),
        ],
        [(1, 1, 1, "17 468,4"), (2, 1, 1, "8 473,1"), (3, 1, 1, "")],
    ]
    assert found.rows[2].cells[1][1].place.where == "сторінка 1, рядок таблиці 3, комірка 2"
    assert [block.place.line for block in file.blocks] == [1, 2, 3, 7]
    assert [getattr(block, "bold", None) for block in file.blocks] == [True, False, None, False]
    assert file.remarks == ()


def test_a_table_goes_on_page_by_page() -> None:
    rows = "".join(f"[{number}], [захід {number}]," for number in range(1, 31))
    file = read(pdf(f"#table(columns: 2, table.header([№], [Захід]), {rows})"), "звіт.pdf")
    parts = tables(file)
    assert len(parts) > 1
    assert [spots(part)[0] for part in parts] == [[(0, 1, 1, "№"), (1, 1, 1, "Захід")]] * len(parts)
    numbers = [row[0][3] for part in parts for row in spots(part)[1:]]
    assert numbers == [str(number) for number in range(1, 31)]
    assert parts[1].place.where == "сторінка 2, рядок таблиці 1"
    lines = [row.place.line for part in parts for row in part.rows]
    assert lines == sorted(set(lines))


def test_headings_that_are_turned_read_upwards() -> None:
    turned = "rotate(-90deg, reflow: true)[Річний обсяг]"
    file = read(pdf(f"#table(columns: 2, {turned}, [Захід], [1], [2])"), "звіт.pdf")
    assert spots(tables(file)[0])[0] == [(0, 1, 1, "Річний обсяг"), (1, 1, 1, "Захід")]


def test_soft_hyphens_at_the_ends_of_lines_are_joined() -> None:
    file = read(pdf("#table(columns: 2, [проєк\u00ad \\ ти], [2])"), "звіт.pdf")
    assert spots(tables(file)[0])[0][0][3].replace("-", "").replace("\n", "") == "проєкти"


def test_a_frame_around_text_is_no_table() -> None:
    file = read(pdf("#rect[у рамці]\n\nпісля"), "звіт.pdf")
    assert paragraphs(file) == ["у рамці", "після"]


def test_text_beside_a_table_is_told() -> None:
    source = "#place(dx: 150mm, dy: 3mm)[збоку]\n#table(columns: 2, [1], [2], [3], [4])"
    assert told(read(pdf(source), "звіт.pdf")) == [
        "сторінка 1, рядок 1: текст стоїть поруч із таблицею, а не в її комірках"
    ]


def test_a_scan_has_no_text() -> None:
    data = io.BytesIO()
    Image.new("L", (300, 200), 255).save(data, "PDF")
    with pytest.raises(UnreadableFileError, match="скан без тексту"):
        read(data.getvalue(), "скан.pdf")


def test_more_pages_than_the_limit_are_refused() -> None:
    data = pdf("а #pagebreak() б #pagebreak() в")
    with pytest.raises(UnreadableFileError, match="понад 2 сторінок"):
        read_data(data, "звіт.pdf", dataclasses.replace(LIMITS, pages=2))


# Its password is not the empty one, with which programs open files without asking.
_LOCKED = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
    b"2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
    b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>endobj\n"
    b"4 0 obj<</Filter/Standard/V 1/R 2/P -4/O<"
    + b"41" * 32
    + b">/U<"
    + b"42" * 32
    + b">>>endobj\n"
    b"trailer<</Root 1 0 R/Encrypt 4 0 R/ID[<00><00>]/Size 5>>\n%%EOF"
)


def test_a_locked_file_is_told_so() -> None:
    with pytest.raises(UnreadableFileError, match="захищено паролем"):
        read(_LOCKED, "звіт.pdf")


def test_text_printed_over_text_is_refused() -> None:
    """As office programs print a row that is lower than the text in its cells."""
    lines = "".join(
        f"#place(dy: {at}pt)[Департамент соціальної політики {at}]" for at in range(0, 12, 3)
    )
    with pytest.raises(UnreadableFileError, match="сторінка 1: текст надруковано поверх тексту"):
        read(pdf(lines), "звіт.pdf")


def test_a_stamp_over_a_text_is_no_matter() -> None:
    text = "#place(dy: 40pt)[ЗГІДНО З ОРИГІНАЛОМ]" + " Надано матеріальну допомогу громадянам." * 20
    assert paragraphs(read(pdf(text), "звіт.pdf"))
