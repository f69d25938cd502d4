"""A chart for Office: its own kind of chart, over a small table of figures that can be edited.

Word and Excel draw it anew from the figures; the labels beside the bars are the printed ones.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from reportgen.document.blocks import Chart
from reportgen.write.charts.layout import AXIS, FIGURE, NAME

if TYPE_CHECKING:
    from xlsxwriter import Workbook

_FONT = "Times New Roman"
_INK, _GREY = "#000000", "#B0B0B0"
#: Told apart without colours: the last series is solid, those before it are hatched.
_SOLID = {"color": "#1F4E79"}
_HATCHED = {"pattern": "wide_upward_diagonal", "fg_color": _INK, "bg_color": "#FFFFFF"}


def native_chart(book: Workbook, chart: Chart, sheet: str, top: int, *, printed: bool) -> Any:  # noqa: ANN401 - XlsxWriter has no types
    """Return the chart over figures on a sheet of the book: names of series in the row ``top``.

    Categories stand below in the first column, figures in those beside it. Labels are as they are
    ``printed``, or follow the figures.
    """
    last = top + len(chart.categories)
    drawn = book.add_chart({"type": "bar"})
    for number, series in enumerate(chart.series):
        solid = number == len(chart.series) - 1
        labels: dict[str, object] = {"value": True, "font": _font(FIGURE, bold=True)}
        labels["position"] = "outside_end"
        labels["num_format"] = _format(one.text for one in series.marks)
        if printed:
            labels["custom"] = [{"value": one.text} for one in series.marks]
        drawn.add_series(
            {
                "name": [sheet, top, number + 1],
                "categories": [sheet, top + 1, 0, last, 0],
                "values": [sheet, top + 1, number + 1, last, number + 1],
                "fill" if solid else "pattern": _SOLID if solid else _HATCHED,
                "border": {"color": _INK, "width": 0.5},
                "gap": 60,
                "overlap": 0,
                "data_labels": labels,
            }
        )
    least, most = float(chart.ticks[0].value), float(chart.ticks[-1].value)
    drawn.set_x_axis(
        {
            "min": least,
            "max": most,
            "major_unit": float(chart.ticks[1].value - chart.ticks[0].value),
            "num_format": _format(one.text for one in chart.ticks),
            "num_font": _font(AXIS),
            "major_gridlines": {"visible": True, "line": {"color": _GREY, "width": 0.5}},
            "line": {"none": True},
        }
    )
    drawn.set_y_axis(
        {
            "reverse": True,
            "num_font": _font(NAME),
            "crossing": "max",  # of the reversed axis: the other one stands below
            "label_position": "low",
            "line": {"color": _INK, "width": 0.75},
            "major_tick_mark": "none",
        }
    )
    several = len(chart.series) > 1
    drawn.set_legend({"position": "top", "font": _font(NAME)} if several else {"none": True})
    drawn.set_title({"none": True})
    drawn.set_chartarea({"border": {"none": True}})
    drawn.show_blanks_as("gap")
    return drawn


def _format(printed: Iterable[str]) -> str:
    """Return the number format with as many places as are printed; see `looks` of XLSX."""
    places = max(len(one.partition(",")[2]) for one in printed)
    shape = "#,##0" + ("." + "0" * places if places else "")
    return f'[$-422]{shape};[$-422]"\u2212"{shape}'


def _font(size: float, *, bold: bool = False) -> dict[str, object]:
    return {"name": _FONT, "size": size, "bold": bold, "color": _INK}
