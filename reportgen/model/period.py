"""Reporting periods: every one starts on 1 January and figures are cumulative."""

from __future__ import annotations

import datetime
import enum
import re
from dataclasses import dataclass


class Part(enum.Enum):
    """How much of the year a period covers; the value is its suffix in file names."""

    QUARTER = "q1"
    HALF = "h1"
    NINE_MONTHS = "9m"
    YEAR = ""


_LAST_DAY = {
    Part.QUARTER: (3, 31),
    Part.HALF: (6, 30),
    Part.NINE_MONTHS: (9, 30),
    Part.YEAR: (12, 31),
}
_NAMES = {
    Part.QUARTER: "I квартал {year} року",
    Part.HALF: "I півріччя {year} року",
    Part.NINE_MONTHS: "9 місяців {year} року",
    Part.YEAR: "{year} рік",
}
_WORDS = {
    Part.QUARTER: "перший квартал {year} року",
    Part.HALF: "перше півріччя {year} року",
    Part.NINE_MONTHS: "дев'ять місяців {year} року",
    Part.YEAR: "{year} рік",
}
_WRITTEN = re.compile(r"(20[0-9]{2})(?:-(q1|h1|9m))?")


@dataclass(frozen=True, slots=True)
class Period:
    """A reporting period. ``str()`` gives what stands after «за»: «I півріччя 2023 року»."""

    year: int
    part: Part

    @classmethod
    def parse(cls, text: str) -> Period:
        """Read ``2023-q1``, ``2023-h1``, ``2023-9m`` or ``2023``.

        Raises:
            ValueError: for anything else.
        """
        match = _WRITTEN.fullmatch(text)
        if match is None:
            raise ValueError(text)
        return cls(int(match[1]), Part(match[2] or ""))

    @property
    def id(self) -> str:
        """The period as file names write it."""
        return f"{self.year}-{self.part.value}" if self.part.value else str(self.year)

    @property
    def in_words(self) -> str:
        """The period by itself, as it is read aloud: «перше півріччя 2023 року»."""
        return _WORDS[self.part].format(year=self.year)

    @property
    def last_day(self) -> datetime.date:
        """The last day of the period; documents are dated by it when nothing else is said."""
        month, day = _LAST_DAY[self.part]
        return datetime.date(self.year, month, day)

    def __str__(self) -> str:
        return _NAMES[self.part].format(year=self.year)
