"""A PDF read by its tags: the structure tree as it lies in the file, with the text under it.

The tree is read by pdfminer, the letters by PDFium: together they take a tenth of the time that
pdfminer's letters alone would.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

from pdfminer.pdfdocument import PDFDocument
from pdfminer.pdfpage import PDFPage
from pdfminer.pdfparser import PDFParser
from pdfminer.pdftypes import PDFObjRef, resolve1
from pdfminer.utils import decode_text

from reportgen.document.blocks import Row
from reportgen.proof.letters import BREAK, Letters, read_letters
from reportgen.proof.lines import squeeze
from reportgen.proof.zipped import UnreadableError

#: Page from 1, and text of one piece of marked content.
Piece: TypeAlias = tuple[int, str]

#: The cells of a row: over how many columns and rows, and what they show.
Shape: TypeAlias = list[tuple[int, int, str]]

_UNSEEN = re.compile(r"[\s\u200b]")
_DEEPEST = 60  # elements inside each other; our documents have nine


@dataclass(frozen=True, slots=True)
class Tag:
    """An element of the structure tree: what it is, and the text drawn under it, by page."""

    kind: str
    columns: int
    rows: int
    parts: tuple[Tag | Piece, ...]  # in reading order
    alt: str = ""  # what stands for it in words

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

    def around(self, *kinds: str) -> Iterator[Piece]:
        """Yield what is drawn in no element of these kinds."""
        for part in self.parts:
            if not isinstance(part, Tag):
                yield part
            elif part.kind not in kinds:
                yield from part.around(*kinds)

    def outside(self, kind: str) -> str:
        """Return the text that is in no element of a kind, squeezed."""
        return squeeze(*(text for _, text in self.around(kind)))

    @property
    def drawn(self) -> tuple[Piece, ...]:
        """What is drawn under the element, all of it, with the page of each piece."""
        pieces = (part.drawn if isinstance(part, Tag) else (part,) for part in self.parts)
        return tuple(piece for some in pieces for piece in some)

    @property
    def raw(self) -> str:
        """All text under the element as it is drawn."""
        return "".join(text for _, text in self.drawn)

    @property
    def text(self) -> str:
        """All text under the element, squeezed."""
        return squeeze(self.raw)

    @property
    def page(self) -> int | None:
        """The page on which the element begins; ``None`` for one that draws nothing."""
        return min((page for page, _ in self.drawn), default=None)


@dataclass(frozen=True, slots=True)
class Tagged:
    """A whole PDF: the root of its tags, and all letters by page."""

    root: Tag
    letters: Letters


def read_as(drawn: str, text: str) -> str:
    """Return letters as the text that they may be; from where they part from it, as drawn.

    Lines may end anywhere: blanks may be lost there, and a hyphen there may be the word's own or
    not. So blanks are the text's, and letters are the text exactly if that is what is returned.
    """
    letters = [(at, one) for at, one in enumerate(drawn) if not _UNSEEN.match(one)]
    at, end = 0, len(text)
    for index, own in enumerate(text):
        if own == BREAK or _UNSEEN.match(own):
            continue
        while at < len(letters) and letters[at][1] == BREAK and own != "-":
            at += 1
        if at == len(letters) or letters[at][1] not in {own, BREAK}:
            end = index
            break
        at += 1
    left = [place for place, one in letters[at:] if end < len(text) or one != BREAK]
    return text[:end] + (drawn[left[0] :] if left else "")


def read_tags(data: bytes) -> Tag:
    """Return the root of a tagged PDF."""
    return read_tagged(data).root


def read_tagged(data: bytes) -> Tagged:
    """Return a PDF's tags and letters.

    Raises:
        UnreadableError: when it is no PDF, or has no tags.
    """
    letters = read_letters(data)
    document = PDFDocument(PDFParser(io.BytesIO(data)))
    numbers = {
        page.pageid: number for number, page in enumerate(PDFPage.create_pages(document), start=1)
    }
    tree = resolve1(document.catalog.get("StructTreeRoot"))
    kids = _kids(tree) if isinstance(tree, dict) else []
    if len(kids) != 1:
        raise UnreadableError("у PDF немає тегів: це не той файл, що складено")
    return Tagged(_Reader(numbers, letters.marked).tag(resolve1(kids[0]), None, 0), letters)


@dataclass(frozen=True, slots=True)
class _Reader:
    pages: Mapping[Any, int]  # object id of a page → its number
    drawn: Mapping[tuple[int, int], str]  # (page, marked content) → text

    def tag(self, element: dict[str, Any], page: PDFObjRef | None, depth: int) -> Tag:
        if depth > _DEEPEST:
            raise UnreadableError("теги PDF вкладено надто глибоко: файл пошкоджено")
        page = element.get("Pg", page)
        parts: list[Tag | Piece] = []
        for kid in _kids(element):
            found = resolve1(kid)
            if isinstance(found, int):
                parts += self._content(page, found)
            elif found.get("MCID") is not None:
                parts += self._content(found.get("Pg", page), found["MCID"])
            elif "S" in found:
                parts.append(self.tag(found, page, depth + 1))
        spans = _attributes(element)
        kind = getattr(element["S"], "name", "")
        columns, rows = int(spans.get("ColSpan", 1)), int(spans.get("RowSpan", 1))
        alt = resolve1(element.get("Alt", b""))
        return Tag(kind, columns, rows, tuple(parts), decode_text(alt) if alt else "")

    def _content(self, page: PDFObjRef | None, number: int) -> list[Piece]:
        if page is None:
            raise UnreadableError("теги PDF не називають сторінки: файл пошкоджено")
        at = self.pages[page.objid]
        return [(at, self.drawn.get((at, number), ""))]


def _kids(element: dict[str, Any]) -> list[Any]:
    kids = resolve1(element.get("K", []))
    return kids if isinstance(kids, list) else [kids]


def _attributes(element: dict[str, Any]) -> dict[str, Any]:
    given = resolve1(element.get("A", {}))
    parts = given if isinstance(given, list) else [given]
    return {key: value for part in parts for key, value in resolve1(part).items()}


def shape(row: Tag) -> Shape:
    """Return a tagged row as it can be compared with a document's."""
    return [(cell.columns, cell.rows, cell.text) for cell in row.children]


def expected(rows: Sequence[Row]) -> list[Shape]:
    """Return a document's rows as a PDF should show them."""
    return [[(cell.columns, cell.rows, squeeze(cell.text)) for cell in row.cells] for row in rows]
