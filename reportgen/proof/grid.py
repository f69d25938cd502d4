"""Cells of a table as any reader finds them, and rows of them compared with the document's.

Rows are first laid side by side, so that one row too many is one difference and not a different
text in every row below it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from difflib import SequenceMatcher
from itertools import zip_longest
from typing import NamedTuple, TypeAlias

from reportgen.document.blocks import Table
from reportgen.proof.difference import Difference, besides, differing, lacking
from reportgen.proof.lines import squeeze


class Spot(NamedTuple):
    """A cell: its place from the table's top left corner, its spans, and what it shows.

    ``name`` is how content calls its row, which no file tells: nobody counts down to row 72.
    """

    row: int
    column: int
    rows: int
    columns: int
    text: str
    name: str = ""


class Seen(NamedTuple):
    """A cell as a file shows it; ``place`` is where a reader of the file finds it."""

    columns: int
    rows: int
    text: str
    place: str


#: What a text of a file is to be compared as with the model's: blanks at the ends of lines may be
#: lost in some formats.
ReadAs: TypeAlias = Callable[[str, str], str]


def spots(table: Table) -> list[Spot]:
    """Return a document's table, header and body, as readers should find it."""
    return [
        Spot(row, column, cell.rows, cell.columns, cell.text)
        for row, cells in enumerate(table.placed_header + table.placed_body)
        for column, cell in cells
    ]


def named(cells: Iterable[Spot], table: Table) -> list[Spot]:
    """Return cells with the names that content gives the rows of their table."""
    names = [str(row.name) for row in (*table.header, *table.body)]
    return [one._replace(name=names[one.row]) for one in cells]


def in_rows(cells: Iterable[Spot]) -> list[list[Spot]]:
    """Return cells by row; a row in which no cell begins is empty."""
    rows: list[list[Spot]] = []
    for cell in cells:
        while len(rows) <= cell.row:
            rows.append([])
        rows[cell.row].append(cell)
    return rows


def seen_in(where: str, cells: Iterable[Spot]) -> list[list[Seen]]:
    """Return a table's cells by row with places such as «таблиця 2, рядок 5, колонка 3»."""
    table = f"{where}, " if where else ""
    return [
        [
            Seen(
                one.columns,
                one.rows,
                one.text,
                f"{table}рядок {one.row + 1}, колонка {one.column + 1}",
            )
            for one in row
        ]
        for row in in_rows(cells)
    ]


def compare_rows(
    file: str,
    found: Sequence[Sequence[Seen]],
    wanted: Sequence[Sequence[Spot]],
    where: str,
    read_as: ReadAs = lambda found, _wanted: found,
) -> Iterator[Difference]:
    """Yield what differs between the rows of one table; ``where`` names the table as a whole.

    Rows are laid side by side by their squeezed texts, then compared cell by cell.
    """
    theirs = [tuple((one.columns, one.rows, squeeze(one.text)) for one in row) for row in found]
    ours = [tuple((one.columns, one.rows, squeeze(one.text)) for one in row) for row in wanted]
    for _, left, left_end, right, right_end in SequenceMatcher(
        None, theirs, ours, autojunk=False
    ).get_opcodes():
        for row, model in zip_longest(found[left:left_end], wanted[right:right_end]):
            if row is None:
                yield lacking(file, _gap(found, left_end, where), _text(model))
            elif model is None:
                yield besides(file, row[0].place if row else where, _text(row))
            else:
                name = model[0].name if model else ""
                for one in _compare_row(file, row, model, where, read_as):
                    yield replace(one, place=of_row(one.place, name))


def of_row(place_of: str, name: str) -> str:
    """Return a place with the name that content gives its row: «рядок 72, колонка 9 («1.1.10»)»."""
    return f"{place_of} («{name}»)" if place_of and name else place_of


def _gap(found: Sequence[Sequence[Seen]], index: int, where: str) -> str:
    """Return the place before a row, or behind the last one."""
    for row, side in ((found[index : index + 1], "перед"), (found[:index][-1:], "після")):
        if row and row[0]:
            return f"{side}: {row[0][0].place}"
    return where


def _compare_row(
    file: str, row: Sequence[Seen], model: Sequence[Spot], where: str, read_as: ReadAs
) -> Iterator[Difference]:
    if len(row) != len(model):
        place_of = row[0].place if row else where
        message = f"клітинок у рядку {len(row)}, у моделі {len(model)}"
        yield Difference(file, place_of, _text(model), _text(row), message)
        return
    for one, cell in zip(row, model, strict=True):
        if (one.columns, one.rows) != (cell.columns, cell.rows):
            theirs, ours = (f"{each.columns} × {each.rows}" for each in (one, cell))
            message = f"об'єднано {theirs} (колонок × рядків), у моделі {ours}"
            yield Difference(file, one.place, ours, theirs, message)
        text = read_as(one.text, cell.text)
        if text != cell.text:
            yield differing(file, one.place, cell.text, text)


def _text(row: Sequence[Seen] | Sequence[Spot]) -> str:
    return " | ".join(one.text for one in row if one.text)
