"""The files of a package in their place, ``packages/<id>`` of the output folder."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Collection, Iterator, Mapping
from contextlib import suppress
from pathlib import Path

from reportgen.build.aside import free_name, put_aside
from reportgen.build.files import locked, put_in_place, read_regular, refuse_links, sweep
from reportgen.build.manifest import NAME, digest
from reportgen.diagnostics import BrokenEnvironment
from reportgen.load import Content

FOLDER = "packages"
_OURS = re.compile(r"[a-z0-9-]+\.(?:docx|xlsx|pdf|zip)")
_LARGEST = 1024 * 1024  # bytes of a manifest
_LARGEST_FILE = 1024 * 1024 * 1024  # and of a file of a package


def keep_package(
    files: Mapping[str, bytes], package_id: str, output: Path, content: Content
) -> tuple[list[Path], list[Path]]:
    """Put the files in place and return where they lie; what an earlier run left over goes.

    The second list is of what was put aside.

    What somebody has changed since then is put aside, never lost. The manifest comes last: of what
    a killed run has left, the old one still tells.

    Raises:
        BrokenEnvironment: when they cannot be written, or a programme's reports lie there.
    """
    if any(one.slug == FOLDER for one in content.sources):
        raise BrokenEnvironment(f"тека програми зветься {FOLDER}, як тека пакетів: перейменуйте її")
    folder = output / FOLDER / package_id
    with locked(output):
        refuse_links(output, [FOLDER, f"{FOLDER}/{package_id}"])
        sweep(output)
        for name in sorted(files):
            if os.path.lexists(folder / name) and not (folder / name).is_file():
                raise BrokenEnvironment(f"{folder / name} — не файл: приберіть його звідти")
        earlier = _recorded(folder / NAME)
        ours = {name for name, sha in earlier.items() if _digest(folder / name) == sha}
        aside = []
        for path in (folder / name for name in _changed(folder, files, ours)):
            aside.append(free_name(path))
            put_aside(path, aside[-1])
        placed = {folder / name: data for name, data in files.items()}
        put_in_place({path: data for path, data in placed.items() if path.name != NAME})
        for name in sorted(ours.difference(files)):
            with suppress(OSError):
                (folder / name).unlink()
        put_in_place({folder / NAME: files[NAME]})
    return sorted(placed), aside


def _changed(folder: Path, files: Mapping[str, bytes], ours: Collection[str]) -> Iterator[str]:
    """Yield the files that would be lost: neither as they were made nor as they will be."""
    for name in sorted(files):
        there = _digest(folder / name)
        if there and name not in ours and name != NAME and there != digest(files[name]):
            yield name


def _digest(path: Path) -> str:
    """Return the SHA-256 of a file, "" for none that can be read."""
    try:
        return digest(read_regular(path, _LARGEST_FILE))
    except OSError:
        return ""


def _recorded(manifest: Path) -> dict[str, str]:
    """Return the files that a manifest names, if it is one of ours, with their digests."""
    try:
        names = json.loads(read_regular(manifest, _LARGEST))["files"]
        return {name: str(one["sha256"]) for name, one in names.items() if _OURS.fullmatch(name)}
    except (OSError, ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return {}
