"""Mend the tags of a PDF that Typst has written.

What Typst 0.15 does, and a reader aloud would not have:

- it knows headings of columns alone, so a figure is read without the measure that it belongs to;
- the row that numbers the columns is taken for headings too;
- the cells list the headings of their columns, and for who lists some, no others count;
- a table has no summary, and is another one where its page had to begin.

So headings say by their scope what they head, in both directions, and lists of them go: as in the
files of the other engine.
"""

from __future__ import annotations

import re
from collections import deque
from dataclasses import replace
from itertools import chain
from typing import Final

from reportgen.document.blocks import Document, Role, Table
from reportgen.write.pdf_typst.joining import join_piece
from reportgen.write.pdf_typst.objects import read_objects, write_objects
from reportgen.write.pdf_typst.tree import Tree
from reportgen.write.row_names import row_names

_HEADERS: Final = re.compile(rb"/Headers\[[^]]*\]")
_PARENT: Final = re.compile(rb"/P \d+ 0 R")
_NAME: Final = re.compile(rb"/ID(\([^()\\]*\))")


def mend_tags(pdf: bytes, document: Document) -> bytes:
    """Return the file with headings of rows and columns, and with summaries of tables.

    ``document`` is the one that was drawn. A template that draws other tables, or other rows, has
    tags of its own, which stay as they are.
    """
    objects = read_objects(pdf)
    tree = Tree(objects.bodies)
    drawn = deque(tree.tables())
    for table in document.tables:
        head, body = _heading_scopes(table), _body_scopes(table)
        pieces: list[int] = []
        done = 0  # rows of the body
        while drawn and done < len(body):
            number = drawn.popleft()
            rows = tree.rows(number)
            scopes = [*head, *body[done : done + len(rows) - len(head)]]
            if [*map(len, rows)] != [*map(len, scopes)]:
                return pdf
            for cell, scope in zip(chain(*rows), chain(*scopes), strict=True):
                _head(tree, cell, scope)
            _group(tree, number)
            pieces.append(number)
            done += len(rows) - len(head)
        if done < len(body):
            return pdf
        for number in pieces[:1]:
            tree[number] = _described(tree[number], table.caption)
        for number in pieces[1:]:
            join_piece(tree, pieces[0], number, headed=bool(head))
    return pdf if drawn else write_objects(replace(objects, bodies=tree.bodies))


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
    placed = zip(table.placed_body, row_names(table), strict=True)
    return [
        [b"Row" if column in names else b"" for column, _ in cells]
        for cells, names in placed
        if cells
    ]


def _group(tree: Tree, table: int) -> None:
    """Let groups of rows mean nothing where PDF 1.4 has none: Typst makes paragraphs of them."""
    for one in tree.kids(table):
        tree[one] = tree[one].replace(b"/S/P/", b"/S/NonStruct/", 1)


def _head(tree: Tree, cell: int, scope: bytes) -> None:
    """Let a cell head what is named, or nothing; nobody asks for it by a name of its own."""
    body = tree[cell]
    if name := _NAME.search(body):
        listed = re.compile(rb"%b%d 0 R" % (re.escape(name[1]), cell))
        tree[tree.root] = listed.sub(b"", tree[tree.root], count=1)
        body = body.replace(name[0], b"", 1)
    body = re.sub(rb"/S/T[HD]/", b"/S/TH/" if scope else b"/S/TD/", body, count=1)
    body = _HEADERS.sub(b"", body, count=1).replace(b"/Scope/Column", b"", 1)
    tree[cell] = _with(body, b"/Scope/" + scope) if scope else body


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
    return _PARENT.sub(rb"\g<0>/A[%b%b>>]" % (own, attribute), body, count=1)
