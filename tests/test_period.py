"""Periods: how they are written, named and dated."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportgen.model.period import Part, Period


@pytest.mark.parametrize(
    ("written", "printed", "last_day"),
    [
        ("2023-q1", "I квартал 2023 року", datetime.date(2023, 3, 31)),
        ("2023-h1", "I півріччя 2023 року", datetime.date(2023, 6, 30)),
        ("2023-9m", "9 місяців 2023 року", datetime.date(2023, 9, 30)),
        ("2023", "2023 рік", datetime.date(2023, 12, 31)),
    ],
)
def test_a_period_as_written_printed_and_dated(
    written: str, printed: str, last_day: datetime.date
) -> None:
    period = Period.parse(written)
    assert (str(period), period.last_day) == (printed, last_day)


@pytest.mark.parametrize(
    "written",
    [
        *("", "23", "1999", " 2023", "2023 рік", "2023-", "2023-q2", "2023-h2", "2023-H1"),
        "20٢٣",  # digits, but of another script
    ],
)
def test_nothing_else_is_a_period(written: str) -> None:
    with pytest.raises(ValueError, match=f"^{written}$"):
        Period.parse(written)


@given(st.builds(Period, st.integers(2000, 2099), st.sampled_from(Part)))
def test_the_name_of_a_file_gives_the_period_back(period: Period) -> None:
    assert Period.parse(period.id) == period
    assert period.last_day.year == period.year
