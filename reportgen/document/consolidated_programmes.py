"""The table of all programmes with their funds, and the sums over them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from reportgen.compute.consolidated import Consolidated
from reportgen.compute.money import Contribution, Money
from reportgen.document.blocks import Cell, Role, Row, RowName, Table
from reportgen.document.consolidated_money import (
    NARROWEST,
    TOTAL,
    Addend,
    Amounts,
    in_report,
    money_headings,
    number_heading,
    number_of,
)
from reportgen.document.origin import Origin, Reference
from reportgen.document.plain_table import GENERAL, Heading, grid, header, words
from reportgen.model.council import Council
from reportgen.model.form import Align
from reportgen.model.meaning import Meaning

_EXECUTOR = 46.0  # mm
_PART = "у тому числі: "
_UNNAMED = "джерела фінансування не названо"


def programme_table(council: Council, consolidated: Consolidated, width: float) -> Table:
    """Return the table of all programmes with their funds, and the sums; ``width`` is in mm."""
    money = money_headings(consolidated)
    number = number_heading(consolidated)
    rest = width - number.width - _EXECUTOR - sum(one.width for one in money)
    headings = (
        number,
        Heading("programme", "Програма", max(NARROWEST, rest)),
        Heading("executor", "Відповідальний виконавець", _EXECUTOR),
        *money,
    )
    body = tuple(_Programmes(council, consolidated).rows())
    return Table("Програми", grid(headings), header(headings), body, "programmes")


def named_programmes(table: Table) -> list[tuple[int, str]]:
    """Return the rows of programmes in the table of them, each with its number and name."""
    rows = enumerate(table.body)
    return [
        (at, f"{one.cells[0].text}. {one.cells[1].text}")
        for at, one in rows
        if one.role is Role.BODY
    ]


def named_funds(table: Table) -> list[tuple[int, str]]:
    """Return the rows of sums by fund in the table of programmes, each with the fund's name.

    Without those that hold no figure: so much of no fund is nothing that is missing.
    """
    return [
        (at, one.name.label.removeprefix(_PART))
        for at, one in enumerate(table.body)
        if one.role is Role.TOTAL
        and one.name.label.startswith(_PART)
        and any(cell.value is not None for cell in one.cells)
    ]


@dataclass(frozen=True, slots=True)
class _Entry:
    """A row above the totals: a programme (``fund`` is ``None``), or the part of one fund."""

    report: Contribution
    fund: str | None

    def amount(self, meaning: Meaning) -> Decimal | None:
        """Return what it shows."""
        return self._money(meaning).of(self.fund)

    def origin(self, meaning: Meaning) -> Origin:
        """Return where that comes from."""
        return in_report(self.report.place, self._money(meaning), self.fund)

    def _money(self, meaning: Meaning) -> Money:
        return self.report.money.get(meaning, Money())


class _Programmes:
    """The rows of the table of programmes."""

    def __init__(self, council: Council, consolidated: Consolidated) -> None:
        self._consolidated = consolidated
        self._names = {"": _UNNAMED, **{one.id: one.name for one in council.funds.values()}}
        self._funds = (*consolidated.funds, "")
        self._entries = tuple(self._laid_out())
        self._amounts = Amounts.of(council, consolidated, start=3)

    def rows(self) -> Iterator[Row]:
        number = 0
        for at, entry in enumerate(self._entries):
            number += entry.fund is None
            label = number_of(self._consolidated, entry.report, number)
            yield self._row(at, entry, label if entry.fund is None else "")
        at = len(self._entries)
        yield self._sum(at, TOTAL, [row for row, one in self._counted() if one.fund is None])
        for fund in self._funds if self._consolidated.funds else ():
            rows = [row for row, one in self._counted() if self._is_of(row, one, fund)]
            if rows:
                at += 1
                yield self._sum(at, f"{_PART}{self._name(fund)}", rows)

    def _laid_out(self) -> Iterator[_Entry]:
        for one in self._consolidated.reports:
            yield _Entry(one, None)
            held = {fund for money in one.money.values() for fund in money.funds}
            if held - {""}:
                yield from (_Entry(one, fund) for fund in self._funds if fund in held)

    def _counted(self) -> Iterator[tuple[int, _Entry]]:
        entries = enumerate(self._entries)
        return ((row, one) for row, one in entries if one.report.lacking is None)

    def _parts(self, row: int) -> range:
        """Return the rows of a programme's funds."""
        stop = row + 1
        while stop < len(self._entries) and self._entries[stop].fund is not None:
            stop += 1
        return range(row + 1, stop)

    def _is_of(self, row: int, entry: _Entry, fund: str) -> bool:
        """Tell whether a row enters a fund's sum; one that names no fund is a part of none."""
        unnamed = not fund and entry.fund is None and not self._parts(row)
        return unnamed or entry.fund == fund

    def _name(self, fund: str) -> str:
        return self._names.get(fund, fund)

    def _row(self, at: int, entry: _Entry, number: str) -> Row:
        report, place = entry.report, entry.report.place
        is_part = entry.fund is not None
        label = self._name(entry.fund or "") if is_part else ""
        cells = {one: self._cell(at, entry, one) for one in self._consolidated.meanings}
        return Row(
            (
                words(number, place, align=Align.CENTRE),
                words(label or report.name, place),
                words("" if is_part else report.executor, place),
                *self._amounts.cells(at, cells),
            ),
            Role.PART if is_part else Role.BODY,
            RowName(report.slug, label),
        )

    def _cell(self, at: int, entry: _Entry, meaning: Meaning) -> Cell:
        figures, value = self._amounts.figures, entry.amount(meaning)
        parts = self._parts(at) if entry.fund is None else ()
        if parts and value is not None:
            return figures.total(self._addends(parts, meaning))
        return figures.amount(value, entry.origin(meaning))

    def _addends(self, rows: Iterable[int], meaning: Meaning) -> list[Addend]:
        column = self._amounts.column(meaning)
        return [(Reference(row, column), self._entries[row].amount(meaning)) for row in rows]

    def _sum(self, at: int, label: str, rows: Sequence[int]) -> Row:
        addends = {one: self._addends(rows, one) for one in self._consolidated.meanings}
        partial = any(self._entries[row].report.is_partial for row in rows)
        name = words(label, GENERAL, columns=3)
        cells = self._amounts.sums(at, addends, partial=partial)
        return Row((name, *cells), Role.TOTAL, RowName(label=label))
