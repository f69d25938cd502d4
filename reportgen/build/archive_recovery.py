"""An archive after a crash: what was begun is completed, what stands in the way is put aside.

A bag comes in three steps: it is made under a name of its own, its line goes into the journal, it
takes its place. Killed before the line, nothing has come, and what was begun goes; killed after it,
the next command moves the bag. A system that loses power may also lose the end of the line that
the disk was said to have, and keep the bag: then both are put aside when that is asked for, under
names that no archive counts, and the package can come again. Nothing else is ever removed.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable
from itertools import chain, count
from pathlib import Path
from typing import Final, TypeAlias

from reportgen.archive.bag_inspection import inspect_bag
from reportgen.archive.journal import Journal, read_journal
from reportgen.archive.listing import JOURNAL, Notes, bag_places
from reportgen.archive.unfinished import begun_bags, cut_proof, waiting_bag
from reportgen.build.bagging import remove, settle
from reportgen.build.files import put_in_place, sync_folder
from reportgen.diagnostics import BrokenEnvironment

#: Is told what becomes of each thing that a crash has left, a Ukrainian sentence.
Told: TypeAlias = Callable[[str], None]

CHECK: Final = "перевірте архів: reportgen verify"


def silent(_: str) -> None:
    """Tell nobody."""


def torn_end_aside(
    folder: Path, data: bytes, journal: Journal, told: Told, *, asked: bool
) -> Journal:
    """Return the journal without its torn end, which goes into a file of its own.

    Raises:
        BrokenEnvironment: when nobody asked, or more than a torn line is gone.
    """
    if not asked:
        raise BrokenEnvironment(
            f"{folder / JOURNAL}: {journal.faults[-1]}; {CHECK} {folder}, тоді додайте "
            "--set-aside: обірване ляже в окремий файл"
        )
    refuse_cut(folder, journal)
    name = f"journal.torn-{len(journal.hashes) + 1:04}"
    whole = data.removesuffix(journal.torn)
    aside = _free(folder, name, f"{name}-")
    put_in_place({aside: journal.torn})
    put_in_place({folder / JOURNAL: whole})
    told(f"Обривок останнього рядка журналу відкладено, тепер він тут: {aside}")
    return read_journal(whole)


def completed(folder: Path, journal: Journal, told: Told) -> None:
    """Give the bag of the journal's last line its place, if it has not; what was begun goes.

    Raises:
        BrokenEnvironment: when that bag was changed in between.
        OSError: when something cannot be moved or removed.
    """
    if waiting := waiting_bag(folder, journal):
        if faults := inspect_bag(waiting).faults:
            raise BrokenEnvironment(f"{waiting}: {faults[0]}")
        place = folder / journal.entries[-1].bag
        settle(waiting, place)
        told(f"Перерване внесення доведено до кінця: {place}")
    for left in begun_bags(folder):
        remove(left)
        told(f"Залишок перерваного внесення прибрано: {left}")
        with contextlib.suppress(OSError):  # other versions lie there
            left.parent.rmdir()


def unknown_bag_aside(folder: Path, journal: Journal, told: Told, *, asked: bool) -> None:
    """Put a bag aside that the journal does not know, if there is one.

    A crash leaves one at the most. Where there are more, lines were cut off, and it is the journal
    that has to come back.

    Raises:
        BrokenEnvironment: when there are several, or nobody asked.
        OSError: when it cannot be moved.
    """
    known = {one.bag for one in journal.entries}
    unknown = [one for one in bag_places(folder, Notes()) if one not in known]
    if not unknown:
        return
    [place, *more] = unknown
    said = f"{folder / place} уже є, а в журналі його немає"
    if more:
        raise BrokenEnvironment(
            f"{said}, як і ще кількох пакетів ({', '.join(more)}): кінець журналу відрізано; "
            f"поверніть {JOURNAL} з копії архіву"
        )
    if not asked:
        raise BrokenEnvironment(
            f"{said}; {CHECK} {folder}, тоді додайте --set-aside: пакет ляже поруч під іншою "
            "назвою, і його можна буде внести знову"
        )
    refuse_cut(folder, journal)
    path = folder / place
    aside = _free(path.parent, f"{path.name}.aside-1", f"{path.name}.aside-")
    path.rename(aside)
    sync_folder(path.parent)
    told(f"Пакет, якого немає в журналі ({place}), відкладено, тепер він тут: {aside}")


def refuse_cut(folder: Path, journal: Journal) -> None:
    """Refuse to go on where more lines are proven to have been there: that is no crash.

    Raises:
        BrokenEnvironment: naming what proves it.
    """
    if proof := cut_proof(folder, journal):
        raise BrokenEnvironment(
            f"{proof}: це не обрив, кінець журналу відрізано; поверніть {JOURNAL} з копії архіву"
        )


def _free(folder: Path, name: str, numbered: str) -> Path:
    """Return the first name that nothing has: ``name``, or ``numbered`` with 2, 3 and so on."""
    names = chain([name], (f"{numbered}{number}" for number in count(2)))
    return next(folder / one for one in names if not os.path.lexists(folder / one))
