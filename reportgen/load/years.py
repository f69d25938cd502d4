"""Columns that stand for one column in each year of the programme."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import reduce

from reportgen.model.form import Column, Form, TableSection, Total
from reportgen.model.formula import Binary, Expression, Name
from reportgen.model.programme import Term


def has_years(form: Form) -> bool:
    """Whether some column of the form stands for several."""
    return any(column.yearly for table in form.tables for column in table.fields)


def with_years(form: Form, term: Term) -> Form:
    """Return the form with its yearly columns written out for the programme's years.

    Column ``plan`` becomes ``plan_2024``, ``plan_2025`` …; ``{year}`` in its heading is the year;
    a total over ``plan`` adds each of them, and a formula with ``plan`` means their sum. In a
    column that is yearly itself ``plan`` is that of its own year.
    """
    if not has_years(form):
        return form
    years = range(term.first, term.last + 1)
    return replace(
        form,
        sections=tuple(
            _table(section, form, years) if isinstance(section, TableSection) else section
            for section in form.sections
        ),
    )


def _table(table: TableSection, form: Form, years: range) -> TableSection:
    base = form.table(table.summary_of) if table.summary_of else table
    yearly = {column.id for one in (table, base) for column in one.fields if column.yearly}
    fields = tuple(one for column in table.fields for one in _written_out(column, yearly, years))
    return replace(
        table, fields=fields, totals=tuple(_total(one, yearly, years) for one in table.totals)
    )


def _written_out(column: Column, yearly: set[str], years: range) -> Iterator[Column]:
    if not column.yearly:
        yield replace(column, formula=_of(column.formula, yearly, years))
        return
    for position, year in enumerate(years):
        share = column.share
        if share and share.column in yearly:
            share = replace(share, column=f"{share.column}_{year}")
        yield replace(
            column,
            id=f"{column.id}_{year}",
            heading=tuple(one.replace("{year}", str(year)) for one in column.heading),
            label=_counted(column.label, position),
            formula=_of(column.formula, yearly, range(year, year + 1)),
            share=share,
            yearly=False,
            year=year,
        )


def _counted(label: str, position: int) -> str:
    """Return the label of a column's year: a number counts on, other text stays as it is."""
    return str(int(label) + position) if label.isdecimal() else label


def _total(total: Total, yearly: set[str], years: range) -> Total:
    columns = (
        one
        for column in total.columns
        for one in ([f"{column}_{year}" for year in years] if column in yearly else [column])
    )
    at = f"{total.at}_{years[0]}" if total.at in yearly else total.at
    return replace(total, columns=tuple(columns), at=at)


def _of(formula: Expression | None, yearly: set[str], years: range) -> Expression | None:
    return _summed(formula, yearly, years) if formula else None


def _summed(expression: Expression, yearly: set[str], years: range) -> Expression:
    match expression:
        case Name(name) if name in yearly:
            terms: list[Expression] = [Name(f"{name}_{year}") for year in years]
            return reduce(lambda left, right: Binary("+", left, right), terms)
        case Binary(operator, left, right):
            return Binary(operator, _summed(left, yearly, years), _summed(right, yearly, years))
    return expression
