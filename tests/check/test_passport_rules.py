"""Rules over the passport: its years, its decisions, and whether the form is the council's own."""

from __future__ import annotations

import datetime
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from made import Plan, Spec, clean, made
from outlines import PLACE

from reportgen.check.rules import passport
from reportgen.check.rules.passport import years_of
from reportgen.check.view import View
from reportgen.diagnostics import Diagnostic, Span
from reportgen.model.council import RegisteredProgramme
from reportgen.model.form import Line
from reportgen.model.programme import Decision, Entry, Programme, Programmes, Term
from reportgen.model.report import Report

LINE = "рішення{% if programme.amended %}, зі змінами{% endif %}"
terms = st.builds(
    lambda first, more: Term(first, first + more), st.integers(2000, 2094), st.integers(1, 5)
)
days = st.dates(datetime.date(2015, 1, 1), datetime.date(2030, 12, 31))


def decision(day: datetime.date, number: str = "35", line: int = 3) -> Decision:
    return Decision(day, number, Span("programme.yaml", line))


def report(plan: Plan | None = None, *, heading: str = LINE, **passport_given: object) -> Report:
    """Return a clean report with another passport."""
    one = made(plan or Plan((Spec("1.1"),)))
    programme: Programme = replace(one.programme, **passport_given)  # type: ignore[arg-type]
    form = replace(one.form, heading=(Line("title", heading, PLACE),))
    return replace(one, programme=programme, form=form)


def told(one: Report) -> list[Diagnostic]:
    view = View.of(one)
    return [found for rule in passport.RULES for found in rule(view)]


def codes(one: Report) -> list[tuple[str, int]]:
    return [(found.code, found.span.line) for found in told(one)]


@pytest.mark.parametrize("amended", [True, False])
@given(plan=clean())
def test_a_right_passport_has_nothing_to_tell(*, plan: Plan, amended: bool) -> None:
    last = made(plan).period.period.last_day
    changes = (decision(last, "7"),) if amended else ()
    name = "Програма на 2021-2025 роки"
    given_passport = {
        "decision": decision(datetime.date(2020, 12, 24)),
        "changes": changes,
        "amended": amended,
    }
    one = report(plan, name=name, genitive=name.replace("ма", "ми"), **given_passport)
    assert told(one) == []


@given(clean(), days)
def test_a_programme_is_approved_before_its_period_ends(plan: Plan, day: datetime.date) -> None:
    one = report(plan, decision=decision(day))
    late = day > one.period.period.last_day
    assert codes(one) == ([("decision-date", 3)] if late else [])


@given(days, days)
def test_a_programme_is_changed_after_it_is_approved(
    approved: datetime.date, changed: datetime.date
) -> None:
    plan = Plan((Spec("1.1"),), "2030")
    changes = (decision(changed, "7", line=5),)
    one = report(plan, decision=decision(approved), changes=changes, amended=True)
    one = replace(one, programme=replace(one.programme, term=None))
    assert codes(one) == ([("decision-date", 5)] if changed < approved else [])


@pytest.mark.parametrize("printed", [True, False])
@pytest.mark.parametrize("amended", [True, False])
@given(changed=st.lists(days, max_size=3))
def test_what_is_said_of_changes_is_so(
    *, amended: bool, printed: bool, changed: list[datetime.date]
) -> None:
    changes = tuple(decision(one, line=at) for at, one in enumerate(changed, start=5))
    one = report(heading=LINE if printed else "рішення", amended=amended, changes=changes)
    by_then = [at for at, day in enumerate(changed, start=5) if day <= datetime.date(2023, 6, 30)]
    expected = []
    if printed and amended and not changed:
        expected = [("changes-unnamed", 1)]
    if printed and not amended and by_then:
        expected = [("changes-unprinted", by_then[0])]
    assert codes(one) == expected


@given(terms, terms, st.sampled_from("-–—"))
def test_the_years_of_one_passport(ours: Term, theirs: Term, dash: str) -> None:
    name = f"Програма на {ours.first}{dash}{ours.last} роки"
    genitive = f"Програми на {theirs.first}{dash}{theirs.last} роки"
    for one in (report(name=name, term=theirs), report(name=name, genitive=genitive, term=None)):
        found = [one for one in told(one) if one.code == "programme-differs"]
        assert bool(found) == (ours != theirs)


@pytest.mark.parametrize(
    ("name", "term"),
    [
        ("Програма на 2021-2025 роки", Term(2021, 2025)),
        ("Програма (Стратегія 2016–2030) на 2021 — 2025 роки", Term(2021, 2025)),
        ("Програма на 2023 рік", Term(2023, 2023)),
        ("Програма на період 2022-2026 років", Term(2022, 2026)),
        ("Концепція розвитку до 2030 року", None),
        ("Програма «Житомир 2030»", None),
        ("Програма на 2025-2021 роки", None),
        ("Програма", None),
    ],
)
def test_years_of_a_name(name: str, term: Term | None) -> None:
    assert years_of(name) == term


@given(terms)
def test_a_row_names_a_programme_of_its_year(term: Term) -> None:
    registered = RegisteredProgramme("inshi", f"Програма на {term} роки", (), PLACE)
    one = report(term=None)
    [(table, entries)] = one.period.entries.items()
    cited = Programmes((registered,), Span("period.yaml", 9))
    entry = entries["1.1"]
    named = Entry({**entry.values, "funding": cited}, None, {}, entry.span)
    one = replace(one, period=replace(one.period, entries={table: {"1.1": named}}))
    outside = not term.first <= 2023 <= term.last
    assert codes(one) == ([("programme-outside", 9)] if outside else [])


def test_a_form_that_is_a_draft() -> None:
    one = report()
    assert codes(one) == []
    assert codes(replace(one, form=replace(one.form, draft=True))) == [("form-draft", 1)]


TITLE = "Звіт про виконання {{ programme.genitive }}"


@pytest.mark.parametrize(
    ("name", "genitive", "is_told"),
    [
        ("Комплексна Програма захисту", "Комплексна Програма захисту", True),
        ("Комплексна Програма захисту", "Комплексної Програми захисту", False),
        ("Комплексна Програма захисту", "Комплексна Програми захисту", True),
        ("Стратегія розвитку", "Стратегія  розвитку", True),
        ("Стратегія розвитку", "Стратегія розвитку міста", True),
        ("План дій", "Плану дій", False),
        ("План дій", "План дій", True),
        ("Міста-побратими: програма", "Міста-побратими: програми", False),
        ("", "", False),
    ],
)
def test_a_title_in_the_nominative(*, name: str, genitive: str, is_told: bool) -> None:
    passport_given = {"name": name, "genitive": genitive}
    told_of = codes(report(heading=TITLE, **passport_given))
    assert told_of == ([("genitive-case", 1)] if is_told else [])


def test_a_genitive_that_no_line_prints_may_be_the_name() -> None:
    name = "Комплексна Програма захисту"
    assert codes(report(heading="{{ programme.name }}", name=name, genitive=name)) == []
