"""Rows that number the columns of a table: «1 2 3 4», «А Б 1 2», «7 8 9=8/7*100»."""

from __future__ import annotations

import re
from typing import Final

from reportgen.importing.grid import GridRow, StreamLine

_NUMBER: Final = re.compile(r"([0-9]{1,2})(?:[.,]0+)?")  # «6,0» by the format of its column
_LETTER: Final = re.compile(r"[^\W\d_]")
#: «9=8/7*100», «9 (гр.8/гр.7)»: a number and how the column is computed from others.
_COMPUTED: Final = re.compile(
    r"([0-9]{1,2})\s*[=(](?:[\s0-9.,()+*×:/%=–−-]|гр|кол|ст|х|x)*", re.IGNORECASE
)
_LEAST: Final = 3  # cells: «1 2» may be anything


def is_numbers(line: StreamLine) -> bool:
    """Tell whether a line numbers the columns, wherever it stands: «1 2 3 4 5 7»."""
    if not isinstance(line, GridRow):
        return False
    texts = _texts(line)
    numbers = [int(text) for text in texts if re.fullmatch(r"[0-9]{1,2}", text)]
    return (
        len(numbers) == len(texts) >= _LEAST and numbers == sorted(set(numbers)) and numbers[0] <= 2  # noqa: PLR2004 - the first may be lost
    )


def numbers_columns(line: StreamLine) -> bool:
    """Tell whether a line directly below a heading numbers the columns, in any order.

    Nothing is in it but letters and numbers, which run from any one on with a gap at most.
    """
    if is_numbers(line):
        return True
    if not isinstance(line, GridRow):
        return False
    texts = _texts(line)
    found = [_NUMBER.fullmatch(text) or _COMPUTED.fullmatch(text) for text in texts]
    letters = [text for text, one in zip(texts, found, strict=True) if one is None]
    numbers = {int(one[1]) for one in found if one}
    return (
        len(texts) >= _LEAST
        and 2 * len(texts) >= line.width
        and len(numbers) + len(set(letters)) == len(texts)
        and all(map(_LETTER.fullmatch, letters))
        and len(numbers) > 1
        and max(numbers) - min(numbers) <= len(numbers)
    )


def _texts(line: GridRow) -> list[str]:
    """Return what the cells show, without the signs around numbers: «(1)», «1.»."""
    texts = (cell.text.strip().rstrip(".") for _, cell in line.filled)
    return [text[1:-1].strip() if re.fullmatch(r"\([^()]*\)", text) else text for text in texts]
