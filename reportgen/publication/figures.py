"""Every figure of a report as one line of open data: what it is, how much, and where it stands.

A line stands for a cell of the document whose value is a figure, so that whoever adds the lines up
gets what the report prints. Totals are among them and say that they are totals.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from reportgen.compute.figures import Figures, Line
from reportgen.document.blocks import Cell, Document, Role, Row, Table
from reportgen.document.body import outline_text
from reportgen.document.origin import ByFund, Computed, Origin, Override, Sum, place_of
from reportgen.model.form import Column, Kind, TableSection
from reportgen.model.programme import Item, Text
from reportgen.model.report import Report

_UNIT = "unit"  # the id of the column that tells the unit of a quantity, where a form has one


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure; texts are without line breaks, "" where there is nothing to say.

    ``counts`` says that the amount enters totals: lines that count can be added up within a column.
    ``value`` is exact, with a decimal point; ``fund`` has ids of the register, several parted by a
    blank, and is "" for money of all funds.
    """

    programme: str
    period: str
    table: int  # of the report's tables, from 1
    table_name: str
    line: int  # of the table's rows below its header, from 1
    kind: str  # "row", "part" or "total"
    counts: bool
    group: str
    number: str
    name: str
    column: str
    column_name: str
    fund: str
    fund_name: str
    value: str
    unit: str
    origin: str  # "typed", "sum", "formula" or "declared"
    place: str  # file:line:column of what is typed


def figures_of(
    report: Report, computed: Mapping[str, Figures], document: Document
) -> Iterator[Figure]:
    """Yield the figures of a document in its order; ``computed`` are those of its tables, by id."""
    sections = {one.id: one for one in report.form.tables}
    for number, table in enumerate(document.tables, 1):
        section = sections.get(table.id)
        if section is not None:
            yield from _Tidy(report, section, computed[table.id]).figures(number, table)


def exact(value: Decimal) -> str:
    """Return the value digit by digit; a nought has no sign."""
    return f"{value or abs(value):f}"


class _Tidy:
    """What all figures of a table share."""

    def __init__(self, report: Report, section: TableSection, computed: Figures) -> None:
        self._report = report
        self._section = section
        self._funds = report.council.funds
        self._lines = {one.name: one for one in computed.lines}
        self._splits = {(one.name, one.split.label): one for one in computed.lines if one.split}
        outline = report.programme.outlines.get(section.id, ())
        self._paths = dict(_paths(outline, ()))

    def figures(self, number: int, table: Table) -> Iterator[Figure]:
        placed = table.placed_body
        for index, (row, cells) in enumerate(zip(table.body, placed, strict=True), 1):
            for at, cell in cells:
                if cell.value is not None:
                    column = self._section.columns[at]
                    yield self._figure((number, table.caption), index, row, column, cell)

    def _figure(
        self, table: tuple[int, str], index: int, row: Row, column: Column, cell: Cell
    ) -> Figure:
        is_total = row.role is Role.TOTAL or bool(self._section.summary_of)
        line = None if is_total else self._line(row)
        funds = self._filtered(row, column)
        return Figure(
            programme=self._report.programme.slug,
            period=self._report.period.period.id,
            table=table[0],
            table_name=squeezed(table[1]),
            line=index,
            kind="total" if is_total else "part" if row.role is Role.PART else "row",
            counts=line is not None and self._counts(line),
            group=self._group(line.above if line else self._paths.get(row.name.key, ())),
            number=line.item.number if line else "",
            name=squeezed(line.item.text if line else row.name.label),
            column=column.id,
            column_name=" / ".join(map(squeezed, column.heading)),
            fund=" ".join(funds),
            fund_name="; ".join(self._funds[one].name for one in funds if one in self._funds),
            value=exact(cell.value or Decimal(0)),
            unit=self._unit(cell, line),
            origin=_origin(cell.origin),
            place=str(place_of(cell.origin) or ""),
        )

    def _line(self, row: Row) -> Line:
        split = self._splits.get((row.name.key, row.name.label))
        return split or self._lines[row.name.key]

    def _filtered(self, row: Row, column: Column) -> tuple[str, ...]:
        """Return the funds that the figure is of; none named is all."""
        of_column = column.share.funds if column.share else ()
        of_row = row.name.funds if column.is_split else ()
        if of_column and of_row:
            return tuple(one for one in of_column if one in of_row)
        return of_column or of_row

    def _counts(self, line: Line) -> bool:
        """Tell whether it enters totals; of the rows by source, the first stands for all."""
        splits = self._section.splits
        return line.level.counts and (line.split is None or line.split is splits[0])

    def _group(self, path: tuple[Item, ...]) -> str:
        labels = (outline_text(one, "label", self._section) for one in path)
        return " / ".join(squeezed(" ".join(one)) for one in labels)

    def _unit(self, cell: Cell, line: Line | None) -> str:
        if cell.kind is Kind.PERCENT:
            return "%"
        if cell.kind is Kind.MONEY:
            return self._report.form.unit
        given = line.values.get(_UNIT) if line else None
        return squeezed(" ".join(given.paragraphs)) if isinstance(given, Text) else ""


def _paths(
    items: tuple[Item, ...], above: tuple[Item, ...]
) -> Iterator[tuple[str, tuple[Item, ...]]]:
    """Yield each item's key with the items down to it, itself the last."""
    for item in items:
        path = (*above, item)
        yield item.key, path
        yield from _paths(item.children, path)


def _origin(origin: Origin | None) -> str:
    match origin:
        case Sum():
            return "sum"
        case Computed():
            return "formula"
        case Override():
            return "declared"
        case ByFund():
            return "typed"
    return "typed"


def squeezed(text: str) -> str:
    """Return the text on one line, with single blanks."""
    return " ".join(text.split())
