"""A bag or a whole archive inspected: what is there, what should be, what became of signatures."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeAlias

from reportgen.archive.bag import DATA, DESCRIPTION
from reportgen.archive.bag_inspection import Bag, inspect_bag, is_bag
from reportgen.archive.dating import disagreements, undated, undated_remark
from reportgen.archive.description import Held
from reportgen.archive.index_inspection import judge_index
from reportgen.archive.journal import LARGEST, START, Entry, Journal, read_journal
from reportgen.archive.listing import JOURNAL, Notes, bag_places
from reportgen.archive.outlook import remarks_on
from reportgen.archive.reading import Digests, read_whole
from reportgen.archive.stamp import judge_stamps, lines_of
from reportgen.archive.stating import of_bag, of_journal
from reportgen.archive.unfinished import tell_unfinished, torn_remarks, waiting_bag
from reportgen.diagnostics import natural, reason
from reportgen.model.verdict import Outcome, Signed, Verdict

#: What judges one signed file: a PDF, a container, a signature that lies beside its file.
Judge: TypeAlias = Callable[[Path], Verdict]


@dataclass(frozen=True, slots=True)
class Archive:
    """An archive as it lies there, with every bag read from end to end."""

    folder: Path
    data: bytes  # of the journal
    journal: Journal
    bags: Mapping[str, Bag]  # by place: «sesiia-35/v0001»
    faults: tuple[str, ...]  # of the folder
    remarks: tuple[str, ...]


def is_archive(folder: Path) -> bool:
    """Tell whether a folder is an archive: it has a journal, or a bag where an archive has bags."""
    return (folder / JOURNAL).is_file() or any(folder.glob("*/v[0-9]*/bagit.txt"))


def inspect(
    folder: Path, judge: Judge, *, head: str = "", roots: Sequence[bytes] = ()
) -> tuple[Verdict, ...]:
    """Return what is found of a bag or an archive: of itself, and of each signed file in it.

    Args:
        folder: a bag, or an archive with its journal.
        judge: what tells of one signed file.
        head: how the hash of some line of the journal begins that somebody has noted; "" if
            nobody has.
        roots: certificates that are trusted with time-stamps of the journal, DER.
    """
    if is_bag(folder):
        return (*_bag_verdicts(folder.name, inspect_bag(folder), (), judge, is_latest=True),)
    archive = read_archive(folder)
    faults = [*archive.journal.faults, *archive.faults]
    if not any(one.startswith(head) for one in archive.journal.hashes or (START,)):
        faults.append(
            f"у журналі немає рядка з хешем {head}: спершу звірте, чи правильно його набрано; якщо "
            "так, журнал переписано або кінець його відрізано"
        )
    stamps, undated = _dated(judge_stamps(folder, archive.data, roots), archive.journal.entries)
    states = of_journal(archive.journal, head)
    verdicts = [_hashed(JOURNAL, archive.data, faults, states, [*archive.remarks, *undated])]
    verdicts += stamps
    verdicts += judge_index(folder, archive.journal, archive.bags)
    entries = {one.bag: one for one in archive.journal.entries}
    latest = {one.bag for one in archive.journal.latest()}
    for place in sorted(entries.keys() | archive.bags.keys(), key=natural):
        bag, entry = archive.bags.get(place), entries.get(place)
        if bag is None:
            missing = f"бракує пакета {place}: його записано в журналі, а в архіві його немає"
            verdicts.append(Verdict(place, "", (), (missing,), hashed=True))
        else:
            against = _against(bag, entry, place)
            verdicts += _bag_verdicts(place, bag, against, judge, is_latest=place in latest)
    return tuple(verdicts)


def _dated(stamps: Sequence[Verdict], entries: Sequence[Entry]) -> tuple[list[Verdict], list[str]]:
    """Return time-stamps, held against the times of the lines; what is to be known of the lines."""
    moments = {
        lines_of(one.name): signed.stamped
        for one in stamps
        for signed in one.signed
        if signed.stamped and signed.outcome is not Outcome.INVALID
    }
    held = [
        replace(one, faults=(*one.faults, *disagreements(entries, moments, number)))
        if (number := lines_of(one.name)) in moments
        else one
        for one in stamps
    ]
    missing = undated(entries, moments)
    return held, [undated_remark(missing)] if missing else []


def read_archive(folder: Path) -> Archive:
    """Read an archive: its journal, and every bag from end to end."""
    notes = Notes()
    try:
        data = read_whole(folder / JOURNAL, LARGEST)
    except OSError as error:
        data = b""
        notes.faults.append(f"{JOURNAL} не читається: {reason(error)}")
    bags = {place: inspect_bag(folder / place) for place in bag_places(folder, notes)}
    journal = read_journal(data)
    notes.remarks += torn_remarks(folder, journal, bags)
    tell_unfinished(folder, journal, notes)
    if waiting := waiting_bag(folder, journal):
        bags[journal.entries[-1].bag] = inspect_bag(waiting)
    return Archive(folder, data, journal, bags, tuple(notes.faults), tuple(notes.remarks))


def _against(bag: Bag, entry: Entry | None, place: str) -> Iterator[str]:
    """Tell where a bag is not the one that the journal tells of."""
    if entry is None:
        yield f"пакета {place} немає в журналі: його додано в обхід архіву"
        return
    if bag.tagmanifest != entry.tagmanifest:
        yield f"пакет не той, що записано в рядку {entry.number} журналу: його підмінено чи змінено"
    said = bag.description
    if said and (said.package, said.version, said.what, said.time) != (
        *(entry.package, entry.version, entry.what, entry.time),
    ):
        yield f"опис пакета не збігається з рядком {entry.number} журналу"


def _bag_verdicts(
    place: str, bag: Bag, against: Iterable[str], judge: Judge, *, is_latest: bool
) -> Iterator[Verdict]:
    """Yield what is found of a bag and of each signed file in it.

    What its files do not prove is told of the latest bag of a package: another came in its place.
    """
    described = {one.name: one for one in bag.description.files} if bag.description else {}
    found: dict[str, Verdict] = {}
    unsigned: list[str] = []
    for name in sorted(bag.payload, key=natural):
        held = described.get(name)
        if name in bag.signed or (held and held.outcome):
            verdict = judge(bag.folder / DATA / name)
            found[name] = replace(verdict, faults=(*verdict.faults, *_otherwise(held, verdict)))
        elif name.lower().endswith(".pdf"):
            unsigned.append(held.called if held else name)
    judged = {described[one].called: each for one, each in found.items() if one in described}
    told = remarks_on(unsigned, judged) if is_latest else ()
    yield Verdict(
        *(place, bag.tagmanifest, (), (*bag.faults, *against)),
        hashed=True,
        remarks=(*bag.remarks, *told),
        states=of_bag(bag.payload),
    )
    for name, verdict in found.items():
        yield replace(verdict, name=f"{place}/{DATA}/{name}")


def _otherwise(held: Held | None, found: Verdict) -> Iterator[str]:
    """Tell where the description names other signatures than those that were found.

    What became of them may change with the years, and with the roots; their certificates may not.
    """
    if held is None or held.outcome is None or found.faults:
        return  # told of already
    if _serials(held.signed) != _serials(found.signed):
        yield f"{DESCRIPTION} називає інші підписи, ніж ті, що у файлі: щось із них підмінено"


def _serials(signed: Sequence[Signed]) -> list[str]:
    return sorted(one.holder.serial if one.holder else "" for one in signed)


def _hashed(
    name: str, data: bytes, faults: Sequence[str], states: str, remarks: Sequence[str] = ()
) -> Verdict:
    sha256 = Digests.of(data).sha256
    return Verdict(
        *(name, sha256, (), tuple(faults)), hashed=True, remarks=tuple(remarks), states=states
    )
