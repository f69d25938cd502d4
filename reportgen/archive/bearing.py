"""Which files of an archive bear signatures, told by the files themselves and by nothing else."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

from reportgen.archive.reading import blocks

#: Files that may bear signatures, by the end of their names.
SIGNED: Final = (".pdf", ".p7s", ".p7m", ".asice", ".asics", ".sce", ".scs")

#: What every signature of a PDF has, in the clear (ISO 32000-1, 12.8.1): its letters may each be
#: written as a number, too (7.3.5).
_BYTE_RANGE: Final = re.compile(
    b"/" + b"".join(b"(?:%c|#(?i:%02x))" % (one, one) for one in b"ByteRange")
)
_LONGEST: Final = 3 * len("/ByteRange")  # bytes of that name


def may_bear(name: str) -> bool:
    """Tell whether a file of this name may bear signatures."""
    return name.lower().endswith(SIGNED)


def bears_signature(path: Path) -> bool:
    """Tell whether a file is a signature or a container of some, or a PDF that somebody signed.

    Raises:
        OSError: when it cannot be read.
    """
    if not path.name.lower().endswith(".pdf"):
        return may_bear(path.name)
    end = b""
    for block in blocks(path):
        if _BYTE_RANGE.search(end + block):
            return True
        end = block[-_LONGEST:]
    return False
