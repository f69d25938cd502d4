"""The tree of tags in the objects of a PDF by Typst, to be read and changed as it lies there."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

_ROOT: Final = re.compile(rb"\d+ 0 obj\n<</Type/StructTreeRoot\b")
_ELEMENT: Final = re.compile(rb"\d+ 0 obj\n<</Type/StructElem/S/(\w+)/P (\d+) 0 R")
_KIDS: Final = re.compile(rb"/K\[([^]]*)\]")
_REFERENCE: Final = re.compile(rb"(\d+) 0 R")
_PAGE: Final = re.compile(rb"/Pg (\d+) 0 R")


class Tree:
    """Objects by number, with what a table of tags is made of; an object is bytes."""

    def __init__(self, bodies: Sequence[bytes]) -> None:
        self._bodies = list(bodies)
        found = (number for number, one in enumerate(bodies, 1) if _ROOT.match(one))
        self.root = next(found, 0)  # 0 without tags

    def __getitem__(self, number: int) -> bytes:
        return self._bodies[number - 1]

    def __setitem__(self, number: int, body: bytes) -> None:
        self._bodies[number - 1] = body

    @property
    def bodies(self) -> tuple[bytes, ...]:
        """All objects in order."""
        return tuple(self._bodies)

    def tables(self) -> Iterator[int]:
        """Yield the tables in reading order."""
        if self.root:
            yield from self.below(self.root, b"Table")

    def rows(self, table: int) -> list[list[int]]:
        """Return the cells of a table, row by row, those of the header first."""
        return [cells for row in self.below(table, b"TR") if (cells := self.kids(row))]

    def below(self, number: int, kind: bytes) -> Iterator[int]:
        """Yield the outermost elements of a kind below one."""
        for kid in self.kids(number):
            if self.kind(kid) == kind:
                yield kid
            else:
                yield from self.below(kid, kind)

    def kind(self, number: int) -> bytes:
        """Return what an element is, nothing for what is none."""
        match = _ELEMENT.match(self[number])
        return match[1] if match else b""

    def parent(self, number: int) -> int:
        """Return the element that one stands in, 0 for what is none."""
        match = _ELEMENT.match(self[number])
        return int(match[2]) if match else 0

    def kids(self, number: int) -> list[int]:
        """Return the elements right under one, or under the root."""
        return [int(one) for one in _REFERENCE.findall(self._inside(number))]

    def marks(self, number: int) -> Iterator[tuple[int, int]]:
        """Yield the pieces of content that an element and all below it name: page and mark."""
        page = _PAGE.search(self[number])
        if page:
            pieces = _REFERENCE.sub(b"", self._inside(number)).split()
            yield from ((int(page[1]), int(one)) for one in pieces if one.isdigit())
        for kid in self.kids(number):
            yield from self.marks(kid)

    def move(self, number: int, parent: int) -> None:
        """Make an element the last one under another; it stays in the list where it was."""
        self[number] = re.sub(rb"/P \d+ 0 R", b"/P %d 0 R" % parent, self[number], count=1)
        inside = b"%b %d 0 R" % (self._inside(parent), number)
        self[parent] = _KIDS.sub(b"/K[%b]" % inside, self[parent], count=1)

    def drop(self, number: int) -> None:
        """Take an element out of the tree, without those that were moved from under it."""
        above = self.parent(number)
        inside = re.sub(rb"(?<!\d)%d 0 R ?" % number, b"", self._inside(above))
        self[above] = _KIDS.sub(b"/K[%b]" % inside.rstrip(), self[above], count=1)
        self._forget(number)

    def _forget(self, number: int) -> None:
        for kid in self.kids(number):
            if self.parent(kid) == number:
                self._forget(kid)
        self[number] = b"%d 0 obj\nnull\nendobj\n\n" % number

    def _inside(self, number: int) -> bytes:
        body = self[number]
        is_part = number == self.root or _ELEMENT.match(body)
        match = _KIDS.search(body) if is_part else None
        return match[1] if match else b""
