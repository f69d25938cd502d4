"""Numbers as people type them in reports, read exactly."""

from __future__ import annotations

import re
from decimal import Decimal

_UNITS = re.compile(r"(?:тис|млн)?\.?\s*(?:грн|гривень|гривня|гривні)\.?|%|тис\.", re.IGNORECASE)
_BLANKS = re.compile(r"[\s\u00a0\u202f\u2009]+")
_NUMBER = re.compile(r"-?\d+(?:[.,]\d+)?")
_GROUPED = re.compile(r"-?\d{1,3}(?:([.,])\d{3})+(?!\1)[.,]\d+")  # 1.431,0 and 1,431.0
_TWO_WAYS = re.compile(r"-?[1-9]\d{0,2}[.,]\d{3}")  # a thousand or a decimal sign
_THOUSANDTHS = re.compile(r"-?(?:0|\d{4,}|\d{1,3}(?: \d{3})+)[.,]\d{3}")
_IN_GROUPS = re.compile(r"-? ?\d{1,3}(?: \d{3})+(?: ?[.,] ?\d+)?")  # 1 431,0
_FAULT = re.compile(r"#[A-ZА-ЯІЇЄ/0-9!?]+")  # «#ДЕЛ/0!», «#DIV/0!», «#REF!»
_NOTHING = frozenset({"", "-", "\u2010", "\u2011", "–", "—", "\u2212", "х", "x", "…"})


class NotANumberError(ValueError):
    """The text is no number; it may be a spreadsheet's error."""


def read_number(text: str) -> Decimal | None:
    """Return the number that a text says, with its decimals; ``None`` for a dash or nothing.

    Raises:
        NotANumberError: when it says something else.
    """
    bare = _BLANKS.sub("", _UNITS.sub("", text)).replace("\u2212", "-")
    bare = re.sub(r"^[–—](?=\d)", "-", bare)
    if bare.casefold() in _NOTHING:
        return None
    if _GROUPED.fullmatch(bare):
        bare = re.sub(r"[.,](?=.*[.,])", "", bare)
    if not _NUMBER.fullmatch(bare):
        raise NotANumberError(text)
    return Decimal(bare.replace(",", "."))


def is_number(text: str) -> bool:
    """Tell whether a text is a number, a dash, or what a spreadsheet shows for a failed formula."""
    try:
        return read_number(text) is not None or bool(text.strip())
    except NotANumberError:
        return is_fault(text)


def is_ambiguous(text: str) -> bool:
    """Tell whether a text may be thousands or thousandths: «12.345», «1,234»."""
    return _TWO_WAYS.fullmatch(_BLANKS.sub("", text)) is not None


def is_oddly_parted(text: str) -> bool:
    """Tell whether blanks part digits otherwise than by thousands: «12 34».

    Several lines are no matter of typing: narrow columns break numbers anywhere.
    """
    line = _BLANKS.sub(" ", _UNITS.sub("", text.strip())).strip()
    parted = "\n" not in text.strip() and re.search(r"\d \d", line) is not None
    return parted and not _IN_GROUPS.fullmatch(line)


def shows_thousandths(text: str) -> bool:
    """Tell whether a text surely has three decimals: «0,452», «1431,250»."""
    return _THOUSANDTHS.fullmatch(_BLANKS.sub(" ", text.strip())) is not None


def says_nothing(text: str) -> bool:
    """Tell whether a text is a dash or nothing at all."""
    return _BLANKS.sub("", text).casefold() in _NOTHING


def is_fault(text: str) -> bool:
    """Tell whether a text is what a spreadsheet shows for a formula that failed."""
    return _FAULT.fullmatch(text.strip()) is not None


def printed(value: Decimal) -> str:
    """Return a number as content has it: ``861.0``."""
    return f"{value:f}"


def printed_money(value: Decimal, decimals: int) -> str:
    """Return money with the form's decimals, or with more where a digit would be lost."""
    whole, _, fraction = printed(value).partition(".")
    fraction = fraction.rstrip("0").ljust(decimals, "0")
    return f"{whole}.{fraction}" if fraction else whole
