"""The council's timetable: which step of reporting is due when."""

from __future__ import annotations

import calendar
import datetime
import enum
from collections.abc import Mapping
from dataclasses import dataclass, field

from reportgen.diagnostics import Span
from reportgen.model.period import Part, Period


class Goal(enum.Enum):
    """What a report must have come to for a step to be done; the value is as typed.

    Each holds whenever a later one does, so what follows building has its place after `BUILT`.
    """

    FILLED = "filled"  # nothing is left to be written
    READY = "ready"  # no errors either
    BUILT = "built"  # its files lie in the output folder, made from what content says now
    SIGNED = "signed"  # and all have signed that very PDF


@dataclass(frozen=True, slots=True)
class Due:
    """When a step is due: on the first such day after a period, or some days after it.

    The first 15 January after a year is in the next one. 29 February is the last of that month.
    """

    day: int
    month: int | None  # None: ``day`` counts days after the last of the period

    def after(self, period: Period) -> datetime.date:
        """Return the day on which the step is due for a period."""
        last = period.last_day
        if self.month is None:
            return last + datetime.timedelta(days=self.day)
        this, following = (self._in(last.year + later, self.month) for later in (0, 1))
        return this if this > last else following

    def _in(self, year: int, month: int) -> datetime.date:
        return datetime.date(year, month, min(self.day, calendar.monthrange(year, month)[1]))


@dataclass(frozen=True, slots=True)
class Step:
    """One step: who does what by when. It is not due for a kind of period without a day."""

    name: str
    who: str  # as printed: a body, or a part that somebody plays
    goal: Goal
    due: Mapping[Part, Due]
    span: Span = field(compare=False)
