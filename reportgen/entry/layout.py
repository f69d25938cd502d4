"""The sheets of an entry form, laid out: how to fill it in, tables, and what stands beside them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from reportgen.document.lines import Filler
from reportgen.entry.cells import Cell, LaidSheet, Style
from reportgen.entry.columns import Role, operands
from reportgen.entry.cover import cover
from reportgen.entry.frames import BODY, HEADINGS, LEFT, SIGNED, about, headings, signed, titles
from reportgen.entry.ground import Ground, Setting
from reportgen.entry.heights import row_heights
from reportgen.entry.measured import measured_cells, shown
from reportgen.entry.naming import Names
from reportgen.entry.questions import by_address, questions, questions_beside
from reportgen.entry.rows import Path, outline_rows
from reportgen.entry.sheets import Band, Measured, Summed, TableSheet, row_key, table_sheets
from reportgen.entry.totals import total_cells
from reportgen.entry.words import vocabularies
from reportgen.model.form import Kind
from reportgen.model.programme import Value
from reportgen.model.report import Report
from reportgen.write.fonts import Typeface

_KEYS_WIDTH = 3.0
_LABEL, _ANSWER = 34.0, 96.0  # characters
_ANSWERS = "answer"  # the key of the only column of what stands beside tables


def lay_out(
    report: Report, earlier: Report | None, typeface: Typeface | None, *, by_executor: bool
) -> tuple[LaidSheet, ...]:
    """Return all sheets of a report's entry form.

    Args:
        report: the report, as far as it is written; its programme and form must be sound.
        earlier: the report before it, whose figures are shown beside.
        typeface: gives the widths by which rows are made high enough; they are guessed without.
        by_executor: one sheet for each executor's rows, instead of one for each table. A row of
            several stands on the sheet of each and is entered on the first one's.
    """
    names = Names()
    cover_name, beside_name = names.unique("Як заповнити"), names.unique("Підпис і тексти")
    sheets = table_sheets(report, earlier, names, by_executor=by_executor)
    setting = Setting(
        report=report,
        earlier=dict(_earlier_values(earlier)) if earlier else {},
        questions=by_address(questions(report, earlier)),
        words=vocabularies(report.council),
        sites={
            (one.key, row.row.path): BODY + position
            for one in sheets
            for position, row in enumerate(one.rows)
            if isinstance(row, Measured)
        },
        names={one.key: one.name for one in sheets},
        typeface=typeface,
    )
    laid = [_lay_table(sheet, setting) for sheet in sheets]
    laid += _lay_beside(beside_name, setting)
    return (cover(cover_name, report, earlier, laid, typeface), *laid)


def _earlier_values(earlier: Report) -> Iterator[tuple[tuple[Path, str], Value]]:
    for table in earlier.form.outlines:
        for row in outline_rows(earlier, table):
            values = row.entry.values if row.entry else {}
            yield from (((row.path, key), value) for key, value in values.items())


def _lay_table(sheet: TableSheet, setting: Setting) -> LaidSheet:
    ground = Ground(sheet, setting, operands(sheet.table, sheet.columns))
    last = LEFT + len(sheet.columns) - 1
    cells = [
        *titles(setting.report, about(sheet, setting.report), last, money=_has_money(sheet)),
        *headings(sheet.columns),
    ]
    keys = {row: f"#{row}" for row in HEADINGS}
    for row, one in enumerate(sheet.rows, BODY):
        keys[row] = row_key(one.row.path) if isinstance(one, Measured) else f"#{row}"
        match one:
            case Band(text):
                cells.append(Cell(row, LEFT, text, Style.BAND, bottom=row, right=last))
            case Measured():
                cells += measured_cells(row, one, ground)
            case Summed():
                cells += total_cells(row, one, ground)
    end = BODY + len(sheet.rows) + 1
    cells += signed(end, last)
    keys[end] = SIGNED
    widths = {0: _KEYS_WIDTH} | {at: one.width for at, one in enumerate(sheet.columns, LEFT)}
    return LaidSheet(
        key=sheet.key,
        name=sheet.name,
        cells=tuple(cells),
        widths=widths,
        rows=keys,
        columns={at: one.key for at, one in enumerate(sheet.columns, LEFT)},
        headings=HEADINGS,
        fixed=LEFT + sum(one.role in (Role.NUMBER, Role.NAME) for one in sheet.columns),
        heights=row_heights(cells, widths, setting.typeface),
    )


def _has_money(sheet: TableSheet) -> bool:
    return any(one.column and one.column.kind is Kind.MONEY for one in sheet.columns)


def _lay_beside(name: str, setting: Setting) -> Iterator[LaidSheet]:
    """Yield the sheet of who signs, facts and narratives, if the form asks for any."""
    report = setting.report
    asked = [*questions_beside(report, Filler(report, []))]
    if not asked:
        return
    cells = [*titles(report, "Підпис, відомості й тексти поза таблицями", LEFT + 1, money=False)]
    for row, question in enumerate(asked, HEADINGS.start):
        style = Style.REQUIRED if question.required else Style.OPTIONAL
        cells.append(Cell(row, LEFT, question.label, Style.KNOWN))
        answer = shown(question, setting.words)
        cells.append(Cell(row, LEFT + 1, answer, style, question=question))
    widths: Mapping[int, float] = {0: _KEYS_WIDTH, LEFT: _LABEL, LEFT + 1: _ANSWER}
    rows = {row: row_key(("", one.address.key)) for row, one in enumerate(asked, HEADINGS.start)}
    yield LaidSheet(
        key=_ANSWERS,
        name=name,
        cells=tuple(cells),
        widths=widths,
        rows=rows,
        columns={LEFT: "label", LEFT + 1: _ANSWERS},
        heights=row_heights(cells, widths, setting.typeface),
    )
