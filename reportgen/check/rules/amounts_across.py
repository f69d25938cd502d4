"""Rules over the figures of several reports of one period.

Measures of different programmes may have the same name and other money: a school is built from two
programmes at once. So only those are compared that are surely one measure: of a programme and of
the row that names it, of two reports of one programme, or with the same plan to the last place.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import combinations
from typing import TypeAlias

from reportgen.check.rules.registers import nearly_same, telling_words
from reportgen.check.statements import NAMES, RESOURCES, Line, Statement, Sum
from reportgen.diagnostics import Diagnostic, finding, shortened

_FEWEST_WORDS = 3  # of a name that tells one measure from others
_ROUND_DIGITS = 2  # a plan of at most so many digits is met twice by chance
_LONGEST_NAME = 60
_MOST_NAMED = 6  # rows in a message

Told: TypeAlias = tuple[Statement, Line]


def measures_differ(statements: Sequence[Statement]) -> Iterator[Diagnostic]:
    """One measure stands in two reports with different sums."""
    told: set[frozenset[tuple[str, str]]] = set()
    for ours, theirs in _same_measures(statements):
        pair = frozenset((one.slug, line.key) for one, line in (ours, theirs))
        difference = None if pair in told else _difference(ours, theirs)
        if difference:
            told.add(pair)
            yield difference


def programme_exceeded(statements: Sequence[Statement]) -> Iterator[Diagnostic]:
    """Rows that name one programme have more money than its own report has in all."""
    own = {one.slug: one for one in statements}
    for statement in statements:
        citing: dict[str, list[Line]] = {}
        for line in statement.lines:
            if len(line.cites) == 1 and line.cites[0] in own and line.cites[0] != statement.slug:
                citing.setdefault(line.cites[0], []).append(line)
        for slug, lines in citing.items():
            yield from _exceeding(lines, own[slug])


def _exceeding(lines: Sequence[Line], programme: Statement) -> Iterator[Diagnostic]:
    for key, name in NAMES.items():
        parts = [(one, one.sums[key]) for one in lines if key in one.sums]
        whole = [one.sums[key] for one in programme.lines if key in one.sums]
        if not parts or not whole or len(whole) < len(programme.lines):
            continue
        if _least(one for _, one in parts) <= _most(whole):
            continue
        place = max((one for _, one in parts), key=lambda one: one.hryvnias)
        others = len(parts) - _MOST_NAMED
        keys = ", ".join(f"«{one.key}»" for one, _ in parts[:_MOST_NAMED])
        keys += f" та ще {others}" if others > 0 else ""
        told = f"у рядку {keys}" if len(parts) == 1 else f"у рядках {keys} разом"
        message = f"{told} {name} {_total(one for _, one in parts)}, а в усієї програми"
        message += f" «{programme.slug}», яку там названо, лише {_total(whole)}"
        hint = "звірте суми з її звітом за той самий період"
        related = ((programme.lines[0].span, f"звіт програми «{programme.slug}»"),)
        yield finding("programme-exceeded", place.span, message, hint, related)


def _same_measures(statements: Sequence[Statement]) -> Iterator[tuple[Told, Told]]:
    """Yield (row, row of another report) that are surely one measure."""
    own = {one.slug: one for one in statements}
    for statement in statements:
        cited = {slug for line in statement.lines for slug in line.cites}
        for slug in sorted(cited & own.keys()):
            citing = [told for told in _told(statement) if slug in told[1].cites]
            yield from _pairs(citing, _told(own[slug]))
    for one, other in combinations(statements, 2):
        if one.name == other.name:
            yield from _pairs(_told(other), _told(one))
    yield from _of_equal_plans(statements)
    yield from _of_resources(statements)


def _of_equal_plans(statements: Sequence[Statement]) -> Iterator[tuple[Told, Told]]:
    plans: dict[Decimal, list[Told]] = {}
    for statement in statements:
        for line in statement.lines:
            plan = line.sums.get("plan")
            if plan is not None and plan.value > 0:
                plans.setdefault(plan.hryvnias, []).append((statement, line))
    for amount, same in plans.items():
        if len(same) > 1 and len(amount.normalize().as_tuple().digits) > _ROUND_DIGITS:
            yield from _pairs(same[1:], same)


def _of_resources(statements: Sequence[Statement]) -> Iterator[tuple[Told, Told]]:
    everything = [told for one in statements for told in _told(one)]
    wanted = [told for told in everything if RESOURCES in told[1].sums]
    if wanted:
        yield from _pairs(wanted, [one for one in everything if RESOURCES not in one[1].sums])


def _told(statement: Statement) -> list[Told]:
    return [(statement, line) for line in statement.lines]


def _pairs(ours: Iterable[Told], theirs: Sequence[Told]) -> Iterator[tuple[Told, Told]]:
    """Yield the pairs of one name and the same executors, if theirs are given.

    A name that stands twice in one of the reports tells nothing.
    """
    by_bodies: dict[tuple[str, ...], list[Told]] = {}
    for told in theirs:
        by_bodies.setdefault(told[1].executors, []).append(told)
    pairs: dict[tuple[str, str, str], list[tuple[Told, Told]]] = {}
    for one in ours:
        bodies = one[1].executors
        candidates = [*by_bodies.get(bodies, ()), *(by_bodies.get((), ()) if bodies else ())]
        same = [other for other in candidates if other[0].slug != one[0].slug and _same(one, other)]
        if len(same) == 1:
            [(statement, line)] = same
            pairs.setdefault((one[0].slug, statement.slug, line.key), []).append((one, same[0]))
    yield from (each[0] for each in pairs.values() if len(each) == 1)


def _same(one: Told, other: Told) -> bool:
    name = one[1].text
    return nearly_same(name, other[1].text) and len(telling_words(name)) >= _FEWEST_WORDS


def _difference(ours: Told, theirs: Told) -> Diagnostic | None:
    (statement, line), (other, known) = ours, theirs
    told = [
        (line.sums[key], known.sums[key], name)
        for key, name in NAMES.items()
        if key in line.sums and key in known.sums and not _equal(line.sums[key], known.sums[key])
    ]
    resources = line.sums.get(RESOURCES)
    if told:
        span, place = told[0][0].span, told[0][1].span
        said = ", ".join(f"{name} {here} і {there}" for here, there, name in told)
    elif resources and known.sums and not any(_equal(resources, x) for x in known.sums.values()):
        span, place = resources.span, known.span
        there = ", ".join(f"{NAMES[key]} {value}" for key, value in known.sums.items())
        said = f"обсяг ресурсів {resources}, а там {there}"
    else:
        return None
    message = f"захід «{line.key}» ({shortened(line.text, _LONGEST_NAME)}) є й у звіті"
    message += f" «{other.slug}» за {statement.period}, під номером «{known.key}», а суми різні:"
    message += f" {said}"
    hint = "звірте обидва звіти з обліком і виправте той, де помилка"
    return finding("measure-differs", span, message, hint, ((place, f"звіт «{other.slug}»"),))


def _equal(one: Sum, other: Sum) -> bool:
    """Tell whether some amount is rounded to both sums: each is half a last place off at most."""
    return abs(one.hryvnias - other.hryvnias) < (one.unit.step + other.unit.step) / 2


def _least(sums: Iterable[Sum]) -> Decimal:
    """Return the least that sums can be together, half a place below what each is rounded to."""
    return sum((one.hryvnias - one.unit.step / 2 for one in sums), Decimal(0))


def _most(sums: Iterable[Sum]) -> Decimal:
    return sum((one.hryvnias + one.unit.step / 2 for one in sums), Decimal(0))


def _total(sums: Iterable[Sum]) -> Sum:
    """Return the sum of sums of one form."""
    first, *rest = sums
    value = sum((one.value for one in rest), first.value)
    return replace(first, value=value)


RULES = (measures_differ, programme_exceeded)
