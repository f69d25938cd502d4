"""What persons wrote beside the cells of a sheet: notes, and talks of Excel 365."""

from __future__ import annotations

import posixpath
from typing import Final

from reportgen.entry.package import Parts, local
from reportgen.entry.places import place_of
from reportgen.read.source import UnreadableFileError

_MOST: Final = 10_000  # of a sheet


def notes_of(parts: Parts, sheet: str) -> dict[tuple[int, int], str]:
    """Return the remarks beside a sheet's cells, by row and column from 0.

    Of a talk Excel keeps a note as well, for programs that know no talks: the talk is taken.
    """
    targets = [one for one in parts.relations(sheet).values() if one in parts.names]
    names = [(one, posixpath.basename(one).lower()) for one in targets]
    notes = [part for part, name in names if "comment" in name and "threaded" not in name]
    talks = [part for part, name in names if "threadedcomment" in name]
    return _read(parts, notes, "comment") | _read(parts, talks, "threadedComment")


def _read(parts: Parts, names: list[str], kind: str) -> dict[tuple[int, int], str]:
    found: dict[tuple[int, int], list[str]] = {}
    for name in names:
        for one in parts.elements(name, kind):
            inner = (piece for piece in one.iter() if local(piece) in ("t", "text"))
            text = " ".join("".join(piece.text or "" for piece in inner).split())
            found.setdefault(place_of(one.get("ref", "")), []).append(text)
            if len(found) > _MOST:
                raise UnreadableFileError("у книзі забагато приміток: це не форма")
    return {at: " / ".join(texts) for at, texts in found.items()}
