"""Over-long words: broken where no dictionary helps, and left alone everywhere else."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportgen.write.breaking import OPPORTUNITY, part_wide_words, with_opportunities
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
        ("дев'ятьохсот", "дев'я-тьох-сот"),  # never before «ь»
        ("здоров'я-страждання", "здо-ров'я-страж-дан-ня"),  # no piece without a vowel
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


@pytest.mark.parametrize(
    ("word", "parted"),
    [
        ("фінансування", "фі-нан-су-ван-ня"),
        ("Орієнтовний", "Орієн-тов-ний"),
        ("страждання", "страж-дан-ня"),  # no piece without a vowel
        ("підживлення", "піджив-лен-ня"),
        ("об'єднання", "об'єд-нан-ня"),
        ("зобов'язані", "зо-бов'я-за-ні"),
        ("Захисників/Захисниць", "За-хис-ни-ків/За-хис-ниць"),
        ("ходжу", "ходжу"),
        ("прямо\u00adкутник", "прямо-кутник"),  # its author knew where
        ("1\u00a0030\u00a0310,5", "1\u00a0030\u00a0310,5"),
        ("Supercalifragilistic", "Supercalifragilistic"),
    ],
)
def test_a_word_wider_than_its_column_is_parted_by_syllables(word: str, parted: str) -> None:
    assert part_wide_words(f"{word} і", 10, 9, FACE) == parted.replace("-", "\u00ad") + " і"
    assert part_wide_words(f"{word} і", 200, 9, FACE) == f"{word} і"


def test_the_parts_of_a_compound_are_parted_one_by_one() -> None:
    """A line may end after the hyphen anyway."""
    compound = part_wide_words("соціально-страждання", 60, 10, FACE)
    assert compound == "соціально-страждання"
    compound = part_wide_words("соціально-страждання", 46, 10, FACE)
    assert compound == "соціально-страж\u00adдан\u00adня"


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
