"""Rules over the figures of several reports: one measure has one sum, a part is not over the whole.

A case is made of statements; how a report becomes one is asked at the end.
"""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from overlays import all_prepared, projects

from reportgen.check import Statement, check_statements, statement_of
from reportgen.check.statements import NAMES, RESOURCES, Line, Sum, Unit, hryvnias
from reportgen.compute.rounding import round_half_up
from reportgen.diagnostics import Span
from reportgen.model.period import Period

THOUSANDS = Unit("тис. грн", 1000, 1)
HRYVNIAS = Unit("грн", 1, 0)
TEXT = "Придбання обладнання для сільських бібліотек"
_PLACES = {key: at for at, key in enumerate((*NAMES, RESOURCES), start=1)}

#: Exact amounts in hryvnias that do not look alike by chance.
exact = st.integers(10**6 + 1, 10**9).map(lambda kopiykas: Decimal(kopiykas).scaleb(-2))
three = st.fixed_dictionaries(dict.fromkeys(NAMES, exact))
units = st.sampled_from([THOUSANDS, HRYVNIAS, replace(THOUSANDS, decimals=2)])


def printed(amount: Decimal, unit: Unit, span: Span) -> Sum:
    """Return an amount of hryvnias as a form with this unit has it typed."""
    return Sum(round_half_up(amount / unit.hryvnias, unit.decimals), unit, span)


def line(
    slug: str = "a", key: str = "1.1", unit: Unit = THOUSANDS, text: str = TEXT, **more: Decimal
) -> Line:
    """Return a row; ``more`` are its sums in hryvnias."""
    number = sum(int(part) * 10**at for at, part in enumerate(key.split(".")))
    sums = {
        name: printed(value, unit, Span(slug, number, _PLACES[name]))
        for name, value in more.items()
    }
    return Line(key, text, ("dsp",), (), sums, Span(slug, number))


def statement(slug: str, *lines: Line, name: str = "") -> Statement:
    return Statement(slug, name or f"Програма «{slug}»", Period.parse("2024-h1"), lines)


def citing(one: Line, *slugs: str) -> Line:
    return replace(one, cites=slugs)


def told(*statements: Statement) -> list[tuple[str, str, int, int]]:
    """Return (code, file, line, column) of what is found."""
    found = check_statements(statements)
    return [(one.code, one.span.file, one.span.line, one.span.column) for one in found]


@given(three, units, units, st.sampled_from(["", "Програма"]))
def test_the_same_money_is_never_told(
    sums: dict[str, Decimal], ours: Unit, theirs: Unit, name: str
) -> None:
    """Whatever the forms round to: by citation, as reports of one programme, and by the plan."""
    first = statement("a", line("a", unit=ours, **sums), name=name)
    second = statement("b", citing(line("b", "2.1", theirs, **sums), "a"), name=name)
    assert told(first, second) == []


@given(three, units, units, st.tuples(st.sampled_from([*NAMES]), st.integers(1, 10**6)))
def test_other_money_of_the_cited_programme_is_told(
    sums: dict[str, Decimal], ours: Unit, theirs: Unit, planted: tuple[str, int]
) -> None:
    spoilt, more = planted
    coarser = max(ours.step, theirs.step)
    # The programme has another measure too, so that the row is not above all of it.
    rest = dict.fromkeys(sums, Decimal(10**10))
    other = line("a", "1.2", ours, "Зовсім інший захід програми", **rest)
    first = statement("a", line("a", unit=ours, **sums), other)
    sums[spoilt] += more * coarser
    second = statement("b", citing(line("b", "2.1", theirs, **sums), "a"))
    place = ("measure-differs", "b", 12, _PLACES[spoilt])
    assert told(first, second) == [place]
    assert told(second, first) == [place]  # the report that names the other is asked


@given(exact, exact, st.integers(1, 10**6))
def test_two_reports_of_one_programme(plan: Decimal, actual: Decimal, more: int) -> None:
    first = statement("a", line("a", plan=plan, actual=actual), name="Програма")
    spoilt = line("b", "2.1", HRYVNIAS, plan=plan, actual=actual + 1000 * more)
    assert told(first, statement("b", spoilt, name="Програма")) == [
        ("measure-differs", "b", 12, _PLACES["actual"])
    ]
    # Of other programmes, with another plan: co-financed, and nothing to be asked.
    apart = line("b", "2.1", HRYVNIAS, plan=plan + 1000, actual=actual + 1000 * more)
    assert told(first, statement("b", apart)) == []


@given(exact, exact, st.integers(1, 10**6))
def test_one_plan_to_the_last_place_is_one_measure(
    plan: Decimal, actual: Decimal, more: int
) -> None:
    first = line("a", plan=plan, actual=actual)
    assume(len(first.sums["plan"].value.normalize().as_tuple().digits) > 2)
    second = line("b", "2.1", plan=plan, actual=actual + 100 * more)
    assert told(statement("a", first), statement("b", second)) == [
        ("measure-differs", "b", 12, _PLACES["actual"])
    ]


@pytest.mark.parametrize(
    "other",
    [
        {"text": "Ремонт приміщень сільських бібліотек і клубів"},
        {"executors": ("usms",)},
        {"text": f"{TEXT} на 2025 рік"},
    ],
)
def test_other_measures_have_other_money(other: dict[str, object]) -> None:
    first = line("a", plan=Decimal(412_300), actual=Decimal(100_000))
    second = line("b", plan=Decimal(412_300), actual=Decimal(200_000))
    assert told(statement("a", first), statement("b", second)) != []
    assert told(statement("a", first), statement("b", replace(second, **other))) == []


def test_a_name_that_stands_twice_tells_nothing() -> None:
    one = line("a", plan=Decimal(412_300), actual=Decimal(100_000))
    twin = line("a", "1.2", plan=Decimal(500_000), actual=Decimal(200_000))
    other = line("b", plan=Decimal(500_000), actual=Decimal(300_000))
    cited = replace(one, cites=("b",)), replace(twin, cites=("b",))
    codes = {code for code, *_ in told(statement("a", *cited), statement("b", other))}
    assert "measure-differs" not in codes


def test_round_plans_are_met_by_chance() -> None:
    first = line("a", plan=Decimal(120_000), actual=Decimal(100_000))
    second = line("b", plan=Decimal(120_000), actual=Decimal(20_000))
    assert told(statement("a", first), statement("b", second)) == []


@given(exact, exact, st.integers(-1000, 1000))
def test_resources_are_one_of_the_sums(plan: Decimal, actual: Decimal, more: int) -> None:
    own = statement("a", line("a", plan=plan, actual=actual))
    named = line("b", "2.1", resources=plan + 100 * more)
    amount = named.sums[RESOURCES].value
    known = {one.value for one in own.lines[0].sums.values()}
    expected = [] if amount in known else [("measure-differs", "b", 12, _PLACES[RESOURCES])]
    assert told(own, statement("b", named)) == expected


@given(st.lists(exact, min_size=1, max_size=5), st.data(), units, units)
def test_parts_of_a_programme_fit_into_it(
    wholes: list[Decimal], data: st.DataObject, ours: Unit, theirs: Unit
) -> None:
    """Rows of another report that take any shares of a programme's own are never too much."""
    shares = [data.draw(st.integers(0, 100)) * one / 100 for one in wholes]
    own = [line("a", f"1.{at}", ours, f"Захід {at}", plan=one) for at, one in enumerate(wholes)]
    cited = [
        citing(line("b", f"2.{at}", theirs, f"Інше {at}", plan=one), "a")
        for at, one in enumerate(shares)
    ]
    assert told(statement("a", *own), statement("b", *cited)) == []


@given(st.lists(exact, min_size=1, max_size=5), st.integers(1, 9), units, units)
def test_more_than_the_programme_has_is_told(
    wholes: list[Decimal], over: int, ours: Unit, theirs: Unit
) -> None:
    own = [line("a", f"1.{at}", ours, f"Захід {at}", actual=one) for at, one in enumerate(wholes)]
    extra = over * 10 * len(wholes) * max(ours.step, theirs.step)
    rows = [*wholes[1:], wholes[0] + extra]
    cited = [
        citing(line("b", f"2.{at}", theirs, f"Інше {at}", actual=one), "a")
        for at, one in enumerate(rows)
    ]
    codes = [code for code, *_ in told(statement("a", *own), statement("b", *cited))]
    assert codes == ["programme-exceeded"]
    # A row that names two programmes says nothing of either's share.
    both = [replace(one, cites=("a", "c")) for one in cited]
    assert told(statement("a", *own), statement("b", *both)) == []


def test_messages_have_the_figures_in_them() -> None:
    own = statement("a", line("a", plan=Decimal(500_000)), line("a", "1.2", plan=Decimal(1000)))
    keys = "«2.1», «2.2», «2.3», «2.4», «2.5», «2.6»"
    rows = [
        citing(line("b", f"2.{at}", text=f"Інше {at}", plan=Decimal(100_000)), "a")
        for at in range(1, 9)
    ]
    [one] = check_statements([own, statement("b", *rows)])
    assert one.message == (
        f"у рядках {keys} та ще 2 разом річний обсяг 800,0 тис. грн,"
        " а в усієї програми «a», яку там названо, лише 501,0 тис. грн"
    )


@pytest.mark.parametrize(
    ("unit", "worth"),
    [
        *(("грн", 1), ("гривень", 1), ("тис. грн", 1000), ("тис.грн.", 1000)),
        *(("тис. гривень", 1000), ("млн грн", 10**6), ("млрд. грн", 10**9)),
        *(("", 0), ("осіб", 0), ("тис. осіб", 0)),
    ],
)
def test_units_of_forms(unit: str, worth: int) -> None:
    assert hryvnias(unit) == worth


def test_rows_of_one_report_are_no_matter_of_these_rules() -> None:
    one = statement("a", line("a", plan=Decimal(412_300)), line("a", "1.2", plan=Decimal(412_300)))
    assert told(one) == []
    assert told() == []


@pytest.mark.parametrize("root", projects(), ids=lambda root: root.name)
def test_no_shipped_report_contradicts_another(root: Path) -> None:
    """A council's reports say different things of the same measures, all of them true."""
    statements = [statement_of(one.report) for one in all_prepared(root) if one.report]
    assert any(one.lines for one in statements)
    for period in {one.period.id for one in statements}:
        assert check_statements([one for one in statements if one.period.id == period]) == []
