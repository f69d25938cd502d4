"""Who signed: positions and names at the foot."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from reportgen.importing.grid import GridRow, StreamLine, row_text
from reportgen.importing.likeness import one_line
from reportgen.model.council import Official
from reportgen.read.source import Place

_LAST = 40  # lines at the end among which signatures are looked for
_CAPITAL, _SMALL = "А-ЯІЇЄҐ", "а-яіїєґ"
_SURNAME = rf"[{_CAPITAL}][{_CAPITAL}'’ʼ-]+"
_PERSON = re.compile(
    rf"(?P<position>.*?)[\s_]*(?P<given>[{_CAPITAL}][{_SMALL}'’ʼ-]+|(?:[{_CAPITAL}]\.\s?){{1,2}})"
    rf"\s+(?P<surname>{_SURNAME})"
)
_NAME = re.compile(rf"(?P<given>\D+?)\s+(?P<surname>{_SURNAME})")
_POSITION = re.compile(
    r"директор|начальни|голов|керівни|заступни|бухгалтер|секретар|керуюч|завідув|староста|ректор"
    r"|спеціаліст|в\.\s?о\.|т\.\s?в\.\s?о\.",
    re.IGNORECASE,
)
_LONGEST = 300
_PAIR = 2  # a row with more cells is no signature


@dataclass(frozen=True, slots=True)
class Signed:
    """A person, as the foot has it, and the lines that this stands on."""

    position: str
    given: str
    surname: str
    place: Place
    lines: tuple[int, ...]


def find_signatures(
    lines: Sequence[StreamLine], free: frozenset[int], known: Collection[Official]
) -> list[Signed]:
    """Return who signed, from the first; only lines in ``free`` may be of a signature.

    ``known`` are the officials of the register: of their names it is clear where they begin.
    """
    found: list[Signed] = []
    used: set[int] = set()
    for at in range(max(0, len(lines) - _LAST), len(lines)):
        person = _person(lines[at], known) if at in free else None
        if person is None or any(person[2] == one.surname for one in found):
            continue
        position, given, surname = person
        own = [at]
        while not position[:1].isupper():
            above = at - len(own)
            before = one_line(row_text(lines[above])) if above >= 0 else ""
            if above in used or above not in free or not _is_position(lines[above], before):
                break
            position = f"{before} {position}".strip()
            own.append(above)
        if position and not _is_office(position, lines[at], known):
            continue
        used.update(own)
        found.append(Signed(position, given, surname, lines[at].place, tuple(own)))
    return found


def _person(line: StreamLine, known: Collection[Official]) -> tuple[str, str, str] | None:
    """Return position, given name and surname, if a line is somebody's signature."""
    text = one_line(row_text(line))
    cells = line.filled if isinstance(line, GridRow) else ()
    if len(cells) > _PAIR or len(text) > _LONGEST:
        return None
    for one in known:
        name = f"{one.given} {one.surname}"
        if text.casefold().endswith(name.casefold()):
            return text[: -len(name)].strip(" _"), one.given, one.surname
    if len(cells) == _PAIR:
        named = _NAME.fullmatch(one_line(cells[1][1].text))
        return (one_line(cells[0][1].text), named["given"], named["surname"]) if named else None
    person = _PERSON.fullmatch(text)
    return (person["position"].strip(" _"), person["given"], person["surname"]) if person else None


def _is_office(position: str, line: StreamLine, known: Collection[Official]) -> bool:
    """Tell whether a text is a position: by its words, its own cell, or the register."""
    in_cell = isinstance(line, GridRow) and len(line.filled) == _PAIR
    registered = any(position.casefold() == one.position.casefold() for one in known)
    return in_cell or registered or _POSITION.search(position) is not None


def _is_position(line: StreamLine, text: str) -> bool:
    alone = not isinstance(line, GridRow) or len(line.filled) == 1
    return alone and bool(text) and not re.search(r"\d|[.;]$", text)
