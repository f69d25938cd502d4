"""What stands in a cell of a form, understood as the answer to its question.

What can be meant in one way only is taken, and told where it is not what the cell shows; anything
else is refused with what to type instead. Nothing is guessed.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from reportgen.compute.rounding import round_half_up
from reportgen.diagnostics import quoted
from reportgen.entry.answers import narrative_line, number_text
from reportgen.entry.questions import Asked, Question
from reportgen.entry.words import Vocabulary
from reportgen.entry.workbook import Typed
from reportgen.source.characters import FORBIDDEN

_MOST_PLACES = 6  # decimals of an amount in content
_LARGEST = Decimal(10) ** 15
_LONGEST_TEXT = 20_000  # characters of one value in content
_MOST_LISTED = 12

_DASHES = "-\u2010\u2011\u2012–—\u2212"
_GROUPED = re.compile(r"[0-9]{1,3}(?: [0-9]{3})+(?:[.,][0-9]{1,6})?")
_PLAIN = re.compile(r"[0-9]{1,15}(?:[.,][0-9]{1,6})?")
_BOTH_SIGNS = re.compile(r"[0-9]{1,3}(?:([.,])[0-9]{3})+(?!\1)[.,][0-9]{1,6}")  # 1.431,5
_UNITS = re.compile(r"(?:(тис\.?|млн\.?) ?)?(?:грн\.?|гривень|гривні|гривня|₴)$", re.IGNORECASE)
_YEARS = re.compile(
    rf"(20[0-9]{{2}})(?: ?[{_DASHES}] ?(20[0-9]{{2}}))?(?: ?(?:рік|року|роки|років|рр?\.?))?"
)

_NUMBER_HINT = "впишіть саме число: 1431,5; коштів не було — 0; невідомо — лишіть порожнім"


@dataclass(frozen=True, slots=True)
class Heard:
    """An answer with a remark on how it was understood, or what is wrong instead."""

    answer: str = ""
    remark: str = ""
    fault: str = ""
    hint: str = ""


def hear(typed: Typed, question: Question, words: Mapping[Asked, Vocabulary], unit: str) -> Heard:
    """Return what a cell says; ``unit`` is that of the form's money."""
    if typed.fault:
        fault = f"формула дає помилку {typed.fault}"
        return Heard(fault=fault, hint="виправте формулу або впишіть саме значення")
    if typed.formula and typed.value is None:
        fault = "у формули немає обчисленого значення"
        return Heard(fault=fault, hint="відкрийте файл в Excel чи LibreOffice і збережіть наново")
    if isinstance(typed.value, bool):
        return Heard(fault="тут логічне значення", hint="впишіть число або текст")
    heard = _of(typed, typed.value, question, words, unit)
    if typed.formula and not heard.fault:
        shown = heard.answer or "порожньо"
        remark = f"тут формула: узято її значення {quoted(shown)}"
        return Heard(heard.answer, "; ".join(one for one in (remark, heard.remark) if one))
    return heard


def _of(
    typed: Typed,
    value: Decimal | str | None,
    question: Question,
    words: Mapping[Asked, Vocabulary],
    unit: str,
) -> Heard:
    if value is None or (isinstance(value, str) and not value.strip()):
        return Heard()
    asked = question.asked
    if asked is Asked.FUNDING:
        asked = Asked.MONEY if _looks_like_number(value) else Asked.PROGRAMMES
    if asked.is_number:
        return _amount(typed, value, asked, unit)
    if asked.is_prose:
        return _prose(typed, is_narrative=asked is Asked.NARRATIVE)
    if asked is Asked.YEARS:
        return _years(typed.shown)
    return _listed(typed.shown, words[asked], one_of=asked is Asked.STATUS)


def _amount(typed: Typed, value: Decimal | str, asked: Asked, unit: str) -> Heard:
    if typed.is_date:
        fault = f"тут дата {quoted(typed.shown)}, а має бути число"
        return Heard(fault=fault, hint="Excel прийняв число за дату: впишіть його з комою")
    heard = _number(value) if isinstance(value, Decimal) else _read_number(value, unit)
    if asked is Asked.MONEY and heard.answer.startswith("-"):
        return Heard(fault="сума від'ємна", hint="запишіть її без мінуса")
    return heard


def _looks_like_number(value: Decimal | str) -> bool:
    return isinstance(value, Decimal) or bool(re.match(r"\s*[0-9]", value))


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
    plain = " ".join(text.split())
    sign = "-" if plain[:1] in _DASHES and len(plain) > 1 else ""
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


def _prose(typed: Typed, *, is_narrative: bool) -> Heard:
    """Return paragraphs, one a line."""
    text = typed.shown.replace("\r", "\n")
    remark = f"дату прочитано як текст {quoted(text)}" if typed.is_date else ""
    if "\t" in text:  # Word parts what it pastes so
        text = text.replace("\t", " ")
        remark = "знаки табуляції замінено пробілами"
    found = FORBIDDEN.search(text)
    if found:
        fault = f"у тексті недозволений знак U+{ord(found.group()):04X}"
        return Heard(fault=fault, hint="наберіть це місце тексту наново")
    lines = [line.strip() for line in text.split("\n")]
    lines = [line for line in lines if line.replace("\u00ad", "")]
    if is_narrative:
        lines = [narrative_line(line) for line in lines]
    answer = "\n".join(lines)
    if len(answer) > _LONGEST_TEXT:
        fault = f"текст довший за {_LONGEST_TEXT} знаків"
        return Heard(fault=fault, hint="скоротіть його: стільки не вміститься в таблицю")
    return Heard(answer, remark)


def _years(text: str) -> Heard:
    match = _YEARS.fullmatch(" ".join(text.split()))
    if match is None or (match[2] and match[2] <= match[1]):
        return Heard(fault=f"{quoted(text)} — не роки", hint="впишіть 2023 або 2021-2023")
    return Heard(f"{match[1]}-{match[2]}" if match[2] else match[1])


def _listed(text: str, words: Vocabulary, *, one_of: bool) -> Heard:
    ids, unknown = words.ids(text)
    if unknown or (one_of and ";" in ids):
        known = sorted(words.shown.values())
        hint = f"тут можуть бути: {'; '.join(known)}" if len(known) <= _MOST_LISTED else ""
        wrong = quoted(unknown[0] if unknown else text)
        return Heard(fault=f"{wrong} немає в переліку", hint=hint or "візьміть назву з довідника")
    return Heard(ids)
