"""What a TrueType or OpenType file says of widths: a few tables of it, and nothing else.

A library that knows every table takes ten times as long to load and to answer. The layout of the
file is that of the OpenType specification (ISO/IEC 14496-22), chapters «head», «hhea», «hmtx»,
«maxp», «cmap» and «kern».
"""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Mapping
from itertools import islice, product, repeat
from struct import error as StructError  # noqa: N812 - the module names it like a variable
from struct import unpack_from
from sys import byteorder
from typing import NamedTuple

#: Encodings of Unicode by (platform, encoding), the fullest first.
_UNICODE = ((3, 10), (0, 6), (0, 4), (3, 1), (0, 3), (0, 2), (0, 1), (0, 0))

#: What the coverage of a «kern» subtable says of its kind: format 0, horizontal, added to advances.
_KIND, _PAIRS = 0xFF07, 0x0001

_MOST_PAIRS = 100_000

_UNITS = range(16, 16_384 + 1)
_LAST_CODE = 0x10FFFF
_NO_CHARACTER = 0xFFFF  # ends every subtable of format 4


class BadFontError(Exception):
    """A file that is no font, or a damaged one."""


class Metrics(NamedTuple):
    """What is known of the characters that a font can draw, in em."""

    widths: Mapping[int, float]  # code point → advance
    kerning: Mapping[str, float]  # two characters → what is added between them, mostly below 0


def read_metrics(data: bytes) -> Metrics:
    """Return the advances of characters, and their kerning if the font has a table of pairs.

    Raises:
        BadFontError: when a table is missing, cut or contradicts itself.
    """
    try:
        tables = _tables(data)
        units = _units(tables[b"head"])
        advances = _advances(tables)
        glyphs = {code: glyph for code, glyph in _glyphs(tables[b"cmap"]) if glyph}
        widths = {code: advances[glyph] / units for code, glyph in glyphs.items()}
        return Metrics(widths, _kerning(tables.get(b"kern"), glyphs, units))
    except (StructError, LookupError, ValueError) as error:
        raise BadFontError(str(error)) from error


def _tables(data: bytes) -> Mapping[bytes, memoryview]:
    """Return all tables by name; those that are not asked for must be whole too, to be drawn."""
    view = memoryview(data)
    tables = {}
    for index in range(_short(view, 4)):
        name, start, length = unpack_from(">4s4xII", data, 12 + 16 * index)
        if start + length > len(data):
            raise ValueError(f"table {name} is cut")
        tables[name] = view[start : start + length]
    return tables


def _units(head: memoryview) -> int:
    """Return how many units make an em."""
    units = _short(head, 18)
    if units not in _UNITS:
        raise ValueError(f"{units} units in an em")
    return units


def _advances(tables: Mapping[bytes, memoryview]) -> array[int]:
    """Return each glyph's advance; those after the last that is told have its advance too."""
    told = _short(tables[b"hhea"], 34)
    advances = _shorts(tables[b"hmtx"], 0, 2 * told)[::2]
    return advances + array("H", repeat(advances[-1], _short(tables[b"maxp"], 4) - told))


def _glyphs(cmap: memoryview) -> Iterator[tuple[int, int]]:
    """Return pairs of code point and glyph from the fullest subtable that is of a known format."""
    records = (unpack_from(">HHI", cmap, 4 + 8 * one) for one in range(_short(cmap, 2)))
    starts = {(platform, encoding): start for platform, encoding, start in records}
    for key in _UNICODE:
        if key not in starts:
            continue
        subtable = cmap[starts[key] :]
        match _short(subtable, 0):
            case 4:
                return _by_segments(subtable)
            case 12:
                return _by_groups(subtable)
    raise ValueError("no cmap of Unicode")


def _by_segments(subtable: memoryview) -> Iterator[tuple[int, int]]:
    """Format 4: segments of the first 65,536 characters, each after the one before."""
    count = _short(subtable, 6) // 2
    ends = _shorts(subtable, 14, count)
    starts = _shorts(subtable, 16 + 2 * count, count)
    deltas = _shorts(subtable, 16 + 4 * count, count)
    offsets_at = 16 + 6 * count
    offsets = _shorts(subtable, offsets_at, count)
    following = 0
    for index, (start, end, delta, offset) in enumerate(
        zip(starts, ends, deltas, offsets, strict=True)
    ):
        if start == _NO_CHARACTER:
            continue
        if not following <= start <= end:
            raise ValueError(f"segment {index} of cmap is out of place")
        following = end + 1
        codes = range(start, following)
        if not offset:
            yield from ((code, (code + delta) & 0xFFFF) for code in codes)
            continue
        # The offset counts from its own place in the file.
        glyphs = _shorts(subtable, offsets_at + 2 * index + offset, len(codes))
        for code, glyph in zip(codes, glyphs, strict=True):
            yield code, (glyph + delta) & 0xFFFF if glyph else 0


def _by_groups(subtable: memoryview) -> Iterator[tuple[int, int]]:
    """Format 12: groups of characters with glyphs in the same order, each after the one before."""
    (count,) = unpack_from(">I", subtable, 12)
    following = 0
    for index in range(count):
        start, end, glyph = unpack_from(">III", subtable, 16 + 12 * index)
        if not following <= start <= end <= _LAST_CODE:
            raise ValueError(f"group {index} of cmap is out of place")
        yield from zip(range(start, end + 1), range(glyph, glyph + end - start + 1), strict=True)
        following = end + 1


def _kerning(
    table: memoryview | None, glyphs: Mapping[int, int], units: int
) -> Mapping[str, float]:
    """Return the pairs of a table, none of one that is odd: nothing is drawn by it."""
    if table is None:
        return {}
    try:
        pairs = list(islice(_pairs(table, glyphs, units), _MOST_PAIRS + 1))
    except (StructError, ValueError):
        return {}
    return {} if len(pairs) > _MOST_PAIRS else dict(pairs)


def _pairs(table: memoryview, glyphs: Mapping[int, int], units: int) -> Iterator[tuple[str, float]]:
    """Yield the pairs of the first subtable, if that is of the one kind that all systems know."""
    if _short(table, 0) or not _short(table, 2) or _short(table, 8) & _KIND != _PAIRS:
        return
    codes: dict[int, list[str]] = {}
    for code, glyph in glyphs.items():
        codes.setdefault(glyph, []).append(chr(code))
    for index in range(_short(table, 10)):
        left, right, value = unpack_from(">HHh", table, 18 + 6 * index)
        for first, second in product(codes.get(left, ()), codes.get(right, ())):
            yield first + second, value / units


def _short(table: memoryview, offset: int) -> int:
    return int(unpack_from(">H", table, offset)[0])


def _shorts(table: memoryview, offset: int, count: int) -> array[int]:
    """Return unsigned numbers of two bytes.

    Raises:
        ValueError: when the table ends before.
    """
    numbers = array("H", table[offset : offset + 2 * count].tobytes())
    if len(numbers) < count:
        raise ValueError(f"{count} numbers at {offset} are cut")
    if byteorder == "little":
        numbers.byteswap()
    return numbers
