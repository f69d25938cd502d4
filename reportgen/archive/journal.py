"""The journal of an archive: a line for each bag, which names the line before by its hash.

Whoever changes, drops or moves a line breaks the chain at the next one; only the whole rest written
anew would fit again, and then the last hash is another than the one that people have noted.
Everything here is on bytes: the caller reads and appends.
"""

from __future__ import annotations

import datetime
import enum
import hashlib
import json
import re
from collections import Counter
from dataclasses import dataclass
from typing import Any, Final

from reportgen.model.moments import in_utc

#: What the first line names as the one before it.
START: Final = "0" * 64

LARGEST: Final = 256 * 1024 * 1024  # bytes of a journal, and of an index of it

#: The longest line, in bytes: nothing that we write comes near.
_LONGEST: Final = 8192
_SHA256 = re.compile(r"[0-9a-f]{64}")
_PACKAGE = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_TIME = re.compile(r"([1-9]\d{0,3})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)Z", re.ASCII)


class What(enum.Enum):
    """What happened: a package came, or its files took new time-stamps."""

    ADDED = "added"
    RENEWED = "renewed"


@dataclass(frozen=True, slots=True)
class Entry:
    """One line. ``time`` is aware, in UTC, of whole seconds, and given by the caller.

    ``stamp`` says that a time-stamping service was to be asked for this line, or for the last one
    of the same run.
    """

    number: int  # from 1
    previous: str  # SHA-256 of the line before, its end included; `START` for the first
    time: datetime.datetime
    what: What
    package: str
    version: int  # from 1
    tagmanifest: str  # SHA-256 of the bag's «tagmanifest-sha256.txt»
    who: str
    stamp: bool = False

    @property
    def bag(self) -> str:
        """Where the bag lies in the archive."""
        return bag_path(self.package, self.version)


@dataclass(frozen=True, slots=True)
class Journal:
    """A journal as it was read; ``faults`` are Ukrainian sentences, none of a sound one.

    ``torn`` is what stands after the last line end: a line that a crash has cut.
    """

    entries: tuple[Entry, ...] = ()
    hashes: tuple[str, ...] = ()  # of every line, readable or not
    torn: bytes = b""
    faults: tuple[str, ...] = ()

    @property
    def head(self) -> str:
        """The hash of the last line: whoever knows it can tell a journal that was written anew."""
        return self.hashes[-1] if self.hashes else START

    def versions(self, package: str) -> int:
        """Return how many bags of a package came."""
        return sum(one.package == package for one in self.entries)

    def latest(self) -> tuple[Entry, ...]:
        """Return the last entry of each package, by its name."""
        last = {one.package: one for one in self.entries}
        return tuple(last[name] for name in sorted(last))

    def next_entry(
        self, what: What, package: str, tagmanifest: str, time: datetime.datetime, who: str
    ) -> Entry:
        """Return the entry of a bag that is to come."""
        return Entry(
            number=len(self.hashes) + 1,
            previous=self.head,
            time=time.astimezone(datetime.UTC).replace(microsecond=0),
            what=what,
            package=package,
            version=self.versions(package) + 1,
            tagmanifest=tagmanifest,
            who=" ".join(who.split()),
        )


def bag_path(package: str, version: int) -> str:
    """Return where a bag lies in the archive: «sesiia-35/v0001»."""
    return f"{package}/v{version:04}"


def as_time(moment: datetime.datetime) -> str:
    """Return a moment as files of the archive have it."""
    utc = in_utc(moment)
    return f"{utc.year}-{utc:%m-%dT%H:%M:%SZ}"  # %Y is not the same on all systems


def parse_time(text: str) -> datetime.datetime:
    """Return the moment that `as_time` has written.

    Raises:
        ValueError: when it is none.
    """
    found = _TIME.fullmatch(text)
    if not found:
        raise ValueError
    year, month, day, hour, minute, second = map(int, found.groups())
    return datetime.datetime(year, month, day, hour, minute, second, tzinfo=datetime.UTC)


def as_line(entry: Entry) -> bytes:
    """Return the only form that the line of an entry has."""
    record = {
        "number": entry.number,
        "previous": entry.previous,
        "time": as_time(entry.time),
        "what": entry.what.value,
        "package": entry.package,
        "version": entry.version,
        "tagmanifest": entry.tagmanifest,
        "who": entry.who,
        **({"stamp": True} if entry.stamp else {}),
    }
    return json.dumps(record, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


def line_hash(line: bytes) -> str:
    """Return what the next line names this one by."""
    return hashlib.sha256(line).hexdigest()


def read_journal(data: bytes) -> Journal:
    """Read a journal; all that is wrong with it is told, and what can be read is there."""
    lines = [one + b"\n" for one in data.split(b"\n")[:-1]]
    torn = data.rpartition(b"\n")[2]
    entries: list[Entry] = []
    faults: list[str] = []
    before = START
    versions: Counter[str] = Counter()
    for number, line in enumerate(lines, 1):
        entry = _entry(line)
        if entry is None:
            faults.append(f"рядок {number} журналу не такий, яким його записують: його змінено")
        else:
            faults += _chain_faults(number, entry, before)
            versions[entry.package] += 1
            if entry.version != versions[entry.package]:
                faults.append(
                    f"рядок {number} журналу: версія {entry.version} пакета {entry.package}, "
                    f"а за порядком мала бути {versions[entry.package]}"
                )
            entries.append(entry)
        before = line_hash(line)
    if torn:
        faults.append(
            f"останній рядок журналу обірвано ({len(torn)} Б без кінця рядка): "
            "запис перервано або кінець журналу відрізано"
        )
    return Journal(tuple(entries), tuple(map(line_hash, lines)), torn, tuple(faults))


def _chain_faults(number: int, entry: Entry, before: str) -> list[str]:
    faults = []
    if entry.number != number:
        faults.append(
            f"рядок {number} журналу має номер {entry.number}: рядки додано, вилучено "
            "чи переставлено"
        )
    if entry.previous != before:
        faults.append(
            f"рядок {number} журналу не продовжує попереднього: ланцюг хешів розірвано, "
            "отже, щось перед ним змінено, вилучено чи переставлено"
        )
    return faults


def _entry(line: bytes) -> Entry | None:
    """Return the entry of a line; ``None`` if it is not byte for byte as we write it."""
    if len(line) > _LONGEST:
        return None
    try:
        record: Any = json.loads(line)
        entry = Entry(
            number=_whole(record["number"]),
            previous=_matching(_SHA256, record["previous"]),
            time=parse_time(record["time"]),
            what=What(record["what"]),
            package=_matching(_PACKAGE, record["package"]),
            version=_whole(record["version"]),
            tagmanifest=_matching(_SHA256, record["tagmanifest"]),
            who=_matching(re.compile(r".*"), record["who"]),
            stamp=record.get("stamp") is True,
        )
    except (ValueError, TypeError, KeyError, RecursionError):
        return None
    return entry if as_line(entry) == line else None


def _whole(value: object) -> int:
    if type(value) is not int or value < 1:
        raise ValueError
    return value


def _matching(pattern: re.Pattern[str], value: object) -> str:
    if not isinstance(value, str) or not pattern.fullmatch(value):
        raise ValueError
    return value
