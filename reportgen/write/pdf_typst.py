"""PDF by Typst: fast, tagged, and strict about conformance.

The document goes in as JSON data for ``document.typ``, never as markup. Asked for PDF/A and
PDF/UA, Typst refuses what they forbid, so a file that comes out was checked by the engine itself.
"""

from __future__ import annotations

import atexit
import functools
import hashlib
import json
import re
import tempfile
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, Final, Literal

import typst

from reportgen.document.blocks import Cell, Document, Paragraph, Role, Row, Signature, Table, place
from reportgen.model.council import PageProfile
from reportgen.write.breaking import with_opportunities
from reportgen.write.fonts import Face, Typeface
from reportgen.write.frame import Frame, FrameError
from reportgen.write.pages import RowStart, Starts, continuation, settle, split_tables
from reportgen.write.prediction import Expected, Measured, expected_starts

#: Both at once: an archive's PDF/A with tags, and accessibility.
STANDARDS: Final[list[Literal["a-2a", "ua-1"]]] = ["a-2a", "ua-1"]

#: The serif that Typst carries inside, where the machine has none with Times metrics.
FALLBACK_FAMILY = "Libertinus Serif"

_PADDING = (1.0, 0.8)  # mm at the sides, above and below a cell's text
_POINTS_PER_MM = 72 / 25.4

Places = Mapping[tuple[int, int], int]  # (block, row) → page, from 1


def write_pdf(document: Document, frame: Frame, typeface: Typeface | None) -> bytes:
    """Return the document as PDF/A-2a and PDF/UA-1.

    Merged cells are cut at page breaks and named again there; rows stay whole where they fit a
    page; the signature shares its page with the last row of measures.

    Raises:
        FrameError: when ``document.typ`` does not compile, or needs a glyph the font lacks.
    """
    expected = _Run(document, frame, typeface, measure=True).expected()
    predicted = split_tables(document, expected.starts)

    def layout(laid: Document, held: Starts) -> tuple[Starts, _Run]:
        if laid == predicted:
            held |= expected.held
        run = _Run(laid, frame, typeface, held)
        places = run.places()
        starts = _starts(laid, places)
        lonely = _lonely_signature(laid, places)
        if lonely is not None and lonely not in held:
            # Bring the last measure along: a signature alone on a page proves nothing.
            run = _Run(laid, frame, typeface, held | {lonely})
            starts = _starts(laid, run.places()) | {lonely}
        return starts, run

    _, run = settle(document, layout, expected=expected.starts)
    return run.pdf()


def _starts(document: Document, places: Places) -> Starts:
    """Return the first row of every page of every table."""
    firsts: dict[tuple[int, int], int] = {}
    for (block, row), page in places.items():
        if isinstance(document.blocks[block], Table):
            firsts[block, page] = min(row, firsts.get((block, page), row))
    return frozenset(RowStart(block, row) for (block, _), row in firsts.items() if row)


def _lonely_signature(document: Document, places: Places) -> RowStart | None:
    """Return the row that must move to the signature's page, if it stands there without text."""
    for index, block in enumerate(document.blocks):
        table = document.blocks[index - 1] if index else None
        if not (isinstance(block, Signature) and isinstance(table, Table)):
            continue
        bodies = [row for row, one in enumerate(table.body) if one.role is not Role.TOTAL]
        last = bodies[-1] if bodies else len(table.body) - 1
        if last > 0 and places[index, 0] != places[index - 1, last]:
            return RowStart(index - 1, last)
    return None


class _Run:
    """One compilation. Typst remembers what did not change since the last one."""

    def __init__(
        self,
        document: Document,
        frame: Frame,
        typeface: Typeface | None,
        held: Starts = frozenset(),
        *,
        measure: bool = False,
    ) -> None:
        self._document = document
        data = {**_payload(document, held, typeface), "measure": measure}
        payload = json.dumps(data, ensure_ascii=False)
        self._compiler = typst.Compiler(
            _template(frame.typst),
            root=_folder().name,
            package_path=_folder().name,
            package_cache_path=_folder().name,
            font_paths=_fonts(typeface.regular.path.parent if typeface else None),
            sys_inputs={"document": payload},
        )

    def places(self) -> Places:
        """Return the page of every row and signature."""
        return {(block, row): page for block, row, page in self._query("<places>")}

    def expected(self) -> Expected:
        """Return where pages will begin by the heights of cells alone."""
        measured = [Measured(**one) for one in self._query("<measures>")]
        return expected_starts(self._document, measured)

    def _query(self, label: str) -> Any:  # noqa: ANN401 - JSON
        try:
            return json.loads(self._compiler.query(label, field="value", one=True))
        except RuntimeError:
            self.pdf()  # says the same with the place of the fault
            raise

    def pdf(self) -> bytes:
        try:
            data = self._compiler.compile(format="pdf", pdf_standards=[*STANDARDS])
        except typst.TypstError as error:
            raise _frame_error(error) from error
        if not isinstance(data, bytes):
            raise TypeError(f"Typst gave {type(data).__name__}, not bytes")
        return data


def _frame_error(error: typst.TypstError) -> FrameError:
    lacking = re.search(r"the text `\"(.+?)\"` could not be displayed", error.message)
    if lacking:
        return FrameError("document.typ", 1, f"у шрифті немає знака «{lacking[1]}»")
    line = re.search(r"\.typ:(\d+):\d+", error.diagnostic)
    number = int(line[1]) if line else 1
    return FrameError("document.typ", number, f"шаблон PDF не складається: {error.message}")


@functools.cache
def _fonts(folder: Path | None) -> typst.Fonts:
    """Return the fonts of one folder alone, or those that Typst carries."""
    return typst.Fonts(
        include_system_fonts=False,
        include_embedded_fonts=folder is None,
        font_paths=[] if folder is None else [str(folder)],
    )


@functools.cache
def _folder() -> tempfile.TemporaryDirectory[str]:
    """Return a folder with templates alone: all that they may read. It goes with the process."""
    folder = tempfile.TemporaryDirectory(prefix="reportgen-")
    atexit.register(folder.cleanup)
    return folder


@functools.cache
def _template(text: str) -> Path:
    """Return the file of a template; its name is that of its content."""
    data = text.encode("utf-8")
    path = Path(_folder().name) / f"{hashlib.sha256(data).hexdigest()[:16]}.typ"
    path.write_bytes(data)
    return path


def _payload(document: Document, held: Starts, typeface: Typeface | None) -> Mapping[str, object]:
    page = document.page
    return {
        "title": document.title,
        "author": document.author,
        "language": document.language,
        "dated": [document.dated.year, document.dated.month, document.dated.day],
        "font": typeface.family if typeface else FALLBACK_FAMILY,
        "page": {
            "width": page.width,
            "height": page.height,
            "left": page.left,
            "right": page.right,
            "top": page.top,
            "bottom": page.bottom,
            "text-size": page.text_size,
            "table-size": page.table_size,
            "heading-size": page.heading_size,
            "padding": _PADDING,
        },
        "blocks": [
            _block(document, index, held, typeface) for index in range(len(document.blocks))
        ],
    }


def _block(
    document: Document, index: int, held: Starts, typeface: Typeface | None
) -> Mapping[str, object]:
    match document.blocks[index]:
        case Paragraph(lines, style):
            return {"type": "paragraph", "style": style.value, "lines": lines}
        case Signature(position, name):
            return {"type": "signature", "position": position, "name": name}
        case Table() as table:
            texts = _Texts(table, document.page, typeface)
            return {
                "type": "table",
                "widths": [column.width for column in table.columns],
                "header": texts.rows(table.header),
                "body": texts.rows(table.body),
                "breaks": _possible(table, (one.row for one in held if one.block == index)),
            }


def _possible(table: Table, rows: Iterable[int]) -> list[int]:
    """Keep the rows before which a page can begin: those that no cell reaches over."""
    width = len(table.columns)
    placed = place(table.body, width)
    return sorted(
        row for row in rows if sum(cell.columns for _, cell in placed[row]) == width and row
    )


class _Texts:
    """A table's rows as data, with over-long words made breakable."""

    def __init__(self, table: Table, page: PageProfile, typeface: Typeface | None) -> None:
        self._table = table
        self._page = page
        self._typeface = typeface

    def rows(self, rows: tuple[Row, ...]) -> list[Mapping[str, object]]:
        placed = place(rows, len(self._table.columns))
        return [
            {
                "role": row.role.value,
                "cells": [self._cell(row.role, x, y, cell) for x, cell in cells],
            }
            for y, (row, cells) in enumerate(zip(rows, placed, strict=True))
        ]

    def _cell(self, role: Role, x: int, y: int, cell: Cell) -> Mapping[str, object]:
        columns = self._table.columns[x : x + cell.columns]
        width = sum(column.width for column in columns) - 2 * _PADDING[0]
        lines = cell.paragraphs or ("",)
        hyphenate = self._typeface is None
        if cell.value is None and self._typeface:
            bold = role in (Role.HEADING, Role.BAND, Role.TOTAL)
            face: Face = self._typeface.bold if bold else self._typeface.regular
            room = width * _POINTS_PER_MM
            size = self._page.heading_size if role is Role.HEADING else self._page.table_size
            hyphenate = any(face.widest_word(line, size) > room for line in lines)
            if hyphenate:
                lines = tuple(with_opportunities(line, room, size, face) for line in lines)
        data = {
            "x": x,
            "y": y,
            "columns": cell.columns,
            "rows": cell.rows,
            "align": cell.align.value,
            "lines": lines,
            "hyphenate": hyphenate,
        }
        if cell.rows > 1:
            data["continued"] = continuation(cell, 1).paragraphs or ("",)
        return data
