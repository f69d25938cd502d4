"""A council's form: levels, columns, totals and lines, as ``form.yaml`` gives them."""

from __future__ import annotations

import datetime
import enum
from dataclasses import dataclass, field

from reportgen.diagnostics import Span
from reportgen.model.formula import Expression


class Shown(enum.Enum):
    """How a level of the outline appears in the table."""

    BAND = "band"  # a row across the whole width, above what it holds
    MERGED = "merged"  # cells merged downwards over all rows that it holds
    ROW = "row"  # a row of its own


class Kind(enum.Enum):
    """What a column holds."""

    TEXT = "text"
    EXECUTORS = "executors"
    MONEY = "money"
    PERCENT = "percent"


class GivenBy(enum.Enum):
    """Which file a column's values are typed in."""

    PROGRAMME = "programme"
    PERIOD = "period"


class Align(enum.Enum):
    """Horizontal alignment."""

    LEFT = "left"
    CENTRE = "centre"
    RIGHT = "right"


@dataclass(frozen=True, slots=True)
class Level:
    """One level of the outline. ``plural`` is the key of its list in ``programme.yaml``."""

    id: str
    plural: str
    shown: Shown
    number: str  # how the number is printed: {n} as typed, {position} counted from 1; "" for none
    counts: bool  # whether rows of this level enter totals; «в т.ч.» rows do not
    span: Span = field(compare=False)


@dataclass(frozen=True, slots=True)
class OutlineSource:
    """A column that prints the outline: the ``field`` of the row's item at ``level``.

    ``level`` "row" means the row's own item; ``field`` is "number", "text" or "label" (both).
    """

    level: str
    field: str


@dataclass(frozen=True, slots=True)
class Column:
    """One column. Exactly one of ``source``, ``formula`` and ``given`` says where values are from.

    ``heading`` runs from the outermost header row to the column's own; a column with an outer
    heading shares it with its neighbours that have the same.
    """

    id: str
    heading: tuple[str, ...]
    label: str  # the column's number as printed: free text, some forms skip one
    width: float  # mm
    kind: Kind
    align: Align
    source: OutlineSource | None
    given: GivenBy | None
    formula: Expression | None
    decimals: int
    zero: str  # printed where the formula divides by zero
    short: bool  # executors by their short names
    required: bool
    span: Span = field(compare=False)


@dataclass(frozen=True, slots=True)
class Total:
    """One foot row, or one row after each item of ``level``.

    ``funds`` restricts it to money of these funds; empty means all money. ``at`` is the column
    that carries the label; "" means a cell across all columns before the first figure.
    """

    label: str
    columns: tuple[str, ...]
    level: str
    funds: tuple[str, ...]
    at: str
    span: Span = field(compare=False)


@dataclass(frozen=True, slots=True)
class Line:
    """A heading line: a Jinja template and the name of its style."""

    style: str
    template: str
    span: Span = field(compare=False)


@dataclass(frozen=True, slots=True)
class Form:
    """A form in one edition."""

    id: str
    title: str
    council: str
    valid_from: datetime.date
    unit: str  # as printed: «тис. грн»
    levels: tuple[Level, ...]
    columns: tuple[Column, ...]
    totals: tuple[Total, ...]
    heading: tuple[Line, ...]
    notes: tuple[Line, ...]
    signature: bool
    span: Span = field(compare=False)

    def level(self, level_id: str) -> Level:
        """Return the level with this id.

        Raises:
            KeyError: if the form has none.
        """
        for level in self.levels:
            if level.id == level_id:
                return level
        raise KeyError(level_id)

    @property
    def rows(self) -> tuple[Level, ...]:
        """The levels that are rows: the main one first, then its parts."""
        return tuple(level for level in self.levels if level.shown is Shown.ROW)

    def funds(self, column: str) -> frozenset[str]:
        """Return the funds that some total adds a column up by; none if no total does."""
        return frozenset(
            fund for total in self.totals if column in total.columns for fund in total.funds
        )
