"""A workbook as a clerk sends it: what stands in its cells.

Cells are kept by their places, so one far away costs no more than one nearby. Numbers come as the
file has them, with the digits that Excel itself keeps, and a formula as what it last gave.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Context, Decimal, InvalidOperation
from typing import Final

from lxml import etree

from reportgen.entry.package import SAVE_AS, Parts, local, opened
from reportgen.read.source import UnreadableFileError

_MOST_CELLS: Final = 300_000
_MOST_SHEETS: Final = 200

_CELL = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_EXCEL = Context(prec=15)  # digits
_MOST_DIGITS = 20  # that a number is written out with
_DATE_FORMATS = frozenset((*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)))
_DATE_LETTERS = re.compile(r"[dmyhs]", re.IGNORECASE)
_NO_DATE = re.compile(r'"[^"]*"|\\.|_.|\*.|\[[^\]]*\]|General')
_EPOCH = datetime.date(1899, 12, 30)
_LAST_DAY = 2_958_465  # 31.12.9999


@dataclass(frozen=True, slots=True)
class Typed:
    """What stands in a cell. ``fault`` is Excel's own word, as ``#DIV/0!``."""

    value: Decimal | str | bool | None = None
    fault: str = ""
    formula: bool = False
    is_date: bool = False

    @property
    def shown(self) -> str:
        """The value as text: a number with a comma, a date in digits."""
        if isinstance(self.value, Decimal):
            if self.is_date and 0 < self.value <= _LAST_DAY:
                day = _EPOCH + datetime.timedelta(days=int(self.value))
                return f"{day.day:02}.{day.month:02}.{day.year:04}"
            is_usual = abs(self.value.adjusted()) < _MOST_DIGITS
            return f"{self.value:{'f' if is_usual else 'e'}}".replace(".", ",")
        return "" if self.value is None else str(self.value)


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet: its cells that are not empty, by row and column from 0."""

    name: str
    cells: Mapping[tuple[int, int], Typed]


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
    dates = _date_styles(parts)
    listed = [(one.get("name", ""), _relation(one)) for one in parts.elements(book, "sheet")]
    if len(listed) > _MOST_SHEETS:
        raise UnreadableFileError(f"у книзі понад {_MOST_SHEETS} аркушів: це не форма")
    room = _MOST_CELLS
    for name, relation in listed:
        target = targets.get(relation, "")
        if target in parts.names and "worksheet" in target:  # others have no cells of ours
            cells = _cells(parts, target, strings, dates, room)
            room -= len(cells)
            yield Sheet(name, cells)


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
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text)


def _date_styles(parts: Parts) -> frozenset[int]:
    """Return the numbers of the cell styles that show a number as a date."""
    name = "xl/styles.xml"
    codes: dict[int, str] = {}
    formats: list[int] = []
    for one in parts.elements(name, "numFmt", "cellXfs") if name in parts.names else ():
        if local(one) == "numFmt":
            codes[int(one.get("numFmtId", "0"))] = one.get("formatCode", "")
        else:
            formats = [int(style.get("numFmtId", "0")) for style in one]
    of_own = {one for one, code in codes.items() if _DATE_LETTERS.search(_NO_DATE.sub("", code))}
    dates = of_own | (_DATE_FORMATS - codes.keys())
    return frozenset(index for index, number in enumerate(formats) if number in dates)


def _cells(
    parts: Parts, name: str, strings: list[str], dates: frozenset[int], room: int
) -> dict[tuple[int, int], Typed]:
    cells: dict[tuple[int, int], Typed] = {}
    for one in parts.elements(name, "c", "row"):  # a row ends after its cells, and is forgotten
        if local(one) == "row":
            continue
        place = _CELL.fullmatch(one.get("r", ""))
        if place is None:
            raise UnreadableFileError(f"у книзі клітинки без адрес: {SAVE_AS}")
        typed = _typed(one, strings, dates)
        if typed != Typed():
            cells[int(place[2]) - 1, _column(place[1])] = typed
        if len(cells) > room:
            raise UnreadableFileError("у книзі забагато заповнених клітинок: це не форма")
    return cells


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1


def _typed(cell: etree._Element, strings: list[str], dates: frozenset[int]) -> Typed:
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
        value = strings[int(written)] or None
    elif written and kind == "str":
        value = _unescaped(written)
    elif written and kind == "b":
        value = written.strip() in ("1", "true")
    elif written and kind == "d":
        value = written[:10]
    elif written:
        is_date = int(cell.get("s", "0")) in dates
        return Typed(_number(written), formula=formula, is_date=is_date)
    return Typed(value, formula=formula)


def _number(written: str) -> Decimal:
    """Return a number with the digits that Excel itself would show."""
    try:
        number = _EXCEL.create_decimal(Decimal(written))
    except InvalidOperation:
        raise ValueError(written) from None
    if not number.is_finite():
        raise ValueError(written)
    return number
