"""The table of programmes that a note to a decision holds: narrow enough for a portrait page."""

from __future__ import annotations

from dataclasses import replace

from reportgen.compute.consolidated import Consolidated
from reportgen.compute.money import Contribution, Money
from reportgen.document.blocks import Role, Row, RowName, Table
from reportgen.document.consolidated_money import (
    TOTAL,
    Addend,
    Amounts,
    money_headings,
    number_heading,
    number_of,
)
from reportgen.document.origin import Reference
from reportgen.document.plain_table import GENERAL, Heading, grid, header, words
from reportgen.model.council import Council
from reportgen.model.form import Align
from reportgen.model.meaning import Meaning

_MEANINGS = (Meaning.ANNUAL_PLAN, Meaning.ACTUAL)


def brief_table(council: Council, consolidated: Consolidated, width: float) -> Table:
    """Return programmes with plan, actual and percent, and their sum; ``width`` is in mm."""
    brief = replace(consolidated, meanings=_MEANINGS)
    money = money_headings(brief)
    number = number_heading(consolidated)
    rest = width - number.width - sum(one.width for one in money)
    headings = (number, Heading("programme", "Програма", rest), *money)
    amounts = Amounts.of(council, brief, start=2)
    body = [
        _row(at, number_of(brief, one, at + 1), one, amounts)
        for at, one in enumerate(brief.reports)
    ]
    caption = f"Виконання програм за {consolidated.period}"
    rows = (*body, _total(brief, amounts))
    return Table(caption, grid(headings), header(headings), rows, f"brief-{brief.period.id}")


def _row(at: int, number: str, report: Contribution, amounts: Amounts) -> Row:
    cells = {
        one: amounts.figures.amount(report.money.get(one, Money()).value, report.place)
        for one in _MEANINGS
    }
    return Row(
        (
            words(number, report.place, align=Align.CENTRE),
            words(report.name, report.place),
            *amounts.cells(at, cells),
        ),
        name=RowName(report.slug),
    )


def _total(brief: Consolidated, amounts: Amounts) -> Row:
    counted = [(at, one) for at, one in enumerate(brief.reports) if one.lacking is None]
    addends: dict[Meaning, list[Addend]] = {
        meaning: [
            (Reference(at, amounts.column(meaning)), one.money.get(meaning, Money()).value)
            for at, one in counted
        ]
        for meaning in _MEANINGS
    }
    partial = any(one.is_partial for _, one in counted)
    cells = amounts.sums(len(brief.reports), addends, partial=partial)
    return Row((words(TOTAL, GENERAL, columns=2), *cells), Role.TOTAL, RowName(label=TOTAL))
