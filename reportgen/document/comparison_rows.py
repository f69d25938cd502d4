"""The rows of a comparison: measures under their programmes, sums below them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from reportgen.compute.comparison import (
    COMPARED,
    DIFFERENCE,
    PERCENT,
    PERCENT_PLACES,
    Change,
    ComparedProgramme,
    ComparedRow,
    Comparison,
    Gap,
)
from reportgen.compute.evaluate import evaluate
from reportgen.diagnostics import Span
from reportgen.document.blocks import Cell, Role, Row, RowName
from reportgen.document.origin import Reference
from reportgen.document.plain_table import GENERAL, Figures, words
from reportgen.model.council import Council
from reportgen.model.form import Align
from reportgen.model.meaning import Meaning

GAPS: Mapping[Gap, str] = {
    Gap.NEW: "раніше такого заходу не було",
    Gap.GONE: "тепер такого заходу немає",
    Gap.NO_REPORT: "раніше звіту не було",
    Gap.UNREADABLE: "у ранішому звіті помилки",
    Gap.NO_MONEY: "форма звіту не має таких сум",
}

TOTAL = "Усього за програмами, які порівняно"

_WIDTH = 4  # columns of each meaning: was, is, difference, percent


@dataclass(frozen=True, slots=True)
class _Entry:
    """A row: a programme's name, one of its measures, its sums, or the sums of all."""

    role: Role
    programme: ComparedProgramme | None = None
    measure: ComparedRow | None = None


class ComparisonRows:
    """The rows of one comparison; those of a programme stand under its name."""

    def __init__(self, council: Council, comparison: Comparison) -> None:
        self._comparison = comparison
        self._figures = Figures(council.numbers, comparison.decimals)
        self._entries = tuple(_laid_out(comparison))
        self._added = _added(self._entries)

    def rows(self) -> tuple[Row, ...]:
        """Return the rows, from top to bottom."""
        return tuple(self._row(at, entry) for at, entry in enumerate(self._entries))

    def _row(self, at: int, entry: _Entry) -> Row:
        programme, measure = entry.programme, entry.measure
        if programme is None:
            return self._sums(
                at, entry, TOTAL, {one: self._comparison.total(one) for one in COMPARED}
            )
        name, place = programme.now.name, programme.now.place
        if entry.role is Role.BAND:
            across = words(name, place, 3 + _WIDTH * len(COMPARED), Align.CENTRE)
            return Row((across,), Role.BAND, RowName(programme.now.slug))
        if entry.role is Role.TOTAL:
            return self._sums(at, entry, "Усього за програмою", programme.changes)
        key, text = (measure.key, measure.text) if measure else ("", name)
        changes = measure.changes if measure else programme.changes
        gap = measure.gap if measure else programme.gap
        cells = (
            words(key, place),
            words(text, place),
            *self._changes(at, entry, changes),
            words(GAPS[gap] if gap else "", place),
        )
        return Row(
            cells, name=RowName(f"{programme.now.slug}/{key}" if key else programme.now.slug)
        )

    def _sums(self, at: int, entry: _Entry, label: str, changes: Mapping[Meaning, Change]) -> Row:
        cells = (
            words(label, GENERAL, columns=2),
            *self._changes(at, entry, changes),
            words("", GENERAL),
        )
        key = entry.programme.now.slug if entry.programme else ""
        return Row(cells, Role.TOTAL, RowName(key, label))

    def _changes(self, at: int, entry: _Entry, changes: Mapping[Meaning, Change]) -> Iterator[Cell]:
        figures = self._figures
        for index, meaning in enumerate(COMPARED):
            column, change = 2 + _WIDTH * index, changes[meaning]
            yield self._amount(entry, column, change.was, "was")
            yield self._amount(entry, column + 1, change.now, "now")
            inputs = {"was": Reference(at, column), "now": Reference(at, column + 1)}
            values = {"was": change.was, "now": change.now}
            difference = evaluate(DIFFERENCE, values, figures.decimals)
            yield figures.computed(DIFFERENCE, inputs, difference)
            yield figures.computed(PERCENT, inputs, change.percent, PERCENT_PLACES)

    def _amount(self, entry: _Entry, column: int, value: Decimal | None, side: str) -> Cell:
        if entry.role is not Role.TOTAL:
            return self._figures.amount(value, _place(entry.programme, side))
        rows = self._added.get(entry.programme.now.slug if entry.programme else "", [])
        if entry.programme is None:  # what only one of the periods has is not held against nothing
            rows = [
                row
                for row in rows
                if self._change(self._entries[row], column).difference is not None
            ]
        return self._figures.total(
            [(Reference(row, column), self._value(self._entries[row], column)) for row in rows]
        )

    def _value(self, entry: _Entry, column: int) -> Decimal | None:
        """Return the amount in a column of a row that is added."""
        change = self._change(entry, column)
        return change.now if (column - 2) % _WIDTH else change.was

    def _change(self, entry: _Entry, column: int) -> Change:
        """Return what a column of a row that is added belongs to."""
        source = entry.measure or entry.programme
        meaning = COMPARED[(column - 2) // _WIDTH]
        return source.changes[meaning] if source else Change(None, None)


def _laid_out(comparison: Comparison) -> Iterator[_Entry]:
    for one in comparison.programmes:
        if one.gap is not None:
            yield _Entry(Role.BODY, one)
            continue
        yield _Entry(Role.BAND, one)
        yield from (_Entry(Role.BODY, one, row) for row in one.rows)
        yield _Entry(Role.TOTAL, one)
    yield _Entry(Role.TOTAL)


def _added(entries: Sequence[_Entry]) -> dict[str, list[int]]:
    """Return the rows that each total adds: a programme's its measures, "" the programmes' own."""
    added: dict[str, list[int]] = {"": []}
    for row, one in enumerate(entries):
        if one.programme and one.measure:
            added.setdefault(one.programme.now.slug, []).append(row)
        elif one.programme and one.role is Role.TOTAL:
            added[""].append(row)
    return added


def _place(programme: ComparedProgramme | None, side: str) -> Span:
    report = (programme.was if side == "was" else programme.now) if programme else None
    return report.place if report else GENERAL
