"""Lay the page out, and ask where its rows came to stand."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple, TypeAlias

from weasyprint import CSS, HTML
from weasyprint.text.fonts import FontConfiguration

from reportgen.document.blocks import Document, Table
from reportgen.write.fonts import Face, Typeface
from reportgen.write.frame import Frame
from reportgen.write.html.page import render_page
from reportgen.write.pages import RowStart, Starts
from reportgen.write.pdf_weasyprint.sealed import SealedFetcher

_ROW = re.compile(r"row-(\d+)-(\d+)")
_HEAD = re.compile(r"head-(\d+)-\d+")

#: weasyprint.Page and weasyprint.Document; the package has no types.
Page: TypeAlias = Any
Rendered: TypeAlias = Any


class Printer:
    """A frame and a typeface, ready to lay out a document again and again.

    Remembers what an earlier layout taught about rows; the row numbers stay good because a
    document is only ever split, never reordered.
    """

    def __init__(self, frame: Frame, typeface: Typeface | None) -> None:
        files = {style: face.path for style, face in _faces(typeface).items()}
        self.has_real_hyphens = False
        self._frame = frame
        self._fetcher = SealedFetcher(files.values())
        self._fonts = FontConfiguration()
        self._faces = CSS(
            string="".join(_font_face(style, file) for style, file in files.items()),
            font_config=self._fonts,
            url_fetcher=self._fetcher,
        )
        self._tall: Starts = frozenset()

    def lay_out(self, document: Document, held: Starts) -> tuple[Starts, Rendered]:
        """Return where pages of tables begin, and the pages.

        A row is kept whole. One that is taller than a page cannot be, and WeasyPrint then leaves
        the table's heading out; such rows are found by their being cut all the same, and the
        layout is made once more with them free to be cut anywhere. Each begins a page, so that
        what is merged over it is cut there, and stands beside it on all of its pages.
        """
        while True:
            begin = held | {row for row in self._tall if row.row > 0}
            page = render_page(document, self._frame, begin, self._tall)
            self.has_real_hyphens = "\u2010" in page
            rendered = HTML(string=page, url_fetcher=self._fetcher).render(
                font_config=self._fonts, stylesheets=[self._faces], presentational_hints=True
            )
            starts, cut = find_starts(rendered.pages, _headless(document))
            if cut <= self._tall:
                return starts, rendered
            self._tall = self._tall | cut


def _faces(typeface: Typeface | None) -> Mapping[str, Face]:
    """Return the faces of a typeface, each with what CSS says of it."""
    if typeface is None:
        return {}
    faces = {"font-weight: normal": typeface.regular, "font-weight: bold": typeface.bold}
    return {**faces, "font-style: italic": typeface.italic} if typeface.italic else faces


def _font_face(style: str, file: Path) -> str:
    """Return the rule that gives a file the family name which the style sheet asks for first."""
    return f"@font-face {{ font-family: Report; {style}; src: url('{file.as_uri()}') }}"


def _headless(document: Document) -> frozenset[int]:
    """Return the blocks that are tables without a heading, such as facts."""
    return frozenset(
        index
        for index, block in enumerate(document.blocks)
        if isinstance(block, Table) and not block.header
    )


def find_starts(pages: Iterable[Page], headless: frozenset[int]) -> tuple[Starts, Starts]:
    """Return the first row to begin on each page of a table, and the rows too tall for a page.

    A row is too tall if a page's end cut it, or if WeasyPrint left the table's heading out to keep
    it whole; ``headless`` tables have none to leave out.
    """
    seen: set[RowStart] = set()
    starts: set[RowStart] = set()
    cut: set[RowStart] = set()
    for page in pages:
        begun: dict[int, RowStart] = {}
        headed = {int(match[1]) for one in page.anchors if (match := _HEAD.fullmatch(one))}
        headed |= headless
        for row in _rows(page):
            if row in seen or row.block not in headed:
                cut.add(row)
            if row not in seen:
                begun.setdefault(row.block, row)
            seen.add(row)
        starts.update(row for row in begun.values() if row.row > 0)
    return frozenset(starts), frozenset(cut)


class TablePart(NamedTuple):
    """What a page has of a table: the table's block, and whether its first row began earlier."""

    block: int
    goes_on: bool


def table_parts(pages: Iterable[Page]) -> Iterator[TablePart]:
    """Yield, page by page and from the top, each table that has rows there."""
    seen: set[RowStart] = set()
    for page in pages:
        rows = list(_rows(page))
        firsts = {row.block: row for row in reversed(rows)}
        for block in dict.fromkeys(row.block for row in rows):
            yield TablePart(block, firsts[block] in seen)
        seen.update(rows)


def _rows(page: Page) -> Iterator[RowStart]:
    """Yield the table rows on a page, from the top, by the addresses the template gives them."""
    for anchor in page.anchors:
        if match := _ROW.fullmatch(anchor):
            yield RowStart(int(match[1]), int(match[2]))
