"""One period held against another: what was, what is, by programme and by measure."""

from __future__ import annotations

import enum
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from reportgen.compute.evaluate import evaluate
from reportgen.compute.money import Contribution, Measure, money_decimals
from reportgen.model.formula import parse_formula
from reportgen.model.meaning import Meaning
from reportgen.model.period import Part, Period

#: What is compared: what was to be spent in the year, and what was spent.
COMPARED = (Meaning.ANNUAL_PLAN, Meaning.ACTUAL)

_PARTS = tuple(Part)  # in the order of the year

#: How a change is reckoned, here and in the cells of a sheet.
DIFFERENCE = parse_formula("now - was")
PERCENT = parse_formula("now / was * 100")
PERCENT_PLACES = 1


class Gap(enum.Enum):
    """Why there is nothing to compare."""

    NEW = "new"  # the measure is not in the earlier report
    GONE = "gone"  # it is not in the later one any more
    NO_REPORT = "no-report"  # the programme has no earlier report
    UNREADABLE = "unreadable"  # it has one, with errors
    NO_MONEY = "no-money"  # one of the two reports has no money that could be added up


@dataclass(frozen=True, slots=True)
class Change:
    """An amount in both periods, thousands of hryvnias; ``None`` where there is none."""

    was: Decimal | None
    now: Decimal | None

    @property
    def difference(self) -> Decimal | None:
        """How much more it is."""
        return None if self.was is None or self.now is None else self.now - self.was

    @property
    def percent(self) -> Decimal | None:
        """What it is in percent of what it was, to one place, half up; of nought there is none."""
        return evaluate(PERCENT, {"was": self.was, "now": self.now}, PERCENT_PLACES)


@dataclass(frozen=True, slots=True)
class ComparedRow:
    """A measure in both periods; ``gap`` says why one side is missing."""

    key: str
    text: str
    changes: Mapping[Meaning, Change]
    gap: Gap | None


@dataclass(frozen=True, slots=True)
class ComparedProgramme:
    """A programme in both periods: its sums and its measures; none if there is a ``gap``."""

    now: Contribution
    was: Contribution | None
    changes: Mapping[Meaning, Change]
    rows: tuple[ComparedRow, ...]
    gap: Gap | None


@dataclass(frozen=True, slots=True)
class Comparison:
    """The programmes that report for a period, held against an earlier ``base``."""

    period: Period
    base: Period
    programmes: tuple[ComparedProgramme, ...]
    decimals: int

    @property
    def compared(self) -> tuple[ComparedProgramme, ...]:
        """The programmes that have money in both periods: those that can be added up."""
        return tuple(one for one in self.programmes if one.gap is None)

    @property
    def reports(self) -> Iterator[Contribution]:
        """The reports of both periods."""
        for one in self.programmes:
            yield from (one.now, one.was) if one.was else (one.now,)

    def total(self, meaning: Meaning) -> Change:
        """Return the sums over the programmes that have such an amount in both periods."""
        changes = [
            one.changes[meaning]
            for one in self.compared
            if one.changes[meaning].difference is not None
        ]
        return Change(_sum(one.was for one in changes), _sum(one.now for one in changes))


def usual_bases(period: Period) -> tuple[Period, ...]:
    """Return what a period is held against: the one before it in its year, and a year before."""
    place = _PARTS.index(period.part)
    before = (Period(period.year, _PARTS[place - 1]),) if place else ()
    return (*before, Period(period.year - 1, period.part))


def compare(
    period: Period,
    base: Period,
    now: Iterable[Contribution],
    before: Iterable[Contribution],
    unreadable: Iterable[str] = (),
) -> Comparison:
    """Hold reports against earlier ones of the same programmes.

    ``unreadable`` are the slugs of those whose earlier report has errors.
    """
    earlier = {one.slug: one for one in before}
    lost = frozenset(unreadable)
    programmes = tuple(
        _programme(one, earlier.get(one.slug), is_lost=one.slug in lost)
        for one in sorted(now, key=lambda one: one.slug)
    )
    both = [one for each in programmes for one in (each.now, earlier.get(each.now.slug)) if one]
    return Comparison(period, base, programmes, money_decimals(both))


def _programme(now: Contribution, was: Contribution | None, *, is_lost: bool) -> ComparedProgramme:
    gap: Gap | None = None
    if now.lacking:
        gap = Gap.NO_MONEY
    elif was is None:
        gap = Gap.UNREADABLE if is_lost else Gap.NO_REPORT
    elif was.lacking:
        gap = Gap.NO_MONEY
    rows = tuple(_rows(now, was)) if was and gap is None else ()
    changes = {
        meaning: Change(_whole(was, meaning) if gap is None else None, _whole(now, meaning))
        for meaning in COMPARED
    }
    return ComparedProgramme(now, was, changes, rows, gap)


def _whole(one: Contribution | None, meaning: Meaning) -> Decimal | None:
    money = one.money.get(meaning) if one else None
    return money.value if money else None


def _rows(now: Contribution, was: Contribution) -> Iterator[ComparedRow]:
    """Yield the measures of the later report, then those that only the earlier one has."""
    earlier = {one.key: one for one in was.measures}
    later = {one.key for one in now.measures}
    for one in now.measures:
        yield _row(one, earlier.get(one.key), one)
    for one in was.measures:
        if one.key not in later:
            yield _row(one, one, None)


def _row(named: Measure, was: Measure | None, now: Measure | None) -> ComparedRow:
    gap = Gap.NEW if was is None else Gap.GONE if now is None else None
    changes = {
        meaning: Change(_amount(was, meaning), _amount(now, meaning)) for meaning in COMPARED
    }
    return ComparedRow(named.key, named.text, changes, gap)


def _amount(one: Measure | None, meaning: Meaning) -> Decimal | None:
    money = one.money.get(meaning) if one else None
    return money.value if money else None


def _sum(values: Iterable[Decimal | None]) -> Decimal | None:
    given = [one for one in values if one is not None]
    return sum(given, Decimal(0)) if given else None
