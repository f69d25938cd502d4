"""An explanation is a tree: a figure, where it comes from, and so on down to what is typed."""

from __future__ import annotations

import enum
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from typing import TypeAlias

from reportgen.diagnostics import Span
from reportgen.model.formula import Expression


@dataclass(frozen=True, slots=True)
class ColumnName:
    """How readers call a column: its heading, and its number in the header if it has one."""

    id: str
    label: str
    heading: str
    span: Span | None  # of the column in the form

    def __str__(self) -> str:
        return " ".join(filter(None, (self.label, f"«{self.heading}»")))


@dataclass(frozen=True, eq=False)
class Explanation:
    """A figure, and where it comes from.

    Figures made from others share these: the tree has one node for a cell however often it is
    used. Where it comes from is worked out when it is asked for, one level at a time.
    """

    name: str  # of the row as content calls it; of a fund or a hidden column in it
    column: ColumnName | None  # ``None`` for what no cell shows
    text: str  # as printed; all digits of what no cell shows
    value: Decimal | None
    decimals: int  # places that the text is rounded to
    trace: Callable[[], Source] = field(repr=False)

    @cached_property
    def source(self) -> Source:
        """Where the figure comes from."""
        return self.trace()


class Over(enum.Enum):
    """What a sum runs over."""

    ROWS = "rows"
    COLUMNS = "columns"
    FUNDS = "funds"


@dataclass(frozen=True, slots=True)
class Typed:
    """It stands in a file, or is a text that comes from there."""

    place: Span | None


@dataclass(frozen=True, slots=True)
class Added:
    """The parts come to it; without any there is no figure."""

    parts: tuple[Explanation, ...]
    over: Over


@dataclass(frozen=True, slots=True)
class Calculated:
    """The column's formula gives it: ``exact`` rounded half up to ``decimals`` places.

    Where a divisor is zero, or an input has no value, there is none and ``zero`` is printed.
    """

    place: Span | None  # of the column in the form
    expression: Expression
    inputs: Mapping[str, Explanation]
    exact: Decimal | None
    decimals: int
    zero: str

    @property
    def lacking(self) -> tuple[Explanation, ...]:
        """The inputs that have no value."""
        return tuple(one for one in self.inputs.values() if one.value is None)


@dataclass(frozen=True, slots=True)
class Replaced:
    """Typed for a reason instead of what the formula gives, if that can be worked out."""

    place: Span
    reason: str
    computed: Explanation | None


Source: TypeAlias = Typed | Added | Calculated | Replaced
