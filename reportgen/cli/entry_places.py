"""Places of a file that is not written yet, told as the cells of forms that fill it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from reportgen.diagnostics import Diagnostic, Span
from reportgen.entry.filled import Filled
from reportgen.entry.questions import by_address, questions
from reportgen.entry.receiving import Received


@dataclass(frozen=True, slots=True)
class Entered:
    """Where values of one new text come from: a form's cell, by line and column of the text."""

    cells: Mapping[tuple[int, int], Span]
    is_new: bool  # the file is not there yet, so nobody can look anything up in it


def entered(forms: Sequence[Filled], received: Received, *, is_new: bool) -> Entered:
    """Return where the values come from that forms have brought, or have at least shown."""
    if received.report is None:
        return Entered({}, is_new)
    places = {one.question.address: one.place for one in received.changes}
    if is_new:
        asked = ((address, place) for one in forms for address, _, place, _ in one.answers())
        places = dict(asked) | places
    then = by_address(questions(received.report, None))
    spans = ((then[one].span, place) for one, place in places.items() if one in then)
    return Entered({(span.line, span.column): place for span, place in spans}, is_new)


def placed(one: Diagnostic, files: Mapping[str, Entered]) -> Diagnostic:
    """Return a finding with the cells that its places were entered in."""
    span = _placed(one.span, files)
    related = tuple((_placed(place, files), text) for place, text in one.related)
    return replace(one, span=span, related=related)


def _placed(span: Span, files: Mapping[str, Entered]) -> Span:
    file = files.get(span.file)
    if file is None or span.where:
        return span
    cell = file.cells.get((span.line, span.column))
    if cell is None and file.is_new:
        return replace(span, where=f"новий файл, рядок {span.line}")
    return cell or span
