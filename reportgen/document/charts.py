"""Charts of a table's figures: what is drawn, where the axis ends, and the same in words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal, localcontext
from itertools import pairwise

from reportgen.document.blocks import (
    Block,
    Chart,
    Mark,
    Paragraph,
    Series,
    Style,
    Table,
    Tick,
)
from reportgen.document.numbers import print_number
from reportgen.document.plain_table import GENERAL, NOTHING
from reportgen.model.council import NumberStyle, PageProfile

_MOST = 10  # categories of a chart: what is still taken in
#: Heights in points, as `write.charts` draws: a category without its name and bars, a line of a
#: name, a bar, and all that stands around the categories, the chart's title on the page included.
_CATEGORY, _LINE, _BAR, _AROUND = 10.5, 10.8, 11.0, 75.0
_LETTER = 5.0  # points, of a name: a little more than most take
_MOST_LINES = 4  # of a name
_POINTS_PER_MM = 72 / 25.4
_STEPS = 6  # of the axis, at the most
_LARGE = 400  # digits: more than any figure that fits its column


@dataclass(frozen=True, slots=True)
class Plan:
    """What to draw: rows of a table with their names, and names of series by the ids of columns.

    The axis of percents reaches ``full`` at least, where a line stands.
    """

    title: str
    rows: Sequence[tuple[int, str]]
    series: Mapping[str, str]
    unit: str
    full: Decimal | None = None


def chart_blocks(
    table: Table, plan: Plan, number: int, numbers: NumberStyle, page: PageProfile
) -> Iterator[Block]:
    """Yield a chart under its title, and below it what is missing; no chart of nothing.

    Many rows make several charts of one axis, so that bars can be compared across them, each such
    as the page has room for: nothing can cut a chart but the edge of the paper. A row
    without any figure is left out and named; one without some of them shows a dash there.
    """
    cells = [dict(one) for one in table.placed_body]
    columns = {one.id: at for at, one in enumerate(table.columns)}
    marks = {
        row: [
            Mark(cell.value, cell.text if cell.value is not None else NOTHING, row, columns[id_])
            for id_ in plan.series
            for cell in (cells[row][columns[id_]],)
        ]
        for row, _ in plan.rows
    }
    shown = [(row, _on_a_line(name)) for row, name in plan.rows if _values(marks[row])]
    ticks = _ticks([value for row, _ in shown for value in _values(marks[row])], plan.full, numbers)
    parts = list(_parted(shown, len(plan.series), page))
    for at, part in enumerate(parts, start=1):
        told = f"Діаграма {number}" + (f" ({at} з {len(parts)})" if len(parts) > 1 else "")
        title = f"{told}. {plan.title}, {plan.unit}"
        drawn = tuple(
            Series(name, tuple(marks[row][index] for row, _ in part))
            for index, name in enumerate(plan.series.values())
        )
        names = tuple(name for _, name in part)
        yield Paragraph((title,), Style.LINE, GENERAL)
        alt = _in_words(title, names, drawn, plan.unit)
        yield Chart(title, names, drawn, ticks, plan.unit, alt, table.id, plan.full)
    if missing := "; ".join(_missing(plan, marks)) if parts else "":
        yield Paragraph((f"Немає на діаграмі {number}: {missing}.",), Style.NOTE, GENERAL)


def _values(marks: Sequence[Mark]) -> list[Decimal]:
    return [one.value for one in marks if one.value is not None]


def _on_a_line(text: str) -> str:
    """Return a text without breaks of lines, and without what lets words be broken."""
    return " ".join(text.replace("\u00ad", "").replace("\u200b", "").split())


def _parted(
    rows: Sequence[tuple[int, str]], series: int, page: PageProfile
) -> Sequence[Sequence[tuple[int, str]]]:
    """Return the rows in as few parts as need be, none much smaller than another."""
    room = page.text_height * _POINTS_PER_MM - _AROUND
    letters = page.text_width * _POINTS_PER_MM / _LETTER

    def height(name: str) -> float:
        lines = min(_MOST_LINES, len(name) // letters + 1)
        return _CATEGORY + lines * _LINE + series * _BAR

    for count in range(-(-len(rows) // _MOST), len(rows)):
        edges = [at * len(rows) // count for at in range(count + 1)]
        parts = [rows[first:last] for first, last in pairwise(edges)]
        if all(sum(height(name) for _, name in part) <= room for part in parts):
            return parts
    return [[one] for one in rows]


def _ticks(
    values: Sequence[Decimal], full: Decimal | None, numbers: NumberStyle
) -> tuple[Tick, ...]:
    """Return the ticks of an axis from nought, or from the least figure, to the largest."""
    least, most = min((*values, Decimal(0))), max((*values, full or Decimal(0)))
    with localcontext() as context:
        context.prec = _LARGE
        step = _step(most - least)
        first = (least / step).to_integral_value(ROUND_FLOOR)
        last = max((most / step).to_integral_value(ROUND_CEILING), first + 1)
        places = max(0, -step.adjusted())
        axis = [step * at for at in range(int(first), int(last) + 1)]
    return tuple(Tick(one, print_number(one, places, numbers)) for one in axis)


def _step(span: Decimal) -> Decimal:
    """Return 1, 2 or 5 times a power of ten: the least step that makes few of a span."""
    if not span:
        return Decimal(1)
    power = Decimal(1).scaleb((span / _STEPS).adjusted())
    return next(power * one for one in (1, 2, 5, 10) if power * one * _STEPS >= span)


def _missing(plan: Plan, marks: Mapping[int, Sequence[Mark]]) -> Iterator[str]:
    """Yield the names of what is not drawn at all, and for each series of what it lacks alone."""
    names = {row: _on_a_line(name) for row, name in plan.rows}
    none = [row for row in names if not _values(marks[row])]
    if none:
        yield ", ".join(names[row] for row in none)
    for index, series in enumerate(plan.series.values()):
        some = [
            name
            for row, name in names.items()
            if row not in none and marks[row][index].value is None
        ]
        if some:
            yield f"стовпчика «{series}» – {', '.join(some)}"


def _in_words(title: str, names: Sequence[str], drawn: Sequence[Series], unit: str) -> str:
    """Return what a chart says, for those who cannot see it."""
    each = (
        f"{name}: " + ", ".join(_said(one, at, unit, alone=len(drawn) == 1) for one in drawn)
        for at, name in enumerate(names)
    )
    return f"{title}. Стовпчики: {'; '.join(each)}."


def _said(series: Series, at: int, unit: str, *, alone: bool) -> str:
    mark = series.marks[at]
    said = "– немає даних" if mark.value is None else f"{mark.text}\u00a0{unit}"
    return said if alone else f"{series.name.lower()} {said}"
