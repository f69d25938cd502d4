"""Charts on the sheet: Excel's own, over figures that follow the cells of the tables.

The figures of a chart stand in rows of a table that need not be neighbours, so a sheet of their
own holds them once more, as references: an edit in the table is seen in the chart at once.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from xlsxwriter.utility import xl_rowcol_to_cell

from reportgen.document.blocks import Chart
from reportgen.write.charts.native import Figures, named, native_chart
from reportgen.write.xlsx.area import Area
from reportgen.write.xlsx.layout import Charted, Layout

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.worksheet import Worksheet

_FIGURES = "Дані діаграм"
_PIXEL = 0.75  # points
_NAMES, _WIDTH = 80, 26  # of the columns of names and of figures, characters


def draw_charts(book: Workbook, sheet: Worksheet, layout: Layout) -> None:
    """Draw the charts into their rows, and their figures on a sheet behind."""
    figures = book.add_worksheet(_FIGURES)
    figures.set_landscape()
    figures.fit_to_pages(1, 0)
    figures.set_column(0, 0, _NAMES)
    figures.set_column(1, max(len(one.chart.series) for one in layout.charts), _WIDTH)
    top = 0
    for charted in layout.charts:
        _write_figures(figures, top, charted, sheet.get_name())
        width = sum(layout.grid.pixels)
        over = Figures(_FIGURES, top + 1, width * _PIXEL)
        drawn = native_chart(book, charted.chart, over, printed=False)
        height = sum(layout.heights[row] for row in charted.rows) / _PIXEL
        drawn.set_size({"width": width, "height": int(height)})
        told = {"description": charted.chart.alt, "object_position": 1}
        sheet.insert_chart(charted.rows.start, 0, drawn, told)
        top += len(charted.chart.categories) + 3


def _write_figures(sheet: Worksheet, top: int, charted: Charted, source: str) -> None:
    """Write a chart's title, the names of its series below, and a row for each category."""
    chart: Chart = charted.chart
    sheet.write_string(top, 0, chart.title)
    for row, name in enumerate(chart.categories, start=top + 2):
        sheet.write_string(row, 0, named(name))
    both = zip(chart.series, charted.figures, strict=True)
    for column, (series, areas) in enumerate(both, start=1):
        sheet.write_string(top + 1, column, series.name)
        for row, (mark, area) in enumerate(zip(series.marks, areas, strict=True), start=top + 2):
            if mark.value is not None:
                sheet.write_formula(row, column, _reference(source, area), None, float(mark.value))


def _reference(source: str, area: Area) -> str:
    return f"='{source}'!{xl_rowcol_to_cell(area.top, area.left)}"
