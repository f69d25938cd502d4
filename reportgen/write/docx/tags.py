"""Jinja tags in the frame, filled by docxtpl in a sandbox.

A tag may stand anywhere in the frame's text, headers and footers. What it may name:

========== =========================================================================
title      the document's title: «Звіт про результати … за I півріччя 2023 року»
author     the body that answers for the document
language   "uk"
dated      the document's date; ``{{ dated | date }}`` prints 30.06.2023
========== =========================================================================

Loading docxtpl takes longer than writing a report, so this module is imported only when a frame
has tags.
"""

from __future__ import annotations

import datetime
import io
import re
from collections.abc import Mapping
from typing import Final

import docxtpl
import jinja2
from jinja2.exceptions import SecurityError
from jinja2.sandbox import SandboxedEnvironment
from markupsafe import Markup, escape

from reportgen.document.blocks import Document
from reportgen.write.docx.package import read_parts
from reportgen.write.docx.xml import parse, w
from reportgen.write.frame import FrameError

#: Elements that hold elements only: text in one is what a tag left after it ate its paragraph.
_HOLDERS: Final = tuple(w(name) for name in ("body", "hdr", "ftr", "p", "r", "tbl", "tr", "tc"))

#: docxtpl rewrites these characters after the tags are filled; in text of ours they must stay.
_KEPT: Final = str.maketrans({char: f"&#{ord(char)};" for char in "_\t\n"})


_NAMES: Final = ("title", "author", "language", "dated")

#: What Jinja says → our words for it; the first that matches counts.
_SAID: Final = (
    (r"unknown tag '(\w+)'.*to be closed is '(\w+)'", "«{}» не на місці: спершу закрийте «{}»"),
    (r"to be closed is '(\w+)'", "«{}» не закрито"),
    (r"unknown tag '(\w+)'", "невідома дія «{}»"),
    (r"tag name expected", "бракує назви дії"),
    (r"No filter named '(.+?)'", "немає фільтра «{}»"),
    (r"No test named '(.+?)'", "немає перевірки «{}»"),
    (r"Expected an expression", "бракує значення"),
    (r"expected token 'name'", "бракує імені або назви фільтра"),
    (r"expected token 'end of", "зайве в кінці тегу"),
    (r"expected token '(.+?)'", "бракує «{}», або тег не закрито"),
    (r"unexpected '(.+?)', expected '(.+?)'", "має бути «{1}», а стоїть «{0}»"),
    (r"unexpected (?:char )?(?:'(.+?)'|\"(.+?)\")", "зайвий знак «{}»"),
    (r"[Uu]nexpected end of template|Missing end of", "запис обривається, тег не закрито"),
    (r"block '(.+?)' defined twice", "блок «{}» названо двічі"),
    (r"no loader", "include, import та extends тут не вживають"),
    (r"not safely callable", "цього тут викликати не можна"),
)
#: The same of what Python says.
_RAISED: Final = (
    (ZeroDivisionError, "ділення на нуль"),
    ((MemoryError, OverflowError), "значення завелике"),
    (RecursionError, "завелика вкладеність, або макрос викликає сам себе"),
)


_NO_NAME: Final = "невідоме ім'я"


class _Unknown(jinja2.StrictUndefined):
    """A name that no frame can use."""

    __slots__ = ()

    @property
    def _undefined_message(self) -> str:
        return f"{_NO_NAME} «{self._undefined_name}», є: {', '.join(_NAMES)}"


def fill_tags(frame: bytes, document: Document) -> dict[str, bytes]:
    """Return the parts of the frame with its tags filled.

    Raises:
        FrameError: when a tag is broken, names something unknown or spoils the file.
    """
    template = docxtpl.DocxTemplate(io.BytesIO(frame))
    context = {name: getattr(document, name) for name in _NAMES}
    try:
        template.render(context, _environment(), autoescape=True)
    except Exception as error:  # an expression in a frame may raise anything
        message = f"тег рамки хибний{_near(error)}: {_reason(error)}"
        raise FrameError("frame.docx", 1, message) from error
    result = io.BytesIO()
    template.save(result)
    parts = read_parts(result.getvalue())
    for name, part in parts.items():
        if re.fullmatch(r"word/(document|header|footer)\d*\.xml", name):
            _check(part)
    return parts


def _environment() -> jinja2.Environment:
    environment = SandboxedEnvironment(undefined=_Unknown, autoescape=True, finalize=_finalize)
    environment.filters["date"] = _date
    return environment


def _date(value: datetime.date) -> str:
    return f"{value:%d.%m.%Y}"


def _finalize(value: object) -> Markup:
    """Escape what a tag prints, and shield it from what docxtpl does to text afterwards."""
    return Markup(str(escape(value)).translate(_KEPT))  # noqa: S704 - it is escaped


def _reason(error: Exception) -> str:
    """Return what is wrong with a tag; the original, which is English, where we have no words."""
    said = str(error)
    if isinstance(error, (jinja2.UndefinedError, SecurityError)) and said.startswith(_NO_NAME):
        return said
    for kinds, words in _RAISED:
        if isinstance(error, kinds):
            return words
    for pattern, words in _SAID:
        if match := re.search(pattern, said, re.DOTALL):
            return words.format(*filter(None, match.groups()))
    if isinstance(error, jinja2.TemplateSyntaxError):
        return f"помилка в записі ({said})"
    return f"значення тут не того виду ({said or type(error).__name__})"


def _near(error: Exception) -> str:
    """Return where the broken tag stands, as the text of its paragraph.

    docxtpl hands over seven lines of its source, one for each paragraph; the fourth is at fault
    unless the fault is nearer to the start.
    """
    lines: Mapping[int, str] = dict(enumerate(getattr(error, "docx_context", ())))
    text = lines.get(min(getattr(error, "lineno", None) or 1, 4) - 1, "").strip()
    return f" біля «{text}»" if text else ""


def _check(part: bytes) -> None:
    for holder in parse(part).iter(*_HOLDERS):
        strays = [holder.text, *(child.tail for child in holder)]
        for text in strays:
            if text and text.strip():
                message = f"тег рамки ставить текст поза абзацом: «{text.strip()[:60]}»"
                raise FrameError("frame.docx", 1, message)
