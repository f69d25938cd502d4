"""What an amount of a report is, whatever the form calls its column."""

from __future__ import annotations

import enum
from collections.abc import Iterable
from typing import Protocol


class Meaning(enum.Enum):
    """What an amount is; the value is the id that its column usually has (docs/terms.md)."""

    PROGRAMME_PLAN = "programme_plan"
    ANNUAL_PLAN = "annual_plan"
    AMENDED_PLAN = "amended_plan"  # of forms that have the annual plan before changes too
    ACTUAL = "actual"


class _Column(Protocol):
    @property
    def id(self) -> str: ...
    @property
    def means(self) -> Meaning | None: ...
    @property
    def year(self) -> int | None: ...


def ids_by_meaning(columns: Iterable[_Column], year: int) -> dict[str, str]:
    """Return the ids of columns by what they mean in a report of this year.

    A column that says it comes before one whose id does; of the yearly ones it is the year's.
    """
    told = {one.means.value: one.id for one in columns if one.means and one.year in (None, year)}
    return {one.value: one.value for one in Meaning} | told


def meaning_of(column_id: str, means: Meaning | None) -> Meaning | None:
    """Return what the money of a column is, if it has a part in sums over reports."""
    return means or {one.value: one for one in Meaning}.get(column_id)
