"""Records in the user's own folder for what may be lost: read whole or not at all.

A file is the SHA-256 of the rest on a line of its own, and two lines of JSON for each record. What
is missing, cut off or damaged is as good as nothing; what the machine does not let us write is not
written.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import re
import sys
import tempfile
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from reportgen.build.files import read_regular

_LARGEST = 64 * 1024 * 1024  # bytes of a file
_MOST_PROJECTS = 32
_TEMPORARY = ".new-"
_ENDING = ".jsonl"
_FOLDER = re.compile("[0-9a-f]{32}")

#: What reading a file, or making values of what it holds, can come upon.
UNREADABLE = (OSError, ValueError, TypeError, KeyError, ArithmeticError, RecursionError)


@dataclass(frozen=True, slots=True)
class Record:
    """What is remembered under a name, valid while ``key`` is the fingerprint of its inputs."""

    name: str
    key: str
    forms: tuple[str, ...]  # that have a part in it
    value: object  # as JSON has it
    statement: str = ""  # JSON, as it stands: it is seldom read


def read_records(folder: Path, name: str) -> Mapping[str, Record]:
    """Return the records of a file by their names; none if anything is wrong with it."""
    try:
        if _leads_elsewhere(folder):
            return {}
        whole = read_regular(folder / f"{name}{_ENDING}", _LARGEST)
        digest, _, data = whole.partition(b"\n")
        if _sha256(data) != digest:
            return {}
        lines = data.decode("utf-8").split("\n")
        records = map(_record, lines[::2], lines[1::2])
        return {one.name: one for one in records}
    except UNREADABLE:
        return {}


def write_records(folder: Path, name: str, records: Iterable[Record]) -> None:
    """Put a file in its place whole, if the machine lets us."""
    data = "".join(map(_lines, records)).encode()
    with contextlib.suppress(OSError):
        if _leads_elsewhere(folder):
            return
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(prefix=_TEMPORARY, dir=folder)
        try:
            with os.fdopen(handle, "wb") as stream:
                stream.write(_sha256(data) + b"\n" + data)
            Path(temporary).replace(folder / f"{name}{_ENDING}")
        except OSError:
            Path(temporary).unlink(missing_ok=True)


def tidy(folder: Path, names: Collection[str]) -> None:
    """Remove our other files, also what killed runs left, and the projects of long ago.

    Whatever else lies there, or behind a link, is not ours and stays.
    """
    with contextlib.suppress(OSError):
        if _leads_elsewhere(folder):
            return
        _remove(path for path in _ours(folder) if path.name.removesuffix(_ENDING) not in names)
        others = (one for one in folder.parent.iterdir() if _is_project(one))
        newest = sorted(others, key=lambda one: one.stat().st_mtime_ns, reverse=True)
        for path in [one for one in newest if one != folder][_MOST_PROJECTS - 1 :]:
            _remove(_ours(path))
            with contextlib.suppress(OSError):  # not empty: something in it is not ours
                path.rmdir()


def _leads_elsewhere(folder: Path) -> bool:
    """Tell whether a project's folder, or the one of all projects, is a link: to whose files?"""
    return folder.is_symlink() or folder.parent.is_symlink()


def _is_project(path: Path) -> bool:
    return bool(_FOLDER.fullmatch(path.name)) and path.is_dir() and not path.is_symlink()


def _ours(folder: Path) -> Iterable[Path]:
    return (*folder.glob(f"*{_ENDING}"), *folder.glob(f"{_TEMPORARY}*"))


def _remove(paths: Iterable[Path]) -> None:
    for path in paths:
        with contextlib.suppress(OSError):
            path.unlink()


def records_folder(root: Path, kind: str) -> Path | None:
    """Return where records of a kind lie for a project and this user; ``None`` if nowhere.

    ``REPORTGEN_CACHE`` names another folder for them than the system has for such things; set to
    nothing it does without.
    """
    name = hashlib.sha256(os.fsencode(root)).hexdigest()[:32]
    given = os.environ.get("REPORTGEN_CACHE")
    if given is not None:
        return Path(given).absolute() / kind / name if given else None
    try:
        return _usual() / "reportgen" / kind / name
    except RuntimeError:  # a user without a home
        return None


def _usual() -> Path:
    if sys.platform == "win32":
        local = os.environ.get("LOCALAPPDATA")
        return Path(local) if local else Path.home() / "AppData" / "Local"
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Caches"
    given = os.environ.get("XDG_CACHE_HOME", "")
    return Path(given) if given.startswith("/") else Path.home() / ".cache"


def _sha256(data: bytes) -> bytes:
    return hashlib.sha256(data).hexdigest().encode()


def _record(head: str, statement: str) -> Record:
    name, key, forms, value = json.loads(head)
    for one in (name, key, *forms):
        if not isinstance(one, str):
            raise TypeError(one)
    return Record(name, key, tuple(forms), value, statement)


def _lines(record: Record) -> str:
    head = [record.name, record.key, record.forms, record.value]
    return f"{json.dumps(head, ensure_ascii=False, separators=(',', ':'))}\n{record.statement}\n"
