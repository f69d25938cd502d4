"""Tables: every cell with its area, its content and its look, and the heights of the rows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from itertools import accumulate
from typing import NamedTuple

from reportgen.document.blocks import Cell, Role, Table
from reportgen.document.numbers import print_number
from reportgen.document.origin import Computed
from reportgen.model.council import NumberStyle
from reportgen.model.form import Align
from reportgen.write.keeping import leads_total, led_by
from reportgen.write.xlsx.boxes import Box, Setting, Strip
from reportgen.write.xlsx.heights import (
    Need,
    fits,
    fitting_size,
    one_line,
    row_heights,
    sliced,
    text_rows,
)
from reportgen.write.xlsx.looks import INDENT, LONGEST_TEXT_FORMAT, TEXT_FORMAT, Look, number_format
from reportgen.write.xlsx.rich import shown
from reportgen.write.xlsx.sites import Sites, content

_BOLD = {Role.HEADING, Role.BAND, Role.TOTAL}
_ALIGN = {Align.LEFT: "left", Align.CENTRE: "center", Align.RIGHT: "right"}
_NOUGHT = Decimal(0)

# Headings are set smaller where a word of them is wider than its column: Excel knows no
# hyphenation. Below this they could not be read on paper, points.
_LEAST_HEADING = 7.0


class _Placed(NamedTuple):
    """A cell at a row of the table, counted from the first header row, and a grid column."""

    row: int
    column: int
    cell: Cell
    look: Look


def lay_table(table: Table, top: int, setting: Setting) -> Strip:
    """Return the table on the sheet from row ``top``.

    A row that is taller than Excel allows becomes several sheet rows whose cells are merged.
    """
    lefts = setting.grid.starts(table.columns)
    cells = list(_cells(table, lefts, setting))
    needs = list(_needs(cells, lefts, setting))
    heights = row_heights(needs, len(table.header) + len(table.body))
    slices = [sliced(height) for height in heights]
    header = len(table.header)
    sites = Sites(
        tops=list(accumulate(map(len, slices), initial=top)),
        lefts=lefts,
        header=header,
        body={(one.row - header, one.column): one.cell for one in cells if one.row >= header},
        remote=setting.remote,
    )
    return Strip(
        heights=tuple(height for heights_of_row in slices for height in heights_of_row),
        boxes=tuple(
            Box(sites.area(one.row, one.column, one.cell), content(one.cell, sites), one.look)
            for one in cells
        ),
        header=sites.tops[header] - top,
        kept=tuple(
            range(sites.tops[rows.start], sites.tops[rows.stop])
            for rows in text_rows(needs, heights)
        ),
        led=tuple(_led(table, sites.tops)),
        places=sites.places,
    )


def _led(table: Table, tops: Sequence[int]) -> Iterator[range]:
    """Yield the rows of the sheet that must not be parted from the row below them."""
    for row, one in enumerate(table.body):
        first = led_by(table, row)
        if one.role is not Role.BAND and (first < row or not row):
            top = tops[len(table.header) + first] if first else tops[0]
            yield range(top, tops[len(table.header) + row] + 1)
        if one.role is not Role.TOTAL and leads_total(table, row):
            last = row + 1
            while leads_total(table, last):
                last += 1
            yield range(tops[len(table.header) + first], tops[len(table.header) + last + 1])


def _cells(table: Table, lefts: Sequence[int], setting: Setting) -> Iterator[_Placed]:
    rows = table.header + table.body
    placed = table.placed_header + table.placed_body
    headings = [cells for row, cells in zip(rows, placed, strict=True) if row.role is Role.HEADING]
    size = setting.document.page.table_size
    looks = {role: _role_look(role, size) for role in Role}
    heading_size = _heading_size(headings, lefts, setting)
    looks[Role.HEADING] = _role_look(Role.HEADING, heading_size)
    crowded = {
        column + cell.columns
        for row, cells in zip(rows, placed, strict=True)
        for column, cell in cells
        if cell.value is not None
        and not _has_indent_room(column, cell, looks[row.role], lefts, setting)
    }
    for index, (row, cells) in enumerate(zip(rows, placed, strict=True)):
        look = looks[row.role]
        for column, cell in cells:
            own = _cell_look(cell, look, setting.document.numbers)
            # All figures above each other stand at one edge, so the widest of them decides.
            if own.align == "right" and column + cell.columns not in crowded:
                own = own._replace(indent=int(_has_indent_room(column, cell, own, lefts, setting)))
            yield _Placed(index, column, cell, own)


def _has_indent_room(
    column: int, cell: Cell, look: Look, lefts: Sequence[int], setting: Setting
) -> bool:
    """Tell whether a cell's text can stand apart from its edge and neither shrink nor break."""
    room = setting.grid.width(lefts[column], lefts[column + cell.columns] - 1) - INDENT
    return fits(cell.text, room, look.size, setting.face(look))


def _role_look(role: Role, size: float) -> Look:
    """Return the look of a row's cells, as far as the row decides; only some align their cells."""
    is_heading = role in {Role.HEADING, Role.NUMBERS}
    return Look(
        size=size,
        bold=role in _BOLD,
        align="center" if is_heading or role is Role.BAND else "left",
        vertical="vcenter" if is_heading else "top",
        bordered=True,
    )


def _cell_look(cell: Cell, look: Look, numbers: NumberStyle) -> Look:
    if cell.value is not None:
        number = number_format(cell.value, cell.text, cell.decimals, numbers)
    elif isinstance(cell.origin, Computed) or cell.decimals:  # an edit may bring a figure
        nought = print_number(_NOUGHT, cell.decimals, numbers)
        number = number_format(_NOUGHT, nought, cell.decimals, numbers)
    else:
        is_short = not cell.marked and 0 < len(cell.text) <= LONGEST_TEXT_FORMAT
        number = TEXT_FORMAT if is_short else ""
    return Look(
        size=look.size,
        bold=look.bold,
        align=_ALIGN[cell.align] if look.align == "left" else look.align,
        vertical=look.vertical,
        bordered=True,
        number_format=number,
        is_figure=cell.value is not None,
    )


def _heading_size(
    rows: Iterable[Iterable[tuple[int, Cell]]], lefts: Sequence[int], setting: Setting
) -> float:
    """Return the size, points, at which every word of the headings fits its column."""
    size = setting.document.page.heading_size
    fitting = (
        fitting_size(
            cell.text,
            setting.grid.width(lefts[column], lefts[column + cell.columns] - 1),
            size,
            setting.bold,
        )
        for cells in rows
        for column, cell in cells
    )
    return min(size, max(_LEAST_HEADING, min(fitting, default=size)))


def _needs(cells: Iterable[_Placed], lefts: Sequence[int], setting: Setting) -> Iterator[Need]:
    """Yield the height of each cell's text; a figure takes one line."""
    for row, column, cell, look in cells:
        if look.is_figure or not cell.text:
            height = one_line(look.size)
        else:
            right = lefts[column + cell.columns] - 1
            text = shown(cell.marked) if cell.marked else cell.text
            height = setting.height(text, lefts[column], right, look)
        yield Need(row, cell.rows, height)
