"""Which cells of documents show amounts that another document adds up.

Every figure of a report is made of what is typed at places of its files. So a cell shows just what
a figure elsewhere is made of if both are made of the same places; nobody need know the form.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from reportgen.diagnostics import Span
from reportgen.document.blocks import Cell, Document, Table
from reportgen.document.origin import ByFund, Elsewhere, Known, Origin, Reference, Sum

_NOUGHT = Decimal(0)


class Spot(NamedTuple):
    """A cell of a document: which document, which table of it, and the body's row and column."""

    document: int
    table: int
    row: int
    column: int


@dataclass(frozen=True, slots=True)
class Share:
    """What cells show of a figure, and the ``rest``, in their unit, that no cell does."""

    spots: tuple[Spot, ...]
    rest: Decimal


@dataclass(frozen=True, slots=True)
class _Figure:
    """A cell that is an amount, or a sum of some."""

    spot: Spot
    value: Decimal
    places: frozenset[Span]
    awaited: int  # cells without a figure that it would add as well
    funds: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ShownAmounts:
    """The amounts that documents show, each by the first of the places where it is typed."""

    figures: Mapping[Span, Sequence[_Figure]]
    files: Sequence[frozenset[str]]  # what the figures of each document are typed in

    def of(self, figure: Elsewhere) -> Share:
        """Return the fewest cells, none over another, that show what a figure is made of.

        A total comes before its rows. Reports of one programme for two periods share what its
        passport gives: the one of the figure's own file is taken. Of cells that show the same, it
        is one that is named after the figure's fund, then of a whole report the one that awaits the
        most amounts (a total before the only row of it that is filled), else the one that awaits
        the fewest, or else the first.
        """
        wanted: dict[Span, Decimal] = {}
        for at, value in figure.amounts:
            wanted[at] = wanted.get(at, _NOUGHT) + value
        found: list[Spot] = []
        near = [one for at in wanted for one in self.figures.get(at, ())]
        for one in sorted(near, key=lambda one: self._order(one, figure)):
            if one.places <= wanted.keys() and one.value == sum(wanted[at] for at in one.places):
                found.append(one.spot)
                for at in one.places:
                    del wanted[at]
        return Share(tuple(sorted(found)), sum(wanted.values(), _NOUGHT))

    def _order(self, one: _Figure, figure: Elsewhere) -> tuple[bool, int, bool, int, Spot]:
        is_foreign = figure.place.file not in self.files[one.spot.document]
        is_other = figure.fund not in one.funds if figure.fund else bool(one.funds)
        awaited = -one.awaited if figure.whole else one.awaited
        return is_foreign, -len(one.places), is_other, awaited, one.spot


def shown_amounts(documents: Iterable[Document]) -> ShownAmounts:
    """Return what the documents show."""
    figures: dict[Span, list[_Figure]] = {}
    files: list[frozenset[str]] = []
    for number, document in enumerate(documents):
        own: set[str] = set()
        for index, table in enumerate(document.tables):
            for one in _figures(number, index, table):
                figures.setdefault(min(one.places, key=_position), []).append(one)
                own.update(at.file for at in one.places)
        files.append(frozenset(own))
    return ShownAmounts(figures, files)


def _figures(document: int, index: int, table: Table) -> Iterator[_Figure]:
    cells = {
        (row, column): cell
        for row, placed in enumerate(table.placed_body)
        for column, cell in placed
    }
    for (row, column), cell in cells.items():
        places = _places(cell.origin, cells) if cell.value is not None else None
        if places and cell.value is not None:
            spot = Spot(document, index, row, column)
            funds = table.body[row].name.funds or table.columns[column].funds
            yield _Figure(spot, cell.value, places, len(_awaited(cell.origin, cells)), funds)


def _places(origin: Origin | None, cells: Mapping[tuple[int, int], Cell]) -> frozenset[Span] | None:
    """Return where all that a figure adds up is typed; ``None`` if it is no sum of amounts."""
    match origin:
        case Span():
            return frozenset((origin,))
        case ByFund(inputs) | Sum(inputs):
            pass
        case _:
            return None
    found: set[Span] = set()
    for one in inputs:
        match one:
            case Known(origin=source):
                places = _places(source, cells)
            case Reference(row, column):
                places = _places(cells[row, column].origin, cells)
        if places is None:
            return None
        found |= places
    return frozenset(found)


def _awaited(origin: Origin | None, cells: Mapping[tuple[int, int], Cell]) -> set[Reference]:
    """Return the cells without a figure that a figure adds, by itself or through others."""
    if not isinstance(origin, Sum):
        return set()
    found: set[Reference] = set()
    for one in origin.cells:
        if isinstance(one, Reference):
            below = cells[one.row, one.column]
            found |= _awaited(below.origin, cells) if below.value is not None else {one}
    return found


def _position(at: Span) -> tuple[str, int, int]:
    return at.file, at.line, at.column
