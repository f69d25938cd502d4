"""A Word file read by others than its writer: python-docx, and raw XML; frames to try."""

from __future__ import annotations

import dataclasses
import io
import zipfile
from pathlib import Path

import docx
from docx.document import Document as WordDocument
from docx.table import Table as WordTable
from lxml import etree
from small import small_document

from reportgen.document.blocks import Block, Document, Row, Table, place
from reportgen.write.docx import write_docx
from reportgen.write.docx.package import read_parts, write_parts
from reportgen.write.fonts import Face, Typeface
from reportgen.write.frame import Frame

ROOT = Path(__file__).parents[2]
SHIPPED = (ROOT / "templates" / "frame.docx").read_bytes()
NAMESPACES = {"w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main"}

#: Every letter is half an em wide.
FACE = Face(Path("half.ttf"), {})
TYPEFACE = Typeface("Half", FACE, FACE)


def frame(data: bytes = SHIPPED) -> Frame:
    return Frame(docx=data, html="", css="", typst="")


def changed(part: str, old: str, new: str, data: bytes = SHIPPED) -> Frame:
    """A frame in which one thing was changed."""
    parts = read_parts(data)
    before = parts[part].decode()
    assert old in before
    parts[part] = before.replace(old, new).encode()
    return frame(write_parts(parts))


def with_paragraph(content: str) -> Frame:
    """A frame with a paragraph of an official's above the marker."""
    paragraph = f"<w:p><w:r><w:t>{content}</w:t></w:r></w:p>"
    return changed("word/document.xml", "<w:body>", f"<w:body>{paragraph}")


def with_blocks(*blocks: Block) -> Document:
    return dataclasses.replace(small_document(), blocks=blocks)


def opened(document: Document, in_frame: Frame | None = None) -> WordDocument:
    """The written document as python-docx sees it."""
    return docx.Document(io.BytesIO(write_docx(document, in_frame or frame(), TYPEFACE)))


def table_xml(table: Table, *following: Block) -> etree._Element:
    """The table as raw XML, with blocks after it if need be."""
    data = write_docx(with_blocks(table, *following), frame(), TYPEFACE)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        root = etree.fromstring(archive.read("word/document.xml"))
    return root.xpath("//w:tbl", namespaces=NAMESPACES)[0]


def count(element: etree._Element, path: str) -> int:
    return int(element.xpath(f"count({path})", namespaces=NAMESPACES))


def grid(rows: tuple[Row, ...], width: int) -> list[list[str]]:
    """The text at each place of the grid, with merged cells repeated."""
    places = [["?"] * width for _ in rows]
    for index, row in enumerate(place(rows, width)):
        for column, cell in row:
            for below in range(cell.rows):
                for right in range(cell.columns):
                    places[index + below][column + right] = cell.text
    return places


def read_grid(table: WordTable) -> list[list[str]]:
    """The same as python-docx reads it."""
    return [[cell.text for cell in row.cells] for row in table.rows]
