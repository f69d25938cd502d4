"""What Jinja finds wrong with the page's template, in Ukrainian and with the line."""

from __future__ import annotations

import re
import traceback
from typing import Final

import jinja2

from reportgen.write.frame import FrameError

TEMPLATE = "page.html.j2"

_ONE_FILE = "шаблон має бути одним файлом: {} тут не вживають"

#: What Jinja says → our words for it; the first that matches counts.
_WORDS: Final = (
    (r"Unexpected end of template.*that needs to be closed is '(\w+)'", "«{}» не закрито"),
    (r"[Uu]nexpected end of template", "запис обривається"),
    (r"unknown tag '(\w+)'.*to be closed is '(\w+)'", "«{}» не на місці: спершу закрийте «{}»"),
    (r"unknown tag '(\w+)'", "невідома дія «{}»"),
    (r"No filter named '(.+?)'", "немає фільтра «{}»"),
    (r"No test named '(.+?)'", "немає перевірки «{}»"),
    (r"Expected an expression, got", "бракує значення"),
    (r"expected token 'end of .+?', got '(.+?)'", "зайве «{}»"),
    (r"expected token '(.+?)', got '(.+?)'", "має бути «{}», а стоїть «{}»"),
    (r"unexpected (?:char )?['\"](.+?)['\"](?:,| at|$)", "зайвий знак «{}»"),
    (r"Missing end of comment tag", "пояснення {{# не закрито знаками #}}"),
    (r"'(\w+)' is undefined", "немає імені «{}»"),
    (r"has no (?:attribute|element) '?(.+?)'?$", "немає поля «{}»"),
    (r"access to attribute '(.+?)'", "поле «{}» закрите"),
    (r"division.* by zero|modulo by zero", "ділення на нуль"),
    (r"maximum recursion depth", "завелика вкладеність, або макрос викликає сам себе"),
)


def in_ukrainian(error: Exception) -> FrameError | None:
    """Return the error with its line, or nothing if it did not come out of the template."""
    if isinstance(error, jinja2.TemplateSyntaxError):
        return _fault("Помилка в записі шаблону", error, error.lineno)
    line = _line(error)
    if isinstance(error, jinja2.TemplateNotFound):
        one_file = _ONE_FILE.format("include, import та extends")
        return FrameError(TEMPLATE, line or 1, one_file)
    if isinstance(error, jinja2.exceptions.SecurityError):
        return _fault("Шаблон звертається до забороненого", error, line or 1)
    if isinstance(error, jinja2.UndefinedError):
        return _fault("Шаблон звертається до того, чого немає", error, line or 1)
    if isinstance(error, RecursionError):  # also before anything has run
        return _fault("Шаблон не вдалося виконати", error, line or 1)
    # What else a template can do wrong is as open as Python; a fault of ours would have no line
    # of the template in its traceback.
    return _fault("Шаблон не вдалося виконати", error, line) if line else None


def _fault(what: str, error: Exception, line: int) -> FrameError:
    """Return the sentence; Jinja's own words, which are English, stand where we have none."""
    said = str(error).rstrip(".")
    for pattern, words in _WORDS:
        if match := re.search(pattern, said, re.DOTALL):
            return FrameError(TEMPLATE, line, f"{what}: {words.format(*match.groups())}.")
    return FrameError(TEMPLATE, line, f"{what} («{said or type(error).__name__}»).")


def _line(error: Exception) -> int:
    """Return the innermost line of the template in a traceback, where Jinja writes them, or 0."""
    for step in reversed(traceback.extract_tb(error.__traceback__)):
        if step.filename in {TEMPLATE, "<template>"}:
            return step.lineno or 0
    return 0
