"""A chart as SVG: text is text, fillings are lines of their own, nothing is fetched or runs.

No patterns, clips or style sheets: the engines that print pages do not draw all of them alike. The
same chart and width always give the same text.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from html import escape

from reportgen.document.blocks import Chart
from reportgen.write.charts.layout import (
    AXIS,
    BAR_HEIGHT,
    FIGURE,
    NAME,
    Bar,
    Laid,
    figure_width,
    lay_out,
    name_width,
)

_POINTS = 72 / 25.4  # in a millimetre

#: Faces of one set of widths; the last but one is what Typst carries inside.
_FAMILIES = "'Times New Roman', 'Liberation Serif', Tinos, 'Libertinus Serif', serif"

_INK, _GREY, _HATCHED, _SOLID = "#000000", "#b0b0b0", "#ffffff", "#1f4e79"
_STEP = 4.0  # between the lines of a hatching


@dataclass(frozen=True, slots=True)
class Picture:
    """A drawing with its size in millimetres."""

    svg: str
    width: float
    height: float


def draw_chart(chart: Chart, width: float) -> Picture:
    """Return the chart drawn ``width`` millimetres wide."""
    laid = lay_out(chart, width * _POINTS)
    size = f"{_n(laid.width)} {_n(laid.height)}"
    svg = "".join(
        (
            '<svg xmlns="http://www.w3.org/2000/svg" xml:lang="uk" ',
            f'width="{_n(laid.width)}pt" height="{_n(laid.height)}pt" viewBox="0 0 {size}" ',
            f'font-family="{_FAMILIES}" fill="{_INK}">',
            *_field(laid),
            *_legend(laid),
            *_groups(laid),
            "</svg>",
        )
    )
    return Picture(svg, width, laid.height / _POINTS)


def _field(laid: Laid) -> Iterator[str]:
    """Draw the axis: fine lines with their names below, and the lines at nought and at the full."""
    for at, text in laid.ticks:
        yield _across(laid, at, f'stroke="{_GREY}" stroke-width="0.4"')
        # Set in the middle by hand: WeasyPrint loses the tag of a text that is to be anchored.
        left = at - figure_width(text, AXIS) / 2
        yield _text(left, laid.bottom + AXIS * 1.2, AXIS, text)
    if laid.full is not None:
        yield _across(laid, laid.full, f'stroke="{_INK}" stroke-dasharray="4 2"')
    yield _across(laid, laid.nought, f'stroke="{_INK}" stroke-width="0.8"')


def _legend(laid: Laid) -> Iterator[str]:
    several = len(laid.legend)
    for number, (left, middle, name) in enumerate(laid.legend):
        top = middle - BAR_HEIGHT / 2
        yield from _bar(Bar(number, left + 0.4, left + 12, top, 0, ""), several)
        yield _text(left + 16, middle + 0.32 * NAME, NAME, name)


def _groups(laid: Laid) -> Iterator[str]:
    for group in laid.groups:
        for baseline, line in group.lines:
            yield _behind(0, baseline - 0.85 * NAME, name_width(line) * NAME, NAME * 1.1)
            yield _text(0, baseline, NAME, line)
        for bar in group.bars:
            yield from _bar(bar, len(group.bars))
            yield _behind(bar.label - 1, bar.top, figure_width(bar.text, FIGURE) + 2, BAR_HEIGHT)
            baseline = bar.top + BAR_HEIGHT / 2 + 0.33 * FIGURE
            yield _text(bar.label, baseline, FIGURE, bar.text, ' font-weight="bold"')


def _bar(bar: Bar, several: int) -> Iterator[str]:
    """Draw a bar: solid the last series, hatched those before it; so ink alone tells them apart."""
    width = bar.right - bar.left
    if width <= 0:
        return
    hatched = bar.series < several - 1
    box = f'x="{_n(bar.left)}" y="{_n(bar.top)}" width="{_n(width)}" height="{_n(BAR_HEIGHT)}"'
    fill = _HATCHED if hatched else _SOLID
    yield f'<rect {box} fill="{fill}" stroke="{_INK}" stroke-width="0.5"/>'
    if hatched and (lines := "".join(_hatching(bar))):
        yield f'<path d="{lines}" stroke="{_INK}" stroke-width="0.5" fill="none"/>'


def _hatching(bar: Bar) -> Iterator[str]:
    """Yield lines that rise through a bar, each cut where the bar ends."""
    count = int((bar.right - bar.left + BAR_HEIGHT) / _STEP)
    for at in range(1, count + 1):
        foot = bar.left + at * _STEP - BAR_HEIGHT  # where the line would meet the bottom
        start, end = max(foot, bar.left), min(foot + BAR_HEIGHT, bar.right)
        low = bar.top + BAR_HEIGHT - (start - foot)
        high = bar.top + BAR_HEIGHT - (end - foot)
        if end > start:
            yield f"M{_n(start)} {_n(low)}L{_n(end)} {_n(high)}"


def _behind(left: float, top: float, width: float, height: float) -> str:
    """Return what keeps the lines of the axis out of a text."""
    box = f'x="{_n(left)}" y="{_n(top)}" width="{_n(width)}" height="{_n(height)}"'
    return f'<rect {box} fill="#ffffff"/>'


def _across(laid: Laid, at: float, look: str) -> str:
    """Return a line through the field of bars."""
    ends = f'x1="{_n(at)}" y1="{_n(laid.top)}" x2="{_n(at)}" y2="{_n(laid.bottom)}"'
    return f"<line {ends} {look}/>"


def _text(left: float, baseline: float, size: float, text: str, more: str = "") -> str:
    place = f'x="{_n(left)}" y="{_n(baseline)}" font-size="{_n(size)}"'
    return f"<text {place}{more}>{escape(text, quote=False)}</text>"


def _n(length: float) -> str:
    """Return a length as SVG has it, to a hundredth of a point."""
    return f"{length:.2f}".rstrip("0").rstrip(".")
