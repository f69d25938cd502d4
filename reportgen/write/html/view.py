"""What the page template sees of a document: blocks, and tables with named rows and columns."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from reportgen.document.blocks import (
    Cell,
    Chart,
    Document,
    Paragraph,
    Role,
    Signature,
    Style,
    Table,
)
from reportgen.write.charts.svg import draw_chart
from reportgen.write.headings import heading_levels
from reportgen.write.html.titles import Titles
from reportgen.write.keeping import kept_with_next
from reportgen.write.lists import Group, grouped, text_lists
from reportgen.write.pages import RowStart, Starts
from reportgen.write.row_names import row_names

_PHONE = 95.0  # mm: what a page leaves on a narrow screen


@dataclass(frozen=True, slots=True)
class CellView:
    """A cell; ``scope`` says what it is a heading of, as in HTML, or is "" for nothing.

    ``groups`` is its text with styles and lists, where it has any; ``title`` tells how its figure
    is made, if it is not typed.
    """

    cell: Cell
    scope: str
    first: bool  # at the left edge of the table
    groups: tuple[Group, ...] = ()
    title: str = ""


@dataclass(frozen=True, slots=True)
class ParagraphView:
    """A paragraph; ``groups`` is running text with styles, or a list of it.

    ``level`` is that of a heading, from 1; ``kept`` says that a page may not end below it.
    """

    style: Style
    lines: tuple[str, ...]
    groups: tuple[Group, ...]
    level: int
    kept: bool


@dataclass(frozen=True, slots=True)
class RowView:
    """A row; ``id`` is its address in the page, and ``marks`` are for print.

    ``held`` asks for a new page before the row, ``tall`` says that it is taller than a page.
    """

    id: str
    role: Role
    cells: tuple[CellView, ...]
    marks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class TableView:
    """A table with the columns and rows that belong together.

    ``groups`` are runs of columns under one outermost heading, as widths in percent of the
    table's; ``bodies`` are runs of rows, each begun by its band where there are bands.
    """

    caption: str
    width: float  # mm
    groups: tuple[tuple[float, ...], ...]
    header: tuple[RowView, ...]
    bodies: tuple[tuple[RowView, ...], ...]


@dataclass(frozen=True, slots=True)
class ChartView:
    """A chart as pictures of one alternative text: for paper and wide screens, and for a phone.

    ``source`` and ``narrow`` are addresses that hold the pictures; the first is ``width`` mm wide.
    """

    title: str
    alt: str
    source: str
    width: float
    narrow: str


#: The cells that begin in a row, each with its grid column.
Placed: TypeAlias = Sequence[tuple[int, Cell]]

BlockView: TypeAlias = tuple[str, ParagraphView | TableView | ChartView | Signature]


def view(
    document: Document, marks: Mapping[str, Starts], titles: Iterable[Titles]
) -> tuple[BlockView, ...]:
    """Return the blocks, each with its kind: "paragraph", "table", "chart" or "signature".

    The items of a list of running text are one paragraph. ``marks`` says which rows have which
    mark, ``titles`` which cells of each table have which title.
    """
    return tuple(_blocks(document, marks, iter(titles)))


def row_id(start: RowStart) -> str:
    """Return the address of a body row: ``row-4-12`` is row 12 of block 4."""
    return f"row-{start.block}-{start.row}"


def _blocks(
    document: Document, marks: Mapping[str, Starts], titles: Iterator[Titles]
) -> Iterator[BlockView]:
    blocks = document.blocks
    levels, kept, lists = heading_levels(blocks), kept_with_next(blocks), text_lists(blocks)
    items = 0  # how many of the next blocks are in the list above
    for index, block in enumerate(blocks):
        if items:
            items -= 1
            continue
        match block:
            case Table():
                yield "table", _table(index, block, marks, next(titles))
            case Signature():
                yield "signature", block
            case Chart():
                yield "chart", _chart(block, document.page.text_width)
            case Paragraph(lines, style, marked=marked):
                groups = grouped((marked,) if marked else ())
                if index in lists:
                    groups = (lists[index],)
                    items = len(lists[index].items) - 1
                keeps = kept[index + items]
                yield "paragraph", ParagraphView(style, lines, groups, levels[index], keeps)


def _chart(chart: Chart, width: float) -> ChartView:
    wide, narrow = draw_chart(chart, width), draw_chart(chart, _PHONE)
    return ChartView(
        title=chart.title,
        alt=chart.alt,
        source=_address(wide.svg),
        width=round(wide.width, 2),
        narrow=_address(narrow.svg),
    )


def _address(svg: str) -> str:
    return f"data:image/svg+xml;base64,{b64encode(svg.encode()).decode()}"


def _table(index: int, table: Table, marks: Mapping[str, Starts], titles: Titles) -> TableView:
    width = sum(column.width for column in table.columns)
    percents = iter([round(column.width / width * 100, 4) for column in table.columns])
    outer = table.header[0].cells if table.header else (Cell(columns=len(table.columns)),)
    return TableView(
        caption=table.caption,
        width=width,
        groups=tuple(tuple(next(percents) for _ in range(cell.columns)) for cell in outer),
        header=tuple(
            RowView(f"head-{index}-{top}", table.header[top].role, _headings(table, top, placed))
            for top, placed in enumerate(table.placed_header)
        ),
        bodies=tuple(_bodies(index, table, marks, titles)),
    )


def _headings(table: Table, top: int, placed: Placed) -> tuple[CellView, ...]:
    """Give each heading its scope; the row of column numbers names nothing.

    ``colgroup`` is only right for a heading that has a ``<colgroup>`` of its own, which the
    outermost ones have; further down ``col`` covers just the columns under the heading.
    """
    if table.header[top].role is Role.NUMBERS:
        return tuple(CellView(cell, "", column == 0) for column, cell in placed)
    wide = "colgroup" if top == 0 else "col"
    return tuple(
        CellView(cell, wide if cell.columns > 1 else "col", column == 0) for column, cell in placed
    )


def _bodies(
    index: int, table: Table, marks: Mapping[str, Starts], titles: Titles
) -> Iterator[tuple[RowView, ...]]:
    """Yield the rows in runs: a band, or several under one another, begins a run.

    A band names the rows below it, and HTML ends what a row-group heading names at ``</tbody>``.
    """
    run: list[RowView] = []
    grid = table.placed_body
    for top, (placed, naming) in enumerate(zip(grid, row_names(table), strict=True)):
        role = table.body[top].role
        if role is Role.BAND and run and run[-1].role is not Role.BAND:
            yield tuple(run)
            run = []
        start = RowStart(index, top)
        marked = tuple(mark for mark, rows in marks.items() if start in rows)
        told = {column: titles.get((top, column), "") for column, _ in placed}
        run.append(RowView(row_id(start), role, _cells(placed, role, naming, told), marked))
    if run:
        yield tuple(run)


def _cells(
    placed: Placed, role: Role, naming: frozenset[int], titles: Mapping[int, str]
) -> tuple[CellView, ...]:
    """Find out what each cell of a body row names; ``titles`` are those of its columns.

    A merged name has ``row``, not ``rowgroup``: ``row`` covers exactly the rows that the cell
    spans, at every level of the outline, while a row group would go on to the end of the body.
    """
    scope = "rowgroup" if role is Role.BAND else "row"
    return tuple(
        CellView(
            cell,
            scope if column in naming else "",
            column == 0,
            grouped(cell.marked),
            titles[column],
        )
        for column, cell in placed
    )
