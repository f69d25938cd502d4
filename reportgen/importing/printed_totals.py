"""Totals typed in the source against those that the program computes of the imported rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from reportgen.check.totals import may_be_total
from reportgen.compute.figures import Figures, TotalLine
from reportgen.compute.rounding import round_half_up
from reportgen.diagnostics import quoted
from reportgen.importing.amounts import NotANumberError, printed, read_number
from reportgen.importing.branches import ReadTable, TotalRow
from reportgen.importing.findings import Findings
from reportgen.importing.likeness import one_line
from reportgen.importing.outline import Entry, amounts_of
from reportgen.model.form import Column, Kind, TableSection
from reportgen.read.source import SourceCell


def compare_totals(
    table: ReadTable,
    section: TableSection,
    entries: Sequence[Entry],
    figures: Figures,
    findings: Findings,
) -> None:
    """Tell of every typed total that is not the computed one, or has none to compare with."""
    columns = {one.id: one for one in section.fields}
    last = {(one.total, one.group): one for one in table.totals}
    by_fund = [one for one in last.values() if one.total.funds and one.group is None]
    computed = [_total_of(one, figures) for one in by_fund]
    unnamed = not any(one is None or any(one.addends.values()) for one in computed)
    agreed = _agreed(by_fund, section, entries, columns) if unnamed else frozenset()
    for row in table.totals:
        if last[row.total, row.group] is not row:
            _not_compared(row, "далі є ще один такий самий", findings)
            continue
        total = _total_of(row, figures)
        if total is None and not row.total.funds and row.group is None:
            _compare_sum(row, section, entries, columns, findings)
        elif row in by_fund and agreed >= {*row.cells}:
            continue  # that the rows name no funds is told once
        else:
            _compare_total(row, total, columns, findings)


def _agreed(
    feet: Sequence[TotalRow],
    section: TableSection,
    entries: Sequence[Entry],
    columns: Mapping[str, Column],
) -> frozenset[str]:
    """Return the columns in which totals by fund add to the sum of all rows, whosever it is.

    What is computed of such columns alone needs no telling either.
    """
    money = {key for row in feet for key in row.cells if columns[key].formula is None}
    agreed = {
        key
        for key in money
        if sum((typed_figure(one.cells[key]) or Decimal(0) for one in feet if key in one.cells),
               Decimal(0)) == sum(amounts_of(columns[key], section, entries), Decimal(0))
    }  # fmt: skip
    figures = {key for row in feet for key in row.cells if columns[key].formula is not None}
    return frozenset(agreed | figures) if agreed == money else frozenset(agreed)


def typed_figure(cell: SourceCell) -> Decimal | None:
    """Return a cell's figure, the exact one if the file holds it; «45,2%» is 45.2."""
    if cell.value is not None:
        return cell.value.scaleb(2) if "%" in cell.text else cell.value
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
    if computed is None:
        _not_compared(row, "у звіті такого підсумку не буде", findings)
        return
    for key, cell in row.cells.items():
        typed, column = typed_figure(cell), columns[key]
        value = computed.figures.get(key)
        if not typed and value is None:
            continue
        if typed is None or value is None:
            _tell_total(row, cell, column, value, findings)
            continue
        if column.formula is None:
            addends = [amount for _, amount in computed.addends.get(key, ())]
            places = column.decimals if column.kind is not Kind.NUMBER else computed.decimals[key]
            if typed == value or may_be_total(typed, addends, places):
                continue
        elif round_half_up(typed, column.decimals) == round_half_up(value, column.decimals):
            continue
        _tell_total(row, cell, column, value, findings)


def _compare_sum(
    row: TotalRow,
    section: TableSection,
    entries: Sequence[Entry],
    columns: Mapping[str, Column],
    findings: Findings,
) -> None:
    """Compare a total that the form does not have with the sum of all rows."""
    for key, cell in row.cells.items():
        typed, column = typed_figure(cell), columns[key]
        addends = [*amounts_of(column, section, entries)]
        if typed is not None and not may_be_total(typed, addends, column.decimals):
            _tell_total(row, cell, column, sum(addends, Decimal(0)), findings)


def _tell_total(
    row: TotalRow, cell: SourceCell, column: Column, value: Decimal | None, findings: Findings
) -> None:
    message = f"{quoted(row.total.label)}, «{column.heading[-1]}»: у джерелі "
    if not cell.text.strip():
        return
    if value is None and row.total.funds:
        message += f"{quoted(cell.text)}, а в рядках коштів цього джерела не вказано"
    else:
        told = "обчислити нема з чого" if value is None else f"обчислено {printed(value)}"
        message += f"{quoted(cell.text)}, {told}"
    hint = "підсумок не з цих рядків, або в рядках є помилка"
    findings.tell("import-figure", cell.place, message, hint)


def _not_compared(row: TotalRow, why: str, findings: Findings) -> None:
    """Tell of a printed total with nothing to compare it with."""
    shown = [one_line(one.text) for one in row.cells.values() if one.text.strip()]
    if shown:
        message = f"підсумок {quoted(row.total.label)} ({' / '.join(shown)}) не порівняно: {why}"
        hint = "звірте його з рядками самі"
        findings.tell("import-row-unclear", row.place, message, hint)
