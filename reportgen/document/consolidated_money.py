"""What the tables of consolidated information share: columns of money, and the cells in them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TypeAlias

from reportgen.compute.consolidated import PERCENT, PERCENT_PLACES, Consolidated, percent
from reportgen.compute.money import Contribution, Money
from reportgen.compute.rounding import round_half_up
from reportgen.diagnostics import Span
from reportgen.document.blocks import Cell
from reportgen.document.origin import Elsewhere, Input, Origin, Reference
from reportgen.document.plain_table import GENERAL, NOTHING, Figures, Heading, words
from reportgen.model.council import Council
from reportgen.model.form import Align
from reportgen.model.meaning import Meaning

HEADINGS: Mapping[Meaning, str] = {
    Meaning.PROGRAMME_PLAN: "За програмою",
    Meaning.ANNUAL_PLAN: "Річний обсяг",
    Meaning.AMENDED_PLAN: "Річний обсяг зі змінами",
    Meaning.ACTUAL: "Фактично профінансовано",
}
PERCENT_HEADING = "Відсоток виконання"

#: The label of the sum over everything.
TOTAL = "Усього"

#: The least width of the column that takes what others leave, mm.
NARROWEST = 40.0

_MONEY = "Обсяг фінансування, тис. грн"
_AMOUNT, _PERCENT = 24.0, 19.0  # mm
_NUMBER, _ANNEX_NUMBER = 10.5, 19.0  # mm

_PLACES: Mapping[int, str] = {
    0: "без знаків після коми",
    1: "з одним знаком після коми",
    2: "із двома знаками після коми",
    3: "із трьома знаками після коми",
}

#: A figure and where it stands.
Addend: TypeAlias = tuple[Input, Decimal | None]


def number_heading(consolidated: Consolidated) -> Heading:
    """Return the column of numbers: those of the annexes in a package, else of the lines."""
    if consolidated.numbers:
        return Heading("number", "№ додатка", _ANNEX_NUMBER)
    return Heading("number", "№ з/п", _NUMBER)


def number_of(consolidated: Consolidated, report: Contribution, line: int) -> str:
    """Return what numbers a programme, the ``line``-th from 1."""
    return str(consolidated.numbers.get(report.slug, line))


def money_headings(consolidated: Consolidated) -> tuple[Heading, ...]:
    """Return the columns that every table ends with."""
    amounts = (Heading(one.value, HEADINGS[one], _AMOUNT, _MONEY) for one in consolidated.meanings)
    return (*amounts, Heading("percent", f"{PERCENT_HEADING}, %", _PERCENT))


def precision_note(decimals: int, reports: Iterable[Contribution]) -> str:
    """Return how thousands are printed, and what that does to more exact amounts."""
    said = f"Суми подано в тис. грн {_PLACES.get(decimals, f'з {decimals} знаками після коми')}"
    measures = (measure for one in reports for measure in one.measures)
    amounts = (money for measure in measures for money in measure.money.values())
    values = (part for one in amounts for part in (one.value, *one.funds.values()) if part)
    if all(round_half_up(one, decimals) == one for one in values):
        return f"{said}."
    return (
        f"{said}. Точніші суми для друку заокруглено, а підсумки обчислено від точних, тож "
        "підсумок може відрізнятися від суми надрукованих доданків."
    )


def in_report(place: Span, money: Money, fund: str | None = None, *, whole: bool = True) -> Origin:
    """Return where money of a report comes from: from amounts that its own document shows.

    It is that of the ``whole`` report, or of some of its measures.
    """
    pieces = (one for one in money.pieces if fund is None or one.fund == fund)
    amounts = tuple((one.place, one.value) for one in pieces)
    return Elsewhere(place, amounts, money.power, fund or "", whole) if amounts else place


@dataclass(frozen=True, slots=True)
class Amounts:
    """The last cells of a row: an amount of each meaning, and the percent made of two of them."""

    meanings: tuple[Meaning, ...]
    figures: Figures
    start: int  # grid column of the first

    @classmethod
    def of(cls, council: Council, consolidated: Consolidated, start: int) -> Amounts:
        """Return those of a table whose first amounts stand in the column ``start``."""
        figures = Figures(council.numbers, consolidated.decimals)
        return cls(consolidated.meanings, figures, start)

    def column(self, meaning: Meaning) -> int:
        """Return the grid column of a meaning."""
        return self.start + self.meanings.index(meaning)

    def cells(
        self, row: int, amounts: Mapping[Meaning, Cell], *, partial: bool = False
    ) -> tuple[Cell, ...]:
        """Return the cells of a row of the table's body, from 0.

        Without a percent where the amounts are of unlike programmes.
        """
        shown = tuple(amounts[one] for one in self.meanings)
        if partial:
            return (*shown, words(NOTHING, GENERAL, align=Align.RIGHT))
        used = (Meaning.ANNUAL_PLAN, Meaning.ACTUAL)
        inputs = {one.value: Reference(row, self.column(one)) for one in used}
        value = percent({one: amounts[one].value for one in used})
        last = self.figures.computed(PERCENT, inputs, value, PERCENT_PLACES)
        return (*shown, last)

    def sums(
        self, row: int, addends: Mapping[Meaning, Sequence[Addend]], *, partial: bool
    ) -> tuple[Cell, ...]:
        """Return the cells of a row of sums."""
        added = {one: self.figures.total(addends[one]) for one in self.meanings}
        return self.cells(row, added, partial=partial)
