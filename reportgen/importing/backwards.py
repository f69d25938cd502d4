"""A line of a form read backwards: from what is printed to what was put into its template.

``{{ … }}`` become groups, ``{% if … %}`` something that may be there, and the words between them
are looked for whatever their case, blanks and punctuation.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from reportgen.importing.likeness import one_line

#: How a period is written after «за».
PERIOD = (
    r"(?:(?:[IІ1]|перш\w+|[IІ]{2,3}|[IІ]V|[2-4])\s*-?\s*(?:квартал\w*|кв\.?)"
    r"|(?:[IІ1]|перш\w+)\s*-?\s*(?:півріччя|півр\.?)"
    r"|(?:3|6|9|12|три|шість|дев['’ʼ]ять|дванадцять)\s+місяц\w+|січень\s*[-–—]\s*\w+|рік)?"
    r"\s*20\d\d(?:\s*(?:року|рік|р\.?))?"
)
YEARS = r"20\d\d(?:\s*[-–—]\s*20\d\d)?"
DATE = r"\d{1,2}\.\d{1,2}\.\d{4}"
_CLOSED = {
    "programme.decision.date": DATE,
    "programme.term": YEARS,
    "row.years": YEARS,
    "period": PERIOD,
    "period.year": r"20\d\d",
}
_PIECE = re.compile(r"\{\{\s*(?P<value>[^}|]+?)\s*(?:\|[^}]*)?\}\}|\{%-?\s*(?P<tag>.+?)\s*-?%\}")
_LONGEST = 2000  # no line of a form is longer, and a pattern may take its square in time
_QUOTES = "«»„“”\"'’ʼ`"


@dataclass(frozen=True, slots=True)
class Backwards:
    """A template as patterns, the first with its own quotes; ``names`` are those of the groups."""

    patterns: tuple[re.Pattern[str], ...]
    names: tuple[str, ...]

    def read(self, text: str) -> Mapping[str, str] | None:
        """Return what was put in, by name; ``None`` if the text does not come from the template.

        What a template asks for («if programme.amended») is there as ``?programme.amended``.
        """
        if len(text) > _LONGEST:
            return None
        for pattern in self.patterns:
            match = pattern.fullmatch(one_line(text))
            if match:
                found = zip(self.names, match.groups(), strict=True)
                return {name: value.strip() for name, value in found if value is not None}
        return None


@dataclass(slots=True)
class _Maybe:
    """What ``{% if … %}`` prints, or what stands after its ``else``."""

    condition: str
    pieces: list[_Piece] = field(default_factory=list)
    otherwise: list[_Piece] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Value:
    name: str


_Piece = str | _Value | _Maybe


@lru_cache(maxsize=256)
def backwards(template: str) -> Backwards:
    """Return a template read backwards."""
    patterns = []
    names: list[str] = []
    for quotes in ("", _QUOTES):
        names = []
        parts = _Patterns(names, quotes).of(_parsed(template), free=False, loose=False)
        patterns.append(re.compile(rf"{''.join(parts)}\s*", re.IGNORECASE))
    return Backwards(tuple(patterns), tuple(names))


def literal_words(template: str) -> str:
    """Return what a template always prints."""
    return " ".join(_PIECE.sub(" ", template).split())


def _parsed(template: str) -> list[_Piece]:
    whole: list[_Piece] = []
    lists = [whole]
    open_ones: list[_Maybe] = []
    position = 0
    for found in _PIECE.finditer(template):
        lists[-1].append(template[position : found.start()])
        position = found.end()
        tag = found["tag"]
        if tag is None:
            lists[-1].append(_Value(found["value"]))
        elif tag.startswith("if "):
            maybe = _Maybe(tag.removeprefix("if ").strip())
            lists[-1].append(maybe)
            open_ones.append(maybe)
            lists.append(maybe.pieces)
        elif tag == "else" and open_ones:
            lists[-1] = open_ones[-1].otherwise
        elif tag == "endif" and open_ones:
            open_ones.pop()
            lists.pop()
    lists[-1].append(template[position:])
    return [piece for piece in whole if piece]


class _Patterns:
    """Makes patterns of pieces; ``quotes`` are those that stand for each other, "" for none."""

    def __init__(self, names: list[str], quotes: str) -> None:
        self._names = names
        self._quotes = quotes

    def of(self, pieces: Sequence[_Piece], *, free: bool, loose: bool) -> Iterator[str]:
        """Yield the pieces of the pattern; ``free`` says that a free text goes before them.

        A free text that may be missing, right after another, cannot be told from it: it is taken
        only after something that can, as «(…)» after years. ``loose`` words stand beside a value
        that tells enough.
        """
        for at, piece in enumerate(pieces):
            if isinstance(piece, str):
                words = self._words(piece, loose=loose)
                free = free and not words
                yield words
            elif isinstance(piece, _Value):
                closed = _CLOSED.get(piece.name)
                self._names.append(piece.name)
                yield rf"\s*({closed or (r'[(].*' if free else '.*?')})\s*"
                free = closed is None
            else:
                self._names.append(f"?{piece.condition}")
                own = "".join(self.of(piece.pieces, free=free, loose=_is_closed(piece)))
                rest = pieces[at + 1 :]
                if free and _is_closed(piece) and rest and isinstance(rest[0], _Maybe):
                    yield rf"\s*({own}{''.join(self.of(rest, free=True, loose=False))})?"
                    return
                other = "".join(self.of(piece.otherwise, free=free, loose=False))
                yield rf"\s*(?:({own})|{other})" if other else rf"\s*({own})?"

    def _words(self, literal: str, *, loose: bool) -> str:
        parts = []
        for one in re.findall(r"\w+|[^\w\s]", literal):
            if one in _QUOTES:
                parts.append(rf"[{re.escape(self._quotes or one)}]+")
            elif one.isalnum() and not loose:
                parts.append(re.escape(one))
            else:
                parts.append(f"(?:{re.escape(one)})?")
        return r"\s*" + r"[\s,]*".join(parts) + r"\s*" if parts else ""


def _is_closed(piece: _Maybe) -> bool:
    """Tell whether a part that may be missing is known by a value of its own, such as years."""
    return any(isinstance(one, _Value) and one.name in _CLOSED for one in piece.pieces)
