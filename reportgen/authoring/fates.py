"""What becomes of a value when the next period's file is made from the last one.

Within a year plans stay and what was done does not: figures are cumulative from 1 January, so the
last ones are only where to go on from. Another year has a budget of its own.
"""

from __future__ import annotations

import enum
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from reportgen.authoring.entries import is_empty
from reportgen.model.form import Column, Form, GivenBy, Kind, TableSection
from reportgen.model.formula import Binary, Expression, divisors, names
from reportgen.model.period import Period

_PLANS = frozenset(("plan", "planned", "approved"))
_YEAR = re.compile(r"20[0-9]{2}")
_OF_YEAR = re.compile(r".+_(20[0-9]{2})")
_REFERENCES = (Kind.EXECUTORS, Kind.PROGRAMMES)


class Fate(enum.Enum):
    """What becomes of a key and its value."""

    CARRIED = enum.auto()  # both stay
    EMPTIED = enum.auto()  # the key stays, a remark shows the value
    SHOWN = enum.auto()  # only the remark stays: nobody need write it again
    GONE = enum.auto()  # the form has no such key any more


@dataclass(frozen=True, slots=True)
class Step:
    """From one period to another, by the form of the latter."""

    form: Form
    last: Period
    now: Period

    def of_value(self, tables: Iterable[TableSection], key: str, value: object) -> Fate:
        """Return the fate of what a row, or ``defaults``, gives for a key."""
        if key == "fund":
            return Fate.CARRIED
        if key == "status":
            return Fate.SHOWN
        for table in tables:
            for column in table.fields:
                if column.id == key and column.formula:
                    return Fate.SHOWN  # a declared value needs the reason of its period
                if column.id == key and column.given is GivenBy.PERIOD:
                    stays = is_empty(value) or self._stays(table, column, value)
                    return Fate.CARRIED if stays else Fate.EMPTIED
        return Fate.GONE

    def of_text(self, value: object) -> Fate:
        """Return the fate of a fact or a narrative."""
        return Fate.CARRIED if is_empty(value) else Fate.EMPTIED

    def _stays(self, table: TableSection, column: Column, value: object) -> bool:
        if column.kind in _REFERENCES or (column.kind is Kind.FUNDING and isinstance(value, list)):
            return True
        if column.kind is Kind.NARRATIVE:
            return False
        if not column.kind.is_figure and column.kind is not Kind.FUNDING:
            return self._speaks_of_now(column, value)
        same = self.last.year == self.now.year
        year = year_of(column.id)
        if year in (None, self.now.year):
            return same and is_plan(table, column.id)
        # The figures of other years are not changed by this one, but for those of the last report.
        return year != self.last.year or is_plan(table, column.id)

    def _speaks_of_now(self, column: Column, value: object) -> bool:
        """Tell whether a text is a term that holds in the new period too."""
        if column.kind is not Kind.YEARS and column.id != "term":
            return False
        years = [int(one) for one in _YEAR.findall(str(value))] or [self.now.year]
        same = self.last.year == self.now.year
        return same or min(years) <= self.now.year <= max(years)


def is_plan(table: TableSection, column_id: str) -> bool:
    """Tell whether a column holds what is planned for the year.

    It says so itself, as ``annual_plan`` does, or percents are counted from it and not of it.
    """
    if not _PLANS.isdisjoint(column_id.split("_")):
        return True
    shared = {one.id: one.share.column for one in table.fields if one.share}
    percents = [one.formula for one in table.fields if one.kind is Kind.PERCENT and one.formula]
    bases = {name for one in percents for base in divisors(one) for name in names(base)}
    counted = {name for one in percents for name in _counted(one)}
    return column_id in {shared.get(one, one) for one in bases} - {
        shared.get(one, one) for one in counted
    }


def _counted(expression: Expression) -> Iterator[str]:
    """Yield the columns of a formula that nothing is divided by."""
    if isinstance(expression, Binary):
        yield from _counted(expression.left)
        if expression.operator != "/":
            yield from _counted(expression.right)
    else:
        yield from names(expression)


def year_of(column_id: str) -> int | None:
    """Return the year of a column that stands for one in each year: ``plan_2024``."""
    match = _OF_YEAR.fullmatch(column_id)
    return int(match[1]) if match else None
