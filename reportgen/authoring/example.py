"""A made-up programme in any form, small enough to be read whole, and what its report gives.

Its figures hold together as the rules of ``check`` want them: parts make up their row, less is paid
than was planned, no two rows are alike.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from ruamel.yaml.comments import CommentedMap, CommentedSeq

from reportgen.authoring.fates import is_plan
from reportgen.check.funds import funds_shown
from reportgen.editing import in_braces
from reportgen.model.form import Column, Form, GivenBy, Kind, Level, Shown, TableSection
from reportgen.model.programme import Item

EXECUTOR, OFFICIAL, PROGRAMME = "blahoustrii", "prykladenko", "enerhozberezhennia"

_ROWS = (Decimal(800), Decimal(350))  # the year's plans of a table's rows, thousands of hryvnias
_PARTS = (Decimal("0.625"), Decimal("0.375"))  # of their row
_PAID = Decimal("0.85")  # of the plan
_FUNDS = (Decimal("0.6"), Decimal("0.4"))  # of a sum of two funds
_NAMES = {
    "direction": ["Зелені насадження"],
    "priority": ["Зелене місто"],
    "sector": ["Благоустрій"],
    "goal": ["Місто, у якому приємно гуляти"],
    "task": ["Доглядати за зеленими насадженнями"],
    "measure": ["Висадити дерева вздовж вулиць", "Упорядкувати сквери"],
    "project": ["Зелені вулиці", "Сквери поруч"],
    "part": ["саджанці", "догляд за ними"],
    "group": ["Показники продукту"],
    "indicator": ["Кількість висаджених дерев", "Кількість упорядкованих скверів"],
}
_NARRATIVES = (
    "Роботи виконано за графіком.",
    "Роботи тривають, договір укладено.",
    "Закуплено саджанці.",
    "Догляд триває.",
)
_ABOUT_ALL = "У місті стає більше дерев і доглянутих скверів."
_TEXTS = {"unit": "од.", "origin": "звіт управління"}


@dataclass(frozen=True, slots=True)
class Example:
    """The example of a form, its yearly columns written out, in one year."""

    form: Form
    year: int

    def outline(self, table: TableSection) -> CommentedSeq:
        """Return what ``programme.yaml`` has under the key of a table's highest level."""
        return CommentedSeq([*self._items(table, table.levels, "", ())])

    def _items(
        self, table: TableSection, levels: Sequence[Level], inside: str, rows: tuple[int, ...]
    ) -> Iterator[CommentedMap]:
        """Yield one group of a level, or two rows, the first one with its parts.

        ``inside`` begins their numbers; ``rows`` is the place of the row that they are parts of.
        """
        level, rest = levels[0], levels[1:]
        names = _NAMES.get(level.id, [f"Назва ({level.id})", f"Інша назва ({level.id})"])
        is_row = level.shown is Shown.ROW
        for position in range(1, 3 if is_row else 2):
            place = (*rows, position) if is_row else ()
            number = f"{inside}.{position}".strip(".")
            item = CommentedMap()
            if level.restarts or not level.number:
                item["id"] = f"{level.id.replace('_', '-')}-{position}"
            if level.number:
                item["number"] = number
            item["text"] = names[(position - 1) % len(names)]
            if is_row:
                item |= self._row(table, place)
            if rest and position == 1:
                below = "" if level.restarts else number
                item[rest[0].plural] = CommentedSeq([*self._items(table, rest, below, place)])
            yield item

    def _row(self, table: TableSection, place: tuple[int, ...]) -> dict[str, Any]:
        columns = (one for one in table.fields if one.given is GivenBy.PROGRAMME)
        is_part = len(place) > 1
        wanted = (one for one in columns if not is_part or one.kind is Kind.MONEY)
        return {one.id: self._value(table, one, place) for one in wanted}

    def given(self, key: str, item: Item | None) -> Any:  # noqa: ANN401 - as `Fresh` says
        """Return what the period's file has for a key, of a row or at the top."""
        if item is None or key == "status":
            known = {"signatory": OFFICIAL, "fund": self.fund, "term": str(self.year)}
            return {**known, "status": "ongoing"}.get(key, _ABOUT_ALL)
        for table in self.form.outlines:
            depth = [one.id for one in table.rows].index(item.level) if _has(table, item) else -1
            for column in table.fields if depth >= 0 else ():
                if column.id == key:
                    place = (1,) * depth + (item.position,)  # only first rows have parts
                    return self._value(table, column, place)
        return ""

    @property
    def fund(self) -> str:
        """The fund of all money that is not given by fund."""
        return next(iter(self.funds), "general")

    @property
    def funds(self) -> list[str]:
        """All funds that the form shows, in its order."""
        lists = [
            *(split.funds for table in self.form.tables for split in table.splits),
            *(one.share.funds for table in self.form.tables for one in table.fields if one.share),
            *(total.funds for table in self.form.tables for total in table.totals),
        ]
        return [*dict.fromkeys(fund for funds in lists for fund in funds)]

    def _value(self, table: TableSection, column: Column, place: tuple[int, ...]) -> Any:  # noqa: ANN401
        """Return the value of a column in a row, as a file of content has it."""
        match column.kind:
            case Kind.MONEY:
                return self._money(table, column, place)
            case Kind.NUMBER:
                return str(int(self._sum(table, column, place) / 10))
            case Kind.EXECUTORS | Kind.PROGRAMMES | Kind.FUNDING:
                listed = CommentedSeq([EXECUTOR if column.kind is Kind.EXECUTORS else PROGRAMME])
                listed.fa.set_flow_style()
                return listed
            case Kind.NARRATIVE:
                return _NARRATIVES[(place[-1] - 1 + 2 * (len(place) - 1)) % len(_NARRATIVES)]
        if column.kind is Kind.YEARS or column.id == "term":
            programme = column.given is GivenBy.PROGRAMME
            return f"{self.year - 1}-{self.year + 1}" if programme else str(self.year)
        return _TEXTS.get(column.id, "за потреби")

    def _money(self, table: TableSection, column: Column, place: tuple[int, ...]) -> Any:  # noqa: ANN401
        """Return a sum, by fund where the form shows by which fund it is."""
        whole = self._sum(table, column, place)
        places = min(column.decimals, 1)
        if not places:
            whole *= 1000  # the form is in hryvnias
        shown = funds_shown(table, self.form).get(column.id, set())
        funds = [fund for fund in self.funds if fund in shown]
        by_fund = any(one.share and one.share.column == column.id for one in table.fields)
        if not funds or not (by_fund or table.splits or self.fund not in funds):
            return f"{whole:.{places}f}"
        pairs = zip(funds, _FUNDS if len(funds) > 1 else (Decimal(1),), strict=False)
        return in_braces({fund: f"{whole * share:.{places}f}" for fund, share in pairs})

    def _sum(self, table: TableSection, column: Column, place: tuple[int, ...]) -> Decimal:
        """Return a sum in thousands: of another size in each row of each table."""
        tables = [one.id for one in self.form.outlines]
        whole = _ROWS[place[0] - 1] + 40 * tables.index(table.id)
        if len(place) > 1:
            whole *= _PARTS[place[1] - 1]
        if column.given is GivenBy.PROGRAMME:
            return whole * 3  # its three years
        return whole if is_plan(table, column.id) else whole * _PAID


def _has(table: TableSection, item: Item) -> bool:
    return any(one.id == item.level for one in table.rows)
