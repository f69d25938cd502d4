"""Formats and engines: which writer makes what, each imported when it is first needed."""

from __future__ import annotations

from collections.abc import Sequence

from reportgen.diagnostics import BrokenEnvironment
from reportgen.document.blocks import Document
from reportgen.model.standard import USUAL, Standard
from reportgen.write.attachment import Attachment
from reportgen.write.fonts import Typeface
from reportgen.write.frame import Frame

FORMATS = ("docx", "xlsx", "pdf", "html")
PDF_ENGINES = ("typst", "weasyprint")


def produce(  # noqa: PLR0913, PLR0917 - what is drawn, what dresses it, and how
    form: str,
    document: Document,
    frame: Frame,
    typeface: Typeface | None,
    pdf_engine: str,
    standard: Standard = USUAL,
    attachments: Sequence[Attachment] = (),
) -> bytes:
    """Return the document in one format; ``standard`` is that of PDF, which carries attachments.

    Raises:
        FrameError: when a frame cannot be used.
        BrokenEnvironment: when an engine does not work on this machine.
    """
    # Imports stand here so that no command pays for a library that it does not use.
    match form:
        case "docx":
            from reportgen.write.docx import write_docx  # noqa: PLC0415

            return write_docx(document, frame, typeface)
        case "xlsx":
            from reportgen.write.xlsx import write_xlsx  # noqa: PLC0415

            return write_xlsx(document, typeface)
        case "html":
            from reportgen.write.html import write_html  # noqa: PLC0415

            return write_html(document, frame)
        case "pdf" if attachments:
            from reportgen.write.attaching import attach  # noqa: PLC0415

            pdf = produce(form, document, frame, typeface, pdf_engine, standard)
            return attach(pdf, attachments, document.dated)
        case "pdf" if pdf_engine == "typst":
            from reportgen.write.pdf_typst import write_pdf  # noqa: PLC0415

            return write_pdf(document, frame, typeface, standard)
        case "pdf":
            return _weasyprint(document, frame, typeface, standard)
    raise ValueError(form)


def _weasyprint(
    document: Document, frame: Frame, typeface: Typeface | None, standard: Standard
) -> bytes:
    try:
        from reportgen.write.pdf_weasyprint import write_pdf  # noqa: PLC0415
    except OSError as error:  # its libraries are looked for when it is imported
        raise BrokenEnvironment(
            "рушій weasyprint не працює: немає бібліотеки Pango; "
            "встановіть її або складайте PDF рушієм typst"
        ) from error
    return write_pdf(document, frame, typeface, standard)
