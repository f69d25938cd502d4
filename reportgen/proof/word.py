"""A Word file read as what it is: XML in a zip, by Python's own parser."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeAlias
from xml.etree import ElementTree

from reportgen.proof.grid import Spot
from reportgen.proof.zipped import UnreadableError, read_parts

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"

#: What elements draw: text its own, breaks a new line.
_DRAWN = {f"{_W}t": "", f"{_W}br": "\n", f"{_W}tab": "\n"}

_WIDEST = 1_000  # grid columns that one cell may take: Word itself has 63

#: What stands in the body: the text of a paragraph, or the cells of a table.
Found: TypeAlias = str | list[Spot]


def read_body(data: bytes) -> ElementTree.Element:
    """Return the body of the document; the marks of list items, which Word draws, stand in it.

    Raises:
        UnreadableError: when it is no Word file.
    """
    parts = read_parts(data)
    try:
        root = ElementTree.fromstring(parts["word/document.xml"])  # noqa: S314 - has no DTD
        lists = ElementTree.fromstring(parts.get("word/numbering.xml", b"<none/>"))  # noqa: S314
        [body] = root.findall(f"{_W}body")
        _write_marks(body, lists)
    except (KeyError, ValueError, ElementTree.ParseError) as error:
        raise UnreadableError("файл не читається: це не документ Word") from error
    return body


def _write_marks(body: ElementTree.Element, lists: ElementTree.Element) -> None:
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
        if level is None:
            raise ValueError(number)
        start = _value(numbers[number], "lvlOverride/startOverride") or _value(level, "start") or ""
        counted[number] = counted.get(number, int(start) - 1) + 1
        mark = ElementTree.Element(f"{_W}t")
        mark.text = (_value(level, "lvlText") or "").replace("%1", str(counted[number])) + " "
        paragraph.insert(1, mark)


def read_blocks(data: bytes) -> list[Found]:
    """Return paragraphs and tables in their order, empty paragraphs left out."""
    found: list[Found] = []
    for one in read_body(data):
        if one.tag == f"{_W}tbl":
            found.append(_cells(one))
        elif one.tag == f"{_W}p" and (text := text_of(one)).strip():
            found.append(text)
    return found


def read_paragraphs(data: bytes) -> list[str]:
    """Return the text of every paragraph outside tables that has one."""
    return [one for one in read_blocks(data) if isinstance(one, str)]


def read_tables(data: bytes) -> list[list[Spot]]:
    """Return the cells of every table; signatures may be laid out as the last ones."""
    return [one for one in read_blocks(data) if not isinstance(one, str)]


def _cells(table: ElementTree.Element) -> list[Spot]:
    found: list[Spot] = []
    above: dict[int, int] = {}  # column → the cell in ``found`` that is merged downwards there
    for row, line in enumerate(table.findall(f"{_W}tr")):
        column = 0
        for cell in line.findall(f"{_W}tc"):
            columns = int(_value(cell, "tcPr/gridSpan") or 1)
            if not 0 < columns <= _WIDEST:
                raise UnreadableError(f"клітинка на {columns} колонок: файл пошкоджено")
            start = above.get(column)
            if _goes_on(cell) and start is not None and found[start].columns == columns:
                found[start] = found[start]._replace(rows=found[start].rows + 1)
            else:
                above[column] = len(found)
                found.append(Spot(row, column, 1, columns, "\n".join(_lines(cell))))
            column += columns
    return found


def _goes_on(cell: ElementTree.Element) -> bool:
    """Tell whether a cell is the lower part of a merged one."""
    merge = cell.find(f"{_W}tcPr/{_W}vMerge")
    return merge is not None and merge.get(f"{_W}val") != "restart"


def _lines(cell: ElementTree.Element) -> Iterator[str]:
    return (text_of(one) for one in cell.findall(f"{_W}p"))


def _value(parent: ElementTree.Element, path: str) -> str | None:
    found = parent.find("/".join(f"{_W}{name}" for name in path.split("/")))
    return None if found is None else found.get(f"{_W}val")


def text_of(paragraph: ElementTree.Element) -> str:
    """Return a paragraph's text, soft hyphens left out."""
    parts = (_DRAWN[one.tag] or one.text or "" for one in paragraph.iter() if one.tag in _DRAWN)
    return "".join(parts).replace("\u00ad", "")
