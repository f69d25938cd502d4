"""What Typst finds wrong with a template, in Ukrainian."""

from __future__ import annotations

import re
from typing import Final

import typst

from reportgen.write.frame import FrameError

_CLOSED = "інших файлів шаблон не читає: усе має бути в ньому самому"

#: What Typst says → our words for it; the first that matches counts.
_WORDS: Final = (
    (r"unknown variable: (\S+)", "немає імені «{}»"),
    (r"unclosed delimiter|unclosed string", "дужку, лапку чи знак * або _ не закрито"),
    (r"unclosed label|unclosed raw text", "знак < чи ` не закрито"),
    (r"unexpected closing (?:brace|bracket|paren|delimiter)", "зайва закривальна дужка"),
    (r"unexpected end of (?:block|file|input)", "запис обривається"),
    (r"unexpected argument: (\S+)", "у функції немає параметра «{}»"),
    (r"unexpected argument", "у функції зайвий параметр"),
    (r"missing argument: (\S+)", "у функції бракує параметра «{}»"),
    (r"expected expression", "бракує значення"),
    (r"(?:dictionary|module) .*does not contain (?:key )?[\"`](.+)[\"`]", "немає поля «{}»"),
    (r"has no (?:method|field) `(.+)`", "немає методу чи поля «{}»"),
    (r"missing document title", "немає назви документа: #set document(title: data.title)"),
    (r"file not found|failed to load file|escape the project root", _CLOSED),
    (r"maximum .*depth exceeded", "функція без кінця викликає саму себе"),
    (r"cannot (?:add|subtract|multiply|divide|compare|apply)", "дія між різними видами значень"),
    (r"panicked with: (.+)", "шаблон сам зупинив складання: «{}»"),
)


def frame_error(error: typst.TypstError) -> FrameError:
    """Return the error with its line in the template."""
    lacking = re.search(r"the text `\"(.+?)\"` could not be displayed", error.message)
    if lacking:
        return FrameError("document.typ", 1, f"у шрифті немає знака «{lacking[1]}»")
    line = re.search(r"\.typ:(\d+):\d+", error.diagnostic)
    number = int(line[1]) if line else 1
    return FrameError("document.typ", number, f"шаблон PDF не складається: {_words(error.message)}")


def _words(message: str) -> str:
    """Return our words; Typst's own stand behind them where they may say more."""
    for pattern, words in _WORDS:
        if match := re.search(pattern, message):
            return words.format(*match.groups())
    return f"помилка в записі («{message}»)"
