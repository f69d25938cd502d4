"""Numbers of rows that Excel made figures or dates of, or that stand in the column of a group.

«1.10» typed into a sheet is kept as 1.1, «2.1» as the 2nd of January. What the rows around prove
is restored; whatever is restored or cannot be is told.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from reportgen.diagnostics import quoted
from reportgen.importing.column_numbers import is_numbers
from reportgen.importing.findings import Findings
from reportgen.importing.grid import GridRow, StreamLine
from reportgen.importing.header import Heading
from reportgen.importing.labels import usual_depth
from reportgen.model.form import OutlineSource
from reportgen.read.source import SourceCell

_DATE = re.compile(r"(\d{1,2})\.(\d{1,2})\.(?:20)?(\d\d)")
_NUMBER = re.compile(r"\d{1,3}(?:\.\d{1,3})*\.?")
_LABELLED = re.compile(r"\d{1,3}(?:\.\s?\d{1,3})+")
_WHOLE = 2  # cells: a row with fewer is a band
_MOSTLY = 0.8  # of the rows
_LAST_DIGIT = 9


@dataclass(frozen=True, slots=True)
class _Columns:
    """Where a table prints numbers: of its rows, or of a group; and the texts of its rows."""

    number: int
    label: int
    of_group: bool


def with_numbers(
    lines: Sequence[StreamLine], headers: Sequence[Heading], findings: Findings
) -> tuple[list[StreamLine], list[str]]:
    """Return the lines with the numbers of rows put right, and remarks on what is doubtful."""
    made = [*lines]
    doubts: list[str] = []
    ends = [*(one.first for one in headers[1:]), len(lines)]
    for heading, end in zip(headers, ends, strict=True):
        columns = _columns(heading)
        if columns is None:
            continue
        rows = {
            at: row
            for at in range(heading.end, end)
            if isinstance(row := made[at], GridRow) and len(row.filled) > _WHOLE
            if not is_numbers(row) and _at(row, heading, columns.number) is not None
        }
        texts = {at: _text(row, heading, columns.number) for at, row in rows.items()}
        if columns.of_group and not _are_of_rows(rows, texts, heading, columns):
            continue
        numbers = _restored(rows, texts, heading, columns, findings, doubts)
        group = ""
        for at, row in rows.items():
            top = numbers[at].partition(".")[0] if columns.of_group and numbers[at] else group
            made[at] = _rewritten(row, heading, columns, numbers[at], "" if top == group else top)
            group = top
        if columns.of_group and rows:
            place = next(iter(rows.values())).place
            message = "номери заходів стоять у колонці номерів вищого рівня: узято номерами заходів"
            hint = "перший знак кожного номера став номером вищого рівня"
            findings.tell("import-row-repaired", place, message, hint)
    return made, doubts


def _columns(heading: Heading) -> _Columns | None:
    """Return where numbers stand that may be those of rows."""
    rows = heading.section.rows
    sources: dict[int, OutlineSource] = {
        at: one.source for at, one in enumerate(heading.columns) if one and one.source
    }
    if not rows or not rows[0].number:
        return None
    own = [at for at, one in sources.items() if (one.level, one.field) == ("row", "number")]
    labels = [at for at, one in sources.items() if one.level == "row" and one.field != "number"]
    others = [at for at, one in sources.items() if one.level != "row" and one.field == "number"]
    if not labels or not (own or others):
        return None
    return _Columns((own or others)[0], labels[0], of_group=not own)


def _at(row: GridRow, heading: Heading, place: int) -> int | None:
    """Return the place on the file's grid of what stands in a column."""
    starts = heading.starts
    return next((at for at, _ in row.filled if bisect_right(starts, at) - 1 == place), None)


def _text(row: GridRow, heading: Heading, place: int) -> str:
    """Return what a cell says; a number of Excel with a point."""
    at = _at(row, heading, place)
    cell = row.cells[at] if at is not None else None
    if cell is None:
        return ""
    return cell.text.strip() if cell.value is None else cell.text.strip().replace(",", ".")


def _are_of_rows(
    rows: Mapping[int, GridRow], texts: Mapping[int, str], heading: Heading, columns: _Columns
) -> bool:
    """Tell whether numbers in a group's column are those of rows, which have no others."""
    dotted = sum(bool(_LABELLED.match(text) or _DATE.fullmatch(text)) for text in texts.values())
    labelled = sum(
        bool(_LABELLED.match(_text(row, heading, columns.label))) for row in rows.values()
    )
    return len(rows) > 1 and dotted >= _MOSTLY * len(rows) and not labelled


def _restored(  # noqa: PLR0913, PLR0917 - one call in one place
    rows: Mapping[int, GridRow],
    texts: Mapping[int, str],
    heading: Heading,
    columns: _Columns,
    findings: Findings,
    doubts: list[str],
) -> dict[int, str]:
    """Return the numbers of rows, in order; dates and lost zeros put right by their neighbours."""
    depth = usual_depth(
        f"{text.rstrip('.')} " for text in texts.values() if _NUMBER.fullmatch(text)
    )
    numbers: dict[int, str] = {}
    before = ""
    afters = [*(text.rstrip(".") for text in texts.values()), ""][1:]
    for (at, row), after in zip(rows.items(), afters, strict=True):
        text = texts[at].rstrip(".")
        date = _DATE.fullmatch(text)
        cell = row.cells[_at(row, heading, columns.number) or 0]
        number = text
        if date and depth:
            number = ".".join(str(int(part)) for part in date.groups()[: max(depth, 2)])
        elif cell.value is not None and _lost_zero(before, text):
            number = f"{text}0"
        if number != text:
            _tell(cell, number, findings, doubts, proven=_follows(before, number, after))
        numbers[at] = before = number
    return numbers


def _lost_zero(before: str, number: str) -> bool:
    """Tell whether «1.1» stands after «1.9»: it was 1.10."""
    group, _, last = before.rpartition(".")
    return bool(group) and last == str(_LAST_DIGIT) and number == f"{group}.1"


def _follows(before: str, number: str, after: str) -> bool:
    """Tell whether a number is next to one of its neighbours in the same group."""
    group, _, last = number.rpartition(".")
    place = int(last) if last.isdigit() else 0
    return f"{group}.{place - 1}" == before or f"{group}.{place + 1}" == after


def _tell(
    cell: SourceCell, number: str, findings: Findings, doubts: list[str], *, proven: bool
) -> None:
    message = f"номер {quoted(cell.text)} прочитано як {number}"
    if proven:
        hint = "так він стоїть серед сусідніх; Excel зробив із нього число або дату"
        findings.tell("import-row-repaired", cell.place, message, hint)
        return
    hint = "Excel зробив із номера число або дату, а сусідні номери цього не підтверджують"
    findings.tell("import-row-unclear", cell.place, message, hint)
    doubts.append(f"{message}: перевірте")


def _rewritten(
    row: GridRow, heading: Heading, columns: _Columns, number: str, group: str
) -> GridRow:
    """Return a row with its number where the form has it."""
    at, label = _at(row, heading, columns.number), _at(row, heading, columns.label)
    cells = dict(row.cells)
    if at is not None and (columns.of_group or cells[at].text.strip().rstrip(".") != number):
        text = group if columns.of_group else number
        cells[at] = replace(cells[at], text=text, value=None)
    if columns.of_group and label is not None and number:
        cells[label] = replace(cells[label], text=f"{number}. {cells[label].text}")
    return replace(row, cells=cells)
