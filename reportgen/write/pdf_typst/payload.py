"""What ``document.typ`` is given: the document as plain data, lengths in mm, type in points."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from reportgen.document.blocks import Cell, Document, Paragraph, Role, Row, Signature, Table, place
from reportgen.model.council import PageProfile
from reportgen.write.breaking import with_opportunities
from reportgen.write.fonts import Face, Typeface
from reportgen.write.pages import Starts, continuation

#: The serif that Typst carries inside, where the machine has none with Times metrics.
FALLBACK_FAMILY = "Libertinus Serif"

_PADDING = (1.0, 0.8)  # mm at the sides, above and below a cell's text
_POSITION_WIDTH = 73.0  # mm, the most that ДСТУ 4163:2020 gives to the position
_POINTS_PER_MM = 72 / 25.4


def payload(document: Document, held: Starts, typeface: Typeface | None) -> Mapping[str, object]:
    """Return the document as data; a page begins before each row in ``held`` where it can."""
    page = document.page
    return {
        "title": document.title,
        "author": document.author,
        "language": document.language,
        "dated": [document.dated.year, document.dated.month, document.dated.day],
        "font": typeface.family if typeface else FALLBACK_FAMILY,
        "page": {
            "width": page.width,
            "height": page.height,
            "left": page.left,
            "right": page.right,
            "top": page.top,
            "bottom": page.bottom,
            "text-size": page.text_size,
            "table-size": page.table_size,
            "heading-size": page.heading_size,
            "padding": _PADDING,
        },
        "blocks": [
            _block(document, index, held, typeface) for index in range(len(document.blocks))
        ],
    }


def _block(
    document: Document, index: int, held: Starts, typeface: Typeface | None
) -> Mapping[str, object]:
    match document.blocks[index]:
        case Paragraph(lines, style):
            return {"type": "paragraph", "style": style.value, "lines": lines}
        case Signature(position, name):
            return {"type": "signature", **_signature(position, name, document.page, typeface)}
        case Table() as table:
            texts = _Texts(table, document.page, typeface)
            return {
                "type": "table",
                "widths": [column.width for column in table.columns],
                "header": texts.rows(table.header),
                "body": texts.rows(table.body),
                "breaks": _possible(table, (one.row for one in held if one.block == index)),
            }


def _signature(
    position: str, name: str, page: PageProfile, typeface: Typeface | None
) -> Mapping[str, object]:
    """Return position and name side by side, each breakable where it is wider than its part."""
    rest = page.width - page.left - page.right - _POSITION_WIDTH
    face = typeface.regular if typeface else None
    data: dict[str, object] = {"position-width": _POSITION_WIDTH}
    for key, text, width in (("position", position, _POSITION_WIDTH), ("name", name, rest)):
        lines, hyphenate = _fit((text,), width, page.text_size, face)
        data[key] = {"lines": lines, "hyphenate": hyphenate}
    return data


def _fit(
    lines: tuple[str, ...], width: float, size: float, face: Face | None
) -> tuple[tuple[str, ...], bool]:
    """Make words wider than ``width`` mm breakable; return also whether to hyphenate.

    Without a face nothing can be measured, and hyphenation is all that is left.
    """
    room = width * _POINTS_PER_MM
    if face is None:
        return lines, True
    if all(face.widest_word(line, size) <= room for line in lines):
        return lines, False
    return tuple(with_opportunities(line, room, size, face) for line in lines), True


def _possible(table: Table, rows: Iterable[int]) -> list[int]:
    """Keep the rows before which a page can begin: those that no cell reaches over."""
    width = len(table.columns)
    placed = place(table.body, width)
    return sorted(
        row for row in rows if sum(cell.columns for _, cell in placed[row]) == width and row
    )


class _Texts:
    """A table's rows as data, with over-long words made breakable."""

    def __init__(self, table: Table, page: PageProfile, typeface: Typeface | None) -> None:
        self._table = table
        self._page = page
        self._typeface = typeface

    def rows(self, rows: tuple[Row, ...]) -> list[Mapping[str, object]]:
        placed = place(rows, len(self._table.columns))
        return [
            {
                "role": row.role.value,
                "cells": [self._cell(row.role, x, y, cell) for x, cell in cells],
            }
            for y, (row, cells) in enumerate(zip(rows, placed, strict=True))
        ]

    def _cell(self, role: Role, x: int, y: int, cell: Cell) -> Mapping[str, object]:
        columns = self._table.columns[x : x + cell.columns]
        width = sum(column.width for column in columns) - 2 * _PADDING[0]
        lines = cell.paragraphs or ("",)
        hyphenate = self._typeface is None
        if cell.value is None and self._typeface:
            bold = role in (Role.HEADING, Role.BAND, Role.TOTAL)
            face = self._typeface.bold if bold else self._typeface.regular
            size = self._page.heading_size if role is Role.HEADING else self._page.table_size
            lines, hyphenate = _fit(lines, width, size, face)
        data = {
            "x": x,
            "y": y,
            "columns": cell.columns,
            "rows": cell.rows,
            "align": cell.align.value,
            "lines": lines,
            "hyphenate": hyphenate,
        }
        if cell.rows > 1:
            data["continued"] = continuation(cell, 1).paragraphs or ("",)
        return data
