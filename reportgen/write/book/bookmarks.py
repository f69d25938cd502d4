"""Bookmarks: the parts, and under each the bookmarks of its own file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import pikepdf
from pikepdf import Array, OutlineItem, Page

from reportgen.document.blocks import Document, Paragraph, Style
from reportgen.write.book.book import Part
from reportgen.write.book.front import HEADING
from reportgen.write.book.places import beginning_of
from reportgen.write.headings import heading_levels


def write_bookmarks(
    pdf: pikepdf.Pdf,
    parts: Sequence[Part],
    firsts: Sequence[int],
    children: Sequence[Sequence[OutlineItem]],
) -> None:
    """Write bookmarks two levels deep; ``firsts`` are the first pages of the parts, from 0."""
    with pdf.open_outline() as outline:
        outline.root.append(OutlineItem(HEADING, beginning_of(pdf.pages[1])))
        for part, first, own in zip(parts, firsts, children, strict=False):
            item = OutlineItem(part.name, beginning_of(pdf.pages[first]))
            item.children += own
            item.is_closed = True
            outline.root.append(item)


def own_bookmarks(part: Part, source: pikepdf.Pdf, pages: Sequence[Page]) -> list[OutlineItem]:
    """Return a file's own bookmarks, leading to ``pages``, its own in the book.

    But for that of its title, which the part's own one stands for.
    """
    indices = {page.obj.objgen: index for index, page in enumerate(source.pages)}
    with source.open_outline() as outline:
        own = list(_flat(outline.root))
    names = _headings(part.document)
    if len(names) != len(own):  # the template makes headings of other lines
        names = [one.title for one in own]
    begin = _begins_with_its_title(part.document)
    made: list[OutlineItem] = []
    for name, bookmark in list(zip(names, own, strict=True))[begin:]:
        if isinstance(bookmark.destination, Array):  # Typst writes no others
            page, *place = bookmark.destination
            target = pages[indices[page.objgen]]
            made.append(OutlineItem(name, Array([target.obj, *place])))
    return made


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
