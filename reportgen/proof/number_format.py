"""What a spreadsheet shows for a number: the part of its format language that reports need.

Sections parted by semicolons, with conditions or by sign; a locale; literals; groups of three and
places after the comma (ECMA-376 part 1, 18.8.31). Written without the writer that makes formats.
"""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Mapping
from decimal import ROUND_HALF_UP, Decimal

_SECTION = re.compile(r'((?:[^;"\\]|"[^"]*"|\\.)*)(;|$)')
_CONDITION = re.compile(r"\[(<=|>=|<>|<|>|=)(-?\d+(?:\.\d+)?)\]")
_LOCALE = re.compile(r"\[\$-[0-9A-Fa-f]+\]")
_PIECE = re.compile(r'"([^"]*)"|\\(.)|(#,##0|0)(?:\.(0+))?')

_COMPARED: Mapping[str, Callable[[Decimal, Decimal], bool]] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
    "=": operator.eq,
    "<>": operator.ne,
}
_BLANK = "\u00a0"


def shown(value: Decimal, code: str) -> str | None:
    """Return the text that a number shows as; ``None`` for a format that is none of a report."""
    sections = [match[1] for match in _SECTION.finditer(code)]
    while len(sections) > 1 and not sections[-1]:
        sections.pop()
    index = _chosen(value, sections)
    if index is None:
        return None
    body = _CONDITION.sub("", _LOCALE.sub("", sections[index]))
    sign = "-" if value < 0 and index == 0 and len(sections) == 1 else ""
    if value < 0 and index == 0 and len(sections) > 1:
        return None  # programs differ on its sign
    return _filled(abs(value), body, sign)


def _chosen(value: Decimal, sections: list[str]) -> int | None:
    """Return which section a number takes: by the conditions, or by its sign."""
    conditions = [_CONDITION.search(one) for one in sections]
    if any(conditions):
        for index, condition in enumerate(conditions):
            if condition is None or _COMPARED[condition[1]](value, Decimal(condition[2])):
                return index
        return None
    if value < 0:
        return min(1, len(sections) - 1)
    return 2 if value == 0 and len(sections) > 2 else 0  # noqa: PLR2004 - the section of noughts


def _filled(value: Decimal, body: str, sign: str) -> str | None:
    text, at = sign, 0
    for piece in _PIECE.finditer(body):
        if piece.start() != at:
            return None
        at = piece.end()
        text += _digits(value, piece[3], len(piece[4] or "")) if piece[3] else piece[1] or piece[2]
    return text if at == len(body) and body else None


def _digits(value: Decimal, whole: str, places: int) -> str:
    rounded = value.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)
    units, _, fraction = f"{rounded:f}".partition(".")
    if whole != "0":
        units = f"{int(units):,}".replace(",", _BLANK)
    return f"{units},{fraction}" if fraction else units
