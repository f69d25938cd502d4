"""HTML pages as a browser shows them: tables, and the paragraphs around them.

Scripts are dropped, no style sheet is read, nothing is fetched.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from typing import Final

import bs4
from bs4.element import PageElement

from reportgen.read.html_table import TableReader, is_shell
from reportgen.read.html_text import BLOCKS, Flow, is_hidden
from reportgen.read.limits import Limits
from reportgen.read.remarks import Remarks
from reportgen.read.source import (
    Place,
    SourceBlock,
    SourceFile,
    SourceParagraph,
    UnreadableFileError,
)

_HIDDEN: Final = "прихований на сторінці текст пропущено"


def read_html(text: str, name: str, limits: Limits) -> SourceFile:
    """Return a page, given as decoded text.

    Raises:
        UnreadableFileError: when it is longer than a part of an office file may be.
    """
    if len(text) > limits.part:
        raise UnreadableFileError(
            f"сторінка довша за {limits.part // 1_000_000} млн знаків: збережіть з неї сам звіт"
        )
    body = bs4.BeautifulSoup(text, "html5lib").body
    reader = _Reader(limits)
    blocks = () if body is None else tuple(reader.blocks(body))
    return SourceFile(name, blocks, reader.remarks.all())


class _Reader:
    """Reads the elements of a page in order."""

    def __init__(self, limits: Limits) -> None:
        self.remarks = Remarks()
        self._flow = Flow()
        self._lines = itertools.count(1)
        self._paragraphs = itertools.count(1)
        self._tables = TableReader(self._flow, self._lines, self.remarks, limits)

    def blocks(self, parent: bs4.Tag) -> Iterator[SourceBlock]:
        """Yield the paragraphs and tables of an element: text between blocks is a paragraph."""
        waiting: list[PageElement] = []
        for child in parent.children:
            if isinstance(child, bs4.Tag) and (_is_block(child) or child.find(_is_block)):
                yield from self._paragraph(waiting, parent)
                waiting = []
                yield from self._inside(child)
            else:
                waiting.append(child)
        yield from self._paragraph(waiting, parent)

    def _inside(self, element: bs4.Tag) -> Iterator[SourceBlock]:
        if is_hidden(element):
            if element.get_text(strip=True):
                place = Place("прихована частина сторінки", next(self._lines))
                self.remarks.add(_HIDDEN, place)
        elif element.name == "table" and not is_shell(element):
            yield self._tables.read(element)
        else:
            yield from self.blocks(element)

    def _paragraph(self, nodes: list[PageElement], parent: bs4.Tag) -> Iterator[SourceParagraph]:
        shown = self._flow.text(nodes, parent) if nodes else None
        if shown is None or not (shown.text or shown.hidden):
            return
        place = Place(f"абзац {next(self._paragraphs)}", next(self._lines))
        if shown.hidden:
            self.remarks.add(_HIDDEN, place)
        if shown.text:
            yield SourceParagraph(shown.text, place, shown.bold)


def _is_block(element: bs4.Tag) -> bool:
    return element.name in BLOCKS
