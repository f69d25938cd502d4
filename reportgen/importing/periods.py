"""Reporting periods as titles write them: «за I півріччя 2023 року», «за 9 місяців 2024 р.»."""

from __future__ import annotations

import re

from reportgen.model.period import Part, Period

_ONE = r"(?:[IІ1]|перш\w+)"
_PATTERNS = (
    (Part.QUARTER, rf"(?<![IІ\d]){_ONE}\s*-?\s*(?:квартал\w*|кв\.?)|(?:3|три)\s+місяц\w+"),
    (Part.QUARTER, r"січень\s*[-–—]\s*березень"),
    (Part.HALF, rf"(?<![IІ\d]){_ONE}\s*-?\s*(?:півріччя|півр\.?)|(?:6|шість)\s+місяців"),
    (Part.HALF, r"січень\s*[-–—]\s*червень"),
    (Part.NINE_MONTHS, r"(?:9|дев['’ʼ]ять)\s+місяців|січень\s*[-–—]\s*вересень"),
    (Part.YEAR, r"(?:12|дванадцять)\s+місяців|січень\s*[-–—]\s*грудень"),
)

_AS_OF = re.compile(
    r"станом на (?P<day>\d{1,2})\.(?P<month>\d{1,2})\.(?P<year>20\d\d)", re.IGNORECASE
)
_ENDS = {4: Part.QUARTER, 7: Part.HALF, 10: Part.NINE_MONTHS}  # by the month after


def find_period(text: str) -> Period | None:
    """Return the period that a text names, or that ends on a day which it names; else none."""
    return named_period(text) or _ending(text)


def named_period(text: str) -> Period | None:
    """Return the period that a text names in words; ``None`` if it names none."""
    for part, pattern in _PATTERNS:
        found = re.search(rf"(?:{pattern})\s*(20\d\d)", text, re.IGNORECASE)
        if found:
            return Period(int(found[1]), part)
    found = re.search(r"\bза\s+(20\d\d)\s*(?:рік|р\.)", text, re.IGNORECASE)
    return Period(int(found[1]), Part.YEAR) if found else None


def _ending(text: str) -> Period | None:
    """Return the period that ends on the eve of «станом на 01.10.2023», or on that day."""
    found = _AS_OF.search(text)
    if found is None:
        return None
    day, month, year = int(found["day"]), int(found["month"]), int(found["year"])
    if day in (30, 31):
        day, month = 1, month + 1
    if day != 1:
        return None
    if month in (1, 13):
        return Period(year - (month == 1), Part.YEAR)
    return Period(year, _ENDS[month]) if month in _ENDS else None
