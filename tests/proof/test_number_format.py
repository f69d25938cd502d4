"""Number formats of spreadsheets: what they show."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reportgen.document.numbers import print_number
from reportgen.model.council import NumberStyle
from reportgen.proof.number_format import shown
from reportgen.write.xlsx.looks import number_format


@pytest.mark.parametrize(
    ("value", "code", "text"),
    [
        ("1431", "0.0", "1431,0"),
        ("1431", "#,##0.0", "1\u00a0431,0"),
        ("1030310.45", "[$-422]#,##0.0", "1\u00a0030\u00a0310,5"),
        ("12.25", "0.0", "12,3"),
        ("-2.5", "0.0", "-2,5"),
        ("-2.5", '0.0;"\u2212"0.0', "\u22122,5"),
        ("0", '0.0;"−"0.0;"–"', "–"),
        ("999.9", "[<9999.5]0.0;#,##0.0", "999,9"),
        ("12000", "[<9999.5]0.0;#,##0.0", "12\u00a0000,0"),
        ("5", '"п\'ять"', "п'ять"),
        ("5", r'"a"\""b"', 'a"b'),
        ("5", "", None),
        ("5", "General", None),
        ("5", "0.0%", None),
        ("-5", "[<0]0.0;0", None),
    ],
)
def test_examples(value: str, code: str, text: str | None) -> None:
    assert shown(Decimal(value), code) == text


@given(
    value=st.decimals(min_value=-(10**8), max_value=10**8, places=3),
    places=st.integers(0, 3),
    group_from=st.sampled_from([4, 5]),
)
@settings(max_examples=60)
def test_every_format_of_a_figure_shows_what_is_printed(
    value: Decimal, places: int, group_from: int
) -> None:
    style = NumberStyle(group_from=group_from)
    printed = print_number(value, places, style)
    assert shown(value, number_format(value, printed, places, style)) == printed
