"""What is good YAML and yet hardly what was meant: the fraction of an amount taken for a key."""

from __future__ import annotations

import re

from reportgen.diagnostics import Diagnostic, Span, finding, quoted

_WHOLE_PART = re.compile(r"(-?[0-9][0-9 \u00a0]*),[ \u00a0]?$")
_LONGEST_WHOLE_PART = 40  # characters: a line may be one row of figures and commas
_FRACTION = re.compile(r"([0-9]{1,20})(?:[ \u00a0]+[^\W\d_].{0,20})?")
_NO_VALUE = re.compile(r"\s*(?:[,}#]|$)")


def comma_cut(key: str, line: str, span: Span) -> Diagnostic | None:
    """Return an error if a key within braces is but the fraction of the amount before it.

    In YAML ``{plan: 861,0, actual: 389.5}`` is a plan of 861, a key «0» and an actual. The same
    are ``{plan: 861, 0}`` and ``{plan: 861,0 грн}``.
    """
    fraction = _FRACTION.fullmatch(key)
    if fraction is None:
        return None
    start = span.column - 1
    near = max(0, start - _LONGEST_WHOLE_PART)
    whole = _WHOLE_PART.search(line[near:start])
    if whole is None or not _NO_VALUE.match(line, start + len(key)):
        return None
    place = Span(span.file, span.line, near + whole.start() + 1)
    written = line[place.column - 1 : start + len(key)]
    message = f"у фігурних дужках кома розділяє пари, тому {quoted(written)} тут не сума"
    hint = f"пишіть із крапкою: {whole[1]}.{fraction[1]}"
    return finding("amount-invalid", place, message, hint)
