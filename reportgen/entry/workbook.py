"""A workbook as a clerk sends it: what stands in its cells.

Cells are kept by their places, so one far away costs no more than one nearby. Numbers come as the
file has them, with the digits that Excel itself keeps, and a formula as what it last gave.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Final

from lxml import etree
from openpyxl.styles.numbers import BUILTIN_FORMATS, is_date_format

from reportgen.entry.notes import notes_of
from reportgen.entry.package import SAVE_AS, Parts, local, opened
from reportgen.entry.places import Area, areas_of, place_of
from reportgen.entry.typed import Typed
from reportgen.read.figures import exact
from reportgen.read.source import UnreadableFileError
from reportgen.read.workbook import is_true

_MOST_CELLS: Final = 300_000
_MOST_SHEETS: Final = 200

_ESCAPED = re.compile(r"_x(?![dD][89a-fA-F])([0-9A-Fa-f]{4})_")
#: Formats of dates that Excel has in some languages only, beside those that openpyxl knows.
_MORE_DATES = (*range(27, 37), *range(50, 59))


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet: its cells that are not empty, by row and column from 0."""

    name: str
    cells: Mapping[tuple[int, int], Typed]
    merged: tuple[Area, ...] = ()
    notes: Mapping[tuple[int, int], str] = field(default_factory=dict)  # remarks of persons


@dataclass(frozen=True, slots=True)
class Workbook:
    """A whole file; ``remarks`` say what of it is not taken, in Ukrainian sentences."""

    sheets: tuple[Sheet, ...]
    remarks: tuple[str, ...]


def read_workbook(data: bytes) -> Workbook:
    """Return what stands in a workbook.

    Raises:
        UnreadableFileError: for anything that is no sound workbook, with what to do.
    """
    with opened(data) as parts:
        return Workbook(tuple(_sheets(parts)), tuple(_remarks(parts)))


def _sheets(parts: Parts) -> Iterator[Sheet]:
    book = parts.main()
    targets = parts.relations(book)
    strings = _strings(parts)
    styles = _styles(parts, book)
    listed = [(one.get("name", ""), _relation(one)) for one in parts.elements(book, "sheet")]
    if len(listed) > _MOST_SHEETS:
        raise UnreadableFileError(f"у книзі понад {_MOST_SHEETS} аркушів: це не форма")
    room, seen = _MOST_CELLS, set[str]()
    for name, relation in listed:
        target = targets.get(relation, "")
        if target in parts.names and "worksheet" in target:  # others have no cells of ours
            if target in seen:
                raise UnreadableFileError(f"у книзі два аркуші з однієї частини: {SAVE_AS}")
            seen.add(target)
            cells, merged = _cells(parts, target, strings, styles, room)
            room -= len(cells) + len(merged)
            yield Sheet(name, cells, merged, notes_of(parts, target))


def _remarks(parts: Parts) -> Iterator[str]:
    if any(name.endswith("vbaProject.bin") for name in parts.names):
        yield "у книзі є макроси: їх не виконано й не взято"
    if any(name.startswith("xl/externalLinks/") for name in parts.names):
        yield "книга посилається на інші файли: узято значення, які в ній збережено"


def _relation(sheet: etree._Element) -> str:
    return next((str(value) for key, value in sheet.items() if str(key).endswith("}id")), "")


def _strings(parts: Parts) -> list[str]:
    name = "xl/sharedStrings.xml"
    return [_text(one) for one in parts.elements(name, "si")] if name in parts.names else []


def _text(element: etree._Element) -> str:
    """Return a text of one run or several, without the readings of Asian characters."""
    pieces = [
        one.text or ""
        for one in element.iter()
        if local(one) == "t" and not any(local(up) == "rPh" for up in one.iterancestors())
    ]
    return _unescaped("".join(pieces))


def _unescaped(text: str) -> str:
    """Return a text with the characters that XML cannot hold, but for halves of one."""
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text)


@dataclass(frozen=True, slots=True)
class _Styles:
    """The number formats of cell styles, in the file's notation."""

    codes: tuple[str, ...]
    from_1904: bool

    def number(self, written: str, style: str, *, formula: bool) -> Typed:
        """Return a number with what its style makes of it."""
        at = int(style)
        code = self.codes[at] if 0 <= at < len(self.codes) else ""
        value, is_date = _number(written), _is_date(code)
        return Typed(value, "", formula, is_date, code, self.from_1904)


@functools.lru_cache(maxsize=256)
def _is_date(code: str) -> bool:
    return bool(is_date_format(code))


def _styles(parts: Parts, book: str) -> _Styles:
    name = "xl/styles.xml"
    codes = {number: code.replace('"$"', '"₴"') for number, code in BUILTIN_FORMATS.items()}
    codes |= dict.fromkeys(_MORE_DATES, "dd.mm.yyyy")
    formats: list[int] = []
    for one in parts.elements(name, "numFmt", "cellXfs") if name in parts.names else ():
        if local(one) == "numFmt":
            codes[int(one.get("numFmtId", "0"))] = one.get("formatCode", "")
        else:
            formats = [int(style.get("numFmtId", "0")) for style in one]
    properties = (one.get("date1904", "") for one in parts.elements(book, "workbookPr"))
    from_1904 = any(is_true(one) for one in properties)
    return _Styles(tuple(codes.get(number, "") for number in formats), from_1904)


def _cells(
    parts: Parts, name: str, strings: list[str], styles: _Styles, room: int
) -> tuple[dict[tuple[int, int], Typed], tuple[Area, ...]]:
    cells: dict[tuple[int, int], Typed] = {}
    areas: list[Area] = []
    for one in parts.elements(name, "c", "row", "mergeCell"):
        kind = local(one)
        if kind == "row":  # ends after its cells, and is forgotten
            continue
        if kind == "mergeCell":
            areas += areas_of(one.get("ref", ""))
        else:
            typed = _typed(one, strings, styles)
            at = place_of(one.get("r", ""))
            if typed != Typed():
                cells[at] = typed
        if len(cells) + len(areas) > room:
            raise UnreadableFileError("у книзі забагато заповнених клітинок: це не форма")
    return cells, tuple(areas)


def _typed(cell: etree._Element, strings: list[str], styles: _Styles) -> Typed:
    inner = {local(one): one for one in cell}
    formula = "f" in inner
    kind = cell.get("t", "n")
    written = inner["v"].text or "" if "v" in inner else ""
    value: Decimal | str | bool | None = None
    if kind == "inlineStr":
        value = _text(inner["is"]) or None if "is" in inner else None
    elif kind == "e":
        return Typed(fault=written or "#", formula=formula)
    elif written and kind == "s":
        value = _shared(strings, written) or None
    elif kind == "str" and "v" in inner:
        # A formula that gives an empty text has been reckoned: that is not the same as no value.
        value = _unescaped(written) if formula else _unescaped(written) or None
    elif written and kind == "b":
        value = written.strip() in ("1", "true")
    elif written and kind == "d":
        value = written[:10]
    elif written:
        return styles.number(written, cell.get("s", "0"), formula=formula)
    return Typed(value, formula=formula)


def _shared(strings: list[str], written: str) -> str:
    index = int(written)
    if index < 0:
        raise IndexError(written)
    return strings[index]


def _number(written: str) -> Decimal:
    """Return a number with the digits that Excel itself would show."""
    number = exact(written.strip())
    if number is None:
        raise UnreadableFileError(f"у книзі число, якого Excel не має: {SAVE_AS}")
    return number
