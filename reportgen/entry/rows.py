"""The rows of a report's tables, each with the keys under which the period's file has it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from reportgen.model.form import Level, Shown, TableSection
from reportgen.model.programme import Entry, Item
from reportgen.model.report import Report

#: Keys from the top of the period's file: ``("sectors", "osvita", "measures", "1.1")``.
Path: TypeAlias = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class OutlineRow:
    """A row of the programme, and what the period's file says of it, if anything."""

    path: Path
    item: Item
    level: Level
    above: tuple[Item, ...]  # the items that hold it, from the outermost
    entry: Entry | None
    is_part: bool


def outline_rows(report: Report, table: TableSection) -> Iterator[OutlineRow]:
    """Yield a table's rows in the order of the programme, each part after its measure."""
    entries = report.period.entries[table.id]
    for item in report.programme.outlines[table.id]:
        yield from _below(item, (), (), "", entries, table)


def _below(  # noqa: PLR0913, PLR0917 - one call in one place
    item: Item,
    above: tuple[Item, ...],
    path: Path,
    inside: str,
    entries: Mapping[str, Entry],
    table: TableSection,
) -> Iterator[OutlineRow]:
    """Yield the rows of an item; ``inside`` begins the keys of all items of its group."""
    level = table.level(item.level)
    if level.restarts or level.shown is Shown.ROW:
        path = (*path, level.plural, item.key.removeprefix(inside))
    if level.restarts:
        inside = f"{item.key}/"
    if level.shown is Shown.ROW:
        entry = entries.get(item.key)
        yield OutlineRow(path, item, level, above, entry, level.id != table.rows[0].id)
        entries = entry.parts if entry else {}
    for child in item.children:
        yield from _below(child, (*above, item), path, inside, entries, table)
