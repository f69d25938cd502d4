"""Rules over several documents: a programme is called the same wherever it is named."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from reportgen.check.rules.registers import nearly_same
from reportgen.diagnostics import Diagnostic, finding, quoted
from reportgen.model.council import Decision, RegisteredProgramme
from reportgen.model.programme import Programme
from reportgen.model.report import Report

_YEARS = re.compile(r"\b(20\d{2})(?:\s*[-–—]\s*(20\d{2}))?\b")
_WORDS_SHOWN = 6


def programmes_differ(reports: Sequence[Report]) -> Iterator[Diagnostic]:
    """The register names a programme that has a passport of its own, and differently."""
    for registered, programme in _linked(reports):
        related = ((programme.span, f"паспорт програми «{programme.slug}»"),)
        for message in _differences(registered, programme):
            hint = "запишіть в обох місцях так, як у рішенні ради"
            yield finding("programme-differs", registered.span, message, hint, related)


def programmes_unlinked(reports: Sequence[Report]) -> Iterator[Diagnostic]:
    """The register names a programme that has a passport, and does not say so."""
    linked = {registered.slug for registered, _ in _linked(reports)}
    for programme in _programmes(reports):
        for registered in _registered(reports):
            same = nearly_same(registered.name, programme.name)
            if same and not registered.slug and programme.slug not in linked:
                message = f"програма «{registered.id}» має свій звіт: «{programme.slug}»"
                hint = f"допишіть slug: {programme.slug}, щоб їхні назви звірялися"
                related = ((programme.span, programme.name),)
                yield finding("programme-unlinked", registered.span, message, hint, related)


def passports_repeated(reports: Sequence[Report]) -> Iterator[Diagnostic]:
    """Two programmes with one name, or approved by one decision."""
    names: dict[str, Programme] = {}
    decisions: dict[Decision, Programme] = {}
    for programme in _programmes(reports):
        same = names.setdefault(programme.name, programme)
        told = f"назву {quoted(programme.name)}"
        if same is programme and programme.decision:
            same = decisions.setdefault(programme.decision, programme)
            told = f"рішення {_decided(programme.decision)}"
        if same is not programme:
            message = f"програми «{same.slug}» і «{programme.slug}» мають те саме: {told}"
            hint = "перевірте, чи не скопійовано паспорт без змін"
            related = ((same.span, f"«{same.slug}»"),)
            yield finding("passport-repeated", programme.span, message, hint, related)


def _programmes(reports: Sequence[Report]) -> list[Programme]:
    """Return each programme once, as its latest report has it."""
    return [*{report.programme.slug: report.programme for report in reports}.values()]


def _registered(reports: Sequence[Report]) -> Iterator[RegisteredProgramme]:
    yield from reports[0].council.programmes.values() if reports else ()


def _linked(reports: Sequence[Report]) -> list[tuple[RegisteredProgramme, Programme]]:
    own = {programme.slug: programme for programme in _programmes(reports)}
    return [(one, own[one.slug]) for one in _registered(reports) if one.slug in own]


def _differences(registered: RegisteredProgramme, programme: Programme) -> Iterator[str]:
    where = f"програма «{registered.id}»"
    ours, theirs = registered.name.split(), programme.name.split()
    if ours != theirs:
        here, there = _apart(ours, theirs)
        yield f"{where}: у довіднику «{here}», а в паспорті «{there}»"
    years = _YEARS.findall(registered.name)
    if years and programme.term:
        first, last = years[-1][0], years[-1][1] or years[-1][0]
        if (int(first), int(last)) != (programme.term.first, programme.term.last):
            written = first if first == last else f"{first}-{last}"
            yield f"{where}: у довіднику роки {written}, а в паспорті {programme.term}"
    if registered.decision and programme.decision and registered.decision != programme.decision:
        here, there = _decided(registered.decision), _decided(programme.decision)
        yield f"{where}: у довіднику рішення {here}, а в паспорті {there}"


def _apart(ours: Sequence[str], theirs: Sequence[str]) -> tuple[str, str]:
    """Return the words of two names from where they part."""
    pairs = zip(ours, theirs, strict=False)
    first = next((index for index, (one, other) in enumerate(pairs) if one != other), None)
    first = min(len(ours), len(theirs)) if first is None else first
    start = max(0, first - 1)
    return _some(ours, start), _some(theirs, start)


def _some(words: Sequence[str], start: int) -> str:
    end = start + _WORDS_SHOWN
    before, after = "… " if start else "", " …" if end < len(words) else ""
    return f"{before}{' '.join(words[start:end])}{after}"


def _decided(decision: Decision) -> str:
    return f"від {decision.date:%d.%m.%Y} №{decision.number}"


RULES = (programmes_differ, programmes_unlinked, passports_repeated)
