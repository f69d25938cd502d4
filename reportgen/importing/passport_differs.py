"""What a source says of its programme, against the passport that is there."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rapidfuzz import fuzz

from reportgen.diagnostics import quoted
from reportgen.importing.findings import Findings
from reportgen.importing.likeness import likeness, same, squeezed
from reportgen.importing.passport import Passport
from reportgen.model.programme import Programme

_NEAR = 0.8  # names so alike are of one programme
_WITHIN = 92.0  # of 100: one name stands in the other
_SHARE = 0.4  # of the longer name that a shorter one must be, to mean it


def is_another(passport: Passport, names: Sequence[str]) -> bool:
    """Tell whether a source names a programme, and none of ``names`` is near to that."""
    theirs = [one for one in (passport.genitive, passport.name) if squeezed(one)]
    ours = [one for one in names if squeezed(one)]
    return bool(theirs and ours) and not any(_near(a, b) for a in theirs for b in ours)


def tell_another(passport: Passport, slug: str, names: Sequence[str], findings: Findings) -> None:
    """Tell that the source is a report of another programme."""
    theirs = passport.genitive or passport.name
    message = f"це звіт іншої програми: у файлі {quoted(theirs)}, у «{slug}» {quoted(names[0])}"
    hint = (
        "вкажіть теку тієї програми (--programme); якщо її перейменовано, виправте programme.yaml"
    )
    findings.tell("import-programme", passport.place, message, hint)


def tell_differences(
    passport: Passport, executor: str, known: Programme, findings: Findings
) -> None:
    """Tell what the passport has otherwise; ``executor`` is the id of the one that is named."""
    for what, theirs, ours in _differences(passport, executor, known):
        message = f"{what}: у джерелі {quoted(theirs)}, у програмі {quoted(ours)}"
        findings.tell("import-differs", passport.place, message, "у програмі лишено, як було")


def _differences(
    passport: Passport, executor: str, known: Programme
) -> Iterator[tuple[str, str, str]]:
    if passport.genitive and not same(passport.genitive, known.genitive):
        yield "назва", passport.genitive, known.genitive
    decisions = [one for one in (known.decision, *known.changes) if one]
    if passport.decision and decisions:
        day, number = passport.decision
        if all((one.date, one.number) != (day, number) for one in decisions):
            ours = decisions[0]
            yield "рішення", f"{day:%d.%m.%Y} №{number}", f"{ours.date:%d.%m.%Y} №{ours.number}"
    if executor and known.executor and executor != known.executor.id:
        yield "відповідальний виконавець", passport.executor, known.executor.name
    if passport.term and known.term and passport.term != known.term:
        yield "термін", str(passport.term), str(known.term)


def _near(one: str, other: str) -> bool:
    if likeness(one, other) >= _NEAR:
        return True
    short, long = sorted((squeezed(one), squeezed(other)), key=len)
    return len(short) >= _SHARE * len(long) and fuzz.partial_ratio(short, long) >= _WITHIN
