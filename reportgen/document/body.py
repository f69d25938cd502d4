"""Body rows: figures and texts of a report put into cells."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from reportgen.compute.figures import Figures, Line, TotalLine
from reportgen.document.blocks import Cell, Role, Row
from reportgen.document.numbers import print_number
from reportgen.document.origin import Computed, Input, Origin, Reference, Sum
from reportgen.document.slots import Slot, Slots, slots
from reportgen.model.council import NumberStyle
from reportgen.model.form import Align, Column, Form
from reportgen.model.formula import Expression, names
from reportgen.model.programme import Declared, Executors, Item, Text


def body_rows(figures: Figures, form: Form, numbers: NumberStyle) -> tuple[Row, ...]:
    """Return the rows of the table below its header."""
    return _Body(figures, form, numbers).rows()


class _Body:
    """The rows' common context: where each line and column lies in the grid."""

    def __init__(self, figures: Figures, form: Form, numbers: NumberStyle) -> None:
        self._figures = figures
        self._form = form
        self._numbers = numbers
        self._slots: Slots = slots(figures, form)
        self._column = {column.id: index for index, column in enumerate(form.columns)}
        lines = (row for row, slot in enumerate(self._slots) if isinstance(slot.content, Line))
        self._row_of_line = list(lines)
        self._mark = {column.id: _mark_between(figures, column) for column in form.columns}

    def rows(self) -> tuple[Row, ...]:
        return tuple(self._row(index, slot) for index, slot in enumerate(self._slots))

    def _row(self, index: int, slot: Slot) -> Row:
        match slot.content:
            case Item() as item:
                return self._band(item)
            case Line() as line:
                role = Role.BODY if line.level is self._form.rows[0] else Role.PART
                return Row(tuple(self._line(index, slot, line)), role)
            case TotalLine() as total:
                return Row(tuple(self._total(index, slot, total)), Role.TOTAL)

    def _band(self, item: Item) -> Row:
        text = _outline_text(item, "label", self._form)
        width = len(self._form.columns)
        cell = Cell((text,), align=Align.CENTRE, columns=width, origin=item.span)
        return Row((cell,), Role.BAND)

    def _line(self, index: int, slot: Slot, line: Line) -> Iterator[Cell]:
        for column in self._form.columns:
            if column.source and column.source.level != "row":
                yield from self._merged(index, slot, column)
            elif column.source:
                text = _outline_text(line.item, column.source.field, self._form)
                yield _text_cell((text,) if text else (), column, line.item.span)
            elif column.id in line.figures:
                yield self._figure(index, line, column)
            else:
                yield self._value(line, column)

    def _value(self, line: Line, column: Column) -> Cell:
        value = line.values.get(column.id)
        match value:
            case Text(paragraphs, span):
                return _text_cell(paragraphs, column, span)
            case Executors(_, span):
                names_of_bodies = _spelled(value, column)
                return _text_cell((self._mark[column.id].join(names_of_bodies),), column, span)
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
        text = _outline_text(item, field, self._form)
        yield _text_cell((text,) if text else (), column, item.span, rows)

    def _figure(self, index: int, line: Line, column: Column) -> Cell:
        value = line.figures[column.id]
        given = line.values.get(column.id)
        origin: Origin = given.span if given else line.item.span
        if column.formula and not isinstance(given, Declared):
            return self._number(column, value, self._computed(column, column.formula, index))
        if value is None:  # an amount that content leaves out: an empty cell, not a nought
            return _text_cell((), column, origin)
        return self._number(column, value, origin)

    def _computed(self, column: Column, expression: Expression, row: int) -> Computed:
        inputs = {name: Reference(row, self._column[name]) for name in names(expression)}
        return Computed(expression, inputs, column.decimals, column.zero)

    def _number(self, column: Column, value: Decimal | None, origin: Origin) -> Cell:
        """Return a figure's cell; where there is no figure it prints the column's ``zero``."""
        numbers = self._numbers
        text = column.zero if value is None else print_number(value, column.decimals, numbers)
        return Cell((text,), value, column.kind, column.align, column.decimals, origin=origin)

    def _total(self, index: int, slot: Slot, total: TotalLine) -> Iterator[Cell]:
        columns = self._form.columns
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
        for column in self._form.columns[start:]:
            if column.id in total.figures or _outer(slot, column) is not None:
                break
            width += 1
        return width

    def _total_figure(self, index: int, total: TotalLine, column: Column) -> Cell:
        value = total.figures[column.id]
        if column.formula:
            return self._number(column, value, self._computed(column, column.formula, index))
        inputs = tuple(
            self._addend(line, amount, column) for line, amount in total.addends[column.id]
        )
        return self._number(column, value, Sum(inputs))

    def _addend(self, line: int, amount: Decimal, column: Column) -> Input:
        """Return the cell that shows the amount, or the amount where a cell shows more than it."""
        if self._figures.lines[line].figures[column.id] == amount:
            return Reference(self._row_of_line[line], self._column[column.id])
        return amount


def _outer(slot: Slot, column: Column) -> Item | None:
    """Return the item whose merged cell takes this column in this row, if any."""
    if column.source is None or column.source.level == "row":
        return None
    level = column.source.level
    return next((item for item in slot.inside if item.level == level), None)


def _outline_text(item: Item, field: str, form: Form) -> str:
    number = ""
    template = form.level(item.level).number
    if template and item.number:
        number = template.replace("{n}", item.number).replace("{position}", str(item.position))
    if field == "number":
        return number
    return f"{number} {item.text}".strip() if field == "label" else item.text


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
