"""Figures typed in the source against those that the program computes of the imported rows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from reportgen.check.totals import may_be_total
from reportgen.compute.figures import Figures, TotalLine
from reportgen.compute.rounding import round_half_up
from reportgen.diagnostics import quoted
from reportgen.importing.amounts import NotANumberError, is_fault, printed, read_number
from reportgen.importing.branches import ReadTable, TotalRow
from reportgen.importing.findings import Findings
from reportgen.importing.outline import Entry
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
            if line is not None:
                remark = _compared(columns[key], cell, line.figures.get(key), findings)
                if remark:
                    yield Typed(entry.key, remark)
    for row in table.totals:
        _compare_total(row, _total_of(row, figures), columns, findings)


def _compared(
    column: Column, cell: SourceCell, computed: Decimal | None, findings: Findings
) -> str:
    """Compare one figure with the computed one; return the remark, «» where they are the same."""
    typed = _typed(cell)
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
    if typed == shown or cell.value == computed:
        return ""
    message = f"{name}: у джерелі {quoted(cell.text)}, обчислено {printed(computed)}"
    hint = "перевірте суми рядка; число, яке має бути іншим, заявляють із причиною (declared)"
    findings.tell("import-figure", cell.place, message, hint)
    return f"{column.id}: у джерелі {cell.text.strip()}, обчислено {printed(computed)}"


def _typed(cell: SourceCell) -> Decimal | None:
    if cell.value is not None:
        return cell.value
    try:
        return read_number(cell.text)
    except NotANumberError:
        return None


def _total_of(row: TotalRow, figures: Figures) -> TotalLine | None:
    """Return the computed total that a row of the source prints."""
    for one in figures.totals:
        same_group = (one.group is None) == (row.group is None)
        if (
            one.total == row.total
            and same_group
            and (
                one.group is None
                or row.group is None
                or (one.group.text == row.group.text and one.group.number == row.group.number)
            )
        ):
            return one
    return None


def _compare_total(
    row: TotalRow,
    computed: TotalLine | None,
    columns: Mapping[str, Column],
    findings: Findings,
) -> None:
    for key, cell in row.cells.items():
        typed, column = _typed(cell), columns[key]
        value = computed.figures.get(key) if computed else None
        if typed is None or value is None:
            continue
        if column.formula is None and computed is not None:
            addends = [amount for _, amount in computed.addends.get(key, ())]
            places = column.decimals if column.kind is not Kind.NUMBER else computed.decimals[key]
            if typed == value or may_be_total(typed, addends, places):
                continue
        elif typed == round_half_up(value, column.decimals):
            continue
        message = f"{quoted(row.total.label)}, «{column.heading[-1]}»: у джерелі "
        message += f"{quoted(cell.text)}, обчислено {printed(value)}"
        hint = "підсумок не з цих рядків, або в рядках є помилка"
        findings.tell("import-figure", cell.place, message, hint)
