"""A target programme as the council approved it, and what a period's file says of it."""

from __future__ import annotations

import enum
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TypeAlias

from reportgen.diagnostics import Span
from reportgen.model.council import Decision, Executor, Official, RegisteredProgramme
from reportgen.model.markup import Marked
from reportgen.model.period import Part, Period


class Status(enum.Enum):
    """How far a measure was carried out, apart from its money; the value is as typed."""

    DONE = "done"
    ONGOING = "ongoing"
    PLANNED = "planned"
    NOT_DONE = "not_done"
    NOT_PLANNED = "not_planned"


@dataclass(frozen=True, slots=True)
class Amount:
    """Money in the form's unit, exact; ``funds`` splits it by fund id where the content does.

    ``places`` tells where the part of each fund is typed; where one figure is typed, ``span`` does.
    """

    value: Decimal
    funds: Mapping[str, Decimal]
    span: Span = field(compare=False)
    places: Mapping[str, Span] = field(default_factory=dict, compare=False)

    def of(self, *filters: tuple[str, ...]) -> Decimal | None:
        """Return the part of the money whose fund passes every filter; an empty one lets all.

        ``None`` where no money is of such a fund: nothing of the kind was planned or spent.
        """
        wanted = [one for one in filters if one]
        if not wanted:
            return self.value
        parts = [value for fund, value in self.funds.items() if all(fund in one for one in wanted)]
        return sum(parts, Decimal(0)) if parts else None


@dataclass(frozen=True, slots=True)
class Declared:
    """A value that is printed instead of the computed one, with the reason for it.

    ``span`` is where both are typed, ``place`` where the value is.
    """

    value: Decimal
    reason: str
    span: Span = field(compare=False)
    place: Span | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class Text:
    """Printed text, a string for each paragraph; of a narrative, its markup too."""

    paragraphs: tuple[str, ...]
    span: Span = field(compare=False)
    marked: tuple[Marked, ...] = ()  # the same paragraphs with their styles, if any has one


@dataclass(frozen=True, slots=True)
class Executors:
    """Who carries a measure out, in the order of the programme."""

    bodies: tuple[Executor, ...]
    span: Span = field(compare=False)


@dataclass(frozen=True, slots=True)
class Programmes:
    """The target programmes that a measure belongs to, in the order of content."""

    programmes: tuple[RegisteredProgramme, ...]
    span: Span = field(compare=False)


#: What one field of a row can hold, by the kind of its column.
Value: TypeAlias = Amount | Declared | Text | Executors | Programmes


@dataclass(frozen=True, slots=True)
class Item:
    """One entry of the outline at some level of the form: a direction, task, measure or part.

    ``key`` is the item's id, or its number where it has none; rows are found by it in period
    files. Where numbers start anew in an item, the keys below it begin with its own and a slash.
    """

    level: str
    key: str
    number: str
    position: int  # among its siblings, from 1
    text: str
    values: Mapping[str, Value]  # given by the programme, by column id
    children: tuple[Item, ...]
    span: Span = field(compare=False)

    def walk(self) -> Iterator[Item]:
        """Yield the item and everything below it, top down."""
        yield self
        for child in self.children:
            yield from child.walk()


@dataclass(frozen=True, slots=True)
class Term:
    """The years a programme runs; ``str()`` gives «2021-2025»."""

    first: int
    last: int

    def __str__(self) -> str:
        return str(self.first) if self.first == self.last else f"{self.first}-{self.last}"


@dataclass(frozen=True, slots=True)
class Programme:
    """A programme's passport and outlines.

    What a form's lines do not print need not be given: ``decision``, ``executor`` and ``term`` are
    ``None`` then, ``genitive`` is the name.
    """

    slug: str
    name: str
    genitive: str
    decision: Decision | None
    amended: bool
    executor: Executor | None
    term: Term | None
    outlines: Mapping[str, tuple[Item, ...]]  # by the id of the form's table
    texts: Mapping[str, Text]  # facts and narratives, by id
    span: Span = field(compare=False)
    changes: tuple[Decision, ...] = ()  # decisions that changed it, printed nowhere
    reported: frozenset[Part] = frozenset(Part)  # the kinds of period that it reports for

    def items(self, table: str) -> Iterator[Item]:
        """Yield every item of a table's outline, top down."""
        for item in self.outlines[table]:
            yield from item.walk()


@dataclass(frozen=True, slots=True)
class Entry:
    """What the period's file says of one row; ``parts`` are the rows below it, by key.

    One that is not ``readable`` stands for a row that was reported already and is never drawn.
    """

    values: Mapping[str, Value]  # given by the period, by column id
    status: Status | None
    parts: Mapping[str, Entry]
    span: Span = field(compare=False)
    readable: bool = True


@dataclass(frozen=True, slots=True)
class PeriodReport:
    """One programme's figures and narrative for one period, rows by table and key."""

    period: Period
    signatories: tuple[Official, ...]
    entries: Mapping[str, Mapping[str, Entry]]  # by the id of the form's table, then by key
    texts: Mapping[str, Text]  # facts and narratives, by id
    span: Span = field(compare=False)
