"""What a report says of money: its counting rows with their amounts, by what these mean.

A column's meaning is its id, or what the form says it ``means``. A form of other columns is told
of, never guessed at.
"""

from __future__ import annotations

import enum
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import NamedTuple

from reportgen.compute.figures import Figures, Line
from reportgen.diagnostics import Span
from reportgen.model.form import Column, Kind, TableSection
from reportgen.model.meaning import Meaning, meaning_of
from reportgen.model.period import Period
from reportgen.model.programme import Amount, Executors
from reportgen.model.report import Report

#: Thousands of hryvnias are what reports of programmes are added up in: powers of ten to them.
_UNITS = {
    **dict.fromkeys(("грн", "гривень"), -3),
    **dict.fromkeys(("тис. грн", "тис. гривень"), 0),
    **dict.fromkeys(("млн грн", "млн гривень"), 3),
}


class Lacking(enum.Enum):
    """Why a report adds nothing to sums of money."""

    NO_MONEY = "no-money"  # its form has no column of money
    OTHER_COLUMNS = "other-columns"  # it has some, and none of the known ids
    OTHER_UNIT = "other-unit"  # its unit is no unit of hryvnias that is known


class Piece(NamedTuple):
    """What one place of a report's file gives of a fund, in the report's own unit."""

    place: Span
    value: Decimal
    fund: str


@dataclass(frozen=True, slots=True)
class Money:
    """An amount in thousands of hryvnias, exact, and its parts by fund id; they add up to it.

    The fund "" holds what no fund is named of. Without a value there is no amount at all. The
    ``pieces`` tell where the parts are typed; times ten to the ``power`` they add up to them.
    """

    value: Decimal | None = None
    funds: Mapping[str, Decimal] = field(default_factory=dict)
    pieces: tuple[Piece, ...] = field(default=(), compare=False)
    power: int = field(default=0, compare=False)

    def of(self, fund: str | None) -> Decimal | None:
        """Return the part of a fund, or with ``None`` the whole."""
        return self.value if fund is None else self.funds.get(fund)


@dataclass(frozen=True, slots=True)
class Measure:
    """A counting row of a report: how content calls it, and its amounts."""

    key: str
    text: str
    executors: tuple[str, ...]  # official names
    money: Mapping[Meaning, Money]


@dataclass(frozen=True, slots=True)
class Contribution:
    """What one report adds to sums over reports; nothing if it is ``lacking`` something.

    ``decimals`` are the places that the amounts of its form have, in thousands of hryvnias;
    those of a form in hryvnias are more than a reader of thousands wants.
    """

    slug: str
    name: str
    executor: str  # the responsible one's official name, "" if content gives none
    period: Period
    place: Span  # of its period's file
    decimals: int = 0
    measures: tuple[Measure, ...] = ()
    money: Mapping[Meaning, Money] = field(default_factory=dict)
    lacking: Lacking | None = None
    said: tuple[str, ...] = ()  # its columns of money, or its unit, where that is why
    in_hryvnias: bool = False  # its form, whose places are not for thousands

    @property
    def is_partial(self) -> bool:
        """Whether it has the annual plan without what was spent, or the other way round.

        Sums with it are right, but a percent of them would hold unlike against unlike.
        """
        return (Meaning.ANNUAL_PLAN in self.money) != (Meaning.ACTUAL in self.money)


def contribution(report: Report, figures: Mapping[str, Figures]) -> Contribution:
    """Return what a report without errors adds to sums.

    Of a form that has known columns in several tables, the first of these counts: the others
    show the same money another way.
    """
    programme, form = report.programme, report.form
    empty = Contribution(
        slug=programme.slug,
        name=programme.name,
        executor=programme.executor.name if programme.executor else "",
        period=report.period.period,
        place=report.period.span,
    )
    year = report.period.period.year
    typed = {table.id: _typed(table, year) for table in form.outlines}
    table = next((one for one in form.outlines if _known(typed[one.id])), None)
    if table is None:
        ids = tuple(column.id for columns in typed.values() for column in columns)
        lacking = Lacking.OTHER_COLUMNS if ids else Lacking.NO_MONEY
        return replace(empty, lacking=lacking, said=ids)
    power = _UNITS.get(" ".join(form.unit.replace("тис.", "тис. ").split()))
    if power is None:
        return replace(empty, lacking=Lacking.OTHER_UNIT, said=(form.unit,))
    columns = _known(typed[table.id])
    lines = [one for one in figures[table.id].lines if _counts(one, table)]
    measures = tuple(_measure(line, columns, power) for line in lines)
    return replace(
        empty,
        decimals=max(column.decimals for column in columns.values()) + max(0, -power),
        in_hryvnias=power < 0,
        measures=measures,
        money={meaning: added(one.money[meaning] for one in measures) for meaning in columns},
    )


def money_decimals(reports: Iterable[Contribution]) -> int:
    """Return the places that thousands of several reports are printed with, all alike.

    As many as the most exact form in thousands has; without any, one. Amounts in hryvnias are
    rounded to them.
    """
    counted = (one for one in reports if one.lacking is None and not one.in_hryvnias)
    return max((one.decimals for one in counted), default=1)


def added(amounts: Iterable[Money]) -> Money:
    """Return the sum; of nothing but missing amounts there is none.

    Of several reports, whose units may differ, the pieces say nothing.
    """
    given = [one for one in amounts if one.value is not None]
    if not given:
        return Money()
    funds: dict[str, Decimal] = {}
    for one in given:
        for fund, part in one.funds.items():
            funds[fund] = funds.get(fund, Decimal(0)) + part
    return Money(
        value=sum((one.value for one in given if one.value is not None), Decimal(0)),
        funds=funds,
        pieces=tuple(piece for one in given for piece in one.pieces),
        power=given[0].power,
    )


def _typed(table: TableSection, year: int) -> list[Column]:
    """Return the columns that money is typed under; of the yearly ones, the year's."""
    money = (one for one in table.fields if one.kind is Kind.MONEY and one.given)
    return [one for one in money if one.year in (None, year)]


def _known(columns: Iterable[Column]) -> dict[Meaning, Column]:
    """Return the columns that mean something, in the order of the meanings."""
    by_meaning = {meaning_of(one.id, one.means): one for one in columns}
    return {meaning: by_meaning[meaning] for meaning in Meaning if meaning in by_meaning}


def _counts(line: Line, table: TableSection) -> bool:
    """Tell whether a line's amounts enter sums; of those by source, the first stands for all."""
    return line.level.counts and (line.split is None or line.split is table.splits[0])


def _measure(line: Line, columns: Mapping[Meaning, Column], power: int) -> Measure:
    bodies = [one.bodies for one in line.values.values() if isinstance(one, Executors)]
    return Measure(
        key=line.name,
        text=line.item.text,
        executors=tuple(dict.fromkeys(one.name for each in bodies for one in each)),
        money={
            meaning: _money(line.values.get(column.id), power)
            for meaning, column in columns.items()
        },
    )


def _money(value: object, power: int) -> Money:
    if not isinstance(value, Amount):
        return Money()
    whole = value.value.scaleb(power)
    funds = {fund: part.scaleb(power) for fund, part in value.funds.items()}
    rest = whole - sum(funds.values(), Decimal(0))
    pieces = [
        Piece(value.places.get(fund, value.span), part, fund) for fund, part in value.funds.items()
    ]
    if rest or not funds:
        funds[""] = rest
        unnamed = value.value - sum(value.funds.values(), Decimal(0))
        pieces.append(Piece(value.span, unnamed, ""))
    return Money(whole, funds, tuple(pieces), power)
