"""The first sheet of a workbook: what the others are, each with a link."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from reportgen.document.blocks import Document, Row, RowName, Table
from reportgen.document.plain_table import GENERAL, Heading, grid, header, words
from reportgen.write.xlsx.boxes import Box, Link
from reportgen.write.xlsx.layout import Layout

_SHEET = 62.0  # mm: the longest name of a sheet in the size of tables


def contents_document(cover: Document, rows: Sequence[tuple[str, str]]) -> Document:
    """Return the cover with a table below it of sheets: their names and what they are."""
    headings = (
        Heading("sheet", "Аркуш", _SHEET),
        Heading("contents", "Що на ньому", cover.page.text_width - _SHEET),
    )
    body = tuple(
        Row((words(name, GENERAL), words(label, GENERAL)), name=RowName(name))
        for name, label in rows
    )
    table = Table("Зміст", grid(headings), header(headings)[:1], body, "contents")
    return replace(cover, blocks=(*cover.blocks, table))


def linked(layout: Layout, names: Sequence[str]) -> Layout:
    """Return the layout of the contents with each sheet's name a link to it."""
    return replace(layout, boxes=tuple(_linked(layout, names)))


def _linked(layout: Layout, names: Sequence[str]) -> Iterator[Box]:
    targets = {layout.places[-1][row, 0]: name for row, name in enumerate(names)}
    for box in layout.boxes:
        target = targets.get(box.area)
        if target is None:
            yield box
        else:
            yield box._replace(content=Link(target, target), look=box.look._replace(is_link=True))
