"""Tables that no form lays out: headings in groups, words, figures, what is made of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from reportgen.diagnostics import Span
from reportgen.document.blocks import Cell, Role, Row, TableColumn
from reportgen.document.numbers import print_number
from reportgen.document.origin import Computed, Input, Origin, Sum
from reportgen.model.council import NumberStyle
from reportgen.model.form import Align, Kind
from reportgen.model.formula import Expression

#: Printed where there is no figure.
NOTHING = "–"

#: The place of what no single file says.
GENERAL = Span("content/programmes")


@dataclass(frozen=True, slots=True)
class Heading:
    """A column: its heading, ``width`` in mm, and what stands above it and its neighbours."""

    id: str
    text: str
    width: float
    group: str = ""


def grid(headings: Sequence[Heading]) -> tuple[TableColumn, ...]:
    """Return the columns."""
    return tuple(TableColumn(one.id, one.width) for one in headings)


def header(headings: Sequence[Heading]) -> tuple[Row, ...]:
    """Return the rows of headings, one or two, and the row that numbers the columns."""
    deep = 2 if any(one.group for one in headings) else 1
    upper: list[Cell] = []
    for index, one in enumerate(headings):
        if not one.group:
            upper.append(_centred(one.text, rows=deep))
        elif not index or headings[index - 1].group != one.group:
            width = sum(other.group == one.group for other in headings)
            upper.append(_centred(one.group, columns=width))
    lower = tuple(_centred(one.text) for one in headings if one.group)
    numbers = tuple(_centred(str(index)) for index in range(1, len(headings) + 1))
    rows = [Row(tuple(upper), Role.HEADING), Row(lower, Role.HEADING)][:deep]
    return (*rows, Row(numbers, Role.NUMBERS))


def words(text: str, place: Span, columns: int = 1, align: Align = Align.LEFT) -> Cell:
    """Return a cell of text, empty without any."""
    return Cell((text,) if text else (), align=align, columns=columns, origin=place)


@dataclass(frozen=True, slots=True)
class Figures:
    """Cells of figures, all printed alike: amounts with ``decimals`` places."""

    numbers: NumberStyle
    decimals: int

    def amount(self, value: Decimal | None, origin: Origin) -> Cell:
        """Return the cell of an amount that content gives."""
        return self._cell(value, origin, Kind.MONEY, self.decimals)

    def total(self, cells: Sequence[tuple[Input, Decimal | None]]) -> Cell:
        """Return the sum of some figures; of none there is no sum."""
        given = [(one, value) for one, value in cells if value is not None]
        value = sum((value for _, value in given), Decimal(0)) if given else None
        return self.amount(value, Sum(tuple(one for one, _ in given)))

    def computed(
        self,
        expression: Expression,
        inputs: Mapping[str, Input],
        value: Decimal | None,
        percent_places: int | None = None,
    ) -> Cell:
        """Return what a formula over other cells gives: an amount, or a percent with its places."""
        places = self.decimals if percent_places is None else percent_places
        kind = Kind.MONEY if percent_places is None else Kind.PERCENT
        return self._cell(value, Computed(expression, inputs, places, NOTHING), kind, places)

    def _cell(self, value: Decimal | None, origin: Origin, kind: Kind, places: int) -> Cell:
        text = NOTHING if value is None else print_number(value, places, self.numbers)
        return Cell((text,), value, kind, Align.RIGHT, places, origin=origin)


def _centred(text: str, columns: int = 1, rows: int = 1) -> Cell:
    return Cell((text,), align=Align.CENTRE, columns=columns, rows=rows, origin=GENERAL)
