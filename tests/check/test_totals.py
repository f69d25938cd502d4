"""The interval check of printed totals: honest rounding never warns, an error always does."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportgen.check.totals import may_be_total
from reportgen.compute.rounding import round_half_up

exact = st.lists(st.decimals(0, 10**6, places=4), max_size=12)
printed = st.lists(st.integers(0, 10**5), max_size=8)


@given(exact, st.integers(0, 2))
def test_a_total_of_what_was_rounded_is_possible(amounts: list[Decimal], decimals: int) -> None:
    addends = [round_half_up(one, decimals) for one in amounts]
    total = round_half_up(sum(amounts, Decimal(0)), decimals)
    assert may_be_total(total, addends, decimals)


@given(printed, st.integers(0, 2), st.integers(-9, 9))
def test_it_is_possible_just_where_some_amounts_give_it(
    units: list[int], decimals: int, off: int
) -> None:
    """Amounts that round to the addends reach every total up to the least and the most of them."""
    hair = Decimal(1).scaleb(-decimals - 9)
    half = Decimal(5).scaleb(-decimals - 1)
    addends = [Decimal(one).scaleb(-decimals) for one in units]
    least = sum((max(one - half, Decimal(0)) for one in addends), Decimal(0))
    most = sum((one + half - hair for one in addends), Decimal(0))
    total = sum(addends, Decimal(0)) + Decimal(off).scaleb(-decimals)
    reached = round_half_up(least, decimals) <= total <= round_half_up(most, decimals)
    assert may_be_total(total, addends, decimals) == reached


@pytest.mark.parametrize(
    ("total", "addends", "possible"),
    [
        ("0", [], True),
        ("0.1", [], False),
        ("12.3", ["12.3"], True),
        ("12.4", ["12.3"], False),
        ("0.3", ["0.1", "0.1"], True),  # 0.14 and 0.14
        ("0.4", ["0.1", "0.1"], False),
        ("0.0", ["0.1", "0.1"], False),
        ("0.1", ["0.0", "0.0", "0.0"], True),
        ("228.3", ["29.4", "74.5", "65.0", "59.4"], True),
        ("90.0", ["29.4", "74.5", "65.0", "59.4"], False),
    ],
)
def test_totals_by_hand(total: str, addends: list[str], possible: bool) -> None:  # noqa: FBT001
    assert may_be_total(Decimal(total), [Decimal(one) for one in addends], 1) is possible
