"""Mend the tags of a PDF that Typst has written.

What Typst 0.15 does, and a reader aloud would not have:

- it knows headings of columns alone, so a figure is read without the measure that it belongs to;
- the row that numbers the columns is taken for headings too;
- the cells list the headings of their columns, and for who lists some, no others count;
- a table has no summary.

So headings say by their scope what they head, in both directions, and lists of them go: as in the
files of the other engine.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import chain
from typing import Final

from reportgen.document.blocks import Document, Role, Table, place
from reportgen.write.pdf_typst.objects import read_objects, write_objects
from reportgen.write.row_names import row_names

_ROOT: Final = re.compile(rb"<</Type/StructTreeRoot\b.*?/K\[(\d+) 0 R\]", re.DOTALL)
_ELEMENT: Final = re.compile(rb"\d+ 0 obj\n<</Type/StructElem/S/(\w+)/P ")
_KIDS: Final = re.compile(rb"/K\[([^]]*)\]")
_REFERENCE: Final = re.compile(rb"(\d+) 0 R")
_HEADERS: Final = re.compile(rb"/Headers\[[^]]*\]")


def mend_tags(pdf: bytes, document: Document) -> bytes:
    """Return the file with headings of rows and columns, and with summaries of tables.

    ``document`` is the one that was drawn. A template that draws other tables, or other rows, has
    tags of its own, which stay as they are.
    """
    objects = read_objects(pdf)
    tree = _Tree(objects.bodies)
    mended: dict[int, bytes] = {}
    drawn = deque(tree.tables())
    for table in document.tables:
        head, body = _heading_scopes(table), _body_scopes(table)
        done = 0  # rows of the body: a table is drawn anew where its page has to begin
        while drawn and done < len(body):
            number = drawn.popleft()
            rows = tree.rows(number)
            scopes = [*head, *body[done : done + len(rows) - len(head)]]
            if [*map(len, rows)] != [*map(len, scopes)]:
                return pdf
            done += len(rows) - len(head)
            mended[number] = _described(objects.bodies[number - 1], table.caption)
            for cell, scope in zip(chain(*rows), chain(*scopes), strict=True):
                mended[cell] = _heading(objects.bodies[cell - 1], scope)
        if done < len(body):
            return pdf
    if drawn:
        return pdf
    bodies = tuple(mended.get(number, one) for number, one in enumerate(objects.bodies, 1))
    return write_objects(replace(objects, bodies=bodies))


def _heading_scopes(table: Table) -> list[list[bytes]]:
    """Return what each cell of the header heads; the numbers of columns name nothing.

    Rows whose places are all covered from above have no cells, and Typst no row for them.
    """
    return [
        [b"" if row.role is Role.NUMBERS else b"Column" for _ in row.cells]
        for row in table.header
        if row.cells
    ]


def _body_scopes(table: Table) -> list[list[bytes]]:
    """Return what each cell of each row of the body heads: the row, or nothing."""
    placed = zip(place(table.body, len(table.columns)), row_names(table), strict=True)
    return [
        [b"Row" if column in names else b"" for column, _ in cells]
        for cells, names in placed
        if cells
    ]


class _Tree:
    """The tree of tags in objects that are numbered from 1."""

    def __init__(self, bodies: Sequence[bytes]) -> None:
        self._bodies = bodies

    def tables(self) -> Iterator[int]:
        """Yield the tables in reading order."""
        for body in self._bodies:
            if match := _ROOT.search(body):
                yield from self._below(int(match[1]), b"Table")

    def rows(self, table: int) -> list[list[int]]:
        """Return the cells of a table, row by row, those of the header first."""
        return [cells for row in self._below(table, b"TR") if (cells := self._kids(row))]

    def _below(self, number: int, kind: bytes) -> Iterator[int]:
        for kid in self._kids(number):
            if self._kind(kid) == kind:
                yield kid
            else:
                yield from self._below(kid, kind)

    def _kind(self, number: int) -> bytes:
        match = _ELEMENT.match(self._bodies[number - 1])
        return match[1] if match else b""

    def _kids(self, number: int) -> list[int]:
        body = self._bodies[number - 1]
        match = _KIDS.search(body) if _ELEMENT.match(body) else None
        return [int(one) for one in _REFERENCE.findall(match[1])] if match else []


def _heading(body: bytes, scope: bytes) -> bytes:
    """Return a cell that heads what is named, or nothing."""
    kind = b"/S/TH/" if scope else b"/S/TD/"
    body = re.sub(rb"/S/T[HD]/", kind, body, count=1)
    body = _HEADERS.sub(b"", body, count=1).replace(b"/Scope/Column", b"", 1)
    return _with(body, b"/Scope/" + scope) if scope else body


def _described(body: bytes, caption: str) -> bytes:
    """Return a table with its summary."""
    text = b"\xfe\xff" + caption.encode("utf-16-be")
    return _with(body, b"/Summary<%b>" % text.hex().upper().encode())


def _with(body: bytes, attribute: bytes) -> bytes:
    """Return an element with one more attribute of tables."""
    own = b"<</O/Table"
    if own in body:
        return body.replace(own, own + attribute, 1)
    if b"/A[" in body:
        return body.replace(b"/A[", b"/A[%b%b>>" % (own, attribute), 1)
    return body.replace(b"/P ", b"/A[%b%b>>]/P " % (own, attribute), 1)
