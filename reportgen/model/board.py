"""The board: how far the report of each programme has come for a period, and what is late."""

from __future__ import annotations

import datetime
import enum
from collections.abc import Mapping
from dataclasses import dataclass

from reportgen.model.period import Period
from reportgen.model.timetable import Step


class State(enum.Enum):
    """How far a report has come, as a board lists them."""

    NO_FILE = "no_file"
    ERRORS = "errors"
    DRAFT = "draft"  # all of its errors only say what is not written yet
    WARNINGS = "warnings"
    READY = "ready"
    BUILT = "built"  # whatever warnings it has: whoever built it has seen them
    SIGNED = "signed"  # by all who were to sign it, and it is what is built now
    NOT_RUNNING = "not_running"  # the programme, that year; nor is there a file: nobody waits
    NOT_REPORTED = "not_reported"  # it reports for other kinds of period; nor is there a file


@dataclass(frozen=True, slots=True)
class Counts:
    """How many findings a report has; ``lacking`` are the errors of what is not written yet."""

    errors: int = 0
    lacking: int = 0
    warnings: int = 0
    notes: int = 0


@dataclass(frozen=True, slots=True)
class Deadline:
    """A step that is due for a report; ``late`` counts the days since, 0 for one in time."""

    step: Step
    day: datetime.date
    met: bool
    late: int


@dataclass(frozen=True, slots=True)
class Standing:
    """One programme on the board."""

    id: str  # of its folder, or in the register where it has none
    name: str
    executor: str  # the body that answers for it, "" where content does not say
    state: State
    counts: Counts
    deadlines: tuple[Deadline, ...]  # by day
    source: str  # the period's file below the project's folder, whether it is there or not; or ""
    files: tuple[str, ...]  # below the output folder: made from what content says now
    outdated: bool  # there are files that are not
    signed: str = ""  # the signed PDF below the project's folder; "" unless all have signed it

    @property
    def late(self) -> int:
        """The days of the step that is late by most of them."""
        return max((one.late for one in self.deadlines), default=0)


@dataclass(frozen=True, slots=True)
class Board:
    """All programmes of a council, those that are late by most days first."""

    council: str
    period: Period
    today: datetime.date
    standings: tuple[Standing, ...]

    @property
    def late(self) -> int:
        """How many programmes are late."""
        return sum(one.late > 0 for one in self.standings)

    @property
    def states(self) -> Mapping[State, int]:
        """How many programmes there are in each state."""
        return {state: sum(one.state is state for one in self.standings) for state in State}
