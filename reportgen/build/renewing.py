"""The whole archive gone over: bags whose time-stamps end soon come once more, with new ones.

Each bag is a step of its own. What was done stays done, so a run that was stopped goes on where it
was when it is started again: what is renewed is due no more.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from reportgen.archive.bag import DATA
from reportgen.archive.bag_inspection import Bag, inspect_bag
from reportgen.archive.description import Description, Held
from reportgen.archive.inspection import Judge
from reportgen.archive.journal import Entry, What
from reportgen.archive.outlook import Outlook, holds_until, outlook
from reportgen.archive.renewal import StampError
from reportgen.build.archive_folder import ArchiveFolder
from reportgen.build.archiving import MAKER, judged
from reportgen.build.bagging import Filling
from reportgen.build.gathering import UnfitError

#: Gives a signed PDF one more time-stamp; raises `StampError`.
Extend = Callable[[bytes], bytes]


@dataclass(frozen=True, slots=True)
class Step:
    """What became of one bag. ``entry`` is its new line of the journal, if it needed one.

    ``faults`` tell of what may lose its force before the day, ``remarks`` of what cannot be renewed
    here either, but will hold until then. All are Ukrainian sentences.
    """

    bag: str
    entry: Entry | None
    faults: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Renewing:
    """How bags are renewed. ``before`` is the day by which evidence may not end."""

    before: datetime.datetime
    judge: Judge
    extend: Extend
    time: datetime.datetime
    who: str

    def go(self, archive: ArchiveFolder) -> Iterator[Step]:
        """Renew what is due, and yield each bag as it is done with."""
        for entry in archive.journal.latest():
            try:
                bag, said = _sound(archive.folder / entry.bag, entry)
            except UnfitError as error:
                yield Step(entry.bag, None, error.faults)
                continue
            signed = [one for one in said.files if one.outcome]
            seen = {
                one.name: outlook(one.name, self.judge(bag.folder / DATA / one.name))
                for one in signed
            }
            faults, remarks = self._stuck(signed, seen)
            due = {one: each.until for one, each in seen.items() if each.is_due(self.before)}
            try:
                made = self._renewed(archive, bag, said, due) if due else None
            except UnfitError as error:
                yield Step(entry.bag, None, (*faults, *error.faults), remarks)
            else:
                yield Step(entry.bag, made, faults, remarks)

    def _stuck(
        self, files: Sequence[Held], seen: Mapping[str, Outlook]
    ) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Tell of the files that no time-stamp helps: those that may not last, and the others.

        Files of one package mostly share their day and their reason: these stand in one sentence.
        """
        alike: dict[Outlook, list[str]] = {}
        for one in files:
            if seen[one.name].hindrance:
                alike.setdefault(seen[one.name], []).append(one.called)
        faults: list[str] = []
        remarks: list[str] = []
        for found, names in alike.items():
            ends = f"діє до {found.until:%d.%m.%Y}" if found.until else "невідомо, доки діє"
            told = f"{', '.join(names)}: {ends}, поновити не можна: {found.hindrance}"
            (remarks if found.lasts(self.before) else faults).append(told)
        return tuple(faults), tuple(remarks)

    def _renewed(
        self,
        archive: ArchiveFolder,
        bag: Bag,
        said: Description,
        due: Mapping[str, datetime.datetime | None],
    ) -> Entry:
        data = bag.folder / DATA
        payload: dict[str, Path | bytes] = {one.name: data / one.name for one in said.files}
        payload |= {name: self._extended(data / name) for name in due}

        def describe(filling: Filling) -> tuple[Description, str]:
            return self._described(said, filling, due), MAKER

        return archive.add(said.package, payload, describe, self.who)

    def _extended(self, path: Path) -> bytes:
        try:
            return self.extend(path.read_bytes())
        except StampError as error:
            raise UnfitError(f"{path.name}: {error}") from error

    def _described(
        self,
        said: Description,
        filling: Filling,
        until: Mapping[str, datetime.datetime | None],
    ) -> Description:
        """Return what the new bag holds; evidence that ends no later than before is refused."""
        faults: list[str] = []
        files = tuple(self._held(one, filling, until, faults) for one in said.files)
        if faults:
            raise UnfitError(*faults)
        return replace(
            said,
            version=filling.version,
            what=What.RENEWED,
            time=self.time.astimezone(datetime.UTC).replace(microsecond=0),
            files=files,
        )

    def _held(
        self,
        held: Held,
        filling: Filling,
        until: Mapping[str, datetime.datetime | None],
        faults: list[str],
    ) -> Held:
        if held.name not in until:
            return held
        told = filling.payload[held.name]
        fresh = replace(held, size=told.size, sha256=told.sha256)
        fresh = judged(fresh, filling.folder / held.name, self.judge, faults)
        old, new = until[held.name], holds_until(held.name, fresh.signed)
        if old and (new is None or new <= old):
            faults.append(
                f"{held.called}: нова позначка часу діє не довше за стару, до {old:%d.%m.%Y}: "
                "потрібна служба з новішим сертифікатом"
            )
        return fresh


def _sound(folder: Path, entry: Entry) -> tuple[Bag, Description]:
    """Return a bag that is as the journal tells of it, and what it says of itself.

    Raises:
        UnfitError: when it is another, or was changed.
    """
    bag = inspect_bag(folder)
    if bag.faults or bag.tagmanifest != entry.tagmanifest or bag.description is None:
        raise UnfitError(*bag.faults or ["пакет не той, що записано в журналі"])
    return bag, bag.description
