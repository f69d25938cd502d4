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


def find_period(text: str) -> Period | None:
    """Return the period that a text names; ``None`` if it names none."""
    for part, pattern in _PATTERNS:
        found = re.search(rf"(?:{pattern})\s*(20\d\d)", text, re.IGNORECASE)
        if found:
            return Period(int(found[1]), part)
    found = re.search(r"\bза\s+(20\d\d)\s*(?:рік|р\.)", text, re.IGNORECASE)
    return Period(int(found[1]), Part.YEAR) if found else None
