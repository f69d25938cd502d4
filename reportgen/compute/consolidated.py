"""Consolidated information: what the reports of one period come to together."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal

from reportgen.compute.evaluate import evaluate
from reportgen.compute.money import Contribution, Measure, Money, added, money_decimals
from reportgen.model.formula import parse_formula
from reportgen.model.meaning import Meaning
from reportgen.model.period import Period

#: The one percent of consolidated information, whatever each form takes its own from.
PERCENT = parse_formula("actual / annual_plan * 100")
PERCENT_PLACES = 1


def percent(money: Mapping[Meaning, Decimal | None]) -> Decimal | None:
    """Return the execution of the annual plan, to one place, half up; of no plan there is none."""
    return evaluate(
        PERCENT,
        {one.value: money.get(one) for one in (Meaning.ANNUAL_PLAN, Meaning.ACTUAL)},
        PERCENT_PLACES,
    )


@dataclass(frozen=True, slots=True)
class Portion:
    """What one programme adds to a group, and in how many measures."""

    slug: str
    measures: int
    money: Mapping[Meaning, Money]


@dataclass(frozen=True, slots=True)
class Group:
    """The money of one executor, of several of them together, or of nobody who is named."""

    executors: int  # none, one or several; several stand for all measures that are carried out so
    name: str  # of the one
    portions: tuple[Portion, ...]


@dataclass(frozen=True, slots=True)
class Consolidated:
    """The reports of one period in the order of their slugs, and their sums.

    In a package they have the ``numbers`` of its annexes, by slug, and the order of these.

    ``meanings`` are those that some report has, the annual plan and the actual money always;
    ``funds`` those that some amount names, in the order of the register. Programmes without a
    report are ``missing``, those whose report has errors are ``faulty``, both by name.
    """

    period: Period
    reports: tuple[Contribution, ...]
    missing: tuple[str, ...]
    faulty: tuple[str, ...]
    meanings: tuple[Meaning, ...]
    funds: tuple[str, ...]
    decimals: int
    numbers: Mapping[str, int] = field(default_factory=dict)

    @property
    def counted(self) -> tuple[Contribution, ...]:
        """The reports that enter the sums."""
        return tuple(one for one in self.reports if one.lacking is None)

    def total(self, meaning: Meaning) -> Money:
        """Return the sum over all reports."""
        return added(one.money.get(meaning, Money()) for one in self.counted)


def consolidate(
    period: Period,
    reports: Iterable[Contribution],
    *,
    missing: Iterable[str] = (),
    faulty: Iterable[str] = (),
    funds: Iterable[str] = (),
) -> Consolidated:
    """Put the reports of a period together; ``funds`` is the order of the council's register."""
    ordered = tuple(sorted(reports, key=lambda one: one.slug))
    amounts = [money for one in ordered for money in one.money.values()]
    named = {fund for money in amounts for fund in money.funds if fund}
    always = {Meaning.ANNUAL_PLAN, Meaning.ACTUAL}
    had = always.union(
        meaning
        for one in ordered
        for meaning, money in one.money.items()
        if money.value is not None
    )
    register = tuple(funds)
    return Consolidated(
        period=period,
        reports=ordered,
        missing=tuple(sorted(missing)),
        faulty=tuple(sorted(faulty)),
        meanings=tuple(one for one in Meaning if one in had),
        funds=(*(one for one in register if one in named), *sorted(named.difference(register))),
        decimals=money_decimals(ordered),
    )


def annexed(consolidated: Consolidated, numbers: Mapping[str, int], decimals: int) -> Consolidated:
    """Return it as a package has it: with the annexes' order and numbers, printed as all of it is.

    A package of one annex, which has no number, gives none.
    """
    reports = sorted(consolidated.reports, key=lambda one: numbers.get(one.slug, 0))
    return replace(consolidated, reports=tuple(reports), numbers=numbers, decimals=decimals)


def by_responsible(consolidated: Consolidated) -> tuple[Group, ...]:
    """Return the money of the programmes that each responsible executor answers for."""
    groups: dict[str, list[Portion]] = {}
    for one in consolidated.counted:
        portion = Portion(one.slug, len(one.measures), one.money)
        groups.setdefault(one.executor, []).append(portion)
    return _ordered(Group(int(bool(name)), name, tuple(each)) for name, each in groups.items())


def by_measure_executor(consolidated: Consolidated) -> tuple[Group, ...]:
    """Return the money of the measures that each executor carries out alone.

    What several carry out is nobody's in particular: content does not say how it is shared, so
    all such measures make one group. So do those that name nobody.
    """
    groups: dict[tuple[int, str], list[Portion]] = {}
    for one in consolidated.counted:
        parted: dict[tuple[int, str], list[Measure]] = {}
        for measure in one.measures:
            number = min(len(measure.executors), 2)
            name = measure.executors[0] if number == 1 else ""
            parted.setdefault((number, name), []).append(measure)
        for key, measures in parted.items():
            money = {
                meaning: added(measure.money[meaning] for measure in measures)
                for meaning in one.money
            }
            groups.setdefault(key, []).append(Portion(one.slug, len(measures), money))
    return _ordered(Group(*key, tuple(each)) for key, each in groups.items())


def _ordered(groups: Iterable[Group]) -> tuple[Group, ...]:
    """Return groups by name; several together and nobody come last."""
    return tuple(sorted(groups, key=lambda one: (one.executors != 1, -one.executors, one.name)))
