"""What was read of a table as content: items with keys, values and remarks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from reportgen.importing.amounts import is_fault, is_number, printed
from reportgen.importing.branches import Branch, ReadTable
from reportgen.importing.findings import Findings
from reportgen.importing.ids import Ids
from reportgen.importing.labels import parent_number, prints_place
from reportgen.importing.likeness import likeness, one_line
from reportgen.importing.values import Content, ValueReader, by_funds
from reportgen.model.form import Column, GivenBy, Kind, Level, Shown, TableSection
from reportgen.model.programme import Item
from reportgen.read.source import Place, SourceCell

_SAME_TEXT = 0.9


@dataclass(frozen=True, slots=True)
class Entry:
    """An item of content. ``given`` is for the programme's file, ``told`` for the period's.

    ``typed`` are cells of what the program computes itself; ``known`` is the item of the programme
    that is there already; ``key`` is what rows are found by.
    """

    level: Level
    id: str
    number: str
    text: str
    key: str
    given: Mapping[str, Content]
    told: Mapping[str, Content]
    typed: Mapping[str, SourceCell]
    doubts: tuple[str, ...]
    children: tuple[Entry, ...]
    place: Place
    known: Item | None

    def walk(self) -> Iterator[Entry]:
        """Yield the entry and all below it, top down."""
        yield self
        for child in self.children:
            yield from child.walk()


class OutlineMaker:
    """Makes entries of the branches of one table."""

    def __init__(
        self,
        table: ReadTable,
        values: ValueReader,
        known: Sequence[Item],
        findings: Findings,
    ) -> None:
        self._section = table.section
        self._table = table
        self._values = values
        self._known = known
        self._findings = findings
        self._ids = Ids(item.key.rpartition("/")[2] for one in known for item in one.walk())
        self._used: set[str] = set()
        self._found: set[int] = set()  # items of the programme, which may share their keys

    def entries(self) -> tuple[Entry, ...]:
        """Return the outline."""
        return self._all(self._table.branches, self._known, "")

    def _all(
        self, branches: Sequence[Branch], known: Sequence[Item], inside: str
    ) -> tuple[Entry, ...]:
        return tuple(self._entry(branch, known, inside) for branch in branches)

    def _entry(self, branch: Branch, known: Sequence[Item], inside: str) -> Entry:
        level = branch.level
        if prints_place(level) and branch.children:
            branch.number = _common_number(branch.children) or branch.number
        item = self._match(branch, known)
        if item:
            self._found.add(id(item))
        item_id, number = self._named(branch, item, inside)
        key = inside + (item_id or number)
        self._used.add(key)
        self._ids.take(item_id)
        below = f"{key}/" if level.restarts else inside
        given, told, typed = self._row(branch) if level.shown is Shown.ROW else ({}, {}, {})
        return Entry(
            level=level,
            id=item_id,
            number=number,
            text=branch.text,
            key=key,
            given=given,
            told=told,
            typed=typed,
            doubts=tuple(branch.doubts),
            children=self._all(branch.children, item.children if item else (), below),
            place=branch.place,
            known=item,
        )

    def _match(self, branch: Branch, known: Sequence[Item]) -> Item | None:
        """Return the item of the programme that a branch is."""
        free = [one for one in known if one.level == branch.level.id and id(one) not in self._found]
        if branch.number:
            return next((one for one in free if one.number == branch.number), None)
        best = max(free, key=lambda one: likeness(one.text, branch.text), default=None)
        if best and (likeness(best.text, branch.text) >= _SAME_TEXT or best.text == branch.text):
            return best
        return None

    def _named(self, branch: Branch, item: Item | None, inside: str) -> tuple[str, str]:
        """Return id and number; what has no number of its own, or one that is taken, gets an id."""
        level = branch.level
        if item:
            own = item.key.removeprefix(inside)
            return (own if own != item.number else "", item.number)
        taken = level.shown is Shown.ROW and inside + branch.number in self._used
        if branch.number and not level.restarts and not taken:
            return "", branch.number
        if branch.number and taken:
            message = f"номер {branch.number} уже є вище: рядок дістав позначку"
            branch.doubts.append(f"номер {branch.number} у джерелі повторюється")
            self._findings.tell("import-row-unclear", branch.place, message, "виправте номер")
        names = (branch.text, *(cell.text for cell in branch.cells.values()), level.id)
        name = next(one for one in names if any(char.isalpha() for char in one))
        return self._ids.made(name), branch.number

    def _row(
        self, branch: Branch
    ) -> tuple[dict[str, Content], dict[str, Content], dict[str, SourceCell]]:
        """Return what a row gives for the programme's file and the period's, and typed figures."""
        given: dict[str, Content] = {}
        told: dict[str, Content] = {}
        amounts = self._amounts(branch)
        for column in self._section.fields:
            if column.given is None:
                continue
            value = self._value(column, branch, amounts)
            if value is None:
                self._missing(column, branch)
            else:
                (given if column.given is GivenBy.PROGRAMME else told)[column.id] = value
        formulas = {one.id for one in self._section.fields if one.formula}
        typed = {key: cell for key, cell in branch.cells.items() if key in formulas}
        return given, told, {key: cell for key, cell in typed.items() if cell.text.strip()}

    def _value(
        self, column: Column, branch: Branch, amounts: Mapping[str, Decimal | None]
    ) -> Content | None:
        if column.kind is not Kind.MONEY:
            first = branch.cells.get(column.id)
            cells = [*([first] if first else []), *branch.more.get(column.id, ())]
            return self._values.value(column, cells)
        parts = self._of_splits(column, branch) or by_funds(column, self._section, amounts)
        whole = amounts.get(column.id)
        if not parts:
            return None if whole is None else printed(whole)
        total = sum(parts.values(), Decimal(0))
        if whole is not None and whole != total and column.id in branch.cells:
            place = branch.cells[column.id].place
            message = f"частини дають {printed(total)}, а надруковано {printed(whole)}"
            self._findings.tell("import-figure", place, message, "перенесено частини")
            branch.doubts.append(f"у джерелі {column.id}: {printed(whole)}")
        return {fund: printed(amount) for fund, amount in parts.items()}

    def _amounts(self, branch: Branch) -> dict[str, Decimal | None]:
        """Return the money that a row's cells show, by column."""
        return {
            one.id: self._values.amount(branch.cells[one.id])
            for one in self._section.columns
            if one.kind is Kind.MONEY and not one.formula and one.id in branch.cells
        }

    def _of_splits(self, column: Column, branch: Branch) -> dict[str, Decimal]:
        """Return a column's money by fund, where each source has a row of its own."""
        parts: dict[str, Decimal] = {}
        for index, cells in branch.splits.items():
            funds = self._section.splits[index].funds
            if funds and column.id in cells:
                amount = self._values.amount(cells[column.id])
                if amount is not None:
                    parts[funds[0]] = amount
        return parts

    def _missing(self, column: Column, branch: Branch) -> None:
        """Tell of a value that the form requires and the source does not have."""
        is_figure = column.kind in (Kind.MONEY, Kind.NUMBER)
        if not column.required or not is_figure:
            return
        cell = branch.cells.get(column.id)
        shown = one_line(cell.text) if cell else ""
        branch.doubts.append(f"{column.id}: у джерелі {f'«{shown}»' if shown else 'немає числа'}")
        if cell and (is_fault(shown) or not (is_number(shown) or not shown)):
            return  # what is there was told of already
        message = f"рядок {branch.named}: немає числа для «{column.heading[-1]}»"
        hint = "якщо коштів не було, впишіть 0.0"
        self._findings.tell("import-value", cell.place if cell else branch.place, message, hint)


def _common_number(children: Sequence[Branch]) -> str:
    """Return what the numbers of all children begin with: «10» of «10.8» and «10.9»."""
    beginnings = {parent_number(child.number) for child in children}
    return beginnings.pop() if len(beginnings) == 1 else ""


def with_doubts(entry: Entry, more: Mapping[str, Sequence[str]]) -> Entry:
    """Return an entry with further remarks, given by key."""
    return replace(
        entry,
        doubts=(*entry.doubts, *more.get(entry.key, ())),
        children=tuple(with_doubts(child, more) for child in entry.children),
    )


def rows_of(section: TableSection, entries: Sequence[Entry]) -> Iterator[Entry]:
    """Yield the rows of the main level, in order."""
    main = section.rows[0].id
    for entry in entries:
        yield from (one for one in entry.walk() if one.level.id == main)
