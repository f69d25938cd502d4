"""What stands around the rows of a sheet: its title and the headings of its columns."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from reportgen.entry.cells import Cell, Style
from reportgen.entry.columns import SheetColumn
from reportgen.entry.sheets import TableSheet
from reportgen.model.report import Report

#: The hidden row of the columns' keys comes first; so does the hidden column of the rows' keys.
TOP = 1
HEADINGS = range(4, 6)
BODY = HEADINGS.stop
#: The key of the row for who has filled a sheet in: read by persons only.
SIGNED = "#signed"
LEFT = 1


def titles(report: Report, about: str, last: int, *, money: bool) -> Iterator[Cell]:
    """Yield the lines above a sheet's table, each across its columns; ``money``: it has sums."""
    hint = "Заповнюйте кольорові клітинки, решту захищено. Пояснення – на першому аркуші."
    texts = (
        (f"{report.programme.name}, {report.period.period}", Style.TITLE),
        (about, Style.ABOUT),
        (f"Суми – у {report.form.unit}. {hint}" if money else hint, Style.PLAIN),
    )
    for row, (text, style) in enumerate(texts, TOP):
        yield Cell(row, LEFT, " ".join(text.split()), style, bottom=row, right=last)


def signed(row: int, last: int) -> Iterator[Cell]:
    """Yield the place below a sheet's table for who has filled it in."""
    label = "Заповнив(ла): ім'я, телефон, дата (у звіт не йде, лишається в цій формі)"
    middle = max(LEFT, min(LEFT + 1, last - 1))
    yield Cell(row, LEFT, label, Style.PLAIN, bottom=row, right=middle)
    if middle < last:
        right = min(last, middle + 4)
        yield Cell(row, middle + 1, "", Style.OPTIONAL, bottom=row, right=right, free=True)


def about(sheet: TableSheet, report: Report) -> str:
    """Return what a sheet is, in a line."""
    return sheet.about or report.form.title


def headings(columns: Sequence[SheetColumn]) -> Iterator[Cell]:
    """Yield two rows of headings: neighbours with the same outer one share it."""
    start = 0
    while start < len(columns):
        group = columns[start].group
        stop = start + 1
        while group and stop < len(columns) and columns[stop].group == group:
            stop += 1
        top = HEADINGS.start + bool(group)
        if group:
            right = LEFT + stop - 1
            yield Cell(
                HEADINGS.start,
                LEFT + start,
                group,
                Style.HEADING,
                bottom=HEADINGS.start,
                right=right,
            )
        for index in range(start, stop):
            at, text = LEFT + index, columns[index].heading
            yield Cell(top, at, text, Style.HEADING, bottom=HEADINGS.stop - 1, right=at)
        start = stop
