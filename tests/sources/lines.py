"""The lines of a source document's tables: text, cells parted by tabs, remnants of markup."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Line:
    """A line of a table: its number in the file, and its cells as they are printed."""

    number: int
    cells: tuple[str, ...]

    @property
    def is_band(self) -> bool:
        """Whether it names what stands below: one cell is filled, and it is no narrative."""
        filled = [index for index, cell in enumerate(self.cells) if cell]
        return len(filled) == 1 and (filled[0] < 2 or len(self.cells) == 1)


def read_lines(path: Path) -> list[Line]:
    """Return the lines that have any text."""
    lines = path.read_text(encoding="utf-8").split("\n")
    return [
        Line(number, tuple(cell.strip() for cell in line.split("\t")))
        for number, line in enumerate(lines, start=1)
        if line.strip()
    ]


def paragraphs(cell: str) -> tuple[str, ...]:
    """Return the text of a cell without the remnants of markup, paragraph by paragraph."""
    parts = re.split(r"</?[bp]>|\*\*", cell)
    return tuple(part.strip() for part in parts if part.strip())
