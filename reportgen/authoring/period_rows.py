"""The rows of a table in a period's file: those of the programme, with what the last one gave."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from ruamel.yaml.comments import CommentedMap

from reportgen.authoring.copied import Copied
from reportgen.authoring.entries import STEP, beside, entry, head, is_remark, remark
from reportgen.authoring.fates import Step
from reportgen.authoring.missing import (
    given_columns,
    heading_of,
    missing_columns,
    put_in,
    row_levels,
    usual_keys,
)
from reportgen.authoring.remarks import NEW
from reportgen.model.form import Column, Form, Kind, Level, TableSection
from reportgen.model.programme import Item

#: What to write for a key of the file, or of a row; "" for what is to be filled in.
Fresh: TypeAlias = Callable[[str, Item | None], Any]

_FIGURES = (Kind.MONEY, Kind.NUMBER)


@dataclass(slots=True)
class Rows:
    """The rows of a table, as lines; which are new and which are gone is noted on the way.

    ``last`` is the name of the last file, "" where there is none, ``before`` the edition of the
    form that it was written for, and ``defaults`` are the keys that are given for all rows.
    """

    table: TableSection
    old: Copied
    step: Step
    last: str
    before: Form | None
    defaults: Sequence[str]
    fresh: Fresh
    new: list[str] = field(default_factory=list)
    gone: list[str] = field(default_factory=list)
    _usual: set[str] = field(default_factory=set)
    _explained: bool = False

    def lines(self, items: Sequence[Item]) -> list[str]:
        """Return the table's key with all of its rows."""
        levels = row_levels(self.table)
        given = mapping(self.old.root.get(levels[0].plural))
        self._usual = usual_keys([*_rows(given, levels)], self.table, self.step.now)
        self._explained = bool(self.last)
        return self._listed(self.old.root, items, levels, "", 0, told=not self.last)

    def _listed(  # noqa: PLR0913 - a place in two trees
        self,
        above: CommentedMap,
        items: Sequence[Item],
        levels: Sequence[Level],
        inside: str,
        at: int,
        *,
        told: bool,
    ) -> list[str]:
        """Return the key of the first of ``levels`` with its groups or rows.

        ``above`` is what holds the key in the last file, ``inside`` begins the items' keys. Of what
        is new in a new group or row nothing more is ``told``.
        """
        plural = levels[0].plural
        given = mapping(above.get(plural))
        lines = self.old.opened(above, plural, at) if plural in above else head(plural, at)
        known: dict[str, Item] = {}
        for item in _at_level(items, levels[0]):
            known.setdefault(item.key.removeprefix(inside), item)
        for key, item in known.items():
            new = self._new(item, at + STEP) if key not in given and not told else []
            lines += [*new, *self._one(given, key, item, levels, inside, at + STEP, told=told)]
        self.gone += [f"{inside}{key}" for key in given if key not in known]
        return lines

    def _new(self, item: Item, at: int) -> list[str]:
        """Tell of a row that the last file does not have."""
        self.new.append(item.key)
        return remark(f"{NEW}у файлі {self.last} його немає", at)

    def _one(  # noqa: PLR0913, PLR0917 - a place in two trees
        self,
        given: CommentedMap,
        key: str,
        item: Item,
        levels: Sequence[Level],
        inside: str,
        at: int,
        *,
        told: bool,
    ) -> list[str]:
        """Return one group or row, or a part of a row."""
        is_new = key not in given
        told = told or is_new
        lines = head(key, at) if is_new else self.old.opened(given, key, at)
        below = mapping(given.get(key))
        if len(levels) == 1:
            return [*lines, *self._row(below, item, inside, at + STEP, is_new=is_new, told=told)]
        prefix = f"{item.key}/"
        inner = self._listed(below, item.children, levels[1:], prefix, at + STEP, told=told)
        return [*lines, *inner]

    def _row(  # noqa: PLR0913 - a place in two trees
        self,
        given: CommentedMap,
        item: Item,
        inside: str,
        at: int,
        *,
        is_new: bool,
        told: bool,
    ) -> list[str]:
        """Return what a row or a part gives, and its parts; of nothing else, how far it is."""
        rows = self.table.rows
        depth = next(depth for depth, one in enumerate(rows) if one.id == item.level)
        parts = rows[depth + 1 : depth + 2]
        besides = [one.plural for one in parts]
        kept = self.old.fields(given, at, [self.table], besides)
        missing = missing_columns(
            self.table,
            given,
            self.step,
            self.before,
            elsewhere=self.defaults,
            usual=self._usual if is_new else (),
            is_part=depth > 0,
        )
        fresh = {one.id: self._fresh(one, item, at) for one in missing}
        self._explained = self._explained or bool(missing)
        lines = kept.pop("", [])
        order = put_in([*kept], [*fresh], [one.id for one in given_columns(self.table)])
        lines += [line for key in order for line in {**kept, **fresh}[key]]
        if item.children or any(one in given for one in besides):
            lines += self._listed(given, item.children, parts, inside, at, told=told)
        if all(map(is_remark, lines)):
            lines += written("status", self.fresh("status", item), at)
        return lines

    def _fresh(self, column: Column, item: Item, at: int) -> list[str]:
        """Return a column that the last file does not give; in the first row, what it is."""
        lines = written(column.id, self.fresh(column.id, item), at)
        heading = heading_of(column)
        if self._explained or not heading:
            return lines
        if column.kind in _FIGURES:
            return beside(lines, heading)
        return [*remark(heading, at), *lines]  # beside a text it would seem to be a part of it


def mapping(value: object) -> CommentedMap:
    """Return what a key of the last file holds, if it holds keys itself; nothing else."""
    return value if isinstance(value, CommentedMap) else CommentedMap()


def written(key: str, value: object, at: int) -> list[str]:
    """Return a key with its value; of an empty one, the key to be filled in."""
    return head(key, at) if value == "" else entry(key, value, at)


def _at_level(items: Iterable[Item], level: Level) -> Iterator[Item]:
    return (one for item in items for one in item.walk() if one.level == level.id)


def _rows(given: CommentedMap, levels: Sequence[Level]) -> Iterator[Mapping[str, Any]]:
    """Yield the rows of the last file below a table's key."""
    for value in given.values():
        inner = mapping(value)
        if len(levels) > 1:
            yield from _rows(mapping(inner.get(levels[1].plural)), levels[1:])
        else:
            yield inner
