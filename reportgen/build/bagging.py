"""A bag made on the disk: its files copied, closed by its tag files, given its name at the end."""

from __future__ import annotations

import os
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from reportgen.archive.bag import DATA, Label, tag_files
from reportgen.archive.bag_inspection import inspect_bag
from reportgen.archive.description import Description, as_json
from reportgen.archive.reading import Digests, digests
from reportgen.build.files import sync_folder
from reportgen.diagnostics import BrokenEnvironment

_READ_ONLY, _READ_ONLY_FOLDER = 0o444, 0o555

#: Files of a bag by name: where each lies now, or its bytes.
Payload = Mapping[str, Path | bytes]


@dataclass(frozen=True, slots=True)
class Filling:
    """A bag that is being made: its files are there, by name, and can be judged."""

    folder: Path  # where they lie
    payload: Mapping[str, Digests]
    version: int


def filled(new: Path, payload: Payload, version: int) -> Filling:
    """Copy the files into a bag that nobody sees yet."""
    remove(new)
    data = new / DATA
    data.mkdir(parents=True)
    copied: dict[str, Digests] = {}
    for name in sorted(payload):
        source = payload[name]
        with (data / name).open("xb") as stream:
            if isinstance(source, bytes):
                stream.write(source)
                copied[name] = Digests.of(source)
            else:
                copied[name] = digests(source, stream)
            stream.flush()
            os.fsync(stream.fileno())
    return Filling(data, copied, version)


def closed(new: Path, payload: Mapping[str, Digests], described: Description, maker: str) -> str:
    """Write the tag files, judge the bag as it lies there, and return the hash it is known by."""
    label = Label(
        council=described.council,
        package=described.package,
        version=described.version,
        title=described.title,
        day=described.time.date(),
        maker=maker,
    )
    for name, data in tag_files(payload, label, as_json(described)).items():
        with (new / name).open("xb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
    bag = inspect_bag(new)
    if bag.faults:
        raise BrokenEnvironment(f"пакет записано не так, як мало бути: {bag.faults[0]}")
    for path in new.rglob("*"):
        path.chmod(_READ_ONLY_FOLDER if path.is_dir() else _READ_ONLY)
    for folder in (new / DATA, new, new.parent, new.parent.parent):
        sync_folder(folder)
    return bag.tagmanifest


def settle(new: Path, place: Path) -> None:
    """Give a whole bag its name."""
    new.rename(place)
    place.chmod(_READ_ONLY_FOLDER)
    sync_folder(place.parent)


def remove(path: Path) -> None:
    """Remove what this module has made under a name of its own."""
    if not os.path.lexists(path):
        return
    if path.is_symlink() or not path.is_dir():
        path.unlink()
        return
    for folder in (path, *path.rglob("*")):
        if folder.is_dir() and not folder.is_symlink():
            folder.chmod(0o755)
    shutil.rmtree(path)
