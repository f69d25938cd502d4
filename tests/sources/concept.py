"""Source 001: the integrated-development concept, year 2023, two of its priorities.

Five columns, a table for each priority. Extraction lost cells at the ends of pages, parted rows
that two pages share, and glued the names of strategic goals; what was broken is listed here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

from sources import bodies, outline
from sources.lines import Line, paragraphs, read_lines
from sources.outline import Found, Source

from reportgen.diagnostics import Span
from reportgen.model.programme import Text, Value

FILE = "001_8eae4b37ad979b69.part.txt"
_COLUMNS = 5
_CONCEPT = "Концепції інтегрованого розвитку м.Житомира до 2030 року"

#: Where each table begins: the line of its headings → the first line of its title.
TABLES = {6: 3, 44: 41}

#: Strategic goals: the first line → the lines that hold number and name. Two rows each, but for
#: 14, 24 and 87 (one line, glued by the stars of bold type) and 31 (two lines outside the table).
GOALS = {
    7: (7, 8),
    14: (14,),
    24: (24,),
    31: (31, 33),
    45: (45, 46),
    63: (63, 64),
    77: (77, 78),
    87: (87,),
}

#: Rows that go on after the end of a page, with nothing but their narrative: the first line → those
#: that belong to it.
GOING_ON = {
    18: (20, 21),
    38: (39,),
    48: (49,),
    53: (54,),
    65: (66,),
    67: (69,),
    72: (73, 75, 76),
    79: (80, 81),
    84: (85,),
}
CONTINUED = {more for lines in GOING_ON.values() for more in lines}

#: Rows whose first cell, empty, was lost at the end of a page: all others stand a column too far
#: to the left (53 has an empty cell at its end instead).
FIRST_CELL_LOST = (53, 83, 84, 89, 90, 91)


def read(corpus: Path) -> tuple[Source, list[list[Line]]]:
    """Return the source, and the lines of each table, put right: headings and rows."""
    lines = read_lines(corpus / FILE)
    starts = [*TABLES, lines[-1].number + 1]
    tables = [
        list(_put_right(one for one in lines if start <= one.number < end))
        for start, end in pairwise(starts)
    ]
    found: list[Found] = []
    for (_, title), table in zip(TABLES.items(), tables, strict=True):
        [line] = [one.cells[0] for one in lines if one.number == title]
        match = re.search(r'пріоритету "(.+)"$', line)
        assert match
        found.append(Found("priority", title, "", match[1]))
        found += _found(table[1:])
    return Source(FILE, "zhytomyr-concept", _CONCEPT, "2023", tuple(found)), tables


def _put_right(lines: Iterable[Line]) -> Iterator[Line]:
    """Yield whole rows of five cells, without the title of the next table."""
    last = max(TABLES.values())
    by_number = {one.number: one for one in lines if one.number not in (last, last + 1)}
    parts = {number for goal in GOALS.values() for number in goal[1:]}
    for number, line in by_number.items():
        cells = line.cells
        if number in CONTINUED or number in parts:
            continue
        if number in GOALS:
            whole = " ** ".join("".join(by_number[one].cells) for one in GOALS[number])
            cells = (whole, *[""] * (_COLUMNS - 1))
        elif number in FIRST_CELL_LOST:
            cells = ("", *cells)[:_COLUMNS]
        more = [by_number[one].cells for one in GOING_ON.get(number, ())]
        assert not any("".join(one[:-1]) for one in more)
        whole = " <p>".join(one[-1] for one in (cells, *more))
        assert len(cells) == _COLUMNS, line
        yield replace(line, cells=(*cells[:-1], whole))


def _found(lines: Sequence[Line]) -> Iterator[Found]:
    known = bodies.executors(bodies.shipped_council())
    for line in lines:
        place = Span(FILE, line.number)
        if line.number in GOALS:
            number, name = paragraphs(line.cells[0])
            yield Found("goal", line.number, number.removeprefix("Стратегічна ціль "), name)
            continue
        number, task, project, executors, info = line.cells
        if task:
            yield Found("task", line.number, *number_of_task(number, task))
        text, years, note = _project(project)
        given: dict[str, Value] = {"executors": outline.executors(executors, known, place)}
        given |= {
            key: Text((one,), place) for key, one in (("years", years), ("note", note)) if one
        }
        told = {"info": outline.narrative(paragraphs(info), place)}
        yield Found("project", line.number, "", text, given, told)


def number_of_task(number: str, task: str) -> tuple[str, str]:
    """Return a task's number and text.

    In «Зелене місто» column 1 holds the goal's number and column 2 begins with the task's own.
    """
    match = re.fullmatch(r"(\d\.\d)\. (.+)", task)
    return (match[1], match[2]) if match else (number, task)


def _project(cell: str) -> tuple[str, str, str]:
    """Return a project's name, its years, and the note after them."""
    match = re.fullmatch(r"(.*?)(?: (20\d\d-20\d\d)(?: роки)?(?: (\(.*))?)?", cell)
    assert match
    return match[1], match[2] or "", match[3] or ""
