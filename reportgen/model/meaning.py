"""What an amount of a report is, whatever the form calls its column."""

from __future__ import annotations

import enum


class Meaning(enum.Enum):
    """What an amount is; the value is the id that its column usually has (docs/terms.md)."""

    PROGRAMME_PLAN = "programme_plan"
    ANNUAL_PLAN = "annual_plan"
    AMENDED_PLAN = "amended_plan"  # of forms that have the annual plan before changes too
    ACTUAL = "actual"


def meaning_of(column_id: str, means: str) -> Meaning | None:
    """Return what the money of a column is, if it has a part in sums over reports."""
    by_id = {one.value: one for one in Meaning}
    return by_id.get(means or column_id)
