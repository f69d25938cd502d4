"""Signatures of a PDF found in its bytes alone, before any reader makes objects of them.

A PDF is what a reader takes it for, and readers differ. What a signature covers is no matter of
reading: all bytes from the first one but for one string, which is the signature itself
(ISO 32000-1, 12.8.1). So the bytes are judged first, and a reader is asked afterwards whether it
sees the same.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from typing import Final

from reportgen.verify.canonical import der_length

_RANGE: Final = re.compile(rb"/ByteRange[\s\0]*\[[\s\0]*(\d{1,12}(?:[\s\0]+\d{1,12}){3})[\s\0]*\]")
_LOWER: Final = re.compile(rb"[0-9a-f]+")
_UPPER: Final = re.compile(rb"[0-9A-F]+")
#: More signatures and stamps than this no document has; each costs a reading of the whole file.
MOST_SLOTS: Final = 64


@dataclass(frozen=True, slots=True)
class Slot:
    """A signature and the bytes around it.

    It covers ``data[:gap]`` and ``data[resumed:end]``. ``contents`` is the whole of the string with
    its padding, ``message`` the DER in it: empty where there is none.
    """

    gap: int
    resumed: int
    end: int
    contents: bytes
    message: bytes
    faults: tuple[str, ...] = ()

    @property
    def byte_range(self) -> tuple[int, int, int, int]:
        """The range as it stands in the file."""
        return 0, self.gap, self.resumed, self.end - self.resumed


def find_slots(data: bytes) -> list[Slot]:
    """Return the signatures in the order in which they were put, by what they cover."""
    found = [[int(one) for one in match[1].split()] for match in _RANGE.finditer(data)]
    slots = [_slot(data, *numbers) for numbers in found[: MOST_SLOTS + 1]]
    return sorted(slots, key=lambda one: one.end)


def covered_digest(data: bytes, slot: Slot, algorithm: str) -> bytes:
    """Return the digest of what a signature covers.

    Raises:
        ValueError: for an algorithm that Python does not know.
    """
    view = memoryview(data)
    digest = hashlib.new(algorithm, view[: slot.gap])
    digest.update(view[slot.resumed : slot.end])
    return digest.digest()


def _slot(data: bytes, start: int, gap: int, resumed: int, rest: int) -> Slot:
    end = resumed + rest
    if start or not gap < resumed <= end <= len(data):
        fault = "межі підписаного записано хибно: вони не охоплюють файл від його початку"
        return Slot(gap, resumed, end, b"", b"", (fault,))
    string = data[gap:resumed]
    digits = string[1:-1]
    if string[:1] != b"<" or string[-1:] != b">" or len(digits) % 2 or not _is_hex(digits):
        fault = "між межами підписаного стоїть не сам підпис: туди можна було дописати будь-що"
        return Slot(gap, resumed, end, b"", b"", (fault,))
    contents = bytes.fromhex(digits.decode())
    if not any(contents):
        fault = "поле підготовлено до підпису, але підпису в ньому ще немає"
        return Slot(gap, resumed, end, contents, b"", (fault,))
    length = der_length(contents)
    if length is None:
        return Slot(gap, resumed, end, contents, b"", ("замість підпису в полі інші дані",))
    padded = any(contents[length:])
    faults = ("після підпису в його полі дописано сторонні дані",) if padded else ()
    return Slot(gap, resumed, end, contents, contents[:length], faults)


def _is_hex(digits: bytes) -> bool:
    """Tell whether these are hexadecimal digits as a program writes them: letters of one case."""
    return bool(_LOWER.fullmatch(digits) or _UPPER.fullmatch(digits))
