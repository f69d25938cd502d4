"""Merged cells over several pages: cut where a page begins, and named again below the cut.

An engine that lays out pages can only say afterwards where they begin. So a document is laid
out, cut there, and laid out again until the cuts stay where they are. Both PDF writers use this.
"""

from __future__ import annotations

import itertools
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import NamedTuple, TypeAlias, TypeVar

from reportgen.document.blocks import Cell, Document, Table
from reportgen.model.markup import Marked, Run

#: What a cell says, below its name, on the pages after its first.
CONTINUED = "(продовження)"

Result = TypeVar("Result")


class RowStart(NamedTuple):
    """A row that is the first to begin on its page: block of the document, row of the body."""

    block: int  # index in ``document.blocks``, from 0
    row: int  # index in the table's body, from 0; row 0 needs no cut and does no harm


Starts: TypeAlias = frozenset[RowStart]

#: Lay a document out, beginning a new page before each row of the second argument (an engine
#: that cannot do that may ignore it). Returns, for every page of a table, the first row that
#: begins there, and whatever the writer wants to have of the final layout.
Layout: TypeAlias = Callable[[Document, Starts], tuple[Starts, Result]]


def settle(
    document: Document,
    layout: Layout[Result],
    limit: int = 8,
    expected: Starts = frozenset(),
) -> tuple[Document, Result]:
    """Lay out and cut until no merged cell reaches over the start of a page.

    ``expected`` are starts to begin with: right ones save a pass, wrong ones cost nothing else.

    Returns the document with its cells cut, and the layout of exactly that document. A document
    without merged cells is laid out once; usual ones settle in two to four passes.

    Dividing a cell can move the very page break that divided it, so cuts may go round in a
    circle. The earliest start on which they do not agree is then held: a page is forced to begin
    there, which ends that circle. After ``limit`` passes all starts are held; from then on starts
    can only be added, and the work ends with pages that may be shorter than they need be.
    A layout that ignores what is held gives no such guarantee: after twice ``limit`` passes its
    last one stands. No text is lost even then, but a mark of continuation may stand on the wrong
    side of a page's start.
    """
    held: Starts = frozenset()
    seen: list[Starts] = [expected]
    laid = split_tables(document, expected)
    for turn in range(1, 2 * limit):
        starts, result = layout(laid, held)
        following = split_tables(document, starts)
        if following == laid:
            return laid, result
        if turn >= limit:
            held = held | starts
        elif starts in seen:
            circle = seen[seen.index(starts) :]
            held = held | {min(frozenset.union(*circle) - frozenset.intersection(*circle))}
            seen.clear()
        seen.append(starts)
        laid = following
    return laid, layout(laid, held)[1]


def split_tables(document: Document, starts: Starts) -> Document:
    """Return the document with each table split at its own starts."""
    return replace(
        document,
        blocks=tuple(
            split_at(block, (start.row for start in starts if start.block == index))
            if isinstance(block, Table)
            else block
            for index, block in enumerate(document.blocks)
        ),
    )


def split_at(table: Table, starts: Iterable[int]) -> Table:
    """Divide every cell that reaches over one of the rows (of the body, from 0).

    Rows stay where they are, so that references in origins stay right; header rows are not
    touched. Splitting again at the same rows changes nothing.
    """
    cuts = sorted(set(starts))
    rows: list[dict[int, Cell]] = [{} for _ in table.body]
    for top, placed in enumerate(table.placed_body):
        for column, cell in placed:
            inner = cuts[bisect_right(cuts, top) : bisect_left(cuts, top + cell.rows)]
            edges = [top, *inner, top + cell.rows]
            rows[top][column] = replace(cell, rows=edges[1] - top) if inner else cell
            for start, stop in itertools.pairwise(edges[1:]):
                rows[start][column] = continuation(cell, stop - start)
    body = tuple(
        replace(row, cells=tuple(cell for _, cell in sorted(cells.items(), key=_by_column)))
        for row, cells in zip(table.body, rows, strict=True)
    )
    return replace(table, body=body)


def _by_column(item: tuple[int, Cell]) -> int:
    return item[0]


def continuation(cell: Cell, rows: int) -> Cell:
    """Return the part of a cell below a cut: its first paragraph, marked as continued.

    A bare number such as ``1.1.`` is repeated unmarked: the name beside it carries the mark.
    A figure is marked, and the part has no value, for the figure counts only once.
    """
    named = cell.paragraphs[:1]
    told = cell.value is not None or any(char.isalpha() for char in cell.text)
    return replace(
        cell,
        paragraphs=(*named, CONTINUED) if told else named,
        marked=(cell.marked[0], Marked((Run(CONTINUED),))) if cell.marked and told else (),
        value=None,
        rows=rows,
    )
