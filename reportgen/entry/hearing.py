"""What stands in a cell of a form, understood as the answer to its question.

What can be meant in one way only is taken, and told where it is not what the cell shows; anything
else is refused with what to type instead. Nothing is guessed.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal

from reportgen.diagnostics import quoted
from reportgen.entry.amounts import DASHES, Heard, hear_number
from reportgen.entry.answers import narrative_line
from reportgen.entry.questions import Asked, Question
from reportgen.entry.typed import Typed
from reportgen.entry.words import Vocabulary
from reportgen.source.characters import FORBIDDEN

_LONGEST_TEXT = 20_000  # characters of one value in content
_MOST_LISTED = 12

_YEARS = re.compile(
    rf"(20[0-9]{{2}})(?: ?[{DASHES}] ?(20[0-9]{{2}}))?(?: ?(?:рік|року|роки|років|рр?\.?))?"
)


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
        return hear_number(typed, value, replace(question, asked=asked), unit)
    if asked.is_prose:
        return _prose(typed, is_narrative=asked is Asked.NARRATIVE)
    if asked is Asked.YEARS:
        return _years(typed.shown)
    return _listed(typed.shown, words[asked], one_of=asked is Asked.STATUS)


def _looks_like_number(value: Decimal | str) -> bool:
    return isinstance(value, Decimal) or bool(re.match(r"\s*[0-9]", value))


def _prose(typed: Typed, *, is_narrative: bool) -> Heard:
    """Return paragraphs, one a line."""
    text = typed.shown.replace("\r", "\n")
    remark = ""
    if typed.is_date:
        remark = f"дату прочитано як текст {quoted(text)}"
    elif isinstance(typed.value, Decimal) and text != typed.plain:
        remark = f"узято те, що клітинка показує: {quoted(text)}; число в ній {typed.plain}"
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
