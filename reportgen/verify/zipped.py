"""Members of a ZIP that may be hostile: nothing hidden, nothing twice, nothing that leads out."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Iterator, Mapping

from reportgen.verify.zip_headers import BrokenZipError, check_directory, content_of

_MOST = 10_000  # members
_LARGEST = 512 * 1024 * 1024  # bytes of all of them, unpacked
_SMALL = 32 * 1024 * 1024  # bytes unpacked: below that no ratio of compression is suspicious
_RATIO = 100  # of unpacked to packed; tables of data stay below 30
_LOCAL = 30  # bytes of a local header before its name
_FLAGS = 0x80E  # how hard it was packed, sizes behind the member, names in UTF-8
_SHOWN = 60  # characters of a comment
_END = 22  # bytes of the end record before its comment
_UTF_8 = 0x800
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)


def read_members(data: bytes) -> dict[str, bytes]:
    """Return all files of a ZIP by their names, in the order of its directory.

    Raises:
        BrokenZipError: for a ZIP that is broken, too large, or that readers take differently.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            infos = archive.infolist()
            _check_size(infos)
            _check_names(infos)
            places = _places(infos, archive.start_dir)
            end = len(data) - len(archive.comment) - _END
            check_directory(data, infos, archive.start_dir, end)
        read = {one.filename: content_of(data, one, places[one.filename]) for one in infos}
        return {name: content for name, content in read.items() if not name.endswith("/")}
    except (BrokenZipError, MemoryError):
        raise
    except Exception as error:  # whatever a broken archive makes of its reader
        raise BrokenZipError("архів ZIP пошкоджено") from error


def remarks_on(data: bytes) -> Iterator[str]:
    """Yield what a sound ZIP says beside its files: no signature covers it.

    EN 319 162-1, A.1 lets the comment name the kind of container.
    """
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        told = {"архіву ZIP": archive.comment}
        told |= {f"файлу «{one.filename}»": one.comment for one in archive.infolist()}
    for what, comment in told.items():
        if comment and not comment.startswith(b"mimetype="):
            text = comment.decode("utf-8", "replace")
            shown = text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"
            yield f"примітку до {what} не охоплено підписом: «{shown}»"


def is_plain(data: bytes, members: Mapping[str, bytes]) -> bool:
    """Tell whether bytes are the plainest ZIP of these members, in this order.

    That is one without compression, times, remarks and extra fields: then no byte of it is free.
    """
    place = 0
    whole = memoryview(data)
    for part in _plain(members):
        if whole[place : place + len(part)] != part:
            return False
        place += len(part)
    return place == len(data)


def _plain(members: Mapping[str, bytes]) -> Iterator[bytes]:
    """Yield the parts of the plainest ZIP (APPNOTE 6.3.3): all its dates are 01.01.1980."""
    directory: list[bytes] = []
    offset = 0
    for name, data in members.items():
        coded = name.encode()
        flags = 0 if name.isascii() else _UTF_8
        shared = struct.pack(
            "<HHHHHLLLHH",
            *(20, flags, 0, 0, 0x21, zlib.crc32(data), len(data), len(data), len(coded), 0),
        )
        yield b"PK\3\4" + shared + coded
        yield data
        attributes = struct.pack("<HHHLL", 0, 0, 0, 0o100644 << 16, offset)
        directory.append(b"PK\1\2" + struct.pack("<H", 0x314) + shared + attributes + coded)
        offset += _LOCAL + len(coded) + len(data)
    size, count = sum(map(len, directory)), len(directory)
    yield from directory
    yield b"PK\5\6" + struct.pack("<HHHHLLH", 0, 0, count, count, size, offset, 0)


def _check_size(infos: list[zipfile.ZipInfo]) -> None:
    """Refuse what would fill the memory; a member is never unpacked beyond its declared size."""
    packed = sum(one.compress_size for one in infos)
    size = sum(one.file_size for one in infos)
    if len(infos) > _MOST or size > _LARGEST or size > max(_SMALL, packed * _RATIO):
        unpacked = f"{size // 2**20} МБ, файлів: {len(infos)}"
        raise BrokenZipError(f"архів завеликий, щоб його перевіряти ({unpacked}): це не контейнер")


def _check_names(infos: list[zipfile.ZipInfo]) -> None:
    seen: set[str] = set()
    for one in infos:
        name = one.filename
        if name.casefold() in seen:
            raise BrokenZipError(f"в архіві два файли «{name}»: невідомо, який із них підписано")
        seen.add(name.casefold())
        parts = name.removesuffix("/").split("/")
        strange = "\\" in name or not name.isprintable() or one.orig_filename != name
        if strange or {"", ".", ".."} & set(parts):
            raise BrokenZipError(f"назва файлу в архіві веде за його межі: {name!a}")
        if one.flag_bits & ~_FLAGS or one.compress_type not in _METHODS:
            raise BrokenZipError(f"«{name}» зашифровано або стиснено невідомим способом")
        if one.is_dir() and one.file_size:
            raise BrokenZipError(f"тека «{name}» в архіві має вміст: у ній щось приховано")


def _places(infos: list[zipfile.ZipInfo], end: int) -> dict[str, int]:
    """Return where each member must end: its next one begins there, or the directory.

    Bytes that belong to no member are refused: another reader could find other members in them.
    """
    ordered = sorted(infos, key=lambda one: one.header_offset)
    following = [*(one.header_offset for one in ordered[1:]), end]
    if not ordered or ordered[0].header_offset:
        raise BrokenZipError("перед архівом лежать сторонні байти")
    return {one.filename: after for one, after in zip(ordered, following, strict=True)}
