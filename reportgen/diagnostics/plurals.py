"""Numbers with the form of a noun that goes with them."""

from __future__ import annotations


def plural(number: int, forms: tuple[str, str, str]) -> str:
    """Return the form of a noun that goes with a number: 1 файл, 2 файли, 5 файлів."""
    if number % 10 == 1 and number % 100 != 11:  # noqa: PLR2004 - rules of the language
        return forms[0]
    if number % 10 in (2, 3, 4) and number % 100 not in (12, 13, 14):
        return forms[1]
    return forms[2]
