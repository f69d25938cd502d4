"""What a period's file says or may say, value by value: the questions of an entry form."""

from __future__ import annotations

import enum
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from reportgen.diagnostics import Span
from reportgen.document.lines import Filler
from reportgen.entry.answers import answer_of
from reportgen.entry.funds import funds_of
from reportgen.entry.rows import OutlineRow, Path, outline_rows
from reportgen.model.form import (
    Column,
    FactsSection,
    GivenBy,
    Kind,
    Line,
    NarrativeSection,
    TableSection,
)
from reportgen.model.programme import Amount, Value
from reportgen.model.report import Report

STATUS = "status"
SIGNATORY = "signatory"


class Asked(enum.Enum):
    """What kind of answer is asked for."""

    MONEY = "money"
    NUMBER = "number"
    TEXT = "text"
    NARRATIVE = "narrative"
    YEARS = "years"
    STATUS = "status"
    EXECUTORS = "executors"
    PROGRAMMES = "programmes"
    FUNDING = "funding"  # programmes, or an amount
    OFFICIALS = "officials"

    @property
    def is_number(self) -> bool:
        """Whether nothing but a number will do."""
        return self in (Asked.MONEY, Asked.NUMBER)

    @property
    def is_prose(self) -> bool:
        """Whether a line break parts paragraphs."""
        return self in (Asked.TEXT, Asked.NARRATIVE)


_ASKED = {
    Kind.MONEY: Asked.MONEY,
    Kind.NUMBER: Asked.NUMBER,
    Kind.TEXT: Asked.TEXT,
    Kind.NARRATIVE: Asked.NARRATIVE,
    Kind.YEARS: Asked.YEARS,
    Kind.EXECUTORS: Asked.EXECUTORS,
    Kind.PROGRAMMES: Asked.PROGRAMMES,
    Kind.FUNDING: Asked.FUNDING,
}


class Address(NamedTuple):
    """Where a value stands in the period's file: a key of a row, and of an amount its fund."""

    row: Path
    key: str
    fund: str = ""  # "" is an amount that no fund is told of, and whatever is no amount

    def __str__(self) -> str:
        return " → ".join(one for one in (*self.row, self.key, self.fund) if one)


@dataclass(frozen=True, slots=True)
class Question:
    """One value that a clerk enters, with the answer that the period's file has."""

    address: Address
    asked: Asked
    label: str  # what the clerk knows it by: the heading of its column
    required: bool
    answer: str
    span: Span  # of the answer in the file; without one, of its row or of the file
    places: int = 0  # decimals that a number is written with at least
    row: str = ""  # as a person knows it
    fund: str = ""  # its name, where the row is asked for the money of several

    @property
    def called(self) -> str:
        """What messages call it."""
        return ", ".join(one for one in (self.row, self.label, self.fund) if one)


def asked_of(column: Column) -> Asked:
    """Return what a column of the period's file asks for."""
    return _ASKED[column.kind]


def given_columns(table: TableSection) -> tuple[Column, ...]:
    """Return the columns of a table that the period's file gives."""
    return tuple(one for one in table.fields if one.given is GivenBy.PERIOD)


def questions(report: Report, earlier: Report | None) -> Iterator[Question]:
    """Yield every question of a report, table by table, then those beside the tables."""
    filler = Filler(report, [])
    for table in report.form.outlines:
        funds = {
            one.id: funds_of(one, table, report, earlier)
            for one in given_columns(table)
            if one.kind is Kind.MONEY
        }
        columns = {one: heading_of(one, table, filler) for one in given_columns(table)}
        for row in outline_rows(report, table):
            yield from _of_row(row, columns, funds, report)
    yield from questions_beside(report, filler)


def _of_row(
    row: OutlineRow,
    columns: Mapping[Column, str],
    funds: Mapping[str, tuple[str, ...]],
    report: Report,
) -> Iterator[Question]:
    """Yield the questions of a row; ``columns`` gives the headings of those that are entered."""
    span = row.entry.span if row.entry else report.period.span
    values = row.entry.values if row.entry else {}
    called = _row_called(row)
    for column, heading in columns.items():
        value = values.get(column.id)
        required = column.required and (not row.is_part or column.kind is Kind.MONEY)
        several = funds.get(column.id, ("",))
        for fund in several:
            name = report.council.funds[fund].name if fund and len(several) > 1 else ""
            split = isinstance(value, Amount) and bool(value.funds)
            elsewhere = split and not fund and len(funds.get(column.id, ())) > 1
            yield Question(
                Address(row.path, column.id, fund),
                asked_of(column),
                heading,
                required=required,
                places=_places(column, value),
                answer="" if elsewhere else answer_of(value, fund),
                span=value.span if value else span,
                row=called,
                fund=name,
            )
    status = row.entry.status.value if row.entry and row.entry.status else ""
    address = Address(row.path, STATUS)
    label = "Стан виконання"
    yield Question(
        address, Asked.STATUS, label, required=False, answer=status, span=span, row=called
    )


def _row_called(row: OutlineRow) -> str:
    """Return a row by the numbers of what it lies in, a part by its name."""
    *outer, last = row.path[1::2]
    name = " ".join(row.item.text.split()) if row.is_part else ""
    return ", ".join((*outer, name or last))


def questions_beside(report: Report, filler: Filler) -> Iterator[Question]:
    """Yield the questions that no table asks: who signs, facts, narratives."""
    period = report.period
    if report.form.signature:
        answer = ";".join(one.id for one in period.signatories)
        address = Address((), SIGNATORY)
        yield Question(
            address, Asked.OFFICIALS, "Підписує", required=True, answer=answer, span=period.span
        )
    for text_id, label, required in _texts(report, filler):
        value = period.texts.get(text_id)
        span = value.span if value else period.span
        address, answer = Address((), text_id), answer_of(value, "")
        yield Question(address, Asked.NARRATIVE, label, required=required, answer=answer, span=span)


def _texts(report: Report, filler: Filler) -> Iterator[tuple[str, str, bool]]:
    """Yield id, label and whether it is required, of each text that the period's file gives."""
    for section in report.form.sections:
        if isinstance(section, NarrativeSection) and section.given is GivenBy.PERIOD:
            title = " ".join(filler.text(line).strip() for line in section.title)
            yield section.id, title or section.id, section.required
        elif isinstance(section, FactsSection):
            for fact in section.facts:
                if fact.given is GivenBy.PERIOD:
                    yield fact.id, fact.label, fact.required


def heading_of(column: Column, table: TableSection, filler: Filler) -> str:
    """Return a column's heading; of a hidden one what the columns that show its money share."""
    if column.heading and column.heading[-1]:
        return filler.text(Line("line", column.heading[-1], column.span))
    shares = [one.heading for one in table.fields if one.share and one.share.column == column.id]
    common = [names[0] for names in zip(*shares, strict=False) if len(set(names)) == 1]
    return common[-1] if common else column.id


def _places(column: Column, value: Value | None) -> int:
    """Return the decimals that the answer is typed with, money never fewer than it prints."""
    least = column.decimals if column.kind is Kind.MONEY else 0
    amounts = [value.value, *value.funds.values()] if isinstance(value, Amount) else []
    exponents = (one.as_tuple().exponent for one in amounts)
    return max(least, *(-one for one in exponents if isinstance(one, int)), 0)


def by_address(asked: Iterable[Question]) -> dict[Address, Question]:
    """Return questions by their addresses."""
    return {one.address: one for one in asked}
