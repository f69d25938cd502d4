"""Which items of a programme the rows of a source are: by number and text, whichever is surer.

Numbers move when a measure is dropped; texts are edited. So a number alone never decides where the
text says another thing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from reportgen.importing.amounts import NotANumberError, read_number
from reportgen.importing.branches import Branch, ReadTable
from reportgen.importing.likeness import likeness, squeezed
from reportgen.model.form import Column, Shown
from reportgen.model.programme import Amount, Item

_SAME_TEXT = 0.9
_APART = 0.05  # by so much the likest text must be liker than the next
_EDITED = 0.6  # a text so alike, under the same number, is the same one edited
_REWORDED = 0.4  # a text so alike may be, if its plan is the same; any other is another one


@dataclass(frozen=True, slots=True)
class Match:
    """The item that a row is; ``renumbered`` says that its text told so, against its number.

    Where ``doubtful``, the number is the same and nothing else.
    """

    item: Item
    renumbered: bool = False
    doubtful: bool = False


def match_rows(
    branches: Sequence[Branch],
    known: Sequence[Item],
    elsewhere: Sequence[Item],
    plans: Sequence[Column],
) -> dict[Branch, Match]:
    """Return the items that sibling rows are, each of them one row.

    ``known`` are the items in the same place of the programme, ``elsewhere`` those in others, asked
    only for the same text; ``plans`` are columns of money that the programme's file gives.
    """
    matcher = _Matcher(branches, known, elsewhere, plans)
    matcher.settle(lambda branch: matcher.by_number(branch, 1.0))
    matcher.settle(matcher.by_same_text)
    matcher.settle(lambda branch: matcher.by_number(branch, _SAME_TEXT))
    matcher.settle(matcher.by_near_text)
    matcher.settle(matcher.by_number_alone)
    return matcher.found


class _Matcher:
    """Takes items for rows, the surest first."""

    def __init__(
        self,
        branches: Sequence[Branch],
        known: Sequence[Item],
        elsewhere: Sequence[Item],
        plans: Sequence[Column],
    ) -> None:
        self.found: dict[Branch, Match] = {}
        self._branches = branches
        self._known = known
        self._elsewhere = elsewhere
        self._plans = plans
        self._texts = Counter(squeezed(one.text) for one in branches)
        self._taken: set[int] = set()

    def settle(self, decide: Callable[[Branch], Match | None]) -> None:
        """Match the rows that are left, one after another, by one rule."""
        for branch in self._branches:
            match = None if branch in self.found else decide(branch)
            if match:
                self.found[branch] = match
                self._taken.add(id(match.item))

    def by_number(self, branch: Branch, least: float) -> Match | None:
        """Match a row with the item of its number, if the texts are at least so alike."""
        item = self._numbered(branch)
        return Match(item) if item and _alike(branch, item) >= least else None

    def by_same_text(self, branch: Branch) -> Match | None:
        """Match a row whose text one other item alone has."""
        text = squeezed(branch.text)
        if not branch.number or not text or self._texts[text] > 1:
            return None
        for items in (self._known, self._elsewhere):
            alike = [one for one in self._free(branch, items) if squeezed(one.text) == text]
            if alike:
                return Match(alike[0], renumbered=True) if len(alike) == 1 else None
        return None

    def by_near_text(self, branch: Branch) -> Match | None:
        """Match a row whose text is nearly that of one item, and of none as nearly."""
        items = self._free(branch, self._known)
        ranked = sorted(items, key=lambda one: -likeness(one.text, branch.text))
        if not ranked:
            return None
        best, *others = (likeness(one.text, branch.text) for one in ranked)
        if not branch.number:
            is_same = best >= _SAME_TEXT or ranked[0].text == branch.text
            return Match(ranked[0]) if is_same else None
        is_apart = not others or best - others[0] >= _APART
        return Match(ranked[0], renumbered=True) if best >= _SAME_TEXT and is_apart else None

    def by_number_alone(self, branch: Branch) -> Match | None:
        """Match a row with the item of its number; doubtful where text and plan say otherwise."""
        item = self._numbered(branch)
        if item is None:
            return None
        alike = _alike(branch, item)
        is_reworded = alike >= _REWORDED and _plan(branch, item, self._plans)
        return Match(item, doubtful=not (alike >= _EDITED or is_reworded))

    def _free(self, branch: Branch, items: Sequence[Item]) -> list[Item]:
        level = branch.level.id
        return [one for one in items if one.level == level and id(one) not in self._taken]

    def _numbered(self, branch: Branch) -> Item | None:
        same = (one for one in self._free(branch, self._known) if one.number == branch.number)
        return next(same, None) if branch.number else None


def unclaimed(table: ReadTable, known: Sequence[Item]) -> list[Item]:
    """Return the rows of the programme whose text stands once in a source, but elsewhere."""
    texts = Counter(squeezed(one.text) for one in table.walk() if one.level.shown is Shown.ROW)
    there = {(one.number, squeezed(one.text)) for one in table.walk()}
    rows = {one.id for one in table.section.rows}
    return [
        one for top in known for one in top.walk()
        if one.level in rows and texts[squeezed(one.text)] == 1
        and (one.number, squeezed(one.text)) not in there
    ]  # fmt: skip


def _alike(branch: Branch, item: Item) -> float:
    """Return how alike the texts are; a row or an item without any says nothing against it."""
    if not squeezed(branch.text) or not squeezed(item.text):
        return 1.0
    return likeness(branch.text, item.text)


def _plan(branch: Branch, item: Item, plans: Sequence[Column]) -> bool:
    """Tell whether some money that the programme gives is there, and all of it the same."""
    pairs = [*_pairs(branch, item, plans)]
    return any(pairs) and all(pairs)


def _pairs(branch: Branch, item: Item, plans: Sequence[Column]) -> Iterator[bool]:
    for column in plans:
        cell, value = branch.cells.get(column.id), item.values.get(column.id)
        if cell is None or not isinstance(value, Amount) or not value.value:
            continue
        try:
            shown = cell.value if cell.value is not None else read_number(cell.text)
        except NotANumberError:
            shown = None
        yield shown == value.value
