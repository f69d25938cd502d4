"""Bytes on a disk to text, with a finding instead of a surprise."""

from __future__ import annotations

import codecs
import errno
import stat
from pathlib import Path

from reportgen.diagnostics import Diagnostic, Span, finding, reason

#: The largest source file, in bytes. A report of a thousand measures takes about a sixth of it.
LARGEST_FILE = 4 * 1024 * 1024

#: How files begin that are saved under the name of a text by mistake.
_KINDS = {
    b"PK\x03\x04": "документ Word, книга Excel або архів",
    b"\xd0\xcf\x11\xe0": "документ Word чи книга Excel",
    b"{\\rtf": "документ RTF",
    b"%PDF-": "документ PDF",
    b"\x89PNG": "зображення",
    b"\xff\xd8\xff": "зображення",
}
_CONTROLS = bytes({*range(32)} - set(b"\t\n\v\f\r\x1b"))
_LOOKED_AT = 4096  # bytes
_MOST_CONTROLS = 0.05  # the share of control bytes that no text has,
_A_FEW = 5  # apart from some that have strayed into it: their places can be told


def read_source(path: Path, root: Path) -> tuple[str | None, list[Diagnostic]]:
    """Read one UTF-8 file below ``root``.

    Every kind of line end becomes a line feed; a byte order mark is dropped.

    Returns:
        The text, or ``None`` with the finding that says why there is none.
    """
    name = path.relative_to(root).as_posix()
    whole = Span(name)
    try:
        if not path.resolve().is_relative_to(root.resolve()):
            message = "посилання веде за межі теки проєкту"
            hint = "покладіть сюди сам файл замість посилання на нього"
            return None, [finding("file-outside", whole, message, hint)]
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            is_folder = stat.S_ISDIR(status.st_mode)
            message = "це тека, а має бути файл" if is_folder else "це не звичайний файл"
            return None, [finding("file-unreadable", whole, message)]
        with path.open("rb") as stream:
            data = stream.read(LARGEST_FILE + 1)
    except FileNotFoundError:
        return None, [finding("file-missing", whole, "цього файлу немає, а він потрібен")]
    except (OSError, RuntimeError) as error:  # the latter is how a loop of links is told of
        return None, [finding("file-unreadable", whole, f"файл не читається: {_reason(error)}")]
    if len(data) > LARGEST_FILE:
        message = f"файл більший за {LARGEST_FILE // 1024 // 1024} МБ"
        hint = "звіт на тисячу заходів не займає й 1 МБ: перевірте, чи це той файл"
        return None, [finding("file-too-large", whole, message, hint)]
    return _decode(data, name)


def _reason(error: Exception) -> str:
    return reason(error if isinstance(error, OSError) else OSError(errno.ELOOP, ""))


def _kind(data: bytes) -> str:
    """Return what a file is by its first bytes, or "" if it may be a text."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return ""
    for start, kind in _KINDS.items():
        if data.startswith(start):
            return kind
    head = data[:_LOOKED_AT]
    controls = len(head) - len(head.translate(None, _CONTROLS))
    return (
        "двійкові дані або текст не в UTF-8"
        if controls > _A_FEW + len(head) * _MOST_CONTROLS
        else ""
    )


def _decode(data: bytes, name: str) -> tuple[str | None, list[Diagnostic]]:
    kind = _kind(data)
    if kind:
        message = f"це не текстовий файл, а {kind}"
        hint = "звіти пишуть простим текстом у Блокноті чи іншому редакторі, не у Word і не в Excel"
        return None, [finding("file-encoding", Span(name), message, hint)]
    data = data.removeprefix(b"\xef\xbb\xbf").replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    try:
        return data.decode("utf-8"), []
    except UnicodeDecodeError as error:
        line_start = data.rfind(b"\n", 0, error.start) + 1
        column = len(data[line_start : error.start].decode("utf-8")) + 1
        span = Span(name, data.count(b"\n", 0, error.start) + 1, column)
        message = f"файл не в кодуванні UTF-8 (байт 0x{data[error.start]:02X})"
        hint = "збережіть файл у редакторі як «UTF-8»"
        return None, [finding("file-encoding", span, message, hint)]
