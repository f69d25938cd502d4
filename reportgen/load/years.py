"""Columns that stand for one column in each year of the programme."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import reduce

from reportgen.model.form import Column, Form, TableSection, Total
from reportgen.model.formula import Binary, Expression, Name
from reportgen.model.programme import Term


def with_years(form: Form, term: Term) -> Form:
    """Return the form with its yearly columns written out for the programme's years.

    Column ``plan`` becomes ``plan_2024``, ``plan_2025`` …; ``{year}`` in its heading is the year;
    a total over ``plan`` adds each of them, and a formula with ``plan`` means their sum.
    """
    if not any(column.yearly for table in form.tables for column in table.fields):
        return form
    years = range(term.first, term.last + 1)
    return replace(
        form,
        sections=tuple(
            _table(section, years) if isinstance(section, TableSection) else section
            for section in form.sections
        ),
    )


def _table(table: TableSection, years: range) -> TableSection:
    yearly = {column.id for column in table.fields if column.yearly}
    fields = tuple(one for column in table.fields for one in _written_out(column, yearly, years))
    return replace(
        table, fields=fields, totals=tuple(_total(one, yearly, years) for one in table.totals)
    )


def _written_out(column: Column, yearly: set[str], years: range) -> Iterator[Column]:
    if column.formula:
        column = replace(column, formula=_summed(column.formula, yearly, years))
    if not column.yearly:
        yield column
        return
    for year in years:
        yield replace(
            column,
            id=f"{column.id}_{year}",
            heading=tuple(one.replace("{year}", str(year)) for one in column.heading),
            yearly=False,
        )


def _total(total: Total, yearly: set[str], years: range) -> Total:
    columns = (
        one
        for column in total.columns
        for one in ([f"{column}_{year}" for year in years] if column in yearly else [column])
    )
    return replace(total, columns=tuple(columns))


def _summed(expression: Expression, yearly: set[str], years: range) -> Expression:
    match expression:
        case Name(name) if name in yearly:
            terms: list[Expression] = [Name(f"{name}_{year}") for year in years]
            return reduce(lambda left, right: Binary("+", left, right), terms)
        case Binary(operator, left, right):
            return Binary(operator, _summed(left, yearly, years), _summed(right, yearly, years))
    return expression
