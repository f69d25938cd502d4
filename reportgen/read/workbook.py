"""What the sheets of an .xlsx workbook share: their list, its texts and the looks of cells."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from lxml import etree

from reportgen.read.package import Package, attribute, elements
from reportgen.read.source import UnreadableFileError

#: A character that XML cannot hold, as Excel writes it: ``_x000D_``.
_ESCAPED: Final = re.compile("_x([0-9A-Fa-f]{4})_")
_TRUE: Final = frozenset(("1", "true", "on"))


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet as the workbook lists it."""

    name: str
    part: str
    hidden: bool


@dataclass(frozen=True, slots=True)
class Text:
    """A text of a cell; ``bold`` if all of its runs say so themselves."""

    text: str
    bold: bool = False


@dataclass(frozen=True, slots=True)
class Look:
    """How a cell looks, as far as its text goes."""

    code: str = ""  # of the number format
    bold: bool = False


@dataclass(frozen=True, slots=True)
class Workbook:
    """A workbook without the cells of its sheets."""

    sheets: Sequence[Sheet]
    texts: Sequence[Text]
    looks: Sequence[Look]
    from_1904: bool  # days are counted from there

    def look(self, index: str | None) -> Look:
        """Return the look that a cell names."""
        at = int(index or 0)
        return self.looks[at] if 0 <= at < len(self.looks) else Look()


def read_workbook(package: Package) -> Workbook:
    """Return the workbook of a package.

    Raises:
        UnreadableFileError: when it has no sheet with cells.
    """
    main = package.main()
    root = package.xml(main)
    relations = package.relations(main)
    listed = [
        (one, relations.get(attribute(one, "id") or ""))
        for one in root.iterfind("{*}sheets/{*}sheet")
    ]
    sheets = [
        Sheet(one.get("name", ""), to.target, one.get("state", "visible") != "visible")
        for one, to in listed
        if to is not None and to.kind == "worksheet"
    ]
    if not sheets:
        raise UnreadableFileError("у книзі немає аркушів із комірками: перевірте, чи це той файл")
    properties = root.find("{*}workbookPr")
    from_1904 = properties is not None and is_true(properties.get("date1904"))
    return Workbook(sheets, _texts(package, main), _looks(package, main), from_1904)


def text_of(element: etree._Element) -> Text:
    """Return a text with its runs put together, pronunciation left out."""
    whole = [one.text or "" for one in element.iterchildren("{*}t")]
    runs = [
        ("".join(t.text or "" for t in one.iterchildren("{*}t")), one.find("{*}rPr/{*}b"))
        for one in element.iterchildren("{*}r")
    ]
    seen = [bold for text, bold in runs if text.strip()]
    bold = bool(seen) and all(one is not None and is_true(one.get("val", "1")) for one in seen)
    return Text(unescaped("".join([*whole, *(text for text, _ in runs)])), bold)


def unescaped(text: str) -> str:
    """Return a text with the characters that Excel wrote as ``_x000D_``."""
    return _ESCAPED.sub(lambda match: chr(int(match[1], 16)), text)


def is_true(given: str | None) -> bool:
    """Tell whether an attribute is on."""
    return (given or "").lower() in _TRUE


def _texts(package: Package, main: str) -> list[Text]:
    part = package.related(main, "sharedStrings")
    if part is None or not package.holds(part):
        return []
    return [text_of(one) for one in elements(package.read(part), "si")]


def _looks(package: Package, main: str) -> list[Look]:
    part = package.related(main, "styles")
    if part is None or not package.holds(part):
        return []
    from openpyxl.styles.numbers import BUILTIN_FORMATS  # noqa: PLC0415 - slow

    root = package.xml(part)
    codes = {str(number): code for number, code in BUILTIN_FORMATS.items()} | {
        one.get("numFmtId", ""): one.get("formatCode", "")
        for one in root.iterfind("{*}numFmts/{*}numFmt")
    }
    fonts = [
        bold is not None and is_true(bold.get("val", "1"))
        for bold in (one.find("{*}b") for one in root.iterfind("{*}fonts/{*}font"))
    ]
    chosen = [
        (one.get("numFmtId", ""), int(one.get("fontId", "0")))
        for one in root.iterfind("{*}cellXfs/{*}xf")
    ]
    return [Look(codes.get(code, ""), at in range(len(fonts)) and fonts[at]) for code, at in chosen]
