"""A ZIP of files: the same bytes from the same files, on every machine."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Mapping

from reportgen import __version__
from reportgen.build.manifest import NAME, digest
from reportgen.model.package import Adopted

_MOMENT = (1980, 1, 1, 0, 0, 0)  # the first that the format knows
_RIGHTS = 0o100644 << 16  # a plain file that all may read
_UNIX = 3


def archive(files: Mapping[str, bytes]) -> bytes:
    """Return the ZIP of the files by name, sorted; nothing is compressed.

    The files are compressed in themselves, and compression differs between versions of zlib.
    """
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_STORED) as packed:
        for name in sorted(files):
            member = zipfile.ZipInfo(name, _MOMENT)
            member.external_attr, member.create_system = _RIGHTS, _UNIX
            packed.writestr(member, files[name])
    return stream.getvalue()


def with_manifest(
    package_id: str, files: Mapping[str, bytes], adopted: Adopted | None = None
) -> dict[str, bytes]:
    """Return the files with ``manifest.json``: size and SHA-256 of each, and what decision it is.

    ``adopted`` is what the files print of the vote, ``None`` for blanks.
    """
    told = {name: {"sha256": digest(data), "size": len(data)} for name, data in files.items()}
    vote = adopted and {"date": adopted.date.isoformat(), "number": adopted.number}
    record = {"adopted": vote, "files": told, "package": package_id, "reportgen": __version__}
    text = json.dumps(record, ensure_ascii=False, indent=2, sort_keys=True)
    return {**files, NAME: f"{text}\n".encode()}
