"""Rules over the narrative of a row beside its figures."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from made import Plan, Spec, asked, clean, clean_at, message, place, tenths, told

from reportgen.model.programme import Status

NO_MONEY = [
    *("Захід не фінансується у 2023 році", "Заходи не фінансувалися.", "Не фінансувався"),
    *("Видатки не профінансовано", "Коштів на 2023 рік не передбачено."),
    *("Кошти не виділено", "Відсутні бюджетні призначення", "Бюджетних призначень на захід немає."),
]
REASONS = [
    *("Заплановано виконати до кінця року", "Допомога надається за зверненнями."),
    *("Проєкт зупинено через воєнний стан.", "Конкурс перенесено на осінь", "Звернень не було"),
    *("Тендер ще не проведено", "Видатки здійснюються за потреби"),
]
WORK = [
    *("Проведено 4 засідання комісії", "У жовтні відбулася зустріч учасниць коаліції"),
    *("Працівники взяли участь у тренінгу", "Матеріали розміщено на сайті"),
]


def unpaid(plan: Plan, at: int, info: str | None, status: Status | None = None) -> Plan:
    return plan.having(at, actual=Decimal(0), info=info, status=status)


@given(clean_at(), st.sampled_from(NO_MONEY))
def test_planned_and_said_to_have_no_money(made: tuple[Plan, int], info: str) -> None:
    plan, at = made
    spoilt = unpaid(plan, at, info)
    assert told("plan-not-financed", spoilt) == [place(plan.rows[at].number, "info")]
    assert told("plan-not-financed", spoilt.having(at, annual_plan=Decimal(0))) == []


@given(clean_at(), st.sampled_from(REASONS))
def test_a_reason_is_a_reason(made: tuple[Plan, int], info: str) -> None:
    plan, at = made
    spoilt = unpaid(plan, at, info)
    for code in ("plan-not-financed", "reason-missing", "status-missing"):
        assert told(code, spoilt) == []


@given(clean_at())
def test_no_word_why_nothing_was_paid(made: tuple[Plan, int]) -> None:
    plan, at = made
    spoilt = unpaid(plan, at, None)
    assert told("reason-missing", spoilt) == [place(plan.rows[at].number)]
    assert told("reason-missing", spoilt.having(at, annual_plan=Decimal(0))) == []


@given(clean_at(), st.sampled_from(WORK), st.sampled_from(Status))
def test_work_without_money_and_status(made: tuple[Plan, int], info: str, status: Status) -> None:
    plan, at = made
    assert told("status-missing", unpaid(plan, at, info)) == [place(plan.rows[at].number, "info")]
    assert told("status-missing", unpaid(plan, at, info, status)) == []


@given(
    clean(), st.data(), st.text("абвгд ", min_size=80).filter(lambda text: len(text.split()) > 1)
)
def test_a_narrative_that_stands_twice(plan: Plan, data: st.DataObject, text: str) -> None:
    assume(len(plan.rows) > 1)
    first = data.draw(st.integers(0, len(plan.rows) - 2))
    second = data.draw(st.integers(first + 1, len(plan.rows) - 1))
    spoilt = plan.having(first, info=text).having(second, info=f"{text.upper()}.")
    assert told("narrative-repeated", spoilt) == [place(plan.rows[second].number, "info")]


def test_short_narratives_may_stand_often() -> None:
    info = "Будівництво споруди подвійного призначення триває."
    rows = tuple(Spec(f"1.{number}", info=info) for number in range(1, 5))
    assert told("narrative-repeated", Plan(rows)) == []


@pytest.mark.parametrize(
    ("info", "fires"),
    [
        ("Придбано 214 книжок на 84,5 тис. грн.", True),
        ("Придбано книжки на 84,5 тис.грн", True),
        ("Сплачено 84 500 гривень.", True),
        ("Сплачено 84\u00a0500,00 грн", True),
        ("Перераховано 1,2 млн. грн переможцям", True),
        ("Захід не фінансувався.", True),
        ("Придбано 214 книжок на 48,5 тис. грн.", False),
        ("По 10 000 грн одноразово виплачено 2 особам.", False),
        ("Сплачено 30,1 тис. грн і 18,4 тис. грн.", False),
        ("На рік передбачено 130,0 тис. грн.", False),
        ("Вартість робіт – 900,0 тис. грн. Роботи тривають.", False),
        ("План 120,0 тис. грн, сплачено менше", False),
        ("Освоєно план: усі 120,0 тис. грн", False),
        ("За рахунок обласного бюджету сплачено 300 тис. грн", False),
        ("Надано 9 000 послуг", False),
    ],
)
def test_sums_of_the_text(info: str, fires: bool) -> None:  # noqa: FBT001
    row = Spec("1.1", annual_plan=tenths(1200), actual=tenths(485), info=info)
    assert told("narrative-figures", Plan((row,))) == ([place("1.1", "info")] if fires else [])


@given(clean_at(), st.integers(1, 10**6))
def test_a_sum_is_contradicted_only_by_a_smaller_one(made: tuple[Plan, int], sum_: int) -> None:
    plan, at = made
    row = plan.rows[at]
    written = f"{tenths(sum_)}".replace(".", ",")
    fires = tenths(sum_) > (row.actual or 0) and tenths(sum_) not in {
        row.annual_plan,
        row.programme_plan,
    }
    spoilt = plan.having(at, info=f"Придбано книжок на {written} тис. грн.")
    expected = [place(row.number, "info")] if fires else []
    assert told("narrative-figures", spoilt) == expected


def test_messages_have_the_figures_in_them() -> None:
    row = Spec("2.8", annual_plan=tenths(180), actual=Decimal(0), info="Захід не фінансується")
    said = "у рядку «2.8» річний обсяг 18,0, а в тексті «не фінансується»"
    assert message("plan-not-financed", Plan((row,))) == said
    row = Spec("1.1", annual_plan=tenths(900), actual=tenths(485), info="Сплачено 84,5 тис. грн")
    said = "у рядку «1.1» профінансовано 48,5, а в тексті більше: «84,5 тис. грн»"
    assert message("narrative-figures", Plan((row,))) == said


@pytest.mark.parametrize(
    ("info", "fact"),
    [
        ("Профінансовано 105,1 тис. грн з 1639,1.", "профінансовано 1150,1"),
        ("Профінансовано 105,1 тис. грн.", "профінансовано 1150,1"),
        ("Ремонт триває. Використано 1 105 100 грн (67 %).", "профінансовано 1150,1"),
        ("План 1936,1 тис. грн", "план 1639,1"),
        ("Профінансовано 1150,1 тис. грн із 1936,1 тис. грн.", "план 1639,1"),
        ("Профінансовано 1150,1 тис. грн з 1936,1; роботи тривають", "план 1639,1"),
        ("Виконано на 45 %, профінансовано 95,0 % плану", "профінансовано 70,2 % плану"),
        ("Освоєно 95 %.", "профінансовано 70,2 % плану"),
        ("План на рік: 1 639,1 тис. грн, профінансовано 1 150,1 тис. грн, 70,2 %.", ""),
        ("Профінансовано 1,15 млн грн з 1,6 млн грн", ""),
        ("Профінансовано 1150 тис. грн, або 70 % плану", ""),
        ("Профінансовано 1 150 100 грн із запланованих 1 639 100 грн.", ""),
        ("Використано 30,0 тис. грн на придбання книжок.", ""),
        ("З обласного бюджету профінансовано 30,0 тис. грн.", ""),
        ("За I квартал профінансовано 30,0 тис. грн.", ""),
        ("Профінансовано 30,0 тис. грн, використано 20,0 тис. грн.", ""),
        ("Не профінансовано 489,0 тис. грн.", ""),
        ("Охоплено 95 % планової кількості осіб", ""),
        ("Використано 95 % палива", ""),
        ("За планом 12 заходів, проведено 8", ""),
        ("Профінансовано 2 договори", ""),
    ],
)
def test_what_a_text_states_of_its_row(info: str, fact: str) -> None:
    row = Spec("1.1", annual_plan=tenths(16391), actual=tenths(11501), info=info)
    found = [one.message for one in asked(Plan((row,))) if one.code == "narrative-figures"]
    assert [f"«1.1» {fact}, а в тексті" in one for one in found] == ([True] if fact else [])


@given(clean_at(), st.sampled_from(["Профінансовано {} тис. грн.", "Планом {} тис. грн"]))
def test_what_a_row_says_may_be_stated(made: tuple[Plan, int], said: str) -> None:
    plan, at = made
    row = plan.rows[at]
    amount = row.actual if said.startswith("Проф") else row.annual_plan
    spoilt = plan.having(at, info=said.format(str(amount).replace(".", ",")))
    assert told("narrative-figures", spoilt) == []


@pytest.mark.parametrize(
    "info",
    [
        "Не профінансовано через відсутність коштів.",
        "Захід не фінансувався у зв'язку з воєнним станом.",
    ],
)
def test_a_reason_beside_it_is_enough(info: str) -> None:
    assert (
        told("plan-not-financed", unpaid(Plan((Spec("1.1", annual_plan=tenths(9)),)), 0, info))
        == []
    )
