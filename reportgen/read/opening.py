"""A file on the disk to what is in it."""

from __future__ import annotations

import stat
from pathlib import Path

from reportgen.diagnostics import reason
from reportgen.read.isolated import read_isolated
from reportgen.read.limits import LIMITS, Limits, check_size
from reportgen.read.source import SourceFile, UnreadableFileError


def read_file(path: Path, limits: Limits = LIMITS) -> SourceFile:
    """Return what is in a .docx, .xlsx, .xls, .pdf or .html file, or a text.

    Its content tells what it is; a name that says otherwise is remarked on.

    Raises:
        UnreadableFileError: when the file cannot be read within the limits.
        BrokenEnvironment: when this machine cannot start the process that reads.
    """
    try:
        status = path.stat()
    except FileNotFoundError as error:
        raise UnreadableFileError("такого файлу немає: перевірте назву й теку") from error
    except (OSError, ValueError) as error:
        why = reason(error) if isinstance(error, OSError) else "хибна назва"
        raise UnreadableFileError(f"файл не читається: {why}") from error
    if not stat.S_ISREG(status.st_mode):
        raise UnreadableFileError("це тека або не звичайний файл: назвіть сам файл звіту")
    check_size(status.st_size, limits)
    return read_isolated(path, limits)
