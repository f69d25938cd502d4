"""How far a report has come, and which steps of the timetable are late for it."""

from __future__ import annotations

import datetime
from collections.abc import Iterable

from reportgen.model.board import Counts, Deadline, State
from reportgen.model.period import Period
from reportgen.model.timetable import Goal, Step


def state_of(counts: Counts, *, is_built: bool, is_signed: bool) -> State:
    """Return the state of a report whose file is there."""
    if counts.errors:
        return State.DRAFT if counts.errors == counts.lacking else State.ERRORS
    if is_built:
        return State.SIGNED if is_signed else State.BUILT
    return State.WARNINGS if counts.warnings else State.READY


def goals_of(state: State, counts: Counts, *, is_read: bool) -> frozenset[Goal]:
    """Return the goals that a report has come to.

    Of one that is not ``is_read`` to its end nobody knows whether it lacks anything.
    """
    if state is State.SIGNED:
        return frozenset(Goal)
    if state is State.BUILT:
        return frozenset(Goal) - {Goal.SIGNED}
    if state in {State.WARNINGS, State.READY}:
        return frozenset((Goal.FILLED, Goal.READY))
    if state is State.ERRORS and is_read and not counts.lacking:
        return frozenset((Goal.FILLED,))
    return frozenset()


def deadlines_of(
    steps: Iterable[Step], period: Period, today: datetime.date, met: frozenset[Goal]
) -> tuple[Deadline, ...]:
    """Return the steps that are due for a period, by day; on its day a step is not late yet."""
    due = ((one.due[period.part].after(period), one) for one in steps if period.part in one.due)
    return tuple(
        Deadline(step, day, step.goal in met, max(0, (today - day).days) * (step.goal not in met))
        for day, step in sorted(due, key=lambda pair: pair[0])
    )
