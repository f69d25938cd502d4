"""Office files as parts of a zip archive: bounded, and without what makes XML dangerous."""

from __future__ import annotations

import io
import lzma
import re
import struct
import zipfile
import zlib
from collections.abc import Mapping

_MOST_PARTS = 500
_MOST_BYTES = 64 * 1024 * 1024  # unpacked; a report of 700 rows takes a hundredth of it

#: A document type, in any encoding that XML may have.
_TYPE = re.compile(rb"<\0*!\0*D\0*O\0*C\0*T\0*Y\0*P\0*E")

#: What the library raises when an archive is not what its tables say.
_DAMAGE = (
    *(zipfile.BadZipFile, zlib.error, lzma.LZMAError, struct.error, EOFError),
    *(OSError, ValueError, OverflowError, RuntimeError),
)


class UnreadableError(Exception):
    """The file is none of its kind, or dangerous; the text is a Ukrainian sentence."""


def read_parts(data: bytes) -> dict[str, bytes]:
    """Return the parts of an office file by name.

    Raises:
        UnreadableError: when this is no zip archive, or a damaged, locked or suspicious one.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = archive.infolist()
            if len(members) > _MOST_PARTS or sum(one.file_size for one in members) > _MOST_BYTES:
                megabytes = _MOST_BYTES // 1024 // 1024
                size = f"понад {_MOST_PARTS} частин або {megabytes} МБ"
                raise UnreadableError(f"файл розпаковується у {size}: це не звіт")
            # A member is read up to its declared size only, so the sum above holds.
            parts = {one.filename: archive.read(one) for one in members if not one.is_dir()}
    except _DAMAGE as error:
        message = "файл не читається: це не документ Office, або його пошкоджено чи зашифровано"
        raise UnreadableError(message) from error
    if any(_TYPE.search(part) for part in parts.values()):
        raise UnreadableError("у файлі є DTD (сутності XML), а в документах Office його не буває")
    return parts


def packed(parts: Mapping[str, bytes]) -> bytes:
    """Return an archive of parts that were read: a library that opens it meets no other."""
    result = io.BytesIO()
    with zipfile.ZipFile(result, "w") as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return result.getvalue()
