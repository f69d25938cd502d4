"""The columns of an entry sheet: what is known, what is entered, what was, what is computed."""

from __future__ import annotations

import enum
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from reportgen.document.lines import Filler
from reportgen.entry.funds import funds_of
from reportgen.entry.questions import STATUS, Asked, asked_of, given_columns, heading_of
from reportgen.model.form import Column, GivenBy, Kind, Line, TableSection
from reportgen.model.report import Report


class Role(enum.Enum):
    """What the cells of a column are; the value is a part of its key."""

    NUMBER = "number"  # of the row, as printed
    NAME = "name"
    KNOWN = "known"  # given by the programme
    ENTERED = "entered"
    EARLIER = "earlier"  # what the last period had
    SUM = "sum"  # of an amount's funds, in the same row
    COMPUTED = "computed"


#: The order on the sheet: what is known, short texts, figures, what follows from them, long texts.
_WIDTH = 12.5  # characters, of a figure's column
_KNOWN, _SHORT, _FIGURES, _COMPUTED, _STATE, _LONG = range(6)


@dataclass(frozen=True, slots=True)
class SheetColumn:
    """One column. ``key`` finds it again wherever a clerk moves it.

    ``column`` is the form's, ``None`` for what no form has: number, name and state. ``funds`` are
    those that a sum adds, ``fund`` that of an amount which is entered.
    """

    key: str
    role: Role
    heading: str
    width: float  # characters
    group: str = ""  # the outer heading
    column: Column | None = None
    asked: Asked = Asked.TEXT
    fund: str = ""
    funds: tuple[str, ...] = ()


def sheet_columns(
    table: TableSection, report: Report, earlier: Report | None
) -> tuple[SheetColumn, ...]:
    """Return the columns in which a table is entered, from left to right."""
    making = _Making(table, report, earlier)
    ranked = sorted(making.ranked(), key=lambda one: one[0])
    return (
        SheetColumn(Role.NUMBER.value, Role.NUMBER, "№", 7),
        SheetColumn(Role.NAME.value, Role.NAME, "Назва", 40),
        *(column for _, column in ranked),
    )


def operands(table: TableSection, columns: tuple[SheetColumn, ...]) -> dict[str, str]:
    """Return the key of the sheet's column for each figure that a formula may name.

    A figure that the sheet has no column for is not in it: there is nothing of the kind.
    """
    entered: dict[str, list[SheetColumn]] = {}
    keys: dict[str, str] = {}
    for one in columns:
        if one.column is None:
            continue
        if one.role is Role.ENTERED:
            entered.setdefault(one.column.id, []).append(one)
        elif one.role in (Role.KNOWN, Role.COMPUTED, Role.SUM):
            keys[one.column.id] = one.key
    keys |= {name: some[0].key for name, some in entered.items() if len(some) == 1}
    for column in table.fields:
        some = entered.get(column.share.column, []) if column.share else []
        funds = column.share.funds if column.share else ()
        shown = [one for one in some if not funds or one.fund in funds]
        if len(shown) == 1:
            keys.setdefault(column.id, shown[0].key)
        elif column.share and len(shown) == len(some) > 1:
            keys.setdefault(column.id, keys[column.share.column])
    return keys


class _Making:
    """The context in which a table's columns are made."""

    def __init__(self, table: TableSection, report: Report, earlier: Report | None) -> None:
        self._table = table
        self._report = report
        self._earlier = earlier
        self._filler = Filler(report, [])
        figures = [n for n, one in enumerate(table.fields) if one.kind.is_figure]
        self._first_figure = min(figures, default=len(table.fields))

    def ranked(self) -> Iterator[tuple[int, SheetColumn]]:
        """Yield each column with its rank, in the form's order."""
        given = given_columns(self._table)
        for position, column in enumerate(self._table.fields):
            if column.given is GivenBy.PROGRAMME and not column.hidden:
                yield _KNOWN, self._known(column)
            elif column in given and column.kind.is_figure:
                yield from ((_FIGURES, one) for one in self._amounts(column))
            elif column in given:
                is_long = column.kind is Kind.NARRATIVE or position > self._first_figure
                yield _LONG if is_long else _SHORT, self._text(column, is_long=is_long)
            elif column.formula:
                yield _COMPUTED, self._made(column, Role.COMPUTED, column.id)
        if self._table.rows:
            yield (
                _STATE,
                SheetColumn(STATUS, Role.ENTERED, "Стан (з переліку)", 15, asked=Asked.STATUS),
            )

    def _known(self, column: Column) -> SheetColumn:
        width = 12.0 if column.kind.is_figure or column.kind is Kind.YEARS else 24.0
        return self._made(column, Role.KNOWN, column.id, width)

    def _text(self, column: Column, *, is_long: bool) -> SheetColumn:
        width = 50.0 if is_long else 12.0
        return self._made(column, Role.ENTERED, column.id, width)

    def _amounts(self, column: Column) -> Iterator[SheetColumn]:
        """Yield the columns of an amount: one, or each fund's and their sum; then what it was."""
        funds = self._funds(column)
        for fund in funds:
            key = f"{column.id}@{fund}" if fund else column.id
            yield self._made(column, Role.ENTERED, key, fund=fund)
        if len(funds) > 1:
            yield from self._shares(column, funds)
            yield self._made(column, Role.SUM, f"sum:{column.id}", funds=funds)
        if self._earlier and column.id in _column_ids(self._earlier, self._table.id):
            group = self._headings(column)[0] if len(funds) > 1 else self._outer(column)
            heading = f"було за {self._earlier.period.period}"
            key = f"earlier:{column.id}"
            yield SheetColumn(key, Role.EARLIER, heading, 11, group, column)

    def _shares(self, base: Column, funds: tuple[str, ...]) -> Iterator[SheetColumn]:
        """Yield sums over some of an amount's funds, where the form shows those together."""
        for column in self._table.fields:
            if column.share and column.share.column == base.id:
                some = tuple(one for one in funds if one in column.share.funds)
                if 1 < len(some) < len(funds):
                    key, heading = f"sum:{column.id}", self._own(column)
                    group = self._headings(base)[0]
                    yield SheetColumn(key, Role.SUM, heading, _WIDTH, group, column, funds=some)

    def _funds(self, column: Column) -> tuple[str, ...]:
        if column.kind is not Kind.MONEY:
            return ("",)
        return funds_of(column, self._table, self._report, self._earlier)

    def _made(  # noqa: PLR0913 - each has a default
        self,
        column: Column,
        role: Role,
        key: str,
        width: float = _WIDTH,
        *,
        fund: str = "",
        funds: tuple[str, ...] = (),
    ) -> SheetColumn:
        group, heading = self._outer(column), self._own(column)
        if column.given is GivenBy.PERIOD and len(self._funds(column)) > 1:
            group, heading = self._headings(column)
        if role is Role.ENTERED and len(self._funds(column)) > 1:
            heading = self._fund_heading(column, fund)
        asked = asked_of(column) if column.kind is not Kind.PERCENT else Asked.NUMBER
        return SheetColumn(key, role, heading, width, group, column, asked, fund, funds)

    def _headings(self, column: Column) -> tuple[str, str]:
        """Return the headings over an amount by fund, and over their sum."""
        outer = self._outer(column)
        return (outer, self._own(column)) if outer else (self._own(column), "усього")

    def _outer(self, column: Column) -> str:
        return " – ".join(self._filled(one, column) for one in column.heading[:-1])

    def _own(self, column: Column) -> str:
        return heading_of(column, self._table, self._filler)

    def _fund_heading(self, column: Column, fund: str) -> str:
        """Return the heading of one fund's money: the form's own where it shows just that."""
        for one in self._table.columns:
            if one.share and one.share.column == column.id and one.share.funds == (fund,):
                return self._own(one)
        name = self._report.council.funds[fund].name if fund else "без джерела"
        return f"{self._own(column)}: {name}" if self._outer(column) else name

    def _filled(self, text: str, column: Column) -> str:
        return self._filler.text(Line("line", text, column.span))


def _column_ids(report: Report, table_id: str) -> frozenset[str]:
    tables: Mapping[str, TableSection] = {one.id: one for one in report.form.outlines}
    if table_id not in tables:
        return frozenset()
    return frozenset(one.id for one in given_columns(tables[table_id]))
