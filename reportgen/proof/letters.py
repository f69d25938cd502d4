"""Every letter of a PDF as PDFium draws it: by page, and by the marked content that it is in."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import pypdfium2.raw as pdfium

from reportgen.proof.zipped import UnreadableError

#: Stands for a hyphen at which a line ends: the word may have it, or hyphenation put it there.
BREAK = "\u00ad"

_LOST = "\ufffe\uffff"  # letters that PDFium could not name
_HYPHENS = "-\u2010"
_HYPHEN_AT_END = 2  # what PDFium gives for one


@dataclass(frozen=True, slots=True)
class Letters:
    """What is drawn: under (page from 1, number of the marked content), and beside all of it."""

    marked: Mapping[tuple[int, int], str]
    beside: Mapping[int, str]  # by page: repeated headings, page numbers
    pages: int


def read_letters(data: bytes) -> Letters:
    """Return all letters of a PDF.

    Raises:
        UnreadableError: when PDFium cannot open the file or a page of it.
    """
    marked: dict[tuple[int, int], list[str]] = {}
    beside: dict[int, list[str]] = {}
    with _opened(data) as document:
        count = pdfium.FPDF_GetPageCount(document)
        for number in range(1, count + 1):
            for mark, letter in _page(document, number):
                place = beside.setdefault(number, [])
                (place if mark < 0 else marked.setdefault((number, mark), [])).append(letter)
    return Letters(
        marked={at: "".join(letters) for at, letters in marked.items()},
        beside={page: "".join(letters) for page, letters in beside.items()},
        pages=count,
    )


@contextmanager
def _opened(data: bytes) -> Iterator[Any]:
    pdfium.FPDF_InitLibrary()
    document = pdfium.FPDF_LoadMemDocument64(data, len(data), None)
    if not document:
        raise UnreadableError("файл не читається: це не PDF, або його пошкоджено чи зашифровано")
    try:
        yield document
    finally:
        pdfium.FPDF_CloseDocument(document)


def _page(document: Any, number: int) -> Iterator[tuple[int, str]]:  # noqa: ANN401 - of C
    """Yield each letter of a page with the number of its marked content, -1 for none."""
    page = pdfium.FPDF_LoadPage(document, number - 1)
    text = pdfium.FPDFText_LoadPage(page) if page else None
    if not text:
        raise UnreadableError(f"сторінка {number} не читається: файл пошкоджено")
    try:
        known: dict[int, int] = {}
        count = pdfium.FPDFText_CountChars(text)
        for index in range(count):
            drawn = pdfium.FPDFText_GetTextObject(text, index)
            if not drawn:  # a blank that PDFium thinks of between pieces of text
                continue
            address = ctypes.addressof(drawn.contents)
            if address not in known:
                known[address] = pdfium.FPDFPageObj_GetMarkedContentID(drawn)
            yield known[address], _letter(text, index, count)
    finally:
        pdfium.FPDFText_ClosePage(text)
        pdfium.FPDF_ClosePage(page)


def _letter(text: Any, index: int, count: int) -> str:  # noqa: ANN401 - of C
    code = pdfium.FPDFText_GetUnicode(text, index)
    if code == _HYPHEN_AT_END or (chr(code) in _HYPHENS and _ends_line(text, index, count)):
        return BREAK
    return "\ufffd" if chr(code) in _LOST else chr(code)


def _ends_line(text: Any, index: int, count: int) -> bool:  # noqa: ANN401 - of C
    """Tell whether the next letter stands on another line, or there is none."""
    for following in range(index + 1, count):
        if pdfium.FPDFText_GetTextObject(text, following):
            return _height(text, following) != _height(text, index)
    return True


def _height(text: Any, index: int) -> float:  # noqa: ANN401 - of C
    x, y = ctypes.c_double(), ctypes.c_double()
    pdfium.FPDFText_GetCharOrigin(text, index, ctypes.byref(x), ctypes.byref(y))
    return round(y.value, 2)
