"""PDF by Typst: fast, tagged, and strict about conformance.

The document goes in as JSON data for ``document.typ``, never as markup. Asked for PDF/A and
PDF/UA, Typst refuses what they forbid, so a file that comes out was checked by the engine itself.
"""

from __future__ import annotations

from reportgen.document.blocks import Document, Table
from reportgen.model.standard import USUAL, Standard
from reportgen.write.fonts import Typeface
from reportgen.write.frame import Frame
from reportgen.write.keeping import led_by, signed_tables
from reportgen.write.pages import RowStart, Starts, settle, split_tables
from reportgen.write.pdf_typst.measuring import expected
from reportgen.write.pdf_typst.run import Places, Run

__all__ = ["lay_out", "write_pdf"]


def write_pdf(
    document: Document, frame: Frame, typeface: Typeface | None, standard: Standard = USUAL
) -> bytes:
    """Return the document as PDF/A and, but for PDF/A-1, as PDF/UA-1.

    Merged cells are cut at page breaks and named again there; rows stay whole where they fit a
    page; the signature shares its page with the last row of measures.

    Raises:
        FrameError: when ``document.typ`` does not compile, or needs a glyph the font lacks.
    """
    return lay_out(document, frame, typeface).pdf(standard)


def lay_out(document: Document, frame: Frame, typeface: Typeface | None) -> Run:
    """Return the last layout, of the document with its merged cells cut where its pages begin.

    Raises:
        FrameError: as `write_pdf`.
    """
    foretold = expected(document, frame, typeface)
    predicted = split_tables(document, foretold.starts)

    def layout(laid: Document, held: Starts) -> tuple[Starts, Run]:
        if laid == predicted:
            held |= foretold.held
        run = Run(laid, frame, typeface, held)
        places = run.places()
        lonely: Starts = frozenset()
        while more := _lonely(laid, places) - held - lonely:
            # Bring the last measure along: a signature alone on a page proves nothing.
            lonely |= more
            run = Run(laid, frame, typeface, held | lonely)
            places = run.places()
        return _starts(laid, places) | lonely, run

    _, run = settle(document, layout, expected=foretold.starts)
    return run


def _starts(document: Document, places: Places) -> Starts:
    """Return the first row of every page of every table."""
    firsts: dict[tuple[int, int], int] = {}
    for (block, row), page in places.items():
        if isinstance(document.blocks[block], Table):
            firsts[block, page] = min(row, firsts.get((block, page), row))
    return frozenset(RowStart(block, row) for (block, _), row in firsts.items() if row)


def _lonely(document: Document, places: Places) -> Starts:
    """Return the rows that must begin a page, for what stands there or above would stand alone."""
    return _lonely_bands(document, places) | _lonely_signatures(document, places)


def _lonely_bands(document: Document, places: Places) -> Starts:
    """Return the first band of each page that ends in bands, which name rows of the next one.

    Bands that have a page to themselves are left there: the row below needs the next page whole.
    """
    lonely: set[RowStart] = set()
    for index, table in enumerate(document.blocks):
        if not isinstance(table, Table):
            continue
        for row in range(1, len(table.body)):
            first = led_by(table, row)
            above, here = places.get((index, row - 1)), places.get((index, row))
            if first == row or above is None or above == here or places[index, first] != above:
                continue
            if first == 0 or places.get((index, first - 1)) == above:
                lonely.add(RowStart(index, first))
    return frozenset(lonely)


def _lonely_signatures(document: Document, places: Places) -> Starts:
    """Return the last measures that must move to the page of the signatures below them."""
    return frozenset(
        one.start
        for one in signed_tables(document.blocks)
        if places[one.signatures[-1], 0] != places[one.table, one.last]
    )
