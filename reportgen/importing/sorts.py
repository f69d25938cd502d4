"""What sort of thing a cell holds, by its looks: evidence of the column where it belongs."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from reportgen.importing.amounts import is_number
from reportgen.model.form import Column, Kind

#: Sorts of cells. A label is a number with a text after it, as «1.1.2. Надання…»: "l" and the
#: number of the number's parts.
EMPTY, WHOLE, DOTTED, YEARS, FIGURE, NAMES, TEXT = ("", "n", "d", "y", "m", "b", "t")
_LABEL = re.compile(r"(\d{1,3}(?:\.\s?\d{1,3})*)(?!\.?\d)(?:\.\s*|\s+)(?=[^\W\d]|[\"«(])")
_YEARS = re.compile(r"20\d\d(?:\s*[-–—,;]\s*20\d\d)*(?:\s*(?:рік|року|роки|рр?\.?))?\.?")
_SORTS = (
    (EMPTY, re.compile("")),
    (WHOLE, re.compile(r"\d{1,3}\.?")),
    (DOTTED, re.compile(r"\d{1,3}(?:\.\d{1,3})+\.?")),
    (YEARS, _YEARS),
)
_KNOWN = 0.6  # of a cell are names of the register

#: How a sort suits a column, by the column's kind: 1 well, 0 it may be, below never.
_SUITS: Mapping[str, Mapping[str, float]] = {
    "number": {WHOLE: 1, DOTTED: 1, FIGURE: -1, YEARS: -3, NAMES: -3, TEXT: -3, "l": -3},
    "label": {"l": 1, TEXT: 0.2, NAMES: 0.2, WHOLE: -2, DOTTED: -2, YEARS: -2, FIGURE: -3},
    "text": {TEXT: 1, NAMES: 0.5, "l": 0.5, WHOLE: -1, DOTTED: -1, YEARS: -1, FIGURE: -3},
    "figure": {FIGURE: 1, WHOLE: 1, DOTTED: 0.5, YEARS: 0, NAMES: -3, TEXT: -3, "l": -3},
    "years": {YEARS: 1, WHOLE: -1, DOTTED: -2, FIGURE: -2, NAMES: -3, TEXT: -3, "l": -3},
    "names": {NAMES: 1, TEXT: -0.5, "l": -1, WHOLE: -3, DOTTED: -3, YEARS: -3, FIGURE: -3},
    "funding": {FIGURE: 1, WHOLE: 1, TEXT: 1, NAMES: 1, DOTTED: 0, "l": 0, YEARS: -2},
    "free": {TEXT: 0.3, NAMES: 0.3, "l": 0.3, YEARS: 0.3, WHOLE: 0.2, DOTTED: 0.2, FIGURE: 0.1},
}
_KINDS = {
    Kind.YEARS: "years",
    Kind.EXECUTORS: "names",
    Kind.PROGRAMMES: "text",
    Kind.FUNDING: "funding",
    Kind.NARRATIVE: "text",
}
_USUAL = 0.7  # a sort that so many cells of a column have makes others strange there
_STRANGE = 0.05


def sort_of(text: str, share_known: Callable[[str], float]) -> str:
    """Return the sort of a cell; ``share_known`` tells how much of a text are registered names."""
    bare = " ".join(text.split())
    for sort, pattern in _SORTS:
        if pattern.fullmatch(bare):
            return sort
    if is_number(bare):
        return FIGURE
    label = _LABEL.match(bare)
    if label:
        return f"l{label[1].count('.') + 1}"
    return NAMES if share_known(bare) >= _KNOWN else TEXT


@dataclass(frozen=True, slots=True)
class Profile:
    """How often the cells of each place of a table are of each sort; empty ones do not count."""

    shares: tuple[Mapping[str, float], ...]

    @classmethod
    def of(cls, rows: Iterable[Mapping[int, str]], width: int) -> Profile:
        """Return the profile of rows, given as sorts by place."""
        counts: list[Counter[str]] = [Counter() for _ in range(width)]
        for row in rows:
            for place, sort in row.items():
                if sort and place < width:
                    counts[place][sort] += 1
        return cls(
            tuple({one: n / max(counted.total(), 1) for one, n in counted.items()}
                  for counted in counts)
        )  # fmt: skip

    def fits(self, sort: str, place: int, column: Column | None) -> float:
        """Return how well a cell of a sort fits a place; below -1 it is strange there."""
        if not sort:
            return 0.0
        shares = self.shares[place]
        share = shares.get(sort, 0.0)
        strange = share < _STRANGE and max(shares.values(), default=0.0) >= _USUAL
        if sort in (TEXT, NAMES) and column and column.source and column.source.level == "row":
            strange = False  # few rows are parts, whose names have no number
        return suits(sort, column) + 3 * share - (2.0 if strange else 0.0)


def suits(sort: str, column: Column | None) -> float:
    """Return how a sort suits a column by what the form says of it."""
    if column is None or not sort:
        return 0.0
    kind = _KINDS.get(column.kind, "free")
    if column.source:
        kind = {"number": "number", "label": "label"}.get(column.source.field, "text")
    elif column.kind.is_figure:
        kind = "figure"
    elif column.template:
        kind = "text"
    return _SUITS[kind].get(sort[:1], 0.0)
