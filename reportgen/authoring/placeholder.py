"""Placeholder content of a form: enough of everything to see how its pages look."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from reportgen.check.funds import funds_shown
from reportgen.compute.rounding import round_half_up
from reportgen.diagnostics import Span
from reportgen.model.council import (
    Council,
    Decision,
    Executor,
    NumberStyle,
    Official,
    PageProfile,
    RegisteredProgramme,
)
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
from reportgen.model.markup import Marked, parse_markup
from reportgen.model.period import Part, Period
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

_PLACE = Span("зразок")
_ITEMS = 2  # of each level
_ROWS = 3  # in each innermost group
_NARRATIVE = (
    "Тут інформація про виконання: що зроблено, коли і ким. Кошти використано за призначенням.\n\n"
    "- перший пункт переліку;\n- другий пункт переліку."
)
_NAME = "Назва програми на 2024-2026 роки"
_GENITIVE = "Назви програми на 2024-2026 роки"


def placeholder_term() -> Term:
    """Return the years for which yearly columns are written out."""
    return Term(2024, 2026)


def placeholder_report(form: Form, council: Council | None) -> Report:
    """Return a report of a form with made-up content, in the page and numbers of a council."""
    executor = Executor(
        "vykonavets", "Департамент міської ради", "Департамент міської ради", (), "", _PLACE
    )
    name = council.name if council else "Назва ради"
    genitive = council.genitive if council else "назви ради"
    holder = Council(
        id="zrazok",
        name=name,
        genitive=genitive,
        page=council.page if council else PageProfile(),
        numbers=council.numbers if council else NumberStyle(),
        executors={},
        officials={},
        funds={},
        programmes={},
    )
    outlines = {table.id: _outline(table, form, executor) for table in form.outlines}
    programme = Programme(
        slug="zrazok",
        name=_NAME,
        genitive=_GENITIVE,
        decision=Decision(datetime.date(2023, 12, 21), "1", _PLACE),
        amended=True,
        executor=executor,
        term=placeholder_term(),
        outlines=outlines,
        texts=_texts(form, GivenBy.PROGRAMME),
        span=_PLACE,
    )
    official = Official("pidpysant", "Директор департаменту", "Ім'я", "ПРІЗВИЩЕ", _PLACE)
    period = PeriodReport(
        period=Period(2024, Part.YEAR),
        signatories=(official,) if form.signature else (),
        entries={
            table.id: dict(_entries(table, form, executor, outlines[table.id]))
            for table in form.outlines
        },
        texts=_texts(form, GivenBy.PERIOD),
        span=_PLACE,
    )
    return Report(holder, form, programme, period)


def _outline(table: TableSection, form: Form, executor: Executor) -> tuple[Item, ...]:
    values = _values(table, form, GivenBy.PROGRAMME, executor)
    return tuple(_items(table.levels, "", values))


def _items(levels: Sequence[Level], inside: str, values: Mapping[str, Value]) -> Iterator[Item]:
    """Yield made-up items; a measure's parts only below the first one."""
    if not levels:
        return
    level, rest = levels[0], levels[1:]
    is_row = level.shown is Shown.ROW
    for position in range(1, (_ROWS if is_row else _ITEMS) + 1):
        number = f"{inside}.{position}" if inside else str(position)
        below = rest if not is_row or position == 1 else ()
        yield Item(
            level=level.id,
            key=f"{level.id}-{number}",
            number=number,
            position=position,
            text=f"Назва: {level.id} {number}",
            values=values if is_row else {},
            children=tuple(_items(below, number, values)),
            span=_PLACE,
        )


def _entries(
    table: TableSection, form: Form, executor: Executor, items: Sequence[Item]
) -> Iterator[tuple[str, Entry]]:
    values = _values(table, form, GivenBy.PERIOD, executor)
    for item in items:
        if table.level(item.level).shown is Shown.ROW:
            parts = dict(_entries(table, form, executor, item.children))
            yield item.key, Entry(values, None, parts, _PLACE)
        else:
            yield from _entries(table, form, executor, item.children)


def _values(
    table: TableSection, form: Form, given: GivenBy, executor: Executor
) -> dict[str, Value]:
    shown = funds_shown(table, form)
    own = (column for column in table.fields if column.given is given)
    return {column.id: _value(column, sorted(shown.get(column.id, ())), executor) for column in own}


def _value(column: Column, funds: Sequence[str], executor: Executor) -> Value:
    match column.kind:
        case Kind.MONEY:
            places = min(column.decimals, 1)  # no more than the form prints
            parts = {fund: round_half_up(Decimal("123.4"), places) for fund in funds}
            whole = sum(parts.values(), Decimal(0)) or round_half_up(Decimal("1234.5"), places)
            return Amount(whole, parts, _PLACE)
        case Kind.NUMBER:
            return Amount(Decimal(100), {}, _PLACE)
        case Kind.EXECUTORS:
            return Executors((executor,), _PLACE)
        case Kind.PROGRAMMES | Kind.FUNDING:
            return Programmes((RegisteredProgramme("zrazok", _NAME, (), _PLACE),), _PLACE)
        case Kind.NARRATIVE:
            return _narrative()
    return Text(("2024-2026" if column.kind is Kind.YEARS else "текст",), _PLACE)


def _narrative() -> Text:
    marked: tuple[Marked, ...] = parse_markup(_NARRATIVE)
    return Text(tuple(one.text for one in marked), _PLACE, marked)


def _texts(form: Form, given: GivenBy) -> dict[str, Text]:
    texts: dict[str, Text] = {}
    for section in form.sections:
        if isinstance(section, NarrativeSection) and section.given is given:
            texts[section.id] = _narrative()
        elif isinstance(section, FactsSection):
            asked = (fact for fact in section.facts if fact.given is given)
            texts |= {fact.id: Text((fact.label,), _PLACE) for fact in asked}
    return texts
