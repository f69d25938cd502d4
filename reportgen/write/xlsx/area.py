"""Rectangles of a sheet."""

from __future__ import annotations

from typing import NamedTuple

from xlsxwriter.utility import xl_rowcol_to_cell

from reportgen.write.xlsx.names import quoted_name


class Area(NamedTuple):
    """A rectangle of places, rows and columns from 0, the last ones included.

    ``sheet`` is the name of the sheet that it lies on, where a formula of another one means it.
    """

    top: int
    left: int
    bottom: int
    right: int
    sheet: str = ""

    @property
    def corner(self) -> str:
        """The top left place, which holds a merged cell's content, such as ``F12``."""
        return f"{self._prefix}{xl_rowcol_to_cell(self.top, self.left)}"

    @property
    def text(self) -> str:
        """The area as a formula names it: ``F12`` or ``F12:F14``."""
        if not self.is_merged:
            return self.corner
        return f"{self.corner}:{xl_rowcol_to_cell(self.bottom, self.right)}"

    @property
    def _prefix(self) -> str:
        return f"{quoted_name(self.sheet)}!" if self.sheet else ""

    @property
    def is_merged(self) -> bool:
        """Whether it is more than one place."""
        return self.top < self.bottom or self.left < self.right

    def joined(self, other: Area) -> Area | None:
        """Return both as one area if ``other`` is next to it, below or at the right."""
        if other.sheet != self.sheet:
            return None
        below = other.top == self.bottom + 1
        if below and (other.left, other.right) == (self.left, self.right):
            return self._replace(bottom=other.bottom)
        beside = other.left == self.right + 1
        if beside and (other.top, other.bottom) == (self.top, self.bottom):
            return self._replace(right=other.right)
        return None
