"""One table to a listener for all the pages that it is printed on.

WeasyPrint 70 tags each page's part of a table as a table, each in a ``Part`` of its own, and a row
that a page's end cuts as two rows.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TypeAlias

from reportgen.write.pdf_weasyprint.layout import TablePart

#: A pydyf dictionary; the package has no types.
Object: TypeAlias = Any


class Joiner:
    """Joins elements of the tree of tags of a file that is about to be written."""

    def __init__(self, pdf: Object) -> None:
        self._pdf = pdf

    def join_tables(self, tables: Sequence[Object], parts: Sequence[TablePart]) -> None:
        """Append to each table its parts on the next pages, but for the headings repeated there."""
        whole: dict[int, Object] = {}
        for table, part in zip(tables, parts, strict=True):
            first = whole.setdefault(part.block, table)
            if first is table:
                continue
            if part.goes_on:
                self._join_row(self._rows(first)[-1], self._rows(table)[0])
            for body in self._bodies(table):
                self._move(body, first)
            self._drop(table)

    def join_pages(self, document: Object) -> None:
        """Make one ``Part`` of those that stand one after another, a page each."""
        kids = self._kids(document)
        if all(one["S"] == "/Part" for one in kids):
            for page in kids[1:]:
                for kid in self._kids(page):
                    self._move(kid, kids[0])
                self._drop(page)

    def _join_row(self, row: Object, rest: Object) -> None:
        """Append to the cells of a row what the next page has of them."""
        ours, theirs = self._kids(row), self._kids(rest)
        if len(ours) == len(theirs):
            for cell, more in zip(ours, theirs, strict=True):
                for kid in self._kids(more):
                    self._move(kid, cell)
            self._drop(rest)

    def _rows(self, table: Object) -> list[Object]:
        return [row for body in self._bodies(table) for row in self._kids(body)]

    def _bodies(self, table: Object) -> list[Object]:
        return [one for one in self._kids(table) if one["S"] == "/TBody"]

    def _kids(self, element: Object) -> list[Object]:
        """Return the elements right under one; numbers are pieces of a page's content."""
        references = (one for one in element["K"] if not isinstance(one, int))
        return [self._object(one) for one in references]

    def _move(self, element: Object, parent: Object) -> None:
        self._parent(element)["K"].remove(element.reference)
        element["P"] = parent.reference
        parent["K"].append(element.reference)

    def _drop(self, element: Object) -> None:
        """Take an element out of the tree, and what holds nothing without it."""
        parent = self._parent(element)
        parent["K"].remove(element.reference)
        if not parent["K"]:
            self._drop(parent)

    def _parent(self, element: Object) -> Object:
        return self._object(element["P"])

    def _object(self, reference: bytes | str) -> Object:
        return self._pdf.objects[int(reference.split()[0])]
