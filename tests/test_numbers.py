"""Numbers as printed, and read back as they are typed."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from outlines import PLACE

from reportgen.document.numbers import print_number
from reportgen.load.scalars import amount
from reportgen.model.council import NumberStyle
from reportgen.source import Scalar

STYLE = NumberStyle()


@pytest.mark.parametrize(
    ("value", "printed"),
    [
        ("0", "0,0"),
        ("0.0", "0,0"),
        ("861", "861,0"),
        ("1431.0", "1\u00a0431,0"),
        ("1030310.5", "1\u00a0030\u00a0310,5"),
        ("999.95", "1\u00a0000,0"),  # rounding can add a group
        ("0.05", "0,1"),
        ("-0.04", "0,0"),  # there is no minus nought
        ("-1234.5", "\u22121\u00a0234,5"),
    ],
)
def test_one_decimal_comma_and_groups(value: str, printed: str) -> None:
    assert print_number(Decimal(value), 1, STYLE) == printed


def test_groups_may_begin_at_five_digits() -> None:
    from_five = NumberStyle(group_from=5)
    assert print_number(Decimal("1431.0"), 1, from_five) == "1431,0"
    assert print_number(Decimal("17468.4"), 1, from_five) == "17\u00a0468,4"


def test_decimals_are_fixed() -> None:
    assert print_number(Decimal(5), 2, STYLE) == "5,00"
    assert print_number(Decimal("4.5"), 0, STYLE) == "5"


@given(
    st.decimals(0, 10**14, places=1),
    st.integers(0, 3),
    st.sampled_from([NumberStyle(4), NumberStyle(5)]),
)
def test_what_is_printed_can_be_typed_in_again(
    value: Decimal, decimals: int, style: NumberStyle
) -> None:
    printed = print_number(value, decimals, style)
    typed = amount(Scalar(printed, PLACE))
    assert abs(typed - value) <= Decimal("0.5").scaleb(-decimals)
    assert print_number(typed, decimals, style) == printed
    if decimals:
        assert typed == value


@given(st.decimals(-(10**12), 10**12, places=2), st.integers(0, 2))
def test_never_a_blank_that_breaks(value: Decimal, decimals: int) -> None:
    printed = print_number(value, decimals, STYLE)
    groups = printed.removeprefix("\u2212").split(",")[0].split("\u00a0")
    assert all(group.isdecimal() for group in groups)
    assert [len(group) for group in groups[1:]] == [3] * (len(groups) - 1)
    assert len(groups[0]) <= 3
