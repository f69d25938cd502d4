"""Places on a sheet, by row and column from 0, as a workbook's file names them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from reportgen.entry.package import SAVE_AS
from reportgen.read.source import UnreadableFileError

_CELL: Final = re.compile(r"([A-Z]{1,3})([0-9]{1,7})", re.ASCII)


class Area(NamedTuple):
    """Cells merged into one, by row and column from 0; the first of them is kept."""

    top: int
    left: int
    bottom: int
    right: int


def place_of(name: str) -> tuple[int, int]:
    """Return row and column of a cell's name, from 0.

    Raises:
        UnreadableFileError: when it is the name of none.
    """
    place = _CELL.fullmatch(name)
    if place is None:
        raise UnreadableFileError(f"у книзі клітинки без адрес: {SAVE_AS}")
    return int(place[2]) - 1, _column(place[1])


def areas_of(reference: str) -> Iterator[Area]:
    """Yield the area of a reference as ``A1:C3``; none for a single cell."""
    first, _, last = reference.partition(":")
    if last:
        (row, column), (other_row, other) = place_of(first), place_of(last)
        top, bottom = sorted((row, other_row))
        left, right = sorted((column, other))
        yield Area(top, left, bottom, right)


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1
