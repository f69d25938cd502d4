"""Which funds a form shows of each column's money."""

from __future__ import annotations

from collections.abc import Iterator

from reportgen.model.form import Form, TableSection


def funds_shown(table: TableSection, form: Form) -> dict[str, set[str]]:
    """Return, by column id, the funds that some total, share or row shows apart.

    A column that is not in it is never asked for funds; money of a fund that is not shown would be
    missing from the document without a word.
    """
    shown: dict[str, set[str]] = {}
    for column, funds in (*_within(table), *_summaries(table, form)):
        if funds:
            shown.setdefault(column, set()).update(funds)
    return shown


def _within(table: TableSection) -> Iterator[tuple[str, tuple[str, ...]]]:
    bases = {one.id: one.share.column for one in table.fields if one.share}
    for column in table.fields:
        if column.share:
            yield column.share.column, column.share.funds
        for split in table.splits if column.is_split else ():
            yield bases.get(column.id, column.id), split.funds
    for total in table.totals:
        for column_id in total.columns:
            yield bases.get(column_id, column_id), total.funds


def _summaries(table: TableSection, form: Form) -> Iterator[tuple[str, tuple[str, ...]]]:
    for summary in form.tables:
        if summary.summary_of != table.id:
            continue
        for column in summary.fields:
            if column.share:
                yield column.share.column, column.share.funds
                for total in summary.totals:
                    yield column.share.column, total.funds
