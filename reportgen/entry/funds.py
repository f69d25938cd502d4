"""By which funds the money of a column is asked for."""

from __future__ import annotations

from collections.abc import Iterator

from reportgen.check.funds import funds_shown
from reportgen.entry.rows import outline_rows
from reportgen.model.form import Column, TableSection
from reportgen.model.programme import Amount
from reportgen.model.report import Report


def funds_of(
    column: Column, table: TableSection, report: Report, earlier: Report | None
) -> tuple[str, ...]:
    """Return the funds by which a column's money is asked for; "" stands for "as a whole".

    They are those that the content of this or the last period uses, and those that the form shows
    apart in columns or rows; where it shows funds at all and content names none, all that it shows.
    """
    used = {*_used(column, table, report), *(_used(column, table, earlier) if earlier else ())}
    shares = (one.share for one in table.fields if one.share and one.share.column == column.id)
    apart = {fund for one in shares for fund in one.funds}
    apart.update(fund for split in table.splits for fund in split.funds)
    if not used and not apart:
        apart = funds_shown(table, report.form).get(column.id, set())
    known = (*report.council.funds, "")
    return tuple(one for one in known if one in used | apart) or ("",)


def _used(column: Column, table: TableSection, report: Report) -> Iterator[str]:
    if table.id not in report.period.entries:  # a form that was replaced
        return
    for row in outline_rows(report, report.form.table(table.id)):
        value = row.entry.values.get(column.id) if row.entry else None
        if isinstance(value, Amount):
            yield from value.funds or ("",)
