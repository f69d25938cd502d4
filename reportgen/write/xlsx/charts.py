"""Charts on the sheet: Excel's own, over figures that follow the cells of the tables.

The figures of a chart stand in rows of a table that need not be neighbours, so a sheet of their
own, the last of the workbook, holds them once more, as references: an edit in a table is seen in
the chart at once.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from xlsxwriter.utility import xl_rowcol_to_cell

from reportgen.write.charts.native import Figures, named, native_chart, number_format
from reportgen.write.xlsx.area import Area
from reportgen.write.xlsx.boxes import Link
from reportgen.write.xlsx.canvas import Canvas, Drawn
from reportgen.write.xlsx.heights import line_height
from reportgen.write.xlsx.layout import Layout
from reportgen.write.xlsx.looks import FONT, Look
from reportgen.write.xlsx.names import quoted_name

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

FIGURES = "Дані діаграм"
_PIXEL = 0.75  # points
_NAMES, _WIDTH, _BACK = 80, 26, 12  # of columns: names, figures, the link; characters
_HEAD, _GAP = 3, 1  # rows above the figures of a chart, and below
_TEXT = Look(10.5)
_NAME = Look(10.5, bold=True)
_SERIES = Look(10.5, bold=True, align="right")
_FIGURE = Look(10.5, align="right", is_figure=True)
_LINK = Look(10.5, is_link=True)


def draw_charts(canvas: Canvas, sheet: Worksheet, layout: Layout) -> None:
    """Draw the charts of a sheet into their rows; their figures are to be drawn at the end."""
    for chart, rows, areas in layout.charts:
        top = canvas.charts[-1].end + _GAP if canvas.charts else 0
        width = sum(layout.grid.pixels)
        over = Figures(FIGURES, top + _HEAD - 1, width * _PIXEL)
        drawn = native_chart(canvas.book, chart, over)
        height = sum(layout.heights[row] for row in rows) / _PIXEL
        drawn.set_size({"width": width, "height": int(height)})
        sheet.insert_chart(rows.start, 0, drawn, {"description": chart.alt, "object_position": 1})
        end = top + _HEAD + len(chart.categories)
        canvas.charts.append(Drawn(chart, layout.title, sheet.get_name(), areas, top, end))


def draw_figures(canvas: Canvas, back: Link | None = None) -> None:
    """Draw the sheet with the figures of all charts, if there are any; perhaps a link ``back``."""
    if not canvas.charts:
        return
    sheet = canvas.book.add_worksheet(FIGURES)
    sheet.set_landscape()
    sheet.set_header(f'&C&"{FONT},Regular"&P')
    sheet.fit_to_pages(1, 0)
    sheet.set_column(0, 0, _NAMES)
    last = max(len(one.chart.series) for one in canvas.charts)
    sheet.set_column(1, last, _WIDTH)
    for one in canvas.charts:
        _write(canvas, sheet, one, last)
    if back:
        address = f"internal:{quoted_name(back.sheet)}!A1"
        sheet.write_url(0, last + 1, address, canvas.format(_LINK), back.text)
        sheet.set_column(last + 1, last + 1, _BACK)
        sheet.print_area(0, 0, canvas.charts[-1].end - 1, last)  # the link is not printed


def _write(canvas: Canvas, sheet: Worksheet, drawn: Drawn, last: int) -> None:
    """Write whose chart it is, its title, the names of its series, a row for each category.

    The first two lie over all columns up to the ``last``: a cell is made no higher for its text.
    """
    chart, first = drawn.chart, drawn.top + _HEAD
    text, name, heading = (canvas.format(one) for one in (_TEXT, _NAME, _SERIES))
    for row, title, look in ((0, drawn.title, text), (1, chart.title, name)):
        sheet.merge_range(drawn.top + row, 0, drawn.top + row, last, title, look)
        lines = -(-len(title) // (_NAMES + last * _WIDTH))
        sheet.set_row(drawn.top + row, lines * line_height(_TEXT.size))
    for row, category in enumerate(chart.categories, start=first):
        sheet.write_string(row, 0, named(category), text)
    both = zip(chart.series, drawn.areas, strict=True)
    for column, (series, areas) in enumerate(both, start=1):
        shape = number_format(one.text for one in series.marks)
        figure = canvas.format(_FIGURE._replace(number_format=shape))
        sheet.write_string(first - 1, column, series.name, heading)
        for row, (mark, area) in enumerate(zip(series.marks, areas, strict=True), start=first):
            if mark.value is not None:
                formula = _reference(drawn.source, area)
                sheet.write_formula(row, column, formula, figure, float(mark.value))


def _reference(source: str, area: Area) -> str:
    return f"={quoted_name(source)}!{xl_rowcol_to_cell(area.top, area.left)}"
