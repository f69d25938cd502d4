"""A council's form: sections, levels, columns, totals and lines, as ``form.yaml`` gives them."""

from __future__ import annotations

import datetime
import enum
from dataclasses import dataclass, field
from typing import TypeAlias

from reportgen.diagnostics import Span
from reportgen.model.formula import Expression
from reportgen.model.meaning import Meaning


class Shown(enum.Enum):
    """How a level of the outline appears."""

    TABLE = "table"  # a table of its own with its own header, under a title
    BAND = "band"  # a row across the whole width, above what it holds
    MERGED = "merged"  # cells merged downwards over all rows that it holds
    ROW = "row"  # a row of its own


class Kind(enum.Enum):
    """What a column holds."""

    TEXT = "text"  # literal text
    NARRATIVE = "narrative"  # text with the small markup: paragraphs, lists, emphasis, links
    YEARS = "years"  # a year or a range of years
    EXECUTORS = "executors"
    PROGRAMMES = "programmes"
    FUNDING = "funding"  # programmes, or an amount: some forms hold both in one column
    MONEY = "money"
    NUMBER = "number"  # a quantity, printed with the decimals it is typed with
    PERCENT = "percent"

    @property
    def is_figure(self) -> bool:
        """Whether formulas and totals may use it."""
        return self in (Kind.MONEY, Kind.NUMBER, Kind.PERCENT)


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
class Line:
    """A line of text: a Jinja template and the name of its style."""

    style: str
    template: str
    span: Span = field(compare=False)


@dataclass(frozen=True, slots=True)
class Level:
    """One level of the outline. ``plural`` is the key of its list in ``programme.yaml``."""

    id: str
    plural: str
    shown: Shown
    number: str  # how the number is printed: {n} as typed, {position} counted from 1; "" for none
    label: str  # number and text together: {number}, {text}
    title: tuple[Line, ...]  # above the table of each item, where the level is shown as tables
    counts: bool  # whether rows of this level enter totals; «в т.ч.» rows do not
    restarts: bool  # whether numbers below start anew in each item, so that rows are found by both
    named: bool  # whether each item must have a text
    span: Span = field(compare=False)


@dataclass(frozen=True, slots=True)
class OutlineSource:
    """A column that prints the outline: the ``field`` of the row's item at ``level``.

    ``level`` "row" means the row's own item, "split" the funding source that the row stands for;
    ``field`` is "number", "text" or "label" (both).
    """

    level: str
    field: str


@dataclass(frozen=True, slots=True)
class Share:
    """A column that shows another column's money: of some funds, or all of it."""

    column: str
    funds: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Column:
    """One column. Exactly one of its five ways says where the values are from.

    ``heading`` runs from the outermost header row to the column's own; a column with an outer
    heading shares it with its neighbours that have the same. A ``hidden`` one is a field that
    content gives and no cell shows by itself: formulas, shares and templates use it.
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
    share: Share | None
    template: Line | None  # Jinja over the row
    decimals: int
    zero: str  # printed where the formula divides by zero
    short: bool  # executors by their short names
    required: bool
    yearly: bool  # stands for one column in each year of the programme
    hidden: bool
    span: Span = field(compare=False)
    means: Meaning | None = None  # where the id is no meaning itself
    year: int | None = None  # of a column written out for the programme's years

    @property
    def is_split(self) -> bool:
        """Whether each funding source's row has its own cell of it, in a table split by rows."""
        by_source = self.source is not None and self.source.level == "split"
        return by_source or (self.kind.is_figure and self.kind is not Kind.NUMBER)


@dataclass(frozen=True, slots=True)
class Split:
    """One of the rows that a measure is split into by funding source; no funds: all money."""

    label: str
    funds: tuple[str, ...]
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
class TableSection:
    """A table: an outline of levels in columns, with totals.

    ``summary_of`` names another table of the form: then this one has no outline of its own, its
    rows are its totals, over the rows of that table.
    """

    id: str
    title: tuple[Line, ...]
    levels: tuple[Level, ...]
    fields: tuple[Column, ...]  # all columns, the hidden ones too
    totals: tuple[Total, ...]
    splits: tuple[Split, ...]
    summary_of: str
    span: Span = field(compare=False)

    @property
    def columns(self) -> tuple[Column, ...]:
        """The columns that are drawn."""
        return tuple(column for column in self.fields if not column.hidden)

    @property
    def rows(self) -> tuple[Level, ...]:
        """The levels that are rows: the main one first, then its parts."""
        return tuple(level for level in self.levels if level.shown is Shown.ROW)

    @property
    def restarting(self) -> tuple[Level, ...]:
        """The levels in whose items numbers start anew."""
        return tuple(level for level in self.levels if level.restarts)

    def level(self, level_id: str) -> Level:
        """Return the level with this id.

        Raises:
            KeyError: if the table has none.
        """
        return {level.id: level for level in self.levels}[level_id]


@dataclass(frozen=True, slots=True)
class Fact:
    """One line of a facts section: a label, and a template or a field that content gives."""

    id: str
    label: str
    given: GivenBy | None
    template: Line | None
    required: bool
    span: Span = field(compare=False)


@dataclass(frozen=True, slots=True)
class FactsSection:
    """Label and value side by side."""

    id: str
    title: tuple[Line, ...]
    facts: tuple[Fact, ...]
    widths: tuple[float, float]  # mm
    span: Span = field(compare=False)


@dataclass(frozen=True, slots=True)
class NarrativeSection:
    """Running text that content gives, under the section's id."""

    id: str
    title: tuple[Line, ...]
    given: GivenBy
    required: bool
    span: Span = field(compare=False)


Section: TypeAlias = TableSection | FactsSection | NarrativeSection


@dataclass(frozen=True, slots=True)
class Adoption:
    """Who adopted the form, by which decision, and from which day on it is in force."""

    council: str
    valid_from: datetime.date
    decision_date: datetime.date | None
    decision_number: str


@dataclass(frozen=True, slots=True)
class Form:
    """A form in one edition."""

    id: str
    title: str
    draft: bool  # a form whose columns are not confirmed by the council's own text
    adopted: Adoption
    unit: str  # as printed: «тис. грн»
    sections: tuple[Section, ...]
    heading: tuple[Line, ...]
    notes: tuple[Line, ...]
    signature: bool
    span: Span = field(compare=False)
    landscape: bool | None = None  # as the council's page is, if the form does not say

    @property
    def tables(self) -> tuple[TableSection, ...]:
        """The tables, in order."""
        return tuple(one for one in self.sections if isinstance(one, TableSection))

    @property
    def outlines(self) -> tuple[TableSection, ...]:
        """The tables that have an outline of their own."""
        return tuple(one for one in self.tables if not one.summary_of)

    def table(self, section_id: str) -> TableSection:
        """Return the table with this id.

        Raises:
            KeyError: if the form has none.
        """
        for table in self.tables:
            if table.id == section_id:
                return table
        raise KeyError(section_id)

    def templates(self) -> tuple[Line, ...]:
        """Every line and cell that is a template."""
        lines = [*self.heading, *self.notes]
        for section in self.sections:
            lines += section.title
            if isinstance(section, TableSection):
                lines += [line for one in section.levels for line in one.title]
                lines += [one.template for one in section.fields if one.template]
            elif isinstance(section, FactsSection):
                lines += [one.template for one in section.facts if one.template]
        return tuple(lines)
