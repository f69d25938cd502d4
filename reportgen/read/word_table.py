"""Tables of Word: grid columns, merged cells, and what breaks them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Protocol

from lxml import etree

from reportgen.read.package import attribute, local_name
from reportgen.read.remarks import Remarks
from reportgen.read.source import Place, SourceCell, SourceRow, SourceTable
from reportgen.read.tidying import tidy
from reportgen.read.word_looks import count, is_set
from reportgen.read.word_text import Words

_ROWS_AROUND = frozenset(("sdt", "sdtContent", "customXml", "ins", "moveTo"))
_NESTED = "таблиця всередині комірки: її текст узято в комірку, рядок за рядком"
_BROKEN = "об'єднання комірок по вертикалі зіпсоване: комірку прочитано як окрему"
_COVERED = "текст, схований під об'єднаною коміркою, пропущено"


class Reader(Protocol):
    """What reads the paragraphs inside of cells."""

    remarks: Remarks
    lines: Iterator[int]

    def words(self, paragraph: etree._Element, place: Place) -> Words:
        """Return a paragraph's text."""


@dataclass(frozen=True, slots=True)
class _Drawn:
    """A cell of a row as the file has it, before cells are merged downwards."""

    column: int
    cell: SourceCell
    goes_on: bool  # the cell above is merged over this one


def read_table(table: etree._Element, number: int, reader: Reader) -> SourceTable:
    """Return a table; the text of tables inside of its cells is that of the cells."""
    rows: list[SourceRow] = []
    cells: list[list[tuple[int, SourceCell]]] = []
    above: dict[int, tuple[int, int]] = {}  # column → (row, index in it) of what may go on below
    for at, element in enumerate(_inside(table, "tr")):
        place = Place(f"таблиця {number}, рядок {at + 1}", next(reader.lines))
        properties = element.find("{*}trPr")
        here: list[tuple[int, SourceCell]] = []
        begun: dict[int, tuple[int, int]] = {}
        cells.append(here)
        for drawn in _drawn(element, place, reader):
            start = above.get(drawn.column) if drawn.goes_on else None
            top = None if start is None else cells[start[0]][start[1]][1]
            if start is not None and top is not None and top.columns == drawn.cell.columns:
                cells[start[0]][start[1]] = (drawn.column, replace(top, rows=top.rows + 1))
                begun[drawn.column] = start
                if drawn.cell.text:
                    reader.remarks.add(_COVERED, drawn.cell.place)
                continue
            if drawn.goes_on:
                reader.remarks.add(_BROKEN, drawn.cell.place)
            begun[drawn.column] = (at, len(here))
            here.append((drawn.column, drawn.cell))
        above = begun
        hidden, header = _is(properties, "hidden"), _is(properties, "tblHeader")
        rows.append(SourceRow((), place, hidden, header))
        if hidden:
            reader.remarks.add("прихований рядок таблиці прочитано", place)
    whole = tuple(replace(row, cells=tuple(own)) for row, own in zip(rows, cells, strict=True))
    where = f"таблиця {number}"
    return SourceTable(whole, replace(rows[0].place, where=where) if rows else Place(where, 1))


def is_shell(table: etree._Element) -> bool:
    """Tell whether a table only surrounds another one, which has more rows than itself."""
    own = sum(1 for _ in _inside(table, "tr"))
    return any(sum(1 for _ in _inside(one, "tr")) > own for one in _nested(table))


def _nested(table: etree._Element) -> Iterator[etree._Element]:
    inside = table.iterdescendants("{*}tbl")
    return (one for one in inside if next(one.iterancestors("{*}tbl")) is table)


def _inside(parent: etree._Element, name: str) -> Iterator[etree._Element]:
    """Yield rows of a table, or cells of a row: not those that were deleted, nor nested ones."""
    for one in parent:
        found = local_name(one)
        if found == name:
            if one.find("{*}trPr/{*}del") is None:
                yield one
        elif found in _ROWS_AROUND:
            yield from _inside(one, name)


def _drawn(row: etree._Element, place: Place, reader: Reader) -> Iterator[_Drawn]:
    """Yield the cells of a row with their columns; those merged sideways are one."""
    column = count(row, "trPr/gridBefore")
    waiting: _Drawn | None = None
    for at, element in enumerate(_inside(row, "tc"), start=1):
        columns = count(element, "tcPr/gridSpan", 1)
        sideways = element.find("{*}tcPr/{*}hMerge")
        if waiting and sideways is not None and attribute(sideways, "val") != "restart":
            cell = replace(waiting.cell, columns=waiting.cell.columns + columns)
            waiting = replace(waiting, cell=cell)
        else:
            if waiting:
                yield waiting
            where = Place(f"{place.where}, комірка {at}", place.line, at)
            down = element.find("{*}tcPr/{*}vMerge")
            goes_on = down is not None and attribute(down, "val") != "restart"
            waiting = _Drawn(column, _cell(element, where, columns, reader), goes_on)
        column += columns
    if waiting:
        yield waiting


def _cell(element: etree._Element, place: Place, columns: int, reader: Reader) -> SourceCell:
    if next(element.iterdescendants("{*}tbl"), None) is not None:
        reader.remarks.add(_NESTED, place)
    read = [reader.words(one, place) for one in _paragraphs(element)]
    boxes = [box for words in read for box in words.boxes]
    read += [reader.words(one, place) for box in boxes for one in box.iter("{*}p")]
    seen = [words for words in read if words.text.strip()]
    text = tidy("\n".join(words.text for words in read))
    bold = bool(seen) and all(words.bold for words in seen)
    return SourceCell(text, place, columns=columns, bold=bold)


def _paragraphs(parent: etree._Element) -> Iterator[etree._Element]:
    """Yield the paragraphs of a cell and of the tables in it, those in text boxes apart."""
    for one in parent:
        if local_name(one) == "p":
            yield one
        elif local_name(one) not in {"del", "moveFrom"}:
            yield from _paragraphs(one)


def _is(properties: etree._Element | None, name: str) -> bool:
    return properties is not None and is_set(properties.find(f"{{*}}{name}"))
