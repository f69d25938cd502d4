"""What rules find in a form of which some parts could not be read: all but mere consequences."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from typing import TypeAlias

from reportgen.diagnostics import Diagnostic, Span
from reportgen.model.form import FactsSection, Form, TableSection

_NAMED = re.compile("«([^»]+)»")

_Part: TypeAlias = tuple[Span, str]  # where it begins, and its id


def not_following(
    rules: Iterable[Diagnostic], faults: Sequence[Diagnostic], form: Form
) -> Iterator[Diagnostic]:
    """Yield the findings of rules that do not come from ``faults`` of reading.

    A part that could not be read has stand-ins, so nothing is told of it, of whatever names it,
    or of a table as a whole; of levels, which follow each other, nothing if one could not be read.
    A part without its id could be the one that any name means.
    """
    parts = sorted(_parts(form))
    broken = {part for fault in faults if (part := _part_of(fault, parts))}
    silent = {span for span, _ in broken} | {form.span} | {one.span for one in form.sections}
    levels = {level.span for table in form.tables for level in table.levels}
    silent |= levels if levels & silent else set()
    names = {name for _, name in broken}
    for one in rules:
        named = not names.isdisjoint(_NAMED.findall(one.message))
        unknown = "" in names and one.message.startswith("немає ")
        if not (one.span in silent or named or unknown):
            yield one


def _part_of(fault: Diagnostic, parts: Sequence[_Part]) -> _Part | None:
    """Return the part that a place lies in: the last that does not begin below it."""
    before = bisect_right(parts, fault.span, key=_span)
    return parts[before - 1] if before else None


def _span(part: _Part) -> Span:
    return part[0]


def _parts(form: Form) -> Iterator[_Part]:
    for section in form.sections:
        if isinstance(section, TableSection):
            yield from ((level.span, level.id) for level in section.levels)
            yield from ((column.span, column.id) for column in section.fields)
            yield from ((total.span, total.label) for total in section.totals)
            yield from ((split.span, split.label) for split in section.splits)
        elif isinstance(section, FactsSection):
            yield from ((fact.span, fact.id) for fact in section.facts)
