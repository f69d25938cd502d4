"""Documents to XLSX: sheets that print like the other formats and can be calculated with."""

from __future__ import annotations

import io

from reportgen.document.blocks import Document
from reportgen.write.fonts import Typeface
from reportgen.write.xlsx.canvas import open_canvas
from reportgen.write.xlsx.charts import draw_figures
from reportgen.write.xlsx.layout import lay_out
from reportgen.write.xlsx.package import amended
from reportgen.write.xlsx.sheet import draw_sheet
from reportgen.write.xlsx.workbook import Sheet, write_workbook

__all__ = ["Sheet", "write_workbook", "write_xlsx"]

_ONLY = "Звіт"


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
    with open_canvas(buffer, document) as canvas:
        draw_sheet(canvas, _ONLY, document.page, lay_out(document, typeface))
        draw_figures(canvas)
    return amended(buffer.getvalue(), document.language)
