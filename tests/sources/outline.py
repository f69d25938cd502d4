"""What a reader finds in a source, as the project's model."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from overlays import ROOT
from sources import bodies

from reportgen.compute.report import compute_report
from reportgen.diagnostics import Diagnostic, Span
from reportgen.document.blocks import Document
from reportgen.document.make import make_document
from reportgen.load import load_form
from reportgen.load.form_sections import ONLY_TABLE
from reportgen.model.council import Executor, RegisteredProgramme
from reportgen.model.markup import parse_markup
from reportgen.model.period import Period
from reportgen.model.programme import (
    Amount,
    Decision,
    Entry,
    Executors,
    Item,
    PeriodReport,
    Programme,
    Programmes,
    Term,
    Text,
    Value,
)
from reportgen.model.report import Report


@dataclass(frozen=True)
class Found:
    """One item of an outline as it was found, before those that lie in it.

    It is known by the line that it stands in: numbers start anew in these documents.
    """

    level: str
    line: int
    number: str
    text: str
    given: Mapping[str, Value] = field(default_factory=dict)  # what the programme says of it
    told: Mapping[str, Value] = field(default_factory=dict)  # what the period says of it


@dataclass(frozen=True)
class Source:
    """A source document: its file, its form, and what is found in it.

    The passport is made up but for the name: of what stands above a table, nothing else is
    compared.
    """

    file: str
    form: str
    genitive: str
    period: str
    found: tuple[Found, ...]

    @property
    def report(self) -> Report:
        """The source as the project would have it, had somebody typed it in."""
        faults: list[Diagnostic] = []
        form = load_form(ROOT / "templates" / self.form / "form.yaml", faults)
        assert form is not None
        assert not faults
        levels = [level.id for level in form.table(ONLY_TABLE).levels]
        programme = Programme(
            slug="source",
            name=self.genitive,
            genitive=self.genitive,
            decision=Decision(datetime.date(2020, 12, 24), "35", Span(self.file)),
            amended=True,
            executor=Executor("", "Виконавець", "Виконавець", (), "", Span(self.file)),
            term=Term(2021, 2025),
            outlines={ONLY_TABLE: nest(self.found, levels, self.file)},
            texts={},
            span=Span(self.file),
        )
        rows = [level.id for level in form.table(ONLY_TABLE).rows]
        entries = told(self.found, rows, self.file)
        period = PeriodReport(
            Period.parse(self.period), (), {ONLY_TABLE: entries}, {}, Span(self.file)
        )
        return Report(bodies.shipped_council(), form, programme, period)

    @property
    def document(self) -> Document:
        """The source laid out in its form."""
        faults: list[Diagnostic] = []
        report = self.report
        day = report.period.period.last_day
        document = make_document(report, compute_report(report), day, faults)
        assert not faults
        assert document is not None
        return document


def told(found: Sequence[Found], rows: Sequence[str], file: str) -> dict[str, Entry]:
    """Return what the period says of each row, with that of its parts inside."""
    entries: dict[str, Entry] = {}
    parts: dict[str, Entry] = {}
    for one in found:
        if one.level == rows[0]:
            parts = {}
            entries[str(one.line)] = Entry(one.told, None, parts, Span(file, one.line))
        elif one.level in rows:
            parts[str(one.line)] = Entry(one.told, None, {}, Span(file, one.line))
    return entries


def nest(found: Sequence[Found], levels: Sequence[str], file: str) -> tuple[Item, ...]:
    """Return items with what follows them and is of a lower level inside them."""
    starts = [index for index, one in enumerate(found) if one.level == levels[0]]
    assert starts[:1] == [0] or not found
    ends = [*starts[1:], len(found)]
    return tuple(
        _item(found[start], position, nest(found[start + 1 : end], levels[1:], file), file)
        for position, (start, end) in enumerate(zip(starts, ends, strict=False), start=1)
    )


def _item(one: Found, position: int, children: tuple[Item, ...], file: str) -> Item:
    return Item(
        level=one.level,
        key=str(one.line),
        number=one.number,
        position=position,
        text=one.text,
        values=one.given,
        children=children,
        span=Span(file, one.line),
    )


def narrative(paragraphs: Sequence[str], place: Span) -> Text:
    """Return paragraphs as content's narratives are read: lists and emphasis are seen."""
    marked = parse_markup("\n\n".join(paragraphs))
    return Text(tuple(one.text for one in marked), place, marked)


def executors(cell: str, known: bodies.Known, place: Span) -> Executors:
    """Return the bodies of a cell under the names that they are printed with."""
    named = (one.text for one in bodies.printed(cell, known))
    return Executors(tuple(Executor("", text, text, (), "", place) for text in named), place)


def programmes(cell: str, known: bodies.Known, place: Span) -> Programmes:
    """Return the target programmes of a cell under the names that they are printed with."""
    named = (one.text for one in bodies.printed(cell, known))
    return Programmes(tuple(RegisteredProgramme("", text, (), place) for text in named), place)


def amount(cell: str, place: Span) -> Amount:
    """Return an amount as it is printed: ``3 802,89``."""
    return Amount(Decimal(cell.replace(" ", "").replace(",", ".")), {}, place)
