"""DOCX and HTML against the document: tables cell by cell, and the lines around them in order."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import repeat

from reportgen.document.blocks import Document, Paragraph, Signature, Style, Table
from reportgen.document.explain import ExplainedTable, brief
from reportgen.proof import html, word
from reportgen.proof.charts import compare_charts, in_office, in_page
from reportgen.proof.difference import (
    Compared,
    Difference,
    counted,
    differing,
    lacking,
    limited,
    lines_of,
    signed,
    whole,
)
from reportgen.proof.grid import Spot, compare_rows, in_rows, named, seen_in, spots
from reportgen.proof.lines import compare_lines, squeeze, texts_within

_MARKER = "[[ТУТ БУДЕ ЗВІТ]]"  # the paragraph of a frame in whose place the report stands


def compare_docx(file: str, data: bytes, document: Document, frame: bytes = b"") -> Compared:
    """Compare a Word file with the document, but for what its ``frame`` has around the report."""
    blocks = _inside(word.read_blocks(data), frame)
    tables = [one for one in blocks if not isinstance(one, str)]
    wanted = [_drawn(one) for one in document.blocks if isinstance(one, Table | Signature)]
    found = list(_compare_tables(file, tables, wanted, _names(document)))
    found += compare_lines(file, _numbered(blocks), [_clean(one) for one in lines_of(document)])
    charts = in_office(data, "word/document.xml")
    found += compare_charts(file, charts, document, exact=True)
    return Compared(counted(document), limited(found))


def compare_own_docx(file: str, data: bytes, document: Document) -> Compared:
    """Compare a form's own Word page with the document.

    Headings, heads of tables and notes may be typed into it by hand: it is asked for all rows,
    narratives and signatures, as its writer is.
    """
    blocks = word.read_blocks(data)
    tables = [one for one in blocks if not isinstance(one, str)]
    shown = squeeze(*(text for one in blocks for text in _texts(one)))
    found: list[Difference] = []
    for name, table in zip(_names(document), document.tables, strict=False):
        body = in_rows(_drawn(table))[len(table.header) :]
        fitting = next((one for one in tables if _may_show(one, body, len(table.columns))), None)
        if fitting is None:  # the page arranges these rows in its own way
            texts = [one.text for row in body for one in row]
            found += (lacking(file, "", one) for one in texts if squeeze(one) not in shown)
            continue
        tables = tables[tables.index(fitting) + 1 :]
        rows = seen_in(name, fitting)
        found += compare_rows(file, rows[-len(body) :], body, name)
    texts = [*_unmarked(document, frozenset((Style.TEXT,))), *signed(document)]
    found += (lacking(file, "", one) for one in texts if squeeze(one) not in shown)
    cells = sum(len(row.cells) for table in document.tables for row in table.body)
    return Compared(replace(counted(document), cells=cells, texts=len(texts)), limited(found))


def compare_html(file: str, data: bytes, document: Document, *, own: bool = False) -> Compared:
    """Compare an HTML page with the document; a page of the council's ``own`` may say more."""
    page = html.read_page(data)
    tables = [[_as_drawn(one) for one in table] for table in html.tables_of(page)]
    wanted = [named(map(_as_drawn, spots(one)), one) for one in document.tables]
    found = list(_compare_tables(file, tables, wanted, _names(document)))
    if not own and not found:  # what differs in a table would be told again
        told = [(made, f"підказка числа {text}") for text, made in html.titles_of(page)]
        found += compare_lines(file, told, list(_explained(document)))
    if own:
        shown = (page.body or page).get_text()
        found += texts_within(file, [*_unmarked(document), *signed(document)], shown)
    else:
        signatures = [one for one in document.blocks if isinstance(one, Signature)]
        lines = [*lines_of(document), *(f"{one.position} {one.name}" for one in signatures)]
        shown_lines = [_collapsed(one) for one in html.texts_of(page)]
        found += compare_lines(file, _numbered(shown_lines), [_collapsed(one) for one in lines])
        title = _collapsed(page.title.get_text() if page.title else "")
        if title != _collapsed(document.title):
            found.append(differing(file, "назва сторінки", document.title, title))
        found += compare_charts(file, in_page(page), document)
    return Compared(counted(document), limited(found))


def _explained(document: Document) -> Iterator[str]:
    """Yield how each printed figure is made that is not typed."""
    for table in document.tables:
        for _, one in ExplainedTable(table, document.numbers).made():
            if one.text.strip():
                yield brief(one, document.numbers)


def _unmarked(document: Document, styles: Collection[Style] = frozenset(Style)) -> list[str]:
    """Return the lines outside the tables without the marks of list items, which others draw."""
    blocks = [block for block in document.blocks if isinstance(block, Paragraph)]
    return [
        "".join(run.text for run in one.marked.runs) if one.marked else "\n".join(one.lines)
        for one in blocks
        if one.style in styles
    ]


def _numbered(blocks: Sequence[word.Found]) -> list[tuple[str, str]]:
    lines = [one for one in blocks if isinstance(one, str)]
    return [(text, f"абзац {number} поза таблицями") for number, text in enumerate(lines, 1)]


def _inside(blocks: list[word.Found], frame: bytes) -> list[word.Found]:
    """Return the blocks without those that the frame has before and after the report."""
    around = word.read_blocks(frame) if frame else []
    if _MARKER not in around:
        return blocks
    before = around.index(_MARKER)
    after = len(around) - before - 1
    return blocks[before : len(blocks) - after]


def _drawn(block: Table | Signature) -> list[Spot]:
    """Return a block as Word has it: a signature is a table of position and name."""
    if isinstance(block, Signature):
        return [Spot(0, 0, 1, 1, _clean(block.position)), Spot(0, 1, 1, 1, _clean(block.name))]
    return named((one._replace(text=_clean(one.text)) for one in spots(block)), block)


def _texts(block: word.Found) -> list[str]:
    return [block] if isinstance(block, str) else [one.text for one in block]


def _names(document: Document) -> Iterator[str]:
    """Yield what the tables are called in places: nothing the only one; then the signatures."""
    count = len(document.tables)
    yield from (f"таблиця {number}" if count > 1 else "" for number in range(1, count + 1))
    yield from repeat("підпис")


def _compare_tables(
    file: str,
    tables: Sequence[list[Spot]],
    wanted: Sequence[list[Spot]],
    names: Iterable[str],
) -> Iterator[Difference]:
    if len(tables) != len(wanted):
        yield whole(file, f"таблиць {len(tables)}, у моделі {len(wanted)}")
    for table, model, name in zip(tables, wanted, names, strict=False):
        yield from compare_rows(file, seen_in(name, table), in_rows(model), name)


def _may_show(table: list[Spot], body: Sequence[list[Spot]], columns: int) -> bool:
    """Tell whether a table of a page drawn by hand is wide and long enough for these rows."""
    width = max((one.column + one.columns for one in table), default=0)
    return 0 < len(body) <= len(in_rows(table)) and width == columns


def _clean(text: str) -> str:
    """Return a text as Word draws it but for the end of a line."""
    return text.replace("\u00ad", "")


def _as_drawn(one: Spot) -> Spot:
    return one._replace(text=_collapsed(one.text))


def _collapsed(text: str) -> str:
    """Return a text as a browser draws it: blanks and line breaks run together."""
    return re.sub(r"[ \t\n\r\f]+", " ", text).strip(" ")
