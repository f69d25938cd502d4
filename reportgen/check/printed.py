"""The texts that content gives to be printed, joined so that a pattern runs over them once.

A rule over text sees one string and tells offsets in it; only for what is found the place in the
source file is looked for.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import TypeAlias

from reportgen.diagnostics import Diagnostic, Span, finding
from reportgen.model.council import Council
from reportgen.model.form import Kind
from reportgen.model.programme import Entry, Text, Value
from reportgen.model.report import Report

#: Stands between two texts; no text can hold it.
SEPARATOR = "\0"

_MORE_SOURCE = 400  # characters of keys and comments that may stand before a text
_LONGEST_SNIPPET = 80
_MOST_TOLD = 2_000  # slips of one file: nobody reads more

#: Gives the lines of a source file, none when it cannot be had.
Lines: TypeAlias = Callable[[str], Sequence[str]]


@dataclass(frozen=True, slots=True)
class Printed:
    """One text and where content gives it, as nearly as the model knows."""

    text: str
    span: Span
    narrative: bool = False


@dataclass(frozen=True, slots=True)
class Slip:
    """What is wrong at ``start`` of a string; ``end`` is where it ends."""

    code: str
    start: int
    end: int
    message: str
    hint: str = ""


#: A rule over text: the joined texts in, what is wrong in them out.
TextRule: TypeAlias = Callable[[str], Iterator[Slip]]


@dataclass(frozen=True, slots=True)
class Page:
    """Several texts as one string."""

    printed: tuple[Printed, ...]
    text: str

    @classmethod
    def of(cls, printed: Iterable[Printed]) -> Page:
        """Join texts; one that stands for many rows, as a default does, is taken once."""
        once = tuple({(one.span, one.text): one for one in printed if one.text}.values())
        return cls(once, SEPARATOR.join(one.text for one in once))

    def tell(self, slips: Iterable[Slip], lines: Lines) -> Iterator[Diagnostic]:
        """Yield a finding for each slip, at its place."""
        starts: list[int] = []
        for slip in islice(slips, _MOST_TOLD):
            if not starts:
                starts = self._starts()
            index = bisect_right(starts, slip.start) - 1
            one, start = self.printed[index], starts[index]
            place = _place(one, slip.start - start, slip.end - start, lines)
            yield finding(slip.code, place, slip.message, slip.hint)

    def _starts(self) -> list[int]:
        starts = [0]
        for one in self.printed:
            starts.append(starts[-1] + len(one.text) + len(SEPARATOR))
        return starts


def of_programme(report: Report) -> Iterator[Printed]:
    """Yield the texts of a programme's file."""
    programme = report.programme
    for name in dict.fromkeys((programme.name, programme.genitive)):
        yield Printed(name, programme.span)
    yield from _free(programme.texts)
    for table in report.form.outlines:
        kinds = {column.id: column.kind for column in table.fields}
        for item in programme.items(table.id):
            yield Printed(item.text, item.span)
            yield from _values(item.values, kinds)


def of_period(report: Report) -> Iterator[Printed]:
    """Yield the texts of a period's file."""
    yield from _free(report.period.texts)
    for table in report.form.outlines:
        kinds = {column.id: column.kind for column in table.fields}
        for entry in report.period.entries[table.id].values():
            yield from _entry(entry, kinds)


def of_council(council: Council) -> Iterator[Printed]:
    """Yield the names that the council's file and registers give; aliases are never printed."""
    for name in (council.name, council.genitive):
        yield Printed(name, Span("content/council.yaml"))
    for body in council.executors.values():
        for name in dict.fromkeys((body.name, body.short)):
            yield Printed(name, body.span)
    for official in council.officials.values():
        for name in (official.position, official.given, official.surname):
            yield Printed(name, official.span)
    for fund in council.funds.values():
        yield Printed(fund.name, fund.span)
    for programme in council.programmes.values():
        yield Printed(programme.name, programme.span)


def _free(texts: Mapping[str, Text]) -> Iterator[Printed]:
    for one in texts.values():
        yield Printed("\n".join(one.paragraphs), one.span, narrative=True)


def _entry(entry: Entry, kinds: Mapping[str, Kind]) -> Iterator[Printed]:
    yield from _values(entry.values, kinds)
    for part in entry.parts.values():
        yield from _entry(part, kinds)


def _values(values: Mapping[str, Value], kinds: Mapping[str, Kind]) -> Iterator[Printed]:
    for column, value in values.items():
        if isinstance(value, Text):
            narrative = kinds.get(column) is Kind.NARRATIVE
            yield Printed("\n".join(value.paragraphs), value.span, narrative)


def _place(one: Printed, start: int, end: int, lines: Lines) -> Span:
    """Return where a piece of a text stands in its file: looked for with the words around it.

    A text may be folded and escaped in the file: where the words are not found on one line, the
    place is that of the whole text.
    """
    text = one.text
    first, last = _around(text, start, end)
    snippet = text[first:last]
    nth = text.count(snippet, 0, first)
    room = 2 * len(text) + _MORE_SOURCE
    skipped = one.span.column - 1
    known = lines(one.span.file)
    for number in range(one.span.line, len(known) + 1):
        line = known[number - 1]
        at = line.find(snippet, skipped)
        while at >= 0:
            if not nth:
                return Span(one.span.file, number, at + start - first + 1)
            nth -= 1
            at = line.find(snippet, at + len(snippet))
        room -= len(line.strip())
        if room < 0:
            break
        skipped = 0
    return one.span


def _around(text: str, start: int, end: int) -> tuple[int, int]:
    """Return the bounds of a piece of a text widened to whole words."""
    first, last = start, end
    while first > 0 and start - first < _LONGEST_SNIPPET and not text[first - 1].isspace():
        first -= 1
    while last < len(text) and last - end < _LONGEST_SNIPPET and not text[last].isspace():
        last += 1
    return first, last
