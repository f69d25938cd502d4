"""Where everything in a chart stands: names above their bars, figures at the ends of bars.

So names have the whole width, whatever it is, and a chart can be drawn for paper and for a phone.
All lengths are points, from the top left corner. Widths of text are guessed by its length, for a
page is opened on machines with other fonts than ours.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal, localcontext

from reportgen.document.blocks import Chart, Mark, Tick

NAME, FIGURE, AXIS = 9.0, 8.5, 8.0  # sizes of type

_LETTER, _CAPITAL = 0.52, 0.76  # em, a little more than the letters of a name take on average
_DIGIT = 0.5  # em, in Times and its likes
#: Of other signs in figures, em.
_WIDTHS = {"\u00a0": 0.25, ",": 0.25, "%": 0.9, "\u2212": 0.6}
_LINE = 1.2  # em
_MOST_LINES = 4  # of a name
BAR_HEIGHT, _BETWEEN = 9.0, 2.0
_ABOVE, _BELOW = 6.5, 4.0  # free space over a name, and between it and its first bar
_PADDING = 4.0  # between a bar's end and its figure
_DIGITS = 400  # in reckoning; no figure that is drawn has more


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar of a series and its figure, which begins at ``label``; without a value no bar."""

    series: int
    left: float
    right: float
    top: float
    label: float
    text: str


@dataclass(frozen=True, slots=True)
class Group:
    """A category: the lines of its name with the baseline of each, and its bars."""

    lines: tuple[tuple[float, str], ...]
    bars: tuple[Bar, ...]


@dataclass(frozen=True, slots=True)
class Laid:
    """A chart laid out; ``nought`` and ``full`` are where these stand on the axis."""

    width: float
    height: float
    legend: tuple[tuple[float, float, str], ...]  # left edge, middle, name of each series
    groups: tuple[Group, ...]
    ticks: tuple[tuple[float, str], ...]
    top: float  # of the field of bars
    bottom: float
    nought: float
    full: float | None


def lay_out(chart: Chart, width: float) -> Laid:
    """Return the chart laid out in a width."""
    figures = [_figure(mark, chart) for one in chart.series for mark in one.marks]
    beside = max(figure_width(text, FIGURE) for text in figures) + 2 * _PADDING
    edge = max(figure_width(one.text, AXIS) for one in chart.ticks) / 2 + 1
    least, most = chart.ticks[0].value, chart.ticks[-1].value
    room = max(width - edge - max(beside, edge), width / 4)

    def place(value: Decimal) -> float:
        with localcontext() as context:
            context.prec = _DIGITS
            return edge + float((value - least) / (most - least)) * room

    legend = tuple(_legend(chart, width)) if len(chart.series) > 1 else ()
    top = legend[-1][1] + NAME if legend else 0.0
    groups: list[Group] = []
    at = top
    for index, name in enumerate(chart.categories):
        at += _ABOVE
        lines: list[tuple[float, str]] = []
        for line in wrapped(name, width / NAME):
            at += NAME * _LINE
            lines.append((at, line))
        at += _BELOW
        bars: list[Bar] = []
        for number, series in enumerate(chart.series):
            mark = series.marks[index]
            left, right = sorted((place(Decimal(0)), place(mark.value or Decimal(0))))
            bars.append(Bar(number, left, right, at, right + _PADDING, _figure(mark, chart)))
            at += BAR_HEIGHT + _BETWEEN
        groups.append(Group(tuple(lines), tuple(bars)))
    bottom = at + _ABOVE / 2
    return Laid(
        width=width,
        height=bottom + AXIS * 1.6,
        legend=legend,
        groups=tuple(groups),
        ticks=tuple((place(one.value), one.text) for one in _named(chart, room)),
        top=top,
        bottom=bottom,
        nought=place(Decimal(0)),
        full=None if chart.full is None else place(chart.full),
    )


def _figure(mark: Mark, chart: Chart) -> str:
    return f"{mark.text}\u00a0%" if mark.value is not None and chart.unit == "%" else mark.text


def _named(chart: Chart, room: float) -> Iterator[Tick]:
    """Yield the ticks that find room side by side, nought always among them."""
    widest = max(figure_width(one.text, AXIS) for one in chart.ticks) + 2 * _PADDING
    every = max(1, -(-int(widest * (len(chart.ticks) - 1)) // max(1, int(room))))
    nought = next(at for at, one in enumerate(chart.ticks) if not one.value)
    yield from chart.ticks[nought % every :: every]


def figure_width(text: str, size: float) -> float:
    """Return the width of a printed figure, in Times and its likes."""
    return size * sum(_WIDTHS.get(one, _DIGIT) for one in text)


def _legend(chart: Chart, width: float) -> Iterator[tuple[float, float, str]]:
    """Yield the place of each series: side by side as far as the width goes."""
    left, middle = 0.0, NAME
    for one in chart.series:
        taken = 16 + name_width(one.name) * NAME + 14
        if left and left + taken > width:
            left, middle = 0.0, middle + NAME * 1.5
        yield left, middle, one.name
        left += taken


def wrapped(text: str, limit: float) -> list[str]:
    """Return a text in lines of so many em, cut off with «…» where they are too many."""
    pieces = [piece for word in text.split(" ") for piece in _pieces(word, limit)]
    lines: list[str] = []
    for piece, begins in pieces:
        joined = f"{lines[-1]} {piece}" if lines and begins else ""
        if joined and name_width(joined) <= limit:
            lines[-1] = joined
        else:
            lines.append(piece)
        if len(lines) > _MOST_LINES:
            break
    if len(lines) <= _MOST_LINES:
        return lines
    last = lines[_MOST_LINES - 1]
    while last and name_width(f"{last}…") > limit:
        last = last[:-1]
    return [*lines[: _MOST_LINES - 1], f"{last.rstrip()}…"]


def _pieces(word: str, limit: float) -> Iterator[tuple[str, bool]]:
    """Yield a word in pieces that find room on a line; the first may follow another word."""
    start, width = 0, 0.0
    for at, letter in enumerate(word):
        width += name_width(letter)
        if width > limit and at > start:
            yield word[start:at], not start
            start, width = at, name_width(letter)
    yield word[start:], not start


def name_width(text: str) -> float:
    """Return what a name takes at the most, nearly always, in em."""
    return sum(_CAPITAL if letter.isupper() else _LETTER for letter in text)
