"""A workbook to draw in, with the properties of a document."""

from __future__ import annotations

import datetime
import io
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, NamedTuple

import xlsxwriter

from reportgen.document.blocks import Chart, Document
from reportgen.write.xlsx.area import Area
from reportgen.write.xlsx.looks import DEFAULT, Look

if TYPE_CHECKING:
    from xlsxwriter.format import Format


class Drawn(NamedTuple):
    """A chart of the document ``title`` on the sheet ``source``, over cells of ``areas`` by series.

    Its figures are to take the rows from ``top`` up to ``end`` of the sheet of figures.
    """

    chart: Chart
    title: str
    source: str
    areas: tuple[tuple[Area, ...], ...]
    top: int
    end: int


class Canvas:
    """A workbook to draw sheets in; each look becomes one format of it."""

    def __init__(self, book: xlsxwriter.Workbook) -> None:
        self.book = book
        self.charts: list[Drawn] = []
        self._formats: dict[Look, Format] = {}

    def format(self, look: Look) -> Format:
        """Return the format of a look."""
        if look not in self._formats:
            self._formats[look] = self.book.add_format(look.properties)
        return self._formats[look]


@contextmanager
def open_canvas(buffer: io.BytesIO, document: Document) -> Iterator[Canvas]:
    """Give a workbook with the properties of a document, which is in the buffer afterwards."""
    # XlsxWriter adds to the properties that it is given.
    options = {"in_memory": True, "default_format_properties": dict(DEFAULT)}
    with xlsxwriter.Workbook(buffer, options) as book:
        book.set_properties(
            {
                "title": document.title,
                "author": document.author,
                # Without a date XlsxWriter takes the clock's, and the bytes change.
                "created": datetime.datetime.combine(
                    document.dated, datetime.time(), tzinfo=datetime.UTC
                ),
            }
        )
        yield Canvas(book)
