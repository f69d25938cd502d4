"""The years of a programme, where a report does not print them apart."""

from __future__ import annotations

import pytest

from reportgen.importing.passport import Passport, named_term
from reportgen.model.programme import Term


@pytest.mark.parametrize(
    ("name", "term"),
    [
        ("Програма «Зелена громада» на 2023-2025 роки", Term(2023, 2025)),
        ("Програма «Зелена громада» на 2023 рік", Term(2023, 2023)),
        ("Програма «Зелена громада»", None),
    ],
)
def test_the_name_tells_the_years(name: str, term: Term | None) -> None:
    assert named_term(Passport(name=name)) == term


def test_years_told_apart_come_first() -> None:
    passport = Passport(name="Програма на 2023-2025 роки", term=Term(2021, 2025))
    assert named_term(passport) == Term(2021, 2025)
