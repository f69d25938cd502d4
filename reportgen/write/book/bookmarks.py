"""Bookmarks: the parts, and under each the bookmarks of its own file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import pikepdf
from pikepdf import Array, Name, OutlineItem

from reportgen.document.blocks import Document, Paragraph, Style
from reportgen.write.book.book import Book, Part
from reportgen.write.book.front import HEADING
from reportgen.write.headings import heading_levels


def write_bookmarks(
    pdf: pikepdf.Pdf, book: Book, sources: Sequence[pikepdf.Pdf], firsts: Sequence[int]
) -> None:
    """Write bookmarks two levels deep; ``firsts`` are the first pages of the parts, from 0."""
    if "/Outlines" in pdf.Root:
        del pdf.Root.Outlines
    with pdf.open_outline() as outline:
        outline.root.append(_item(pdf, HEADING, 1))
        for part, source, first in zip(book.parts, sources, firsts, strict=False):
            item = _item(pdf, part.name, first)
            item.children += _children(pdf, part, source, first)
            item.is_closed = True
            outline.root.append(item)


def _item(pdf: pikepdf.Pdf, title: str, index: int) -> OutlineItem:
    page = pdf.pages[index]
    return OutlineItem(title, Array([page.obj, Name.XYZ, 0, page.mediabox[3], 0]))


def _children(
    pdf: pikepdf.Pdf, part: Part, source: pikepdf.Pdf, first: int
) -> Iterator[OutlineItem]:
    """Yield a file's own bookmarks but that of its title, which the part's own one stands for."""
    indices = {page.obj.objgen: index for index, page in enumerate(source.pages)}
    with source.open_outline() as outline:
        own = list(_flat(outline.root))
    names = _headings(part.document)
    if len(names) != len(own):  # the template makes headings of other lines
        names = [one.title for one in own]
    for name, bookmark in list(zip(names, own, strict=True))[
        _begins_with_its_title(part.document) :
    ]:
        if isinstance(bookmark.destination, Array):  # Typst writes no others
            page, *place = bookmark.destination
            target = pdf.pages[first + indices[page.objgen]]
            yield OutlineItem(name, Array([target.obj, *place]))


def _headings(document: Document) -> list[str]:
    """Return the headings; in bookmarks of Typst the lines of one run into each other."""
    levels = heading_levels(document.blocks)
    return [
        " ".join(block.lines)
        for block, level in zip(document.blocks, levels, strict=True)
        if level and isinstance(block, Paragraph)
    ]


def _begins_with_its_title(document: Document) -> bool:
    """Tell whether the first heading names all of it: of several titles each names a section."""
    styles = [one.style for one in document.blocks if isinstance(one, Paragraph)]
    headings = [one for one in styles if one in (Style.TITLE, Style.SECTION)]
    return headings[:1] == [Style.TITLE] and headings.count(Style.TITLE) == 1


def _flat(bookmarks: Iterable[OutlineItem]) -> Iterator[OutlineItem]:
    for bookmark in bookmarks:
        yield bookmark
        yield from _flat(bookmark.children)
