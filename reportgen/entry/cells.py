"""An entry form cell by cell: what is written where, and which question each cell answers."""

from __future__ import annotations

import enum
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TypeAlias

from reportgen.entry.questions import Question


class Style(enum.Enum):
    """What a cell is to the clerk."""

    TITLE = "title"
    ABOUT = "about"
    PLAIN = "plain"
    HEADING = "heading"
    BAND = "band"
    KNOWN = "known"
    PART = "part"
    EARLIER = "earlier"
    COMPUTED = "computed"
    TOTAL = "total"
    REQUIRED = "required"
    OPTIONAL = "optional"


@dataclass(frozen=True, slots=True)
class Live:
    """A formula, without «=», and its value now."""

    formula: str
    cached: Decimal | str


Content: TypeAlias = str | Decimal | Live


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell, or several merged from here to ``bottom`` and ``right``; all count from 0."""

    row: int
    column: int
    content: Content
    style: Style
    figure: bool = False  # whether a number stands or may stand here
    places: int | None = None  # its decimals; ``None`` for those that are typed
    question: Question | None = None
    bottom: int = -1
    right: int = -1
    note: str = ""
    free: bool = False  # anything may be typed here, and nobody reads it

    @property
    def is_merged(self) -> bool:
        """Whether it takes more than one place."""
        return self.bottom > self.row or self.right > self.column


@dataclass(frozen=True, slots=True)
class LaidSheet:
    """One sheet of the workbook, ready to be written.

    ``rows`` and ``columns`` have the keys by which cells are found again, wherever they are moved;
    a sheet without a ``key`` has nothing to be found.
    """

    key: str
    name: str
    cells: tuple[Cell, ...]
    widths: Mapping[int, float]  # characters, by column
    rows: Mapping[int, str] = field(default_factory=dict)
    columns: Mapping[int, str] = field(default_factory=dict)
    headings: range = range(0)  # rows printed on every page, in view on the screen
    fixed: int = 0  # columns in view on the screen
    heights: Mapping[int, float] = field(default_factory=dict)  # points; others fit by themselves
