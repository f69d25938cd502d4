"""A table's cells explained by the origins that they carry."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from decimal import Overflow

from reportgen.compute.evaluate import exactly
from reportgen.compute.rounding import round_half_up
from reportgen.diagnostics import Span
from reportgen.document.blocks import Cell, Role, Table
from reportgen.document.explain.tree import (
    Added,
    Calculated,
    ColumnName,
    Explanation,
    Over,
    Replaced,
    Source,
    Typed,
)
from reportgen.document.explain.words import all_digits
from reportgen.document.numbers import print_number
from reportgen.document.origin import (
    ByFund,
    Computed,
    Elsewhere,
    Input,
    Origin,
    Override,
    Reference,
    Sum,
)
from reportgen.model.council import NumberStyle


class ExplainedTable:
    """Explains the body of a table; a cell has one explanation, whoever asks for it."""

    def __init__(self, table: Table, numbers: NumberStyle) -> None:
        self.columns = tuple(_column_names(table))
        self._names = [str(row.name) for row in table.body]
        self._numbers = numbers
        self._corners: dict[Reference, Reference] = {}  # of the cell over each place
        self._cells: dict[Reference, Cell] = {}
        for row, placed in enumerate(table.placed_body):
            for column, cell in placed:
                corner = Reference(row, column)
                self._cells[corner] = cell
                for down in range(cell.rows):
                    for right in range(cell.columns):
                        self._corners[Reference(row + down, column + right)] = corner
        self._explained: dict[Reference, Explanation] = {}
        self._known: dict[int, Explanation] = {}

    def made(self) -> Iterator[tuple[Reference, Explanation]]:
        """Yield the corner and the explanation of every cell that is made from others."""
        for corner, cell in self._cells.items():
            if not isinstance(cell.origin, (Span, Elsewhere)) and cell.origin is not None:
                yield corner, self.at(corner)

    def at(self, asked: Reference) -> Explanation:
        """Explain the cell over a place of the body."""
        corner = self._corners[asked]
        if corner not in self._explained:
            self._explained[corner] = self._cell(corner, self._cells[corner])
        return self._explained[corner]

    def _cell(self, corner: Reference, cell: Cell) -> Explanation:
        name, column = self._names[corner.row], self.columns[corner.column]
        return Explanation(
            name=name,
            column=column,
            text=cell.text,
            value=cell.value,
            decimals=cell.decimals,
            trace=lambda: self._source(name, column, cell.origin),
        )

    def _input(self, source: Input) -> Explanation:
        if isinstance(source, Reference):
            return self.at(source)
        if id(source) not in self._known:
            self._known[id(source)] = Explanation(
                name=source.name,
                column=None,
                text="" if source.value is None else all_digits(source.value, self._numbers),
                value=source.value,
                decimals=0,
                trace=lambda: self._source(source.name, None, source.origin),
            )
        return self._known[id(source)]

    def _source(self, name: str, column: ColumnName | None, origin: Origin | None) -> Source:
        match origin:
            case ByFund(parts):
                return Added(tuple(map(self._input, parts)), Over.FUNDS)
            case Sum(inputs):
                return Added(tuple(map(self._input, inputs)), self._over(inputs, column))
            case Computed():
                return self._calculated(column, origin)
            case Override(place_of_value, reason, computed):
                return Replaced(place_of_value, reason, self._instead(name, column, computed))
            case Elsewhere(place_of_file):
                return Typed(place_of_file)
        return Typed(origin)

    def _over(self, inputs: tuple[Input, ...], column: ColumnName | None) -> Over:
        """Tell what a sum runs over: rows of its own column, or other columns of its row."""
        columns = (self.columns[one.column] for one in inputs if isinstance(one, Reference))
        return Over.COLUMNS if any(one is not column for one in columns) else Over.ROWS

    def _calculated(self, column: ColumnName | None, origin: Computed) -> Calculated:
        inputs = {name: self._input(one) for name, one in origin.inputs.items()}
        values = {name: one.value for name, one in inputs.items()}
        return Calculated(
            place=column.span if column else None,
            expression=origin.expression,
            inputs=inputs,
            exact=exactly(origin.expression, values),
            decimals=origin.decimals,
            zero=origin.zero,
        )

    def _instead(
        self, name: str, column: ColumnName | None, origin: Computed
    ) -> Explanation | None:
        """Explain what a formula would give; nobody has worked that out before."""
        try:
            source = self._calculated(column, origin)
        except Overflow:
            return None
        text, value = origin.zero, None
        if source.exact is not None:
            value = round_half_up(source.exact, origin.decimals)
            text = print_number(value, origin.decimals, self._numbers)
        return Explanation(name, column, text, value, origin.decimals, lambda: source)


def _column_names(table: Table) -> Iterator[ColumnName]:
    """Yield what the header calls each column; outer headings where its own is not enough."""
    headings: list[list[Cell]] = [[] for _ in table.columns]
    labels = ["" for _ in table.columns]
    for row, placed in zip(table.header, table.placed_header, strict=True):
        for left, cell in placed:
            for column in range(left, left + cell.columns):
                if row.role is Role.NUMBERS:
                    labels[column] = cell.text
                else:
                    headings[column].append(cell)
    own = Counter(" ".join(one[-1].text.split()) for one in headings if one)
    for one, label, drawn in zip(headings, labels, table.columns, strict=True):
        texts = [" ".join(cell.text.split()) for cell in one]
        heading = texts[-1] if texts else drawn.id
        if own[heading] > 1:
            heading = " — ".join(texts)
        span = one[-1].origin if one else None
        yield ColumnName(drawn.id, label, heading, span if isinstance(span, Span) else None)
