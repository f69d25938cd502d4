"""A Word file read as what it is: XML in a zip."""

from __future__ import annotations

import io
import zipfile

from lxml import etree
from reading.grid import Spot

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def read_body(data: bytes) -> etree._Element:
    """Return the body of the document."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        root = etree.fromstring(archive.read("word/document.xml"))
    [body] = root.iterchildren(f"{_W}body")
    return body


def read_paragraphs(data: bytes) -> list[str]:
    """Return the text of every paragraph outside tables."""
    return [text_of(one) for one in read_body(data).iterchildren(f"{_W}p")]


def read_table(data: bytes) -> list[Spot]:
    """Return the cells of the document's first table; a signature may be laid out as another."""
    table = next(read_body(data).iterchildren(f"{_W}tbl"))
    found: list[Spot] = []
    above: dict[int, int] = {}  # column → the cell in ``found`` that is merged downwards there
    for row, line in enumerate(table.iterchildren(f"{_W}tr")):
        column = 0
        for cell in line.iterchildren(f"{_W}tc"):
            columns = int(_value(cell, "gridSpan") or 1)
            merge = cell.find(f"{_W}tcPr/{_W}vMerge")
            if merge is not None and merge.get(f"{_W}val") != "restart":
                start = found[above[column]]
                assert start.columns == columns
                found[above[column]] = start._replace(rows=start.rows + 1)
            else:
                above[column] = len(found)
                lines = (text_of(one) for one in cell.iterchildren(f"{_W}p"))
                found.append(Spot(row, column, 1, columns, "\n".join(lines)))
            column += columns
    return found


def _value(cell: etree._Element, name: str) -> str | None:
    found = cell.find(f"{_W}tcPr/{_W}{name}")
    return None if found is None else found.get(f"{_W}val")


def text_of(paragraph: etree._Element) -> str:
    """Return a paragraph's text, soft hyphens left out."""
    parts = (
        element.text or "" if element.tag == f"{_W}t" else "\n"
        for element in paragraph.iter(f"{_W}t", f"{_W}br", f"{_W}tab")
    )
    return "".join(parts).replace("\u00ad", "")
