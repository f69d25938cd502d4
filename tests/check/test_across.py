"""Rules over several documents: the register, and what the passports say."""

from __future__ import annotations

import datetime
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from outlines import COUNCIL, programme

from reportgen.check import check_passports, passport_of
from reportgen.diagnostics import Diagnostic, Span
from reportgen.model.council import Decision, RegisteredProgramme
from reportgen.model.programme import Programme, Term

PLACE = Span("content/registers/programmes.yaml", 3)
NAME = "Програма розвитку бібліотек на 2021-2025 роки"
_LETTERS = "абвгдежзиклмнопрстуфхцчшщюяєії"
_NAMES = st.lists(st.text(_LETTERS, min_size=3, max_size=9), min_size=1, max_size=8).map(" ".join)


def passport(slug: str = "biblioteky", name: str = NAME, number: str = "35") -> Programme:
    decision = Decision(datetime.date(2020, 12, 24), number, Span(f"{slug}.yaml", 2))
    term = Term(2021, 2025)
    return replace(
        programme(), slug=slug, name=name, decision=decision, term=term, span=Span(f"{slug}.yaml")
    )


def found(registered: RegisteredProgramme | None = None, *passports: Programme) -> list[Diagnostic]:
    council = replace(COUNCIL, programmes={registered.id: registered} if registered else {})
    return check_passports(council, [passport_of(one) for one in passports or (passport(),)])


def entry(name: str = NAME, slug: str = "biblioteky", **more: Decision) -> RegisteredProgramme:
    return RegisteredProgramme("b", name, (), PLACE, slug, **more)


@given(_NAMES)
def test_the_same_name_everywhere_is_right(name: str) -> None:
    assert (
        found(entry(f"{name} на 2021-2025 роки"), passport(name=f"{name} на 2021-2025 роки")) == []
    )


@given(_NAMES, st.integers(0, 7), st.text(_LETTERS, min_size=2, max_size=5))
def test_another_name_is_shown_where_it_parts(name: str, at: int, other: str) -> None:
    words = name.split()
    at = min(at, len(words) - 1)
    words[at] += other
    [one] = found(entry(" ".join(words)), passport(name=name))
    assert (one.code, one.span) == ("programme-differs", PLACE)
    assert words[at] in one.message
    assert name.split()[at] in one.message


@given(st.integers(2015, 2030), st.integers(1, 5))
def test_other_years_are_told_apart_from_the_name(first: int, more: int) -> None:
    name = f"Програма на {first}-{first + more} роки"
    told = found(entry(name), replace(passport(name=name), term=Term(2021, 2025)))
    same = (first, first + more) == (2021, 2025)
    assert [one.message for one in told] == (
        []
        if same
        else [f"програма «b»: у довіднику роки {first}-{first + more}, а в паспорті 2021-2025"]
    )


def test_another_decision() -> None:
    decision = Decision(datetime.date(2020, 12, 24), "53", PLACE)
    [one] = found(entry(decision=decision))
    assert one.message == (
        "програма «b»: у довіднику рішення від 24.12.2020 №53, а в паспорті від 24.12.2020 №35"
    )
    same = replace(decision, number="35")
    assert found(entry(decision=same)) == []


@pytest.mark.parametrize(("slug", "codes"), [("", ["programme-unlinked"]), ("inshi", [])])
def test_a_programme_with_its_own_report_says_so(slug: str, codes: list[str]) -> None:
    assert [one.code for one in found(entry(slug=slug))] == codes
    assert found(entry("Інша програма на 2021-2025 роки", slug=slug)) == []


def test_two_programmes_have_two_passports() -> None:
    copied = passport("shkoly")
    [one] = found(None, passport(), copied)
    assert (one.code, one.span.file) == ("passport-repeated", "shkoly.yaml")
    assert "назву «Програма розвитку бібліотек" in one.message
    [one] = found(None, passport(), replace(copied, name="Програма розвитку шкіл"))
    assert one.message.endswith("рішення від 24.12.2020 №35")
    assert found(None, passport(), passport("shkoly", "Програма розвитку шкіл", "36")) == []


def test_nothing_is_said_of_nothing() -> None:
    assert check_passports(COUNCIL, []) == []


def test_names_that_differ_in_their_years_are_told_of_once() -> None:
    [one] = found(entry(NAME.replace("2025", "2024")))
    assert "2021-2024" in one.message
