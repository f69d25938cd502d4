"""A council package as one PDF: cover, contents, and every part as in its own PDF.

The parts are drawn before, each by itself, as ``pdf_typst`` draws them: so a page in the book is
the page of the separate file but for its number, no layout is done twice, and parts can be drawn by
as many processes as there are. Drawn in one piece, 1,000 pages take Typst more than 1.5 GB.
"""

from __future__ import annotations

import io
from itertools import accumulate

import pikepdf

from reportgen.write.attaching import add_attachments
from reportgen.write.book.book import Book, Part
from reportgen.write.book.bookmarks import write_bookmarks
from reportgen.write.book.front import draw_front, point_links
from reportgen.write.book.metadata import describe
from reportgen.write.book.numbers import number_pages
from reportgen.write.book.tags import join_tags
from reportgen.write.fonts import Typeface
from reportgen.write.frame import Frame

__all__ = ["Book", "Part", "draw_book"]


def draw_book(book: Book, frame: Frame, typeface: Typeface | None) -> bytes:
    """Return the book by the standard of its parts; the frame draws the page numbers.

    Raises:
        FrameError: when ``document.typ`` does not draw its pages' heads and feet as it should.
    """
    sources = [pikepdf.open(io.BytesIO(part.pdf)) for part in book.parts]
    counts = [len(source.pages) for source in sources]
    front = draw_front(book, counts, typeface)
    with pikepdf.open(io.BytesIO(front)) as pdf:
        # The first page of each part, from 0, and the end of the last one.
        firsts = [*accumulate(counts, initial=len(pdf.pages))]
        for source in sources:
            pdf.pages.extend(source.pages)
        join_tags(pdf, sources, firsts)
        number_pages(pdf, book, firsts, frame, typeface)
        point_links(pdf, book, firsts)
        write_bookmarks(pdf, book, sources, firsts)
        describe(pdf, [front, *(part.pdf for part in book.parts)])
        add_attachments(pdf, book.attachments, book.dated)
        # PDF/A-1 has neither compressed objects nor the table of them.
        packed = not book.standard.is_first_part
        written = io.BytesIO()
        pdf.save(
            written,
            deterministic_id=True,
            fix_metadata_version=False,
            object_stream_mode=(
                pikepdf.ObjectStreamMode.generate if packed else pikepdf.ObjectStreamMode.disable
            ),
        )
    return written.getvalue()
