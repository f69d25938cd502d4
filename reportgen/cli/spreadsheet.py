"""CSV as spreadsheets in Ukrainian open it: semicolons between columns, for the comma is decimal.

By two clicks Excel takes the separator of the system's locale, which is the semicolon here; from a
file without the byte order mark it would read Cyrillic as something else.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

_BOM = "\ufeff"
_FORMULA = ("=", "+", "-", "@", "\t", "\r")  # a spreadsheet would reckon a text that begins so


def as_csv(lines: Iterable[Sequence[str]]) -> str:
    """Return lines of cells as CSV, without the last line end."""
    out = io.StringIO()
    csv.writer(out, delimiter=";", lineterminator="\n").writerows(lines)
    return _BOM + out.getvalue().rstrip("\n")


def harmless(text: str) -> str:
    """Return a text that no spreadsheet takes for a formula."""
    return f"'{text}" if text.startswith(_FORMULA) else text
