"""A chart for Office: its own kind of chart, over a small table of figures that can be edited.

Word and Excel draw it anew from the figures; so are the labels beside the bars, which a number
format makes look as they are printed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, NamedTuple

from reportgen.document.blocks import Chart
from reportgen.write.charts.layout import AXIS, FIGURE, NAME, lay_out, name_width

if TYPE_CHECKING:
    from xlsxwriter import Workbook

_FONT = "Times New Roman"
_INK, _GREY = "#000000", "#B0B0B0"
_LONGEST, _LONGEST_WORD = 150, 36  # characters of a name: the table has it whole
_NAMES = 0.42  # of the width, the most that names take
_LEGEND, _LABEL = 24.0, 60.0  # points: above the bars, and beside the longest of them

#: Told apart without colours: the last series is solid, those before it are hatched.
_SOLID = {"color": "#1F4E79"}
_HATCHED = {"pattern": "wide_upward_diagonal", "fg_color": _INK, "bg_color": "#FFFFFF"}


_AMENDED = (
    (b'lang="en-US"', b'lang="uk-UA"'),
    (b'<c:lang val="en-US"/>', b'<c:lang val="uk-UA"/>'),
    (
        b'<c:showVal val="1"/>',
        (
            b'<c:showLegendKey val="0"/><c:showVal val="1"/><c:showCatName val="0"/>'
            b'<c:showSerName val="0"/><c:showPercent val="0"/><c:showBubbleSize val="0"/>'
        ),
    ),
)


_LABELS = re.compile(rb"(<c:dLbls><c:numFmt [^>]*/><c:txPr>)<a:bodyPr/>")


class Figures(NamedTuple):
    """Where the figures of a chart stand, and how wide it is to be, points.

    The names of series are in the row ``top``, from 0; categories below in the first column, their
    figures in those beside it.
    """

    sheet: str
    top: int
    width: float


def named(category: str) -> str:
    """Return the name of a category, cut off where Office would leave no room for bars.

    It breaks lines at blanks alone, so an endless word is cut as well.
    """
    return _cut(" ".join(_cut(word, _LONGEST_WORD) for word in category.split(" ")), _LONGEST)


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else f"{text[: most - 1].rstrip()}…"


def native_chart(book: Workbook, chart: Chart, over: Figures) -> Any:  # noqa: ANN401 - XlsxWriter has no types
    """Return the chart over its figures, which bars and labels follow."""
    sheet, top, width = over
    last = top + len(chart.categories)
    drawn = book.add_chart({"type": "bar"})
    for number, series in enumerate(chart.series):
        solid = number == len(chart.series) - 1
        labels: dict[str, object] = {"value": True, "font": _font(FIGURE, bold=True)}
        labels["position"] = "outside_end"
        labels["num_format"] = number_format((one.text for one in series.marks), chart.unit)
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
            "num_format": number_format(one.text for one in chart.ticks),
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
    drawn.set_plotarea({"layout": _plot_area(chart, width)})
    drawn.set_title({"none": True})
    drawn.set_chartarea({"border": {"none": True}})
    drawn.show_blanks_as("gap")
    return drawn


def in_ukrainian(chart: bytes) -> bytes:
    """Return the part of a chart in Ukrainian, each label a figure alone and on one line.

    XlsxWriter says nothing of what a label does without, which LibreOffice takes for all of it;
    and it breaks a label at the blank between thousands.
    """
    for old, new in _AMENDED:
        chart = chart.replace(old, new)
    return _LABELS.sub(rb'\1<a:bodyPr wrap="none"/>', chart)


def _plot_area(chart: Chart, width: float) -> dict[str, float]:
    """Return the field of bars in parts of the chart: names have what they need, up to a bound."""
    height = lay_out(chart, width).height
    widest = max(name_width(named(one)) for one in chart.categories) * NAME
    left = min(widest + 2 * NAME, _NAMES * width) / width
    edges = (_LEGEND if len(chart.series) > 1 else 0.0) + NAME / 2, 2.5 * AXIS
    return {
        "x": round(left, 3),
        "y": round(edges[0] / height, 3),
        "width": round(1 - left - _LABEL / width, 3),
        "height": round(1 - sum(edges) / height, 3),
    }


def number_format(printed: Iterable[str], unit: str = "") -> str:
    """Return the number format with as many places as are printed; see `looks` of XLSX.

    Of units only the sign of percents stands beside a figure.
    """
    places = max(len(one.partition(",")[2]) for one in printed)
    shape = "#,##0" + ("." + "0" * places if places else "")
    shape += '"\u00a0%"' if unit == "%" else ""
    return f'[$-422]{shape};[$-422]"\u2212"{shape}'


def _font(size: float, *, bold: bool = False) -> dict[str, object]:
    return {"name": _FONT, "size": size, "bold": bold, "color": _INK}
