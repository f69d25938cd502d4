"""``programme.yaml``: the passport and the outlines, by the levels of a form."""

from __future__ import annotations

import re
from collections.abc import Callable
from collections.abc import Sequence as Seq
from typing import TypeVar

from reportgen.diagnostics import finding
from reportgen.load.council import load_decision
from reportgen.load.fields import Converter, Fields, Found, any_node
from reportgen.load.scalars import boolean, choice, slug, text, whole
from reportgen.load.texts import load_texts
from reportgen.load.timetable import PARTS
from reportgen.load.values import Defaults, RowSchema, executor_of
from reportgen.model.council import Council, Decision
from reportgen.model.form import Form, GivenBy, Level, Shown, TableSection
from reportgen.model.period import Part
from reportgen.model.programme import Item, Programme, Term
from reportgen.source import Mapping, Node

T = TypeVar("T")

_YEARS = whole(2000, 2099)
_PASSPORT = re.compile(r"\bprogramme\s*\.\s*([a-z]+)")


def load_programme(
    node: Node, folder: str, form: Form, council: Council, found: Found
) -> Programme:
    """Build the programme; usable only if ``found`` got no errors.

    What the form's templates print of the passport must be given, the rest may be left out.
    """
    everything = RowSchema.of(form.outlines, council, GivenBy.PROGRAMME)
    with Fields(node, found) as fields:
        fields.required("form", slug, "")
        defaults = everything.defaults(fields.node("defaults"), found)
        passport = _Passport(fields, _printed(form), found)
        name = fields.required("name", text, "")
        return Programme(
            slug=folder,
            name=name,
            genitive=passport.taken("genitive", text)
            or ("" if passport.prints("genitive") else name),
            decision=passport.inner("decision", load_decision),
            amended=fields.optional("amended", boolean, False),  # noqa: FBT003
            executor=passport.taken("executor", executor_of(council)),
            term=passport.inner("term", _term),
            reported=load_reported(fields),
            outlines={
                table.id: _Outline(
                    table, RowSchema.of([table], council, GivenBy.PROGRAMME), defaults, found
                ).items(fields, table.levels, (), "")
                for table in form.outlines
            },
            texts=load_texts(fields, form, GivenBy.PROGRAMME),
            span=fields.span,
            changes=_changes(fields, found),
        )


def load_term(node: Mapping, found: Found) -> Term | None:
    """Return the programme's years; ``None`` with a finding if they cannot be read."""
    mine: Found = []
    with Fields(node, mine).inner("term") as fields:
        term = _term(fields)
    found += mine
    return None if mine else term


def load_reported(fields: Fields) -> frozenset[Part]:
    """Take the kinds of period that the programme reports for: all, if it does not say."""
    kinds = frozenset(fields.each("reported", choice(PARTS)))
    return kinds or frozenset(Part)


def _printed(form: Form) -> frozenset[str]:
    """Return what the form needs of the passport."""
    lines = [line.template for line in form.templates()]
    lines += [one for table in form.tables for column in table.columns for one in column.heading]
    return frozenset(name for line in lines for name in _PASSPORT.findall(line))


class _Passport:
    """The keys of a passport that are required just where the form prints them."""

    def __init__(self, fields: Fields, printed: frozenset[str], found: Found) -> None:
        self._fields = fields
        self._printed = printed
        self._found = found

    def prints(self, key: str) -> bool:
        return key in self._printed

    def taken(self, key: str, convert: Converter[T]) -> T | None:
        if self.prints(key):
            return self._fields.required(key, convert, None)
        return self._fields.optional(key, convert, None)

    def inner(self, key: str, build: Callable[[Fields], T]) -> T | None:
        """Return what is built of a mapping; ``None`` for one with errors: half is nothing."""
        if key not in self._printed and key not in self._fields:
            return None
        before = len(self._found)
        with self._fields.inner(key) as fields:
            built = build(fields)
        return built if len(self._found) == before else None


def _term(fields: Fields) -> Term:
    first = fields.required("from", _YEARS, 2000)
    term = Term(first, fields.required("to", _YEARS, first))
    if term.last < term.first:
        fields.complain("value-choice", "програма закінчується раніше, ніж починається")
    return term


def _changes(fields: Fields, found: Found) -> tuple[Decision, ...]:
    """Take the decisions that changed the programme, but those with errors."""
    changes = []
    for node in fields.each("changes", any_node):
        before = len(found)
        with Fields(node, found) as change:
            decision = load_decision(change)
        if len(found) == before:
            changes.append(decision)
    return tuple(changes)


class _Outline:
    """Reads the nested lists of a table's levels."""

    def __init__(
        self, table: TableSection, schema: RowSchema, defaults: Defaults, found: Found
    ) -> None:
        self._schema = schema
        self._defaults = defaults
        self._found = found
        self._named = _levels_with_text(table)

    def items(
        self, fields: Fields, levels: Seq[Level], above: tuple[Level, ...], inside: str
    ) -> tuple[Item, ...]:
        """Take the list of the first of ``levels`` from its parent's fields.

        ``inside`` begins the keys of all items.
        """
        if not levels:
            return ()
        level, rest = levels[0], levels[1:]
        is_part = bool(above) and above[-1].shown is Shown.ROW
        nodes = fields.each(level.plural, any_node, required=not is_part)
        return tuple(
            self._item(node, position, (level, *rest), above, inside)
            for position, node in enumerate(nodes, start=1)
        )

    def _item(
        self,
        node: Node,
        position: int,
        levels: Seq[Level],
        above: tuple[Level, ...],
        inside: str,
    ) -> Item:
        level, rest = levels[0], levels[1:]
        with Fields(node, self._found) as fields:
            item_id = fields.optional("id", slug, "")
            number = fields.optional("number", text, "")
            if fields.is_mapping and not item_id and not number:
                wanted = "number" if level.number and not level.restarts else "id"
                message, hint = f"бракує ключа «{wanted}»", f"допишіть тут «{wanted}: …»"
                self._found.append(finding("key-missing", node.span, message, hint))
            is_row = level.shown is Shown.ROW
            key = inside + (item_id or number)
            below = f"{key}/" if level.restarts else inside
            return Item(
                level=level.id,
                key=key,
                number=number,
                position=position,
                text=fields.required("text", text, "")
                if level.id in self._named
                else fields.optional("text", text, ""),
                values=self._schema.values(fields, self._row_defaults(above), self._found)
                if is_row
                else {},
                children=self.items(fields, rest, (*above, level), below),
                span=node.span,
            )

    def _row_defaults(self, above: tuple[Level, ...]) -> Defaults:
        """Parts take the default fund alone: their texts stand in the row above them."""
        if above and above[-1].shown is Shown.ROW:
            return Defaults({}, self._defaults.fund)
        return self._defaults


def _levels_with_text(table: TableSection) -> frozenset[str]:
    """Return the levels whose text is printed, so that it must be given."""
    printed = {level.id for level in table.levels if level.shown in (Shown.BAND, Shown.TABLE)}
    for column in table.columns:
        if column.source and column.source.field != "number":
            rows = [level.id for level in table.rows]
            printed.update(rows if column.source.level == "row" else [column.source.level])
    return frozenset(level.id for level in table.levels if level.id in printed and level.named)
