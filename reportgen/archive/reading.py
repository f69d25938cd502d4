"""Files of an archive as they lie there: only plain ones are read, no link is followed."""

from __future__ import annotations

import hashlib
import os
import stat
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Final

_BLOCK: Final = 1024 * 1024  # bytes read at once
_LONGEST_NAME: Final = 180  # bytes, so that a name of ours fits every file system
_PUNCTUATION: Final = "._-+() №"
#: Windows takes these for devices, whatever follows a full stop.
_DEVICES: Final = frozenset(
    {"con", "prn", "aux", "nul", *(f"{one}{n}" for one in ("com", "lpt") for n in range(10))}
)


@dataclass(frozen=True, slots=True)
class Digests:
    """The size of a file in bytes, and its hashes in lower-case hexadecimal."""

    size: int
    sha256: str
    sha512: str

    @classmethod
    def of(cls, data: bytes) -> Digests:
        """Return those of bytes at hand."""
        return cls(len(data), hashlib.sha256(data).hexdigest(), hashlib.sha512(data).hexdigest())


def is_sound_name(name: str) -> bool:
    """Tell whether a file may be called so in an archive: on every system, in every listing."""
    return (
        all(one.isalnum() or one in _PUNCTUATION for one in name)
        and name == unicodedata.normalize("NFC", name)
        and name == name.strip(" .")
        and 0 < len(name.encode()) <= _LONGEST_NAME
        and name.partition(".")[0].lower() not in _DEVICES
    )


def blocks(path: Path) -> Iterator[bytes]:
    """Yield what a plain file holds, piece by piece.

    Raises:
        OSError: when there is none, or it is a link, a pipe or a device.
    """
    with open(path, "rb", opener=_unfollowed) as stream:
        if not stat.S_ISREG(os.fstat(stream.fileno()).st_mode):
            raise OSError("це не звичайний файл")
        while block := stream.read(_BLOCK):
            yield block


def read_whole(path: Path, most: int) -> bytes:
    """Return what a plain file of at most ``most`` bytes holds.

    Raises:
        OSError: when there is none, it is a link, a pipe or a device, or is larger.
    """
    data = bytearray()
    for block in blocks(path):
        data += block
        if len(data) > most:
            raise OSError(f"файл більший за {most // 1024} КБ")
    return bytes(data)


def digests(path: Path, copy: IO[bytes] | None = None) -> Digests:
    """Return the digests of a plain file, read once; ``copy`` takes its bytes as they go by.

    Raises:
        OSError: when it cannot be read, or the copy cannot be written.
    """
    size, short, long = 0, hashlib.sha256(), hashlib.sha512()
    for block in blocks(path):
        size += len(block)
        short.update(block)
        long.update(block)
        if copy:
            copy.write(block)
    return Digests(size, short.hexdigest(), long.hexdigest())


def first_sha256(path: Path, size: int, *, whole: bool = False) -> str:
    """Return the SHA-256 of a file's first bytes; "" if it has fewer, or has to end there."""
    digest, left = hashlib.sha256(), size
    try:
        for block in blocks(path):
            if whole and len(block) > left:
                return ""
            digest.update(block[:left])
            left -= min(left, len(block))
            if not left and not whole:
                break
    except OSError:
        return ""
    return "" if left else digest.hexdigest()


def _unfollowed(path: str, flags: int) -> int:
    """Open without following a link or waiting for a pipe; Windows has neither flag."""
    return os.open(path, flags | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0))
