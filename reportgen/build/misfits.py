"""What the typeface cannot show: glyphs it lacks, and figures wider than their columns."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from reportgen.diagnostics import Diagnostic, Span, finding, quoted, shortened
from reportgen.document.blocks import (
    Cell,
    Chart,
    Document,
    Paragraph,
    Role,
    Signature,
    Table,
)
from reportgen.document.origin import place_of
from reportgen.write.fonts import Typeface

_POINTS_PER_MM = 72 / 25.4
_LONGEST = 40  # characters of a figure that a message names
_NARROWER = "перевірте суму; якщо вона правильна, зменште table_size у content/council.yaml"
_PADDING = 2.4  # mm, both sides together: no writer leaves a figure less room


def misfits(
    document: Document, typeface: Typeface, fallback: Span, *, form: str = ""
) -> Iterator[Diagnostic]:
    """Yield an error for every text or figure that would not be shown as it is.

    ``fallback`` is the place named where nothing in a row has a place of its own, ``form`` the file
    that has the widths of columns, if there is one.
    """
    texts = [*_texts(document, fallback)]
    lacking = frozenset(typeface.lacking("".join(text for text, _ in texts)))
    for text, place_of_text in texts if lacking else ():
        for char in dict.fromkeys(one for one in text if one in lacking):
            message = f"у шрифті «{typeface.family}» немає знака «{char}» (U+{ord(char):04X})"
            hint = f"замініть його в тексті {quoted(text)}"
            yield finding("glyph-missing", place_of_text, message, hint)
    hint = _NARROWER
    if form:
        hint += f" або розширте колонку (width) у {form} свого проєкту; якщо форма типова, спершу"
        hint += " скопіюйте туди її файл"
    for table in document.tables:
        yield from _wide_figures(table, document.page.table_size, typeface, fallback, hint)


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


@dataclass(frozen=True, slots=True)
class _Wide:
    """A figure wider than its room: what it needs, mm, and where somebody can change it."""

    cell: Cell
    needed: float
    typed: Span | None


def _wide_figures(
    table: Table, size: float, typeface: Typeface, fallback: Span, hint: str
) -> Iterator[Diagnostic]:
    """Yield one finding for each column, or columns merged, that has figures too wide for it."""
    wide: dict[tuple[int, int], list[_Wide]] = {}
    placed = table.placed_body
    for row, cells in zip(table.body, placed, strict=True):
        face = typeface.bold if row.role is Role.TOTAL else typeface.regular
        # A computed figure has no place of its own: its row's typed figures do.
        beside = next(
            filter(None, (_typed(cell) for _, cell in cells if cell.value is not None)), None
        )
        for index, cell in cells:
            if cell.value is None:
                continue
            needed = face.width(cell.text, size) / _POINTS_PER_MM + _PADDING
            if needed > _room(table, index, cell.columns):
                one = _Wide(cell, needed, _typed(cell) or beside)
                wide.setdefault((index, cell.columns), []).append(one)
    for (index, columns), figures in wide.items():
        widest = max(figures, key=lambda one: one.needed)
        span = widest.typed or _largest(placed, index) or fallback
        text = shortened(widest.cell.text, _LONGEST)
        name = _heading(table, index)
        room = _room(table, index, columns)
        wanted = f"треба {widest.needed:.1f} мм, є {room:g} мм".replace(".", ",")
        message = f"число {text} не вміщується в колонку{name and ' ' + quoted(name)}: {wanted}"
        if len(figures) > 1:
            message += f"; усього таких чисел у ній: {len(figures)}"
        yield finding("figure-too-wide", span, message, hint)


def _room(table: Table, index: int, columns: int) -> float:
    return sum(one.width for one in table.columns[index : index + columns])


def _largest(placed: Sequence[Sequence[tuple[int, Cell]]], index: int) -> Span | None:
    """Return where the largest figure of a column is typed, the first of those that weigh most."""
    typed = [
        (abs(cell.value), span)
        for row in placed
        for at, cell in row
        if at == index and cell.value is not None and (span := _typed(cell))
    ]
    return max(typed, key=_weight)[1] if typed else None


def _weight(figure: tuple[Decimal, Span]) -> Decimal:
    return figure[0]


def _heading(table: Table, index: int) -> str:
    """Return the headings above a column, from the top."""
    rows = zip(table.header, table.placed_header, strict=True)
    above = (
        " ".join(cell.text.split())
        for row, cells in rows
        if row.role is Role.HEADING
        for start, cell in cells
        if start <= index < start + cell.columns
    )
    return ", ".join(filter(None, above))


def _typed(cell: Cell) -> Span | None:
    """Return where content has a figure; the label of a total stands in the form."""
    span = place_of(cell.origin)
    return span if span and span.file.startswith("content/") else None


def _place_of(cell: Cell, fallback: Span) -> Span:
    return place_of(cell.origin) or fallback
