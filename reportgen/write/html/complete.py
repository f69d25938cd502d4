"""A page shows the whole document: a template may arrange it, but leave nothing out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from markupsafe import escape

from reportgen.document.blocks import Document, Paragraph, Signature, Table
from reportgen.write.frame import FrameError
from reportgen.write.html.faults import TEMPLATE


def check_complete(document: Document, page: str, counted: Mapping[str, int]) -> None:
    """Refuse a page that has not every table, every cell and every text of the document.

    ``counted`` is how many elements of each name there are. Texts of a table stand in its order.

    Raises:
        FrameError: naming what is not there.
    """
    tables = document.tables
    cells = sum(len(row.cells) for table in tables for row in (*table.header, *table.body))
    shown = counted.get("td", 0) + counted.get("th", 0)
    if counted.get("table", 0) < len(tables) or shown < cells:
        message = f"Шаблон друкує не всю таблицю: клітинок {shown}, а має бути {cells}."
        raise FrameError(TEMPLATE, 1, message)
    if shown > cells or counted.get("table", 0) > len(tables):
        message = f"Шаблон друкує зайві клітинки: їх {shown}, а має бути {cells}."
        raise FrameError(TEMPLATE, 1, message)
    for texts in _texts(document):
        at = page.find("<body")
        for text in texts:
            at = page.find(str(escape(text)), at)
            if at < 0:
                raise FrameError(TEMPLATE, 1, f"Шаблон не друкує тексту «{text}».")
            at += len(text)


def _texts(document: Document) -> Iterator[list[str]]:
    """Yield the texts that stand one after another, block by block."""
    for block in document.blocks:
        match block:
            case Paragraph(lines):
                yield list(lines)
            case Signature(position, name):
                yield [position]
                yield [name]
            case Table():
                rows = (*block.header, *block.body)
                yield [text for row in rows for cell in row.cells for text in cell.paragraphs]
