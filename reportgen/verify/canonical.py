"""Whether DER is written in the only way there is: X.690, clauses 8 to 11.

A signature does not cover its own envelope. A byte changed there must not pass because a lenient
reader takes the other spelling for the same.
"""

from __future__ import annotations

from typing import Final

_DEEPEST: Final = 64  # certificates of national authorities stay below 20
_CONSTRUCTED: Final = 0x20
_UNIVERSAL: Final = 0xC0  # bits of a tag that are clear in a universal one
_LONG: Final = 0x80
_LONG_TAG: Final = 0x1F
_SEQUENCES: Final = frozenset({0x30, 0x31})
_BOOLEAN, _INTEGER, _BITS, _NULL, _NAME = 0x01, 0x02, 0x03, 0x05, 0x06
#: Universal types that stand in messages and certificates; all of them primitive in DER.
_PRIMITIVE: Final = frozenset(
    {_BOOLEAN, _INTEGER, _BITS, 0x04, _NULL, _NAME, 0x0A, 0x0C}
    | {0x12, 0x13, 0x14, 0x16, 0x17, 0x18, 0x1A, 0x1C, 0x1E}
)


def is_canonical(data: bytes) -> bool:
    """Tell whether all of ``data`` is one value in DER."""
    end = _value(data, 0, len(data), 0)
    return end == len(data)


def der_length(data: bytes) -> int | None:
    """Return how many bytes the first value takes; ``None`` if its length is not written in DER."""
    head = _head(data, 0, len(data))
    return head and head[1]


def _value(data: bytes, start: int, end: int, depth: int) -> int | None:
    """Return where the value at ``start`` ends; ``None`` if it is not written in DER."""
    head = _head(data, start, end)
    if head is None or depth > _DEEPEST:
        return None
    begin, stop = head
    tag = data[start]
    if not tag & _UNIVERSAL:
        if tag not in _SEQUENCES:
            sound = tag in _PRIMITIVE and _is_primitive_sound(tag, data, begin, stop)
            return stop if sound else None
    elif not tag & _CONSTRUCTED:
        return stop
    while begin < stop:
        following = _value(data, begin, stop, depth + 1)
        if following is None:
            return None
        begin = following
    return stop


def _head(data: bytes, start: int, end: int) -> tuple[int, int] | None:
    """Return where the content of a value begins and ends."""
    if start + 2 > end or data[start] & _LONG_TAG == _LONG_TAG:
        return None
    length, begin = data[start + 1], start + 2
    if length & _LONG:
        size = length ^ _LONG
        begin += size
        if not 0 < size <= 4 or begin > end:  # noqa: PLR2004 - four bytes say 4 GB
            return None
        length = int.from_bytes(data[start + 2 : begin], "big")
        if length < _LONG or not data[start + 2]:
            return None
    return (begin, begin + length) if begin + length <= end else None


def _is_primitive_sound(tag: int, data: bytes, begin: int, end: int) -> bool:
    content = data[begin : min(end, begin + 2)]
    if tag == _NULL:
        return not content
    if tag == _BOOLEAN:
        return end == begin + 1 and content in (b"\x00", b"\xff")
    if tag == _INTEGER:
        needless = content[0:1] == b"\x00" and content[1:2] < b"\x80" and len(content) > 1
        needless |= content[0:1] == b"\xff" and content[1:2] >= b"\x80"
        return bool(content) and not needless
    if tag == _BITS:
        unused = content[0] if content else 8
        return unused < 8 and not data[end - 1] & (1 << unused) - 1  # noqa: PLR2004 - bits of a byte
    return tag != _NAME or (bool(content) and not data[end - 1] & _LONG)
