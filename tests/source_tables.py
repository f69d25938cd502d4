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
    line: int  # in the file
    cells: tuple[str, ...]  # as printed, each put into its own of the form's ten columns


def read_table(path: Path, depth: int) -> list[SourceRow]:
    """Return the rows of measures; their numbers have ``depth`` parts."""
    return list(_rows(path, depth))


def _rows(path: Path, depth: int) -> Iterator[SourceRow]:
    for at, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        cells = [re.sub(r"</?i>", "", cell).strip() for cell in line.split("\t")]
        money = [index for index, cell in enumerate(cells) if _MONEY.fullmatch(cell)]
        if len(cells) >= _FEWEST_CELLS and len(money) >= _AMOUNTS:
            yield _row(cells, money, depth, at)


def _row(cells: list[str], money: list[int], depth: int, line: int) -> SourceRow:
    head, rest = cells[: money[0]], cells[money[0] + _AMOUNTS :]
    numbered = re.compile(rf"(\d+(?:\.\s?\d+){{{depth - 1}}})(?!\.?\d)\.?\s*(.*)")
    printed = tuple(cells[index] for index in money[:_AMOUNTS])
    number, text, task, group, label = "", "", "", "", ""
    while head:
        cell = head.pop(0)
        match = numbered.fullmatch(cell)
        if match:
            number, text, label = match[1].replace(" ", ""), match[2], cell
            break
        if re.fullmatch(r"\d+\.?", cell):
            group = cell
        elif cell:
            task = cell
    if not number:  # a part: what was taken for the task is its name
        whole = ("", "", task, "", "", *printed, rest[0], "")
        return SourceRow("", task, "", "", "", _amounts(printed), rest[0], "", line, whole)
    terms = [cell for cell in head if _TERM.fullmatch(cell)]
    executors = [cell for cell in head if cell and not _TERM.fullmatch(cell)]
    [term], [executor] = terms, executors
    info = " ".join(cell for cell in rest[1:] if cell)
    whole = (group, task, label, term, executor, *printed, rest[0], info)
    amounts = _amounts(printed)
    return SourceRow(number, text, task, term, executor, amounts, rest[0], info, line, whole)


def _amounts(printed: tuple[str, ...]) -> tuple[Decimal, ...]:
    return tuple(Decimal(cell.replace(" ", "").replace(",", ".")) for cell in printed)
