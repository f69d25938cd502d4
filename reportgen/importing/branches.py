"""What is read of a table: its outline with the cells of every row, and its totals."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from reportgen.model.form import Level, TableSection, Total
from reportgen.read.source import Place, SourceCell


@dataclass(slots=True, eq=False)
class Branch:
    """An item of the outline; rows fill it as they are read.

    ``cells`` are those of its first row by column; ``splits`` those of its rows by funding source,
    in the form's order; ``by_fund`` those of its parts that are but funds; ``more`` what stands
    after a page end; ``shared`` are columns whose cell is one for several rows. ``doubts`` are
    remarks for the file.
    """

    level: Level
    number: str
    text: str
    place: Place
    cells: dict[str, SourceCell] = field(default_factory=dict)
    splits: dict[int, dict[str, SourceCell]] = field(default_factory=dict)
    by_fund: dict[str, dict[str, SourceCell]] = field(default_factory=dict)
    more: dict[str, list[SourceCell]] = field(default_factory=dict)
    children: list[Branch] = field(default_factory=list)
    doubts: list[str] = field(default_factory=list)
    shared: set[str] = field(default_factory=set)
    key: str = ""  # of its row, after that of the groups in which numbers start anew

    def walk(self) -> Iterator[Branch]:
        """Yield the branch and all below it, top down."""
        yield self
        for child in self.children:
            yield from child.walk()

    @property
    def named(self) -> str:
        """What a message calls it."""
        return f"«{self.number or self.text}»"


@dataclass(frozen=True, slots=True)
class TotalRow:
    """A total as the source prints it; ``group`` is the item whose rows it adds."""

    total: Total
    group: Branch | None
    cells: dict[str, SourceCell]
    place: Place


@dataclass(slots=True)
class ReadTable:
    """All that is read of one table of the form."""

    section: TableSection
    branches: list[Branch] = field(default_factory=list)
    totals: list[TotalRow] = field(default_factory=list)

    def walk(self) -> Iterator[Branch]:
        """Yield every item, top down."""
        for branch in self.branches:
            yield from branch.walk()
