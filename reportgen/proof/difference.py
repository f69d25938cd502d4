"""What differs between a built file and the model, as data."""

from __future__ import annotations

import re
from dataclasses import dataclass

from reportgen.document.blocks import Document, Paragraph, Signature

_FIGURE = re.compile(r"[\u2212-]?\d[\d\s]*(?:[.,]\d+)?|[–—хx]")
_SHOWN = 40  # characters of a long text on either side of where it differs
_MOST_TOLD = 50  # differences of one file: nobody reads more


@dataclass(frozen=True, slots=True)
class Difference:
    """One difference of one file.

    ``place`` is where an official finds it: «сторінка 3, рядок 12, колонка 9», «Звіт!I12»; empty
    where it concerns the whole file. ``expected`` and ``found`` are the texts of the model and of
    the file, whole; ``message`` is the Ukrainian sentence that tells it.
    """

    file: str
    place: str
    expected: str
    found: str
    message: str

    def __str__(self) -> str:
        return ": ".join(one for one in (self.file, self.place, self.message) if one)


@dataclass(frozen=True, slots=True)
class Counts:
    """How much of a file was compared: table cells, those with figures, other texts, pages."""

    cells: int = 0
    figures: int = 0
    texts: int = 0
    pages: int = 0


@dataclass(frozen=True, slots=True)
class Compared:
    """What became of one file: how much was compared, and what differs, in reading order."""

    counts: Counts
    differences: tuple[Difference, ...]


def counted(document: Document, pages: int = 0) -> Counts:
    """Return how much there is to compare in a document."""
    cells = [
        cell
        for table in document.tables
        for row in (*table.header, *table.body)
        for cell in row.cells
    ]
    return Counts(
        cells=len(cells),
        figures=sum(cell.value is not None for cell in cells),
        texts=len(lines_of(document)) + len(signed(document)),
        pages=pages,
    )


def lines_of(document: Document) -> list[str]:
    """Return the lines outside the tables, but for the signatures."""
    blocks = [block for block in document.blocks if isinstance(block, Paragraph)]
    return ["\n".join(block.lines) for block in blocks]


def signed(document: Document) -> list[str]:
    """Return positions and names of those who sign, as they follow each other."""
    signatures = [block for block in document.blocks if isinstance(block, Signature)]
    return [text for one in signatures for text in (one.position, one.name)]


def whole(file: str, message: str, expected: str = "", found: str = "") -> Difference:
    """Return a difference that concerns a whole file."""
    return Difference(file, "", expected, found, message)


def differing(
    file: str, place: str, expected: str, found: str, verb: str = "надруковано"
) -> Difference:
    """Return the difference between two texts: long ones are told around where they part."""
    there, ours = _excerpts(found, expected)
    if not found:
        message = f"порожньо, у моделі {ours}"
    elif not expected:
        message = f"{verb} {there}, у моделі порожньо"
    else:
        message = f"{verb} {there}, у моделі {ours}"
    return Difference(file, place, expected, found, message)


def lacking(file: str, place: str, expected: str) -> Difference:
    """Return the difference of what the file leaves out."""
    return Difference(file, place, expected, "", f"немає того, що є в моделі: {_told(expected)}")


def besides(file: str, place: str, found: str) -> Difference:
    """Return the difference of what stands in the file alone."""
    return Difference(file, place, "", found, f"зайве, у моделі цього немає: {_told(found)}")


def limited(found: list[Difference]) -> tuple[Difference, ...]:
    """Return the differences of one file, of a great many the first."""
    rest = len(found) - _MOST_TOLD
    if rest <= 0:
        return tuple(found)
    told = found[:_MOST_TOLD]
    return (*told, whole(told[0].file, f"… і ще розбіжностей: {rest}"))


def _excerpts(found: str, expected: str) -> tuple[str, str]:
    """Return both texts for a message, cut to the surroundings of where they part."""
    if _FIGURE.fullmatch(found) and _FIGURE.fullmatch(expected):
        return found, expected
    shared = next(
        (at for at, pair in enumerate(zip(found, expected, strict=False)) if pair[0] != pair[1]),
        min(len(found), len(expected)),
    )
    return _around(found, shared), _around(expected, shared)


def _around(text: str, at: int) -> str:
    start = 0 if at <= _SHOWN else at - _SHOWN // 2
    stop = max(at, start) + _SHOWN
    cut = "".join(char if char.isprintable() else " " for char in text[start:stop])
    return f"«{'…' if start else ''}{cut}{'…' if stop < len(text) else ''}»"


def _told(text: str) -> str:
    return text if _FIGURE.fullmatch(text) else _around(text, 0)
