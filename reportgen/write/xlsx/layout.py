"""The whole sheet: blocks one below another, what is repeated, frozen and kept together."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import NamedTuple

from reportgen.document.blocks import (
    Block,
    Chart,
    Document,
    Paragraph,
    Signature,
    Style,
    Table,
)
from reportgen.write.charts.layout import lay_out as lay_out_chart
from reportgen.write.fonts import Typeface
from reportgen.write.xlsx.area import Area
from reportgen.write.xlsx.boxes import Box, Setting, Strip, make_setting
from reportgen.write.xlsx.grid import Grid
from reportgen.write.xlsx.heights import line_height, sliced
from reportgen.write.xlsx.pages import PageRoom, needed_breaks
from reportgen.write.xlsx.paragraphs import lay_paragraph, lay_signature
from reportgen.write.xlsx.remote import Places, Remote
from reportgen.write.xlsx.tables import lay_table

_POINTS = 72 / 25.4  # in a millimetre
_TEXTS = {Style.TEXT, Style.NOTE}  # what is no heading

# What a laptop with 768 lines of pixels shows of a sheet at 100 %, and what of that must be left
# to the rows that scroll: points.
_SCREEN = 350.0
_LEAST_SCROLLED = 120.0


@dataclass(frozen=True, slots=True)
class Layout:
    """The sheet before it is written; rows count from 0."""

    title: str  # of the document
    grid: Grid
    heights: tuple[float, ...]  # points, from the first row
    boxes: tuple[Box, ...]
    tables: tuple[Area, ...]
    repeated: range  # rows printed on every page; may be empty
    frozen: int  # rows that stay on the screen
    breaks: tuple[int, ...]  # rows that start a new page
    places: tuple[Places, ...]  # where the body of each of the document's tables lies
    charts: tuple[Charted, ...] = ()


class Charted(NamedTuple):
    """A chart with the rows that it covers, and where on the sheet its figures stand, by series."""

    chart: Chart
    rows: range
    figures: tuple[tuple[Area, ...], ...]


class _Laid(NamedTuple):
    """A block with its strip and the rows of the sheet that it takes."""

    block: Block
    strip: Strip
    rows: range


def lay_out(document: Document, typeface: Typeface | None, remote: Remote | None = None) -> Layout:
    """Return the sheet of a document; without a typeface, widths of text are guessed.

    Figures that the ``remote`` sheets show are taken from there.
    """
    setting = make_setting(document, typeface, remote)
    laid = _laid(document.blocks, setting)
    tables = [one for one in laid if isinstance(one.block, Table) and one.rows]
    heights = tuple(height for one in laid for height in one.strip.heights)
    repeated = _repeated(tables)
    has_room = sum(heights[: repeated.stop]) <= _SCREEN - _LEAST_SCROLLED
    page = document.page
    return Layout(
        title=document.title,
        grid=setting.grid,
        heights=heights,
        boxes=tuple(box for one in laid for box in one.strip.boxes),
        tables=tuple(_area(one) for one in tables),
        repeated=repeated,
        frozen=repeated.stop if has_room else 0,
        breaks=needed_breaks(
            heights,
            [
                *_kept(laid),
                *_signatures(laid, heights, 2 * line_height(page.table_size)),
            ],
            PageRoom(page.text_height * _POINTS, sum(heights[row] for row in repeated)),
        ),
        places=tuple(one.strip.places for one in laid if isinstance(one.block, Table)),
        charts=tuple(_charted(laid)),
    )


def _laid(blocks: Sequence[Block], setting: Setting) -> list[_Laid]:
    laid: list[_Laid] = []
    top = 0
    for block in blocks:
        match block:
            case Paragraph():
                strip = lay_paragraph(block, top, setting)
            case Table():
                strip = lay_table(block, top, setting)
            case Signature():
                strip = lay_signature(block, top, setting)
            case Chart():
                width = setting.grid.width(0, setting.grid.last)
                strip = Strip(tuple(sliced(lay_out_chart(block, width).height)), ())
        rows = range(top, top + len(strip.heights))
        laid.append(_Laid(block, strip, rows))
        top = rows.stop
    return laid


def _charted(laid: Sequence[_Laid]) -> Iterator[Charted]:
    """Yield the charts with the places of their figures, which are cells of a table above."""
    placed: dict[tuple[str, int, int], Area] = {}
    for one in laid:
        if isinstance(one.block, Table):
            header = sum(len(row.cells) for row in one.block.header)
            cells = (
                (one.block.id, row, column)
                for row, each in enumerate(one.block.placed_body)
                for column, _ in each
            )
            for key, box in zip(cells, one.strip.boxes[header:], strict=True):
                placed.setdefault(key, box.area)
        elif isinstance(one.block, Chart):
            table = one.block.table
            figures = (
                tuple(placed[table, mark.row, mark.column] for mark in series.marks)
                for series in one.block.series
            )
            yield Charted(one.block, one.rows, tuple(figures))


def _area(table: _Laid) -> Area:
    right = max(box.area.right for box in table.strip.boxes)
    return Area(table.rows.start, 0, table.rows.stop - 1, right)


def _repeated(tables: Sequence[_Laid]) -> range:
    """Return the header rows of the first table, if it heads all tables: a sheet repeats one."""
    headers = [one.block.header for one in tables if isinstance(one.block, Table)]
    if not tables or any(header != headers[0] for header in headers):
        return range(0)
    top = tables[0].rows.start
    return range(top, top + tables[0].strip.header)


def _kept(laid: Sequence[_Laid]) -> Iterator[range]:
    """Yield the rows of each heading, and those over which one text runs.

    A text that begins in a table's first row is kept together with the heading above or not at
    all: the heading alone on a page would be worse than a text over two.
    """
    headings = {rows.stop - 1: rows for rows in _headings(laid)}
    yield from headings.values()
    for one in laid:
        for rows in one.strip.kept:
            heading = headings.get(rows.start, rows)
            yield range(heading.start, rows.stop)


def _headings(laid: Sequence[_Laid]) -> Iterator[range]:
    """Yield each run of headings and lines with what it heads: a row of a table, or a text.

    Bands, which name the rows below them, stand with the first of these.
    """
    top: int | None = None
    for one in laid:
        first = one.rows.start if top is None else top
        if isinstance(one.block, Paragraph) and one.block.style not in _TEXTS:
            top = first
            continue
        if isinstance(one.block, Chart):
            yield range(first, one.rows.stop)
        elif isinstance(one.block, Table):
            yield range(first, one.strip.led[0].stop if one.strip.led else one.rows.stop)
            yield from one.strip.led[1:]
        elif top is not None:
            yield range(first, one.rows.start + 1)
        top = None


def _signatures(laid: Sequence[_Laid], heights: Sequence[float], least: float) -> Iterator[range]:
    """Yield each run of signatures with the rows above it, ``least`` points high together.

    A signature must not stand alone on a page (ДСТУ 4163:2020).
    """
    for is_signature, run in groupby(laid, lambda one: isinstance(one.block, Signature)):
        if not is_signature:
            continue
        rows = [row for one in run for row in one.rows]
        top = rows[0]
        while top and sum(heights[top : rows[0]]) < least:
            top -= 1
        yield range(top, rows[-1] + 1)
