"""What the bags of an archive say of themselves, once it is sure that the journal means them."""

from __future__ import annotations

import hashlib
from pathlib import Path

from reportgen.archive.bag import DESCRIPTION, TAG_MANIFESTS, read_manifest
from reportgen.archive.description import LARGEST, Description, parse
from reportgen.archive.index import Kept
from reportgen.archive.journal import Entry, Journal
from reportgen.archive.reading import read_whole


def kept(folder: Path, journal: Journal) -> list[Kept]:
    """Return the bags of a journal; one that is damaged or gone comes without a description."""
    return [Kept(one, described(folder / one.bag, one)) for one in journal.entries]


def damaged(folder: Path, journal: Journal) -> tuple[str, ...]:
    """Return which bags of a journal are damaged or gone: none of them can tell of itself."""
    return tuple(one.entry.bag for one in kept(folder, journal) if one.description is None)


def described(bag: Path, entry: Entry) -> Description | None:
    """Return what a bag says of itself; ``None`` if it is not what the journal tells of."""
    try:
        manifest = read_whole(bag / TAG_MANIFESTS[0], LARGEST)
        data = read_whole(bag / DESCRIPTION, LARGEST)
        given = read_manifest(manifest).get(DESCRIPTION)
        known = hashlib.sha256(manifest).hexdigest() == entry.tagmanifest
        if known and given == hashlib.sha256(data).hexdigest():
            return parse(data)
    except (OSError, ValueError):
        pass
    return None


def tagmanifest_of(bag: Path) -> str:
    """Return the hash that the journal knows a bag by; "" where there is none."""
    try:
        return hashlib.sha256(read_whole(bag / TAG_MANIFESTS[0], LARGEST)).hexdigest()
    except OSError:
        return ""
