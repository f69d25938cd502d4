"""Which cell a call names: the row as the period's file does, the column as the header does."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from reportgen.diagnostics import BrokenEnvironment, quoted, shortened
from reportgen.document.blocks import Document, Role, RowName, Table
from reportgen.document.explain import ColumnName, ExplainedTable, Explanation
from reportgen.document.origin import Reference
from reportgen.load.words import nearest

_TOTAL = "total"
_MOST_LISTED = 12
_LONGEST_HEADING = 50


@dataclass(frozen=True, slots=True)
class _Row:
    """A row with its place in the body of its table; a band has no figures and is none."""

    table: str
    explained: ExplainedTable
    index: int
    name: RowName

    @property
    def whole_name(self) -> str:
        """The name with the table's, which tells it from rows of other tables."""
        return f"{self.table}/{self.name}"


def find_cell(document: Document, row: str, column: str) -> Explanation:
    """Return what there is to say of the cell that a call names.

    Raises:
        BrokenEnvironment: naming what there is, when there is no such cell or more than one.
    """
    rows = [one for table in document.tables for one in _rows(table, document)]
    named = _best(row, rows)
    if not named:
        raise BrokenEnvironment(_no_row(row, rows))
    cells: dict[Explanation, tuple[_Row, ColumnName]] = {}
    for one in named:
        columns = one.explained.columns
        for index in _columns(column, columns):
            cell = one.explained.at(Reference(one.index, index))
            cells.setdefault(cell, (one, columns[index]))
    if not cells:
        columns = named[0].explained.columns
        inside = [one for one in columns if _is_inside(column, one)]
        said, listed = ("можливо", inside) if inside else ("є", columns)
        known = ", ".join(map(_short, listed))
        raise BrokenEnvironment(f"немає колонки {quoted(column)}; {said}: {known}")
    if len(cells) > 1:
        raise BrokenEnvironment(_several(row, column, [*cells.values()]))
    return next(iter(cells))


def _rows(table: Table, document: Document) -> Iterator[_Row]:
    explained = ExplainedTable(table, document.numbers)
    for index, row in enumerate(table.body):
        if row.role is not Role.BAND and row.name != RowName():
            yield _Row(table.id, explained, index, row.name)


def _best(wanted: str, rows: Sequence[_Row]) -> Sequence[_Row]:
    """Return the rows that are called so, exactly if any is, else by part of their names."""
    ranks = [_rank(_folded(wanted), one) for one in rows]
    best = min((rank for rank in ranks if rank is not None), default=None)
    return [one for one, rank in zip(rows, ranks, strict=True) if rank is not None and rank == best]


def _rank(wanted: str, row: _Row) -> int | None:
    """Tell how well words name a row: 0 by its name or as the ``total``, more by less of a name.

    ``1.1/regional`` is the row or the total of a fund, ``1.1/обл`` begins its label, ``1.1`` alone
    may be in any group, and any of the rows by fund.
    """
    wanted = wanted.removeprefix(f"{row.table}/")
    name = row.name
    whole, key, label = (_folded(one) for one in (str(name), name.key, name.label))
    is_total = bool(label) and wanted == _joined(key, _TOTAL)
    if wanted == whole or (is_total and not name.funds):
        return 0
    if is_total or wanted in {_joined(key, fund) for fund in name.funds}:
        return 1
    if (
        label
        and wanted
        and (wanted == key or _begins(whole, key, wanted) or label.startswith(wanted))
    ):
        return 2
    return 3 if wanted and whole.endswith(f"/{wanted}") else None


def _begins(whole: str, key: str, wanted: str) -> bool:
    return len(wanted) > len(key) and whole.startswith(wanted)


def _joined(key: str, last: str) -> str:
    return f"{key}/{last}" if key else last


def _columns(wanted: str, columns: Sequence[ColumnName]) -> Sequence[int]:
    """Return which columns are called so: by id or number, else by heading or its beginning."""
    word = _folded(wanted).strip("«»")
    if not word:
        return []
    exact = [at for at, one in enumerate(columns) if word in {_folded(one.id), _folded(one.label)}]
    headings = [_folded(one.heading) for one in columns]
    whole = [at for at, one in enumerate(headings) if one == word]
    begun = [
        at
        for at, one in enumerate(headings)
        if any(part.startswith(word) for part in (one, *one.split(" — "), _folded(columns[at].id)))
    ]
    return exact or whole or begun


def _several(row: str, column: str, cells: Sequence[tuple[_Row, ColumnName]]) -> str:
    rows = list(dict.fromkeys(one for one, _ in cells))
    if len(rows) > 1:
        apart = len({one.table for one in rows}) > 1
        names = _listed([one.whole_name if apart else str(one.name) for one in rows])
        return f"рядків, що звуться {quoted(row)}, кілька; назвіть один: {names}"
    named = ", ".join(_short(one) for _, one in cells)
    return f"колонок, що звуться {quoted(column)}, кілька; назвіть одну: {named}"


def _no_row(row: str, rows: Sequence[_Row]) -> str:
    """Return what to tell of a row that there is not: of a group, its rows; the totals too."""
    group = row.strip().rstrip("./")
    names = [str(one.name) for one in rows]
    within = [one for one in names if group and one.startswith((f"{group}.", f"{group}/"))]
    if within:
        return (
            f"{quoted(row)} — не рядок, а група рядків (ціль, завдання); у ній: {_listed(within)}"
        )
    if not names:
        return f"немає рядка {quoted(row)}; у звіті немає таблиць із рядками"
    near = nearest(row, names)
    if near:
        return f"немає рядка {quoted(row)}; {near}"
    totals = [str(one.name) for one in rows if one.name.label]
    others = [one for one in names if one not in totals]
    listed = [f"є: {_listed(others)}"] if others else []
    listed += [f"підсумки: {_listed(totals)}"] if totals else []
    return f"немає рядка {quoted(row)}; {'; '.join(listed)}"


def _is_inside(wanted: str, column: ColumnName) -> bool:
    """Tell whether a heading has a word that begins so."""
    word = _folded(wanted).strip("«»")
    heading = re.findall(r"\w+", _folded(column.heading))
    return bool(word) and any(one.startswith(word) for one in heading)


def _short(column: ColumnName) -> str:
    return f"{column.id} ({shortened(str(column), _LONGEST_HEADING)})"


def _listed(names: Sequence[str]) -> str:
    more = f" … (усього {len(names)})" if len(names) > _MOST_LISTED else ""
    return ", ".join(names[:_MOST_LISTED]) + more


def _folded(text: str) -> str:
    return " ".join(text.casefold().split())
