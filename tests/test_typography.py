"""Blanks that do not break and quotation marks in quotation marks."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportgen.document.typography import inner_quotes, typeset


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Звіт за I півріччя 2025 року", "Звіт за~I~півріччя 2025~року"),
        ("за 9 місяців 2025 року", "за~9~місяців 2025~року"),
        ("за I квартал 2025 року", "за~I~квартал 2025~року"),
        ("на 2020-2025 роки за 2023 рік", "на 2020-2025~роки за~2023~рік"),
        ("за 2025 рік – Програма", "за~2025~рік~– Програма"),
        ("від 15.02.2024 № 5", "від 15.02.2024 №~5"),
        ("10,0 тис. грн, або 5 %", "10,0~тис.~грн, або 5~%"),
        ("Суми в тис. грн за 3 роки", "Суми в тис.~грн за 3~роки"),
        ("програм у 2023 році, в 2024 році", "програм у~2023~році, в~2024~році"),
        ("у 2023 програмах", "у 2023 програмах"),
        ("роки, за I частину", "роки, за I частину"),
    ],
)
def test_what_no_line_parts(text: str, said: str) -> None:
    assert typeset(text).replace("\u00a0", "~") == said


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("«Про звіт про Програму «Зелене місто»»", "«Про звіт про Програму „Зелене місто“»"),
        ("«а «б» в «г»»", "«а „б“ в „г“»"),
        ("«а» і «б»", "«а» і «б»"),
        ("«а «б»", "«а «б»"),
        ("а» «б", "а» «б"),
    ],
)
def test_marks_in_marks(text: str, said: str) -> None:
    assert inner_quotes(text) == said


@given(st.text("«»„“аб \u00a0№5%–"))
def test_nothing_else_changes(text: str) -> None:
    plain = str.maketrans({"„": "«", "“": "»", "\u00a0": " "})
    once = typeset(text)
    assert once.translate(plain) == text.translate(plain)
    assert typeset(once) == once
