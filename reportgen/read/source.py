"""What is read from a file of any format: paragraphs and tables, each with its place.

Nothing is understood here: a reader tells what stands where, tidies no text but blanks, and says
where it could not be sure.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands in a source file.

    ``where`` is what an official finds it by: «Аркуш1!B7», «таблиця 2, рядок 5, комірка 3»,
    «сторінка 3, рядок 12», «рядок 17». ``line`` and ``column`` count from 1 and order places: the
    line of a text file; elsewhere the number of the row in reading order, and of the cell in it.
    """

    where: str
    line: int
    column: int = 1


@dataclass(frozen=True, slots=True)
class SourceCell:
    """A cell, merged over ``columns`` x ``rows`` places.

    ``text`` is what a reader of the file sees, paragraphs parted by line breaks; ``value`` the
    exact number behind it, if the file holds one. ``fault`` says what is wrong with it by the
    file's own account, as «#DIV/0!» in a spreadsheet. ``hidden`` is a cell of a hidden column.
    """

    text: str
    place: Place
    value: Decimal | None = None
    columns: int = 1
    rows: int = 1
    bold: bool = False
    fault: str = ""
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class SourceRow:
    """The cells that begin in a row, with the grid column (from 0) of each.

    A text file knows no grid: its cells are numbered as they stand, and a row may lack some.
    ``header`` is a row that the file itself marks as one that is repeated on every page.
    """

    cells: tuple[tuple[int, SourceCell], ...]
    place: Place
    hidden: bool = False
    header: bool = False


@dataclass(frozen=True, slots=True)
class SourceTable:
    """A table as the file has it: it may go on in the next one, after a page break.

    ``name`` is that of its sheet, or of its caption.
    """

    rows: tuple[SourceRow, ...]
    place: Place
    name: str = ""


@dataclass(frozen=True, slots=True)
class SourceParagraph:
    """A paragraph outside tables."""

    text: str
    place: Place
    bold: bool = False


SourceBlock: TypeAlias = SourceParagraph | SourceTable


@dataclass(frozen=True, slots=True)
class Remark:
    """What a reader could not be sure of, or left out: a hidden sheet, a macro, a torn page."""

    message: str  # Ukrainian, one sentence
    place: Place


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A whole file, in reading order."""

    name: str
    blocks: tuple[SourceBlock, ...]
    remarks: tuple[Remark, ...] = ()


class UnreadableFileError(Exception):
    """The file cannot be read at all; the text is one clear Ukrainian sentence."""
