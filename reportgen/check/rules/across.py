"""Rules over several documents: a programme is called the same wherever it is named."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from reportgen.check.rules.passport import years_of
from reportgen.check.rules.registers import nearly_same
from reportgen.check.statements import Passport
from reportgen.diagnostics import Diagnostic, finding, quoted
from reportgen.model.council import Council, Decision, RegisteredProgramme

_WORDS_SHOWN = 6


def programmes_differ(council: Council, programmes: Sequence[Passport]) -> Iterator[Diagnostic]:
    """The register names a programme that has a passport of its own, and differently."""
    for registered, programme in _linked(council, programmes):
        related = ((programme.span, f"паспорт програми «{programme.slug}»"),)
        for message in _differences(registered, programme):
            hint = "запишіть в обох місцях так, як у рішенні ради"
            yield finding("programme-differs", registered.span, message, hint, related)


def programmes_unlinked(council: Council, programmes: Sequence[Passport]) -> Iterator[Diagnostic]:
    """The register names a programme that has a passport, and does not say so."""
    linked = {registered.slug for registered, _ in _linked(council, programmes)}
    for programme in programmes:
        for registered in council.programmes.values():
            same = nearly_same(registered.name, programme.name)
            if same and not registered.slug and programme.slug not in linked:
                message = f"програма «{registered.id}» має свій звіт: «{programme.slug}»"
                hint = f"допишіть slug: {programme.slug}, щоб їхні назви звірялися"
                related = ((programme.span, programme.name),)
                yield finding("programme-unlinked", registered.span, message, hint, related)


def passports_repeated(_: Council, programmes: Sequence[Passport]) -> Iterator[Diagnostic]:
    """Two programmes with one name, or approved by one decision."""
    names: dict[str, Passport] = {}
    decisions: dict[Decision, Passport] = {}
    for programme in programmes:
        same = names.setdefault(programme.name, programme) if programme.name else programme
        told = f"назву {quoted(programme.name)}"
        if same is programme and programme.decision:
            same = decisions.setdefault(programme.decision, programme)
            told = f"рішення {_decided(programme.decision)}"
        if same is not programme:
            message = f"програми «{same.slug}» і «{programme.slug}» мають те саме: {told}"
            hint = "перевірте, чи не скопійовано паспорт без змін"
            related = ((same.span, f"«{same.slug}»"),)
            yield finding("passport-repeated", programme.span, message, hint, related)


def _linked(
    council: Council, programmes: Sequence[Passport]
) -> list[tuple[RegisteredProgramme, Passport]]:
    own = {programme.slug: programme for programme in programmes}
    return [(one, own[one.slug]) for one in council.programmes.values() if one.slug in own]


def _differences(registered: RegisteredProgramme, programme: Passport) -> Iterator[str]:
    where, told = f"програма «{registered.id}»", ""
    ours, theirs = registered.name.split(), programme.name.split()
    if theirs and ours != theirs:  # one without a name is told of as such
        here, there = _apart(ours, theirs)
        told = f"{where}: у довіднику «{here}», а в паспорті «{there}»"
        yield told
    term = years_of(registered.name)
    if term and programme.term and term != programme.term and str(term) not in told:
        yield f"{where}: у довіднику роки {term}, а в паспорті {programme.term}"
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
