"""Parts of a measure that are but its money by fund: «загальний фонд 100», «спеціальний 20»."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from reportgen.importing.branches import Branch, ReadTable
from reportgen.importing.fund_rows import FundNames
from reportgen.importing.printed_totals import typed_figure
from reportgen.model.form import Column, Kind


def take_fund_parts(table: ReadTable, shown: frozenset[str], names: FundNames) -> None:
    """Turn parts of measures that name funds, and add to what the measure has, into its money.

    ``shown`` are the columns whose money the form shows by fund; without any, parts are parts.
    """
    money = [
        one for one in table.section.fields
        if one.kind is Kind.MONEY and one.given and not one.formula
    ]  # fmt: skip
    if not shown or not all(one.id in shown for one in money):
        return
    for branch in table.walk():
        funds = [names.fund(one.text) for one in branch.children]
        if funds and all(funds) and len({*funds}) == len(funds) and _adds_up(branch, money):
            branch.by_fund = dict(zip(funds, (one.cells for one in branch.children), strict=True))
            branch.children = []


def _adds_up(branch: Branch, money: Sequence[Column]) -> bool:
    """Tell whether the parts have nothing but money, and as much of it as the row above them."""
    if any(one.number or one.children or one.more for one in branch.children):
        return False
    own = {one.id for one in money}
    for part in branch.children:
        others = (cell for key, cell in part.cells.items() if key not in own)
        if any(any(char.isalpha() for char in one.text.replace(part.text, "")) for one in others):
            return False
    return all(_column_adds_up(branch, one.id) for one in money)


def _column_adds_up(branch: Branch, key: str) -> bool:
    cells = [one.cells[key] for one in branch.children if key in one.cells]
    typed = [typed_figure(one) for one in cells if one.text.strip()]
    whole = branch.cells.get(key)
    total = typed_figure(whole) if whole and whole.text.strip() else None
    return total is None or sum((one or Decimal(0) for one in typed), Decimal(0)) == total
