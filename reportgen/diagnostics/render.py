"""Findings as text that an editor can jump from, and as JSON."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from typing import TypeAlias

from reportgen.diagnostics.finding import Diagnostic, Severity, Span

_WORDS = {
    Severity.ERROR: "помилка",
    Severity.WARNING: "попередження",
    Severity.NOTE: "примітка",
}
_LONGEST_EXCERPT = 160

#: Gives a line (from 1) of a source file, or "" when it cannot be had.
LineSource: TypeAlias = Callable[[str, int], str]


def _no_lines(_file: str, _line: int) -> str:
    return ""


def as_text(diagnostic: Diagnostic, line_of: LineSource = _no_lines) -> str:
    """Return one finding as text.

    The first line is ``file:line:column: severity[code]: message``; then the source line with a
    caret where it can be had, related places, and the hint.
    """
    span = diagnostic.span
    kind = f"{_WORDS[diagnostic.severity]}[{diagnostic.code}]"
    head = f"{_printable(str(span))}: {kind}: {diagnostic.message}"
    source = "" if span.where else line_of(span.file, span.line)
    lines = [head, *_excerpt(span, source)]
    lines += [f"  {_printable(str(place))}: {note}" for place, note in diagnostic.related]
    if diagnostic.hint:
        lines.append(f"  порада: {diagnostic.hint}")
    return "\n".join(lines)


def _excerpt(span: Span, source: str) -> list[str]:
    """Return the source line and a caret line; a long line is cut around the place."""
    start = 0
    if len(source) > _LONGEST_EXCERPT:
        start = max(0, min(span.column - 1 - _LONGEST_EXCERPT // 2, len(source) - _LONGEST_EXCERPT))
    end = start + _LONGEST_EXCERPT
    shown = _printable(source[start:end])
    if not shown.strip():
        return []
    shown = ("…" if start else "") + shown[bool(start) :]
    shown = shown[:-1] + "…" if end < len(source) else shown
    gutter = f"{span.line:>5} | "
    caret = " " * (len(gutter) - 2) + "| " + " " * (span.column - 1 - start) + "^"
    return [gutter + shown, caret]


def _printable(text: str) -> str:
    """Blank out what a terminal would obey; a tab, too, as it would move the caret."""
    return "".join(char if char.isprintable() else " " for char in text)


def as_json(found: Iterable[Diagnostic]) -> str:
    """Return findings as a JSON array, one object each, in the given order."""
    return json.dumps([_as_record(one) for one in found], ensure_ascii=False, indent=2)


def _as_record(one: Diagnostic) -> dict[str, object]:
    return {
        "code": one.code,
        "severity": one.severity.value,
        **_as_place(one.span),
        "message": one.message,
        "hint": one.hint,
        "related": [{**_as_place(span), "message": note} for span, note in one.related],
    }


def _as_place(span: Span) -> dict[str, object]:
    place: dict[str, object] = {"file": span.file, "line": span.line, "column": span.column}
    return {**place, "where": span.where} if span.where else place
