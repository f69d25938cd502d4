"""Page numbers through the whole book, drawn by the same template as those of a report.

Every page that Typst draws has its head and foot apart from all else, marked as pagination. A part
has them numbered from one. So blank sheets are drawn with the same template, as many as the book
has pages, and each page is given the head and foot of the sheet with its number.
"""

from __future__ import annotations

import io
import re
import zlib
from collections.abc import Sequence
from typing import Final

import pikepdf
from pikepdf import Page

from reportgen.document.blocks import Document, Paragraph, Style
from reportgen.document.plain_table import GENERAL
from reportgen.model.council import NumberStyle, PageProfile
from reportgen.write.book.book import Book
from reportgen.write.fonts import Typeface
from reportgen.write.frame import Frame, FrameError
from reportgen.write.pages import RowStart
from reportgen.write.pdf_typst.run import Run

_PAGINATION: Final = re.compile(
    rb"/Artifact<<(?:/Attached\[[^]]*\])?/Subtype/(?:Header|Footer)/Type/Pagination>>BDC\b"
)

#: What marked content begins and ends with, and strings, in which that would mean nothing.
_EDGE: Final = re.compile(rb"\((?:[^()\\]|\\.)*\)|\b(?:(BDC|BMC)|EMC)\b", re.DOTALL)

#: What stands before the names of a sheet's fonts and colours, so that a page's own are others.
_PREFIX: Final = "sheet-"


def take_off_numbers(pdf: pikepdf.Pdf, page: Page) -> None:
    """Take head and foot off a page: it gets others when all pages are there."""
    _, own = _parted(_content(page))
    page.obj.Contents = _stream(pdf, own)


def number_pages(
    pdf: pikepdf.Pdf,
    book: Book,
    profiles: Sequence[PageProfile],
    frame: Frame,
    typeface: Typeface | None,
) -> None:
    """Number all pages but the cover; ``profiles`` are those of all.

    Raises:
        FrameError: when the template draws other sheets than it is asked for.
    """
    pages = list(pdf.pages)
    for profile in dict.fromkeys(profiles):
        numbers = [index for index, one in enumerate(profiles) if one == profile and index]
        with _sheets(book, profile, numbers[-1] + 1, frame, typeface) as sheets:
            drawn = list(sheets.pages)
            for index in numbers:
                _lend(pdf, drawn[index], pages[index])


def _sheets(
    book: Book, page: PageProfile, count: int, frame: Frame, typeface: Typeface | None
) -> pikepdf.Pdf:
    """Return so many sheets, with nothing on them but what the template puts on every page."""
    document = Document(
        title=" ".join(book.title),
        author=book.author,
        language=book.language,
        dated=book.dated,
        page=page,
        numbers=NumberStyle(),
        blocks=(Paragraph(("",), Style.LINE, GENERAL),) * count,
    )
    begun = frozenset(RowStart(index, 0) for index in range(count))
    sheets = pikepdf.open(io.BytesIO(Run(document, frame, typeface, begun).pdf(book.standard)))
    if len(sheets.pages) != count:
        message = "шаблон PDF не починає сторінки там, де її задано (begin)"
        raise FrameError("document.typ", 1, message)
    return sheets


def _lend(pdf: pikepdf.Pdf, sheet: Page, page: Page) -> None:
    """Give a page the head and foot of a sheet."""
    lent, _ = _parted(_content(sheet))
    for kind, resources in sheet.resources.items():
        if not isinstance(resources, pikepdf.Dictionary):
            continue  # /ProcSet, which no reader asks for any more
        for name, resource in resources.items():
            renamed = f"/{_PREFIX}{name[1:]}"
            lent, count = re.subn(rb"%b(?![\w.-])" % name.encode(), renamed.encode(), lent)
            if count:
                if kind not in page.resources:
                    page.resources[kind] = pikepdf.Dictionary()
                page.resources[kind][renamed] = pdf.copy_foreign(resource)
    page.obj.Contents = pikepdf.Array([_stream(pdf, lent), page.obj.Contents])


def _stream(pdf: pikepdf.Pdf, content: bytes) -> pikepdf.Stream:
    """Return content packed at once: a thousand open pages take much memory."""
    return pdf.make_stream(zlib.compress(content), Filter=pikepdf.Name.FlateDecode)


def _content(page: Page) -> bytes:
    return page.obj.Contents.read_bytes()


def _parted(content: bytes) -> tuple[bytes, bytes]:
    """Return a page's head and foot, and what else is drawn on it."""
    lent, own = bytearray(), bytearray()
    at = 0
    while begun := _PAGINATION.search(content, at):
        end = _end(content, begun.end())
        own += content[at : begun.start()] + b"\n"
        lent += content[begun.start() : end] + b"\n"
        at = end
    return bytes(lent), bytes(own + content[at:])


def _end(content: bytes, start: int) -> int:
    """Return where the marked content ends that has begun right before ``start``."""
    depth = 1
    for edge in _EDGE.finditer(content, start):
        if edge[0] == b"EMC":
            depth -= 1
        elif edge[1]:
            depth += 1
        if not depth:
            return edge.end()
    raise ValueError("marked content has no end")
