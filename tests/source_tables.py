"""The tables of the source documents, read from their text and nothing else.

Text extraction shifted the cells of some rows and lost the outer cells of others, so a cell is
known by what it holds, not by where it stands: a number of three parts begins a measure, a year is
a term, the first amounts are the plan and what follows it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

_MONEY = re.compile(r"\d{1,3}(?: \d{3})*,\d|\d+,\d|0")
_TERM = re.compile(r"20\d\d(?:(?:-|, )20\d\d)?")
_FEWEST_CELLS = 8
_AMOUNTS = 3


@dataclass(frozen=True)
class SourceRow:
    """One row as printed: a measure, or a part of the measure above it (then without number)."""

    number: str
    text: str
    task: str  # as printed on this row; "" where it is that of the row above, or was lost
    term: str
    executors: str
    amounts: tuple[Decimal, ...]
    percent: str
    info: str


def read_table(path: Path, depth: int) -> list[SourceRow]:
    """Return the rows of measures; their numbers have ``depth`` parts."""
    return list(_rows(path, depth))


def _rows(path: Path, depth: int) -> Iterator[SourceRow]:
    for line in path.read_text(encoding="utf-8").splitlines():
        cells = [re.sub(r"</?i>", "", cell).strip() for cell in line.split("\t")]
        money = [index for index, cell in enumerate(cells) if _MONEY.fullmatch(cell)]
        if len(cells) >= _FEWEST_CELLS and len(money) >= _AMOUNTS:
            yield _row(cells, money, depth)


def _row(cells: list[str], money: list[int], depth: int) -> SourceRow:
    head, rest = cells[: money[0]], cells[money[0] + _AMOUNTS :]
    numbered = re.compile(rf"(\d+(?:\.\s?\d+){{{depth - 1}}})(?!\.?\d)\.?\s*(.*)")
    number, text, task = "", "", ""
    while head:
        cell = head.pop(0)
        match = numbered.fullmatch(cell)
        if match:
            number, text = match[1].replace(" ", ""), match[2]
            break
        if cell and not re.fullmatch(r"\d+\.?", cell):
            task = cell
    if not number:  # a part: what was taken for the task is its name
        return SourceRow("", task, "", "", "", _amounts(cells, money), rest[0], "")
    terms = [cell for cell in head if _TERM.fullmatch(cell)]
    executors = [cell for cell in head if cell and not _TERM.fullmatch(cell)]
    [term], [executor] = terms, executors
    info = " ".join(cell for cell in rest[1:] if cell)
    return SourceRow(number, text, task, term, executor, _amounts(cells, money), rest[0], info)


def _amounts(cells: list[str], money: list[int]) -> tuple[Decimal, ...]:
    printed = (cells[index] for index in money[:_AMOUNTS])
    return tuple(Decimal(cell.replace(" ", "").replace(",", ".")) for cell in printed)
