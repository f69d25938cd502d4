"""Cells to values as content has them: texts, amounts, lists of ids, amounts by fund."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TypeAlias

from reportgen.diagnostics import quoted
from reportgen.importing.amounts import (
    NotANumberError,
    is_ambiguous,
    is_fault,
    is_oddly_parted,
    printed,
    read_number,
)
from reportgen.importing.findings import Findings
from reportgen.importing.likeness import one_line
from reportgen.importing.registers import Registers
from reportgen.importing.units import is_foreign
from reportgen.model.form import Column, Kind, TableSection
from reportgen.model.markup import BULLET
from reportgen.read.source import SourceCell

Content: TypeAlias = str | list[str] | dict[str, str]

_ITEM = re.compile(rf"(?:{BULLET}|[▪●○◦·‣\uf0b7])\s*")
_YEARS = re.compile(r"(20\d\d)(?:\s*[-–—]\s*(20\d\d))?")


class ValueReader:
    """Reads cells by the kinds of their columns."""

    def __init__(self, registers: Registers, findings: Findings) -> None:
        self._registers = registers
        self._findings = findings

    def value(self, column: Column, cells: Iterable[SourceCell]) -> Content | None:
        """Return what cells, one or several of a row that was parted, say for a column."""
        filled = [cell for cell in cells if cell.text.strip() or cell.value is not None]
        if not filled:
            return None
        text, first = "\n".join(cell.text for cell in filled), filled[0]
        value: Content | None
        match column.kind:
            case Kind.NARRATIVE:
                value = narrative(text)
            case Kind.EXECUTORS:
                value = self._registers.executor_ids(one_line(text), first.place)
            case Kind.PROGRAMMES:
                value = self._registers.programme_ids(one_line(text), first.place)
            case Kind.FUNDING:
                value = self._funding(first)
            case Kind.MONEY | Kind.NUMBER:
                amount = self.amount(first, is_money=column.kind is Kind.MONEY)
                value = None if amount is None else printed(amount)
            case Kind.YEARS:
                value = self._years(first)
            case _:
                paragraphs = (one_line(line) for line in text.split("\n"))
                value = "\n\n".join(one for one in paragraphs if one)
        return value or None

    def amount(self, cell: SourceCell, *, is_money: bool = True) -> Decimal | None:
        """Return a cell's number: the exact one behind it, if the file holds it.

        Money that could be meant in two ways is told, and is none.
        """
        if cell.fault or is_fault(cell.text):
            message = f"у комірці помилка формули {quoted(cell.fault or cell.text)}"
            self._findings.tell("import-value", cell.place, message, "впишіть число самі")
            return None
        if is_money and (doubt := _doubt(cell)):
            self._findings.tell("import-value", cell.place, doubt, "впишіть число самі")
            return None
        try:
            shown = read_number(cell.text)
        except NotANumberError:
            if cell.value is None:
                message = f"{quoted(cell.text)} — не число"
                self._findings.tell("import-value", cell.place, message, "впишіть число самі")
            return cell.value
        exact = cell.value is None or cell.value == shown
        return shown if exact else cell.value  # what is shown has its decimals

    def _funding(self, cell: SourceCell) -> Content | None:
        try:
            amount = cell.value if cell.value is not None else read_number(cell.text)
        except NotANumberError:
            return self._registers.programme_ids(one_line(cell.text), cell.place) or None
        return None if amount is None else printed(amount)

    def _years(self, cell: SourceCell) -> str | None:
        found = _YEARS.search(cell.text)
        if found is None:
            message = f"{quoted(cell.text)} — не роки"
            self._findings.tell("import-value", cell.place, message, "впишіть роки самі")
            return None
        return f"{found[1]}-{found[2]}" if found[2] and found[2] != found[1] else found[1]


def _doubt(cell: SourceCell) -> str:
    """Say why a cell of money cannot be taken; «» if it can."""
    if "%" in cell.text:
        return f"{quoted(cell.text)} — відсоток у комірці суми"
    if is_foreign(cell.text):
        return f"{quoted(cell.text)} — не гривні"
    if cell.value is None and is_ambiguous(cell.text):
        bare = cell.text.strip().replace(".", ",")
        return f"{quoted(cell.text)} — це {bare.replace(',', '')} чи {bare}?"
    if cell.value is None and is_oddly_parted(cell.text):
        return f"{quoted(cell.text)} — це одне число чи кілька?"
    return ""


def shown(value: Content) -> str:
    """Return a value as a message shows it, on one line."""
    if isinstance(value, str):
        return value
    pairs = (f"{key} {part}" for key, part in value.items()) if isinstance(value, dict) else value
    return ", ".join(pairs)


def narrative(text: str) -> str:
    """Return text with the small markup: paragraphs parted by blank lines, items one by one."""
    made = ""
    before = False
    for line in text.split("\n"):
        bare = re.sub(r"[ \t]+", " ", line).strip()
        if not bare:
            continue
        item = _ITEM.match(bare)
        if item:
            bare = f"- {bare[item.end() :]}"
        made += ("\n" if before and item else "\n\n") if made else ""
        made += bare
        before = item is not None
    return made


@dataclass(frozen=True, slots=True)
class Guess:
    """A fund taken for money that may be of several: nothing in the source tells them apart."""

    fund: str
    choices: tuple[str, ...]


def chosen_fund(choices: Sequence[str], named: Collection[str]) -> str | Guess:
    """Return whose money is, of the funds that it may be of.

    ``named`` are funds that the programme's files name for the row: one of them settles it.
    """
    known = [fund for fund in choices if fund in named]
    if len(choices) == 1 or len(known) == 1:
        return (known or choices)[0]
    return Guess((known or choices)[0], tuple(choices))


def by_funds(
    column: Column,
    section: TableSection,
    amounts: Mapping[str, Decimal | None],
    named: Collection[str],
) -> list[tuple[str | Guess, Decimal]]:
    """Return the parts of a column's money that other columns show by fund.

    A part that is of several funds goes to one that has no column of its own.
    """
    shares = [
        one for one in section.fields if one.share and one.share.column == column.id
        and one.share.funds
    ]  # fmt: skip
    single = {one.share.funds[0] for one in shares if one.share and len(one.share.funds) == 1}
    parts: list[tuple[str | Guess, Decimal]] = []
    for one in shares:
        amount = amounts.get(one.id)
        if amount is None or one.share is None:
            continue
        choices = [fund for fund in one.share.funds if fund not in single]
        parts.append((chosen_fund(choices or one.share.funds, named), amount))
    return parts
