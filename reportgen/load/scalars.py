"""Converters of single nodes: text as typed to text, numbers, dates, choices."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from itertools import count
from typing import TypeVar

from reportgen.diagnostics import quoted
from reportgen.load.fields import UnreadableError
from reportgen.load.words import MOST_KNOWN, called, nearest, suggest
from reportgen.model.formula import Expression, FormulaError, parse_formula
from reportgen.model.markup import parse_markup
from reportgen.model.period import Period
from reportgen.model.programme import Text
from reportgen.source import Node, Scalar

T = TypeVar("T")

_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_IDENTIFIER = re.compile(r"[a-z][a-z0-9_]*")
_NUMBER = re.compile(r"[0-9]{1,4}(?:\.[0-9]{1,3})?")
# Groups may be parted by any kind of blank; the decimal sign is a comma or a point.
_YEARS = re.compile(r"(20[0-9]{2})(?:-(20[0-9]{2}))?")
_BLANK = r"[ \u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]"
_AMOUNT = re.compile(
    rf"-?(?:[0-9]{{1,15}}|[0-9]{{1,3}}(?:{_BLANK}[0-9]{{3}}){{1,4}})(?:[.,][0-9]{{1,6}})?"
)
_NOTHING = ("-", "\u2010", "\u2011", "\u2012", "–", "—", "\u2212")  # dashes of all lengths
_PLACEHOLDERS = ("{n}", "{position}")
_LONGEST_SLUG = 80
_MOST_HINTS = 300  # as many as are shown

_LIKE_DIGITS = str.maketrans("ЗзОоOoІіIlБб", "330000111166")
_NO_MONEY = "якщо коштів не було, пишіть 0.0"
SLUG_HINT = "лише малі латинські літери, цифри й дефіси між ними"


def text(node: Node) -> str:
    """One line or several; blanks around are dropped; empty text is refused.

    A soft hyphen alone is nothing that anybody could see.
    """
    if not isinstance(node, Scalar):
        raise UnreadableError("value-type", "тут має бути текст")
    value = node.text.strip()
    if not value.replace("\u00ad", "").strip():
        raise UnreadableError("value-empty", "порожнє значення")
    return value


def paragraphs(node: Node) -> Text:
    """Text whose blank lines part paragraphs; single line breaks become blanks."""
    parts = re.split(r"\n\s*\n", _with_blank_lines(node))
    return Text(tuple(" ".join(part.split("\n")) for part in parts), node.span)


def _with_blank_lines(node: Node) -> str:
    """Return text with its blank lines, also where YAML has joined lines and left a line feed."""
    value = text(node)
    joined = isinstance(node, Scalar) and not node.literal
    return value.replace("\n", "\n\n") if joined else value


def narrative(node: Node) -> Text:
    """Text with the small markup."""
    marked = parse_markup(_with_blank_lines(node))
    plain = all(one.is_plain for one in marked)
    return Text(tuple(one.text for one in marked), node.span, () if plain else marked)


def years(node: Node) -> Text:
    """A year, or the first and the last of several: ``2023``, ``2021-2023``."""
    value = text(node)
    match = _YEARS.fullmatch(value)
    if match is None or (match[2] and match[2] <= match[1]):
        hint = "пишіть 2023 або 2021-2023, без слова «роки»"
        raise UnreadableError("period-invalid", f"{quoted(value)} — не роки", hint)
    return Text((value,), node.span)


def slug(node: Node) -> str:
    """An id: small Latin letters, digits and hyphens. It may become a file name."""
    value = text(node)
    if not is_slug(value):
        raise UnreadableError(
            "name-invalid",
            f"{quoted(value)} не може бути позначкою",
            SLUG_HINT,
        )
    return value


def is_slug(value: str) -> bool:
    """Tell whether a text can be an id, a folder's or a file's name."""
    return len(value) <= _LONGEST_SLUG and _SLUG.fullmatch(value) is not None


def identifier(node: Node) -> str:
    """The id of a column or level: usable as a name in a formula and as a key in content."""
    value = text(node)
    if _IDENTIFIER.fullmatch(value) is None:
        raise UnreadableError(
            "name-invalid",
            f"{quoted(value)} не може бути позначкою колонки чи рівня",
            "лише малі латинські літери, цифри та знак підкреслення",
        )
    return value


def numbering(node: Node) -> str:
    """How a level's number is printed: words and signs around ``{n}`` or ``{position}``."""
    value = text(node)
    rest = re.sub("|".join(map(re.escape, _PLACEHOLDERS)), "", value)
    wrong = re.search(r"\{[^{}]*\}?|\}", rest)
    if wrong:
        hint = "у дужках може бути {n} — номер, як у програмі, або {position} — порядковий номер"
        raise UnreadableError("value-choice", f"{quoted(wrong.group())} тут не буває", hint)
    return value


def amount(node: Node) -> Decimal:
    """Money in the form's unit: ``861``, ``861.0``, ``861,0`` or ``1 431,0``."""
    if not isinstance(node, Scalar):
        hint = "пишіть саме число, без дужок і дефіса перед ним: 1431.0"
        raise UnreadableError("value-type", "тут має бути одна сума", hint)
    if not node.text.strip():
        raise UnreadableError("value-empty", "порожнє значення", _NO_MONEY)
    value = text(node)
    if value in _NOTHING:
        raise UnreadableError("amount-invalid", f"{quoted(value)} — не сума", _NO_MONEY)
    if _AMOUNT.fullmatch(value) is None:
        hint = _meant(value) or "пишіть 1431.0, 1431,0 або 1 431,0; без «тис. грн» і без формул"
        raise UnreadableError("amount-invalid", f"{quoted(value)} — не сума", hint)
    return Decimal(re.sub(_BLANK, "", value).replace(",", "."))


def _meant(value: str) -> str:
    """Return a hint for an amount with letters that look like digits, else nothing."""
    letters = "".join(dict.fromkeys(char for char in value if ord(char) in _LIKE_DIGITS))
    digits = value.translate(_LIKE_DIGITS)
    if not letters or _AMOUNT.fullmatch(digits) is None:
        return ""
    named = ", ".join(f"«{char}»" for char in letters)
    which = "літера" if len(letters) == 1 else "літери"
    return f"{named} тут {which}, а не цифра; можливо, {digits}"


def number(node: Node) -> float:
    """A plain number such as a width in millimetres."""
    value = text(node)
    if _NUMBER.fullmatch(value) is None:
        raise UnreadableError("number-invalid", f"{quoted(value)} — не число", "пишіть 12 або 10.5")
    return float(value)


def whole(lowest: int, highest: int) -> Callable[[Node], int]:
    """Return a converter to a whole number within bounds."""

    def convert(node: Node) -> int:
        value = text(node)
        if not re.fullmatch(r"[0-9]{1,4}", value) or not lowest <= int(value) <= highest:
            message = f"{quoted(value)} — не ціле число від {lowest} до {highest}"
            raise UnreadableError("number-invalid", message)
        return int(value)

    return convert


def date(node: Node) -> datetime.date:
    """A date written 2020-12-24."""
    value = text(node)
    day = parse_date(value)
    if day is None:
        hint = "рік-місяць-день, наприклад 2020-12-24"
        raise UnreadableError("date-invalid", f"{quoted(value)} — не дата", hint)
    return day


def parse_date(value: str) -> datetime.date | None:
    """Return the date that is written 2020-12-24; of anything else, none."""
    try:
        if re.fullmatch(r"\d{4}-\d\d-\d\d", value, re.ASCII):
            return datetime.date.fromisoformat(value)
    except ValueError:
        pass
    return None


def period(node: Node) -> Period:
    """A reporting period."""
    value = text(node)
    try:
        return Period.parse(value)
    except ValueError:
        hint = "пишіть 2023-q1, 2023-h1, 2023-9m або 2023"
        raise UnreadableError("period-invalid", f"{quoted(value)} — не період", hint) from None


def boolean(node: Node) -> bool:
    """``true`` or ``false``."""
    return choice({"true": True, "false": False})(node)


def choice(known: Mapping[str, T]) -> Callable[[Node], T]:
    """Return a converter that lets only the known words through."""

    def convert(node: Node) -> T:
        value = text(node)
        if value not in known:
            raise UnreadableError(
                "value-choice", f"{quoted(value)} тут не буває", suggest(value, known)
            )
        return known[value]

    return convert


def reference(
    known: Mapping[str, T], register: str, names: Callable[[T], Iterable[str]] = lambda _: ()
) -> Callable[[Node], T]:
    """Return a converter of an id to what a register has under it.

    ``names`` gives what else people call an entry: whoever writes that is told the id. What is
    meant is looked for a number of times only, as a hostile file may ask for it in every word.
    """
    misses = count()

    def meant(value: str) -> str:
        entries = known.items() if len(known) <= MOST_KNOWN else ()
        spelled = {name.casefold(): key for key, one in entries for name in names(one)}
        return called(value.casefold(), spelled) or nearest(value, known)

    def convert(node: Node) -> T:
        value = text(node)
        if value not in known:
            hint = meant(value) if next(misses) < _MOST_HINTS else ""
            hint = hint or f"додайте його до {register}"
            raise UnreadableError("reference-unknown", f"{quoted(value)} немає в {register}", hint)
        return known[value]

    return convert


def formula(node: Node) -> Expression:
    """A formula over columns."""
    value = text(node)
    try:
        return parse_formula(value)
    except FormulaError as error:
        raise UnreadableError("formula-invalid", f"{error} (знак {error.column} формули)") from None
