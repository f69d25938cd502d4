"""The cells of a row that is entered: what is known of it, its questions, what follows live."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from decimal import Decimal

from xlsxwriter.utility import quote_sheetname, xl_rowcol_to_cell

from reportgen.document.body import outline_text
from reportgen.entry.answers import answer_of, is_number
from reportgen.entry.cells import Cell, Content, Live, Style
from reportgen.entry.columns import Role, SheetColumn
from reportgen.entry.frames import LEFT
from reportgen.entry.ground import Ground, base_of
from reportgen.entry.questions import Address, Asked, Question
from reportgen.entry.sheets import Measured
from reportgen.entry.words import Vocabulary
from reportgen.model.form import Kind
from reportgen.model.programme import Amount, Declared
from reportgen.write.xlsx.formulas import sum_formula


def measured_cells(row: int, one: Measured, ground: Ground) -> Iterator[Cell]:
    """Yield the cells of a row, from left to right."""
    for at, column in enumerate(ground.sheet.columns, LEFT):
        match column.role:
            case Role.ENTERED:
                yield _entered(row, at, one, column, ground)
            case Role.COMPUTED:
                yield _computed(row, at, one, column, ground)
            case Role.SUM:
                content = _sum_of_funds(row, one, column, ground)
                yield _figure(row, at, content, Style.COMPUTED, one, column)
            case Role.EARLIER:
                was = ground.setting.earlier.get((one.row.path, base_of(column)))
                content = was.value if isinstance(was, Amount) else ""
                yield _figure(row, at, content, Style.EARLIER, one, column)
            case _:
                style = Style.PART if one.row.is_part else Style.KNOWN
                yield _figure(row, at, _known(one, column, ground), style, one, column)


def _figure(  # noqa: PLR0913, PLR0917 - a cell and what it is of
    row: int, at: int, content: Content, style: Style, one: Measured, column: SheetColumn
) -> Cell:
    """Return a cell of a column, which may hold figures or texts."""
    own = column.column
    places = None
    is_figure = bool(own and own.kind.is_figure)
    if own and is_figure:
        places = one.line.decimals.get(own.id, own.decimals)
        if own.kind is Kind.NUMBER:  # without decimals it may get some
            places = places or None
    return Cell(row, at, content, style, is_figure, places)


def shown(question: Question, words: Mapping[Asked, Vocabulary]) -> Content:
    """Return an answer as its cell shows it."""
    answer = question.answer
    may_be_number = question.asked.is_number or question.asked is Asked.FUNDING
    if may_be_number and is_number(answer):
        return Decimal(answer)
    return words[question.asked].text(answer) if question.asked in words else answer


def _known(one: Measured, column: SheetColumn, ground: Ground) -> Content:
    if column.role is Role.NUMBER:
        return " ".join(outline_text(one.line.item, "number", ground.sheet.table))
    if column.role is Role.NAME:
        # Where a row has no name of its own it is known by the item that it lies in.
        named = (item.text for item in (one.line.item, *reversed(one.line.above)) if item.text)
        return " ".join(next(named, one.line.item.key).split())
    value = one.line.values.get(base_of(column))
    if isinstance(value, Amount):
        return value.value
    words = ground.setting.words
    answer = answer_of(value, "")
    return words[column.asked].text(answer) if column.asked in words else answer


def _entered(row: int, at: int, one: Measured, column: SheetColumn, ground: Ground) -> Cell:
    name = base_of(column) or column.key
    question = ground.setting.questions[Address(one.row.path, name, column.fund)]
    content = shown(question, ground.setting.words)
    places = question.places or None
    if question.asked is Asked.MONEY:
        places = question.places
    is_figure = question.asked.is_number
    if one.home == ground.sheet.key:
        style = Style.REQUIRED if question.required else Style.OPTIONAL
        return Cell(row, at, content, style, is_figure, places, question)
    sheet = quote_sheetname(ground.setting.names[one.home])
    there = f"{sheet}!{xl_rowcol_to_cell(ground.setting.sites[one.home, one.row.path], at)}"
    cached = content if isinstance(content, (str, Decimal)) else ""
    live = Live(f'IF({there}="","",{there})', cached)
    return Cell(row, at, live, Style.COMPUTED, is_figure, places)


def _sum_of_funds(row: int, one: Measured, column: SheetColumn, ground: Ground) -> Content:
    """Return the sum of an amount's parts in a row; nothing where none is entered."""
    cells = ground.entered(row, base_of(column), column.funds)
    value = one.line.values.get(base_of(column))
    parts: list[Decimal] = []
    if isinstance(value, Amount):
        split = value.funds or {"": value.value}
        parts = [part for fund, part in split.items() if fund in column.funds]
    cached = sum(parts, Decimal(0)) if parts else ""
    counted = ",".join(area.text for area in cells)
    return Live(f'IF(COUNT({counted})=0,"",{sum_formula(cells)})', cached)


def _computed(row: int, at: int, one: Measured, column: SheetColumn, ground: Ground) -> Cell:
    own = column.column
    if own is None:
        return Cell(row, at, "", Style.COMPUTED)
    declared = one.line.values.get(own.id)
    if isinstance(declared, Declared):
        note = f"Заявлене значення, не обчислене: {declared.reason}"
        cell = _figure(row, at, declared.value, Style.COMPUTED, one, column)
        return replace(cell, note=note)
    figures = one.line.figures
    live = ground.formula(row, own, figures, figures[own.id], one.line.decimals[own.id])
    return _figure(row, at, live, Style.COMPUTED, one, column)
