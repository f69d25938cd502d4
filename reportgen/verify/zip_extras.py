"""Extra fields of a ZIP (APPNOTE 4.5): the few that change nothing of what a reader shows."""

from __future__ import annotations

import struct
from collections.abc import Mapping
from typing import Final

ZIP64: Final = 1
_TAIL: Final = 4  # bytes of the head of a field; zipalign pads with fewer zeros
_ALIGNED: Final = 2  # bytes that tell the alignment, before zeros

#: Fields by their number → the most bytes that they have. Others may give a member another name
#: (0x7075), another comment (0x6375), make it a link (0x000d, 0x756e) or hold anything at all.
_HARMLESS: Final[Mapping[int, int]] = {
    0x000A: 32,  # times of NTFS
    0x5455: 13,  # times of Unix
    0x5855: 12,  # times and owner, of old
    0x7855: 4,  # owner
    0x7875: 24,  # owner
    0xCAFE: 0,  # mark of an archive of Java
}
_PADDING: Final = frozenset({0xD935, 0xA11E})  # of zipalign, of Apache Commons


def fields_of(extra: bytes) -> dict[int, bytes] | None:
    """Return the fields by their numbers; ``None`` where one is broken or stands twice."""
    found: dict[int, bytes] = {}
    place = 0
    while len(extra) - place >= _TAIL:
        number, length = struct.unpack_from("<HH", extra, place)
        place += _TAIL
        if number in found or place + length > len(extra):
            return None
        found[number] = extra[place : place + length]
        place += length
    return None if any(extra[place:]) else found


def is_harmless(number: int, data: bytes) -> bool:
    """Tell whether a field changes nothing and is not long enough to hide anything."""
    if number in _PADDING:
        return not any(data[_ALIGNED:])
    return number in _HARMLESS and len(data) <= _HARMLESS[number]
