"""Rules over the outline: numbers, executors, the name in the genitive."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from made import Plan, Spec, asked, clean, clean_at, message, place, told


def of(*numbers: str) -> Plan:
    """Return a report of rows, each given as «task/number»."""
    rows = [Spec(one.partition("/")[2], task=one.partition("/")[0]) for one in numbers]
    return Plan(tuple(rows))


@given(clean(), st.data())
def test_a_gap_is_told_where_it_ends(plan: Plan, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(plan.rows) - 1))
    gone = plan.rows[at]
    left = tuple(row for row in plan.rows if row is not gone)
    after = [row for row in left if row.task == gone.task and row.number > gone.number]
    assume(after)
    spoilt = replace(plan, rows=left)
    assert told("number-gap", spoilt) == [place(after[0].number)]
    assert message("number-gap", spoilt) == f"бракує номера {gone.number}"


def test_numbers_may_go_on_from_group_to_group() -> None:
    assert told("number-gap", of("1/1", "1/2", "2/3", "3/4")) == []
    assert told("number-gap", of("1/1", "1/2", "2/4")) == [place("4")]


@given(clean(), st.data())
def test_a_missing_task_is_told_of(plan: Plan, data: st.DataObject) -> None:
    tasks = sorted({row.task for row in plan.rows})
    assume(len(tasks) > 1)
    gone = data.draw(st.sampled_from(tasks[:-1]))
    spoilt = replace(plan, rows=tuple(row for row in plan.rows if row.task != gone))
    following = str(int(gone) + 1)
    assert told("number-gap", spoilt) == [place(following)]
    [one] = [one for one in asked(spoilt) if one.code == "number-gap"]
    shown = [f"«{task}» надруковано під номером {int(task) - 1}" for task in tasks if task > gone]
    assert [note for _, note in one.related] == shown


def test_missing_numbers_of_one_task_are_one_finding() -> None:
    plan = of("1/1.2", "1/1.3", "1/1.6", "1/1.11")
    said = "бракує номерів: 1.1, 1.4, 1.5, 1.7–1.10"
    assert message("number-gap", plan) == said
    assert told("number-gap", plan) == [place("1.2")]


def test_a_row_below_another_task_is_counted_with_its_own() -> None:
    plan = of("1/1.1", "1/2.1", "2/2.2")
    assert told("number-gap", plan) == []
    assert told("number-foreign", plan) == [place("2.1")]


@given(clean(), st.data())
def test_numbers_out_of_order(plan: Plan, data: st.DataObject) -> None:
    pairs = [
        at
        for at, (left, right) in enumerate(zip(plan.rows, plan.rows[1:], strict=False))
        if left.task == right.task
    ]
    assume(pairs)
    at = data.draw(st.sampled_from(pairs))
    rows = [*plan.rows]
    rows[at], rows[at + 1] = rows[at + 1], rows[at]
    spoilt = replace(plan, rows=tuple(rows))
    assert told("number-order", spoilt) == [place(rows[at + 1].number)]


@given(clean_at(), st.integers(1, 9), st.integers(50, 60))
def test_a_number_of_another_task(made: tuple[Plan, int], task: int, last: int) -> None:
    plan, at = made
    own = plan.rows[at].task
    number = f"{task}.{last}"
    expected = [] if str(task) == own else [place(number)]
    assert told("number-foreign", plan.having(at, number=number)) == expected


@pytest.mark.parametrize("number", ["IV", "1а", "А.1", "1.б"])
def test_nothing_is_said_of_other_numbers(number: str) -> None:
    plan = of(f"1/{number}", "1/1.1")
    assert not [one for one in asked(plan) if one.code.startswith("number-")]


@pytest.mark.parametrize("number", ["7.3. 1", "1.1.", "1..1", " 1.1", "1.1 ", "1.1;", ".1"])
def test_a_slip_in_a_number(number: str) -> None:
    assert len(told("number-slip", of(f"1/{number}"))) == 1


@pytest.mark.parametrize(
    "genitive",
    [
        "цільова соціальна програми «Рівні можливості»",
        "Комплексної цільова Програми захисту",
        "регіональна програми",
    ],
)
def test_a_name_left_in_the_nominative(genitive: str) -> None:
    plan = replace(of("1/1.1"), genitive=genitive)
    assert told("genitive-case", plan) == [(1, 1)]


@pytest.mark.parametrize(
    "genitive",
    [
        "Комплексної Програми соціального захисту",
        "цільової соціальної програми «Громада – територія»",
        "Програми «Зелена вулиця»",
        "Стратегії розвитку міста та програми",
        "Концепції інтегрованого розвитку м. Житомира",
        "Плану заходів",
    ],
)
def test_a_name_in_the_genitive(genitive: str) -> None:
    assert told("genitive-case", replace(of("1/1.1"), genitive=genitive)) == []


@pytest.mark.parametrize(
    ("numbers", "said"),
    [
        ("1 2 30 4 5 6", ["«1.30» стоїть перед «1.4»"]),
        ("1 2 3 9 4 5", ["«1.9» стоїть перед «1.4»"]),
        ("2 3 1 4", ["«1.1» стоїть після «1.3»"]),
        ("1 2 4 3 5", ["«1.3» стоїть після «1.4»"]),
        ("9 8 7", ["«1.8» стоїть після «1.9»", "«1.7» стоїть після «1.9»"]),
        ("1 2 2 3", []),
    ],
)
def test_the_number_out_of_order_is_the_one_named(numbers: str, said: list[str]) -> None:
    plan = of(*(f"1/1.{one}" for one in numbers.split()))
    found = [one.message for one in asked(plan) if one.code == "number-order"]
    assert found == [f"номер {one}" for one in said]


@given(st.lists(st.integers(1, 20), unique=True, max_size=9))
def test_no_more_numbers_are_named_than_have_to_be_moved(numbers: list[int]) -> None:
    plan = of(*(f"1/1.{one}" for one in numbers))
    named = set(told("number-order", plan))
    left = [one for one in numbers if place(f"1.{one}") not in named]
    assert left == sorted(left)
    rising = (one for size in range(len(numbers) + 1) for one in combinations(numbers, size))
    assert len(left) == max(len(one) for one in rising if list(one) == sorted(one))


@pytest.mark.parametrize(
    ("number", "right"), [("847З.1", "8473.1"), ("1.1О", "1.10"), ("1.O", "1.0"), ("1.l", "1.1")]
)
def test_a_letter_for_a_digit(number: str, right: str) -> None:
    plan = of(f"1/{number}")
    assert "стоїть літера" in message("number-slip", plan)
    [one] = [one for one in asked(plan) if one.code == "number-slip"]
    assert f"наберіть цифру: {right};" in one.hint
