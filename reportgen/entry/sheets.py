"""The sheets of an entry form: which rows stand on which of them, and where each is entered."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from reportgen.compute.figures import Line, TotalLine, compute
from reportgen.document.body import outline_text
from reportgen.document.lines import Filler
from reportgen.document.slots import slots
from reportgen.entry.columns import Role, SheetColumn, sheet_columns
from reportgen.entry.naming import Names
from reportgen.entry.rows import OutlineRow, Path, outline_rows
from reportgen.model.council import Executor
from reportgen.model.form import Shown, TableSection
from reportgen.model.programme import Executors, Item
from reportgen.model.report import Report

_NOBODY = "Без виконавця"


@dataclass(frozen=True, slots=True)
class Band:
    """A row that names what the rows below it lie in."""

    text: str


@dataclass(frozen=True, slots=True)
class Measured:
    """A row of figures and texts; ``home`` is the key of the sheet where it is entered."""

    row: OutlineRow
    line: Line
    home: str


@dataclass(frozen=True, slots=True)
class Summed:
    """A total over rows of the same sheet, by their positions on it; ``funds`` restrict it."""

    label: str
    columns: tuple[str, ...]  # of the form
    funds: tuple[str, ...]
    over: tuple[int, ...]
    decimals: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class TableSheet:
    """One sheet of a table's rows, all or those of one executor."""

    key: str
    name: str
    about: str  # whose rows these are
    table: TableSection
    columns: tuple[SheetColumn, ...]
    rows: tuple[Band | Measured | Summed, ...]


def row_key(path: Path) -> str:
    """Return the text by which a sheet finds a row again."""
    return json.dumps(path, ensure_ascii=False)


def table_sheets(
    report: Report, earlier: Report | None, names: Names, *, by_executor: bool
) -> tuple[TableSheet, ...]:
    """Return the sheets of all tables that have an outline, in the form's order."""
    sheets: list[TableSheet] = []
    for table in report.form.outlines:
        columns = sheet_columns(table, report, earlier)
        if columns:
            sheets += _of_table(table, columns, report, names, by_executor=by_executor)
    return tuple(sheets)


def _of_table(
    table: TableSection,
    columns: tuple[SheetColumn, ...],
    report: Report,
    names: Names,
    *,
    by_executor: bool,
) -> Iterator[TableSheet]:
    whole = replace(table, splits=())  # a measure is one row here, its funds are columns
    figures = compute(report.programme, report.period, whole)
    rows = {
        id(line): row for line, row in zip(figures.lines, outline_rows(report, table), strict=True)
    }
    if not any(_number(line.item, whole) for line in figures.lines):
        columns = tuple(one for one in columns if one.role is not Role.NUMBER)
    bodies = _bodies(figures.lines, whole) if by_executor else {}
    first = {key: some[0].id if some else "" for key, some in bodies.items()}
    everyone = {one.id: one for some in bodies.values() for one in some}
    content = [slot.content for slot in slots(figures, whole, None)]
    if not everyone:
        key = table.id
        laid = _rows(content, rows, whole, {}, key)
        yield TableSheet(key, names.unique(_title(table, report)), "", table, columns, laid)
        return
    homes = {path: f"{table.id}:{body}" for path, body in first.items()}
    for body in (*everyone.values(), None):
        body_id = body.id if body else ""
        mine = [
            one
            for one in content
            if isinstance(one, Line) and body_id in _ids(bodies[_main_key(one, whole)])
        ]
        if mine:
            key = f"{table.id}:{body_id}"
            laid = _rows([*mine, *_sheet_total(content)], rows, whole, homes, key)
            name = names.unique(body.short if body else _NOBODY)
            about = body.name if body else "Рядки, у яких виконавця не названо"
            yield TableSheet(key, name, about, table, columns, laid)


def _number(item: Item, table: TableSection) -> str:
    """Return what a form prints as the number of a row."""
    return " ".join(outline_text(item, "number", table)).strip()


def _bodies(lines: Sequence[Line], table: TableSection) -> dict[str, tuple[Executor, ...]]:
    """Return who carries out each main row, by its key."""
    found: dict[str, tuple[Executor, ...]] = {}
    for line in lines:
        if line.level is table.rows[0]:
            given = (one.bodies for one in line.values.values() if isinstance(one, Executors))
            found[line.item.key] = next(given, ())
    return found


def _ids(bodies: Sequence[Executor]) -> tuple[str, ...]:
    return tuple(one.id for one in bodies) or ("",)


def _main_key(line: Line, table: TableSection) -> str:
    """Return the key of the main row that a line is or is a part of."""
    main = table.rows[0].id
    return next(one.key for one in (*line.above, line.item) if one.level == main)


def _sheet_total(content: Sequence[Item | Line | TotalLine]) -> list[TotalLine]:
    """Return the total over all money, which a sheet of some rows has over those."""
    totals = (one for one in content if isinstance(one, TotalLine))
    over_all = (one for one in totals if one.group is None and not one.total.funds)
    return [
        replace(one, total=replace(one.total, label="Разом за рядками цього аркуша"))
        for one in over_all
    ][:1]


def _rows(
    content: Sequence[Item | Line | TotalLine],
    rows: Mapping[int, OutlineRow],
    table: TableSection,
    homes: Mapping[str, str],
    key: str,
) -> tuple[Band | Measured | Summed, ...]:
    """Return the rows of a sheet; a band precedes the first row of each item that has a text."""
    laid: list[Band | Measured | Summed] = []
    opened: tuple[Item, ...] = ()
    for one in content:
        if isinstance(one, Line):
            above = tuple(up for up in one.above if table.level(up.level).shown is not Shown.ROW)
            known = {id(up) for up in opened}
            named = (item for item in above if id(item) not in known and item.text)
            laid += (Band(" ".join(outline_text(item, "label", table))) for item in named)
            opened = above
            home = homes.get(_main_key(one, table), key)
            laid.append(Measured(rows[id(one)], one, home))
        elif isinstance(one, TotalLine):
            laid.append(_summed(one, laid))
    return tuple(laid)


def _summed(total: TotalLine, laid: Sequence[Band | Measured | Summed]) -> Summed:
    """Return a total over the rows above it that count, of its group if it has one."""
    over = tuple(
        position
        for position, one in enumerate(laid)
        if isinstance(one, Measured)
        and one.line.level.counts
        and (total.group is None or any(item is total.group for item in one.line.above))
    )
    asked = total.total
    return Summed(asked.label, asked.columns, asked.funds, over, total.decimals)


def _title(table: TableSection, report: Report) -> str:
    filler = Filler(report, [])
    return " ".join(filler.text(line) for line in table.title)
