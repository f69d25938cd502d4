"""The index of an archive held against its bags and its journal."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final

from reportgen.archive.bag_inspection import Bag
from reportgen.archive.index import CSV, HTML, Kept, as_csv, view
from reportgen.archive.index_check import Checked, check_index
from reportgen.archive.journal import LARGEST, Entry, Journal, What
from reportgen.archive.keeping import kept
from reportgen.archive.page import render
from reportgen.archive.reading import Digests, read_whole
from reportgen.archive.stamp import lines_of, stamps_in
from reportgen.archive.stating import OF_INDEX
from reportgen.diagnostics import reason
from reportgen.model.verdict import Verdict

_OLDER: Final = (
    "покажчик ще не знає кінця журналу: archive перервано, перш ніж його складено; запустіть "
    "archive ще раз: він складеться знову"
)


def index_files(
    bags: Sequence[Kept], journal: Journal, stamps: Mapping[str, str]
) -> dict[str, bytes]:
    """Return the files of the index by name; ``stamps`` are hashes of the journal's time-stamps."""
    return {CSV: as_csv(bags, journal, stamps), HTML: render(view(bags, journal))}


def knows_end(folder: Path, journal: Journal) -> bool:
    """Tell whether both files of the index were written after the journal's last line."""
    try:
        return not journal.hashes or all(
            journal.head.encode() in read_whole(folder / name, LARGEST) for name in (CSV, HTML)
        )
    except OSError:
        return False


def judge_index(folder: Path, journal: Journal, bags: Mapping[str, Bag]) -> Iterator[Verdict]:
    """Yield what is found of each file of the index; ``bags`` are those that lie there, by place.

    One that was written before the last run of a command came to its end is not wrong, but older.
    """
    indexed, stamps = _may_be_indexed(folder, journal, bags), stamps_in(folder)
    rights = [(one, index_files(one, journal, stamps)) for one in indexed]
    for name in (CSV, HTML):
        try:
            data = read_whole(folder / name, LARGEST)
        except OSError as error:
            first = isinstance(error, FileNotFoundError) and len(journal.hashes) == 1
            said = (_OLDER,) if first else (f"{name} не читається: {reason(error)}",)
            faults, remarks = ((), said) if first else (said, ())
            yield Verdict(name, "", (), faults, hashed=True, remarks=remarks)
            continue
        found = [check_index(name, data, right[name], those) for those, right in rights]
        checked = min(found, key=lambda one: (bool(one.faults), bool(one.remarks)))
        if checked.faults:
            checked = _as_older(name, data, journal, indexed, stamps) or checked
        yield Verdict(
            *(name, Digests.of(data).sha256, (), checked.faults),
            hashed=True,
            remarks=checked.remarks,
            states="" if checked.remarks else OF_INDEX,
        )


def _may_be_indexed(folder: Path, journal: Journal, bags: Mapping[str, Bag]) -> list[list[Kept]]:
    """Return what the index may be made of: the bags as they tell of themselves.

    A damaged one is told as such if the index was written since, or as it was before.
    """
    sure = kept(folder, journal)
    there = [(entry, bags.get(entry.bag)) for entry in journal.entries]
    said = [Kept(entry, bag.description if bag else None) for entry, bag in there]
    return [sure] if said == sure else [sure, said]


def _as_older(
    name: str,
    data: bytes,
    journal: Journal,
    indexed: Sequence[Sequence[Kept]],
    stamps: Mapping[str, str],
) -> Checked | None:
    """Return what is found of an index as of a crash: written before the last run's lines.

    ``None`` if it is none such. Its last time-stamp may have come without it, too.
    """
    known = (number for number, one in enumerate(journal.hashes, 1) if one.encode() in data)
    lines = max(known, default=0)
    if journal.faults or not lines or not _are_of_one_run(journal.entries[lines:]):
        return None
    then = Journal(journal.entries[:lines], journal.hashes[:lines])
    for last in (lines, lines - 1):
        of_then = {one: sha for one, sha in stamps.items() if lines_of(one) <= last}
        for bags in indexed:
            right = index_files(bags[:lines], then, of_then)
            checked = check_index(name, data, right[name], bags[:lines])
            if not checked.faults:
                return Checked(remarks=(*checked.remarks, _OLDER))
    return None


def _are_of_one_run(entries: Sequence[Entry]) -> bool:
    """Tell whether one command may have written these lines: only a renewal writes several."""
    return len(entries) <= 1 or all(one.what is What.RENEWED for one in entries)
