"""What is drawn on the sheet: areas with a content and a look, and rows with heights."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from typing import NamedTuple, TypeAlias

from reportgen.document.blocks import Document
from reportgen.write.fonts import Face, Typeface
from reportgen.write.wrapping import UNKNOWN_FACE
from reportgen.write.xlsx.area import Area
from reportgen.write.xlsx.grid import Grid, make_grid
from reportgen.write.xlsx.heights import text_height
from reportgen.write.xlsx.looks import INDENT, Look
from reportgen.write.xlsx.remote import Places, Remote
from reportgen.write.xlsx.rich import Rich, Shown


@dataclass(frozen=True, slots=True)
class Live:
    """A formula with the value that it has now, for readers that do not calculate."""

    formula: str
    cached: float | str


@dataclass(frozen=True, slots=True)
class Link:
    """A text that leads to another sheet."""

    text: str
    sheet: str


class Addend(NamedTuple):
    """A part of a sum: what it is, from which sheet, and its formula unless it is typed."""

    sheet: str
    value: Decimal
    formula: str | None


@dataclass(frozen=True, slots=True)
class Long:
    """A sum that is too long for one cell, with the value that it has now."""

    addends: tuple[Addend, ...]
    cached: float


Content: TypeAlias = str | Rich | float | Live | Link | Long


class Box(NamedTuple):
    """A cell of the sheet, merged where its area is more than one place."""

    area: Area
    content: Content
    look: Look


@dataclass(frozen=True, slots=True)
class Strip:
    """The part of the sheet that one block takes: whole rows."""

    heights: tuple[float, ...]  # points
    boxes: tuple[Box, ...]
    header: int = 0  # rows at its top that are a table's header
    kept: tuple[range, ...] = ()  # rows of the sheet over which one text runs
    led: tuple[range, ...] = ()  # header, then bands with the row below, totals with that above
    places: Places = field(default_factory=dict)  # of a table's body


@dataclass(frozen=True, slots=True)
class Setting:
    """What every block is laid out with."""

    document: Document
    grid: Grid
    regular: Face
    bold: Face
    remote: Remote | None = None  # other sheets of the workbook

    def face(self, look: Look) -> Face:
        """Return the face of a look."""
        return self.bold if look.bold else self.regular

    def height(self, text: Shown, left: int, right: int, look: Look) -> float:
        """Return the height of wrapped text in sheet columns ``left`` to ``right``, points.

        A text with bold runs is measured as if all of it were bold: never too low.
        """
        width = self.grid.width(left, right) - look.indent * INDENT
        face = self.face(look)
        if isinstance(text, Rich):
            face = self.bold if text.is_bold else face
            text = text.text
        return text_height(text, width, look.size, face)


def make_setting(
    document: Document, typeface: Typeface | None, remote: Remote | None = None
) -> Setting:
    """Return the setting of a document; without a typeface, widths are guessed."""
    grid = make_grid(document)
    if typeface is None:
        return Setting(document, grid, UNKNOWN_FACE, UNKNOWN_FACE, remote)
    return Setting(document, grid, typeface.regular, typeface.bold, remote)
