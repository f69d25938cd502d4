"""A process of its own that reads one file and answers on its output: ``python -m`` this module.

Arguments: the file, and the limits as JSON. Started by :mod:`reportgen.read.isolated` only.
"""

from __future__ import annotations

import importlib
import json
import sys
from pathlib import Path

from reportgen.diagnostics import reason
from reportgen.read.limits import Limits
from reportgen.read.reading import TOO_HEAVY, read_data
from reportgen.read.source import UnreadableFileError
from reportgen.read.transport import answer, refusal


def main(path: str, given: str) -> None:
    """Read a file within limits and write the answer."""
    limits = Limits(**json.loads(given))
    hold(limits)
    file = Path(path)
    try:
        with file.open("rb") as stream:
            data = stream.read(limits.size + 1)
        result = answer(read_data(data, file.name, limits))
    except UnreadableFileError as error:
        result = refusal(str(error))
    except MemoryError:
        result = refusal(TOO_HEAVY)
    except OSError as error:
        result = refusal(f"файл не читається: {reason(error)}")
    sys.stdout.buffer.write(result)


def hold(limits: Limits) -> None:
    """Hold this process to its memory, its time and the size of its answer, where a system can."""
    try:
        resource = importlib.import_module("resource")
    except ImportError:  # Windows: the one who waits has a clock
        return
    wanted = {
        "RLIMIT_AS": limits.memory,
        "RLIMIT_CPU": limits.processor,
        "RLIMIT_FSIZE": limits.memory,
        "RLIMIT_CORE": 0,
    }
    for name, most in wanted.items():
        try:
            resource.setrlimit(getattr(resource, name), (most, most))
        except (ValueError, OSError):  # lower already, or not known to the system
            continue


if __name__ == "__main__":
    main(*sys.argv[1:])
