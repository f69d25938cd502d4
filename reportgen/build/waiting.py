"""PDFs that wait for signatures, each with the bytes to be signed and its record beside it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from reportgen.build.files import read_regular
from reportgen.diagnostics import reason
from reportgen.sign.external import Prepared
from reportgen.sign.record import Record, read_record, restored, sha256
from reportgen.sign.refused import RefusedError

#: What follows a PDF's name in those of the files beside it; a signature gets `USED` once it is in
#: the signed file and another one is prepared.
TO_BE_SIGNED = ".tbs"
SIGNATURE = ".tbs.p7s"
USED = ".tbs.p7s.used"
RECORD = ".prepared.json"

_LARGEST = 1024 * 1024 * 1024  # bytes of a PDF; a signature may hold one, as base64
_LARGEST_SIGNATURE = _LARGEST // 2 * 3


def waiting_names(folder: Path, within: Path | None = None) -> Iterator[str]:
    """Yield the names of prepared files below a folder, in order, as they lie in ``folder``."""
    for path in sorted((within or folder).rglob(f"*{RECORD}")):
        yield path.relative_to(folder).as_posix().removesuffix(RECORD)


def beside(path: Path, suffix: str) -> Path:
    """Return the file that lies beside a PDF."""
    return path.with_name(path.name + suffix)


def read_prepared(path: Path) -> tuple[Record, Prepared]:
    """Return a PDF that waits, with its record.

    Raises:
        RefusedError: when it was never prepared, or was changed since.
    """
    record = read_waiting_record(path)
    if record is None:
        raise RefusedError(f"поруч немає {path.name}{RECORD}: підготуйте файл (sign prepare)")
    return record, restored(read_pdf(path), record)


def read_waiting_record(path: Path) -> Record | None:
    """Return the record of a PDF, None if it has none.

    Raises:
        RefusedError: when it cannot be read.
    """
    place = beside(path, RECORD)
    return read_record(read_pdf(place)) if os.path.lexists(place) else None


def is_whole(path: Path) -> bool:
    """Tell whether a prepared PDF and the bytes to be signed lie there as they were laid."""
    try:
        record, _ = read_prepared(path)
        return sha256(read_pdf(beside(path, TO_BE_SIGNED))) == record.tbs
    except RefusedError:
        return False


def clear_signature(path: Path, signed: bytes) -> None:
    """Rename a signature that is in the signed file already, so that the next one has its name.

    Raises:
        RefusedError: when it waits to be put in: a file prepared anew would make it worthless.
    """
    used = beside(path, SIGNATURE)
    if not os.path.lexists(used):
        return
    if not continues(signed, read_prepared(path)[1]):
        raise RefusedError(
            f"поруч лежить підпис {used.name} від раніше підготовленого файлу: "
            "завершіть той (sign finish) або приберіть підпис"
        )
    try:
        used.replace(beside(path, USED))
    except OSError as error:
        raise RefusedError(f"{used.name} не перейменувати: {reason(error)}") from error


def continues(signed: bytes, prepared: Prepared) -> bool:
    """Tell whether a file is the prepared one with its gap filled, whatever came after."""
    size = len(prepared.pdf)
    return (
        len(signed) >= size
        and signed[: prepared.start] == prepared.pdf[: prepared.start]
        and signed[prepared.end : size] == prepared.pdf[prepared.end :]
        and signed[prepared.start : prepared.end] != prepared.pdf[prepared.start : prepared.end]
    )


def read_standing(path: Path) -> bytes:
    """Return the file that is at a place, nothing if there is none.

    Raises:
        RefusedError: when it cannot be read.
    """
    return read_pdf(path) if os.path.lexists(path) else b""


def read_pdf(path: Path) -> bytes:
    """Return a PDF, or what lies beside one.

    Raises:
        RefusedError: when it cannot be read.
    """
    return _read(path, _LARGEST)


def read_signature(path: Path) -> bytes:
    """Return a signature as it was brought.

    Raises:
        RefusedError: when it cannot be read.
    """
    return _read(path, _LARGEST_SIGNATURE)


def _read(path: Path, most: int) -> bytes:
    try:
        return read_regular(path, most)
    except OSError as error:
        raise RefusedError(f"{path.name} не читається: {reason(error)}") from error
