"""Over-long words: broken where no dictionary helps, and left alone everywhere else."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportgen.write.breaking import OPPORTUNITY, with_opportunities
from reportgen.write.fonts import Face

#: Every character is half an em wide: at ten points, a word of twenty letters takes a hundred.
FACE = Face(Path("half.ttf"), {})


def broken(text: str, width: float = 100) -> str:
    return with_opportunities(text, width, 10, FACE).replace(OPPORTUNITY, "|")


def test_words_that_fit_are_left_alone() -> None:
    assert broken("Забезпечити підтримку об'єднань") == "Забезпечити підтримку об'єднань"
    assert broken("https://zt.gov.ua") == "https://zt.gov.ua"


@pytest.mark.parametrize(
    "word",
    [
        "перерозподілюваність",
        "соціально-психологічної",
        "Захисників/Захисниць",
        "«безперешкодність».",
        "(компетентнісно-зорієнтований)",
    ],
)
def test_words_of_the_language_are_left_to_hyphenation(word: str) -> None:
    assert broken(f"і {word} та", width=50) == f"і {word} та"


def test_the_syllables_of_a_word_with_an_apostrophe_are_told() -> None:
    """Engines do not know such words; a break stands after a hyphen all the same."""
    for word, parted in (
        ("обов'язковості", "обов'яз-ко-вос-ті"),
        ("безвідмовно-зобов’язані", "без-від-мов-но-зо-бов’я-за-ні"),
    ):
        assert broken(f"і {word}", width=40).replace("\u00ad", "-") == f"і {parted}"


@pytest.mark.parametrize(
    ("word", "mended"),
    [
        ("https://zt.gov.ua/a/b", "http|s://|zt.g|ov.u|a/a/|b"),
        ("UA12345678901234567890", "UA12|3456|7890|1234|5678|90"),
        (".........", "....|....|."),
        ("Всього------------", "Всьо|го--|----|----|--"),
        ("_" * 10, "____|____|__"),
        ("ф" * 31, "|".join(["фффф"] * 7 + ["ффф"])),
    ],
)
def test_what_no_dictionary_knows_may_be_broken_anywhere(word: str, mended: str) -> None:
    assert broken(word, width=40) == mended
    assert broken(f"див. {word} там", width=40) == f"див. {mended} там"


def test_only_the_word_that_is_too_wide_is_broken() -> None:
    assert broken("код 12345678901234567890123 у файлі") == (
        "код 1234|5678|9012|3456|7890|123 у файлі"
    )


def test_a_blank_that_does_not_break_keeps_a_number_together() -> None:
    assert broken("разом 1\u00a0030\u00a0310,5 тис.") == "разом 1\u00a0030\u00a0310,5 тис."


texts = st.text(st.sampled_from("абвґ'-/.: 019«»\u00a0\n"), max_size=80)


@given(texts, st.integers(10, 300))
def test_nothing_is_added_but_places_to_break(text: str, width: int) -> None:
    mended = with_opportunities(text, width, 10, FACE)
    assert mended.replace(OPPORTUNITY, "").replace("\u00ad", "") == text


@given(texts, st.integers(20, 300))
def test_whatever_no_hyphenation_knows_fits(text: str, width: int) -> None:
    """Each piece takes four letters at most, or fits as it is, or has letters to hyphenate."""
    for word in with_opportunities(text, width, 10, FACE).replace("\n", " ").split(" "):
        if OPPORTUNITY in word:
            assert all(len(piece) <= 4 for piece in word.split(OPPORTUNITY))
        elif len(word) * 5 > width:
            assert all(len(mark) <= 4 for mark in re.split(r"[абвґ']+", word))
            assert not re.search(r"[019\u00a0]", word)
