"""What a report says that other reports can be held against: its rows, and their money.

A ``Statement`` holds plain values and places, and nothing of the report that it was taken from.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from reportgen.compute.rounding import round_half_up
from reportgen.diagnostics import Span
from reportgen.model.council import Decision
from reportgen.model.form import Form, Kind, TableSection
from reportgen.model.meaning import ids_by_meaning
from reportgen.model.period import Period
from reportgen.model.programme import (
    Amount,
    Entry,
    Executors,
    Item,
    Programme,
    Programmes,
    Term,
    Value,
)
from reportgen.model.report import Report

_UNIT = re.compile(r"(?:(тис|млн|млрд)\.? ?)?(?:грн|гривень)\.?")
_HRYVNIAS = {None: 1, "тис": 10**3, "млн": 10**6, "млрд": 10**9}

#: What is compared, and how it is called. The plan is that with changes where a form has both.
NAMES: Mapping[str, str] = {
    "programme_plan": "обсяг за програмою",
    "plan": "річний обсяг",
    "actual": "профінансовано",
}
RESOURCES = "resources"  # the amount of a form that gives either it or the programme that pays


@dataclass(frozen=True, slots=True)
class Passport:
    """What a programme's passport says that the register and other passports can say too."""

    slug: str
    name: str
    decision: Decision | None
    term: Term | None
    span: Span
    executor: str  # the id of the body that answers for it; "" if none is named


@dataclass(frozen=True, slots=True)
class Unit:
    """The unit that a column prints money in: «тис. грн», how much that is, and the places."""

    name: str
    hryvnias: int
    decimals: int

    @property
    def step(self) -> Decimal:
        """What the last printed place is worth, in hryvnias."""
        return Decimal(self.hryvnias).scaleb(-self.decimals)


@dataclass(frozen=True, slots=True)
class Sum:
    """An amount as its column has it."""

    value: Decimal
    unit: Unit
    span: Span

    @property
    def hryvnias(self) -> Decimal:
        """The exact amount in hryvnias."""
        return self.value * self.unit.hryvnias

    def __str__(self) -> str:
        printed = f"{round_half_up(self.value, self.unit.decimals):f}".replace(".", ",")
        return f"{printed} {self.unit.name}"


@dataclass(frozen=True, slots=True)
class Line:
    """A row; ``cites`` are the folders of the programmes it names, "" for one without reports."""

    key: str
    text: str
    executors: tuple[str, ...]  # ids
    cites: tuple[str, ...]
    sums: Mapping[str, Sum]  # by the keys of ``NAMES``, and ``RESOURCES``
    span: Span


@dataclass(frozen=True, slots=True)
class Statement:
    """The rows of one report, without parts; a form in an unknown unit has no sums."""

    slug: str
    name: str
    period: Period
    lines: tuple[Line, ...]


def passport_of(programme: Programme) -> Passport:
    """Return what the passport of a programme says."""
    return Passport(
        slug=programme.slug,
        name=programme.name,
        decision=programme.decision,
        term=programme.term,
        span=programme.span,
        executor=programme.executor.id if programme.executor else "",
    )


def statement_of(report: Report) -> Statement:
    """Return what a report, loaded without errors, says."""
    programme = report.programme
    lines = (line for table in report.form.outlines for line in _lines(report, table))
    return Statement(programme.slug, programme.name, report.period.period, tuple(lines))


def hryvnias(unit: str) -> int:
    """Return how many hryvnias a form's unit of money is, 0 for one that is not known."""
    known = _UNIT.fullmatch(" ".join(unit.split()))
    return _HRYVNIAS[known[1]] if known else 0


def _lines(report: Report, table: TableSection) -> Iterator[Line]:
    main = table.rows[0].id
    sums = _Sums(report.form, table, report.period.period.year)
    entries = report.period.entries[table.id]
    for item in report.programme.items(table.id):
        if item.level == main and item.key in entries:
            yield _line(item, entries[item.key], sums)


def _line(item: Item, entry: Entry, sums: _Sums) -> Line:
    values = {**item.values, **entry.values}
    bodies: tuple[str, ...] = ()
    cites: tuple[str, ...] = ()
    for value in values.values():
        if isinstance(value, Executors):
            bodies = tuple(sorted(one.id for one in value.bodies))
        elif isinstance(value, Programmes):
            cites = tuple(one.slug for one in value.programmes)
    return Line(item.key, item.text, bodies, cites, sums.of(values), entry.span)


class _Sums:
    """Takes the sums of a table's rows."""

    def __init__(self, form: Form, table: TableSection, year: int) -> None:
        worth = hryvnias(form.unit)
        units = {one.id: Unit(form.unit, worth, one.decimals) for one in table.fields if worth}
        money = {one.id for one in table.fields if one.kind is Kind.MONEY}
        ids = ids_by_meaning(table.fields, year)
        plan = "amended_plan" if ids["amended_plan"] in money else "annual_plan"
        keys = {"programme_plan": "programme_plan", plan: "plan", "actual": "actual"}
        asked = {ids[one]: key for one, key in keys.items() if ids[one] in money}
        asked |= {one.id: RESOURCES for one in table.fields if one.kind is Kind.FUNDING}
        self._columns = [(one, key, units[one]) for one, key in asked.items() if one in units]

    def of(self, values: Mapping[str, Value]) -> dict[str, Sum]:
        """Return what a row gives of them."""
        return {
            key: Sum(value.value, unit, value.span)
            for column, key, unit in self._columns
            if isinstance(value := values.get(column), Amount)
        }
