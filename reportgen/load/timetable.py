"""The council's timetable as ``council.yaml`` gives it."""

from __future__ import annotations

import re
from collections.abc import Mapping

from reportgen.diagnostics import quoted
from reportgen.load.fields import Fields, Found, UnreadableError, any_node
from reportgen.load.scalars import choice, text
from reportgen.load.words import nearest
from reportgen.model.period import Part
from reportgen.model.timetable import Due, Goal, Step
from reportgen.source import Node

#: Days by the names of their months, as dates are spoken; February counts its longest.
_MONTHS = dict(
    zip(
        (
            *("січня", "лютого", "березня", "квітня", "травня", "червня"),
            *("липня", "серпня", "вересня", "жовтня", "листопада", "грудня"),
        ),
        (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31),
        strict=True,
    )
)
_LONGEST = 366  # days after a period
_DATE = re.compile(r"([0-9]{1,2})\s+(\w{1,20})")
_DAYS = re.compile(r"([0-9]{1,3})\s+(?:день|дня|дні|днів)")
#: Kinds of period as keys name them.
PARTS = {"q1": Part.QUARTER, "h1": Part.HALF, "9m": Part.NINE_MONTHS, "year": Part.YEAR}
_GOALS = {goal.value: goal for goal in Goal}
_HINT = "пишіть день і місяць словами, «15 липня», або дні після кінця періоду, «15 днів»"


def load_timetable(fields: Fields, found: Found) -> tuple[Step, ...]:
    """Take the steps of reporting, in the order of the file; a council need not have any."""
    return tuple(_step(node, found) for node in fields.each("timetable", any_node))


def _step(node: Node, found: Found) -> Step:
    with Fields(node, found) as fields:
        return Step(
            name=fields.required("name", text, ""),
            who=fields.required("who", text, ""),
            goal=fields.optional("done", choice(_GOALS), Goal.READY),
            due=_dues(fields.required("due", any_node, None), found),
            span=fields.span,
        )


def _dues(node: Node | None, found: Found) -> Mapping[Part, Due]:
    if node is None:
        return {}
    with Fields(node, found) as fields:
        read = {part: fields.optional(key, due, None) for key, part in PARTS.items()}
        if fields.is_mapping and not any(key in fields for key in PARTS):
            fields.complain("value-empty", "не сказано, до якого дня", f"h1: 15 липня; {_HINT}")
    return {part: one for part, one in read.items() if one}


def due(node: Node) -> Due:
    """Convert a day of the year, «15 липня», or a number of days after the period, «15 днів»."""
    value = text(node)
    if (days := _DAYS.fullmatch(value)) and 0 < int(days[1]) <= _LONGEST:
        return Due(int(days[1]), None)
    match = _DATE.fullmatch(value)
    if match and match[2] in _MONTHS and 0 < int(match[1]) <= _MONTHS[match[2]]:
        return Due(int(match[1]), [*_MONTHS].index(match[2]) + 1)
    hint = nearest(match[2], _MONTHS) if match and match[2] not in _MONTHS else ""
    raise UnreadableError("date-invalid", f"{quoted(value)} — не строк", hint or _HINT)
