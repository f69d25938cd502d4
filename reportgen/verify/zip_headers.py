"""Headers of a ZIP that may be hostile: whichever of them a reader goes by, it finds the same.

A ZIP tells of each member twice or thrice: in the directory at its end, in a local header before
the member, perhaps in a descriptor behind it (APPNOTE 4.3). Some readers go by the directory, some
by what stands at the member; a file that is signed must be the same to both.
"""

from __future__ import annotations

import struct
import zipfile
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from reportgen.verify.zip_extras import ZIP64, fields_of, is_harmless

_LOCAL: Final = struct.Struct("<4s2xHH4xLLLHH")
_CENTRAL: Final = 46  # bytes of a header of the directory before its name
_END: Final = struct.Struct("<4sHHHHLLH")
_MARKS: Final = (b"PK\3\4", b"PK\1\2", b"PK\7\10")  # of headers and of a descriptor
_STREAMED: Final = 8  # the flag of a member whose sizes stand behind it
_UTF_8: Final = 0x800
_LARGE: Final = 0xFFFFFFFF  # instead of a size: it stands in the field of Zip64
_ZIP64: Final = struct.Struct("<QQ")
_NO_BYTES: Final = b"\3\0"  # nothing, compressed: Java writes folders so


class BrokenZipError(ValueError):
    """Bytes are no sound ZIP; the message is a Ukrainian sentence."""


@dataclass(frozen=True, slots=True)
class _Local:
    """A local header. ``large``: it has the field of Zip64; ``told``: it says the sizes."""

    stop: int  # the place of the first byte of the member
    large: bool
    told: bool


def check_directory(data: bytes, infos: Sequence[zipfile.ZipInfo], start: int, end: int) -> None:
    """Refuse a directory from ``start`` to ``end`` that is not whole or has anything beside.

    Raises:
        BrokenZipError: when the end record tells of another one, too.
    """
    size = sum(
        _CENTRAL + len(_name(one)) + len(one.extra) + len(one.comment or b"") for one in infos
    )
    mark, *told, _ = _END.unpack_from(data, end)
    if mark != b"PK\5\6":
        raise BrokenZipError("після архіву лежать сторонні байти")
    count = len(infos)
    if told != [0, 0, count, count, size, start] or start + size != end:
        raise BrokenZipError("зміст архіву не збігається з його кінцем: у ньому щось приховано")
    for one in infos:
        fields = fields_of(one.extra)
        if fields is None or not all(is_harmless(*field) for field in fields.items()):
            raise _odd(one)


def content_of(data: bytes, one: zipfile.ZipInfo, after: int) -> bytes:
    """Return the file that a member is; ``after`` is where the next one begins.

    Raises:
        BrokenZipError: when its headers, its descriptor and its bytes do not tell of the same.
    """
    local = _read_local(data, one)
    stop = local.stop + one.compress_size
    if stop > after or not _is_described(data[stop:after], one, local):
        raise BrokenZipError(f"в архіві приховано байти після «{one.filename}»")
    packed = data[local.stop : stop]
    if one.is_dir() and packed not in (b"", _NO_BYTES):
        raise BrokenZipError(f"тека «{one.filename}» в архіві має вміст: у ній щось приховано")
    content = _unpacked(packed, one)
    if not local.told and not one.compress_type and any(mark in content for mark in _MARKS):
        raise _twofold(one)  # a reader that looks for the next header would find it too early
    return content


def _read_local(data: bytes, one: zipfile.ZipInfo) -> _Local:
    """Read a local header and hold it against the directory."""
    place = one.header_offset
    mark, flags, method, crc, packed, size, name, extra = _LOCAL.unpack_from(data, place)
    at = place + _LOCAL.size
    same = (mark, flags, method) == (b"PK\3\4", one.flag_bits, one.compress_type)
    if not same or data[at : at + name] != _name(one):
        raise _twofold(one)
    stop = at + name + extra
    fields = fields_of(data[at + name : stop])
    if fields is None:
        raise _odd(one)
    large = fields.pop(ZIP64, None)
    if not all(is_harmless(*field) for field in fields.items()):
        raise _odd(one)
    sizes = [(size, packed)]
    if large is not None:
        if len(large) != _ZIP64.size:
            raise _odd(one)
        sizes = [_ZIP64.unpack(large)] + sizes * ((size, packed) != (_LARGE, _LARGE))
    right = (one.file_size, one.compress_size)
    allowed = {right, (0, 0)} if one.flag_bits & _STREAMED else {right}
    known = crc == one.CRC or (crc == 0 and one.flag_bits & _STREAMED)
    if not (known and set(sizes) <= allowed):
        raise _twofold(one)
    return _Local(stop, large is not None, set(sizes) == {right})


def _is_described(behind: bytes, one: zipfile.ZipInfo, local: _Local) -> bool:
    """Tell whether behind a member stands its descriptor alone, where it has one (4.3.9)."""
    if not one.flag_bits & _STREAMED:
        return not behind
    told = (one.CRC, one.compress_size, one.file_size)
    kinds = ("<LLL", "<LQQ") if local.large else ("<LLL",)
    right = [struct.pack(kind, *told) for kind in kinds]
    return behind in (*right, *(_MARKS[-1] + each for each in right))


def _unpacked(packed: bytes, one: zipfile.ZipInfo) -> bytes:
    """Return what a member holds: all of it, of the size and the sum that are told."""
    content, whole = packed, True
    if one.compress_type == zipfile.ZIP_DEFLATED:
        stream = zlib.decompressobj(-zlib.MAX_WBITS)
        content = stream.decompress(packed, one.file_size + 1)  # never more than is told
        whole = stream.eof and not stream.unused_data
    if not whole or len(content) != one.file_size:
        raise BrokenZipError(f"в архіві приховано байти у «{one.filename}» або його пошкоджено")
    if zlib.crc32(content) != one.CRC:
        raise BrokenZipError("архів ZIP пошкоджено")
    return content


def _name(one: zipfile.ZipInfo) -> bytes:
    """Return a name as the directory has it (APPNOTE, D.1)."""
    return one.orig_filename.encode("utf-8" if one.flag_bits & _UTF_8 else "cp437")


def _twofold(one: zipfile.ZipInfo) -> BrokenZipError:
    return BrokenZipError(
        f"«{one.filename}» записано в архіві двояко: інші програми можуть показати його інакше"
    )


def _odd(one: zipfile.ZipInfo) -> BrokenZipError:
    return BrokenZipError(
        f"«{one.filename}» має в архіві додаткові дані, з якими інші програми можуть показати "
        "його інакше"
    )
