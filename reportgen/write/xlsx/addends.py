"""Sums that one cell cannot hold: their addends take a sheet of their own.

A formula is at most 8,192 characters long. The measures that several bodies carry out together,
over all programmes of a large package, are more cells than that can name.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from reportgen.document.blocks import Document, Row, Table
from reportgen.document.plain_table import GENERAL, Figures, Heading, grid, header, words
from reportgen.write.xlsx.area import Area
from reportgen.write.xlsx.boxes import Live, Long
from reportgen.write.xlsx.layout import Layout

_SUM, _SHEET, _VALUE = 60.0, 70.0, 40.0  # mm
_ALL_PLACES = 3  # of an amount in thousands of hryvnias, to the kopiika and beyond


def long_sums(layout: Layout, sheet: str) -> Iterator[tuple[Area, Long]]:
    """Yield the sums that cells of a sheet cannot hold, each with its area."""
    for box in layout.boxes:
        if isinstance(box.content, Long):
            yield box.area._replace(sheet=sheet), box.content


def addends_document(cover: Document, sums: Sequence[tuple[Area, Long]]) -> Document:
    """Return a table of all addends: of which cell, from which sheet, how much."""
    headings = (
        Heading("sum", "Доданок клітинки", _SUM),
        Heading("sheet", "З аркуша", _SHEET),
        Heading("value", "Сума", _VALUE),
    )
    figures = Figures(cover.numbers, _ALL_PLACES)
    body = tuple(
        Row(
            (
                words(area.corner, GENERAL),
                words(one.sheet, GENERAL),
                figures.amount(one.value, GENERAL),
            )
        )
        for area, long in sums
        for one in long.addends
    )
    table = Table("Доданки", grid(headings), header(headings)[:1], body, "addends")
    return replace(cover, blocks=(table,))


def with_formulas(layout: Layout, sums: Sequence[tuple[Area, Long]]) -> Layout:
    """Return the layout of that table with the formulas of the addends that have one."""
    addends = [one for _, long in sums for one in long.addends]
    live = {
        layout.places[0][row, 2]: Live(one.formula, float(one.value))
        for row, one in enumerate(addends)
        if one.formula
    }
    boxes = (box._replace(content=live.get(box.area, box.content)) for box in layout.boxes)
    return replace(layout, boxes=tuple(boxes))


def short_sums(
    sums: Sequence[tuple[Area, Long]], addends: Layout, sheet: str
) -> Iterator[tuple[Area, Live]]:
    """Yield each sum as one over the cells that its addends take on their ``sheet``."""
    first = 0
    for area, long in sums:
        last = first + len(long.addends) - 1
        top, bottom = addends.places[0][first, 2], addends.places[0][last, 2]
        whole = top._replace(bottom=bottom.bottom, sheet=sheet)
        yield area, Live(f"SUM({whole.text})", long.cached)
        first = last + 1


def shortened(layout: Layout, sheet: str, live: Mapping[Area, Live]) -> Layout:
    """Return the layout of a sheet with these sums in place of its long ones."""
    boxes = (
        box._replace(content=live.get(box.area._replace(sheet=sheet), box.content))
        for box in layout.boxes
    )
    return replace(layout, boxes=tuple(boxes))
