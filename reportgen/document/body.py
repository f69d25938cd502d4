"""Body rows: figures and texts of a report put into cells."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from reportgen.compute.figures import Figures, Line, TotalLine
from reportgen.document.blocks import Cell, Role, Row
from reportgen.document.lines import Filler
from reportgen.document.numbers import print_number
from reportgen.document.origin import Origin
from reportgen.document.slots import Slot, Slots, slots
from reportgen.document.tracing import Tracing, name_of
from reportgen.model.council import Council
from reportgen.model.form import Align, Column, Kind, TableSection
from reportgen.model.programme import Amount, Executors, Item, Programmes, Text


def body_rows(
    figures: Figures,
    table: TableSection,
    council: Council,
    filler: Filler,
    top: Item | None = None,
) -> tuple[Row, ...]:
    """Return the rows of a table below its header; with ``top``, those inside that item."""
    return _Body(figures, table, council, filler, top).rows()


class _Body:
    """The rows' common context."""

    def __init__(
        self,
        figures: Figures,
        table: TableSection,
        council: Council,
        filler: Filler,
        top: Item | None,
    ) -> None:
        self._table = table
        self._numbers = council.numbers
        self._filler = filler
        self._slots: Slots = slots(figures, table, top)
        self._tracing = Tracing(figures, table, self._slots, council.funds)
        self._mark = {column.id: _mark_between(figures, column) for column in table.columns}

    def rows(self) -> tuple[Row, ...]:
        return tuple(self._row(index, slot) for index, slot in enumerate(self._slots))

    def _row(self, index: int, slot: Slot) -> Row:
        match slot.content:
            case Item() as item:
                return self._band(item)
            case Line() as line:
                role = Role.BODY if line.level is self._table.rows[0] else Role.PART
                return Row(tuple(self._line(index, slot, line)), role, name_of(line))
            case TotalLine() as total:
                # The rows of a summary are plain ones, but for the one over all money.
                is_row = bool(self._table.summary_of and total.total.funds)
                role = Role.BODY if is_row else Role.TOTAL
                return Row(tuple(self._total(index, slot, total)), role, name_of(total))

    def _band(self, item: Item) -> Row:
        paragraphs = outline_text(item, "label", self._table)
        width = len(self._table.columns)
        cell = Cell(paragraphs, align=Align.CENTRE, columns=width, origin=item.span)
        return Row((cell,), Role.BAND, name_of(item))

    def _line(self, index: int, slot: Slot, line: Line) -> Iterator[Cell]:
        for column in self._table.columns:
            if column.source and column.source.level not in ("row", "split"):
                yield from self._merged(index, slot, column)
            elif line.split is None or column.is_split:
                yield self._cell(index, line, column)
            elif line.split is self._table.splits[0]:
                yield replace(self._cell(index, line, column), rows=len(self._table.splits))

    def _cell(self, index: int, line: Line, column: Column) -> Cell:
        if column.source and column.source.level == "split":
            label = (line.split.label,) if line.split else ()
            return _text_cell(label, column, line.item.span)
        if column.source:
            paragraphs = outline_text(line.item, column.source.field, self._table)
            return _text_cell(paragraphs, column, line.item.span)
        if column.template:
            text = self._filler.text(column.template, row=self._context(line))
            return _text_cell(_paragraphs(text), column, line.item.span)
        if column.id in line.figures:
            return self._figure(index, line, column)
        return self._value(line, column)

    def _context(self, line: Line) -> dict[str, str]:
        """Return what a cell's template sees of its row: outline and given texts, never figures."""
        given = {column.id: "" for column in self._table.fields if column.given}
        for key, value in line.values.items():
            if isinstance(value, Text):
                given[key] = " ".join(value.paragraphs)
        return {**given, "number": line.item.number, "text": line.item.text}

    def _value(self, line: Line, column: Column) -> Cell:
        value = line.values.get(column.id)
        match value:
            case Text(paragraphs, span, marked):
                return replace(_text_cell(paragraphs, column, span), marked=marked)
            case Executors(_, span):
                names_of_bodies = _spelled(value, column)
                return _text_cell((self._mark[column.id].join(names_of_bodies),), column, span)
            case Programmes(programmes, span):
                named = "; ".join(one.name for one in programmes)
                return _text_cell((named,), column, span)
            case Amount(amount, _, span):
                return self._number(column, amount, span, line.decimals[column.id])
        return _text_cell((), column, line.item.span)

    def _merged(self, index: int, slot: Slot, column: Column) -> Iterator[Cell]:
        """Yield the cell of an outer item at its first row, and nothing at the rows it covers."""
        item = _outer(slot, column)
        if item is None or (index and _outer(self._slots[index - 1], column) is item):
            return
        rows = 1
        while index + rows < len(self._slots) and (
            _outer(self._slots[index + rows], column) is item
        ):
            rows += 1
        field = column.source.field if column.source else "label"
        yield _text_cell(outline_text(item, field, self._table), column, item.span, rows)

    def _figure(self, index: int, line: Line, column: Column) -> Cell:
        value = line.figures[column.id]
        origin = self._tracing.of_line(index, line, column)
        if value is None and not column.formula:  # content leaves it out: empty, not a nought
            return replace(_text_cell((), column, origin), decimals=line.decimals[column.id])
        return self._number(column, value, origin, line.decimals[column.id])

    def _number(self, column: Column, value: Decimal | None, origin: Origin, decimals: int) -> Cell:
        """Return a figure's cell; where there is no figure it prints the column's ``zero``."""
        text = column.zero if value is None else print_number(value, decimals, self._numbers)
        kind = Kind.MONEY if column.kind is Kind.FUNDING else column.kind
        return Cell((text,), value, kind, column.align, decimals, origin=origin)

    def _total(self, index: int, slot: Slot, total: TotalLine) -> Iterator[Cell]:
        columns = self._table.columns
        position = 0
        labelled = False
        while position < len(columns):
            column = columns[position]
            if _outer(slot, column) is not None:  # an outer group's merged cell reaches down here
                position += 1
                continue
            width = 1
            if column.id in total.figures:
                yield self._total_figure(index, total, column)
            elif total.total.at == column.id or not (total.total.at or labelled):
                width = 1 if total.total.at else self._label_width(slot, total, position)
                label = (total.total.label,)
                yield Cell(label, align=Align.LEFT, columns=width, origin=total.total.span)
                labelled = True
            else:
                yield _text_cell((), column, total.total.span)
            position += width

    def _label_width(self, slot: Slot, total: TotalLine, start: int) -> int:
        """Return how many columns from ``start`` the label may take: up to the first figure."""
        width = 0
        for column in self._table.columns[start:]:
            if column.id in total.figures or _outer(slot, column) is not None:
                break
            width += 1
        return width

    def _total_figure(self, index: int, total: TotalLine, column: Column) -> Cell:
        value = total.figures[column.id]
        origin = self._tracing.of_total(index, total, column)
        return self._number(column, value, origin, total.decimals[column.id])


def _outer(slot: Slot, column: Column) -> Item | None:
    """Return the item whose merged cell takes this column in this row, if any."""
    if column.source is None or column.source.level in ("row", "split"):
        return None
    level = column.source.level
    return next((item for item in slot.inside if item.level == level), None)


def outline_text(item: Item, field: str, table: TableSection) -> tuple[str, ...]:
    """Return a field of an item as it is printed: number, text, or both by the level's label."""
    level = table.level(item.level)
    number = ""
    if level.number and item.number:
        number = level.number.replace("{n}", item.number).replace("{position}", str(item.position))
    if field == "number":
        return _paragraphs(number)
    if field == "text":
        return _paragraphs(item.text)
    return _paragraphs(level.label.replace("{number}", number).replace("{text}", item.text))


def _paragraphs(text: str) -> tuple[str, ...]:
    lines = (line.strip() for line in text.split("\n"))
    return tuple(line for line in lines if line)


def _spelled(executors: Executors, column: Column) -> list[str]:
    return [body.short if column.short else body.name for body in executors.bodies]


def _mark_between(figures: Figures, column: Column) -> str:
    """Return what parts the names of a column: semicolons if any name has a comma of its own."""
    given = (line.values.get(column.id) for line in figures.lines)
    spelled = (
        name for one in given if isinstance(one, Executors) for name in _spelled(one, column)
    )
    return "; " if any("," in name for name in spelled) else ", "


def _text_cell(paragraphs: tuple[str, ...], column: Column, origin: Origin, rows: int = 1) -> Cell:
    return Cell(paragraphs, align=column.align, rows=rows, origin=origin)
