"""Small forms, programmes and periods by hand, and Hypothesis strategies of whole ones."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from hypothesis import assume, settings
from hypothesis import strategies as st

from reportgen.compute.figures import Figures, compute
from reportgen.diagnostics import Span
from reportgen.document.lines import Filler
from reportgen.load.form_rules import check_form
from reportgen.load.form_sections import ONLY_TABLE
from reportgen.model.council import Council, Executor, NumberStyle, Official, PageProfile
from reportgen.model.form import (
    Adoption,
    Align,
    Column,
    Form,
    GivenBy,
    Kind,
    Level,
    OutlineSource,
    Section,
    Share,
    Shown,
    TableSection,
    Total,
)
from reportgen.model.formula import parse_formula
from reportgen.model.period import Period
from reportgen.model.programme import (
    Amount,
    Decision,
    Entry,
    Item,
    PeriodReport,
    Programme,
    Term,
    Text,
    Value,
)
from reportgen.model.report import Report

PLACE = Span("content/small.yaml", 3, 5)
FUNDS = ("general", "special", "state")
COUNCIL = Council(
    id="zhytomyr",
    name="Житомирська міська рада",
    genitive="Житомирської міської ради",
    page=PageProfile(table_size=8),
    numbers=NumberStyle(),
    executors={},
    officials={},
    funds={},
    programmes={},
)

#: For laws over whole reports: drawing one takes longer than checking it.
FEW = settings(max_examples=40)


def level(level_id: str, shown: Shown = Shown.ROW, number: str = "{n}.", **options: Any) -> Level:
    """Return a level that counts and has no title, changed by the options."""
    usual: dict[str, Any] = {
        "plural": level_id + "s",
        "label": "{number} {text}",
        "title": (),
        "counts": True,
        "restarts": False,
        "named": True,
        "span": PLACE,
    }
    return Level(id=level_id, shown=shown, number=number, **{**usual, **options})


def column(column_id: str, **options: Any) -> Column:
    """Return a text column that nobody fills, changed by the options."""
    usual: dict[str, Any] = {
        "heading": (column_id,),
        "label": "",
        "width": 20.0,
        "kind": Kind.TEXT,
        "align": Align.LEFT,
        "source": None,
        "given": None,
        "formula": None,
        "share": None,
        "template": None,
        "decimals": 1,
        "zero": "–",
        "short": False,
        "required": False,
        "yearly": False,
        "hidden": False,
        "span": PLACE,
    }
    return Column(id=column_id, **{**usual, **options})


def money(column_id: str, given: GivenBy = GivenBy.PERIOD) -> Column:
    return column(column_id, kind=Kind.MONEY, align=Align.RIGHT, given=given)


def share(column_id: str, of: str, *funds: str) -> Column:
    return column(column_id, kind=Kind.MONEY, align=Align.RIGHT, share=Share(of, funds))


def percent(formula: str = "actual / plan * 100") -> Column:
    return column("percent", kind=Kind.PERCENT, align=Align.RIGHT, formula=parse_formula(formula))


def outline_column(column_id: str, level_id: str, field: str = "label") -> Column:
    return column(column_id, source=OutlineSource(level_id, field))


#: What most examples need: a task merged over its measures, two amounts and their percent.
COLUMNS = (
    outline_column("task", "task"),
    outline_column("measure", "row"),
    money("plan", GivenBy.PROGRAMME),
    money("actual"),
    percent(),
)
LEVELS = (level("task", Shown.MERGED), level("measure"), level("part", number="", counts=False))


def total(label: str = "Всього", **options: Any) -> Total:
    """Return a total of plan, actual and percent over everything, changed by the options."""
    usual: dict[str, Any] = {
        "columns": ("plan", "actual", "percent"),
        "level": "",
        "funds": (),
        "at": "",
    }
    return Total(label=label, span=PLACE, **{**usual, **options})


def table(
    levels: tuple[Level, ...] = LEVELS,
    columns: tuple[Column, ...] = COLUMNS,
    totals: tuple[Total, ...] = (),
    **options: Any,
) -> TableSection:
    """Return the only table of a form, changed by the options."""
    usual: dict[str, Any] = {"id": ONLY_TABLE, "title": (), "splits": (), "summary_of": ""}
    return TableSection(
        levels=levels, fields=columns, totals=totals, span=PLACE, **{**usual, **options}
    )


def form(*sections: Section) -> Form:
    """Return a form of these sections; of the usual table where none are given."""
    return Form(
        id="small",
        title="Звіт",
        draft=False,
        adopted=Adoption("zhytomyr", datetime.date(2021, 1, 1), None, ""),
        unit="тис. грн",
        sections=sections or (table(),),
        heading=(),
        notes=(),
        signature=True,
        span=PLACE,
    )


def amount(value: str, **funds: str) -> Amount:
    return Amount(Decimal(value), {fund: Decimal(part) for fund, part in funds.items()}, PLACE)


def item(
    level_id: str,
    number: str,
    *children: Item,
    position: int = 1,
    values: Mapping[str, Value] | None = None,
) -> Item:
    text = f"Назва {number}"
    return Item(level_id, number, number, position, text, values or {}, children, PLACE)


def entry(values: Mapping[str, Value] | None = None, **parts: Entry) -> Entry:
    return Entry(values or {}, None, parts, PLACE)


def programme(*outline: Item) -> Programme:
    return Programme(
        slug="small",
        name="Програма",
        genitive="Програми",
        decision=Decision(datetime.date(2020, 12, 24), "35", PLACE),
        amended=True,
        executor=Executor("usms", "Управління", "Управління", (), "", PLACE),
        term=Term(2021, 2025),
        outlines={ONLY_TABLE: outline},
        texts={},
        span=PLACE,
    )


def period(entries: Mapping[str, Entry]) -> PeriodReport:
    signatory = Official("kovalchuk", "Начальник", "Ірина", "КОВАЛЬЧУК", PLACE)
    return PeriodReport(Period.parse("2023-h1"), (signatory,), {ONLY_TABLE: entries}, {}, PLACE)


def filler(drawn: Form | None = None) -> Filler:
    """Return what fills the templates of a form that has no faulty ones."""
    return Filler(Report(COUNCIL, drawn or form(), programme(), period({})), [])


@dataclass(frozen=True)
class Whole:
    """A table, a programme in it and a period's figures, as a build has them after checking."""

    table: TableSection
    programme: Programme
    period: PeriodReport

    @property
    def figures(self) -> Figures:
        """The figures that the build would draw."""
        return compute(self.programme, self.period, self.table)


#: Money with one decimal, as the real forms have it.
amounts = st.integers(0, 10**7).map(lambda tenths: Decimal(tenths).scaleb(-1))


@st.composite
def given_amounts(draw: st.DrawFn) -> Amount:
    """An amount without a fund, or split among some."""
    parts = draw(st.lists(amounts, max_size=len(FUNDS)))
    value = sum(parts, Decimal(0)) if parts else draw(amounts)
    return Amount(value, dict(zip(FUNDS, parts, strict=False)), PLACE)


@st.composite
def wholes(draw: st.DrawFn) -> Whole:
    """Any outline of up to two grouping levels in any form that the loader would let through."""
    groups = draw(st.lists(st.sampled_from([Shown.MERGED, Shown.BAND]), max_size=2))
    levels = tuple(level(f"group{depth}", shown) for depth, shown in enumerate(groups))
    parts = draw(st.booleans())
    levels += (level("measure"), *([level("part", number="", counts=False)] if parts else []))
    columns = draw(_columns(levels))
    drawn = table(levels, columns, draw(_totals(levels, columns)))
    assume(not check_form(form(drawn), "small"))
    entries: dict[str, Entry] = {}
    outline = draw(_outline(levels, "", entries))
    return Whole(drawn, programme(*outline), period(entries))


@st.composite
def _columns(draw: st.DrawFn, levels: tuple[Level, ...]) -> tuple[Column, ...]:
    """Columns in any order: the usual ones, and some of each merged level's name."""
    columns = [outline_column("measure", "row"), money("plan", GivenBy.PROGRAMME)]
    columns += [money("actual"), percent(), column("info", given=GivenBy.PERIOD)]
    for one in levels:
        if one.shown is Shown.MERGED:
            fields = draw(st.sets(st.sampled_from(["number", "text", "label"]), max_size=2))
            columns += [
                outline_column(f"{one.id}_{field}", one.id, field) for field in sorted(fields)
            ]
    return tuple(draw(st.permutations(columns)))


@st.composite
def _totals(
    draw: st.DrawFn, levels: tuple[Level, ...], columns: tuple[Column, ...]
) -> tuple[Total, ...]:
    groups = [one.id for one in levels if one.shown is not Shown.ROW]
    texts = [one.id for one in columns if one.kind is Kind.TEXT]
    one_total = st.builds(
        total,
        label=st.sampled_from(["Всього", "Разом", "з них"]),
        columns=st.sampled_from([("plan", "actual", "percent"), ("plan", "actual"), ("actual",)]),
        level=st.sampled_from(["", *groups]),
        funds=st.sampled_from([(), ("general",), ("special", "state")]),
        at=st.sampled_from(["", *texts]),
    )
    return tuple(draw(st.lists(one_total, max_size=3)))


@st.composite
def _outline(
    draw: st.DrawFn, levels: tuple[Level, ...], above: str, entries: dict[str, Entry]
) -> list[Item]:
    """Items of the first level, each with everything below it; fills ``entries`` on the way."""
    items: list[Item] = []
    here, below = levels[0], levels[1:]
    is_part = here.id == "part"
    for position in range(1, draw(st.integers(0 if is_part else 1, 2)) + 1):
        number = f"{above}.{position}".strip(".")
        values: dict[str, Value] = {}
        inner = entries
        if here.shown is Shown.ROW:
            values = {"plan": draw(given_amounts())} if draw(st.booleans()) else {}
            given: dict[str, Value] = {"info": Text((f"Зроблено {number}",), PLACE)}
            if draw(st.booleans()):
                given["actual"] = draw(given_amounts())
            inner = {}
            entries[number] = Entry(given, None, inner, PLACE)
        children = draw(_outline(below, number, inner)) if below else []
        items.append(item(here.id, number, *children, position=position, values=values))
    return items
