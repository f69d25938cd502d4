"""Sources 002 and 004: measures with three amounts, a percent and a narrative, in ten columns.

Rows are those of ``source_tables``, which knows a shifted cell by what it holds.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from source_tables import SourceRow, read_table
from sources import bodies, outline
from sources.lines import Line, paragraphs
from sources.outline import Found, Source

from reportgen.diagnostics import Span
from reportgen.model.programme import Amount, Text, Value

SOCIAL = "002_70df75272e457611.txt"
EQUAL = "004_514902ff57b02021.txt"

#: The direction whose number extraction lost, by the line of its first row.
DIRECTION_LOST = {46: "4"}


def social(corpus: Path) -> tuple[Source, list[Line]]:
    """Return source 002 and its rows: directions, tasks, measures and parts of measures."""
    rows = read_table(corpus / SOCIAL, 3)
    columns = ("programme_plan", "annual_plan", "actual")
    found: list[Found] = []
    for row in rows:
        if number := row.cells[0] or DIRECTION_LOST.get(row.line, ""):
            found.append(Found("direction", row.line, number.rstrip("."), ""))
        if row.number and row.task:
            match = re.fullmatch(r"(\d+\.\d+)\.?\s*(.*)", row.task)
            assert match, row
            found.append(Found("task", row.line, match[1], match[2]))
        found.append(_row(row, SOCIAL, columns, ("executors", "programme_plan")))
    name = "Комплексної Програми соціального захисту населення"
    return Source(SOCIAL, "zhytomyr-measures", name, "2023-h1", tuple(found)), _lines(rows)


def equal(corpus: Path) -> tuple[Source, list[Line]]:
    """Return source 004 and its rows: tasks and measures; its foot is no row."""
    rows = [row for row in read_table(corpus / EQUAL, 2) if row.number]
    columns = ("annual_plan", "amended_plan", "actual")
    found: list[Found] = []
    for row in rows:
        if row.task:
            found.append(Found("task", row.line, row.cells[0].rstrip("."), row.task))
        found.append(_row(row, EQUAL, columns, ("executors", "term")))
    name = "цільової соціальної програми"
    return Source(EQUAL, "zhytomyr-measures-year", name, "2023", tuple(found)), _lines(rows)


def _row(row: SourceRow, file: str, amounts: Sequence[str], of_programme: Sequence[str]) -> Found:
    """Return a measure or a part of one; ``of_programme`` are the columns that stay as they are."""
    values = dict(_values(row, Span(file, row.line), amounts))
    given = {key: one for key, one in values.items() if key in of_programme}
    told = {key: one for key, one in values.items() if key not in of_programme}
    level = "measure" if row.number else "part"
    return Found(level, row.line, row.number, row.text, given, told)


def _values(row: SourceRow, place: Span, amounts: Sequence[str]) -> Iterator[tuple[str, Value]]:
    known = bodies.as_printed(bodies.shipped_council())
    for key, value in zip(amounts, row.amounts, strict=True):
        yield key, Amount(value, {"general": value}, place)
    if row.number:
        yield "term", Text((row.term,), place)
        yield "executors", outline.executors(row.executors, known, place)
        yield "info", outline.narrative(paragraphs(row.info), place)


def _lines(rows: Sequence[SourceRow]) -> list[Line]:
    return [Line(row.line, row.cells) for row in rows]
