"""A period's file: figures and narrative, rows by their numbers."""

from __future__ import annotations

from collections.abc import Mapping

from reportgen.diagnostics import Span, finding
from reportgen.load.fields import Fields, Found
from reportgen.load.scalars import choice, period, slug
from reportgen.load.values import Defaults, RowSchema, official_of
from reportgen.model.council import Council, Official
from reportgen.model.form import Form, GivenBy, Level
from reportgen.model.period import Period
from reportgen.model.programme import Entry, PeriodReport, Status
from reportgen.source import Node

_STATUSES = choice({status.value: status for status in Status})


def load_period(
    node: Node, expected: Period, form: Form, council: Council, found: Found
) -> PeriodReport:
    """Build the period's report; usable only if ``found`` got no errors."""
    schema = RowSchema.of(form, council, GivenBy.PERIOD)
    with Fields(node, found) as fields:
        fields.optional("form", slug, "")
        given = fields.required("period", period, expected)
        if given != expected:
            message = f"у файлі період «{given.id}», а файл зветься «{expected.id}.yaml»"
            fields.report("period-mismatch", "period", message, "виправте одне з двох")
        defaults = schema.defaults(fields.node("defaults"), found)
        signatory = fields.required(
            "signatory",
            official_of(council),
            Official("", "", "", "", fields.span),
        )
        rows = _Rows(schema, found)
        entries = rows.take(fields, form.rows, defaults, required=True)
        return PeriodReport(expected, signatory, entries, fields.span)


class _Rows:
    """Reads rows by level: the rows themselves, and their parts below them."""

    def __init__(self, schema: RowSchema, found: Found) -> None:
        self._schema = schema
        self._keys_of_rows = {"status", "fund", *(column.id for column in schema.columns)}
        self._found = found

    def take(
        self, fields: Fields, levels: tuple[Level, ...], defaults: Defaults, *, required: bool
    ) -> Mapping[str, Entry]:
        """Take the rows of the first of ``levels``, each with its parts."""
        if not levels:
            return {}
        entries: dict[str, Entry] = {}
        misplaced: list[Span] = []
        for key, span, node in fields.pairs(levels[0].plural, required=required):
            if key in self._keys_of_rows:
                misplaced.append(span)
                continue
            with Fields(node, self._found) as row:
                values = self._schema.values(row, defaults, self._found)
                status = row.optional("status", _STATUSES, None)
                # Parts take the default fund alone: their texts stand in the row above them.
                below = Defaults({}, defaults.fund)
                parts = self.take(row, levels[1:], below, required=False)
                entries[key] = Entry(values, status, parts, span, row.is_mapping)
        if misplaced:
            message = "цей ключ стоїть нарівні з номерами рядків"
            hint = "зсуньте його праворуч, а з ним і сусідні: їм місце під номером рядка"
            self._found.append(finding("key-unknown", misplaced[0], message, hint))
        return entries
