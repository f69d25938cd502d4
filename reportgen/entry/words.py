"""Answers as a clerk reads and types them: states, bodies and persons by their names."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from reportgen.entry.questions import Asked
from reportgen.model.council import Council, Official
from reportgen.model.programme import Status

STATES = {
    Status.DONE.value: "виконано",
    Status.ONGOING.value: "виконується",
    Status.PLANNED.value: "заплановано",
    Status.NOT_DONE.value: "не виконано",
    Status.NOT_PLANNED.value: "не заплановано",
}
_BETWEEN = ";"


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """One register: what each id is shown as, and by what else it is understood."""

    shown: Mapping[str, str]
    meant: Mapping[str, str]  # every spelling, in small letters → id

    @classmethod
    def of(cls, shown: Mapping[str, str], others: Mapping[str, Iterable[str]]) -> Vocabulary:
        """Return a vocabulary; a spelling of several entries means none of them."""
        spelled = {(_key(name), one) for one, name in shown.items()}
        spelled.update((_key(name), one) for one, names in others.items() for name in names)
        spelled.update((_key(one), one) for one in shown)
        times = Counter(name for name, _ in spelled)
        return cls(shown, {name: one for name, one in sorted(spelled) if times[name] == 1})

    def text(self, ids: str) -> str:
        """Return ids as a clerk reads them."""
        return "; ".join(self.shown.get(one, one) for one in ids.split(_BETWEEN)) if ids else ""

    def ids(self, text: str) -> tuple[str, tuple[str, ...]]:
        """Return the ids that a clerk's text means, and the parts of it that mean nothing."""
        whole = self.meant.get(_key(text))
        parts = [one for one in text.replace("\n", _BETWEEN).split(_BETWEEN) if one.strip()]
        found = [whole] if whole else [self.meant.get(_key(one), "") for one in parts]
        unknown = (
            () if whole else tuple(one.strip() for one in parts if _key(one) not in self.meant)
        )
        return _BETWEEN.join(dict.fromkeys(one for one in found if one)), unknown


def vocabularies(council: Council) -> Mapping[Asked, Vocabulary]:
    """Return the vocabulary of each kind of answer that is taken from a list."""
    bodies = Vocabulary.of(
        {one.id: one.short for one in council.executors.values()},
        {one.id: (one.name, *one.aliases) for one in council.executors.values()},
    )
    programmes = Vocabulary.of(
        {one.id: one.name for one in council.programmes.values()},
        {one.id: one.aliases for one in council.programmes.values()},
    )
    persons = Counter(_person(one) for one in council.officials.values())
    officials = Vocabulary.of(
        {
            one.id: _person(one)
            if persons[_person(one)] == 1
            else f"{_person(one)}, {one.position}"
            for one in council.officials.values()
        },
        {one.id: (one.surname, one.position) for one in council.officials.values()},
    )
    return {
        Asked.STATUS: Vocabulary.of(STATES, {}),
        Asked.EXECUTORS: bodies,
        Asked.PROGRAMMES: programmes,
        Asked.FUNDING: programmes,
        Asked.OFFICIALS: officials,
    }


def spoken(asked: Asked, answer: str, words: Mapping[Asked, Vocabulary]) -> str:
    """Return an answer as a clerk reads it: names instead of ids."""
    return words[asked].text(answer) if asked in words else answer


def _person(official: Official) -> str:
    return f"{official.given} {official.surname}"


def _key(text: str) -> str:
    return " ".join(text.split()).casefold()
