"""ZIP archives written byte by byte, as no honest program writes them."""

from __future__ import annotations

import struct
import zlib
from dataclasses import dataclass, field

STORED, DEFLATED = 0, 8
STREAMED = 8  # the flag of a member whose sizes stand behind it


@dataclass(frozen=True)
class Member:
    """A member; ``local`` changes fields of its local header: flags, method, crc, packed, size."""

    name: str
    content: bytes
    method: int = STORED
    packed: bytes | None = None
    flags: int = 0
    local: dict[str, int] = field(default_factory=dict)
    local_name: str = ""
    extra: bytes = b""  # of the central header
    local_extra: bytes = b""
    descriptor: bytes = b""


def deflated(content: bytes) -> bytes:
    work = zlib.compressobj(9, zlib.DEFLATED, -15)
    return work.compress(content) + work.flush()


def extra(number: int, data: bytes) -> bytes:
    return struct.pack("<HH", number, len(data)) + data


def descriptor(content: bytes, packed: bytes, kind: str = "<LLL") -> bytes:
    return b"PK\7\10" + struct.pack(kind, zlib.crc32(content), len(packed), len(content))


def written(*members: Member, count: int | None = None, moved: int = 0) -> bytes:
    """Return an archive; its end says that ``count`` members are there, ``moved`` bytes off."""
    body, directory = b"", b""
    for one in members:
        data = one.content
        packed = one.packed
        if packed is None:
            packed = deflated(data) if one.method == DEFLATED else data
        told = {
            "flags": one.flags | (0 if one.name.isascii() else 0x800),
            "method": one.method,
            "crc": zlib.crc32(data),
            "packed": len(packed),
            "size": len(data),
        }
        central = _shared(told, one.name.encode(), one.extra)
        name = (one.local_name or one.name).encode()
        local = _shared(told | one.local, name, one.local_extra)
        directory += b"PK\1\2" + struct.pack("<H", 0x314) + central
        directory += struct.pack("<HHHLL", 0, 0, 0, 0o100644 << 16, len(body))
        directory += one.name.encode() + one.extra
        body += b"PK\3\4" + local + name + one.local_extra + packed + one.descriptor
    number = len(members) if count is None else count
    end = struct.pack("<HHHHLLH", 0, 0, number, number, len(directory), len(body) + moved, 0)
    return body + directory + b"PK\5\6" + end


def _shared(told: dict[str, int], name: bytes, extras: bytes) -> bytes:
    """Return the fields that both headers have."""
    return struct.pack(
        "<HHHHHLLLHH",
        *(20, told["flags"], told["method"], 0, 0x21),
        *(told["crc"], told["packed"], told["size"], len(name), len(extras)),
    )
