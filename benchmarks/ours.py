"""Our writers, as the build calls them."""

from __future__ import annotations

import importlib
import pickle
from collections.abc import Callable
from pathlib import Path
from typing import cast

from reportgen.build.formats import PDF_ENGINES, produce
from reportgen.build.project import find_frame, open_project
from reportgen.document.blocks import Document
from reportgen.write.fonts import find_typeface

ROOT = Path(__file__).resolve().parent.parent

#: Contender → its format, its PDF engine, and the module that the build imports for it.
CONTENDERS = {
    "pdf": ("pdf", PDF_ENGINES[0], "reportgen.write.pdf_typst"),
    "pdf-weasyprint": ("pdf", "weasyprint", "reportgen.write.pdf_weasyprint"),
    "docx": ("docx", "", "reportgen.write.docx"),
    "xlsx": ("xlsx", "", "reportgen.write.xlsx"),
    "html": ("html", "", "reportgen.write.html"),
}


def load(folder: Path) -> Document:
    """Return the document that ``prepare`` left in a folder."""
    data = (folder / "document.pickle").read_bytes()
    return cast("Document", pickle.loads(data))  # noqa: S301 - our own


def writer(name: str) -> tuple[str, Callable[[Document], bytes]]:
    """Return the file suffix and the writer of a contender: imported, with frame and typeface."""
    form, engine, module = CONTENDERS[name]
    importlib.import_module(module)
    frame, _ = find_frame(open_project(ROOT), "zhytomyr-measures")
    typeface = find_typeface()

    def draw(document: Document) -> bytes:
        return produce(form, document, frame, typeface, engine)

    return form, draw
