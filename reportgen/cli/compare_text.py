"""Comparisons printed: as a table to read, as CSV for a spreadsheet, as JSON for programs."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from reportgen.cli.spreadsheet import as_csv, harmless
from reportgen.compute.comparison import (
    COMPARED,
    PERCENT_PLACES,
    Change,
    Comparison,
    Gap,
)
from reportgen.document.comparison_rows import GAPS, TOTAL
from reportgen.document.consolidated_money import HEADINGS
from reportgen.document.numbers import print_number
from reportgen.document.plain_table import NOTHING
from reportgen.model.council import NumberStyle
from reportgen.model.meaning import Meaning

_LEAST_WIDTH = 150  # characters: a narrower table would have to break figures


class _Row(NamedTuple):
    """One line: a programme (no ``key``), one of its measures, or the sums of all (no ``slug``)."""

    slug: str
    key: str
    name: str
    changes: Mapping[Meaning, Change]
    gap: Gap | None


def compare_text(comparisons: Sequence[Comparison], numbers: NumberStyle) -> str:
    """Return tables with aligned figures, one for each base."""
    console = Console(highlight=False)
    console.width = max(console.width, _LEAST_WIDTH)
    with console.capture() as captured:
        for one in comparisons:
            title = f"{one.period} у порівнянні з періодом: {one.base}, тис. грн"
            if one.compared:
                console.print(_table(one, numbers, title))
            else:
                console.print(
                    f"{title}\n  порівняти ні з чим: сум за {one.base} немає", markup=False
                )
    return captured.get().rstrip("\n")


def compare_csv(comparisons: Sequence[Comparison], _numbers: NumberStyle) -> str:
    """Return a line for each amount, as spreadsheets in Ukrainian open it: semicolons, commas."""
    head = ("period", "base", "programme", "measure", "name", "column")
    lines: list[tuple[str, ...]] = [(*head, "was", "now", "difference", "percent", "note")]
    for one in comparisons:
        for row in _rows(one):
            for meaning in COMPARED:
                figures = (_digits(value) for value in _figures(row.changes[meaning]))
                texts = (row.slug, row.key, row.name, meaning.value)
                note = GAPS[row.gap] if row.gap else ""
                lines.append((one.period.id, one.base.id, *map(harmless, texts), *figures, note))
    return as_csv(lines)


def compare_json(comparisons: Sequence[Comparison], _numbers: NumberStyle) -> str:
    """Return all that is compared, amounts exact and as text."""
    return json.dumps(
        [
            {
                "period": one.period.id,
                "base": one.base.id,
                "rows": [
                    {
                        "programme": row.slug or None,
                        "measure": row.key or None,
                        "name": row.name,
                        "gap": row.gap.value if row.gap else None,
                        **{
                            meaning.value: dict(
                                zip(
                                    _FIGURES,
                                    map(_exact, _figures(row.changes[meaning])),
                                    strict=True,
                                )
                            )
                            for meaning in COMPARED
                        },
                    }
                    for row in _rows(one)
                ],
            }
            for one in comparisons
        ],
        ensure_ascii=False,
        indent=2,
    )


_FIGURES = ("was", "now", "difference", "percent")


def _rows(comparison: Comparison) -> Iterator[_Row]:
    for one in comparison.programmes:
        yield _Row(one.now.slug, "", one.now.name, one.changes, one.gap)
        for row in one.rows:
            yield _Row(one.now.slug, row.key, row.text, row.changes, row.gap)
    sums = {meaning: comparison.total(meaning) for meaning in COMPARED}
    yield _Row("", "", TOTAL, sums, None)


def _table(comparison: Comparison, numbers: NumberStyle, title: str) -> Table:
    table = Table(box=box.ASCII2, expand=True, title=title, title_justify="left")
    table.add_column("Захід", no_wrap=True)
    table.add_column("Назва", no_wrap=True, overflow="ellipsis", ratio=1)
    for meaning in COMPARED:
        for heading in ("\n".join((*HEADINGS[meaning].split(), "було")), "є", "різниця", "%"):
            table.add_column(heading, justify="right", overflow="fold")
    table.add_column("Примітка", overflow="fold")
    for row in _rows(comparison):
        cells = [
            NOTHING if value is None else print_number(value, places, numbers)
            for meaning in COMPARED
            for value, places in zip(
                _figures(row.changes[meaning]),
                (*[comparison.decimals] * 3, PERCENT_PLACES),
                strict=True,
            )
        ]
        texts = (row.key, " ".join(row.name.split()))
        note = GAPS[row.gap] if row.gap else ""
        table.add_row(*map(Text, (*texts, *cells, note)), end_section=not row.key)
    return table


def _figures(change: Change) -> tuple[Decimal | None, ...]:
    return change.was, change.now, change.difference, change.percent


def _exact(value: Decimal | None) -> str | None:
    return None if value is None else f"{value:f}"


def _digits(value: Decimal | None) -> str:
    return (_exact(value) or "").replace(".", ",")
