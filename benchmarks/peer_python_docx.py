"""python-docx, cell by cell: slow for many rows, so measured with few only.

As a careful author writes it: cells are asked for once a row, because ``table.cell()`` looks at
the whole table every time and would take 30 times as long.
"""

from __future__ import annotations

import io

import docx
from docx.enum.section import WD_ORIENT
from docx.shared import Mm, Pt
from docx.table import _Cell
from plain import Cell, Plain, load, text_of

__all__ = ["SUFFIX", "draw", "load"]

SUFFIX = "docx"


def draw(plain: Plain) -> bytes:
    """Return the report as a Word file."""
    document = docx.Document()
    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Mm(297), Mm(210)
    section.left_margin, section.right_margin = Mm(30), Mm(10)
    section.top_margin = section.bottom_margin = Mm(20)
    style = document.styles["Normal"]
    style.font.name, style.font.size = plain["font"], Pt(9)
    for line in plain["lines"]:
        document.add_paragraph(line["text"])
    rows = [*plain["header"], *plain["body"]]
    table = document.add_table(len(rows), len(plain["widths"]), style="Table Grid")
    table.autofit = False
    for column, width in enumerate(plain["widths"]):
        table.columns[column].width = Mm(width)
    grid = [row.cells for row in table.rows]
    for number, row in enumerate(rows):
        for cell in row["cells"]:
            _fill(grid, number, cell, plain["widths"])
    document.add_paragraph(f"{plain['position']}\t{plain['name']}")
    result = io.BytesIO()
    document.save(result)
    return result.getvalue()


def _fill(grid: list[tuple[_Cell, ...]], row: int, cell: Cell, widths: list[float]) -> None:
    x = cell["x"]
    place = grid[row][x]
    if cell["columns"] > 1 or cell["rows"] > 1:
        place = place.merge(grid[row + cell["rows"] - 1][x + cell["columns"] - 1])
    place.text = text_of(cell)
    place.width = Mm(sum(widths[x : x + cell["columns"]]))
