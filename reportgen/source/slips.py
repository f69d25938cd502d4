"""What is good YAML and yet hardly what was meant: a part of the text that nobody would miss."""

from __future__ import annotations

import re

from reportgen.diagnostics import Diagnostic, Span, finding, quoted

# A remark that runs to the end of the line; what tools write for themselves is none.
_REMARK = re.compile(r"[ \t]+(#(?! ?(?:reportgen|yaml-language-server)\b).*)")
# Ids, numbers, dates, states and formulas have neither a letter of ours nor two words in a row.
_PROSE = re.compile(r"(?![a-zA-Z])[^\W\d_]|[a-zA-Z]\s+[a-zA-Z]")
_WHOLE_PART = re.compile(r"(-?[0-9][0-9 \u00a0]*),$")
_NO_VALUE = re.compile(r"\s*(?:[,}#]|$)")


def text_cut(value: str, line: str, end: Span) -> Diagnostic | None:
    """Return a warning if a plain text is followed by a remark, which may be its own rest.

    In YAML «Рішення сесії #35» without quotes is «Рішення сесії» and a remark.

    Args:
        value: the scalar as read.
        line: the whole line that it ends in.
        end: the place after its last character.
    """
    remark = _REMARK.match(line, end.column - 1)
    if remark is None or not _PROSE.search(value):
        return None
    place = Span(end.file, end.line, remark.start(1) + 1)
    message = f"текст обривається перед решіткою: {quoted(remark[1])} не надрукується"
    hint = "якщо це частина тексту, візьміть його весь у лапки або почніть із нового рядка після"
    hint += " «>-»; якщо примітка, пишіть її окремим рядком вище"
    return finding("text-cut", place, message, hint)


def comma_cut(key: str, line: str, span: Span) -> Diagnostic | None:
    """Return an error if a key within braces is but the fraction of the amount before it.

    In YAML ``{plan: 861,0, actual: 389.5}`` is a plan of 861, a key «0» and an actual.
    """
    if not key.isdecimal():
        return None
    start = span.column - 1
    whole = _WHOLE_PART.search(line, 0, start)
    if whole is None or not _NO_VALUE.match(line, start + len(key)):
        return None
    place = Span(span.file, span.line, whole.start() + 1)
    written = f"{whole[1]},{key}"
    message = f"у фігурних дужках кома розділяє пари, тому {quoted(written)} тут не сума"
    hint = f"пишіть із крапкою: {written.replace(',', '.')}"
    return finding("amount-invalid", place, message, hint)
