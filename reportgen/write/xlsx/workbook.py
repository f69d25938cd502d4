"""Several documents as one workbook: contents, then a sheet for each."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass

from reportgen.document.blocks import Document
from reportgen.document.shown import shown_amounts
from reportgen.model.council import PageProfile
from reportgen.write.fonts import Typeface
from reportgen.write.xlsx.addends import (
    addends_document,
    long_sums,
    short_sums,
    shortened,
    with_formulas,
)
from reportgen.write.xlsx.boxes import Link
from reportgen.write.xlsx.canvas import open_canvas
from reportgen.write.xlsx.charts import FIGURES, draw_figures
from reportgen.write.xlsx.contents import contents_document, linked
from reportgen.write.xlsx.layout import Layout, lay_out
from reportgen.write.xlsx.names import sheet_names
from reportgen.write.xlsx.package import amended
from reportgen.write.xlsx.remote import Remote
from reportgen.write.xlsx.sheet import draw_sheet

_CONTENTS, _ADDENDS = "Зміст", "Доданки"
_ABOUT_FIGURES = "Числа, за якими накреслено діаграми: посилання на клітинки інших аркушів"
_ABOUT_ADDENDS = "Суми, що не вміщаються в одну клітинку: з чого вони складаються"


@dataclass(frozen=True, slots=True)
class Sheet:
    """A document of a workbook.

    ``name`` is what its sheet is to be called; it is changed as far as it must. ``label`` is what
    the contents say of it.
    """

    name: str
    label: str
    document: Document


@dataclass(frozen=True, slots=True)
class _Ready:
    """A sheet laid out, with its final name."""

    name: str
    label: str
    page: PageProfile
    layout: Layout


def write_workbook(cover: Document, sheets: Sequence[Sheet], typeface: Typeface | None) -> bytes:
    """Return documents as sheets of one workbook, behind a sheet of contents with links.

    Each sheet is what the document alone would be, with a link back beside it. Figures that come
    from another of the documents are formulas over the cells that show them there, wherever it
    stands among the sheets.

    Args:
        cover: what stands above the contents; its properties are the workbook's.
        sheets: the documents, in order.
        typeface: as for one document.

    Raises:
        FrameError: if a text is longer than the 32,767 characters of a cell.
    """
    _, _, _, *names = sheet_names((_CONTENTS, _ADDENDS, FIGURES, *(one.name for one in sheets)))
    ready = _ready(cover, sheets, names, typeface)
    listed = [(one.name, one.label) for one in ready]
    if any(one.layout.charts for one in ready):
        listed.append((FIGURES, _ABOUT_FIGURES))
    contents = contents_document(cover, listed)
    front, back = lay_out(contents, typeface), Link(f"← {_CONTENTS}", _CONTENTS)
    buffer = io.BytesIO()
    with open_canvas(buffer, cover) as canvas:
        draw_sheet(canvas, _CONTENTS, contents.page, linked(front, [name for name, _ in listed]))
        for one in ready:
            draw_sheet(canvas, one.name, one.page, one.layout, back)
        draw_figures(canvas, back)
    return amended(buffer.getvalue(), cover.language)


def _ready(
    cover: Document, sheets: Sequence[Sheet], names: Sequence[str], typeface: Typeface | None
) -> list[_Ready]:
    """Lay all sheets out, and one more for the addends of sums that are too long."""
    layouts = _layouts([one.document for one in sheets], names, typeface)
    sums = [
        one for name, layout in zip(names, layouts, strict=True) for one in long_sums(layout, name)
    ]
    addends = addends_document(cover, sums)
    last = with_formulas(lay_out(addends, typeface), sums)
    live = dict(short_sums(sums, last, _ADDENDS))
    ready = [
        _Ready(name, one.label, one.document.page, shortened(layout, name, live))
        for name, one, layout in zip(names, sheets, layouts, strict=True)
    ]
    return [*ready, _Ready(_ADDENDS, _ABOUT_ADDENDS, addends.page, last)] if sums else ready


def _layouts(
    documents: Sequence[Document], names: Sequence[str], typeface: Typeface | None
) -> list[Layout]:
    """Lay documents out: first where their cells lie, then what is made of cells of others."""
    placed = [lay_out(one, typeface) for one in documents]
    remote = Remote(shown_amounts(documents), names, [one.places for one in placed])
    return [
        lay_out(document, typeface, remote) if remote.has_figures_of(document) else layout
        for document, layout in zip(documents, placed, strict=True)
    ]
