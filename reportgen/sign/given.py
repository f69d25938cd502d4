"""Files that a council's settings name: keys, certificates. Nothing else is waited for."""

from __future__ import annotations

import os
import stat
from pathlib import Path


def read_given(path: Path, most: int) -> bytes:
    """Return what a file of at most ``most`` bytes holds; links may lead to it.

    Raises:
        OSError: when there is no such file, it is larger, or it is a pipe or a device: reading one
            might never end.
    """
    with open(path, "rb", opener=_unblocked) as stream:
        if not stat.S_ISREG(os.fstat(stream.fileno()).st_mode):
            raise OSError("це не звичайний файл")
        data = stream.read(most + 1)
    if len(data) > most:
        raise OSError(f"він більший за {most // 1024 // 1024} МБ")
    return data


def _unblocked(path: str, flags: int) -> int:
    """Open without waiting for whoever writes into a pipe; Windows knows no such thing."""
    return os.open(path, flags | getattr(os, "O_NONBLOCK", 0))
