"""PDF files with a text layer: ruled tables, and the lines of text around them, page by page.

A line of a cell is a line of its text, for nothing tells the end of a line from the end of a
paragraph; a table over several pages is one table on each. Page numbers are lines as any other.
"""

from __future__ import annotations

import io
import itertools
from collections.abc import Iterator, Sequence
from typing import Final

import pdfplumber
from pdfminer.pdfdocument import PDFPasswordIncorrect
from pdfplumber.page import Page
from pdfplumber.pdf import PDF
from pdfplumber.utils.exceptions import PdfminerException

from reportgen.read.limits import Limits
from reportgen.read.pdf_grid import Box, Grid, grid_of
from reportgen.read.pdf_overlap import overprinted
from reportgen.read.pdf_words import Line, Word, is_bold, letters_on, lines_of, words_of
from reportgen.read.remarks import Remarks
from reportgen.read.source import (
    Place,
    SourceBlock,
    SourceCell,
    SourceFile,
    SourceParagraph,
    SourceRow,
    SourceTable,
    UnreadableFileError,
)
from reportgen.read.tidying import tidy

_NO_LETTERS: Final = "(cid:"  # what stands for a letter that the font does not name
_LOCKED: Final = "файл PDF захищено паролем: збережіть його без пароля або візьміть файл Word"
_SCAN: Final = (
    "це скан без тексту: потрібен файл, з якого його надруковано (.docx, .xlsx), або розпізнайте "
    "текст програмою OCR і перевірте його"
)

_LEGIBLE: Final = 0.2  # of the letters may stand on others, as a stamp over a text does
_ILLEGIBLE: Final = (
    "текст надруковано поверх тексту, прочитати його не можна: візьміть файл, з якого зроблено "
    "PDF (.docx, .xlsx), або зробіть у ньому рядки таблиці вищими й збережіть PDF наново"
)


def read_pdf(data: bytes, name: str, limits: Limits) -> SourceFile:
    """Return a PDF file.

    Raises:
        UnreadableFileError: when it is locked, too long, has no text or one printed over itself.
    """
    remarks = Remarks()
    with _opened(data) as pdf:
        if len(pdf.pages) > limits.pages:
            raise UnreadableFileError(
                f"у файлі понад {limits.pages} сторінок: збережіть окремо сторінки звіту"
            )
        lines = itertools.count(1)
        read = [_Page(page, lines, remarks).blocks() for page in pdf.pages]
    if not any(read):
        raise UnreadableFileError(_SCAN)
    return SourceFile(name, tuple(itertools.chain(*read)), remarks.all())


def _opened(data: bytes) -> PDF:
    try:
        return pdfplumber.open(io.BytesIO(data))
    except PdfminerException as error:
        if error.args and isinstance(error.args[0], PDFPasswordIncorrect):
            raise UnreadableFileError(_LOCKED) from error
        raise


class _Page:
    """Reads one page."""

    def __init__(self, page: Page, lines: Iterator[int], remarks: Remarks) -> None:
        self._page = page
        self._where = f"сторінка {page.page_number}"
        self._lines = lines
        self._remarks = remarks

    def blocks(self) -> list[SourceBlock]:
        """Return what is on the page from its top, and forget the page.

        Raises:
            UnreadableFileError: when letters stand on letters.
        """
        letters = letters_on(self._page)
        if overprinted(letters) > _LEGIBLE:
            raise UnreadableFileError(f"{self._where}: {_ILLEGIBLE}")
        words = words_of(letters)
        if not words and (self._page.images or self._page.curves):
            place = Place(self._where, next(self._lines))
            self._remarks.add("на сторінці немає тексту, лише зображення: її не прочитано", place)
        found = (grid_of(table.cells) for table in self._page.find_tables())
        grids = [grid for grid in found if grid is not None]
        self._page.close()
        inside: list[list[list[Word]]] = [[[] for _ in grid.cells] for grid in grids]
        outside: list[Word] = []
        for word in words:
            spot = next((at for at in _spots(grids, word)), None)
            (outside if spot is None else inside[spot[0]][spot[1]]).append(word)
        lines = lines_of(outside)
        placed = [(grid.top, 0, at) for at, grid in enumerate(grids)]
        placed += [(line.top, 1, at) for at, line in enumerate(lines)]
        return [
            self._paragraph(lines[at], at + 1, grids)
            if is_line
            else self._table(grids[at], inside[at])
            for _, is_line, at in sorted(placed)
        ]

    def _paragraph(self, line: Line, number: int, grids: Sequence[Grid]) -> SourceParagraph:
        place = Place(f"{self._where}, рядок {number}", next(self._lines))
        if any(grid.top < line.middle < grid.bottom for grid in grids):
            self._remarks.add("текст стоїть поруч із таблицею, а не в її комірках", place)
        return SourceParagraph(self._text([line], place), place, is_bold(line.words))

    def _table(self, grid: Grid, words: Sequence[Sequence[Word]]) -> SourceTable:
        rows = [
            self._row(
                at, [(box, words[index]) for index, box in enumerate(grid.cells) if box.row == at]
            )
            for at in range(grid.height)
        ]
        return SourceTable(tuple(rows), rows[0].place)

    def _row(self, at: int, boxes: Sequence[tuple[Box, Sequence[Word]]]) -> SourceRow:
        place = Place(f"{self._where}, рядок таблиці {at + 1}", next(self._lines))
        cells = []
        for number, (box, words) in enumerate(boxes, start=1):
            here = Place(f"{place.where}, комірка {number}", place.line, number)
            text = self._text(lines_of(words), here)
            cell = SourceCell(text, here, None, box.columns, box.rows, is_bold(words))
            cells.append((box.column, cell))
        return SourceRow(tuple(cells), place)

    def _text(self, lines: Sequence[Line], place: Place) -> str:
        """Return lines as text; a soft hyphen at the end of one joins it to the next."""
        text = tidy("\n".join(line.text for line in lines).replace("\u00ad\n", ""))
        if _NO_LETTERS in text:
            self._remarks.add(
                "шрифт файлу не каже, які це літери: звірте текст з надрукованим", place
            )
        return text


def _spots(grids: Sequence[Grid], word: Word) -> Iterator[tuple[int, int]]:
    """Yield the grid and the cell in it that hold the middle of a word."""
    for number, grid in enumerate(grids):
        if grid.top <= word.middle <= grid.bottom:
            for at, box in enumerate(grid.cells):
                if box.holds(word.centre, word.middle):
                    yield number, at
