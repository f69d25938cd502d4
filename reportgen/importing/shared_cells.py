"""Cells merged downwards over several measures: what holds for all, and what nobody can part."""

from __future__ import annotations

from collections.abc import Iterable

from reportgen.diagnostics import quoted
from reportgen.importing.branches import Branch
from reportgen.importing.findings import Findings
from reportgen.model.form import Column, Kind
from reportgen.read.source import SourceCell

_FOR_ALL = frozenset({Kind.EXECUTORS, Kind.PROGRAMMES, Kind.YEARS, Kind.TEXT})


def take_from_above(
    branch: Branch,
    before: Branch | None,
    above: Iterable[tuple[Column, SourceCell]],
    findings: Findings,
) -> None:
    """Give a measure what merged cells of the one ``before`` say of it too.

    Bodies, years and short texts hold for every row of the merge. Money and reports of several
    measures in one cell cannot be parted: that is told, with remarks at both.
    """
    for column, cell in above:
        if column.given is None or column.id in branch.cells or not cell.text.strip():
            continue
        if column.kind in _FOR_ALL:
            branch.cells[column.id] = cell
            continue
        branch.shared.add(column.id)
        name, said = column.heading[-1], quoted(cell.text)
        message = f"рядок {branch.named}: «{name}» {said} — об'єднана комірка кількох рядків"
        hint = "поділіть її між рядками у файлі самі; зараз усе записано в перший із них"
        findings.tell("import-value", cell.place, message, hint)
        remark = f"{column.id}: у джерелі {said} — одна комірка для кількох рядків"
        branch.doubts.append(remark)
        if before and remark not in before.doubts:
            before.doubts.append(remark)
