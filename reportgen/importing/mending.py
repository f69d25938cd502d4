"""Outlines put right after reading: rows before their own heading, names that slid upwards."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from reportgen.importing.branches import Branch, ReadTable
from reportgen.importing.findings import Findings
from reportgen.importing.labels import parent_number
from reportgen.model.form import Shown

_OF_WHICH = re.compile(r"(?P<head>.*,?\s*в\s*т\.\s*ч\.)[\s:]*(?P<name>\S.*)", re.DOTALL)
_MOSTLY = 0.8  # of the rows must be numbered after their groups, or numbers say nothing


def mend(table: ReadTable, findings: Findings) -> None:
    """Put an outline right; all that is changed is told."""
    _name_parts(table, findings)
    _move_rows(table, findings)


def _name_parts(table: ReadTable, findings: Findings) -> None:
    """Give a nameless part the end of its measure's text, after «в т.ч.»."""
    for branch in table.walk():
        parts = [one for one in branch.children if one.level.shown is Shown.ROW]
        nameless = [one for one in parts if not one.text]
        if branch.level.shown is not Shown.ROW or not nameless:
            continue
        slid = _OF_WHICH.fullmatch(branch.text)
        part = nameless[0]
        if slid and len(nameless) == 1:
            branch.text, part.text = slid["head"].strip(), slid["name"].strip()
            message = f"назву складової взято з кінця тексту рядка {branch.named}"
            hint = "у джерелі вона стоїть після «в т.ч.», а рядок складової назви не має"
            findings.tell("import-row-repaired", part.place, message, hint)
            part.doubts.append("назву взято з тексту рядка вище")
            continue
        for one in nameless:
            one.text = "складова без назви"
            message = f"складова рядка {branch.named} не має назви"
            findings.tell("import-row-unclear", one.place, message, "впишіть її назву")
            one.doubts.append("у джерелі назви немає")


def _move_rows(table: ReadTable, findings: Findings) -> None:
    """Move rows that stand before the heading of their own group, by their numbers."""
    pairs = [*_in_groups(table)]
    numbered = [one for one in pairs if one.group.number and parent_number(one.row.number)]
    right = sum(parent_number(one.row.number) == one.group.number for one in numbered)
    if right < _MOSTLY * len(numbered):
        return
    for group, row, beside in numbered:
        wanted = parent_number(row.number)
        if wanted == group.number:
            continue
        home = next((one for one in beside if one.number == wanted), None)
        if home is None:
            message = f"номер {row.number} не належить до {group.named}, де стоїть рядок"
            hint = f"{wanted} у джерелі тут немає: рядок лишено на місці"
            findings.tell("import-row-unclear", row.place, message, hint)
            row.doubts.append(f"у джерелі {wanted} не названо")
            continue
        group.children.remove(row)
        place = sum(_order(one.number) < _order(row.number) for one in home.children)
        home.children.insert(place, row)
        message = f"рядок {row.number} перенесено до {wanted}"
        hint = f"у джерелі він стоїть вище, під {group.number}"
        findings.tell("import-row-repaired", row.place, message, hint)
        row.doubts.append(f"у джерелі стоїть під {group.number}")


class _InGroup(NamedTuple):
    """A row, the group that holds it, and the groups beside that one, itself among them."""

    group: Branch
    row: Branch
    beside: Sequence[Branch]


def _in_groups(table: ReadTable) -> Iterator[_InGroup]:
    """Yield every row that lies in a group."""
    outer = [branch.children for branch in table.walk() if branch.level.shown is not Shown.ROW]
    for beside in (table.branches, *outer):
        for group in beside:
            if group.level.shown is not Shown.ROW:
                rows = [one for one in group.children if one.level.shown is Shown.ROW]
                yield from (_InGroup(group, row, beside) for row in rows)


def _order(number: str) -> tuple[int, ...]:
    return tuple(int(part) for part in re.findall(r"\d+", number))
