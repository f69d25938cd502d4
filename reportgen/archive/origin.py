"""Whether the files of a bag are those that were built: the package's own manifest says so.

``manifest.json`` of a package was written before anybody signed, so it has the hash of what a
signed PDF begins with. Together they prove that what was signed is what was built.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

from reportgen.archive.description import Description
from reportgen.archive.reading import Digests, first_sha256, read_whole
from reportgen.diagnostics import quoted

#: What the manifest is called in a package; a bag may give it another name.
MANIFEST: Final = "manifest.json"
_LARGEST: Final = 1024 * 1024  # bytes
#: Whatever JSON of somebody else may lead to: no text, no object, an infinite number, a deep one.
_UNREADABLE: Final = (
    OSError,
    ValueError,
    TypeError,
    KeyError,
    AttributeError,
    OverflowError,
    RecursionError,
)


def origin_faults(
    data: Path, payload: Mapping[str, Digests], description: Description
) -> Iterator[str]:
    """Tell of the files of a bag that are not what the package's manifest says was built.

    Args:
        data: the folder of the files.
        payload: what lies there, by name.
        description: it tells what each was called in the package.
    """
    names = {one.called: one.name for one in description.files if one.name in payload}
    if MANIFEST not in names:
        return
    try:
        record = json.loads(read_whole(data / names[MANIFEST], _LARGEST))
        built = _built(record.get("files", {}))
    except _UNREADABLE:
        yield f"{MANIFEST} не прочитано: це не опис складеного пакета"
        return
    for called, (size, sha256) in built.items():
        name = names.get(called)
        if name is None:
            yield f"{MANIFEST} називає {quoted(called)}, а в пакеті такого файлу немає"
        elif payload[name].sha256 != sha256 and not (
            called.endswith(".pdf") and first_sha256(data / name, size) == sha256
        ):
            yield f"{quoted(called)} — не той файл, що складено: так каже {MANIFEST} пакета"


def _built(files: Mapping[str, Mapping[str, Any]]) -> dict[str, tuple[int, str]]:
    """Return size in bytes and SHA-256 of each built file."""
    return {name: (int(files[name]["size"]), str(files[name]["sha256"])) for name in sorted(files)}
