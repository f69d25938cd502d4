"""What a killed command leaves in an archive, told from what somebody did to it.

A bag comes in three steps: it is made under a name of its own, its line goes into the journal, it
takes its place; then the index is written. Killed in between, nothing is lost or forged, and the
next command completes it. Only what is just as a crash leaves it passes for that, and nothing in it
counts for the archive but a bag that the journal tells of, which is inspected as any other.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import Final

from reportgen.archive.index_traces import index_knows_more
from reportgen.archive.journal import Journal, bag_path
from reportgen.archive.keeping import tagmanifest_of
from reportgen.archive.listing import TEMPORARY, Notes
from reportgen.archive.stamp import stamped_lines
from reportgen.diagnostics import quoted

_NEW: Final = f"{TEMPORARY}new-"
#: Files that were to be put in place, at the top of the archive: an index, a time-stamp.
_WRITTEN: Final = re.compile(re.escape(TEMPORARY) + "[0-9]+-[0-9]+")
_AGAIN: Final = "запустіть archive ще раз"
_BEGUN: Final = f"перерване внесення, до архіву нічого не ввійшло; {_AGAIN}: це буде прибрано"
_WAITS: Final = f"пакет записано в журнал, а на місце він не став; {_AGAIN}: він стане на місце"
_TORN: Final = (
    "якщо посеред archive вимкнувся комп'ютер, це слід збою: коли решта архіву ціла, обірване "
    "відкладе archive … --set-aside"
)


def new_place(place: Path) -> Path:
    """Return where a bag is made before it takes its place: «.reportgen-new-v0002»."""
    return place.with_name(_NEW + place.name)


def begun_bags(folder: Path) -> list[Path]:
    """Return the bags of an archive that have not taken their places."""
    return sorted(folder.glob(f"*/{_NEW}*"))


def waiting_bag(folder: Path, journal: Journal) -> Path | None:
    """Return where the bag of the journal's last line lies, if it has not its place yet."""
    if not journal.entries:
        return None
    last = journal.entries[-1]
    place = folder / last.bag
    new = new_place(place)
    waits = not place.exists() and not place.is_symlink() and new.is_dir() and not new.is_symlink()
    return new if waits and tagmanifest_of(new) == last.tagmanifest else None


def tell_unfinished(folder: Path, journal: Journal, notes: Notes) -> None:
    """Tell of what is unfinished in an archive: as of a crash, or as of what no crash leaves."""
    waiting = waiting_bag(folder, journal)
    for place in notes.unfinished:
        path = folder / place
        if path == waiting:
            notes.remarks.append(f"{quoted(place)} — {_WAITS}")
        elif _is_left(path, folder, journal):
            notes.remarks.append(f"{quoted(place)} — {_BEGUN}")
        else:
            notes.faults.append(f"зайве в архіві: {quoted(place)}")


def _is_left(path: Path, folder: Path, journal: Journal) -> bool:
    """Tell whether a crash leaves this: the next bag of a package, or a file half written."""
    if path.is_symlink():
        return False
    if path.parent == folder:
        return path.is_file() and _WRITTEN.fullmatch(path.name) is not None
    package = path.parent.name
    following = folder / bag_path(package, journal.versions(package) + 1)
    return path.is_dir() and path == new_place(following)


def torn_remarks(folder: Path, journal: Journal, bags: Collection[str]) -> Iterator[str]:
    """Tell what to do about an end of the journal that may have been lost with the power.

    It stays a fault: whoever cuts a journal leaves the same.
    """
    unknown = [one for one in bags if one not in {each.bag for each in journal.entries}]
    of_next = all(_is_next(one, journal) for one in unknown)
    if not (journal.torn or unknown) or len(unknown) > 1 or not of_next:
        return
    if len(journal.faults) == bool(journal.torn) and not cut_proof(folder, journal):
        yield _TORN


def _is_next(place: str, journal: Journal) -> bool:
    package = place.partition("/")[0]
    return place == bag_path(package, journal.versions(package) + 1)


def cut_proof(folder: Path, journal: Journal) -> str:
    """Return what proves that the journal had more lines, a Ukrainian sentence; "" if nothing.

    A line is stamped, and told of in the index, only once it lies on the disk whole.
    """
    proven, there = max(stamped_lines(folder), default=0), len(journal.hashes)
    if proven > there:
        return f"позначка часу засвідчує {proven}-й рядок журналу, а цілих рядків {there}"
    known = index_knows_more(folder, journal)
    return f"покажчик, який пишуть після журналу, називає {known}" if known else ""
