"""Remarks that may be a part of the text: YAML passes them over, and nobody would miss them.

Without quotes «Рішення сесії #35» is «Рішення сесії» and a remark. So is the rest of a text that
goes on below with a number sign, and so is the beginning of one that starts with it.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from collections.abc import Sequence as Seq
from dataclasses import dataclass

from reportgen.diagnostics import Diagnostic, Span, finding, quoted
from reportgen.source.nodes import Scalar

_REST_OF_LINE = re.compile(r"(?:[ \t]+(#.*)|[ \t]*)$")
_LINE_OF_REMARK = re.compile(r"[ \t]*(#.*)?$")
_HEAD_OF_BLOCK = re.compile(r"[|>][-+0-9]*")
_END_OF_KEY = re.compile(r"(?:.?[\"'])?[ \t]*:")
#: What tools write for themselves.
_FOR_TOOLS = re.compile(r"# ?(?:reportgen|yaml-language-server)\b")
#: A sign that is glued to what follows is a number's or a word's; a row of signs is an ornament.
_GLUED = re.compile(r"#(?!\s|$|[#=*~_-](?:[\s#=*~_-]|$))")
#: Numbers, dates, ids, states and formulas have no sign beyond ASCII, no capital letter and no two
#: words in a row: after them a remark is a remark.
_PROSE = re.compile(r"[^\x00-\x7f\s]|[A-Z]|[a-z]\s+[a-z]")

#: What begins a remark behind a blank or on a line of its own; within quotes it may be text.
_ANY_REMARK = re.compile(r"#(?<![^ \t\n]#)(?! ?(?:reportgen|yaml-language-server)\b)")

_MOST_BLANK = 20  # lines between a text and a remark that are each looked at

_HINT = (
    "якщо це частина тексту, візьміть його весь у лапки або почніть із нового рядка після «>-»; "
    "якщо примітка, пишіть її окремим рядком вище"
)


@dataclass(frozen=True, slots=True)
class Written:
    """A scalar and where it stands.

    ``outer`` is the indentation of what holds it: deeper lines below could be its own. Within
    brackets, and of a key, none could: it is ``None``.
    """

    value: str
    is_block: bool
    start: Span
    end: Span
    key: Scalar | None = None
    outer: int | None = None


def remarked_lines(text: str) -> list[int]:
    """Return the numbers of the lines that may hold a remark; the tools' own do not count."""
    numbers: list[int] = []
    line = last = 0
    for remark in _ANY_REMARK.finditer(text):
        line += text.count("\n", last, remark.start())
        last = remark.start()
        numbers.append(line + 1)
    return numbers


def remark_near(remarked: Seq[int], first: int, last: int, lines: Seq[str]) -> bool:
    """Tell whether a remark may stand on lines ``first`` to ``last`` or right below them.

    Where it says no, `text_cut` has nothing to tell. ``remarked`` are the numbers that
    `remarked_lines` gives, in order. Blank lines below are passed over, but not for ever.
    """
    at = bisect_left(remarked, first)
    if at == len(remarked):
        return False
    between = lines[last : min(remarked[at], last + _MOST_BLANK)]
    return all(_LINE_OF_REMARK.match(line) for line in between)


def text_cut(written: Written, lines: Seq[str]) -> Diagnostic | None:
    """Return a warning if a remark beside an unquoted text may be a part of it."""
    value = written.value
    if not value:  # remarks in the lines below are of the empty template's own
        return _swallowed(_remarks(lines, written.end, None))
    before = _swallowed(_remarks(lines, _after_key(written, lines), written.outer))
    before = before or _swallowed(_remarks(lines, _after_head(written, lines), None))
    if before:
        return before
    any_remark = _PROSE.search(value) is not None
    for place, remark in _remarks(lines, written.end, written.outer):
        if any_remark or _GLUED.match(remark):
            message = f"текст обривається перед решіткою: {quoted(remark)} не надрукується"
            return finding("text-cut", place, message, _HINT)
    return None


def _swallowed(remarks: Iterator[tuple[Span, str]]) -> Diagnostic | None:
    for place, remark in remarks:
        if _GLUED.match(remark):
            message = f"решітка на початку тексту робить його приміткою: {quoted(remark)}"
            return finding("text-cut", place, f"{message} не надрукується", _HINT)
    return None


def _after_key(written: Written, lines: Seq[str]) -> Span | None:
    key = written.key
    if key is None or key.span.line == written.start.line:
        return None
    at = key.span
    end = _END_OF_KEY.match(lines[at.line - 1], at.column - 1 + len(key.text))
    return Span(at.file, at.line, end.end() + 1) if end else None


def _after_head(written: Written, lines: Seq[str]) -> Span | None:
    start = written.start
    if not written.is_block:
        return None
    head = _HEAD_OF_BLOCK.match(lines[start.line - 1], start.column - 1)
    return Span(start.file, start.line, head.end() + 1) if head else None


def _remarks(lines: Seq[str], start: Span | None, outer: int | None) -> Iterator[tuple[Span, str]]:
    """Yield the remark that follows a place in its line, and the deeper ones right below."""
    if start is None:
        return
    number = start.line
    if start.column == 1:  # a block ends where the next line begins
        number -= 1
    else:
        rest = _REST_OF_LINE.match(lines[start.line - 1], start.column - 1)
        if rest is None:
            return
        if rest[1] and not _FOR_TOOLS.match(rest[1]):
            yield Span(start.file, start.line, rest.start(1) + 1), rest[1]
    while outer is not None and number < len(lines):
        line = _LINE_OF_REMARK.match(lines[number])
        if line is None or (line[1] and line.start(1) <= outer):
            return
        number += 1
        if line[1] and not _FOR_TOOLS.match(line[1]):
            yield Span(start.file, number, line.start(1) + 1), line[1]
