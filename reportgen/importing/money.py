"""Where money comes from, when the form asks and the rows of a source do not say.

Totals by fund are evidence: one that equals the sum of all rows says that all is of its fund.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from reportgen.check.funds import funds_shown
from reportgen.importing.branches import ReadTable, TotalRow
from reportgen.importing.findings import Findings
from reportgen.importing.outline import Entry, rows_of
from reportgen.importing.values import ValueReader
from reportgen.model.council import Council
from reportgen.model.form import Column, Form, GivenBy, TableSection


def default_fund(  # noqa: PLR0913, PLR0917 - one call in one place
    form: Form,
    tables: Sequence[ReadTable],
    outlines: Mapping[str, Sequence[Entry]],
    values: ValueReader,
    council: Council,
    findings: Findings,
) -> str:
    """Return the fund of all money for which the source names none; «» where no form asks."""
    asked = [
        section for section in form.outlines
        if section.id in outlines and [*_plain(section, form, outlines[section.id])]
    ]  # fmt: skip
    if not asked or not council.funds:
        return ""
    evidence = [
        (row.total.funds, _is_all(row, table.section, form, outlines, values), row)
        for table in tables
        for row in table.totals
        if row.total.funds
    ]
    whole = [funds for funds, is_all, _ in evidence if is_all]
    if whole:
        return next(fund for fund in whole[0] if fund in council.funds)
    fund = "general" if "general" in council.funds else next(iter(council.funds))
    place = evidence[0][2].place if evidence else tables[0].branches[0].place
    message = f"джерело коштів у рядках не вказано: усі кошти записано як «{fund}»"
    hint = "впишіть справжні джерела у файл періоду: {general: …, special: …}"
    findings.tell("import-fund", place, message, hint)
    return fund


def asks_fund(form: Form, given: GivenBy) -> bool:
    """Tell whether a form shows by fund any money that one of the files gives."""
    return any(
        column.given is given and column.id in funds_shown(table, form)
        for table in form.outlines
        for column in table.fields
    )


def _plain(section: TableSection, form: Form, entries: Sequence[Entry]) -> Iterator[str]:
    """Yield the columns whose funds the form shows and some row does not name."""
    shown = funds_shown(section, form)
    for entry in (one for top in entries for one in top.walk()):
        for key, value in (*entry.given.items(), *entry.told.items()):
            if shown.get(key) and isinstance(value, str):
                yield key


def _is_all(
    row: TotalRow,
    section: TableSection,
    form: Form,
    outlines: Mapping[str, Sequence[Entry]],
    values: ValueReader,
) -> bool:
    """Tell whether a total by fund comes to the sum of all rows, in every column that it has."""
    base = form.table(section.summary_of) if section.summary_of else section
    typed = {key: values.amount(cell) for key, cell in row.cells.items()}
    compared = 0
    for column in section.fields:
        amount = typed.get(column.id)
        if amount is None or column.formula:
            continue
        addends = [*_amounts(column, base, outlines.get(base.id, ()))]
        if amount != sum(addends, Decimal(0)):
            return False
        compared += 1
    return compared > 0


def _amounts(column: Column, base: TableSection, entries: Sequence[Entry]) -> Iterator[Decimal]:
    key = column.share.column if column.share else column.id
    for entry in rows_of(base, entries):
        value = entry.told.get(key, entry.given.get(key))
        if isinstance(value, str):
            yield Decimal(value)
        elif isinstance(value, dict):
            yield from (Decimal(part) for part in value.values())
