"""What Typst finds wrong with a template, in Ukrainian."""

from __future__ import annotations

import re
from typing import Final

import typst

from reportgen.write.frame import FrameError

_CLOSED = "інших файлів шаблон не читає: усе має бути в ньому самому"

#: Kinds of values by their English names in Typst; other names stay as they are, being Typst's own.
_KINDS: Final = {
    "length": "довжина (2mm, 10pt)",
    "relative length": "довжина або частка (2mm, 50%)",
    "integer": "ціле число",
    "float": "число",
    "string": "текст у лапках",
    "boolean": "true чи false",
    "content": "вміст у [ ]",
    "array": "список",
    "dictionary": "словник",
    "function": "функція",
    "color": "колір",
    "none": "none",
    "auto": "auto",
}

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
    (r"index out of bounds \(index: (-?\d+), len: (\d+)\)", "елемента {} немає: їх усього {}"),
    (r"cannot loop over", "перебирати можна лише список, словник чи текст"),
    (r"expected semicolon or line break", "бракує крапки з комою або нового рядка"),
    (r"assertion failed: (.+)", "не виконано вимогу assert: «{}»"),
    (r"assertion failed", "не виконано вимогу assert"),
    (r"condition is always true", "цикл без кінця"),
    (r"label `(.+?)` does not exist", "немає мітки {}"),
    (r"missing document date", "немає дати документа: #set document(date: …) беріть із data.dated"),
    (r"first heading must be of level 1", "перший заголовок (heading) має бути першого рівня"),
    (r"missing alt text", 'зображення чи формула не має опису: додайте alt: "…"'),
    (
        r"has transparency|contains transparency",
        "PDF/A-1 не знає прозорості: кольори й картинки мають бути суцільні, або беріть a-2a",
    ),
    (r"unknown image format", "зображення має бути PNG, JPEG, GIF, WebP або SVG"),
    (r"no font could be found", "немає шрифту для цього тексту чи формули"),
    (
        r"attempted to place a second cell at column (\d+), row (\d+)",
        "дві клітинки на одному місці: стовпець {}, рядок {} (з нуля)",
    ),
    (r"can only be used when context is known", "цей виклик має стояти після слова context"),
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
    if match := re.fullmatch(r"expected (.+), found ([a-z ]+)", message):
        wanted = " або ".join(_kind(one) for one in re.split(r", or |, | or ", match[1]))
        return f"тут має бути {wanted}, а стоїть {_kind(match[2])}"
    return f"помилка в записі (Typst: «{message}»)"


def _kind(name: str) -> str:
    return _KINDS.get(name, f"«{name}»")
