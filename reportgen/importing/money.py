"""Where money comes from, when the form asks and the rows of a source do not say.

Totals by fund are evidence: one that equals the sum of all rows says that all is of its fund.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from reportgen.check.funds import funds_shown
from reportgen.diagnostics import quoted
from reportgen.importing.amounts import printed
from reportgen.importing.branches import ReadTable, TotalRow
from reportgen.importing.findings import Findings
from reportgen.importing.outline import Entry, amounts_of
from reportgen.importing.values import ValueReader
from reportgen.model.council import Council
from reportgen.model.form import Form, GivenBy, Kind, TableSection


@dataclass(frozen=True, slots=True)
class DefaultFund:
    """The fund of all money for which the source names none; «» where none can be told.

    ``doubt`` is a remark for the period's file.
    """

    fund: str = ""
    doubt: str = ""


@dataclass(frozen=True, slots=True)
class _Foot:
    """A total by fund: its amounts by column, and the columns where all rows come to them."""

    row: TotalRow
    amounts: Mapping[str, Decimal]
    same: frozenset[str]

    @property
    def is_all(self) -> bool:
        return 0 < len(self.same) == len(self.amounts)


def default_fund(  # noqa: PLR0913, PLR0917 - one call in one place
    form: Form,
    tables: Sequence[ReadTable],
    outlines: Mapping[str, Sequence[Entry]],
    values: ValueReader,
    council: Council,
    findings: Findings,
) -> DefaultFund:
    """Return the fund of all money for which the source names none, where a form asks.

    Money of two funds in the foot, or of one that is nowhere the sum of all rows, says that the
    rows are of several: then no fund is claimed.
    """
    asked = [
        section for section in form.outlines
        if section.id in outlines and [*_plain(section, form, outlines[section.id])]
    ]  # fmt: skip
    if not asked or not council.funds:
        return DefaultFund()
    feet = [
        _foot(row, table.section, form, outlines, values)
        for table in tables
        for row in table.totals
        if row.total.funds and not row.total.level
    ]
    whole = next((one for one in feet if one.is_all), None)
    feet = [one for one in feet if any(one.amounts.values())]
    kinds = dict.fromkeys(one.row.total.funds for one in feet)
    if len(kinds) > 1 or (feet and not any(one.same for one in feet)):
        return _untold(feet, findings)
    known = [fund for fund in next(iter(kinds), ()) if fund in council.funds]
    if whole and not feet:  # nothing was spent, whoever's it was
        known = [fund for fund in whole.row.total.funds if fund in council.funds][:1]
    if len(known) == 1 and whole:
        return DefaultFund(known[0])
    usual = "general" if "general" in council.funds else next(iter(council.funds))
    fund = known[0] if known else usual
    first = next(branch for table in tables for branch in table.branches)
    place = feet[0].row.place if feet else first.place
    message = f"джерело коштів у рядках не вказано: усі кошти записано як «{fund}»"
    hint = "впишіть справжні джерела у файл періоду: {general: …, special: …}"
    findings.tell("import-fund", place, message, hint)
    choices = ", ".join(known if len(known) > 1 else council.funds)
    return DefaultFund(fund, f"джерело коштів не вказано: «{fund}» — припущення (є {choices})")


def _untold(feet: Sequence[_Foot], findings: Findings) -> DefaultFund:
    """Tell that rows are of several funds, which nobody can part by the foot alone."""
    said = [
        f"{quoted(one.row.total.label)} {' / '.join(map(printed, one.amounts.values()))}"
        for one in feet
    ]
    message = f"у підсумках є {'; '.join(said)}, а чиї кошти в якому рядку, не вказано"
    hint = "впишіть джерела в рядки файлу періоду: {general: …, special: …}"
    findings.tell("import-fund", feet[0].row.place, message, hint)
    return DefaultFund(doubt=f"джерела коштів у рядках не вказано; у підсумках {'; '.join(said)}")


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


def _foot(
    row: TotalRow,
    section: TableSection,
    form: Form,
    outlines: Mapping[str, Sequence[Entry]],
    values: ValueReader,
) -> _Foot:
    """Return what a total by fund shows, and where it comes to the sum of all rows."""
    base = form.table(section.summary_of) if section.summary_of else section
    columns = [
        one for one in section.fields
        if one.kind is Kind.MONEY and not one.formula and one.id in row.cells
    ]  # fmt: skip
    typed = {one.id: values.amount(row.cells[one.id]) for one in columns}
    amounts = {key: amount for key, amount in typed.items() if amount is not None}
    entries = outlines.get(base.id, ())
    sums = {one.id: sum(amounts_of(one, base, entries), Decimal(0)) for one in columns}
    return _Foot(row, amounts, frozenset(key for key in amounts if amounts[key] == sums[key]))
