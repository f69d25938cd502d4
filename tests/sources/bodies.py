"""Executors and programmes as the sources spell them, known by the project's registers."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from overlays import ROOT

from reportgen.load import load_content
from reportgen.model.council import Council

#: Collective executors, written out body by body: printed → ours.
COLLECTIVE = {
    "Департаменти міської ради: соціальної політики, освіти; управління міської ради: у справах "
    "сім'ї, молоді та спорту, охорони здоров'я, культури, по зв'язках із громадськістю": (
        "Департамент соціальної політики міської ради, Департамент освіти міської ради, "
        "Управління у справах сім'ї, молоді та спорту міської ради, Управління охорони здоров'я "
        "міської ради, Управління культури міської ради, Управління по зв'язках із громадськістю "
        "міської ради"
    ),
    "управління соціального захисту населення Богунського та Корольовського районів": (
        "Управління соціального захисту населення Богунського району, "
        "Управління соціального захисту населення Корольовського району"
    ),
}

#: Remnants in the executors' cells that name no body of their own.
NO_BODIES = ("ДСП ЖМР",)  # whose managements the districts' are

Known = Mapping[str, str]  # spelling, small letters, the longest first → id


@dataclass(frozen=True)
class Printed:
    """A name as it stands in a cell; ``id`` is that of the register, "" for a remnant."""

    id: str
    text: str


@functools.cache
def shipped_council() -> Council:
    """Return the council of the shipped content, with its registers."""
    council = load_content(ROOT, []).council
    assert council is not None
    return council


def executors(council: Council) -> Known:
    """Return every spelling of a body that the register knows."""
    bodies = council.executors.values()
    return _known((text, one.id) for one in bodies for text in (one.name, one.short, *one.aliases))


def as_printed(council: Council) -> Known:
    """Return what may stand in a cell of executors, collective names as the one that they are."""
    return _known([*((one, "") for one in COLLECTIVE), *executors(council).items()])


def programmes(council: Council) -> Known:
    """Return every spelling of a target programme that the register knows."""
    registered = council.programmes.values()
    return _known((text, one.id) for one in registered for text in (one.name, *one.aliases))


def _known(spellings: Iterable[tuple[str, str]]) -> Known:
    known = {text.casefold(): one for text, one in spellings}
    return dict(sorted(known.items(), key=lambda item: -len(item[0])))


def printed(cell: str, known: Known) -> Iterator[Printed]:
    """Yield the names in a cell, one after the other; every word of it must belong to one."""
    left_over = [(one.casefold(), "") for one in NO_BODIES]
    rest = cell
    while rest := re.sub(r"^(?:[\s,;]+|та )+", "", rest):
        found = ((text, one) for text, one in (*known.items(), *left_over) if _begins(rest, text))
        spelling, one = next(found, ("", ""))
        assert spelling, f"{cell}: «{rest}»"
        yield Printed(one, rest[: len(spelling)])
        rest = rest[len(spelling) :]


def _begins(text: str, spelling: str) -> bool:
    return re.match(rf"{re.escape(spelling)}(?!\w)", text.casefold()) is not None


def ids(cell: str, known: Known) -> list[str]:
    """Read a cell as what the register has, each once, in order."""
    for collective, ours in COLLECTIVE.items():
        cell = cell.replace(collective, ours)
    return list(dict.fromkeys(one.id for one in printed(cell, known) if one.id))
