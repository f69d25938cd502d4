"""What the typeface cannot show: glyphs it lacks, and figures wider than their columns."""

from __future__ import annotations

from collections.abc import Iterator

from reportgen.diagnostics import Diagnostic, Span, finding, quoted, shortened
from reportgen.document.blocks import (
    Cell,
    Chart,
    Document,
    Paragraph,
    Role,
    Signature,
    Table,
    place,
)
from reportgen.document.origin import place_of
from reportgen.write.fonts import Typeface

_POINTS_PER_MM = 72 / 25.4
_LONGEST = 40  # characters of a figure that a message names
_PADDING = 2.4  # mm, both sides together: no writer leaves a figure less room


def misfits(document: Document, typeface: Typeface, fallback: Span) -> Iterator[Diagnostic]:
    """Yield an error for every text or figure that would not be shown as it is.

    ``fallback`` is the place named where nothing in a row has a place of its own.
    """
    texts = [*_texts(document, fallback)]
    lacking = frozenset(typeface.lacking("".join(text for text, _ in texts)))
    for text, place_of_text in texts if lacking else ():
        for char in dict.fromkeys(one for one in text if one in lacking):
            message = f"у шрифті «{typeface.family}» немає знака «{char}» (U+{ord(char):04X})"
            hint = f"замініть його в тексті {quoted(text)}"
            yield finding("glyph-missing", place_of_text, message, hint)
    for table in document.tables:
        yield from _wide_figures(table, document.page.table_size, typeface, fallback)


def _texts(document: Document, fallback: Span) -> Iterator[tuple[str, Span]]:
    for block in document.blocks:
        match block:
            case Paragraph(lines, _, origin):
                yield from ((line, origin) for line in lines)
            case Signature(position, name, origin):
                yield position, origin
                yield name, origin
            case Chart(ticks=ticks, series=series):  # the rest is of its table
                yield "".join(one.text for one in ticks), fallback
                yield "".join(one.name for one in series), fallback
            case Table() as table:
                for row in (*table.header, *table.body):
                    for cell in row.cells:
                        yield cell.text, _place_of(cell, fallback)


def _wide_figures(
    table: Table, size: float, typeface: Typeface, fallback: Span
) -> Iterator[Diagnostic]:
    placed = place(table.body, len(table.columns))
    for row, cells in zip(table.body, placed, strict=True):
        face = typeface.bold if row.role is Role.TOTAL else typeface.regular
        # A computed figure has no place of its own: its row's typed figures or its total's name do.
        by_figures = sorted(cells, key=lambda placed: placed[1].value is None)
        places = (place_of(cell.origin) for _, cell in by_figures)
        nearest = next(filter(None, places), fallback)
        for index, cell in cells:
            if cell.value is None:
                continue
            room = sum(one.width for one in table.columns[index : index + cell.columns])
            needed = face.width(cell.text, size) / _POINTS_PER_MM + _PADDING
            if needed > room:
                wanted = f"треба {needed:.1f} мм, є {room:g} мм".replace(".", ",")
                message = (
                    f"число {shortened(cell.text, _LONGEST)} не вміщується в колонку: {wanted}"
                )
                hint = "розширте колонку у формі (width) або зменште table_size"
                yield finding("figure-too-wide", _place_of(cell, nearest), message, hint)


def _place_of(cell: Cell, fallback: Span) -> Span:
    return place_of(cell.origin) or fallback
