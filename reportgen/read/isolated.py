"""Reading in a process of its own: no file can hang or exhaust the one that asks."""

from __future__ import annotations

import dataclasses
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Final

from reportgen.diagnostics import BrokenEnvironment
from reportgen.read.limits import Limits
from reportgen.read.reading import TOO_HEAVY
from reportgen.read.source import SourceFile, UnreadableFileError
from reportgen.read.transport import file_of

_NOT_STARTED: Final = 1  # what Python ends with when a module is missing
_ANSWER_PER_MEMORY: Final = 4  # an answer is never more than a fourth of the memory


def read_isolated(path: Path, limits: Limits) -> SourceFile:
    """Return what is in a file, read by another process within limits.

    Raises:
        UnreadableFileError: when it cannot be read, or not within the limits.
        BrokenEnvironment: when the other process does not even start.
    """
    given = json.dumps(dataclasses.asdict(limits))
    command = [sys.executable, "-P", "-X", "utf8", "-m", "reportgen.read.worker", str(path), given]
    with tempfile.TemporaryFile() as output:
        try:
            done = subprocess.run(
                command,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.DEVNULL,
                timeout=limits.patience,
                env=_environment(),
                check=False,
            )
        except subprocess.TimeoutExpired as error:
            raise UnreadableFileError(TOO_HEAVY) from error
        except OSError as error:
            raise BrokenEnvironment(f"не вдалося запустити читання файлу: {error}") from error
        if done.returncode == _NOT_STARTED:
            raise BrokenEnvironment(
                "частина програми, що читає файли, не запускається: встановіть її наново"
            )
        size = os.fstat(output.fileno()).st_size
        if done.returncode or size * _ANSWER_PER_MEMORY > limits.memory:
            raise UnreadableFileError(TOO_HEAVY)
        output.seek(0)
        try:
            return file_of(output.read())
        except (ValueError, ArithmeticError, RecursionError) as error:
            raise UnreadableFileError(TOO_HEAVY) from error


def _environment() -> dict[str, str]:
    """Return the environment of the process: it finds the same modules as this one."""
    found = os.pathsep.join(entry or str(Path.cwd()) for entry in sys.path)
    return {**os.environ, "PYTHONPATH": found}
