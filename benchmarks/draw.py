"""One run of one contender in a process of its own: ``python draw.py CONTENDER FOLDER``.

Prints two numbers of seconds: what drawing took, from data at hand to bytes, imports left out; and
what reading the prepared data took, which nobody would do in earnest. The file is written to the
folder, so that it can be looked at.
"""

from __future__ import annotations

import importlib
import sys
import time
from pathlib import Path


def main(contender: str, folder: Path) -> tuple[float, float]:
    """Draw once. "ours:docx" is a writer of ours, "peer_docxtpl" a module beside this one."""
    module, _, name = contender.partition(":")
    drawer = importlib.import_module(module)
    suffix, draw = drawer.writer(name) if name else (drawer.SUFFIX, drawer.draw)
    start = time.perf_counter()
    given = drawer.load(folder)
    loaded = time.perf_counter()
    data = draw(given)
    drawn = time.perf_counter()
    (folder / f"{contender.replace(':', '-')}.{suffix}").write_bytes(data)
    return drawn - loaded, loaded - start


if __name__ == "__main__":
    print(*main(sys.argv[1], Path(sys.argv[2])))
