"""The DOCX container: read with bounds, written so that equal content is equal bytes."""

from __future__ import annotations

import io
import lzma
import struct
import zipfile
import zlib
from collections.abc import Mapping, Sequence
from typing import Final

from reportgen.write.frame import FrameError

#: A frame is a page with styles and perhaps a coat of arms; more than this is no frame.
_MOST_PARTS: Final = 500
_MOST_BYTES: Final = 50_000_000

DTD: Final = "містить DTD, а у файлі DOCX його не буває"

_TIME: Final = (1980, 1, 1, 0, 0, 0)  # the earliest moment that a zip member can hold
_MS_DOS: Final = 0  # fixed, for Python would name the system that it runs on


#: What the library raises when an archive is not what its tables say.
_DAMAGE: Final = (
    *(zipfile.BadZipFile, zlib.error, lzma.LZMAError, struct.error, EOFError),
    *(OSError, ValueError, OverflowError, RuntimeError, MemoryError),
)


class UnfitError(FrameError):
    """A Word file is what no frame may be, and no page of a form; both are judged alike.

    ``said`` is the sentence without its subject.
    """

    def __init__(self, said: str) -> None:
        super().__init__("frame.docx", 1, f"рамка {said}")
        self.said = said


def read_parts(data: bytes) -> dict[str, bytes]:
    """Return the parts of a frame by name, in their order.

    Raises:
        UnfitError: when this is no zip archive, or a damaged, locked or suspicious one.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = archive.infolist()
            if len(members) > _MOST_PARTS or sum(one.file_size for one in members) > _MOST_BYTES:
                megabytes = _MOST_BYTES // 1_000_000
                size = f"понад {_MOST_PARTS} частин або {megabytes} МБ"
                raise UnfitError(f"містить {size}: це не схоже на сторінку Word")
            _check_names([one.filename for one in members])
            # A member is read up to its declared size only, so the sum above holds.
            parts = {one.filename: archive.read(one) for one in members if not one.is_dir()}
    except _DAMAGE as error:
        message = "не читається: це не файл DOCX, або його пошкоджено чи захищено паролем"
        raise UnfitError(message) from error
    if any(
        b"<!DOCTYPE" in part for name, part in parts.items() if name.endswith((".xml", ".rels"))
    ):
        raise UnfitError(DTD)
    return parts


def _check_names(names: Sequence[str]) -> None:
    """Refuse names that programs read differently: outside the archive, or given twice.

    Raises:
        UnfitError: with the name.
    """
    seen = set()
    for name in names:
        if "\\" in name or ":" in name or {"", ".", ".."} & set(name.removesuffix("/").split("/")):
            raise UnfitError(f"містить частину з хибною назвою «{name}»")
        if name.casefold() in seen:
            raise UnfitError(f"містить дві частини з назвою «{name}»")
        seen.add(name.casefold())


def write_parts(parts: Mapping[str, bytes]) -> bytes:
    """Return the archive of the parts, in their order, with fixed times."""
    result = io.BytesIO()
    with zipfile.ZipFile(result, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            member = zipfile.ZipInfo(name, _TIME)
            member.compress_type = zipfile.ZIP_DEFLATED
            member.create_system = _MS_DOS
            archive.writestr(member, part)
    return result.getvalue()
