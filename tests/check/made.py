"""Reports made by hand and by Hypothesis, every value at a place of its own.

A `Spec` says what a row holds; `made` builds a report of such rows in a form that has all columns
rules ask for. `clean` draws rows that no rule has anything to say of.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from hypothesis import strategies as st
from outlines import COUNCIL, PLACE, form, table

from reportgen.check import RULES
from reportgen.check.view import View
from reportgen.diagnostics import Diagnostic, Span
from reportgen.load.form_sections import ONLY_TABLE
from reportgen.model.council import Executor
from reportgen.model.form import Align, Column, GivenBy, Kind, Level, OutlineSource, Shown
from reportgen.model.formula import parse_formula
from reportgen.model.period import Period
from reportgen.model.programme import (
    Amount,
    Decision,
    Declared,
    Entry,
    Executors,
    Item,
    PeriodReport,
    Programme,
    Status,
    Term,
    Text,
    Value,
)
from reportgen.model.report import Report

MONEY = ("programme_plan", "annual_plan", "amended_plan", "actual")
COLUMNS = (*MONEY, "percent", "term", "executors", "info")
PROGRAMME_FILE, PERIOD_FILE = "programme.yaml", "period.yaml"


@dataclass(frozen=True)
class Spec:
    """One row: a measure of a task, or a part of a measure. ``None`` is not given."""

    number: str
    task: str = "1"
    text: str = "Захід"
    programme_plan: Decimal | None = None
    annual_plan: Decimal | None = None
    amended_plan: Decimal | None = None
    actual: Decimal | None = None
    percent: Decimal | None = None  # declared
    term: str | None = None
    executors: tuple[str, ...] = ("dsp",)
    info: str | None = None
    status: Status | None = None
    parts: tuple[Spec, ...] = ()


@dataclass(frozen=True)
class Plan:
    """A whole report."""

    rows: tuple[Spec, ...]
    period: str = "2023-h1"
    term: Term = field(default_factory=lambda: Term(2021, 2025))
    changes: tuple[Decision, ...] = ()
    genitive: str = "Комплексної Програми"

    def having(self, at: int, **changes: object) -> Plan:
        """Return the report with one row changed."""
        rows = [replace(row, **changes) if i == at else row for i, row in enumerate(self.rows)]
        return replace(self, rows=tuple(rows))


def column(column_id: str, kind: Kind, given: GivenBy | None, formula: str = "") -> Column:
    return Column(
        id=column_id,
        heading=(column_id,),
        label="",
        width=20,
        kind=kind,
        align=Align.LEFT,
        source=OutlineSource("row", "label") if column_id == "measure" else None,
        given=given,
        formula=parse_formula(formula) if formula else None,
        share=None,
        template=None,
        decimals=1,
        zero="–",
        short=False,
        required=False,
        yearly=False,
        hidden=False,
        span=PLACE,
    )


def level(level_id: str, shown: Shown, number: str, *, counts: bool = True) -> Level:
    return Level(
        id=level_id,
        plural=f"{level_id}s",
        shown=shown,
        number=number,
        label="",
        title=(),
        counts=counts,
        restarts=False,
        named=True,
        span=PLACE,
    )


FORM = form(
    table(
        (
            level("task", Shown.MERGED, "{position}."),
            level("measure", Shown.ROW, "{n}."),
            level("part", Shown.ROW, "", counts=False),
        ),
        (
            column("measure", Kind.TEXT, None),
            column("programme_plan", Kind.MONEY, GivenBy.PROGRAMME),
            column("annual_plan", Kind.MONEY, GivenBy.PERIOD),
            column("amended_plan", Kind.MONEY, GivenBy.PERIOD),
            column("actual", Kind.MONEY, GivenBy.PERIOD),
            column("percent", Kind.PERCENT, None, "actual / annual_plan * 100"),
            column("term", Kind.TEXT, GivenBy.PERIOD),
            column("executors", Kind.EXECUTORS, GivenBy.PROGRAMME),
            column("info", Kind.NARRATIVE, GivenBy.PERIOD),
        ),
        (),
    )
)


def place(number: str, column_id: str = "") -> tuple[int, int]:
    """Return where a row stands, or one of its values: (line, column)."""
    line = sum(int(part) * 100**at for at, part in enumerate(reversed(number.split("."))))
    return line, 1 + (COLUMNS.index(column_id) + 1 if column_id else 0)


def made(plan: Plan) -> Report:
    """Return the report of a plan."""
    tasks: dict[str, list[Spec]] = {}
    for row in plan.rows:
        tasks.setdefault(row.task, []).append(row)
    outline = tuple(
        Item("task", one, one, at, "Завдання", {}, tuple(map(_item, rows)), _span(one, "", True))  # noqa: FBT003
        for at, (one, rows) in enumerate(tasks.items(), start=1)
    )
    executor = Executor("dsp", "Департамент", "Департамент", (), "", PLACE)
    programme = Programme(
        slug="zrazok",
        name="Комплексна Програма",
        genitive=plan.genitive,
        decision=None,
        amended=False,
        executor=executor,
        term=plan.term,
        outlines={ONLY_TABLE: outline},
        texts={},
        span=Span(PROGRAMME_FILE),
        changes=plan.changes,
    )
    entries = {ONLY_TABLE: {row.number: _entry(row) for row in plan.rows}}
    period = PeriodReport(Period.parse(plan.period), (), entries, {}, Span(PERIOD_FILE))
    return Report(COUNCIL, FORM, programme, period)


def _span(number: str, column_id: str, of_programme: bool) -> Span:  # noqa: FBT001
    digits = number if re.fullmatch(r"\d+(\.\d+)*", number) else "0"
    return Span(PROGRAMME_FILE if of_programme else PERIOD_FILE, *place(digits, column_id))


def _item(spec: Spec, position: int = 1) -> Item:
    values: dict[str, Value] = {}
    if spec.programme_plan is not None:
        span = _span(spec.number, "programme_plan", True)  # noqa: FBT003
        values["programme_plan"] = Amount(spec.programme_plan, {}, span)
    bodies = tuple(Executor(one, one, one, (), "", PLACE) for one in spec.executors)
    values["executors"] = Executors(bodies, _span(spec.number, "executors", True))  # noqa: FBT003
    children = tuple(replace(_item(one), level="part") for one in spec.parts)
    span = _span(spec.number, "", True)  # noqa: FBT003
    return Item("measure", spec.number, spec.number, position, spec.text, values, children, span)


def _entry(spec: Spec) -> Entry:
    values: dict[str, Value] = {}
    for name in MONEY[1:]:
        amount = getattr(spec, name)
        if amount is not None:
            values[name] = Amount(amount, {}, _span(spec.number, name, False))  # noqa: FBT003
    for name in ("term", "info"):
        text = getattr(spec, name)
        if text is not None:
            values[name] = Text((text,), _span(spec.number, name, False))  # noqa: FBT003
    if spec.percent is not None:
        span = _span(spec.number, "percent", False)  # noqa: FBT003
        values["percent"] = Declared(spec.percent, "так записано", span)
    parts = {one.number: _entry(one) for one in spec.parts}
    return Entry(values, spec.status, parts, _span(spec.number, "", False))  # noqa: FBT003


def asked(plan: Plan, earlier: Plan | None = None) -> list[Diagnostic]:
    """Return what all rules say."""
    view = View.of(made(plan), made(earlier) if earlier else None)
    return [one for rule in RULES for one in rule(view)]


def told(code: str, plan: Plan, earlier: Plan | None = None) -> list[tuple[int, int]]:
    """Return the places (line, column) of what the rules say under one code."""
    found = asked(plan, earlier)
    return [(one.span.line, one.span.column) for one in found if one.code == code]


def message(code: str, plan: Plan, earlier: Plan | None = None) -> str:
    """Return the only message under one code."""
    [one] = [one for one in asked(plan, earlier) if one.code == code]
    return one.message


def tenths(number: int) -> Decimal:
    return Decimal(number).scaleb(-1)


def _numbers(counts: Sequence[int]) -> Iterator[tuple[str, str]]:
    for task, count in enumerate(counts, start=1):
        for number in range(1, count + 1):
            yield str(task), f"{task}.{number}"


@st.composite
def clean(draw: st.DrawFn, *, parts: bool = False) -> Plan:
    """Draw a report in which every figure fits every other and all is said."""
    numbers = list(_numbers(draw(st.lists(st.integers(1, 4), min_size=1, max_size=3))))
    size = len(numbers)
    unlike = st.lists(st.integers(1000, 10**6), min_size=size, max_size=size, unique=True)
    plans = draw(unlike)
    rows = []
    for (task, number), plan in zip(numbers, plans, strict=True):
        actual = draw(st.integers(1, plan - 1))
        whole = plan + draw(st.integers(0, 10**5))
        share = draw(st.integers(0, actual)) if parts else 0
        below = Spec(
            f"{number}.1",
            text="з обласного бюджету",
            programme_plan=tenths(share),
            annual_plan=tenths(share),
            actual=tenths(share),
        )
        row = Spec(
            number,
            task,
            f"Захід {number}",
            programme_plan=tenths(whole),
            annual_plan=tenths(plan),
            actual=tenths(actual),
            term=draw(st.sampled_from(["2023", "2021-2025", "2021, 2023", "постійно"])),
            info=f"За заходом {number} надано послуги {plan} особам.",
            parts=(below,) if parts else (),
        )
        rows.append(row)
    return Plan(tuple(rows), draw(st.sampled_from(["2023-q1", "2023-h1", "2023-9m", "2023"])))


@st.composite
def clean_at(draw: st.DrawFn, *, parts: bool = False) -> tuple[Plan, int]:
    """Draw a clean report and the index of one of its rows."""
    plan = draw(clean(parts=parts))
    return plan, draw(st.integers(0, len(plan.rows) - 1))
