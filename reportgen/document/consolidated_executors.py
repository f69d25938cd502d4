"""Tables of money by executor, and the sum over them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from reportgen.compute.consolidated import Consolidated, Group
from reportgen.compute.money import Money
from reportgen.document.blocks import Role, Row, RowName, Table
from reportgen.document.consolidated_money import (
    NARROWEST,
    TOTAL,
    Addend,
    Amounts,
    in_report,
    money_headings,
)
from reportgen.document.origin import Known, Reference
from reportgen.document.plain_table import GENERAL, Figures, Heading, grid, header, words
from reportgen.model.council import Council
from reportgen.model.meaning import Meaning

_COUNT = 17.0  # mm
_NOBODY = "Виконавця не названо"
_TOGETHER = "Кілька виконавців разом"


def executor_table(
    council: Council, consolidated: Consolidated, width: float, groups: Sequence[Group], whose: str
) -> Table:
    """Return the table of money by executor, and the sum; ``whose`` heads the names."""
    money = money_headings(consolidated)
    rest = width - _COUNT - sum(one.width for one in money)
    headings = (
        Heading("executor", whose, max(NARROWEST, rest)),
        Heading("measures", "Заходів", _COUNT),
        *money,
    )
    body = _Executors(council, consolidated, groups).rows()
    return Table(whose, grid(headings), header(headings), body, "executors")


class _Executors:
    """The rows of a table by executor."""

    def __init__(
        self, council: Council, consolidated: Consolidated, groups: Sequence[Group]
    ) -> None:
        self._meanings = consolidated.meanings
        self._groups = groups
        self._reports = {one.slug: one for one in consolidated.counted}
        self._partial = {one.slug for one in consolidated.counted if one.is_partial}
        self._counts = Figures(council.numbers, 0)
        self._amounts = Amounts.of(council, consolidated, start=2)

    def rows(self) -> tuple[Row, ...]:
        rows = tuple(self._row(at, group) for at, group in enumerate(self._groups))
        return (*rows, self._total(rows))

    def _row(self, at: int, group: Group) -> Row:
        name = _called(group)
        number = Decimal(sum(one.measures for one in group.portions))
        portions = {one: [*self._portions(group, one)] for one in self._meanings}
        cells = (words(name, GENERAL), self._counts.amount(number, GENERAL))
        partial = any(one.slug in self._partial for one in group.portions)
        return Row((*cells, *self._amounts.sums(at, portions, partial=partial)), name=RowName(name))

    def _portions(self, group: Group, meaning: Meaning) -> Iterator[Addend]:
        for one in group.portions:
            money, report = one.money.get(meaning, Money()), self._reports[one.slug]
            whole = one.measures == len(report.measures)
            origin = in_report(report.place, money, whole=whole)
            yield Known(one.slug, money.value, origin), money.value

    def _total(self, rows: Sequence[Row]) -> Row:
        def below(column: int) -> list[Addend]:
            values = (row.cells[column].value for row in rows)
            return [(Reference(at, column), value) for at, value in enumerate(values)]

        sums = {one: below(self._amounts.column(one)) for one in self._meanings}
        cells = (words(TOTAL, GENERAL), self._counts.total(below(1)))
        last = self._amounts.sums(len(rows), sums, partial=bool(self._partial))
        return Row((*cells, *last), Role.TOTAL, RowName(label=TOTAL))


def _called(group: Group) -> str:
    if group.executors == 1:
        return group.name
    return _TOGETHER if group.executors else _NOBODY
