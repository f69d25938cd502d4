"""Running numbers as lists print them: digits, letters, Roman numerals."""

from __future__ import annotations

from typing import Final

_LATIN: Final = "abcdefghijklmnopqrstuvwxyz"
_CYRILLIC: Final = "абвгдежзиклмнопрстуфхцчшщэюя"  # Word's «russianLower»
_UKRAINIAN: Final = "абвгґдеєжзиіїйклмнопрстуфхцчшщьюя"
_ROMAN: Final = (
    *((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l")),
    *((40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i")),
)
_MOST_ROMAN: Final = 3999
_MOST_LETTERS: Final = 10  # «aaa» is the fifty-third; no list is longer than this allows

_ALPHABETS: Final = {
    "lowerLetter": _LATIN,
    "russianLower": _CYRILLIC,
    "ukrainianLower": _UKRAINIAN,
}


def numeral(number: int, kind: str) -> str:
    """Return a number by a kind of Word's (``w:numFmt``); in digits where it has no other form."""
    lower = kind.replace("upper", "lower").replace("Upper", "Lower")
    text = str(number)
    if lower == "lowerRoman" and 0 < number <= _MOST_ROMAN:
        text = _roman(number)
    elif lower in _ALPHABETS and number > 0:
        turns, index = divmod(number - 1, len(_ALPHABETS[lower]))
        if turns < _MOST_LETTERS:
            text = _ALPHABETS[lower][index] * (turns + 1)
    elif kind == "decimalZero":
        text = f"{number:02}"
    return text if lower == kind else text.upper()


def _roman(number: int) -> str:
    text = ""
    for worth, sign in _ROMAN:
        times, number = divmod(number, worth)
        text += sign * times
    return text
