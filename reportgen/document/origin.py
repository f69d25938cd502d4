"""Where a printed figure comes from, so that any of them can be explained and re-computed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import TypeAlias

from reportgen.diagnostics import Span
from reportgen.model.formula import Expression


@dataclass(frozen=True, slots=True)
class Reference:
    """A cell of the same table's body: row and grid column, from 0."""

    row: int
    column: int


@dataclass(frozen=True, slots=True)
class Known:
    """A figure that no cell of the table shows by itself.

    ``name`` is what content calls it: the row of an addend, the fund of a part of an amount, a
    hidden column. There is no value where content gives none.
    """

    name: str
    value: Decimal | None
    origin: Origin


#: What a computation uses.
Input: TypeAlias = Reference | Known


@dataclass(frozen=True, slots=True)
class ByFund:
    """Typed by funds: the value is the sum of parts that each stand in a file."""

    parts: tuple[Known, ...]


@dataclass(frozen=True, slots=True)
class Sum:
    """The value is the sum of the inputs.

    ``awaited`` are cells that count as well and hold no figure yet: a figure put there is added.
    """

    inputs: tuple[Input, ...]
    awaited: tuple[Reference, ...] = ()

    @property
    def cells(self) -> tuple[Input, ...]:
        """All that it runs over: cells from the top, filled or not, then what none shows."""
        shown = [one for one in self.inputs if isinstance(one, Reference)]
        shown += self.awaited
        unseen = (one for one in self.inputs if isinstance(one, Known))
        return (*sorted(shown, key=lambda one: (one.row, one.column)), *unseen)


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """The sum of amounts that another document shows, times ten to the ``power``.

    ``place`` is the file of that document's content, ``amounts`` are what is typed there: where,
    and how much. ``fund`` is the one that all of them are of, if the figure is asked for by fund.
    ``whole`` says that all rows of that document count, those without an amount yet as well.
    """

    place: Span
    amounts: tuple[tuple[Span, Decimal], ...]
    power: int = 0
    fund: str = ""
    whole: bool = False


@dataclass(frozen=True, slots=True)
class Computed:
    """The value is a formula over inputs by name, rounded half up to ``decimals``.

    Where something is divided by zero there is no value, and the cell prints ``zero``.
    """

    expression: Expression
    inputs: Mapping[str, Input]
    decimals: int
    zero: str


@dataclass(frozen=True, slots=True)
class Override:
    """Typed at ``place``, for a reason, instead of what is ``computed``."""

    place: Span
    reason: str
    computed: Computed


#: Typed at a place of a file, or made from other cells.
Origin: TypeAlias = Span | ByFund | Sum | Elsewhere | Computed | Override


def place_of(origin: Origin | None) -> Span | None:
    """Return where a value is typed; of one that is typed by funds, where its first part is."""
    match origin:
        case Span():
            return origin
        case Override(place) | Elsewhere(place):
            return place
        case ByFund(parts):
            return place_of(parts[0].origin)
    return None
