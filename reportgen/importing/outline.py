"""What was read of a table as content: items with keys, values and remarks."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from reportgen.importing.amounts import printed, printed_money, says_nothing
from reportgen.importing.branches import Branch, ReadTable
from reportgen.importing.findings import Findings
from reportgen.importing.ids import Ids
from reportgen.importing.labels import parent_number, prints_place
from reportgen.importing.likeness import one_line
from reportgen.importing.matching import Match, match_rows, unclaimed
from reportgen.importing.values import Content, Guess, ValueReader, by_funds, chosen_fund, shown
from reportgen.model.form import Column, GivenBy, Kind, Level, Shown, TableSection
from reportgen.model.programme import Item
from reportgen.read.source import Place, SourceCell


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
    """Makes entries of the branches of one table.

    ``named_funds`` are those that the programme's files name for a row, by its key.
    """

    def __init__(
        self,
        table: ReadTable,
        values: ValueReader,
        known: Sequence[Item],
        findings: Findings,
        named_funds: Mapping[str, frozenset[str]],
    ) -> None:
        self._section = table.section
        self._named_funds = named_funds
        self._table = table
        self._values = values
        self._known = known
        self._findings = findings
        self._ids = Ids(item.key.rpartition("/")[2] for one in known for item in one.walk())
        self._elsewhere = [] if table.section.restarting else unclaimed(table, known)
        self._plans = [
            one for one in self._section.fields
            if one.kind is Kind.MONEY and one.given is GivenBy.PROGRAMME
        ]  # fmt: skip
        self._used: set[str] = set()

    def entries(self) -> tuple[Entry, ...]:
        """Return the outline."""
        return self._all(self._table.branches, self._known, "")

    def _all(
        self, branches: Sequence[Branch], known: Sequence[Item], inside: str
    ) -> tuple[Entry, ...]:
        for one in branches:
            if prints_place(one.level) and one.children:
                one.number = _common_number(one.children) or one.number
        matches = match_rows(branches, known, self._elsewhere, self._plans)
        self._used |= {one.item.key for one in matches.values()}
        return tuple(self._entry(one, matches.get(one), inside) for one in branches)

    def _entry(self, branch: Branch, match: Match | None, inside: str) -> Entry:
        level = branch.level
        item = match.item if match else None
        self._tell_match(branch, match)
        item_id, number = self._named(branch, item, inside)
        key = inside + (item_id or number)
        self._used.add(key)
        self._ids.take(item_id)
        below = f"{key}/" if level.restarts else inside
        given, told, typed = self._row(branch, key) if level.shown is Shown.ROW else ({}, {}, {})
        if match and match.doubtful:
            told, typed = self._withheld(branch, told), {}
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

    def _tell_match(self, branch: Branch, match: Match | None) -> None:
        """Tell of a row whose number is another's in the programme."""
        if match is None or not match.renumbered:
            return
        ours = match.item.number or match.item.key
        message = f"рядок {branch.named} — це «{ours}» у програмі: текст той самий, номер інший"
        hint = f"дані записано під {ours}; якщо номери змінено, змініть їх у programme.yaml"
        self._findings.tell("import-differs", branch.place, message, hint)
        branch.doubts.append(f"у джерелі номер {branch.number}")

    def _withheld(self, branch: Branch, told: Mapping[str, Content]) -> dict[str, Content]:
        """Tell of a row that shares but its number with the programme's; its values are remarks."""
        if branch.level.shown is not Shown.ROW or not told:
            return {**told}
        message = f"під номером {branch.number} у програмі інший захід, а такого тексту в ній немає"
        hint = "дані рядка лишено в примітці файлу періоду: допишіть захід або виправте номер"
        self._findings.tell("import-row-unclear", branch.place, message, hint)
        branch.doubts.append(f"у джерелі під цим номером «{one_line(branch.text)}»: не записано")
        branch.doubts += [f"{key}: {shown(value)}" for key, value in told.items()]
        return {}

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
            message = f"номер {branch.number} має інший рядок: цей дістав позначку"
            branch.doubts.append(f"номер {branch.number} у джерелі повторюється")
            self._findings.tell("import-row-unclear", branch.place, message, "виправте номер")
        names = (branch.text, *(cell.text for cell in branch.cells.values()), level.id)
        name = next(one for one in names if any(char.isalpha() for char in one))
        return self._ids.made(name), branch.number

    def _row(
        self, branch: Branch, key: str
    ) -> tuple[dict[str, Content], dict[str, Content], dict[str, SourceCell]]:
        """Return what a row gives for the programme's file and the period's, and typed figures."""
        given: dict[str, Content] = {}
        told: dict[str, Content] = {}
        amounts = self._amounts(branch)
        for column in self._section.fields:
            if column.given is None:
                continue
            value = self._value(column, branch, key, amounts)
            if value is None:
                self._missing(column, branch)
            else:
                (given if column.given is GivenBy.PROGRAMME else told)[column.id] = value
        formulas = {one.id for one in self._section.fields if one.formula}
        typed = {key: cell for key, cell in branch.cells.items() if key in formulas}
        return given, told, {key: cell for key, cell in typed.items() if cell.text.strip()}

    def _value(
        self, column: Column, branch: Branch, key: str, amounts: Mapping[str, Decimal | None]
    ) -> Content | None:
        if column.kind is not Kind.MONEY:
            first = branch.cells.get(column.id)
            cells = [*([first] if first else []), *branch.more.get(column.id, ())]
            return self._values.value(column, cells)
        named = self._named_funds.get(key, frozenset())
        found = self._of_splits(column, branch, named)
        found = found or by_funds(column, self._section, amounts, named)
        parts = self._parts(column, branch, found)
        whole = amounts.get(column.id)
        if not parts:
            return None if whole is None else printed_money(whole, column.decimals)
        total = sum(parts.values(), Decimal(0))
        if whole is not None and whole != total and column.id in branch.cells:
            place = branch.cells[column.id].place
            message = f"частини дають {printed(total)}, а надруковано {printed(whole)}"
            self._findings.tell("import-figure", place, message, "перенесено частини")
            branch.doubts.append(f"у джерелі {column.id}: {printed(whole)}")
        return {fund: printed_money(amount, column.decimals) for fund, amount in parts.items()}

    def _amounts(self, branch: Branch) -> dict[str, Decimal | None]:
        """Return the money that a row's cells show, by column."""
        return {
            one.id: self._values.amount(branch.cells[one.id])
            for one in self._section.columns
            if one.kind is Kind.MONEY and not one.formula and one.id in branch.cells
        }

    def _of_splits(
        self, column: Column, branch: Branch, named: Collection[str]
    ) -> list[tuple[str | Guess, Decimal]]:
        """Return a column's money by fund, where each source has a row of its own."""
        parts: list[tuple[str | Guess, Decimal]] = []
        for fund, cells in branch.by_fund.items():
            amount = self._values.amount(cells[column.id]) if column.id in cells else None
            if amount is not None:
                parts.append((fund, amount))
        for index, cells in branch.splits.items():
            funds = self._section.splits[index].funds
            if funds and column.id in cells:
                amount = self._values.amount(cells[column.id])
                if amount is not None:
                    parts.append((chosen_fund(funds, named), amount))
        return parts

    def _parts(
        self, column: Column, branch: Branch, found: Sequence[tuple[str | Guess, Decimal]]
    ) -> dict[str, Decimal]:
        """Return money by fund; a fund that nothing tells is a doubt, if there is any money."""
        parts: dict[str, Decimal] = {}
        for fund, amount in found:
            if isinstance(fund, Guess) and amount:
                choices = ", ".join(fund.choices)
                name = column.heading[-1] or column.id
                message = f"рядок {branch.named}, «{name}»: {printed(amount)} — "
                message += f"кошти одного з джерел ({choices}); записано як «{fund.fund}»"
                hint = "впишіть у файл справжнє джерело: у цьому звіті його не надруковано"
                self._findings.tell("import-fund", branch.place, message, hint)
                branch.doubts.append(
                    f"{column.id}: «{fund.fund}» — припущення, може бути {choices}"
                )
            parts[fund.fund if isinstance(fund, Guess) else fund] = amount
        return parts

    def _missing(self, column: Column, branch: Branch) -> None:
        """Tell of a value that the form requires and the source does not have."""
        is_figure = column.kind in (Kind.MONEY, Kind.NUMBER)
        if not column.required or not is_figure or column.id in branch.shared:
            return
        cell = branch.cells.get(column.id)
        shown = one_line(cell.text) if cell else ""
        branch.doubts.append(f"{column.id}: у джерелі {f'«{shown}»' if shown else 'немає числа'}")
        if cell and not says_nothing(shown):
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


def amounts_of(column: Column, base: TableSection, entries: Sequence[Entry]) -> Iterator[Decimal]:
    """Yield what the rows of a table have of a column's money, fund by fund."""
    key = column.share.column if column.share else column.id
    for entry in rows_of(base, entries):
        value = entry.told.get(key, entry.given.get(key))
        if isinstance(value, str):
            yield Decimal(value)
        elif isinstance(value, dict):
            yield from (Decimal(part) for part in value.values())
