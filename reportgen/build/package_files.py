"""The files of a package in their place, ``packages/<id>`` of the output folder."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from reportgen.build.files import locked, put_in_place, read_regular, refuse_links, sweep
from reportgen.build.manifest import NAME
from reportgen.diagnostics import BrokenEnvironment
from reportgen.load import Content

FOLDER = "packages"
_OURS = re.compile(r"[a-z0-9-]+\.(?:docx|xlsx|pdf|zip)")
_LARGEST = 1024 * 1024  # bytes of a manifest


def keep_package(
    files: Mapping[str, bytes], package_id: str, output: Path, content: Content
) -> list[Path]:
    """Put the files in place and return where they lie; what an earlier run left over goes.

    The manifest comes last: of what a killed run has left, the old one still tells.

    Raises:
        BrokenEnvironment: when they cannot be written, or a programme's reports lie there.
    """
    if any(one.slug == FOLDER for one in content.sources):
        raise BrokenEnvironment(f"тека програми зветься {FOLDER}, як тека пакетів: перейменуйте її")
    folder = output / FOLDER / package_id
    with locked(output):
        refuse_links(output, [FOLDER, f"{FOLDER}/{package_id}"])
        sweep(output)
        earlier = _recorded(folder / NAME)
        placed = {folder / name: data for name, data in files.items()}
        put_in_place({path: data for path, data in placed.items() if path.name != NAME})
        for name in sorted(earlier.difference(files)):
            with suppress(OSError):
                (folder / name).unlink()
        put_in_place({folder / NAME: files[NAME]})
    return sorted(placed)


def _recorded(manifest: Path) -> set[str]:
    """Return the files that a manifest names, if it is one of ours: plain names alone."""
    try:
        names = json.loads(read_regular(manifest, _LARGEST))["files"]
        return {name for name in names if _OURS.fullmatch(name)}
    except (OSError, ValueError, TypeError, KeyError, RecursionError):
        return set()
