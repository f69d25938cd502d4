"""Whole outputs compared with the document that they show: cells, and the lines around them."""

from __future__ import annotations

import pytest
from reading import excel, html, word
from reading.grid import spots
from reading.pdf import Tag, expected, pages_of, read_tags, shape, squeeze

from reportgen.document.blocks import Document, Paragraph, Signature, Table
from reportgen.write.pages import split_at


def lines_of(document: Document) -> list[str]:
    """Return the lines outside the tables, but for the signatures."""
    blocks = [block for block in document.blocks if isinstance(block, Paragraph)]
    return ["\n".join(block.lines) for block in blocks]


def signed(document: Document) -> list[str]:
    """Return positions and names of those who sign, as they follow each other."""
    signatures = [block for block in document.blocks if isinstance(block, Signature)]
    return [text for one in signatures for text in (one.position, one.name)]


def check_docx(data: bytes, document: Document) -> None:
    tables, wanted = word.read_tables(data), [spots(table) for table in document.tables]
    assert tables[: len(wanted)] == wanted
    below = [spot.text for table in tables[len(wanted) :] for spot in table]
    outside = [text for text in word.read_paragraphs(data) if text.strip()]
    lines = lines_of(document)
    assert outside[: len(lines)] == lines
    assert squeeze(*outside[len(lines) :], *below) == squeeze(*signed(document))


def check_html(data: bytes, document: Document) -> None:
    assert html.read_tables(data) == [spots(table) for table in document.tables]
    shown = [squeeze(text) for text in html.read_texts(data)]
    lines = [squeeze(line) for line in lines_of(document)]
    assert shown[: len(lines)] == lines
    assert squeeze(*shown[len(lines) :]) == squeeze(*signed(document))


def check_xlsx(data: bytes, document: Document) -> None:
    check_sheet(data, document)
    assert excel.read_texts(data) == [*lines_of(document), *signed(document)]


def check_sheet(data: bytes, document: Document) -> None:
    """Compare the tables' cells, figures as numbers."""
    for found, table in zip(excel.read_tables(data), document.tables, strict=True):
        cells = [cell for row in (*table.header, *table.body) for cell in row.cells]
        for one, spot, cell in zip(found, spots(table), cells, strict=True):
            assert one[:4] == spot[:4]
            number = cell.value is not None
            wanted = pytest.approx(float(cell.value), abs=1e-9) if number else cell.text
            assert one.value == wanted


def check_pdf(data: bytes, document: Document) -> None:
    """Compare a tagged PDF, whose merged cells are cut at its pages."""
    root = read_tags(data)
    parts = list(root.below("Table"))
    for table in document.tables:
        rows = _take_rows(parts, table)
        begins = _pages_of_rows(rows)
        starts = [index for index in range(1, len(rows)) if begins[index] > begins[index - 1]]
        if len(document.tables) == 1:
            assert len(starts) == len(pages_of(data)) - 1
        assert [shape(row) for row in rows] == expected(split_at(table, starts).body)
    assert not parts
    assert root.outside("Table") == squeeze(*lines_of(document), *signed(document))


def _take_rows(parts: list[Tag], table: Table) -> list[Tag]:
    """Take the next table from ``parts``, one for each of its pages under the same header."""
    head = len(table.header)
    rows: list[Tag] = []
    while len(rows) < len(table.body):
        part = list(parts.pop(0).below("TR"))
        assert [shape(row) for row in part[:head]] == expected(table.header)
        rows += part[head:]
    return rows


def _pages_of_rows(rows: list[Tag]) -> list[int]:
    """Return the page on which each row begins; a row that draws nothing, that of the one above."""
    pages: list[int] = []
    for row in rows:
        drawn = [cell.page for cell in row.children if cell.page]
        pages.append(min(drawn, default=pages[-1] if pages else 1))
    return pages
