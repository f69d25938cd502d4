"""A site's folder: made whole beside the old one, then put in its place in one move.

The folder tells what it holds in ``site.json``. Only what is listed there is ever replaced: in a
folder with a file of somebody else nothing is touched.
"""

from __future__ import annotations

import contextlib
import ctypes
import errno
import hashlib
import json
import os
import shutil
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import Any, Final, Self

from reportgen.build.files import read_regular
from reportgen.diagnostics import BrokenEnvironment, reason
from reportgen.publication.datapackage import DataFile

_MARK: Final = "site.json"
_MAKER: Final = "reportgen publish"
_LARGEST_MARK: Final = 64 * 1024 * 1024  # bytes
_CURRENT_FOLDER, _EXCHANGE = -100, 2  # AT_FDCWD and RENAME_EXCHANGE of Linux


def check_site(folder: Path) -> None:
    """Refuse a folder that may not be replaced by a site.

    Raises:
        BrokenEnvironment: when it is no folder, or holds a file that no publication has put there.
    """
    if folder.is_symlink() or (folder.exists() and not folder.is_dir()):
        raise BrokenEnvironment(
            f"{folder} — не тека, а посилання або файл: вкажіть у --output іншу теку"
        )
    known = _known(folder)
    for name in _names(folder):
        if name not in known:
            raise BrokenEnvironment(
                f"у теці {folder} лежить {name}, чого publish туди не клав: вкажіть у --output "
                "нову або порожню теку"
            )


class SiteFolder:
    """A site that is being made, file by file; nobody sees it before `replace`."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._new = folder.with_name(f".reportgen-site-{folder.name}.new")
        self._old = folder.with_name(f".reportgen-site-{folder.name}.old")
        self._files: dict[str, tuple[int, Any]] = {}  # sizes and SHA-256 by path

    def __enter__(self) -> Self:
        """Begin with nothing; what a killed run has left is put right or removed."""
        if self._old.is_dir() and not self._folder.exists():
            self._old.rename(self._folder)
        _remove(self._old)
        _remove(self._new)
        self._new.mkdir(parents=True)
        return self

    def __exit__(self, *_: object) -> None:
        _remove(self._new)
        _remove(self._old)

    def add(self, path: str, data: bytes) -> int:
        """Write a file, or more of one that was begun; return its size so far."""
        target = self._new / path
        size, digest = self._files.get(path, (0, hashlib.sha256()))
        target.parent.mkdir(parents=True, exist_ok=True)
        with target.open("ab") as stream:
            stream.write(data)
        digest.update(data)
        self._files[path] = size + len(data), digest
        return size + len(data)

    @property
    def paths(self) -> Collection[str]:
        """The paths of all files."""
        return self._files.keys()

    def file(self, path: str) -> DataFile:
        """Return the size and the digest of a file."""
        size, digest = self._files[path]
        return DataFile(size, digest.hexdigest())

    def replace(self) -> None:
        """Put the site in its place, whole.

        Raises:
            BrokenEnvironment: when there is something there by now that is not ours.
        """
        listed = {path: self.file(path).sha256 for path in sorted(self._files)}
        mark = {"maker": _MAKER, "files": listed}
        self.add(_MARK, (json.dumps(mark, ensure_ascii=False, indent=1) + "\n").encode())
        for path in self._files:
            _sync(self._new / path)
        check_site(self._folder)
        if not self._folder.exists():
            self._new.rename(self._folder)
        elif not _exchange(self._new, self._folder):
            self._folder.rename(self._old)
            self._new.rename(self._folder)


def _known(folder: Path) -> Collection[str]:
    """Return the paths that a site says it holds; none where there is no site."""
    with contextlib.suppress(OSError, ValueError, TypeError, KeyError, RecursionError):
        mark = json.loads(read_regular(folder / _MARK, _LARGEST_MARK))
        if mark["maker"] == _MAKER:
            return {*mark["files"], _MARK}
    return ()


def _names(folder: Path) -> Iterator[str]:
    """Yield the paths of all that lies in a folder but plain folders; no link is followed."""
    for root, folders, files in os.walk(folder):
        folders.sort()
        links = [name for name in folders if (Path(root) / name).is_symlink()]
        for name in sorted([*files, *links]):
            yield (Path(root) / name).relative_to(folder).as_posix()


def _sync(path: Path) -> None:
    """Make a file durable before anybody relies on it."""
    with path.open("rb+") as stream:
        os.fsync(stream.fileno())


def _remove(path: Path) -> None:
    """Remove what this module has made under a name of its own."""
    try:
        if path.is_symlink():
            path.unlink()
        elif path.exists():
            shutil.rmtree(path)
    except OSError as error:
        raise BrokenEnvironment(f"не вдалося прибрати {path}: {reason(error)}") from error


def _exchange(one: Path, other: Path) -> bool:
    """Let two folders change places in one step, where the system can."""
    try:
        call = ctypes.CDLL(None, use_errno=True).renameat2
    except (AttributeError, OSError, TypeError):  # no Linux, or an old one
        return False
    names = (os.fsencode(one.absolute()), os.fsencode(other.absolute()))
    if call(_CURRENT_FOLDER, names[0], _CURRENT_FOLDER, names[1], _EXCHANGE) == 0:
        return True
    number = ctypes.get_errno()
    if number in (errno.ENOSYS, errno.EINVAL, errno.ENOTSUP):
        return False
    raise OSError(number, os.strerror(number), str(other))
