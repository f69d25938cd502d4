"""A page shows the whole document: a template may arrange it, but leave nothing out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from reportgen.document.blocks import Cell, Document, Paragraph, Signature, Table
from reportgen.write.frame import FrameError
from reportgen.write.html.faults import TEMPLATE
from reportgen.write.html.shown import Shown, Spot, squeezed
from reportgen.write.html.titles import Titles


def check_complete(document: Document, titles: Sequence[Titles], shown: Shown) -> None:
    """Refuse a page whose tables are not exactly the document's, or that lacks another text of it.

    ``titles`` tells for each table how its figures are made: a page keeps that back from nobody.

    Raises:
        FrameError: naming what is not there, or is there besides.
    """
    tables = document.tables
    if len(shown.tables) < len(tables):
        message = f"Шаблон друкує не всі таблиці: їх {len(shown.tables)}, а має бути {len(tables)}."
        raise FrameError(TEMPLATE, 1, message)
    if len(shown.tables) > len(tables):
        message = f"Шаблон друкує зайву таблицю: їх {len(shown.tables)}, а має бути {len(tables)}."
        raise FrameError(TEMPLATE, 1, message)
    for table, told, rows in zip(tables, titles, shown.tables, strict=True):
        _check_table(table, rows)
        _check_titles(table, told, rows)
    for chart in document.charts:
        if squeezed(chart.alt) not in shown.pictures:
            message = f"Шаблон не показує діаграми «{chart.title}»: візьміть її з шаблону програми."
            raise FrameError(TEMPLATE, 1, message)
    around = shown.around
    for texts in _texts(document):
        at = 0
        for text in map(squeezed, texts):
            at = around.find(text, at)
            if at < 0:
                raise _lacking(text)
            at += len(text)


def _check_table(table: Table, shown: Sequence[Sequence[Spot]]) -> None:
    rows = (*table.header, *table.body)
    cells = sum(len(row.cells) for row in rows)
    found = sum(map(len, shown))
    if found != cells:
        what = "не всю таблицю: клітинок" if found < cells else "зайві клітинки: їх"
        raise FrameError(TEMPLATE, 1, f"Шаблон друкує {what} {found}, а має бути {cells}.")
    if [len(row.cells) for row in rows] != [len(row) for row in shown]:
        message = f"Шаблон інакше ділить таблицю на рядки: їх {len(shown)}, а має бути {len(rows)}."
        raise FrameError(TEMPLATE, 1, message)
    for row, spots in zip(rows, shown, strict=True):
        for cell, spot in zip(row.cells, spots, strict=True):
            _check_cell(cell, spot)


def _check_cell(cell: Cell, spot: Spot) -> None:
    shown, columns, rows, _ = spot
    if shown != squeezed("\n".join(cell.paragraphs)):
        for text in map(squeezed, cell.paragraphs):
            if text not in shown:
                raise _lacking(text)
        message = f"Шаблон друкує в клітинці «{shown}», а має бути «{squeezed(cell.text)}»."
        raise FrameError(TEMPLATE, 1, message)
    if (columns, rows) != (cell.columns, cell.rows):
        message = (
            f"Шаблон інакше об'єднує клітинку «{shown}»: стовпців {columns}, рядків {rows}, "
            f"а має бути {cell.columns} і {cell.rows} (colspan, rowspan)."
        )
        raise FrameError(TEMPLATE, 1, message)


def _check_titles(table: Table, titles: Titles, shown: Sequence[Sequence[Spot]]) -> None:
    placed = table.placed_body
    for row, (cells, spots) in enumerate(zip(placed, shown[len(table.header) :], strict=True)):
        for (column, cell), (*_, title) in zip(cells, spots, strict=True):
            wanted = titles.get((row, column), "")
            if wanted and title != wanted:
                message = (
                    f"Шаблон не пояснює числа «{squeezed(cell.text)}»: у тегу його клітинки має "
                    'бути {% if view.title %} title="{{ view.title }}"{% endif %}.'
                )
                raise FrameError(TEMPLATE, 1, message)


def _lacking(text: str) -> FrameError:
    return FrameError(TEMPLATE, 1, f"Шаблон не друкує тексту «{text}».")


def _texts(document: Document) -> Iterator[Sequence[str]]:
    """Yield the texts outside of tables that stand one after another, block by block."""
    for block in document.blocks:
        match block:
            case Paragraph(lines):
                yield lines
            case Signature(position, name):
                yield [position]
                yield [name]
