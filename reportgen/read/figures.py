"""Numbers of spreadsheets: exact, and as a number format shows them."""

from __future__ import annotations

import functools
import math
import re
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Context, Decimal
from typing import Final

#: A spreadsheet keeps binary numbers and shows 15 digits: what is beyond is noise.
_DIGITS: Final = 15
_EXACT: Final = Context(prec=_DIGITS, rounding=ROUND_HALF_UP)
_NUMBER: Final = re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d{1,4})?", re.ASCII)
_BLANK: Final = "\u00a0"  # parts groups of three digits, as documents of ours have it

#: One piece of a format: text in quotes, a sign by itself, a currency, a colour or condition, a
#: filler, places for digits, the end of a section, anything else.
_PIECE: Final = re.compile(
    r'"([^"]*)"|\\(.)|\[\$([^\]-]*)[^\]]*\]|\[[^\]]*\]|[_*].|([0#?][0#?., ]*)|(;)|(.)', re.DOTALL
)
_PLAIN: Final = frozenset(" -+()/:–—%")  # what a format prints without quotes
_GENERAL: Final = frozenset(("", "general", "основний", "@"))
_MOST_DECIMALS: Final = 30
_LONGEST_CODE: Final = 255  # characters, as in Excel
_LONG: Final = Context(prec=400, rounding=ROUND_HALF_UP)  # the longest binary number fits


def exact(text: str) -> Decimal | None:
    """Return the number that a spreadsheet means by the text of a binary one, or ``None``.

    Rounded half up to 15 digits: ``53.300000000000004`` is 53.3. No exponent is left.
    """
    if not _NUMBER.fullmatch(text) or not math.isfinite(float(text)):
        return None
    return _plain(_EXACT.create_decimal(repr(float(text))))


def scaled_as_shown(number: Decimal, code: str) -> Decimal:
    """Return an exact number in the unit in which a format shows it: 906.6 for 906600 as ``0.0,``.

    Every comma at the end of the places for digits makes it a thousand times smaller.
    """
    section = _section(number, code)
    if section is None or not (off := sum(map(_thousands, section.places))):
        return number
    return _plain(number.scaleb(-3 * off, _EXACT))


def shown(number: Decimal, code: str) -> str:
    """Return a number as a format shows it, with a decimal comma.

    Args:
        number: Exact.
        code: A format in the file's notation, such as ``#,##0.0``. Formats that mean anything else
            than digits show the number as it is.
    """
    section = _section(number, code)
    text = _drawn(section, abs(number)) if section else None
    if text is None:
        return f"{number:f}".replace(".", ",")
    signed = number < 0 and len(_sections(code)) == 1 and re.search("[1-9]", text)
    return f"-{text}".strip() if signed else text.strip()


@dataclass(frozen=True, slots=True)
class _Section:
    """One of up to four parts of a format: literal text, with places for digits in it."""

    pieces: tuple[tuple[str, bool], ...]  # text, and whether it is places for digits
    known: bool  # nothing else is in it

    @property
    def places(self) -> list[str]:
        """The places for digits, as ``#,##0.0``."""
        return [text for text, digits in self.pieces if digits]


def _section(number: Decimal, code: str) -> _Section | None:
    """Return the section of a format that shows a number; ``None`` if it shows it as it is."""
    if code.lower() in _GENERAL or len(code) > _LONGEST_CODE:
        return None
    sections = _sections(code)
    index = 1 if number < 0 else 0 if number else 2
    section = sections[index] if index < len(sections) else sections[0]
    if len(section.places) > 1 or not section.known:
        return None  # a fraction, a date, a power of ten
    return section


def _plain(number: Decimal) -> Decimal:
    """Return a number of at most 15 digits without an exponent and without zeros at its end."""
    whole = number.to_integral_value()
    return Decimal(int(whole)) if number == whole else number.normalize(_EXACT)


def _drawn(section: _Section, number: Decimal) -> str:
    """Return what is shown of a number that is not negative."""
    percents = sum(text == "%" for text, digits in section.pieces if not digits)
    scaled = number.scaleb(2 * percents)
    return "".join(_digits(scaled, text) if digits else text for text, digits in section.pieces)


def _digits(number: Decimal, places: str) -> str:
    """Return a number in places such as ``#,##0.0``; a comma at their end is a thousand off."""
    whole, _, decimals = places.rstrip(" ,").partition(".")
    wanted = [char for char in decimals if char in "0#?"][:_MOST_DECIMALS]
    step = Decimal(1).scaleb(-len(wanted))
    least = wanted.count("0")
    rounded = number.scaleb(-3 * _thousands(places)).quantize(step, context=_LONG)
    integer, _, fraction = f"{rounded:f}".partition(".")
    while len(fraction) > least and fraction.endswith("0"):
        fraction = fraction[:-1]
    integer = integer.lstrip("0").rjust(whole.count("0"), "0")
    if "," in whole or " " in whole.strip():
        integer = re.sub(r"(?<=\d)(?=(?:\d{3})+$)", _BLANK, integer)
    return f"{integer},{fraction}" if fraction else integer


def _thousands(places: str) -> int:
    """Return how many thousands the commas at the end of places take off."""
    kept = places.rstrip()
    return len(kept) - len(kept.rstrip(","))


@functools.lru_cache(maxsize=256)
def _sections(code: str) -> tuple[_Section, ...]:
    """Return the sections of a format; there is always one."""
    sections: list[list[tuple[str, bool]]] = [[]]
    unknown: set[int] = set()
    for match in _PIECE.finditer(code):
        quoted, escaped, currency, places, end, other = match.groups()
        text = quoted or escaped or currency or other
        if end:
            sections.append([])
        elif places:
            sections[-1].append((places, True))
        elif text:
            sections[-1].append((text, False))
            if other and other not in _PLAIN:
                unknown.add(len(sections) - 1)
    return tuple(_Section(tuple(one), at not in unknown) for at, one in enumerate(sections))
