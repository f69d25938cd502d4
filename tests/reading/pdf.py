"""A PDF read by its tags: the structure tree as it lies in the file, with the text under it."""

from __future__ import annotations

import functools
import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

import pdfplumber
from pdfminer.pdftypes import PDFObjRef, resolve1

from reportgen.document.blocks import Row

MM = 72 / 25.4  # points in a millimetre


#: Page from 1, and text of one piece of marked content.
Piece: TypeAlias = tuple[int, str]


@dataclass(frozen=True)
class Tag:
    """An element of the structure tree: what it is, and the text drawn under it, by page."""

    kind: str
    columns: int
    rows: int
    parts: tuple[Tag | Piece, ...]  # in reading order

    @property
    def children(self) -> tuple[Tag, ...]:
        """The elements right under this one."""
        return tuple(part for part in self.parts if isinstance(part, Tag))

    def below(self, kind: str) -> Iterator[Tag]:
        """Yield every element of a kind, in reading order."""
        for child in self.children:
            if child.kind == kind:
                yield child
            yield from child.below(kind)

    def outside(self, kind: str) -> str:
        """Return the text that is in no element of a kind, squeezed."""
        kept = (part for part in self.parts if not isinstance(part, Tag) or part.kind != kind)
        return squeeze(*(one.outside(kind) if isinstance(one, Tag) else one[1] for one in kept))

    @property
    def drawn(self) -> tuple[Piece, ...]:
        """What is drawn under the element, all of it, with the page of each piece."""
        pieces = (part.drawn if isinstance(part, Tag) else (part,) for part in self.parts)
        return tuple(piece for some in pieces for piece in some)

    @property
    def text(self) -> str:
        """All text under the element, squeezed."""
        return squeeze(*(text for _, text in self.drawn))

    @property
    def page(self) -> int | None:
        """The page on which the element begins; ``None`` for one that draws nothing."""
        return min((page for page, _ in self.drawn), default=None)


def squeeze(*lines: str) -> str:
    """Return text without what the end of a line adds or takes: blanks and hyphens."""
    return re.sub(r"[\s\u00ad\u200b-]", "", "".join(lines))


def read_tags(data: bytes) -> Tag:
    """Return the root of a tagged PDF."""
    numbers: dict[int, int] = {}
    drawn: dict[tuple[int, int], str] = {}
    for page in pages_of(data):
        numbers[page.page_obj.pageid] = page.page_number
        mark = None
        for char in page.chars:
            # A span inside a mark has no number of its own, nor has what follows it.
            if char["mcid"] is not None or char["tag"] == "Artifact":
                mark = char["mcid"]
            if mark is not None:
                at = page.page_number, mark
                drawn[at] = drawn.get(at, "") + char["text"]
    root = resolve1(pages_of(data)[0].pdf.doc.catalog["StructTreeRoot"])
    [top] = _kids(root)
    return _Reader(numbers, drawn).tag(resolve1(top), None)


@dataclass(frozen=True)
class _Reader:
    pages: dict[int, int]  # object id of a page → its number
    drawn: dict[tuple[int, int], str]  # (page, marked content) → text

    def tag(self, element: dict[str, Any], page: PDFObjRef | None) -> Tag:
        page = element.get("Pg", page)
        parts: list[Tag | Piece] = []
        for kid in _kids(element):
            found = resolve1(kid)
            if isinstance(found, int):
                parts.append(self._content(page, found))
            elif found.get("MCID") is not None:
                parts.append(self._content(found.get("Pg", page), found["MCID"]))
            elif "S" in found:
                parts.append(self.tag(found, page))
        spans = _attributes(element)
        kind = getattr(element["S"], "name", "")
        columns, rows = int(spans.get("ColSpan", 1)), int(spans.get("RowSpan", 1))
        return Tag(kind, columns, rows, tuple(parts))

    def _content(self, page: PDFObjRef | None, number: int) -> Piece:
        assert page is not None
        at = self.pages[page.objid]
        return at, self.drawn.get((at, number), "")


def _kids(element: dict[str, Any]) -> list[Any]:
    kids = resolve1(element.get("K", []))
    return kids if isinstance(kids, list) else [kids]


def _attributes(element: dict[str, Any]) -> dict[str, Any]:
    given = resolve1(element.get("A", {}))
    parts = given if isinstance(given, list) else [given]
    return {key: value for part in parts for key, value in resolve1(part).items()}


#: The cells of a row: over how many columns and rows, and what they show.
Shape = list[tuple[int, int, str]]


def shape(row: Tag) -> Shape:
    """Return a tagged row as it can be compared with a document's."""
    return [(cell.columns, cell.rows, cell.text) for cell in row.children]


def expected(rows: Sequence[Row]) -> list[Shape]:
    """Return a document's rows as a PDF should show them."""
    return [[(cell.columns, cell.rows, squeeze(cell.text)) for cell in row.cells] for row in rows]


@functools.lru_cache(maxsize=8)
def pages_of(data: bytes) -> list[pdfplumber.page.Page]:
    """Return the pages; finding the letters is slow, so the last few files are remembered."""
    return list(pdfplumber.open(io.BytesIO(data)).pages)
