"""Reports with made-up content in any form, and documents as a reader of files finds them."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from decimal import Decimal

from hypothesis import strategies as st

from reportgen.check.funds import funds_shown
from reportgen.compute.report import compute_report
from reportgen.diagnostics import Diagnostic, Span
from reportgen.document.blocks import Document, Paragraph, Signature, Table, place
from reportgen.document.make import make_document
from reportgen.load.years import with_years
from reportgen.model.council import Council, Decision
from reportgen.model.form import (
    Column,
    FactsSection,
    Form,
    GivenBy,
    Kind,
    Level,
    NarrativeSection,
    Shown,
    TableSection,
)
from reportgen.model.markup import parse_markup
from reportgen.model.period import Period
from reportgen.model.programme import (
    Amount,
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
from reportgen.read.source import (
    Place,
    SourceBlock,
    SourceCell,
    SourceFile,
    SourceParagraph,
    SourceRow,
    SourceTable,
)

PLACE = Span("content/made.yaml")
TERM = Term(2024, 2026)
_FIRST = ("Забезпечити", "Надання", "Організація", "Підтримка", "Створення", "Проведення")
_WORDS = (
    *("допомоги", "громади,", "(за згодою)", "«Рівні можливості»", "2024 року", "№\u00a05", "50 %"),
    *("в тому числі", "м.\u00a0Житомир", "100,0 тис. грн", "об'єктів", "й установ", "–", "заходів"),
)

texts = st.builds(
    lambda first, rest, mark: " ".join([first, *rest, mark]),
    st.sampled_from(_FIRST),
    st.lists(st.sampled_from(_WORDS), max_size=6),
    st.integers(1, 9999).map(lambda number: f"мітка-{number}"),
)


@st.composite
def narratives(draw: st.DrawFn) -> Text:
    """Paragraphs, some of them items of a list."""
    more = draw(st.lists(texts, max_size=3))
    lines = [draw(texts), *(draw(st.sampled_from(["", "- ", "1. "])) + one for one in more)]
    marked = parse_markup("\n\n".join(lines))
    return Text(tuple(one.text for one in marked), PLACE, marked)


@st.composite
def reports(draw: st.DrawFn, form: Form, council: Council) -> Report:
    """A report of a form whose every value its document prints."""
    form = with_years(form, TERM)
    outlines: dict[str, tuple[Item, ...]] = {}
    entries: dict[str, Mapping[str, Entry]] = {}
    for table in form.outlines:
        rows: dict[str, Entry] = {}
        maker = _Maker(draw, table, form, council, rows)
        outlines[table.id] = maker.items(table.levels, "", "")
        entries[table.id] = rows
    programme = Programme(
        slug="made",
        name="Програма",
        genitive=f"Програми {draw(texts)} на {TERM} роки",
        decision=Decision(
            draw(st.dates(datetime.date(2015, 1, 1), datetime.date(2023, 12, 31))),
            str(draw(st.integers(1, 9999))),
            PLACE,
        ),
        amended=draw(st.booleans()),
        executor=draw(st.sampled_from(sorted(council.executors.values(), key=lambda one: one.id))),
        term=TERM,
        outlines=outlines,
        texts=_texts(draw, form, GivenBy.PROGRAMME),
        span=PLACE,
    )
    officials = [*council.officials.values()]
    signed = tuple(officials[: draw(st.integers(1, len(officials)))]) if form.signature else ()
    period = PeriodReport(
        Period.parse("2024-h1"), signed, entries, _texts(draw, form, GivenBy.PERIOD), PLACE
    )
    return Report(council, form, programme, period)


def _texts(draw: st.DrawFn, form: Form, given: GivenBy) -> dict[str, Text]:
    found: dict[str, Text] = {}
    for section in form.sections:
        if isinstance(section, NarrativeSection) and section.given is given:
            if section.required or draw(st.booleans()):
                found[section.id] = draw(narratives())
        elif isinstance(section, FactsSection):
            asked = (fact for fact in section.facts if fact.given is given)
            found |= {fact.id: Text((draw(texts),), PLACE) for fact in asked}
    return found


class _Maker:
    """Draws the outline of one table, and what a period says of its rows."""

    def __init__(
        self,
        draw: st.DrawFn,
        table: TableSection,
        form: Form,
        council: Council,
        rows: dict[str, Entry],
    ) -> None:
        self._draw = draw
        self._table = table
        self._shown = funds_shown(table, form)
        self._council = council
        self._rows = rows
        self._count = 0

    def items(self, levels: Sequence[Level], number: str, inside: str) -> tuple[Item, ...]:
        if not levels:
            return ()
        is_part = len(levels) == 1 and len(self._table.rows) > 1
        least = 0 if is_part else 1
        return tuple(
            self._item(levels, position, number, inside)
            for position in range(1, self._draw(st.integers(least, 3)) + 1)
        )

    def _item(self, levels: Sequence[Level], position: int, above: str, inside: str) -> Item:
        level, below = levels[0], levels[1:]
        self._count += 1
        number = (f"{above}.{position}" if above else str(position)) if level.number else ""
        key = inside + (number if number and not level.restarts else f"id-{self._count}")
        values: dict[str, Value] = {}
        rows = self._rows
        if level.shown is Shown.ROW:
            parts: dict[str, Entry] = {}
            is_part = level is not self._table.rows[0]
            values = self._values(GivenBy.PROGRAMME, is_part=is_part)
            told = self._values(GivenBy.PERIOD, is_part=is_part)
            self._rows[key] = Entry(told, None, parts, PLACE)
            self._rows = parts
        next_number = number if level.number and not level.restarts else ""
        children = self.items(below, next_number, f"{key}/" if level.restarts else inside)
        self._rows = rows
        return Item(level.id, key, number, position, self._draw(texts), values, children, PLACE)

    def _values(self, given: GivenBy, *, is_part: bool) -> dict[str, Value]:
        own = (column for column in self._table.fields if column.given is given)
        figures = (Kind.MONEY, Kind.NUMBER)
        return {one.id: self._value(one) for one in own if not is_part or one.kind in figures}

    def _value(self, column: Column) -> Value:  # noqa: PLR0911 - one for each kind
        draw = self._draw
        match column.kind:
            case Kind.MONEY:
                return self._amount(column)
            case Kind.NUMBER:
                return Amount(Decimal(draw(st.integers(0, 9999))), {}, PLACE)
            case Kind.EXECUTORS:
                bodies = sorted(self._council.executors.values(), key=lambda one: one.id)
                chosen = st.lists(st.sampled_from(bodies), min_size=1, max_size=3, unique=True)
                return Executors(tuple(draw(chosen)), PLACE)
            case Kind.PROGRAMMES | Kind.FUNDING:
                known = sorted(self._council.programmes.values(), key=lambda one: one.id)
                chosen = st.lists(st.sampled_from(known), min_size=1, max_size=2, unique=True)
                return Programmes(tuple(draw(chosen)), PLACE)
            case Kind.NARRATIVE:
                return draw(narratives())
            case Kind.YEARS:
                return Text((draw(st.sampled_from(["2023", "2021-2025"])),), PLACE)
        if column.id == "note":  # beside free texts nothing but brackets tell it apart
            return Text((f"({draw(texts)})",), PLACE)
        return Text((draw(st.sampled_from(["2024", "2024-2026", "постійно"])),), PLACE)

    def _amount(self, column: Column) -> Amount:
        """Money with the form's decimals; of funds that a column or a row shows by itself."""
        value = Decimal(self._draw(st.integers(0, 10**7))).scaleb(-column.decimals)
        single = {
            one.share.funds[0]
            for one in self._table.fields
            if one.share and one.share.column == column.id and one.share.funds
        } | {one.funds[0] for one in self._table.splits if one.funds}
        if single:
            part = Decimal(self._draw(st.integers(0, 10**6))).scaleb(-column.decimals)
            parts = dict(zip(sorted(single), (value, part), strict=False))
            return Amount(sum(parts.values(), Decimal(0)), parts, PLACE)
        funds = {"general": value} if column.id in self._shown else {}
        return Amount(value, funds, PLACE)


def drawn(report: Report) -> Document:
    """Return the document of a report that fits together."""
    found: list[Diagnostic] = []
    day = report.period.period.last_day
    document = make_document(report, compute_report(report), day, found)
    assert document is not None, found
    return document


def as_source(document: Document) -> SourceFile:
    """Return a document as a reader of its files should find it."""
    blocks: list[SourceBlock] = []
    for number, block in enumerate(document.blocks, start=1):
        where = Place(f"абзац {number}", number)
        match block:
            case Paragraph():
                blocks.append(SourceParagraph("\n".join(block.lines), where))
            case Signature():
                cells = (SourceCell(block.position, where), SourceCell(block.name, where))
                blocks.append(SourceTable((SourceRow(tuple(enumerate(cells)), where),), where))
            case Table():
                blocks.append(_table(block, number))
    return SourceFile("zvit.docx", tuple(blocks))


def _table(table: Table, number: int) -> SourceTable:
    width = len(table.columns)
    rows = []
    placed = place(table.header, width) + place(table.body, width)
    for at, cells in enumerate(placed, start=1):
        where = Place(f"таблиця {number}, рядок {at}", number * 1000 + at)
        found = (
            (column, SourceCell(cell.text, where, columns=cell.columns, rows=cell.rows))
            for column, cell in cells
        )
        rows.append(SourceRow(tuple(found), where))
    return SourceTable(tuple(rows), rows[0].place)


def printed(document: Document) -> list[object]:
    """Return everything that a document prints, block by block."""
    found: list[object] = []
    for block in document.blocks:
        match block:
            case Paragraph():
                found.append(block.lines)
            case Signature():
                found.append((block.position, block.name))
            case Table():
                rows = (*block.header, *block.body)
                found += [[(one.text, one.columns, one.rows) for one in row.cells] for row in rows]
    return found
