"""The board in words, and as plain values: what the page, the table and the files show."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator
from typing import Any

from reportgen.model.board import Board, Deadline, Standing, State

#: Every state as people call it.
STATES = {
    State.NO_FILE: "немає файлу",
    State.ERRORS: "помилки",
    State.DRAFT: "чернетка",
    State.WARNINGS: "попередження",
    State.READY: "готовий",
    State.BUILT: "складено",
    State.SIGNED: "підписано",
    State.NOT_RUNNING: "цього року не діє",
    State.NOT_REPORTED: "за такий період не звітує",
}
_NO_EXECUTOR = "виконавця не вказано"


def heading(board: Board) -> str:
    """Return what the board is about."""
    return f"Стан звітів за {board.period}"


def dated(board: Board) -> str:
    """Return the day that everything on the board is reckoned from."""
    return f"Станом на {board.today:%d.%m.%Y}"


def summary(board: Board) -> str:
    """Return how many programmes there are in each state, and how many are late."""
    states = (f"{STATES[one]} — {number}" for one, number in board.states.items() if number)
    return f"Програм: {len(board.standings)}; {', '.join((*states, f'прострочено — {board.late}'))}"


def remark(one: Standing) -> str:
    """Return what keeps a report from being done; "" if nothing does."""
    counts = one.counts
    parts = (
        (counts.lacking, f"бракує значень: {counts.lacking}"),
        (counts.errors - counts.lacking, f"помилок: {counts.errors - counts.lacking}"),
        (counts.warnings, f"попереджень: {counts.warnings}"),
        (one.outdated, "складені файли застаріли"),
    )
    return ", ".join(text for counted, text in parts if counted)


def steps(board: Board) -> list[str]:
    """Return the steps of the timetable that are due for the period, by day: the numbers of all."""
    known = next((one.deadlines for one in board.standings if one.deadlines), ())
    return [f"{until(one)} — {called(one)}" for one in known]


def due_texts(one: Standing) -> list[str]:
    """Return the steps that are late, by their numbers, and the next to come."""
    late = [f"крок {at}, {until(each)}: прострочено на {each.late} дн." for at, each in _late(one)]
    return [*late, *(f"крок {at}, {until(each)}" for at, each in _coming(one))]


def _late(one: Standing) -> list[tuple[int, Deadline]]:
    return [(at, each) for at, each in enumerate(one.deadlines, start=1) if each.late]


def _coming(one: Standing) -> list[tuple[int, Deadline]]:
    """Return the next step that is not done and not late, if there is one."""
    ahead = enumerate(one.deadlines, start=1)
    return [(at, each) for at, each in ahead if not each.met and not each.late][:1]


def until(one: Deadline) -> str:
    """Return the day of a step, as a date is printed."""
    return f"до\u00a0{one.day:%d.%m.%Y}"


def called(one: Deadline) -> str:
    """Return what a step is, and whose."""
    return f"{one_line(one.step.name)} ({one_line(one.step.who)})"


def one_line(text: str) -> str:
    """Return a text on one line, without signs that nobody sees: soft hyphens, joiners, marks."""
    seen = (one for one in text if unicodedata.category(one) != "Cf")
    return " ".join("".join(one if one.isprintable() else " " for one in seen).split())


def board_data(board: Board) -> dict[str, Any]:
    """Return the board as JSON has it."""
    return {
        "council": one_line(board.council),
        "period": {"id": board.period.id, "name": str(board.period)},
        "today": board.today.isoformat(),
        "summary": {
            "programmes": len(board.standings),
            "late": board.late,
            "states": {state.value: number for state, number in board.states.items()},
        },
        "programmes": [_standing_data(one) for one in board.standings],
    }


def page_data(board: Board, link: Callable[[str], str]) -> dict[str, Any]:
    """Return the board as a page's template sees it; ``link`` gives the address of a file."""
    return {
        "council": one_line(board.council),
        "heading": heading(board),
        "dated": dated(board),
        "summary": summary(board),
        "steps": steps(board),
        "programmes": [
            {
                **_standing_data(one),
                "executor": one_line(one.executor) or _NO_EXECUTOR,
                "called": STATES[one.state],
                "remark": remark(one),
                "late": due_texts(one)[: len(_late(one))],
                "coming": due_texts(one)[len(_late(one)) :],
                "files": [*_files(one, link)],
            }
            for one in board.standings
        ],
    }


def _files(one: Standing, link: Callable[[str], str]) -> Iterator[dict[str, str]]:
    """Yield what a page leads to: the built files, and the signed one."""
    for name in one.files:
        yield {"name": name.rpartition(".")[2].upper(), "address": link(name)}
    if one.signed:
        yield {"name": "PDF з підписом", "address": link(one.signed)}


def _standing_data(one: Standing) -> dict[str, Any]:
    return {
        "id": one.id,
        "name": one_line(one.name),
        "executor": one_line(one.executor) or None,
        "state": one.state.value,
        "outdated": one.outdated,
        "late_days": one.late,
        "found": {
            "errors": one.counts.errors,
            "lacking": one.counts.lacking,
            "warnings": one.counts.warnings,
            "notes": one.counts.notes,
        },
        "deadlines": [
            {
                "step": one_line(each.step.name),
                "who": one_line(each.step.who),
                "done": each.step.goal.value,
                "day": each.day.isoformat(),
                "met": each.met,
                "late_days": each.late,
            }
            for each in one.deadlines
        ],
        "source": one.source or None,
        "files": [*one.files],
        "signed": one.signed or None,
    }
