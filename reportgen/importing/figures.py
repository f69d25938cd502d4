"""Figures typed in the source against those that the program computes of the imported rows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from reportgen.compute.figures import Figures
from reportgen.compute.rounding import round_half_up
from reportgen.diagnostics import quoted
from reportgen.importing.amounts import is_fault, printed
from reportgen.importing.branches import ReadTable
from reportgen.importing.findings import Findings
from reportgen.importing.lacking import lacking
from reportgen.importing.outline import Entry
from reportgen.importing.printed_totals import compare_totals, typed_figure
from reportgen.model.form import Column, Kind, TableSection
from reportgen.read.source import SourceCell


@dataclass(frozen=True, slots=True)
class Typed:
    """A typed figure that differs: the row's key and what to write above it."""

    key: str
    remark: str


def compare_figures(
    table: ReadTable,
    section: TableSection,
    entries: Sequence[Entry],
    figures: Figures,
    findings: Findings,
) -> Iterator[Typed]:
    """Tell of every typed figure that is not the computed one; yield remarks for the rows."""
    columns = {one.id: one for one in section.fields}
    lines = {
        line.item.key: line for line in figures.lines if line.split in (None, *section.splits[:1])
    }
    for entry in (one for top in entries for one in top.walk()):
        line = lines.get(entry.key)
        for key, cell in entry.typed.items():
            computed = line.figures.get(key) if line else None
            if line is not None and (computed is not None or not lacking(section, entry)):
                remark = _compared(columns[key], cell, computed, findings)
                if remark:
                    yield Typed(entry.key, remark)
                    if _is_shifted(entry, section, columns[key]):
                        yield _shifted(entry, section, cell, findings)
    compare_totals(table, section, entries, figures, findings)


def _is_shifted(entry: Entry, section: TableSection, column: Column) -> bool:
    """Tell whether a row's figures look as if they stood one column too far to the right.

    Its first sum is missing, all others are there, and what comes after them does not come out.
    """
    sums = [one.id for one in section.columns if one.kind is Kind.MONEY and one.given]
    there = [key in entry.given or key in entry.told for key in sums]
    places = [one.id for one in section.columns]
    is_next = bool(sums) and places.index(column.id) == places.index(sums[-1]) + 1
    return is_next and len(sums) > 1 and not there[0] and all(there[1:])


def _shifted(entry: Entry, section: TableSection, cell: SourceCell, findings: Findings) -> Typed:
    first = next(one for one in section.columns if one.kind is Kind.MONEY and one.given)
    message = f"рядок «{entry.number or entry.text}»: суми, певно, зсунуто на колонку праворуч"
    hint = f"«{first.heading[-1]}» порожня, а {quoted(cell.text)} — не той відсоток, що з цих сум"
    findings.tell("import-row-unclear", cell.place, message, hint)
    return Typed(entry.key, "суми, певно, зсунуто на колонку праворуч: перевірте всі")


def _compared(
    column: Column, cell: SourceCell, computed: Decimal | None, findings: Findings
) -> str:
    """Compare one figure with the computed one; return the remark, «» where they are the same."""
    typed = typed_figure(cell)
    name = f"«{column.heading[-1]}»"
    if computed is None:
        if typed is not None or is_fault(cell.text) or cell.fault:
            message = f"{name}: у джерелі {quoted(cell.text)}, а обчислити нема з чого"
            hint = f"у звіті буде «{column.zero}»: на нуль не ділять"
            findings.tell("import-figure-none", cell.place, message, hint)
        return ""
    if typed is None:
        return ""
    places = max(-int(typed.as_tuple().exponent), 0)
    shown = round_half_up(computed, min(places, column.decimals))
    if typed == shown or round_half_up(typed, column.decimals) == computed:
        return ""
    message = f"{name}: у джерелі {quoted(cell.text)}, обчислено {printed(computed)}"
    hint = "перевірте суми рядка; число, яке має бути іншим, заявляють із причиною (declared)"
    findings.tell("import-figure", cell.place, message, hint)
    return f"{column.id}: у джерелі {cell.text.strip()}, обчислено {printed(computed)}"
