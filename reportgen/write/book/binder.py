"""Parts bound into one file, each as soon as it is drawn."""

from __future__ import annotations

import hashlib
import io
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import accumulate
from typing import Final

import pikepdf
from pikepdf import Dictionary, Object, ObjectStreamMode, OutlineItem, Page

from reportgen.write.attaching import add_attachments
from reportgen.write.book.book import Book, Part
from reportgen.write.book.bookmarks import own_bookmarks, write_bookmarks
from reportgen.write.book.front import draw_front, point_links
from reportgen.write.book.metadata import describe
from reportgen.write.book.numbers import number_pages, take_off_numbers
from reportgen.write.book.tags import Tree
from reportgen.write.fonts import Typeface
from reportgen.write.frame import Frame

#: What of a front's catalogue is not for the book as it is: pages and tags are joined.
_JOINED: Final = ("/Type", "/Pages", "/StructTreeRoot", "/Outlines")


@dataclass(frozen=True, slots=True)
class _Bound:
    """A part in the book's file."""

    part: Part
    digest: bytes
    pages: Sequence[Page]
    tags: Sequence[Object]
    bookmarks: Sequence[OutlineItem]


class Binder:
    """A book growing part by part; what needs to know all of them is done at its end.

    A part takes about a tenth of the time that it took to draw. So whoever draws parts in several
    processes hands over each as it comes, and waits for little more than the last.
    """

    def __init__(self) -> None:
        self._pdf = pikepdf.new()
        self._tree = Tree(self._pdf)
        self._bound: list[_Bound] = []

    def add(self, part: Part, at: int | None = None) -> None:
        """Bind a part behind those that are there, or as the one with an index among them.

        Bytes depend on the order of adding, too.
        """
        index = len(self._bound) if at is None else at
        first = sum(len(one.pages) for one in self._bound[:index])
        with _opened(part.pdf) as source:
            pages, tags = self._take(source, first)
            bookmarks = own_bookmarks(part, source, pages)
        digest = hashlib.sha256(part.pdf).digest()
        self._bound.insert(index, _Bound(part, digest, pages, tags, bookmarks))

    def bind(self, book: Book, frame: Frame, typeface: Typeface | None) -> bytes:
        """Return the book by the standard of its parts; the frame draws the page numbers.

        It is done once: the file has its cover then.

        Raises:
            FrameError: when ``document.typ`` does not draw its pages' heads and feet as it should.
        """
        pdf, parts = self._pdf, [one.part for one in self._bound]
        counts = [len(one.pages) for one in self._bound]
        front = draw_front(book, parts, counts, typeface)
        with pikepdf.open(io.BytesIO(front)) as source:
            pages, [document] = self._take(source, 0)
            version = _take_over(pdf, source)
        # The first page of each part, from 0, and the end of the last one.
        firsts = [*accumulate(counts, initial=len(pages))]
        self._tree.plant(document, [tag for one in self._bound for tag in one.tags])
        profiles = [book.page] * len(pages)
        for part, count in zip(parts, counts, strict=True):
            profiles += [part.document.page] * count
        number_pages(pdf, book, profiles, frame, typeface)
        point_links(pages, parts, [pdf.pages[first] for first in firsts[:-1]], firsts)
        write_bookmarks(pdf, parts, firsts, [one.bookmarks for one in self._bound])
        describe(pdf, [hashlib.sha256(front).digest(), *(one.digest for one in self._bound)])
        add_attachments(pdf, book.attachments, book.dated)
        return _written(pdf, version, packed=not book.standard.is_first_part)

    def _take(self, source: pikepdf.Pdf, first: int) -> tuple[list[Page], list[Object]]:
        """Put a file's pages in, the first of them at an index; return them, and its tags."""
        pages = self._pdf.pages
        if first == len(pages):
            pages.extend(source.pages)
        else:
            for index, page in enumerate(source.pages, first):
                pages.insert(index, page)
        taken = pages[first : first + len(source.pages)]
        for page in taken:
            take_off_numbers(self._pdf, page)
        return taken, self._tree.take(source.Root.StructTreeRoot, taken)


@contextmanager
def _opened(data: bytes) -> Iterator[pikepdf.Pdf]:
    """Open a file by way of the disk: through Python objects it is read at half the speed.

    What is copied of it stays readable when it is closed and gone.
    """
    with tempfile.TemporaryFile() as file:
        file.write(data)
        file.flush()
        with pikepdf.open(file, access_mode=pikepdf.AccessMode.mmap) as pdf:
            yield pdf


def _take_over(pdf: pikepdf.Pdf, front: pikepdf.Pdf) -> str:
    """Make what the front says of its file hold for the whole; return its version of PDF."""
    own = {key: value for key, value in front.Root.items() if key not in _JOINED}
    for key, value in pdf.copy_foreign(front.make_indirect(Dictionary(own))).items():
        pdf.Root[key] = value
    pdf.trailer.Info = pdf.copy_foreign(front.trailer.Info)
    return front.pdf_version


def _written(pdf: pikepdf.Pdf, version: str, *, packed: bool) -> bytes:
    """Return the file; PDF/A-1 has neither compressed objects nor the table of them."""
    written = io.BytesIO()
    mode = ObjectStreamMode.generate if packed else ObjectStreamMode.disable
    pdf.save(
        written,
        min_version=version,
        deterministic_id=True,
        fix_metadata_version=False,
        object_stream_mode=mode,
    )
    return written.getvalue()
