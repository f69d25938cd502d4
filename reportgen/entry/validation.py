"""What may be typed into the cells of an entry form, as far as a spreadsheet can tell."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from reportgen.entry.cells import LaidSheet
from reportgen.entry.questions import Asked, Question
from reportgen.entry.words import STATES, Vocabulary

_LARGEST = 999_999_999_999_999
_LONGEST_LIST = 255  # characters, of a list within a validation


def lists(
    sheets: Iterable[LaidSheet], words: Mapping[Asked, Vocabulary]
) -> dict[Asked, tuple[str, ...]]:
    """Return what may be chosen from for each kind of answer that is asked on some sheet."""
    asked = {cell.question.asked for sheet in sheets for cell in sheet.cells if cell.question}
    found: dict[Asked, tuple[str, ...]] = {Asked.STATUS: tuple(STATES.values())}
    for one in (Asked.OFFICIALS, Asked.EXECUTORS, Asked.PROGRAMMES):
        if one in asked:
            found[one] = tuple(sorted(words[one].shown.values()))
    return found


def validation(
    question: Question, lists: Mapping[Asked, tuple[str, ...]]
) -> dict[str, object] | None:
    """Return what may be typed into a cell, with a word on what else may not."""
    if question.asked.is_number:
        least = 0 if question.asked is Asked.MONEY else -_LARGEST
        wanted = "невід'ємне число" if least == 0 else "число"
        return {
            "validate": "decimal",
            "criteria": "between",
            "minimum": least,
            "maximum": _LARGEST,
            "error_title": "Тут має бути число",
            "error_message": f"Впишіть {wanted} з комою, без пробілів і слів: 1431,5",
        }
    if question.asked is Asked.YEARS:
        return {
            "validate": "length",
            "criteria": "between",
            "minimum": 4,
            "maximum": 9,
            "error_title": "Тут мають бути роки",
            "error_message": "Впишіть 2023 або 2021-2023",
        }
    if question.asked not in lists:
        return None
    chosen = lists[question.asked]
    source: object = list(chosen)
    if len(",".join(chosen)) > _LONGEST_LIST or any("," in one for one in chosen):
        source = f"={list_name(question.asked)}"
    # Several names may be typed, parted by semicolons: then a list only helps.
    kind = "stop" if question.asked is Asked.STATUS else "information"
    return {
        "validate": "list",
        "source": source,
        "error_type": kind,
        "error_title": "Оберіть із переліку",
        "error_message": "Такої назви в переліку немає. Кілька назв ділять крапкою з комою.",
    }


def list_name(asked: Asked) -> str:
    """Return the name of the range that a list is too long to stand in."""
    return f"reportgen_{asked.value}"
