"""Names in a cell, matched with a register: bodies that carry out measures, target programmes.

People part names by commas, semicolons, «та» or nothing at all, and names have commas of their own;
so a cell is read name by name, the longest spelling that the register knows first.
"""

from __future__ import annotations

import enum
import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from rapidfuzz import fuzz, process
from rapidfuzz.distance import Levenshtein

_BETWEEN = re.compile(r"(?:[\s,;.]+|(?:та|і|й)\s+)+")
_HEADS = (
    "департамент управлінн відділ служб центр комунальн заклад громадськ благодійн інші інш "
    "виконавч головн міськ обласн районн підприємств установ організаці агенці фонд кп ку кз "
    "комітет"
)
_HEAD = re.compile(rf"(?:{'|'.join(_HEADS.split())})", re.IGNORECASE)
_NEAR = 93.0  # of 100: a letter or two in a name of a line
_APART = 4.0  # by so much the nearest must be nearer than the next
_LOOKED_AT = 400  # characters that tell whether a cell holds names
_SHORTEST = 6  # letters: shorter names are never guessed
_SHORTEST_SLIP = 15  # letters: two new names as long that differ by one letter are one name
_MANY = re.compile(r"(?P<head>[^\W\d_]+)[^,;:]*:\s*")


class How(enum.Enum):
    """How a name was found in the register."""

    KNOWN = "known"  # as the register has it, or by one of its other names
    NEAR = "near"  # by a name that is nearly the same
    NEW = "new"  # not at all


@dataclass(frozen=True, slots=True)
class Named:
    """A name in a cell: what the register calls it («» for a new one), and how it was found."""

    id: str
    text: str
    how: How
    meant: str = ""  # the register's spelling, where it differs


class Register:
    """The spellings of a register's entries."""

    def __init__(self, spellings: Iterable[tuple[str, str]]) -> None:
        """Take (spelling, id) pairs."""
        known: dict[str, str] = {}
        self._own: dict[str, str] = {}
        for text, one in spellings:
            known.setdefault(folded(text), one)
            self._own.setdefault(folded(text), text)
        self._known = dict(sorted(known.items(), key=lambda item: (-len(item[0]), item[0])))
        self._by_start: dict[str, list[str]] = {}
        for text in self._known:
            self._by_start.setdefault(text[:3], []).append(text)

    def read(self, cell: str) -> tuple[Named, ...]:
        """Return the names of a cell, each once, in their order."""
        found: dict[str, Named] = {}
        for one in self._names(folded(cell), " ".join(cell.split())):
            found.setdefault(one.id or folded(one.text), one)
        return tuple(found.values())

    def share_known(self, cell: str) -> float:
        """Return how much of a cell's beginning, from 0 to 1, are names that the register knows."""
        start = " ".join(cell.split())[:_LOOKED_AT]
        names = [*self._names(folded(start), start)]
        whole = sum(len(one.text) for one in names)
        return sum(len(one.text) for one in names if one.how is not How.NEW) / whole if whole else 0

    def _names(self, rest: str, printed: str) -> Iterator[Named]:
        """Yield names; ``rest`` is the folded text, as long as the ``printed`` one."""
        head = ""
        end = len(rest)
        at = 0
        while at < end:
            skipped = _BETWEEN.match(rest, at)
            if skipped and (at == 0 or skipped.end() > at):
                at = skipped.end()
                if at >= end:
                    return
            many = _MANY.match(rest, at)
            if many and not self._longest(rest, at):
                head = many["head"][:6]
                at = many.end()
                continue
            spelling = self._longest(rest, at)
            if spelling:
                head = ""
                yield Named(self._known[spelling], printed[at : at + len(spelling)], How.KNOWN)
                at += len(spelling)
                continue
            shared, length = self._shared(rest, at, head)
            if shared:
                text = printed[at : at + length]
                yield from (Named(self._known[one], text, How.KNOWN) for one in shared)
                at += length
                continue
            stop = self._stop(rest, at)
            yield self._other(rest[at:stop], printed[at:stop].strip())
            at = max(stop, at + 1)

    def _longest(self, rest: str, at: int) -> str:
        """Return the longest spelling that stands at a place and ends where a name may end."""
        for spelling in self._by_start.get(rest[at : at + 3], ()):
            end = at + len(spelling)
            if rest.startswith(spelling, at) and self._may_end(rest, end):
                return spelling
        return ""

    def _may_end(self, rest: str, end: int) -> bool:
        after = rest[end:]
        if not after or (not after[0].isalnum() and not after[0].isspace() and after[0] != "-"):
            return True
        if not after[0].isspace():
            return False
        next_one = after.lstrip()
        return bool(
            _BETWEEN.match(next_one)
            or _HEAD.match(next_one)
            or any(next_one.startswith(one) for one in self._by_start.get(next_one[:3], ()))
        )

    def _shared(self, rest: str, at: int, head: str) -> tuple[list[str], int]:
        """Return the names whose words are written once for several, and the length they take.

        «управління міської ради: культури, освіти» after its head, and «управління Західного та
        Східного районів».
        """
        if head:
            for spelling in self._known:
                first, _, own = spelling.partition(" ")
                own = re.sub(r"\s+(?:\S+ської\s+)?(?:міської|сільської|селищної)\s+ради$", "", own)
                if first[:6] == head and own and rest.startswith(own, at):
                    end = at + len(own)
                    if end == len(rest) or not rest[end].isalnum():
                        return [spelling], len(own)
        pair = re.compile(r"(?P<start>[^,;]+? )(?P<one>\S+) та (?P<other>\S+) (?P<noun>[^\s,;]+)")
        match = pair.match(rest, at, at + _LOOKED_AT)
        if match:
            both = [
                spelling
                for own in (match["one"], match["other"])
                for spelling in self._known
                if spelling.startswith(match["start"] + own + " ")
                and spelling.count(" ") == (match["start"] + own).count(" ") + 1
            ]
            if len(both) == 2:  # noqa: PLR2004 - both of the pair
                return both, match.end() - at
        return [], 0

    def _stop(self, rest: str, at: int) -> int:
        """Return where an unknown name ends: at a sign that parts names, before the next one."""
        for mark in re.finditer(r";|,\s+|\s+та\s+|\s+", rest[at:]):
            if mark[0] == ";":
                return at + mark.start()
            next_at = at + mark.end()
            if self._longest(rest, next_at) and len(self._longest(rest, next_at)) >= _SHORTEST:
                return at + mark.start()
            if mark[0].startswith(",") and _HEAD.match(rest, next_at):
                return at + mark.start()
        return len(rest)

    def _other(self, text: str, printed: str) -> Named:
        """Return what an unknown name is near to, if it is so beyond doubt."""
        if len(text) >= _SHORTEST and self._known:
            near = process.extract(text, self._known.keys(), scorer=fuzz.ratio, limit=4)
            best, score, _ = near[0]
            others = [value for one, value, _ in near if self._known[one] != self._known[best]]
            if score >= _NEAR and all(score - value >= _APART for value in others):
                return Named(self._known[best], printed, How.NEAR, self._own[best])
        return Named("", printed.strip(" ,;"), How.NEW)


def nearly_same(name: str, others: Iterable[str]) -> str:
    """Return the one of several names, none of them in a register, that differs by a letter.

    Such a pair is one name with a slip, unless the letter tells them apart as a digit does.
    """
    if len(name) < _SHORTEST_SLIP:
        return ""
    near = [
        one for one in others
        if Levenshtein.distance(one, name, score_cutoff=1) == 1
        and re.findall(r"\d+", one) == re.findall(r"\d+", name)
    ]  # fmt: skip
    return near[0] if len(near) == 1 else ""


def folded(text: str) -> str:
    """Return a text as names are compared: small, one kind of quotes and apostrophes and blanks.

    It has as many characters as the text with its blanks put together.
    """
    joined = " ".join(text.split())
    small = "".join(char.lower() if len(char.lower()) == 1 else char for char in joined)
    return small.translate(_FOLDED)


_FOLDED = str.maketrans("’ʼ`«»„“”ґ", '\'\'\'"""""г')


def spellings(entries: Collection[tuple[str, Iterable[str]]]) -> Iterator[tuple[str, str]]:
    """Yield (spelling, id) of entries given as (id, names)."""
    for one, names in entries:
        yield from ((name, one) for name in names if name.strip())
