"""What lies in the folders of an archive: what belongs there by its name and kind, and all else.

Files that Windows, macOS and office programs put anywhere are remarked upon and otherwise passed
over: by their exact names, as plain files, and where no manifest knows them.
"""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from reportgen.archive.bag import DATA, README, TAG_FILES
from reportgen.archive.index import CSV, HTML
from reportgen.archive.reading import is_sound_name
from reportgen.archive.stamp import TOKEN
from reportgen.diagnostics import quoted, reason

JOURNAL: Final = "journal.jsonl"
LOCK: Final = ".reportgen.lock"
TEMPORARY: Final = ".reportgen-"  # what a killed command leaves begins so

_MOST_FILES: Final = 100_000
_SLUG: Final = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_VERSION: Final = re.compile(r"v(?!0000$)[0-9]{4,}")
_TORN: Final = re.compile(r"journal\.torn-[0-9]{4,}(?:-[0-9]+)?")  # ends that crashes have cut
_ASIDE: Final = re.compile(r"v[0-9]{4,}\.aside-[0-9]+")  # bags that the journal does not know
_OF_SYSTEMS: Final = re.compile(r"Thumbs\.db|desktop\.ini|\.DS_Store|~\$.+\.(?:docx|xlsx)")


@dataclass(slots=True)
class Notes:
    """What is told of folders, Ukrainian sentences: what is wrong, and what is only to be known.

    ``unfinished`` are the places of what a killed command may have left.
    """

    faults: list[str] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    unfinished: list[str] = field(default_factory=list)


def is_of_a_system(name: str) -> bool:
    """Tell whether a file of this name is one that systems and office programs put anywhere."""
    return bool(_OF_SYSTEMS.fullmatch(name))


def tag_names(bag: Path, notes: Notes) -> list[str]:
    """Return the names of plain files in a bag, beside its ``data``; tell of everything else."""
    names = _plain_files(bag, notes, but=DATA)
    found = []
    for name in names:
        if name == "fetch.txt":
            notes.faults.append("fetch.txt: файли пакета мають лежати в ньому, а не за адресами")
        elif is_of_a_system(name):
            notes.remarks.append(_of_a_system(name))
        else:
            found.append(name)
            if name not in (*TAG_FILES, README):
                notes.faults.append(f"зайвий файл {quoted(name)}")
    return found


def payload_names(bag: Path, known: Collection[str], notes: Notes) -> list[str]:
    """Return the names of plain files in a bag's ``data``; tell of everything else.

    ``known`` are the names that the bag's manifests have, with ``data/``.
    """
    data = bag / DATA
    if data.is_symlink() or not data.is_dir():
        notes.faults.append("немає теки data")
        return []
    found = []
    for name in _plain_files(data, notes, inside=f"{DATA}/"):
        place = f"{DATA}/{name}"
        if place not in known and is_of_a_system(name):
            notes.remarks.append(_of_a_system(place))
            continue
        found.append(name)
        if not is_sound_name(name):
            notes.faults.append(f"недозволена назва файлу {quoted(place)}")
    return found


def bag_places(archive: Path, notes: Notes) -> list[str]:
    """Return where bags lie («sesiia-35/v0001»); tell of everything that no archive of ours has."""
    places = []
    for path in sorted(archive.iterdir()):
        if path.is_symlink():
            notes.faults.append(f"{quoted(path.name)} — посилання: в архіві таке не дозволено")
        elif path.is_dir() and _SLUG.fullmatch(path.name):
            places += list(_versions(path, notes))
        elif path.name.startswith(TEMPORARY):
            notes.unfinished.append(path.name)
        elif path.is_file() and _TORN.fullmatch(path.name):
            notes.remarks.append(f"{path.name} — відкладений обривок журналу, не частина архіву")
        elif path.is_file() and is_of_a_system(path.name):
            notes.remarks.append(_of_a_system(path.name))
        elif not _known(path):
            notes.faults.append(f"зайве в архіві: {quoted(path.name)}")
    return places


def _versions(package: Path, notes: Notes) -> Iterator[str]:
    for path in sorted(package.iterdir()):
        place = f"{package.name}/{path.name}"
        is_folder = path.is_dir() and not path.is_symlink()
        if path.name.startswith(TEMPORARY):
            notes.unfinished.append(place)
        elif is_folder and _VERSION.fullmatch(path.name):
            yield place
        elif is_folder and _ASIDE.fullmatch(path.name):
            notes.remarks.append(
                f"{place} — відкладений пакет, якого немає в журналі: не частина архіву"
            )
        elif path.is_file() and not path.is_symlink() and is_of_a_system(path.name):
            notes.remarks.append(_of_a_system(place))
        else:
            notes.faults.append(f"зайве в архіві: {quoted(place)}")


def _plain_files(folder: Path, notes: Notes, *, but: str = "", inside: str = "") -> list[str]:
    names = []
    try:
        with os.scandir(folder) as found:
            entries = sorted(found, key=lambda one: one.name)
    except OSError as error:
        notes.faults.append(f"тека не читається: {reason(error)}")
        return []
    for entry in entries[:_MOST_FILES]:
        if stat.S_ISREG(entry.stat(follow_symlinks=False).st_mode):
            names.append(entry.name)
        elif entry.name != but:
            what = "посилання" if entry.is_symlink() else "не файл"
            place = quoted(inside + entry.name)
            notes.faults.append(f"{place} — {what}: у пакеті таке не дозволено")
    if len(entries) > _MOST_FILES:
        notes.faults.append(f"файлів понад {_MOST_FILES}")
    return names


def _of_a_system(place: str) -> str:
    return (
        f"{quoted(place)} — зайвий файл системи, не частина архіву: приберіть його, бо інші "
        "програми через нього можуть не визнати пакета"
    )


def _known(path: Path) -> bool:
    named = path.name in (JOURNAL, CSV, HTML, LOCK) or TOKEN.fullmatch(path.name)
    return bool(named) and path.is_file()
