"""Rules over the registers: each body, programme and person has one entry and one name."""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations, islice
from operator import ne

from reportgen.diagnostics import Diagnostic, Span, finding, quoted
from reportgen.model.council import Council

_SIGNS = re.compile(r"[^\w\s]|_")
_WORD = re.compile(r"\w+")
#: Latin letters among Ukrainian ones, or one alone: a misspelt name is not the one to keep.
_MIXED = re.compile(r"(?<=[А-яҐґЄєІіЇї])[A-Za-z]|[A-Za-z](?=[А-яҐґЄєІіЇї])|\b[aeiocpxy]\b")
#: Words by which one writer's name differs from another's, and not one body from another.
_IDLE = frozenset(
    (
        *("з", "із", "зі", "у", "в", "і", "й", "та", "на", "по", "м"),
        *("міська", "цільова", "роки", "років", "рік", "року", "період"),
    )
)
_MOST_OTHER_WORDS = 2  # of a name, each with a slip in it
_SHORTEST_WITH_SLIP = 5  # letters: shorter words differ by a letter and mean different things
_MOST_EDITS = 2
_MOST_COMPARED = 100_000  # pairs: more than a register of four hundred bodies has


@dataclass(frozen=True, slots=True)
class _Entry:
    """An entry of a register as these rules see it."""

    id: str
    name: str
    spellings: tuple[str, ...]  # the name, the short one, the aliases
    code: str
    span: Span


def names_similar(council: Council) -> Iterator[Diagnostic]:
    """Two entries of one register whose names mean the same."""
    for register in _registers(council):
        known: dict[Hashable, _Entry] = {}
        different: list[_Entry] = []
        for entry in register:
            for key, reason in _marks(entry):
                first = known.setdefault(key, entry)
                if first is not entry:
                    yield _similar(first, entry, reason)
                    break
            else:
                different.append(entry)
        for first, second in islice(_pairs(different), _MOST_COMPARED):
            if nearly_same(first.name, second.name):
                yield _similar(first, second, "майже однакові")


def _similar(first: _Entry, second: _Entry, reason: str) -> Diagnostic:
    message = f"назви «{first.id}» і «{second.id}» {reason}:"
    message += f" {quoted(first.name)} та {quoted(second.name)}"
    right = min(first, second, key=lambda one: len(_MIXED.findall(one.name)))
    hint = f"залиште один запис, «{right.name}», а другу назву додайте до aliases"
    related = ((first.span, f"«{first.id}»"),)
    return finding("name-similar", second.span, message, hint, related)


def _marks(entry: _Entry) -> Iterator[tuple[Hashable, str]]:
    """Yield what no two entries may share, with what to say if they do."""
    if entry.code:
        yield ("code", entry.code), f"мають один код {entry.code}"
    plain = _plain(entry.name)
    if plain:
        yield ("name", plain), "відрізняються лише великими літерами, лапками чи пробілами"
    words = sorted(telling_words(entry.name))
    if words:
        yield ("words", *words), "майже однакові"


def _pairs(entries: Iterable[_Entry]) -> Iterator[tuple[_Entry, _Entry]]:
    """Yield the pairs of entries that can be the same: with as many words and the same numbers."""
    alike: dict[tuple[int, tuple[str, ...]], list[_Entry]] = {}
    for entry in entries:
        key = (len(telling_words(entry.name)), _digits(entry.name))
        alike.setdefault(key, []).append(entry)
    for group in alike.values():
        yield from combinations(group, 2)


def aliases_taken(council: Council) -> Iterator[Diagnostic]:
    """A name, short name or alias of one entry that stands at another one too."""
    for register in _registers(council):
        owners: dict[str, _Entry] = {}
        for entry in register:
            for spelling in dict.fromkeys(map(_plain, entry.spellings)):
                owner = owners.setdefault(spelling, entry)
                if owner is entry or _plain(owner.name) == _plain(entry.name):
                    continue  # equal names are told of as such
                message = f"назва {quoted(spelling)} є і в «{owner.id}», і в «{entry.id}»"
                hint = "залиште її там, де вона правильна"
                related = ((owner.span, f"«{owner.id}»: {owner.name}"),)
                yield finding("alias-taken", entry.span, message, hint, related)


def positions_differ(council: Council) -> Iterator[Diagnostic]:
    """One person under two ids."""
    known: dict[str, tuple[str, str, Span]] = {}
    for one in council.officials.values():
        person = f"{one.given} {one.surname}".strip()
        first, position, span = known.setdefault(
            person.casefold(), (one.id, one.position, one.span)
        )
        if first != one.id and person:
            told = f"посади {quoted(position)} і {quoted(one.position)}"
            same = _plain(position) == _plain(one.position)
            message = f"{person} є в довіднику двічі: «{first}» і «{one.id}», {told}"
            hint = "приберіть один запис" if same else "залиште посаду, яка є зараз"
            related = ((span, f"«{first}»"),)
            yield finding("official-positions", one.span, message, hint, related)


def _registers(council: Council) -> Iterator[list[_Entry]]:
    yield [
        _Entry(one.id, one.name, (one.name, one.short, *one.aliases), one.code, one.span)
        for one in council.executors.values()
    ]
    yield [
        _Entry(one.id, one.name, (one.name, *one.aliases), "", one.span)
        for one in council.programmes.values()
    ]
    yield [_Entry(one.id, one.name, (one.name,), "", one.span) for one in council.funds.values()]


def nearly_same(first: str, second: str) -> bool:
    """Tell whether two names have the same telling words, but for slips of the hand.

    Numbers and years are never slips: a programme for 2021-2024 is not that for 2021-2025.
    """
    if _digits(first) != _digits(second):
        return False
    ours, theirs = telling_words(first), telling_words(second)
    if not ours or len(ours) != len(theirs):
        return False
    if ours == theirs or sorted(ours) == sorted(theirs):
        return True
    if sum(map(ne, ours, theirs)) > _MOST_OTHER_WORDS:
        return False
    differing = [(one, other) for one, other in zip(ours, theirs, strict=True) if one != other]
    whole = len(ours) > len(differing)  # a name that is one word with a slip is another name
    return whole and all(_slip(*one) for one in differing)


@lru_cache(maxsize=4096)  # each name is compared with many
def telling_words(name: str) -> tuple[str, ...]:
    """Return the words of a name that tell it from others, without case and signs."""
    words = _WORD.findall(_SIGNS.sub("", name.casefold().replace("-", " ")))
    return tuple(one for one in words if one not in _IDLE)


def _slip(first: str, second: str) -> bool:
    """Tell whether two words are one with a slip in it."""
    if min(len(first), len(second)) < _SHORTEST_WITH_SLIP or first[0] != second[0]:
        return False
    return _edits(first, second) <= _MOST_EDITS


def _edits(first: str, second: str) -> int:
    """Return how many letters have to be put in, left out or replaced."""
    if abs(len(first) - len(second)) > _MOST_EDITS:
        return _MOST_EDITS + 1
    row = list(range(len(second) + 1))
    for i, one in enumerate(first, start=1):
        before, row[0] = row[0], i
        for j, other in enumerate(second, start=1):
            before, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, before + (one != other))
    return row[-1]


def _plain(name: str) -> str:
    """Return a name without case, signs and doubled blanks."""
    return " ".join(_SIGNS.sub(" ", name.casefold().replace("'", "").replace("’", "")).split())


@lru_cache(maxsize=4096)
def _digits(name: str) -> tuple[str, ...]:
    return tuple(re.findall(r"\d+", name))


RULES = (names_similar, aliases_taken, positions_differ)
