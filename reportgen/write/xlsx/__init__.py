"""Document to XLSX: one sheet that prints like the other formats and can be calculated with."""

from __future__ import annotations

import datetime
import io

import xlsxwriter

from reportgen.document.blocks import Document
from reportgen.write.fonts import Typeface
from reportgen.write.xlsx.layout import lay_out
from reportgen.write.xlsx.looks import DEFAULT
from reportgen.write.xlsx.package import amended
from reportgen.write.xlsx.sheet import draw_sheet


def write_xlsx(document: Document, typeface: Typeface | None) -> bytes:
    """Return the document as a workbook of one sheet, «Звіт».

    Figures are exact numbers shown rounded; sums and formulas are live and hold their values for
    readers that do not calculate. Typed text is never taken for a formula, a link or a number.

    Args:
        document: what to draw.
        typeface: gives the widths by which rows are made high enough; they are guessed without.

    Raises:
        FrameError: if a text is longer than the 32,767 characters of a cell.
    """
    buffer = io.BytesIO()
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
        draw_sheet(book, document, lay_out(document, typeface))
    return amended(buffer.getvalue(), document.language)
