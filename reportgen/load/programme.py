"""``programme.yaml``: the passport and the outline, by the levels of a form."""

from __future__ import annotations

import datetime
from collections.abc import Sequence as Seq

from reportgen.diagnostics import finding
from reportgen.load.fields import Fields, Found, any_node
from reportgen.load.scalars import boolean, date, slug, text, whole
from reportgen.load.values import Defaults, RowSchema, executor_of
from reportgen.model.council import Council, Executor
from reportgen.model.form import Form, GivenBy, Level, Shown
from reportgen.model.programme import Decision, Item, Programme, Term
from reportgen.source import Node

_YEARS = whole(2000, 2099)


def load_programme(
    node: Node, folder: str, form: Form, council: Council, found: Found
) -> Programme:
    """Build the programme; usable only if ``found`` got no errors."""
    schema = RowSchema.of(form, council, GivenBy.PROGRAMME)
    with Fields(node, found) as fields:
        fields.required("form", slug, "")
        defaults = schema.defaults(fields.node("defaults"), found)
        with fields.inner("term") as years:
            first = years.required("from", _YEARS, 2000)
            term = Term(first, years.required("to", _YEARS, first))
        if term.last < term.first:
            fields.report("value-choice", "term", "програма закінчується раніше, ніж починається")
        return Programme(
            slug=folder,
            name=fields.required("name", text, ""),
            genitive=fields.required("genitive", text, ""),
            decision=_decision(fields),
            amended=fields.optional("amended", boolean, False),  # noqa: FBT003
            executor=fields.required(
                "executor",
                executor_of(council),
                Executor("", "", "", (), "", node.span),
            ),
            term=term,
            outline=_Outline(form, schema, defaults, found).items(fields, form.levels, ()),
            span=fields.span,
        )


def _decision(programme: Fields) -> Decision:
    with programme.inner("decision") as fields:
        return Decision(
            date=fields.required("date", date, datetime.date.min),
            number=fields.required("number", text, ""),
            span=fields.span,
        )


class _Outline:
    """Reads the nested lists of a form's levels."""

    def __init__(self, form: Form, schema: RowSchema, defaults: Defaults, found: Found) -> None:
        self._schema = schema
        self._defaults = defaults
        self._found = found
        self._named = _levels_with_text(form)

    def items(
        self, fields: Fields, levels: Seq[Level], above: tuple[Level, ...]
    ) -> tuple[Item, ...]:
        """Take the list of the first of ``levels`` from its parent's fields."""
        if not levels:
            return ()
        level, rest = levels[0], levels[1:]
        is_part = bool(above) and above[-1].shown is Shown.ROW
        nodes = fields.each(level.plural, any_node, required=not is_part)
        return tuple(
            self._item(node, position, (level, *rest), above)
            for position, node in enumerate(nodes, start=1)
        )

    def _item(
        self, node: Node, position: int, levels: Seq[Level], above: tuple[Level, ...]
    ) -> Item:
        level, rest = levels[0], levels[1:]
        with Fields(node, self._found) as fields:
            item_id = fields.optional("id", slug, "")
            number = fields.optional("number", text, "")
            if fields.is_mapping and not item_id and not number:
                wanted = "number" if level.number else "id"
                message, hint = f"бракує ключа «{wanted}»", f"допишіть тут «{wanted}: …»"
                self._found.append(finding("key-missing", node.span, message, hint))
            is_row = level.shown is Shown.ROW
            return Item(
                level=level.id,
                key=item_id or number,
                number=number,
                position=position,
                text=fields.required("text", text, "")
                if level.id in self._named
                else fields.optional("text", text, ""),
                values=self._schema.values(fields, self._row_defaults(above), self._found)
                if is_row
                else {},
                children=self.items(fields, rest, (*above, level)),
                span=node.span,
            )

    def _row_defaults(self, above: tuple[Level, ...]) -> Defaults:
        """Parts take the default fund alone: their texts stand in the row above them."""
        if above and above[-1].shown is Shown.ROW:
            return Defaults({}, self._defaults.fund)
        return self._defaults


def _levels_with_text(form: Form) -> frozenset[str]:
    """Return the levels whose text the form prints, so that it must be given."""
    printed = {level.id for level in form.levels if level.shown is Shown.BAND}
    for column in form.columns:
        if column.source and column.source.field != "number":
            rows = [level.id for level in form.rows]
            printed.update(rows if column.source.level == "row" else [column.source.level])
    return frozenset(printed)
