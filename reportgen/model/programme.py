"""A target programme as the council approved it, and what a period's file says of it."""

from __future__ import annotations

import datetime
import enum
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TypeAlias

from reportgen.diagnostics import Span
from reportgen.model.council import Executor, Official
from reportgen.model.period import Period


class Status(enum.Enum):
    """How far a measure was carried out, apart from its money; the value is as typed."""

    DONE = "done"
    ONGOING = "ongoing"
    PLANNED = "planned"
    NOT_DONE = "not_done"
    NOT_PLANNED = "not_planned"


@dataclass(frozen=True, slots=True)
class Amount:
    """Money in the form's unit, exact; ``funds`` splits it by fund id where the content does."""

    value: Decimal
    funds: Mapping[str, Decimal]
    span: Span = field(compare=False)


@dataclass(frozen=True, slots=True)
class Declared:
    """A value that is printed instead of the computed one, with the reason for it."""

    value: Decimal
    reason: str
    span: Span = field(compare=False)


@dataclass(frozen=True, slots=True)
class Text:
    """Printed text, a string for each paragraph."""

    paragraphs: tuple[str, ...]
    span: Span = field(compare=False)


@dataclass(frozen=True, slots=True)
class Executors:
    """Who carries a measure out, in the order of the programme."""

    bodies: tuple[Executor, ...]
    span: Span = field(compare=False)


#: What one field of a row can hold, by the kind of its column.
Value: TypeAlias = Amount | Declared | Text | Executors


@dataclass(frozen=True, slots=True)
class Item:
    """One entry of the outline at some level of the form: a direction, task, measure or part.

    ``key`` is the item's number, or its id where it has one; rows are found by it in period files.
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
class Decision:
    """A decision of the council."""

    date: datetime.date
    number: str
    span: Span = field(compare=False)


@dataclass(frozen=True, slots=True)
class Term:
    """The years a programme runs; ``str()`` gives «2021-2025»."""

    first: int
    last: int

    def __str__(self) -> str:
        return str(self.first) if self.first == self.last else f"{self.first}-{self.last}"


@dataclass(frozen=True, slots=True)
class Programme:
    """A programme's passport and outline."""

    slug: str
    name: str
    genitive: str
    decision: Decision
    amended: bool
    executor: Executor
    term: Term
    outline: tuple[Item, ...]
    span: Span = field(compare=False)

    def items(self) -> Iterator[Item]:
        """Yield every item of the outline, top down."""
        for item in self.outline:
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
    """One programme's figures and narrative for one period, rows by key."""

    period: Period
    signatory: Official
    entries: Mapping[str, Entry]
    span: Span = field(compare=False)
