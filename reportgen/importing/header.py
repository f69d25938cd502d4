"""Headers of tables found by meaning: the headings of a form, however they are written.

Every run of rows is compared with the headings of every table of the form. Headings of several
rows are read as paths: «Використано» over «загальний фонд».
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from reportgen.importing.column_numbers import numbers_columns
from reportgen.importing.grid import GridRow, StreamLine
from reportgen.importing.likeness import likeness, squeezed
from reportgen.importing.meanings import by_meaning
from reportgen.model.form import Column, Form, TableSection
from reportgen.model.period import Period
from reportgen.read.source import SourceCell

_EXPRESSION = re.compile(r"\{\{.*?\}\}")
_YEAR = re.compile(r"20\d\d(?:\s*(?:рік|р\.))?")
_DEEPEST = 5  # rows of a header
_LONGEST = 300  # characters of a heading
_LEAST_HEADING = 0.6  # a heading less alike is another column
_LEAST_HEADER = 0.66  # a header less alike, on average, is no header of this table
_BEGINNING = 0.4  # of the cells in its first row are like some heading
_NUMBER_SIGN = 12  # characters: «№ з/п» has little to compare
_LENGTHS = (0.3, 2.2)  # times as long as the form's headings; else surely no header of it
_GUESSED = 0.75  # what a heading says that is understood by its meaning alone
_OWN = 0.9  # what a column's own heading says without those above it


@dataclass(frozen=True, slots=True)
class Heading:
    """A header: the section whose it is, its lines in the stream, and the columns by place.

    ``starts`` are the places of the file's grid at which columns begin. ``score`` is 1 where every
    heading is the form's own. ``unknown`` are headings of no column, by place;
    ``guessed`` are those that were understood by their meaning alone.
    """

    section: TableSection
    first: int
    end: int  # the first line after the header and the numbers of its columns
    columns: tuple[Column | None, ...]
    starts: tuple[int, ...]
    score: float
    unknown: Mapping[int, SourceCell]
    guessed: Mapping[int, SourceCell]

    @property
    def missing(self) -> tuple[Column, ...]:
        """The section's columns that the header does not have."""
        there = {column.id for column in self.columns if column}
        return tuple(one for one in self.section.columns if one.id not in there)


def find_headers(lines: Sequence[StreamLine], form: Form, period: Period) -> list[Heading]:
    """Return the headers of a form's tables in their order; repeated ones are there again."""
    wanted = [
        (section, [_printed(column, period) for column in section.columns])
        for section in form.tables
    ]
    known = _Known(one for _, headings in wanted for heading in headings for one in heading)
    found: list[Heading] = []
    at = 0
    while at < len(lines):
        best: Heading | None = None
        for section, headings in wanted:
            if not _begins(lines[at], known):
                break
            for one in _at(lines, at, section, headings):
                if best is None or one.score > best.score:
                    best = one
        if best is not None and best.score >= _LEAST_HEADER:
            found.append(best)
            at = best.end
        else:
            at += 1
    return found


def heading_paths(
    lines: Sequence[StreamLine], heading: Heading
) -> list[tuple[str, SourceCell] | None]:
    """Return what stands above each column of a header, outermost first, with the lowest cell."""
    rows = (line for line in lines[heading.first : heading.end] if isinstance(line, GridRow))
    return _paths([row for at, row in enumerate(rows) if not at or not numbers_columns(row)])[1]


class _Known:
    """The headings of a form, and which texts are like any of them."""

    def __init__(self, headings: Iterable[str]) -> None:
        self._headings = dict.fromkeys(headings)
        self._seen: dict[str, bool] = {}

    def __contains__(self, text: str) -> bool:
        if text not in self._seen:
            numbered = "№" in text and len(text) < _NUMBER_SIGN
            alike = (likeness(text, one) >= _LEAST_HEADING for one in self._headings)
            self._seen[text] = numbered or any(alike)
        return self._seen[text]


def _begins(line: StreamLine, known: _Known) -> bool:
    """Tell whether a line may begin a header: enough of its cells are like some heading."""
    if not isinstance(line, GridRow) or not _may_be_heading(line):
        return False
    texts = [cell.text for _, cell in line.filled]
    return len(texts) > 1 and sum(text in known for text in texts) >= _BEGINNING * len(texts)


def _printed(column: Column, period: Period) -> tuple[str, ...]:
    """Return a column's headings as the form prints them, as far as that is known."""
    filled = (one.replace("{{ period.year }}", str(period.year)) for one in column.heading)
    filled = (one.replace("{{ period }}", str(period)) for one in filled)
    return tuple(_EXPRESSION.sub(" ", one) for one in filled)


def _at(
    lines: Sequence[StreamLine],
    at: int,
    section: TableSection,
    headings: Sequence[tuple[str, ...]],
) -> Iterator[Heading]:
    """Yield what a header of a section that begins at a line may be, for each depth."""
    rows: list[GridRow] = []
    for line in lines[at : at + _DEEPEST]:
        if not isinstance(line, GridRow) or (rows and line.table != rows[0].table):
            return
        wordy = _may_be_heading(line) or (rows and _are_years(line))
        if not wordy or (rows and numbers_columns(line)):
            return
        rows.append(line)
        inside = max((row_at + cell.rows for row_at, row in enumerate(rows)
                      for cell in row.cells.values()), default=0)  # fmt: skip
        if inside > len(rows) and at + len(rows) < len(lines):
            continue  # a heading reaches further down
        starts, paths = _paths(rows)
        if not _LENGTHS[0] <= _length(paths) / max(_length_of(headings), 1) <= _LENGTHS[1]:
            continue
        columns, score, unknown, guessed = _assigned(paths, section, headings)
        end = at + len(rows)
        if end < len(lines) and numbers_columns(lines[end]):
            end += 1
        yield Heading(section, at, end, columns, starts, score, unknown, guessed)


def _may_be_heading(row: GridRow) -> bool:
    texts = [cell.text for _, cell in row.filled]
    wordy = sum(any(char.isalpha() for char in text) or "№" in text for text in texts)
    return all(len(text) <= _LONGEST for text in texts) and 2 * wordy >= len(texts)


def _are_years(row: GridRow) -> bool:
    """Tell whether a row holds nothing but years, as below «у тому числі за роками»."""
    return all(_YEAR.fullmatch(cell.text.strip()) for _, cell in row.filled)


def _paths(
    rows: Sequence[GridRow],
) -> tuple[tuple[int, ...], list[tuple[str, SourceCell] | None]]:
    """Return where columns begin, and for each its headings from the outermost, with the lowest.

    Places that one and the same lowest cell takes are one column.
    """
    width = max(row.width for row in rows)
    paths: list[list[SourceCell]] = [[] for _ in range(width)]
    for row in rows:
        for at, cell in sorted(row.cells.items()):
            for column in range(at, min(at + cell.columns, width)):
                if cell.text.strip():
                    paths[column].append(cell)
    starts = tuple(
        at for at, path in enumerate(paths)
        if not (at and path and paths[at - 1] and path[-1] is paths[at - 1][-1])
    )  # fmt: skip
    own = (paths[at] for at in starts)
    return starts, [
        (" ".join(dict.fromkeys(cell.text for cell in path)), path[-1]) if path else None
        for path in own
    ]


def _length(paths: Sequence[tuple[str, SourceCell] | None]) -> int:
    return sum(len(path[0]) for path in paths if path)


def _length_of(headings: Sequence[tuple[str, ...]]) -> int:
    return sum(len(one) for heading in headings for one in heading)


def _assigned(
    paths: Sequence[tuple[str, SourceCell] | None],
    section: TableSection,
    headings: Sequence[tuple[str, ...]],
) -> tuple[tuple[Column | None, ...], float, dict[int, SourceCell], dict[int, SourceCell]]:
    """Give each place of the header its column: the best pairs first, each taken once."""
    pairs = sorted(
        (
            (-_alike(path[0], path[1].text, heading), abs(place - at), place, at)
            for place, path in enumerate(paths)
            if path
            for at, heading in enumerate(headings)
        ),
    )
    columns: list[Column | None] = [None] * len(paths)
    taken: set[int] = set()
    total = 0.0
    for alike, _, place, at in pairs:
        if -alike >= _LEAST_HEADING and columns[place] is None and at not in taken:
            columns[place] = section.columns[at]
            taken.add(at)
            total -= alike
    guessed: dict[int, SourceCell] = {}
    lowest = [one[1].text if one else "" for one in paths]
    for place, at in by_meaning(lowest, section.columns):
        path = paths[place]
        if path and columns[place] is None and at not in taken:
            columns[place] = section.columns[at]
            guessed[place] = path[1]
            total += _GUESSED
    named = [path for path in paths if path]
    unknown = {
        at: path[1]
        for at, (path, column) in enumerate(zip(paths, columns, strict=True))
        if path and column is None
    }
    return tuple(columns), total / max(len(headings), len(named), 1), unknown, guessed


def _alike(path: str, own: str, heading: tuple[str, ...]) -> float:
    whole = likeness(path, " ".join(heading)) if squeezed(path) else float(path == heading[-1])
    if "№" in path and "№" in heading[-1]:
        whole = max(whole, 0.9)
    if len(heading) == 1:
        return whole
    return max(whole, _OWN * likeness(own, heading[-1]) if own != path else 0.0)
