"""What stands in one cell of a workbook: its value, and what of it the cell shows."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from reportgen.read.dates import date_shown
from reportgen.read.figures import shown as figure_shown

_DAY: Final = "dd.mm.yyyy"
_MOST_DIGITS: Final = 20  # that a number is written out with


@dataclass(frozen=True, slots=True)
class Typed:
    """What stands in a cell. ``fault`` is Excel's own word, as ``#DIV/0!``.

    ``code`` is the format of a number in the file's notation; days count from 1904 where
    ``from_1904`` says so.
    """

    value: Decimal | str | bool | None = None
    fault: str = ""
    formula: bool = False
    is_date: bool = False
    code: str = ""
    from_1904: bool = False

    @property
    def shown(self) -> str:
        """The text that the cell shows: a number as its format has it, a date in digits."""
        if not isinstance(self.value, Decimal):
            return "" if self.value is None else str(self.value)
        if self.is_date:
            day = date_shown(self.value, self.code or _DAY, from_1904=self.from_1904)
            return day or self.plain
        if not self.is_usual:
            return self.plain
        return figure_shown(self.value, self.code)

    @property
    def plain(self) -> str:
        """The value itself as text, a number with a comma."""
        if not isinstance(self.value, Decimal):
            return self.shown
        return f"{self.value:{'f' if self.is_usual else 'e'}}".replace(".", ",")

    @property
    def is_usual(self) -> bool:
        """Whether a number is short enough to be written out."""
        return isinstance(self.value, Decimal) and abs(self.value.adjusted()) < _MOST_DIGITS
