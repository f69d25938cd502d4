"""The council's timetable: days, and what is wrong with it told at its place."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from outlines import FEW, PLACE
from small_project import COUNCIL, base, findings, lay

from reportgen.compute.standing import deadlines_of, goals_of, state_of
from reportgen.load import load_content
from reportgen.model.board import Counts, State
from reportgen.model.period import Part, Period
from reportgen.model.timetable import Due, Goal, Step

HALF = Period.parse("2023-h1")
DAY = st.dates(datetime.date(2001, 1, 1), datetime.date(2098, 1, 1))
PERIODS = st.builds(Period, st.integers(2000, 2099), st.sampled_from(Part))


@pytest.mark.parametrize(
    ("due", "period", "day"),
    [
        (Due(15, 7), "2023-h1", "2023-07-15"),
        (Due(15, 1), "2023", "2024-01-15"),
        (Due(15, 4), "2023-q1", "2023-04-15"),
        (Due(30, 6), "2023-h1", "2024-06-30"),  # on the last day of the period it is not over
        (Due(1, 2), "2023-9m", "2024-02-01"),
        (Due(29, 2), "2022", "2023-02-28"),
        (Due(29, 2), "2023", "2024-02-29"),
        (Due(15, None), "2023", "2024-01-15"),
        (Due(1, None), "2023-q1", "2023-04-01"),
    ],
)
def test_day(due: Due, period: str, day: str) -> None:
    assert due.after(Period.parse(period)).isoformat() == day


@given(st.integers(1, 28), st.one_of(st.none(), st.integers(1, 12)), PERIODS)
def test_a_step_is_due_within_a_year_after_its_period(
    day: int, month: int | None, period: Period
) -> None:
    due = Due(day, month).after(period)
    assert 0 < (due - period.last_day).days <= 366
    assert month is None or (due.day, due.month) == (day, month)


@FEW
@given(st.lists(st.tuples(st.sampled_from(Goal), st.integers(1, 60)), max_size=4), DAY)
def test_late_is_what_is_past_and_not_met(
    plan: list[tuple[Goal, int]], today: datetime.date
) -> None:
    steps = [Step("", "", goal, {Part.HALF: Due(days, None)}, PLACE) for goal, days in plan]
    met = frozenset((Goal.FILLED,))
    deadlines = deadlines_of(steps, HALF, today, met)
    assert [one.day for one in deadlines] == sorted(one.day for one in deadlines)
    assert sorted(one.step.goal.value for one in deadlines) == sorted(one.value for one, _ in plan)
    for one in deadlines:
        assert one.met == (one.step.goal in met)
        assert one.late == (0 if one.met else max(0, (today - one.day).days))
    assert not deadlines_of(steps, Period.parse("2023"), today, met)


COUNTS = st.integers(0, 3).flatmap(
    lambda lacking: st.builds(
        Counts,
        errors=st.integers(lacking, lacking + 2),
        lacking=st.just(lacking),
        warnings=st.integers(0, 2),
        notes=st.integers(0, 2),
    )
)


@given(COUNTS, st.booleans(), st.booleans(), st.booleans())
def test_a_later_goal_holds_only_with_those_before(
    counts: Counts,
    is_built: bool,  # noqa: FBT001
    is_signed: bool,  # noqa: FBT001
    is_read: bool,  # noqa: FBT001
) -> None:
    state = state_of(counts, is_built=is_built, is_signed=is_signed)
    assert (state in {State.ERRORS, State.DRAFT}) == (counts.errors > 0)
    goals = goals_of(state, counts, is_read=is_read)
    reached = [one in goals for one in Goal]
    assert reached == sorted(reached, reverse=True)
    assert (Goal.READY in goals) == (counts.errors == 0)
    assert Goal.FILLED not in goals or counts.lacking == 0


def council(timetable: str) -> dict[str, str]:
    return {COUNCIL: base(COUNCIL) + f"timetable:\n{timetable}"}


def test_read(tmp_path: Path) -> None:
    text = "  - {name: звіт, who: усі, done: built, due: {h1: 15 липня, year: 20 днів}}\n"
    found: list[object] = []
    content = load_content(lay(tmp_path, council(text)), found)  # type: ignore[arg-type]
    assert not found
    assert content.council
    [step] = content.council.timetable
    due = {Part.HALF: Due(15, 7), Part.YEAR: Due(20, None)}
    assert step == Step("звіт", "усі", Goal.BUILT, due, PLACE)


def test_there_need_not_be_one(tmp_path: Path) -> None:
    content = load_content(lay(tmp_path), [])
    assert content.council
    assert content.council.timetable == ()


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("  - {}\n", ["key-missing"] * 3),
        ("  звіт: 15 липня\n", ["value-type"]),
        ("  - 15 липня\n", ["value-type"]),
        ("  - {name: з, who: у, due: 15 липня}\n", ["value-type"]),
        ("  - {name: з, who: у, due: {}}\n", ["value-empty"]),
        ("  - {name: з, who: у, due: {h2: 15 липня}}\n", ["key-unknown", "value-empty"]),
        ("  - {name: з, who: у, done: archived, due: {h1: 1 днів}}\n", ["value-choice"]),
        ("  - {name: з, who: у, due: {h1: [1, 2]}}\n", ["value-type"]),
        ("  - {name: з, who: у, due: {h1: 07-15}}\n", ["date-invalid"]),
        ("  - {name: з, who: у, due: {h1: 367 днів}}\n", ["date-invalid"]),
        ("  - {name: з, who: у, due: {h1: 30 лютого}}\n", ["date-invalid"]),
        ("  - {name: з, who: у, due: {h1: ٣ днів}}\n", ["date-invalid"]),
    ],
)
def test_mistakes(tmp_path: Path, text: str, codes: list[str]) -> None:
    found = findings(tmp_path, council(text))
    assert sorted(one.code for one in found) == codes
    assert all(one.span.file == COUNCIL and one.span.line >= 4 for one in found)
