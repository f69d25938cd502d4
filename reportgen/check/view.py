"""A report as rules look at it: each row of the programme with what the period says of it.

Rules ask for amounts by what they mean, which a column's id or its ``means`` says, and for other
columns by the ids of ``docs/terms.md``; they stay silent where a form has none of them. The view is
built once for all rules.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal, Overflow

from reportgen.check.faults import as_read
from reportgen.compute.evaluate import evaluate
from reportgen.compute.figures import figures_of
from reportgen.compute.rounding import round_half_up
from reportgen.diagnostics import Span
from reportgen.model.form import TableSection
from reportgen.model.formula import Expression, Name, divisors, names
from reportgen.model.meaning import ids_by_meaning
from reportgen.model.programme import Amount, Declared, Entry, Item, Text, Value
from reportgen.model.report import Report

_IN_HRYVNIAS, _THOUSAND = 100, 1000  # a year's plan is seldom below a tenth of the programme's
_EXACT = 20  # places: sums of money have fewer


@dataclass(frozen=True, slots=True)
class Row:
    """A row that both files have, with its parts; what could not be read counts as not given."""

    table: TableSection
    item: Item
    entry: Entry
    values: Mapping[str, Value]
    parts: tuple[Row, ...]
    columns: Mapping[str, str]  # the ids of columns by what they mean

    @property
    def key(self) -> str:
        """How messages name the row."""
        return self.item.key

    def amount(self, column: str) -> Decimal | None:
        """Return the exact amount of a column; ``None`` where there is none."""
        value = self.values.get(self._id(column))
        return value.value if isinstance(value, Amount) else None

    def written(self, column: str, value: Decimal | None = None) -> str:
        """Return the amount of a column, or another value, as the column prints it."""
        given = self.amount(column) if value is None else value
        return written(given or Decimal(0), self.places(column))

    def places(self, column: str) -> int:
        """Return how many decimals a column has."""
        return next(one.decimals for one in self.table.fields if one.id == self._id(column))

    def text(self, column: str) -> str:
        """Return a text as one string, "" where there is none."""
        value = self.values.get(column)
        return "\n".join(value.paragraphs) if isinstance(value, Text) else ""

    def place(self, column: str) -> Span:
        """Return where a value stands; the row's own place for one that is not given."""
        value = self.values.get(self._id(column))
        return self.entry.span if value is None else value.span

    def _id(self, column: str) -> str:
        return self.columns.get(column, column)

    def walk(self) -> Iterator[Row]:
        """Yield the row and its parts, top down."""
        yield self
        for part in self.parts:
            yield from part.walk()


@dataclass(frozen=True, slots=True)
class View:
    """One report and, if there is one, the nearest earlier report of the same year."""

    report: Report
    earlier: Report | None
    rows: tuple[Row, ...]  # the main ones; parts are below them
    everything: tuple[Row, ...]  # all rows and parts, in order

    @classmethod
    def of(
        cls, report: Report, earlier: Report | None = None, wrong: frozenset[Span] = frozenset()
    ) -> View:
        """Return the view of a report; ``wrong`` are the places of errors in its files."""
        rows = tuple(rows_of(report, wrong))
        return cls(report, earlier, rows, tuple(one for row in rows for one in row.walk()))


def rows_of(report: Report, wrong: frozenset[Span] = frozenset()) -> Iterator[Row]:
    """Yield the main rows that both the programme and the period have."""
    for table in report.form.outlines:
        main = table.rows[0].id
        columns = ids_by_meaning(table.fields, report.period.period.year)
        entries = report.period.entries[table.id]
        for item in report.programme.items(table.id):
            if item.level == main and item.key in entries and entries[item.key].readable:
                yield _row(table, item, entries[item.key], columns, wrong)


def _row(
    table: TableSection,
    item: Item,
    entry: Entry,
    columns: Mapping[str, str],
    wrong: frozenset[Span],
) -> Row:
    parts = (
        _row(table, child, entry.parts[child.key], columns, wrong)
        for child in item.children
        if child.key in entry.parts and entry.parts[child.key].readable
    )
    given = {**item.values, **entry.values}
    values = {key: as_read(one, wrong) for key, one in given.items()} if wrong else given
    return Row(table, item, entry, values, tuple(parts), columns)


def written(value: Decimal, places: int) -> str:
    """Return a number for a message: rounded as it is printed, with a comma."""
    return f"{round_half_up(value, places):f}".replace(".", ",")


def unit_hint(report: Report, value: Decimal | None, usual: Decimal | None) -> str:
    """Return what to ask of an amount about a thousand times what it can be, "" of another."""
    if report.form.unit != "тис. грн" or not value or not usual or usual < 0:
        return ""
    if not _IN_HRYVNIAS * usual <= value <= _THOUSAND * usual:
        return ""
    return f"чи не в гривнях записано? Тут пишуть {report.form.unit}: "


def formula_of(table: TableSection, column: str) -> Expression | None:
    """Return the formula of a column, if the table has such a column and it is computed."""
    return next((one.formula for one in table.fields if one.id == column), None)


def computed(table: TableSection, values: Mapping[str, Value], column: str) -> Decimal | None:
    """Return what a column's formula gives, whatever is declared instead."""
    own = {key: one for key, one in values.items() if not isinstance(one, Declared)}
    decimals = {one.id: one.decimals for one in table.fields}
    try:
        return figures_of(own, table.fields, (), decimals)[column]
    except Overflow:  # that is told when the document is made
        return None


def base_is_zero(row: Row, column: str) -> bool:
    """Tell whether a column's formula divides by something that is zero in this row."""
    formula = formula_of(row.table, column)
    return formula is not None and any(_is_zero(row, one) for one in divisors(formula))


def _is_zero(row: Row, divisor: Expression) -> bool:
    if isinstance(divisor, Name):  # as a rule; the plan itself
        return row.amount(divisor.id) == 0
    amounts = {one: row.amount(one) for one in names(divisor)}
    try:
        return evaluate(divisor, amounts, _EXACT) == 0
    except Overflow:
        return False
