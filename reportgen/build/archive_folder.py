"""An archive's folder: bags come into it whole, and nothing that is there is ever touched.

A bag is made under a name that nobody takes for a bag, flushed to the disk and judged; then its
line goes into the journal, which is the moment of truth; then the bag takes its name, in one move.
What a killed command has left in between, `archive_recovery` completes.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from reportgen.archive.description import Description
from reportgen.archive.index_inspection import index_files, knows_end
from reportgen.archive.journal import (
    LARGEST,
    Entry,
    Journal,
    as_line,
    bag_path,
    read_journal,
)
from reportgen.archive.keeping import damaged, kept
from reportgen.archive.listing import JOURNAL
from reportgen.archive.reading import read_whole
from reportgen.archive.stamp import stamps_in
from reportgen.archive.unfinished import new_place
from reportgen.build.archive_recovery import (
    CHECK,
    Told,
    completed,
    refuse_cut,
    silent,
    torn_end_aside,
    unknown_bag_aside,
)
from reportgen.build.bagging import Filling, Payload, closed, filled, remove, settle
from reportgen.build.files import locked, put_in_place, refuse_links, sweep, sync_folder, unwritable
from reportgen.diagnostics import BrokenEnvironment, reason

_OWN: Final = getattr(os, "O_NOFOLLOW", 0)


@dataclass(slots=True)
class ArchiveFolder:
    """An archive that one command holds.

    ``stamps`` says that a service is to be asked for time-stamps of the lines to come; ``damaged``
    are bags that cannot tell of themselves.
    """

    folder: Path
    journal: Journal
    stamps: bool = False
    damaged: tuple[str, ...] = ()

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
            raise BrokenEnvironment(f"{place} уже є, і це не пакет: {CHECK} {self.folder}")
        refuse_links(self.folder, [package])
        new = new_place(place)
        try:
            try:
                filling = filled(new, payload, version)
                described, maker = describe(filling)
                tagmanifest = closed(new, filling.payload, described, maker)
            except BaseException:
                remove(new)
                raise
            entry = replace(
                self.journal.next_entry(described.what, package, tagmanifest, described.time, who),
                stamp=self.stamps,
            )
            # From here on only the next command may tell what is to be kept: the line may be there.
            self._append(entry)
            settle(new, place)
        except OSError as error:
            raise unwritable(Path(error.filename or place), error) from error
        return entry

    def write_index(self) -> None:
        """Write the index anew, of what the bags say of themselves; damaged ones it calls so.

        Raises:
            BrokenEnvironment: when it cannot be written.
        """
        bags = kept(self.folder, self.journal)
        files = index_files(bags, self.journal, stamps_in(self.folder))
        put_in_place({self.folder / name: data for name, data in files.items()})

    def _append(self, entry: Entry) -> None:
        """Add a line to the journal, whole or not at all."""
        line, path = as_line(entry), self.folder / JOURNAL
        handle = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT | _OWN, 0o644)
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
def opened(
    folder: Path,
    *,
    set_aside: bool = False,
    stamps: bool = False,
    despite_damage: bool = False,
    told: Told = silent,
) -> Iterator[ArchiveFolder]:
    """Hold an archive for one command; what a killed one has left is completed or removed.

    ``set_aside`` asks to put a torn end of the journal into a file of its own, and a bag without a
    line beside; unasked, nobody touches them. ``stamps`` says that a service will be asked.
    ``despite_damage`` asks to go on although some bag cannot tell of itself. ``told`` is given a
    Ukrainian sentence on each thing that was completed, removed or put aside, as soon as it is.

    Raises:
        BrokenEnvironment: when another command holds it, its journal or a bag is not sound, or it
            cannot be written to.
    """
    with locked(folder):
        lies_there = True
        try:
            data = read_whole(folder / JOURNAL, LARGEST)
        except FileNotFoundError:
            data, lies_there = b"", False
        except OSError as error:
            raise BrokenEnvironment(f"{folder / JOURNAL}: {reason(error)}") from error
        journal = read_journal(data)
        if journal.torn:
            journal = torn_end_aside(folder, data, journal, told, asked=set_aside)
        if journal.faults:
            raise BrokenEnvironment(f"{folder / JOURNAL}: {journal.faults[0]}; {CHECK} {folder}")
        if not lies_there and any(folder.glob("*/v[0-9]*/bagit.txt")):
            raise BrokenEnvironment(
                f"у {folder} є пакети, а журналу немає: поверніть {JOURNAL} з копії архіву"
            )
        refuse_cut(folder, journal)
        try:
            completed(folder, journal, told)
            spoilt = damaged(folder, journal)
            if spoilt and not despite_damage:
                raise _damage(folder, spoilt)
            unknown_bag_aside(folder, journal, told, asked=set_aside)
            sweep(folder)
        except OSError as error:
            raise unwritable(folder, error) from error
        archive = ArchiveFolder(folder, journal, stamps, spoilt)
        if not knows_end(folder, journal):  # so that it is never behind by more than one run
            archive.write_index()
        yield archive


def _damage(folder: Path, bags: Sequence[str]) -> BrokenEnvironment:
    return BrokenEnvironment(
        f"{folder}: це не ті пакети, що записано в журналі: {', '.join(bags)}; поверніть їхні теки "
        f"з копії архіву ({CHECK} {folder}); якщо копії немає, додайте --again: покажчик назве "
        "пакет зіпсованим"
    )


def _write_all(handle: int, data: bytes) -> None:
    """Write all of it; on a full disk the system may take a part and refuse the rest."""
    while data:
        data = data[os.write(handle, data) :]
