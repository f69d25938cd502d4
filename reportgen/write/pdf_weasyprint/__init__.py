"""Document to PDF by WeasyPrint: the published HTML page, printed.

For councils that restyle their reports with CSS; Typst is the faster default. The file conforms
to PDF/A and, but for PDF/A-1, to PDF/UA-1: WeasyPrint writes one of the two, and what it leaves out
for the other is put right in ``tagging`` and ``metadata``.
"""

from __future__ import annotations

import contextlib
import gc
import warnings
from collections.abc import Iterator
from typing import Any

from weasyprint.urls import FatalURLFetchingError

from reportgen.document.blocks import Document
from reportgen.model.standard import USUAL, Standard
from reportgen.write.fonts import Typeface
from reportgen.write.frame import Frame, FrameError
from reportgen.write.html.faults import TEMPLATE
from reportgen.write.pages import settle
from reportgen.write.pdf_weasyprint.first_part import explain_tags, refuse_transparency
from reportgen.write.pdf_weasyprint.layout import Printer, table_parts
from reportgen.write.pdf_weasyprint.metadata import declare_accessible, declare_language
from reportgen.write.pdf_weasyprint.tagging import mend_tags, soften_hyphens

__all__ = ["write_pdf"]

#: Two passes settle a usual report. Each costs as much as a plain print, so after some of them
#: pages are held where they begin, even if one is then shorter than it could be.
_PASSES = 5


def write_pdf(
    document: Document, frame: Frame, typeface: Typeface | None, standard: Standard = USUAL
) -> bytes:
    """Return the document as a tagged PDF.

    Every page of a table repeats its heading, and names again what is merged over its start.
    Without a typeface the machine's own serif one is used.

    Raises:
        FrameError: if the template or the style sheet cannot be used, or asks for a file.
    """
    with _collecting_rarely():
        try:
            printer = Printer(frame, typeface)
            printed, rendered = settle(document, printer.lay_out, _PASSES)
            parts = list(table_parts(rendered.pages))

            def finish(_rendered: object, pdf: Any) -> None:  # noqa: ANN401 - pydyf has no types
                mend_tags(pdf, printed, parts)
                if not printer.has_real_hyphens:
                    soften_hyphens(pdf)
                declare_language(pdf, document.language)
                if standard.is_first_part:
                    refuse_transparency(pdf)
                    explain_tags(pdf)
                else:
                    declare_accessible(pdf)

            with warnings.catch_warnings():
                # WeasyPrint 70 leaves its own colour profile open, until Python closes it.
                warnings.simplefilter("ignore", ResourceWarning)
                pdf: bytes = rendered.write_pdf(
                    pdf_variant=f"pdf/{standard.value}", pdf_tags=True, finisher=finish
                )
        except FatalURLFetchingError as error:
            raise FrameError(TEMPLATE, 1, str(error)) from error
    return pdf


@contextlib.contextmanager
def _collecting_rarely() -> Iterator[None]:
    """Let the garbage collector run less often: an eighth less time, the memory is as before."""
    usual = gc.get_threshold()
    gc.set_threshold(50_000, 50, 100)
    try:
        yield
    finally:
        gc.set_threshold(*usual)
