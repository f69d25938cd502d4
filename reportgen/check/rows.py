"""The rows of a programme beside the rows of a period's file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from reportgen.model.form import TableSection
from reportgen.model.programme import Entry, Item
from reportgen.model.report import Report


@dataclass(frozen=True, slots=True)
class RowPair:
    """One row as the programme and as the period have it; either may lack.

    ``parent`` is the period's entry that the row is a part of, if it is a part. ``group`` is the
    key of the item in which numbers start anew; the row is ``alone`` if the other file has no row
    of that group.
    """

    table: TableSection
    key: str
    item: Item | None
    entry: Entry | None
    parent: Entry | None
    group: str = ""
    alone: bool = False


def paired_rows(report: Report) -> Iterator[RowPair]:
    """Yield all rows, table by table: the programme's in its order, then the period's other."""
    for table in report.form.outlines:
        main = table.rows[0].id
        items = [item for item in report.programme.items(table.id) if item.level == main]
        entries = report.period.entries[table.id]
        depth = len(table.restarting)
        ours = {_group(item.key, depth) for item in items}
        theirs = {_group(key, depth) for key in entries}
        unlike = ours ^ theirs
        for pair in _pair(table, items, entries, None):
            group = _group(pair.key, depth) if depth and pair.parent is None else ""
            yield replace(pair, group=group, alone=group in unlike) if group else pair


def _group(key: str, depth: int) -> str:
    return "/".join(key.split("/")[:depth])


def _pair(
    table: TableSection,
    items: Iterable[Item],
    entries: Mapping[str, Entry],
    parent: Entry | None,
) -> Iterator[RowPair]:
    known = set()
    for item in items:
        if not item.key or item.key in known:  # that is told already
            continue
        known.add(item.key)
        entry = entries.get(item.key)
        yield RowPair(table, item.key, item, entry, parent)
        if entry is not None and entry.readable:
            yield from _pair(table, item.children, entry.parts, entry)
    for key, entry in entries.items():
        if key not in known:
            yield RowPair(table, key, None, entry, parent)
