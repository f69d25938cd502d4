"""Bytes of a text file to text, by the few encodings that Ukrainian offices have."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass
from typing import Final

from reportgen.read.source import UnreadableFileError

_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)

#: What a page may declare of itself, by the names in use; no other codec is ever asked.
_DECLARED: Final = {
    "windows-1251": "cp1251",
    "cp1251": "cp1251",
    "koi8-u": "koi8-u",
    "koi8-r": "koi8-r",
    "iso-8859-5": "iso8859-5",
    "cp866": "cp866",
    "ibm866": "cp866",
}
_DECLARATION: Final = re.compile(rb"<(?:meta|\?xml)[^>]{0,200}?(?:charset|encoding)=[\"']?([\w-]+)")
_LOOKED_AT: Final = 4096  # bytes

#: What a person calls an encoding, where it is worth a word.
_TOLD: Final = {
    "cp1251": "Windows-1251",
    "utf-16-le": "UTF-16",
    "utf-16-be": "UTF-16",
    "koi8-u": "KOI8-U",
    "koi8-r": "KOI8-R",
    "iso8859-5": "ISO 8859-5",
    "cp866": "DOS (866)",
}

_CONTROLS: Final = re.compile("[\x00-\x08\x0e-\x1f]")
_MOST_CONTROLS: Final = 0.01  # the share of control characters that no text has
_MOST_DAMAGE: Final = 0.02  # of the letters beyond ASCII in a text that is UTF-8 nevertheless


@dataclass(frozen=True, slots=True)
class Decoded:
    """A text, and what must be said about how it was read, or ""."""

    text: str
    remark: str = ""


def decode(data: bytes) -> Decoded:
    """Return the text of a file, its byte order mark dropped.

    A mark or a declaration (``<meta charset>``) decides; else UTF-8, UTF-16 by its zero bytes, or
    Windows-1251. A few bytes that UTF-8 does not know, as at the end of a file cut short, become
    «�» and are told of.

    Raises:
        UnreadableFileError: when this is no text.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _checked(data.removeprefix(mark), encoding)
    if declared := _DECLARATION.search(data[:_LOOKED_AT].lower()):
        encoding = _DECLARED.get(declared[1].decode("ascii"), "")
        if encoding:
            return _checked(data, encoding)
    return _checked(data, _guess(data))


def _guess(data: bytes) -> str:
    head = data[:_LOOKED_AT]
    if b"\0" in head:
        big_endian = head[::2].count(0) > head[1::2].count(0)
        return "utf-16-be" if big_endian else "utf-16-le"
    text = data.decode("utf-8", errors="replace")
    beyond = sum(char > "\x7f" for char in text)
    damaged = text.count("\ufffd")
    return "utf-8" if damaged <= max(1, beyond * _MOST_DAMAGE) and damaged < beyond else "cp1251"


def _checked(data: bytes, encoding: str) -> Decoded:
    text = data.decode(encoding, errors="replace")
    controls = sum(1 for _ in _CONTROLS.finditer(text))
    damaged = text.count("\ufffd")
    if "\0" in text or max(controls, damaged) > 1 + len(text) * _MOST_CONTROLS:
        raise UnreadableFileError(
            "це не документ і не текст: відкрийте файл у Word чи Excel і збережіть як .docx, .xlsx"
        )
    remarks = []
    if encoding in _TOLD:
        remarks.append(f"текст прочитано в кодуванні {_TOLD[encoding]}")
    if damaged:
        line = text.count("\n", 0, text.index("\ufffd")) + 1
        remarks.append(f"пошкоджених знаків: {damaged}, перший у рядку {line}; вони стоять як «�»")
    return Decoded(text, "; ".join(remarks))
