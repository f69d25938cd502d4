"""Which form a file is in: the one whose headings, labels and lines it has."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from reportgen.importing.backwards import literal_words
from reportgen.importing.grid import StreamLine, line_text, row_text
from reportgen.importing.header import find_headers
from reportgen.importing.likeness import likeness, squeezed
from reportgen.model.form import FactsSection, Form, NarrativeSection, TableSection
from reportgen.model.period import Period

_LINES = 400  # of a file, in which its headers are looked for
_CLOSE = 0.03  # so near the runner-up is told of
_ALIKE = 0.85  # so alike a label is the form's
_OF_TITLE = 0.06  # what the lines above the table add, beside its headings


@dataclass(frozen=True, slots=True)
class Choice:
    """A form and how well it fits, from 0 to 1.

    ``rival`` is another that fits nearly as well, and would make other content of the file.
    """

    form: Form
    score: float
    rival: str = ""


def choose_form(
    lines: Sequence[StreamLine], forms: Sequence[Form], period: Period, preferred: str
) -> Choice | None:
    """Return the form that fits best; ``None`` if no table of any form is there.

    Of forms that fit alike the ``preferred`` one is taken, that of the programme, then the one of
    the shortest id.
    """
    head = lines[:_LINES]
    scored = [(_score(head, form, period), form) for form in forms]
    ranked = sorted(
        ((score, form) for score, form in scored if score > 0),
        key=lambda one: (-round(one[0], 2), one[1].id != preferred, len(one[1].id), one[1].id),
    )
    if not ranked:
        return None
    score, form = ranked[0]
    near = (other for value, other in ranked[1:] if score - value < _CLOSE)
    rivals = (other.id for other in near if other.sections != form.sections)
    return Choice(form, score, "" if form.id == preferred else next(rivals, ""))


def _score(lines: Sequence[StreamLine], form: Form, period: Period) -> float:
    headers = find_headers(lines, form, period)
    if not headers:
        return 0.0
    weights: list[tuple[float, int]] = []
    for section in form.sections:
        if isinstance(section, TableSection):
            own = [one.score for one in headers if one.section is section]
            weights.append((max(own, default=0.0), len(section.columns)))
        elif isinstance(section, FactsSection):
            labels = [fact.label for fact in section.facts]
            weights.append((_share(labels, lines), len(labels)))
        elif isinstance(section, NarrativeSection) and section.required:
            titles = [literal_words(line.template) for line in section.title]
            weights.append((_share(titles, lines), 1))
    fits = sum(score * weight for score, weight in weights) / sum(one for _, one in weights)
    titles = [literal_words(line.template) for line in form.heading]
    known = [one for one in titles if squeezed(one)]
    return fits * (1 - _OF_TITLE) + _OF_TITLE * (_share_within(known, lines) if known else fits)


def _share(labels: Sequence[str], lines: Sequence[StreamLine]) -> float:
    """Return how many of the labels stand in the file, as a share of 1."""
    texts = [*_first_texts(lines)]
    found = sum(any(likeness(label, text) >= _ALIKE for text in texts) for label in labels)
    return found / len(labels) if labels else 0.0


def _first_texts(lines: Sequence[StreamLine]) -> Iterator[str]:
    for line in lines:
        yield row_text(line).split("\n")[0] if line_text(line) else _first_cell(line)


def _first_cell(line: StreamLine) -> str:
    cells = getattr(line, "filled", ())
    return cells[0][1].text if cells else ""


def _share_within(lines_of_form: Sequence[str], lines: Sequence[StreamLine]) -> float:
    """Return how many words of the form's lines stand in those of the file, as a share of 1."""
    there = squeezed(" ".join(line_text(one) for one in lines if line_text(one)))
    words = [squeezed(word) for one in lines_of_form for word in one.split() if squeezed(word)]
    return sum(word in there for word in words) / len(words) if words else 0.0
