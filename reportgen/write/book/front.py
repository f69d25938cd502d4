"""Cover and contents, whose entries lead to the parts."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from importlib.resources import files
from itertools import accumulate
from typing import Final

import pikepdf
from pikepdf import Page

from reportgen.document.typography import typeset
from reportgen.write.book.book import Book, Part
from reportgen.write.book.places import beginning_of
from reportgen.write.fonts import Typeface
from reportgen.write.pdf_typst.payload import FALLBACK_FAMILY
from reportgen.write.pdf_typst.run import compiled, open_compiler

HEADING: Final = "Зміст"

_TEMPLATE: Final = "front.typ"
_LINK: Final = "part:"  # so the template calls the first page of a part, by its index
_NUMBER_WIDTH: Final = 12.0  # mm: four digits, with room before them


def draw_front(
    book: Book, parts: Sequence[Part], counts: Sequence[int], typeface: Typeface | None
) -> bytes:
    """Return cover and contents as a PDF; ``counts`` are the pages of the parts.

    The contents name pages that are numbered from the cover on, and so have to know their own
    length. The numbers stand in a column of their own: they change no line, and one more drawing
    with the right ones is as long as the first.
    """
    names = [part.name for part in parts]
    own = _pages(_drawn(book, [(name, 0) for name in names], typeface))
    firsts = accumulate(counts, initial=own + 1)
    return _drawn(book, [*zip(names, firsts, strict=False)], typeface)


def point_links(
    contents: Iterable[Page], parts: Sequence[Part], pages: Sequence[Page], firsts: Sequence[int]
) -> None:
    """Lead the entries of the contents to the first pages of the parts, at indices from 0."""
    for page in contents:
        for link in page.obj.get("/Annots", []):
            index = int(str(link.A.URI).removeprefix(_LINK))
            link.Dest = beginning_of(pages[index])
            link.Contents = pikepdf.String(f"{parts[index].name}, сторінка {firsts[index] + 1}")
            del link.A


def _drawn(book: Book, entries: Iterable[tuple[str, int]], typeface: Typeface | None) -> bytes:
    template = files(__package__).joinpath(_TEMPLATE).read_bytes()
    data = {
        "name": " ".join(book.title),
        "title": [typeset(line) for line in book.title],
        "lines": book.lines,
        "place": book.place,
        "author": book.author,
        "subject": book.subject,
        "language": book.language,
        "dated": [book.dated.year, book.dated.month, book.dated.day],
        "font": typeface.family if typeface else FALLBACK_FAMILY,
        "page": {
            "width": book.page.width,
            "height": book.page.height,
            "left": book.page.left,
            "right": book.page.right,
            "top": book.page.top,
            "bottom": book.page.bottom,
            "text-size": book.page.text_size,
            "number-width": _NUMBER_WIDTH,
        },
        "heading": HEADING,
        "entries": [{"name": name, "page": number} for name, number in entries],
    }
    return compiled(open_compiler(template, typeface, data), template, book.standard)


def _pages(pdf: bytes) -> int:
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        return len(opened.pages)
