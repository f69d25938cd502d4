"""Names of sheets: valid, short, all different, whatever they were to be."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reportgen.write.xlsx.names import annex_name, quoted_name, sheet_names

FEW = settings(max_examples=60)
UNFIT = re.compile(r"[\[\]:*?/\\!()\x00-\x1f]")


@pytest.mark.parametrize(
    ("programme", "name"),
    [
        ("Комплексна Програма соціального захисту населення громади", "7 соціального захисту"),
        ("Програма розвитку освіти на період 2022-2026 років", "7 розвитку освіти"),
        ("Цільова соціальна програма «Молодь» на 2021 рік", "7 Молодь на 2021 рік"),
        ("Концепція розвитку м.Житомира", "7 Концепція розвитку"),
        ("Програма", "7 Програма"),
        ("", "7"),
        ("Програма " + "я" * 90, "7"),
    ],
)
def test_an_annex_is_called_by_its_programme(programme: str, name: str) -> None:
    assert annex_name(7, programme) == name


@pytest.mark.parametrize(
    ("wish", "name"),
    [
        ("[Звіт]:*?/\\ про 'усе'", "Звіт про 'усе"),
        ("=1+1", "=1+1"),
        ("''", "Аркуш"),
        (" \t\n", "Аркуш"),
        ("History", "History 2"),
        ("SUM(A1)!B", "SUM A1 B"),
        ("а" * 40, "а" * 31),
        ("🏛" * 40, "🏛" * 15),
        ("а" * 30 + "'х", "а" * 30),
    ],
)
def test_a_wish_is_changed_as_far_as_it_must(wish: str, name: str) -> None:
    assert sheet_names([wish]) == (name,)


def test_equal_names_are_told_apart() -> None:
    assert sheet_names(["Звіт", "звіт", "ЗВІТ 2", "ЗВІТ"]) == (
        "Звіт",
        "звіт 2",
        "ЗВІТ 2 2",
        "ЗВІТ 3",
    )
    long = "а" * 31
    assert sheet_names([long, long + "б"]) == (long, "а" * 29 + " 2")


def test_an_apostrophe_is_doubled_in_formulas() -> None:
    assert quoted_name("1 здоров'я") == "'1 здоров''я'"


@FEW
@given(st.lists(st.text(max_size=45) | st.sampled_from(["а" * 31, "History", "'"]), max_size=12))
def test_names_are_valid_and_different(wishes: list[str]) -> None:
    names = sheet_names(wishes)
    assert len({one.casefold() for one in names}) == len(names) == len(wishes)
    for name in names:
        assert 0 < len(name.encode("utf-16-le")) // 2 <= 31
        assert not UNFIT.search(name)
        assert name == name.strip(" '")
        assert name.casefold() != "history"
    assert sheet_names(wishes) == names
    assert sheet_names(names) == names
