"""What a period's file has to have and has not: columns of rows, facts, narratives."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any

from reportgen.authoring.fates import Step, year_of
from reportgen.check.funds import funds_shown
from reportgen.model.form import (
    Column,
    Fact,
    FactsSection,
    Form,
    GivenBy,
    Kind,
    Level,
    NarrativeSection,
    TableSection,
)
from reportgen.model.period import Period


def given_columns(table: TableSection) -> list[Column]:
    """Return the columns that a period's file gives."""
    return [one for one in table.fields if one.given is GivenBy.PERIOD]


def heading_of(column: Column) -> str:
    """Return what a column is called, on one line; "" for one that only a template can tell."""
    heading = " ".join(" ".join(column.heading).split())
    return "" if "{{" in heading else heading


def given_texts(form: Form, given: GivenBy = GivenBy.PERIOD) -> Iterator[Fact | NarrativeSection]:
    """Yield the facts and narratives that one file gives, in the form's order."""
    for section in form.sections:
        facts = section.facts if isinstance(section, FactsSection) else ()
        own = (section,) if isinstance(section, NarrativeSection) else facts
        yield from (one for one in own if one.given is given)


def usual_keys(rows: Sequence[Mapping[str, Any]], table: TableSection, period: Period) -> set[str]:
    """Return what a new row is to give: what others do; without others, all but other years."""
    if rows:
        return {key for row in rows for key in row}
    years = (None, period.year)
    return {one.id for one in given_columns(table) if year_of(one.id) in years}


def usual_defaults(form: Form) -> list[str]:
    """Return what a file that is begun gives for all rows at once."""
    tables = form.outlines
    shown = any(funds_shown(table, form) for table in tables)
    columns = [one for table in tables for one in given_columns(table)]
    terms = [one.id for one in columns if one.kind is Kind.YEARS or one.id == "term"]
    return [*(["fund"] if shown else []), *dict.fromkeys(terms)]


def missing_columns(  # noqa: PLR0913 - all that it depends on
    table: TableSection,
    row: Mapping[str, Any],
    step: Step,
    before: Form | None,
    *,
    elsewhere: Collection[str],
    usual: Collection[str],
    is_part: bool,
) -> list[Column]:
    """Return the columns that a row must be given.

    Args:
        table: the table of the row.
        row: what the row gives already.
        step: from the last period to the new one.
        before: the edition of the form that the last file was written for.
        elsewhere: what ``defaults`` give.
        usual: what this row gives like all others; nothing for a row that was there before.
        is_part: whether it is a part of a row, which shows its money alone.
    """
    known = {one.id for one in _columns(before, table.id)} if before else set()

    def wanted(column: Column) -> bool:
        if is_part:
            return column.kind is Kind.MONEY and (column.required or column.id in usual)
        if column.id in elsewhere:
            return False
        added = bool(known) and column.id not in known
        return column.required or added or column.id in usual or _is_next(column, row, step)

    return [one for one in given_columns(table) if one.id not in row and wanted(one)]


def put_in(kept: Sequence[str], added: Iterable[str], order: Sequence[str]) -> list[str]:
    """Return keys with those that are added, each behind the nearest one before it in the order."""
    keys = [*kept]
    for key in added:
        before = [one for one in order[: order.index(key)] if one in keys]
        keys.insert(keys.index(before[-1]) + 1 if before else 0, key)
    return keys


def asked_texts(form: Form, root: Mapping[str, Any], before: Form | None) -> list[str]:
    """Return the facts and narratives that a file must be given."""
    known = {one.id for one in given_texts(before)} if before else set()
    return [
        one.id
        for one in given_texts(form)
        if one.id not in root and (one.required or (before and one.id not in known))
    ]


def row_levels(table: TableSection) -> list[Level]:
    """Return the levels by which a period's file finds the rows of a table."""
    return [*table.restarting, table.rows[0]]


def _columns(form: Form, table_id: str) -> list[Column]:
    return [one for table in form.outlines if table.id == table_id for one in given_columns(table)]


def _is_next(column: Column, row: Mapping[str, Any], step: Step) -> bool:
    """Tell whether it is the new year's column where the row has that of the last year."""
    if year_of(column.id) != step.now.year or step.last.year == step.now.year:
        return False
    return f"{column.id.removesuffix(str(step.now.year))}{step.last.year}" in row
