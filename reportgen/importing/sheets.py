"""Workbooks that hold several reports: one of them is taken, and the others are named.

A sheet begins a report if the lines above its table name another period or another programme than
those before it; any other sheet goes on with the report before.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from reportgen.importing.grid import GridRow, row_text, stream
from reportgen.importing.likeness import likeness
from reportgen.importing.periods import find_period
from reportgen.model.period import Period
from reportgen.read.source import Remark, SourceFile, SourceTable

_TITLE_CELLS = 3  # a row with more is the header of a table
_PROGRAMME = re.compile(r"програм", re.IGNORECASE)
_OTHER_LINE = re.compile(r"виконав|термін|строк|рішенн", re.IGNORECASE)
_SAME = 0.9


class NoSheetError(LookupError):
    """The workbook has no such sheet; the text names those that it has."""


@dataclass(frozen=True, slots=True)
class _Report:
    """The sheets of one report, and what their titles name."""

    sheets: tuple[SourceTable, ...]
    period: Period | None
    programme: str

    @property
    def is_hidden(self) -> bool:
        return all(row.hidden for sheet in self.sheets for row in sheet.rows)

    @property
    def named(self) -> str:
        """What a message calls it: «Лист1» (I півріччя 2023 року)."""
        names = ", ".join(f"«{one.name}»" for one in self.sheets)
        return f"{names} ({self.period})" if self.period else names


def one_report(source: SourceFile, period: Period | None, sheet: str) -> SourceFile:
    """Return a file with one report: that of ``sheet``, else of ``period``, else the first.

    Raises:
        NoSheetError: when there is no such sheet.
    """
    sheets = _sheets(source)
    if sheet:
        own = [one for one in sheets if one.name.strip().casefold() == sheet.strip().casefold()]
        if not own:
            there = ", ".join(f"«{one.name}»" for one in sheets)
            raise NoSheetError(
                f"аркуша «{sheet}» немає; є: {there}" if there else "це не книга Excel"
            )
        return replace(source, blocks=tuple(own))
    reports = [*_reports(sheets)]
    if len(reports) < 2:  # noqa: PLR2004 - nothing to choose from
        return source
    taken = min(reports, key=lambda one: (period is None or one.period != period, one.is_hidden))
    others = [one for one in reports if one is not taken]
    message = f"у книзі кілька звітів: узято {taken.named}, не взято "
    message += "; ".join(one.named for one in others)
    message += f'; щоб узяти інший, додайте --sheet "{others[0].sheets[0].name}"'
    remark = Remark(message, others[0].sheets[0].place)
    return replace(source, blocks=taken.sheets, remarks=(remark, *source.remarks))


def _sheets(source: SourceFile) -> list[SourceTable]:
    """Return the sheets of a workbook; none for any other file."""
    tables = [one for one in source.blocks if isinstance(one, SourceTable)]
    are_sheets = all(one.name and one.place.where.startswith(f"{one.name}!") for one in tables)
    return tables if are_sheets and len(tables) == len(source.blocks) else []


def _reports(sheets: list[SourceTable]) -> Iterator[_Report]:
    now: _Report | None = None
    for sheet in sheets:
        period, programme = _titled(sheet)
        if now is None:
            now = _Report((sheet,), period, programme)
            continue
        other_period = period and now.period and period != now.period
        other_programme = programme and now.programme and likeness(programme, now.programme) < _SAME
        if other_period or other_programme:
            yield now
            now = _Report((sheet,), period, programme)
        else:
            sheets_now = (*now.sheets, sheet)
            now = _Report(sheets_now, now.period or period, now.programme or programme)
    if now:
        yield now


def _titled(sheet: SourceTable) -> tuple[Period | None, str]:
    """Return the period and the programme that the lines above a sheet's table name."""
    texts: list[str] = []
    for line in stream(SourceFile("", (sheet,))):
        if isinstance(line, GridRow) and len(line.filled) > _TITLE_CELLS:
            break
        texts.append(" ".join(row_text(line).split()))
    period = next((found for one in texts if (found := find_period(one))), None)
    named = [one for one in texts if _PROGRAMME.search(one) and not _OTHER_LINE.search(one)]
    return period, max(named, key=len, default="")
