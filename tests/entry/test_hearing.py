"""What stands in a cell, understood or refused."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportgen.diagnostics import Span
from reportgen.entry.hearing import Heard, hear
from reportgen.entry.questions import Address, Asked, Question
from reportgen.entry.typed import Typed
from reportgen.entry.words import STATES, Vocabulary

UNIT = "тис. грн"
WORDS = {
    Asked.STATUS: Vocabulary.of(STATES, {}),
    Asked.EXECUTORS: Vocabulary.of(
        {"dsp": "Департамент, міськради", "uks": "Управління"}, {"dsp": ["ДСП"]}
    ),
}
_PLACE = Span("content/x.yaml", 3, 5)


def heard(value: Any, asked: Asked, **more: Any) -> Heard:
    question = Question(Address((), "x"), asked, "Колонка", required=True, answer="", span=_PLACE)
    return hear(Typed(value, **more), question, WORDS, UNIT)


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("861", "861"),
        ("861,0", "861"),
        ("1431.5", "1431.5"),
        ("1 431,5", "1431.5"),
        ("1\u00a0431,5 тис. грн", "1431.5"),
        ("1 431,5 тис.грн.", "1431.5"),
        ("1.431,5", "1431.5"),
        ("1,030,310.5", "1030310.5"),
        ("0,125", "0.125"),
        ("  12 ", "12"),
    ],
)
def test_pasted_numbers_that_can_mean_one_thing_are_read_and_told(text: str, answer: str) -> None:
    one = heard(text, Asked.MONEY)
    assert one.answer == answer
    assert answer in one.remark
    assert not one.fault


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("1,431", "1431 чи 1,431"),
        ("1.431", "1431 чи 1,431"),
        ("1 431 грн", "одиниця"),
        ("5 млн грн", "одиниця"),
        ("–", "не число"),
        ("сто", "не число"),
        ("12 34", "не число"),
        ("5%", "не число"),
        ("1e5", "не число"),
        ("-5", "від'ємна"),
    ],
)
def test_others_are_refused(text: str, why: str) -> None:
    one = heard(text, Asked.MONEY)
    assert why in one.fault
    assert one.hint
    assert not one.answer


def test_numbers_that_are_none() -> None:
    assert "дата «01.05.2023»" in heard(Decimal(45047), Asked.MONEY, is_date=True).fault
    assert "#DIV/0!" in heard(None, Asked.MONEY, fault="#DIV/0!").fault
    assert "обчисленого" in heard(None, Asked.MONEY, formula=True).fault
    assert "логічне" in heard(value=True, asked=Asked.MONEY).fault
    assert "від'ємна" in heard(Decimal(-1), Asked.MONEY).fault
    assert "завелике" in heard(Decimal("1e20"), Asked.NUMBER).fault
    assert heard(Decimal(-1), Asked.NUMBER) == Heard("-1")


def test_a_formula_is_taken_by_its_value_and_told() -> None:
    one = heard(Decimal(30), Asked.MONEY, formula=True)
    assert one == Heard("30", "тут формула: узято її значення «30»")


def test_a_formula_that_gives_an_empty_text_is_no_answer() -> None:
    one = heard("", Asked.MONEY, formula=True)
    assert (one.answer, one.fault) == ("", "")
    assert "порожньо" in one.remark


def test_more_decimals_than_an_amount_may_have_are_told() -> None:
    one = heard(Decimal("333.333333333333"), Asked.MONEY)
    assert one.answer == "333.333333"
    assert "6 знаків" in one.remark


def test_texts() -> None:
    assert heard(" Перший \r\n\n другий\tтак", Asked.TEXT).answer == "Перший\nдругий так"
    assert heard("-  a\n1.   b", Asked.NARRATIVE).answer == "- a\n1. b"
    assert heard(Decimal(2023), Asked.TEXT).answer == "2023"
    assert heard(Decimal("1.5"), Asked.TEXT).answer == "1,5"
    assert heard(Decimal(45047), Asked.TEXT, is_date=True).answer == "01.05.2023"
    assert "U+200B" in heard("а\u200bб", Asked.TEXT).fault
    assert "20000" in heard("а" * 20_001, Asked.NARRATIVE).fault
    assert heard("\u00ad \n", Asked.TEXT) == Heard()


@pytest.mark.parametrize(
    ("text", "answer"),
    [("2023", "2023"), ("2021–2025", "2021-2025"), ("2021 - 2025 роки", "2021-2025")],
)
def test_years(text: str, answer: str) -> None:
    assert heard(text, Asked.YEARS).answer == answer


def test_no_years() -> None:
    assert "не роки" in heard("2025-2021", Asked.YEARS).fault
    assert "не роки" in heard("торік", Asked.YEARS).fault


def test_states_and_names() -> None:
    assert heard(" Не  Виконано", Asked.STATUS).answer == "not_done"
    assert "немає в переліку" in heard("майже", Asked.STATUS).fault
    assert "виконується" in heard("майже", Asked.STATUS).hint
    assert "немає в переліку" in heard("виконано; заплановано", Asked.STATUS).fault
    assert heard("Департамент, міськради; управління", Asked.EXECUTORS).answer == "dsp;uks"
    assert heard("ДСП", Asked.EXECUTORS).answer == "dsp"
    assert "«Хтось»" in heard("ДСП; Хтось", Asked.EXECUTORS).fault


@given(st.decimals(0, 10**9, places=3))
def test_any_number_of_a_cell_is_taken_exactly(value: Decimal) -> None:
    assert Decimal(heard(value, Asked.MONEY).answer) == value


@given(st.text(max_size=40), st.sampled_from([*Asked]))
def test_any_text_is_understood_or_refused_with_advice(text: str, asked: Asked) -> None:
    known = asked in WORDS or asked.is_number or asked.is_prose or asked is Asked.YEARS
    if known:
        one = heard(text, asked)
        assert not (one.fault and one.answer)
        assert bool(one.fault) == bool(one.hint)
