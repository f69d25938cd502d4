"""Funds that the files of a programme name for its rows: evidence where a report prints none."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from reportgen.diagnostics import Diagnostic
from reportgen.load.period import load_period
from reportgen.model.council import Council
from reportgen.model.form import Form
from reportgen.model.period import Period
from reportgen.model.programme import Amount, Entry, Item, Programme, Value
from reportgen.source import parse


def named_funds(
    programme: Programme, periods: Mapping[str, str], form: Form, council: Council
) -> dict[str, dict[str, frozenset[str]]]:
    """Return the funds named for rows, by table and key.

    ``periods`` are the texts of the programme's period files, by the period's id. Money of none
    says nothing.
    """
    found: dict[str, dict[str, frozenset[str]]] = {}
    named = [*_of_programme(programme)]
    for period, text in periods.items():
        named += _of_period(text, Period.parse(period), form, council)
    for table, key, values in named:
        rows = found.setdefault(table, {})
        rows[key] = rows.get(key, frozenset()) | _funds(values)
    return found


def _funds(values: Mapping[str, Value]) -> frozenset[str]:
    amounts = (one for one in values.values() if isinstance(one, Amount))
    return frozenset(fund for one in amounts for fund, value in one.funds.items() if value)


def _of_programme(programme: Programme) -> Iterator[tuple[str, str, Mapping[str, Value]]]:
    for table, items in programme.outlines.items():
        for item in _all(items):
            yield table, item.key, item.values


def _all(items: Sequence[Item]) -> Iterator[Item]:
    return (one for item in items for one in item.walk())


def _of_period(
    text: str, period: Period, form: Form, council: Council
) -> Iterator[tuple[str, str, Mapping[str, Value]]]:
    found: list[Diagnostic] = []
    node, _ = parse(text, f"{period.id}.yaml")
    if node is None:
        return
    for table, rows in load_period(node, period, form, council, found).entries.items():
        yield from ((table, key, values) for key, values in _rows(rows))


def _rows(rows: Mapping[str, Entry]) -> Iterator[tuple[str, Mapping[str, Value]]]:
    for key, entry in rows.items():
        yield key, entry.values
        yield from _rows(entry.parts)
