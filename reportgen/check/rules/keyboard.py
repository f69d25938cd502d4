"""Slips of the keyboard in single texts: the wrong key, a key pressed twice, a blank left out.

Rules as in `text`: they see texts joined by ``SEPARATOR`` and yield slips. Each begins with
plain characters, for nearly all text is in order.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator

from reportgen.check.printed import Slip
from reportgen.check.rules.excerpts import address, excerpt
from reportgen.diagnostics import quoted

_BLANKS = " \u00a0"
_TWICE = re.compile(r",,+|(?<!\.)\.\.(?!\.)")
_INSIDE = re.compile(rf"[(«][{_BLANKS}]+|(?<=[^{_BLANKS}\n\0])[{_BLANKS}]+[)»]")
_SENTENCE = re.compile(r"\.(?=[А-ЯІЇЄҐ][а-яіїєґ'’])(?<=[а-яіїєґ]{2}\.)")
_WORD_BEFORE = re.compile(r"[\w'’ʼ]+$")
_SHORTEST_WORD = 4  # shorter ones before a full stop may be abbreviations: «вул.», «обл.»
_SHORTENED = frozenset(("просп", "пров", "корп", "бульв", "прим", "моб"))

_UNIT_GLUED = re.compile(r"(?<!\w)(?:тис|млн|млрд)\.(?!грн)(?=[а-яіїєґ])")
_SHORT_THOUSANDS = re.compile(rf"(?<!\w)т\.[{_BLANKS}]?грн\b")

#: A straight quote or an asterisk between two letters of which the second is iotated.
APOSTROPHE = re.compile(r"[\"*](?<=[бвгґджзйклмнпрстфхцчшщ].)(?=[яюєї])", re.IGNORECASE)
_WORD_AFTER = re.compile(r"[\w'’ʼ]*")

_DIGIT_FIRST = re.compile(r"(?<![\w.,/-])[03](?=[а-яіїєґ]{5})")
_MEANT = {"0": "О", "3": "З"}
# «3річний», «3поверховий» lack a hyphen, no letter.
_COUNTED = (
    *("річ", "рок", "поверх", "місяч", "місн", "кімнат", "ден", "раз", "мір", "метр", "тонн"),
    *("літр", "годин", "кілом", "гектар", "особ", "рівн", "тиж", "етап", "бальн", "фаз", "стор"),
)
_LETTERS_IN_NUMBER = re.compile(r"[0-9](?:[ОOЗ]+|[ \u00a0][ОO]{3})(?![^\W_])")
_AS_DIGITS = str.maketrans("ОOЗ", "003")

_ISO = re.compile(r"(?<![\w-])(20[0-9]{2})-([0-9]{2})-([0-9]{2})(?![\w-])")
_SHORT_DATE = re.compile(
    r"(?:\b[Вв]ід|\b[Сс]таном на)[ \u00a0](([0-9]{1,2})\.([0-9]{1,2})\.([0-9]{2}))(?![.\d])"
)
_FULL = len("05.03.23")


def marks(text: str) -> Iterator[Slip]:
    """Stops and commas put twice, blanks inside brackets, no blank after a sentence."""
    if ".." in text or ",," in text:
        for one in _TWICE.finditer(text):
            message = f"зайвий розділовий знак: {excerpt(text, *one.span())}"
            yield Slip("text-blanks", *one.span(), message, f"залиште один знак «{one[0][0]}»")
    for one in _INSIDE.finditer(text):
        message = f"зайвий пробіл: {excerpt(text, *one.span())}"
        side = "після" if one[0][0] in "(«" else "перед"
        hint = f"приберіть пробіл {side} «{one[0].strip(_BLANKS)}»"
        yield Slip("text-blanks", *one.span(), message, hint)
    for one in _SENTENCE.finditer(text):
        before = _WORD_BEFORE.search(text, max(0, one.start() - 40), one.start())
        if before and _ends_sentence(before[0]) and not address(text, one.start()):
            message = f"бракує пробілу після розділового знака: {excerpt(text, *one.span())}"
            yield Slip("text-blanks", *one.span(), message, "поставте пробіл після «.»")


def _ends_sentence(word: str) -> bool:
    return len(word) >= _SHORTEST_WORD and word[0].islower() and word not in _SHORTENED


def glued_units(text: str) -> Iterator[Slip]:
    """No blank after «тис.»; «т. грн» for thousands."""
    for one in _UNIT_GLUED.finditer(text):
        message = f"між словами бракує пробілу: {excerpt(text, *one.span())}"
        yield Slip("text-unit", *one.span(), message, f"поставте пробіл після «{one[0]}»")
    for one in _SHORT_THOUSANDS.finditer(text):
        message = f"одиницю записано як {quoted(one[0])}"
        yield Slip("text-unit", *one.span(), message, "пишіть «тис. грн»")


def apostrophes(text: str) -> Iterator[Slip]:
    """A quote or an asterisk where the apostrophe's key was meant."""
    for one in APOSTROPHE.finditer(text):
        before = _WORD_BEFORE.search(text, max(0, one.start() - 40), one.start())
        after = _WORD_AFTER.match(text, one.end(), one.end() + 40)
        left, right = before[0] if before else "", after[0] if after else ""
        message = f"у слові {quoted(left + one[0] + right)} замість апострофа «{one[0]}»"
        hint = f"наберіть апостроф: {quoted(f'{left}’{right}')}"
        yield Slip("text-letters", *one.span(), message, hint)


def digits_for_letters(text: str) -> Iterator[Slip]:
    """«3абезпечення» with a three, «1О ООО» with letters."""
    for one in _DIGIT_FIRST.finditer(text):
        if not text.startswith(_COUNTED, one.end()):
            message = f"цифра «{one[0]}» на початку слова: {excerpt(text, *one.span())}"
            hint = f"наберіть літеру «{_MEANT[one[0]]}»"
            yield Slip("text-letters", *one.span(), message, hint)
    for one in _LETTERS_IN_NUMBER.finditer(text):
        message = f"у числі літери замість цифр: {excerpt(text, *one.span())}"
        hint = f"наберіть цифрами: {quoted(one[0].translate(_AS_DIGITS))}"
        yield Slip("text-letters", one.start() + 1, one.end(), message, hint)


def foreign_dates(text: str) -> Iterator[Slip]:
    """Dates as files have them, «2023-05-05», and as notes have them, «від 5.3.23»."""
    for one in _ISO.finditer(text):
        if not address(text, one.start()):
            yield from _date(one[0], one.span(), one[1], one[2], one[3])
    for one in _SHORT_DATE.finditer(text):
        if len(one[1]) < _FULL:
            yield from _date(one[1], one.span(1), f"20{one[4]}", one[3], one[2])


def _date(written: str, place: tuple[int, int], *parts: str) -> Iterator[Slip]:
    try:
        date = datetime.date(*map(int, parts))
    except ValueError:
        return
    message = f"дату записано не за правилом: {quoted(written)}"
    yield Slip("text-date", *place, message, f"пишіть {date:%d.%m.%Y}")


RULES = (marks, glued_units, apostrophes, digits_for_letters, foreign_dates)
