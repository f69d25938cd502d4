"""A number in a cell of a form: what is typed, or pasted, held against what the cell shows."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal

from reportgen.compute.rounding import round_half_up
from reportgen.diagnostics import quoted
from reportgen.entry.answers import number_text
from reportgen.entry.questions import Asked, Question
from reportgen.entry.typed import Typed

_MOST_PLACES = 6  # decimals of an amount in content
_LARGEST = Decimal(10) ** 15

DASHES = "-\u2010\u2011\u2012–—\u2212"
_GROUPED = re.compile(r"[0-9]{1,3}(?: [0-9]{3})+(?:[.,][0-9]{1,6})?")
_PLAIN = re.compile(r"[0-9]{1,15}(?:[.,][0-9]{1,6})?")
_BOTH_SIGNS = re.compile(r"[0-9]{1,3}(?:([.,])[0-9]{3})+(?!\1)[.,][0-9]{1,6}")  # 1.431,5
_UNITS = re.compile(r"(?:(тис\.?|млн\.?) ?)?(?:грн\.?|гривень|гривні|гривня|₴)$", re.IGNORECASE)
_BARE = re.compile(r"-?[0-9]+(?:,[0-9]+)?")
_PARTED = re.compile(r"[^\S \u00a0\u2007\u2009\u202f]")  # a line break makes no thousands

_NUMBER_HINT = "впишіть саме число: 1431,5; коштів не було — 0; невідомо — лишіть порожнім"


@dataclass(frozen=True, slots=True)
class Heard:
    """An answer with a remark on how it was understood, or what is wrong instead."""

    answer: str = ""
    remark: str = ""
    fault: str = ""
    hint: str = ""


def hear_number(typed: Typed, value: Decimal | str, question: Question, unit: str) -> Heard:
    """Return the number that a cell says, in the form's unit if it is money."""
    if typed.is_date:
        fault = f"тут дата {quoted(typed.shown)}, а має бути число"
        return Heard(fault=fault, hint="Excel прийняв число за дату: впишіть його з комою")
    if isinstance(value, str):
        heard = _read_number(value, unit)
    else:
        heard = _seen(typed, value, question, unit)
    if question.asked is Asked.MONEY and heard.answer.startswith("-"):
        return Heard(fault="сума від'ємна", hint="запишіть її без мінуса")
    return heard


def _seen(typed: Typed, value: Decimal, question: Question, unit: str) -> Heard:
    """Return a number, unless its cell shows another one to who typed it."""
    heard = _number(value)
    shown = " ".join(typed.shown.split())
    bare = shown.replace(" ", "")
    is_dash = not value and not re.search("[0-9]", shown)  # nought, as accountants show it
    if heard.fault or is_dash:
        return heard
    if _BARE.fullmatch(bare):
        seen = Decimal(bare.replace(",", "."))
        places = len(bare.partition(",")[2])
        if seen == round_half_up(value, places):
            is_told = seen != value and places < question.places
            return replace(heard, remark=_differs(shown, heard)) if is_told else heard
    else:
        meant = _read_number(shown, unit)
        if not meant.fault and Decimal(meant.answer) == value:
            return heard
    fault = f"клітинка показує {quoted(shown)}, а число в ній {typed.plain}"
    wanted = f"суму в {unit}" if question.asked is Asked.MONEY else "саме число"
    return Heard(fault=fault, hint=f"поставте їй числовий формат і впишіть {wanted}")


def _differs(shown: str, heard: Heard) -> str:
    told = f"клітинка показує {quoted(shown)}, узято {heard.answer.replace('.', ',')}"
    return "; ".join(one for one in (told, heard.remark) if one)


def _number(value: Decimal) -> Heard:
    if abs(value) >= _LARGEST:
        return Heard(fault=f"число завелике: {value:.3e}", hint=_NUMBER_HINT)
    rounded = round_half_up(value, _MOST_PLACES)
    remark = ""
    if rounded != value:
        remark = f"число має понад {_MOST_PLACES} знаків після коми: узято {number_text(rounded)}"
    return Heard(number_text(rounded), remark)


def _read_number(text: str, unit: str) -> Heard:
    """Read a number that was typed or pasted as text, if it can be meant in one way only."""
    if _PARTED.search(text.strip()):
        hint = "лишіть у клітинці одне число"
        return Heard(fault=f"{quoted(text.strip())} — не одне число", hint=hint)
    plain = " ".join(text.split())
    sign = "-" if plain[:1] in DASHES and len(plain) > 1 else ""
    rest = plain[1:].lstrip() if sign else plain
    named = _UNITS.search(rest)
    bare = rest[: named.start()].rstrip() if named else rest
    if named and _unit_key(named.group()) != _unit_key(unit):
        fault = f"{quoted(text.strip())}: одиниця не та, що у формі"
        return Heard(fault=fault, hint=f"суми тут у {unit}: перерахуйте й впишіть саме число")
    if _BOTH_SIGNS.fullmatch(bare):
        digits = re.sub(r"[.,](?=.*[.,])", "", bare)
    elif _GROUPED.fullmatch(bare) or _PLAIN.fullmatch(bare):
        digits = bare.replace(" ", "")
        if re.fullmatch(r"[1-9][0-9]{0,2}[.,][0-9]{3}", digits):
            whole = re.sub("[.,]", "", digits)
            fault = f"{quoted(text.strip())} — це {whole} чи {digits.replace('.', ',')}?"
            return Heard(fault=fault, hint="впишіть число без знака між тисячами")
    else:
        return Heard(fault=f"{quoted(text.strip())} — не число", hint=_NUMBER_HINT)
    heard = _number(Decimal(sign + digits.replace(",", ".")))
    return Heard(heard.answer, f"текст {quoted(text.strip())} прочитано як число {heard.answer}")


def _unit_key(unit: str) -> str:
    """Return a unit without blanks, points and the ends of words: «тисгрн»."""
    letters = re.sub(r"[^а-яіїєґ₴]", "", unit.casefold())
    return re.sub("₴|гривень|гривні|гривня", "грн", letters)
