"""A Word file read as what it is: XML in a zip."""

from __future__ import annotations

import io
import zipfile

from lxml import etree
from reading.grid import Spot

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def read_body(data: bytes) -> etree._Element:
    """Return the body of the document; the marks of list items, which Word draws, stand in it."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        root = etree.fromstring(archive.read("word/document.xml"))
        lists = etree.fromstring(archive.read("word/numbering.xml"))
    [body] = root.iterchildren(f"{_W}body")
    _write_marks(body, lists)
    return body


def _write_marks(body: etree._Element, lists: etree._Element) -> None:
    """Put before each item what Word draws there: the sign of its list, or the next number."""
    numbers = {one.get(f"{_W}numId"): one for one in lists.iter(f"{_W}num")}
    levels = {
        one.get(f"{_W}abstractNumId"): one.find(f"{_W}lvl")
        for one in lists.iter(f"{_W}abstractNum")
    }
    counted: dict[str, int] = {}
    for paragraph in body.iter(f"{_W}p"):
        number = _value(paragraph, "pPr/numPr/numId")
        if number is None:
            continue
        level = levels[_value(numbers[number], "abstractNumId")]
        start = _value(numbers[number], "lvlOverride/startOverride") or _value(level, "start") or ""
        counted[number] = counted.get(number, int(start) - 1) + 1
        mark = etree.Element(f"{_W}t")
        mark.text = (_value(level, "lvlText") or "").replace("%1", str(counted[number])) + " "
        paragraph.insert(1, mark)


def read_paragraphs(data: bytes) -> list[str]:
    """Return the text of every paragraph outside tables."""
    return [text_of(one) for one in read_body(data).iterchildren(f"{_W}p")]


def read_tables(data: bytes) -> list[list[Spot]]:
    """Return the cells of every table; signatures may be laid out as the last ones."""
    return [_cells(table) for table in read_body(data).iterchildren(f"{_W}tbl")]


def _cells(table: etree._Element) -> list[Spot]:
    found: list[Spot] = []
    above: dict[int, int] = {}  # column → the cell in ``found`` that is merged downwards there
    for row, line in enumerate(table.iterchildren(f"{_W}tr")):
        column = 0
        for cell in line.iterchildren(f"{_W}tc"):
            columns = int(_value(cell, "tcPr/gridSpan") or 1)
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


def _value(parent: etree._Element, path: str) -> str | None:
    found = parent.find("/".join(f"{_W}{name}" for name in path.split("/")))
    return None if found is None else found.get(f"{_W}val")


def text_of(paragraph: etree._Element) -> str:
    """Return a paragraph's text, soft hyphens left out."""
    parts = (
        element.text or "" if element.tag == f"{_W}t" else "\n"
        for element in paragraph.iter(f"{_W}t", f"{_W}br", f"{_W}tab")
    )
    return "".join(parts).replace("\u00ad", "")
