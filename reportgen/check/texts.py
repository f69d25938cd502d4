"""The rules over text, run over a report and over a council's names."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache

from reportgen.check.printed import (
    Lines,
    Page,
    Slip,
    TextRule,
    of_council,
    of_period,
    of_programme,
)
from reportgen.check.rules import keyboard, spelling, text
from reportgen.diagnostics import Diagnostic
from reportgen.model.council import Council
from reportgen.model.report import Report


def check_texts(report: Report, lines: Lines) -> Iterator[Diagnostic]:
    """Yield the slips of a report's own texts; ``lines`` gives those of its files."""
    pages = [Page.of(of_programme(report)), Page.of(of_period(report))]
    for page in pages:
        yield from page.tell(_slips(page.text), lines)
    whole = Page.of(one for page in pages for one in page.printed)
    narratives = Page.of(one for one in whole.printed if one.narrative)
    yield from whole.tell(_by(spelling.RULES, whole.text), lines)
    yield from narratives.tell(_by(text.NARRATIVE_RULES, narratives.text), lines)


def check_names(council: Council, lines: Lines) -> Iterator[Diagnostic]:
    """Yield the slips in the names that the council's registers give."""
    page = Page.of(of_council(council))
    yield from page.tell(_slips(page.text), lines)


@lru_cache(maxsize=4)  # the periods of a programme come one after another, its texts with each
def _slips(page: str) -> tuple[Slip, ...]:
    return tuple(_by((*text.RULES, *keyboard.RULES), page))


def _by(rules: Iterable[TextRule], page: str) -> Iterator[Slip]:
    for rule in rules:
        yield from rule(page)
