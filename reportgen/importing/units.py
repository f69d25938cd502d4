"""Units of money as headings, lines and cells name them.

A unit is a power of ten of hryvnias: 0 for «грн», 3 for «тис. грн».
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from reportgen.importing.grid import GridRow, StreamLine, row_text
from reportgen.importing.header import Heading, heading_paths
from reportgen.model.form import TableSection
from reportgen.read.source import Place

_SCALE = r"(?P<scale>т[иы]с(?:яч\w*|\.)?|т\.|млн\.?|мільйон\w*|млрд\.?|мільярд\w*)"
_HRYVNIA = r"(?:грн\b\.?|гривень\b|гривн\w+|₴|uah\b)"
_BETWEEN = r"[\s.,/–-]*"  # «тис,грн» is no hryvnia
_UNIT = re.compile(
    rf"(?<![^\W\d_])(?:{_SCALE}{_BETWEEN}(?:{_HRYVNIA}|гр\b\.?)|{_HRYVNIA})", re.IGNORECASE
)
_OF_CELL = re.compile(rf"(?:{_SCALE}\s*(?:{_HRYVNIA})?|{_HRYVNIA})\s*$", re.IGNORECASE)
_FOREIGN = re.compile(r"[€$£]|\b(?:євро|долар\w*|дол\.|usd|eur|у\.\s?о\.)", re.IGNORECASE)
_POWERS = {"т": 3, "мільй": 6, "млн": 6, "мільяр": 9, "млрд": 9}
_AMOUNT_BEFORE = re.compile(r"\d[\s\u00a0]*$")
_AMOUNT_AFTER = re.compile(r"[\s:–—-]*\d")
_STATES = re.compile(
    r"наведен|подан|зазначен|вказан|обчислен|одиниц|\b[ву]\s*(?:тис|млн|грив|грн)"
    r"|^\W*(?:тис\.?\s*|млн\.?\s*)?(?:грн|гривень)\W*$"
)
_LONGEST = 120  # characters of a line that says the unit
_NEAR = 6  # lines above a header that may be it
_MOST_CELLS = 2


@dataclass(frozen=True, slots=True)
class Said:
    """What the source says of a column's unit: powers of ten, and the place that says so.

    ``is_foreign`` is another currency.
    """

    powers: frozenset[int]
    place: Place
    text: str
    is_foreign: bool = False


def unit_name(power: int) -> str:
    """Return a unit of money in words: «тис. грн»."""
    return {0: "грн", 3: "тис. грн", 6: "млн грн", 9: "млрд грн"}[power]


def powers_in(text: str) -> frozenset[int]:
    """Return the units that a heading or a line names, without those of amounts in it."""
    return frozenset(
        _power(found["scale"])
        for found in _UNIT.finditer(text)
        if not _AMOUNT_BEFORE.search(text[: found.start()])
        and not _AMOUNT_AFTER.match(text[found.end() :])
    )


def is_foreign(text: str) -> bool:
    """Tell whether a text names another currency than the hryvnia."""
    return _FOREIGN.search(text) is not None


def parted(text: str) -> tuple[str, int | None]:
    """Return an amount's text without its unit, and the unit, if it has one."""
    found = _OF_CELL.search(text)
    if found is None:
        return text, None
    return text[: found.start()].rstrip(), _power(found["scale"])


def scaled(value: Decimal, power: int, decimals: int) -> Decimal:
    """Return an amount times a power of ten, exactly, with the decimals of its column or more."""
    sign, digits, exponent = value.as_tuple()
    moved = f"{Decimal((sign, digits, int(exponent) + power)):f}"  # no context, so no rounding
    whole, _, fraction = moved.partition(".")
    return Decimal(f"{whole}.{fraction.rstrip('0').ljust(decimals, '0')}")


def _power(scale: str | None) -> int:
    bare = (scale or "").casefold()
    return next((power for name, power in _POWERS.items() if bare.startswith(name)), 0)


def said_units(
    section: TableSection, lines: Sequence[StreamLine], headers: Sequence[Heading]
) -> dict[str, Said]:
    """Return what the headings of a table say of each column, or else a line above them."""
    said: dict[str, Said] = {}
    befores = [0, *(one.end for one in headers)]
    for heading, before in zip(headers, befores, strict=False):
        if heading.section is not section:
            continue
        at = _line_above(lines, before, heading.first)
        above = _of_line(lines[at]) if at is not None else None
        for column, path in zip(heading.columns, heading_paths(lines, heading), strict=True):
            if column is None or path is None or column.id in said:
                continue
            text, cell = path
            own = Said(powers_in(text), cell.place, cell.text, is_foreign(text))
            if own.powers or own.is_foreign:
                contradicted = above and own.powers and not own.powers & above.powers
                more = above.powers if contradicted and above else frozenset()
                said[column.id] = replace(own, powers=own.powers | more)
            elif above:
                said[column.id] = above
    return said


def unit_lines(lines: Sequence[StreamLine], headers: Sequence[Heading]) -> set[int]:
    """Return the lines that say nothing but the unit of the table below them."""
    befores = [0, *(one.end for one in headers)]
    found = (
        _line_above(lines, *one) for one in zip(befores, (h.first for h in headers), strict=False)
    )
    return {at for at in found if at is not None and _STATES.search(row_text(lines[at]).casefold())}


def _line_above(lines: Sequence[StreamLine], start: int, end: int) -> int | None:
    """Return the last line above a header that says the unit of the table."""
    for at in range(end - 1, start - 1, -1):
        line = lines[at]
        text = row_text(line)
        if len(text) > _LONGEST or (isinstance(line, GridRow) and len(line.filled) > _MOST_CELLS):
            continue
        if powers_in(text) and (end - at <= _NEAR or _STATES.search(text.casefold())):
            return at
    return None


def _of_line(line: StreamLine) -> Said:
    return Said(powers_in(row_text(line)), line.place, row_text(line))
