"""Rules over the registers: what is one body under two names, and what are two bodies."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from outlines import COUNCIL

from reportgen.build.project import Project
from reportgen.check import check_council
from reportgen.check.rules import registers
from reportgen.diagnostics import Diagnostic, Span
from reportgen.load import load_content
from reportgen.model.council import Council, Executor, Official, RegisteredProgramme

_LETTERS = "абвгдежзиклмнопрстуфхцчшщюяєії"
_WORD = st.text(_LETTERS, min_size=8, max_size=14)


def council(*names: str, aliases: Mapping[int, tuple[str, ...]] | None = None) -> Council:
    bodies = [
        Executor(f"body-{at}", name, name, (aliases or {}).get(at, ()), "", Span("e.yaml", at + 1))
        for at, name in enumerate(names)
    ]
    return replace(
        COUNCIL,
        executors={body.id: body for body in bodies},
        officials={},
        funds={},
        programmes={},
    )


def told(given_council: Council) -> list[tuple[str, int]]:
    found: list[Diagnostic] = [one for rule in registers.RULES for one in rule(given_council)]
    return [(one.code, one.span.line) for one in found]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Управління культури міської ради", "управління культури міської ради"),
        ('КП "Парк" міської ради', "КП «Парк» міської ради"),
        ("Управління транспорту і зв'язку ради", "Управління транспорту та зв’язку ради"),
        ("Житомирське трамвайно-тролейбусне КП", "Житомирське трамвайно - тролейбусне КП"),
        ("Міський центр соціальних служб", "Міський центр соціалних служб"),
        ("Управління культури міської ради", "Управління міської ради культури"),
        ("Відділ по зв'язках із громадськістю", "Відділ по зв'язках з громадськістю"),
    ],
)
def test_one_body_under_two_names(first: str, second: str) -> None:
    assert told(council(first, second)) == [("name-similar", 2)]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Управління захисту Богунського району", "Управління захисту Корольовського району"),
        ("громадські організації", "громадські організації (за згодою)"),
        ("Ліцей № 12", "Ліцей № 21"),
        ("Школа мистецтв", "Школа спорту"),
        ("підприємства", "підприємство"),
        ("Департамент освіти", "Департамент фінансів"),
    ],
)
def test_two_bodies_with_names_of_their_own(first: str, second: str) -> None:
    assert told(council(first, second)) == []


@given(st.lists(_WORD, min_size=3, max_size=6, unique=True), st.data())
def test_a_slip_in_a_name_is_found(words: list[str], data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(words) - 1))
    letter = data.draw(st.integers(1, len(words[at]) - 1))
    slip = words[at][:letter] + words[at][letter + 1 :]
    spoilt = [slip if index == at else word for index, word in enumerate(words)]
    assert told(council(" ".join(words), " ".join(spoilt))) == [("name-similar", 2)]


@given(st.lists(_WORD, min_size=3, max_size=5, unique=True), _WORD, st.integers(0, 2))
def test_another_word_makes_another_name(words: list[str], other: str, at: int) -> None:
    changed = [f"{'щ' if words[at][0] != 'щ' else 'ж'}{other}", *words]
    del changed[at + 1]
    assert told(council(" ".join(words), " ".join(changed))) == []


def test_programmes_of_other_years_are_others() -> None:
    names = (
        "Програма розвитку освіти на 2022-2026 роки",
        "Програма розвитку освіти на 2017-2021 роки",
        "Міська цільова програма розвитку освіти на 2022-2026 роки",
    )
    programmes = {
        f"p{at}": RegisteredProgramme(f"p{at}", name, (), Span("p.yaml", at + 1))
        for at, name in enumerate(names)
    }
    given_council = replace(council(), programmes=programmes)
    [one] = registers.names_similar(given_council)
    assert (one.code, one.span.line) == ("name-similar", 3)
    assert one.hint.startswith("залиште один запис, «Програма розвитку освіти на 2022-2026 роки»")


def test_an_alias_belongs_to_one() -> None:
    given_council = council("Відділ освіти", "Відділ культури", aliases={1: ("відділ освіти",)})
    assert told(given_council) == [("alias-taken", 2)]
    given_council = council("Відділ освіти", "Клуб", aliases={0: ("ВО",), 1: ("БК", "ВО")})
    assert told(given_council) == [("alias-taken", 2)]


def test_own_aliases_may_be_alike() -> None:
    aliases = ("відділ освіти", "Відділ «освіти»")
    assert told(council("Відділ освіти", aliases={0: aliases})) == []


def test_one_code_is_one_body() -> None:
    given_council = council("Відділ освіти", "Клуб")
    bodies = {key: replace(one, code="01") for key, one in given_council.executors.items()}
    assert told(replace(given_council, executors=bodies)) == [("name-similar", 2)]


@pytest.mark.parametrize("position", ["Директорка", "Начальниця"])
def test_one_person_has_one_entry(position: str) -> None:
    officials = {
        "a": Official("a", "Директорка", "Олена", "МЕЛЬНИК", Span("o.yaml", 1)),
        "b": Official("b", position, "Олена", "Мельник", Span("o.yaml", 2)),
        "c": Official("c", position, "Ольга", "МЕЛЬНИК", Span("o.yaml", 3)),
    }
    assert told(replace(council(), officials=officials)) == [("official-positions", 2)]


def test_shipped_registers_have_one_slip(project: Project) -> None:
    """One name was adopted with quotes that are never closed."""
    content = load_content(project.root, [])
    assert content.council is not None
    found = check_council(content.council, lambda _: ())
    assert [(one.code, "Міськвітло" in one.message or "ЕМЗО" in one.message) for one in found] == [
        ("text-quotes", True)
    ]


@pytest.mark.parametrize(
    "name", ["{0:.0s}x", "Відділ {letters}", "Відділ освіти і культури громади {letters}", "№ {0}"]
)
def test_a_register_of_thousands_takes_no_hours(name: str) -> None:
    """All names alike, or as many words in each: pairs are not compared without a bound."""
    many = [
        name.format(str(at), letters="".join(_LETTERS[int(digit)] for digit in str(at)))
        for at in range(9000)
    ]
    assert {code for code, _ in told(council(*many))} <= {"name-similar"}


@pytest.mark.parametrize("turned", [True, False])
def test_the_name_to_keep_is_the_one_without_latin_letters(*, turned: bool) -> None:
    names = ["Управління соцiальної політики ради", "Управління соціальної політики ради"]
    [one] = registers.names_similar(council(*(names[::-1] if turned else names)))
    assert f"залиште один запис, «{names[1]}», а другу" in one.hint
