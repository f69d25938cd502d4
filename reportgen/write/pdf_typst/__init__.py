"""PDF by Typst: fast, tagged, and strict about conformance.

The document goes in as JSON data for ``document.typ``, never as markup. Asked for PDF/A and
PDF/UA, Typst refuses what they forbid, so a file that comes out was checked by the engine itself.
"""

from __future__ import annotations

from reportgen.document.blocks import Document, Role, Signature, Table
from reportgen.write.fonts import Typeface
from reportgen.write.frame import Frame
from reportgen.write.pages import RowStart, Starts, settle, split_tables
from reportgen.write.pdf_typst.run import Places, Run

__all__ = ["write_pdf"]


def write_pdf(document: Document, frame: Frame, typeface: Typeface | None) -> bytes:
    """Return the document as PDF/A-2a and PDF/UA-1.

    Merged cells are cut at page breaks and named again there; rows stay whole where they fit a
    page; the signature shares its page with the last row of measures.

    Raises:
        FrameError: when ``document.typ`` does not compile, or needs a glyph the font lacks.
    """
    expected = Run(document, frame, typeface, measure=True).expected()
    predicted = split_tables(document, expected.starts)

    def layout(laid: Document, held: Starts) -> tuple[Starts, Run]:
        if laid == predicted:
            held |= expected.held
        run = Run(laid, frame, typeface, held)
        places = run.places()
        starts = _starts(laid, places)
        lonely = _lonely_signature(laid, places)
        if lonely is not None and lonely not in held:
            # Bring the last measure along: a signature alone on a page proves nothing.
            run = Run(laid, frame, typeface, held | {lonely})
            starts = _starts(laid, run.places()) | {lonely}
        return starts, run

    _, run = settle(document, layout, expected=expected.starts)
    return run.pdf()


def _starts(document: Document, places: Places) -> Starts:
    """Return the first row of every page of every table."""
    firsts: dict[tuple[int, int], int] = {}
    for (block, row), page in places.items():
        if isinstance(document.blocks[block], Table):
            firsts[block, page] = min(row, firsts.get((block, page), row))
    return frozenset(RowStart(block, row) for (block, _), row in firsts.items() if row)


def _lonely_signature(document: Document, places: Places) -> RowStart | None:
    """Return the row that must move to the signature's page, if it stands there without text."""
    for index, block in enumerate(document.blocks):
        table = document.blocks[index - 1] if index else None
        if not (isinstance(block, Signature) and isinstance(table, Table)):
            continue
        bodies = [row for row, one in enumerate(table.body) if one.role is not Role.TOTAL]
        last = bodies[-1] if bodies else len(table.body) - 1
        if last > 0 and places[index, 0] != places[index - 1, last]:
            return RowStart(index - 1, last)
    return None
