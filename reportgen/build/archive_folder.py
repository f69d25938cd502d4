"""An archive's folder: bags come into it whole, and nothing that is there is ever touched.

A bag is made under a name that nobody takes for a bag, flushed to the disk and judged; then its
line goes into the journal, which is the moment of truth; then the bag takes its name, in one move.
A command that was killed in between has left a bag that the journal knows already: the next command
moves it. All else that is left over goes.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import shutil
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from reportgen.archive.bag import DATA, DESCRIPTION, TAG_MANIFESTS, Label, read_manifest, tag_files
from reportgen.archive.bag_inspection import inspect_bag
from reportgen.archive.description import LARGEST as LARGEST_DESCRIPTION
from reportgen.archive.description import Description, as_json, parse
from reportgen.archive.index import Kept
from reportgen.archive.inspection import JOURNAL, LARGEST, TEMPORARY, index_files
from reportgen.archive.journal import Entry, Journal, as_line, bag_path, read_journal
from reportgen.archive.reading import Digests, digests, read_whole
from reportgen.build.files import locked, put_in_place, sweep, sync_folder, unwritable
from reportgen.diagnostics import BrokenEnvironment, reason

_READ_ONLY, _READ_ONLY_FOLDER = 0o444, 0o555
_NEW: Final = f"{TEMPORARY}new-"  # «.reportgen-new-v0002» beside «v0001»
_CHECK: Final = "перевірте архів: reportgen verify"

#: Files of a bag by name: where each lies now, or its bytes.
Payload = Mapping[str, Path | bytes]


@dataclass(frozen=True, slots=True)
class Filling:
    """A bag that is being made: its files are there, by name, and can be judged."""

    folder: Path  # where they lie
    payload: Mapping[str, Digests]
    version: int


@dataclass(slots=True)
class ArchiveFolder:
    """An archive that one command holds."""

    folder: Path
    journal: Journal

    def add(
        self,
        package: str,
        payload: Payload,
        describe: Callable[[Filling], tuple[Description, str]],
        who: str,
    ) -> Entry:
        """Put a bag in its place, and return its line of the journal.

        ``describe`` tells of the files as they lie in the bag, and what program makes it; whatever
        it raises, nothing has come.

        Raises:
            BrokenEnvironment: when something cannot be written or is not as it was written.
        """
        version = self.journal.versions(package) + 1
        place = self.folder / bag_path(package, version)
        if os.path.lexists(place):
            raise BrokenEnvironment(f"{place} уже є, а в журналі його немає: {_CHECK}")
        new = place.with_name(_NEW + place.name)
        try:
            filling = _filled(new, payload, version)
            described, maker = describe(filling)
            tagmanifest = _closed(new, filling.payload, described, maker)
            entry = self.journal.next_entry(
                described.what, package, tagmanifest, described.time, who
            )
            self._append(entry)
            _settle(new, place)
        except OSError as error:
            raise unwritable(Path(error.filename or place), error) from error
        finally:
            if self.journal.versions(package) < version:
                _remove(new)
        return entry

    def write_index(self) -> None:
        """Write the index anew, of what the bags say of themselves.

        Raises:
            BrokenEnvironment: when a bag is not the one that the journal tells of, or the index
                cannot be written.
        """
        bags = [Kept(one, _described(self.folder, one)) for one in self.journal.entries]
        files = index_files(bags, self.journal, self.folder)
        put_in_place({self.folder / name: data for name, data in files.items()})

    def _append(self, entry: Entry) -> None:
        """Add a line to the journal, whole or not at all."""
        line, path = as_line(entry), self.folder / JOURNAL
        handle = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o644)
        try:
            size = os.fstat(handle).st_size
            try:
                _write_all(handle, line)
                os.fsync(handle)
            except OSError:
                os.ftruncate(handle, size)  # what has come of the line is ours, and nobody's yet
                raise
        finally:
            os.close(handle)
        sync_folder(self.folder)
        self.journal = read_journal(read_whole(path, LARGEST))


@contextlib.contextmanager
def opened(folder: Path) -> Iterator[ArchiveFolder]:
    """Hold an archive for one command; what a killed one has left is completed or removed.

    Raises:
        BrokenEnvironment: when another command holds it, its journal is not sound, or it cannot be
            written to.
    """
    with locked(folder):
        try:
            data = read_whole(folder / JOURNAL, LARGEST)
        except FileNotFoundError:
            data = b""
        except OSError as error:
            raise BrokenEnvironment(f"{folder / JOURNAL}: {reason(error)}") from error
        journal = read_journal(data)
        if journal.faults:
            raise BrokenEnvironment(f"{folder / JOURNAL}: {journal.faults[0]}; {_CHECK} {folder}")
        if not data and any(folder.glob("*/v[0-9]*/bagit.txt")):
            raise BrokenEnvironment(f"у {folder} є пакети, а журналу немає: {_CHECK} {folder}")
        try:
            _recover(folder, journal)
            sweep(folder)
        except OSError as error:
            raise unwritable(folder, error) from error
        yield ArchiveFolder(folder, journal)


def _recover(folder: Path, journal: Journal) -> None:
    """Complete the bag whose line is the journal's last, if it has not its name yet."""
    if journal.entries:
        last = journal.entries[-1]
        place = folder / last.bag
        new = place.with_name(_NEW + place.name)
        if not os.path.lexists(place) and new.is_dir() and _tagmanifest(new) == last.tagmanifest:
            faults = inspect_bag(new).faults
            if faults:
                raise BrokenEnvironment(f"{new}: {faults[0]}")
            _settle(new, place)
    for left in sorted(folder.glob(f"*/{_NEW}*")):
        _remove(left)
        with contextlib.suppress(OSError):  # other versions lie there
            left.parent.rmdir()


def _filled(new: Path, payload: Payload, version: int) -> Filling:
    """Copy the files into a bag that nobody sees yet."""
    _remove(new)
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


def _closed(new: Path, payload: Mapping[str, Digests], described: Description, maker: str) -> str:
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


def _write_all(handle: int, data: bytes) -> None:
    """Write all of it; on a full disk the system may take a part and refuse the rest."""
    while data:
        data = data[os.write(handle, data) :]


def _settle(new: Path, place: Path) -> None:
    """Give a whole bag its name."""
    new.rename(place)
    place.chmod(_READ_ONLY_FOLDER)
    sync_folder(place.parent)


def _tagmanifest(bag: Path) -> str:
    """Return the hash that the journal knows a bag by; "" where there is none."""
    try:
        data = read_whole(bag / TAG_MANIFESTS[0], LARGEST_DESCRIPTION)
    except OSError:
        return ""
    return hashlib.sha256(data).hexdigest()


def _described(folder: Path, entry: Entry) -> Description:
    """Return what a bag says of itself, once it is sure that the journal means it."""
    bag = folder / entry.bag
    try:
        manifest = read_whole(bag / TAG_MANIFESTS[0], LARGEST_DESCRIPTION)
        data = read_whole(bag / DESCRIPTION, LARGEST_DESCRIPTION)
        given = read_manifest(manifest).get(DESCRIPTION)
        known = hashlib.sha256(manifest).hexdigest() == entry.tagmanifest
        if known and given == hashlib.sha256(data).hexdigest():
            return parse(data)
    except (OSError, ValueError):
        pass
    raise BrokenEnvironment(f"{bag}: це не той пакет, що записано в журналі; {_CHECK} {folder}")


def _remove(path: Path) -> None:
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
