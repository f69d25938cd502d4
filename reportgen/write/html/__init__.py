"""Document to one self-contained, accessible HTML page."""

from __future__ import annotations

from reportgen.document.blocks import Document
from reportgen.write.frame import Frame
from reportgen.write.html.page import render_page

__all__ = ["write_html"]


def write_html(document: Document, frame: Frame) -> bytes:
    """Return the document as an HTML page in UTF-8.

    The page needs no script and no other file: it is published, mailed and kept as one file.

    Raises:
        FrameError: if the template or the style sheet cannot be used.
    """
    return render_page(document, frame).encode("utf-8")
