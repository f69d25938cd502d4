"""A period's file: figures and narrative, rows by their numbers."""

from __future__ import annotations

from collections.abc import Mapping

from reportgen.diagnostics import Span, finding
from reportgen.load.fields import Fields, Found
from reportgen.load.scalars import choice, period, slug
from reportgen.load.texts import load_texts
from reportgen.load.values import Defaults, RowSchema, official_of
from reportgen.model.council import Council, Official
from reportgen.model.form import Form, GivenBy, Level, TableSection
from reportgen.model.period import Period
from reportgen.model.programme import Entry, PeriodReport, Status
from reportgen.source import Node

_STATUSES = choice({status.value: status for status in Status})


def load_period(
    node: Node, expected: Period, form: Form, council: Council, found: Found
) -> PeriodReport:
    """Build the period's report; usable only if ``found`` got no errors."""
    everything = RowSchema.of(form.outlines, council, GivenBy.PERIOD)
    with Fields(node, found) as fields:
        fields.optional("form", slug, "")
        given = fields.required("period", period, expected)
        if given != expected:
            message = f"у файлі період «{given.id}», а файл зветься «{expected.id}.yaml»"
            fields.report("period-mismatch", "period", message, "виправте одне з двох")
        defaults = everything.defaults(fields.node("defaults"), found)
        return PeriodReport(
            period=expected,
            signatories=_signatories(fields, council) if form.signature else (),
            entries={
                table.id: _Rows(
                    RowSchema.of([table], council, GivenBy.PERIOD), defaults, found
                ).of_table(fields, table)
                for table in form.outlines
            },
            texts=load_texts(fields, form, GivenBy.PERIOD),
            span=fields.span,
        )


def _signatories(fields: Fields, council: Council) -> tuple[Official, ...]:
    """Take who signs: one, or several from the first."""
    official = official_of(council)
    if "signatories" in fields:
        return fields.each("signatories", official, required=True)
    one = fields.required("signatory", official, None)
    return (one,) if one else ()


class _Rows:
    """Reads rows by level: the rows themselves, and their parts below them."""

    def __init__(self, schema: RowSchema, defaults: Defaults, found: Found) -> None:
        self._schema = schema
        self._defaults = defaults
        self._keys_of_rows = {"status", "fund", *(column.id for column in schema.columns)}
        self._found = found

    def of_table(self, fields: Fields, table: TableSection) -> Mapping[str, Entry]:
        """Take all rows of a table."""
        return self._grouped(fields, table.restarting, table.rows, "")

    def _grouped(
        self, fields: Fields, groups: tuple[Level, ...], rows: tuple[Level, ...], inside: str
    ) -> Mapping[str, Entry]:
        """Take rows below the groups in which numbers start anew; ``inside`` begins their keys."""
        if not groups:
            return self._take(fields, rows, self._defaults, inside, required=True)
        entries: dict[str, Entry] = {}
        for key, _, node in fields.pairs(groups[0].plural, required=True):
            with Fields(node, self._found) as group:
                entries.update(self._grouped(group, groups[1:], rows, f"{inside}{key}/"))
        return entries

    def _take(
        self,
        fields: Fields,
        levels: tuple[Level, ...],
        defaults: Defaults,
        inside: str,
        *,
        required: bool,
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
                parts = self._take(row, levels[1:], below, inside, required=False)
                entries[inside + key] = Entry(values, status, parts, span, row.is_mapping)
        if misplaced:
            message = "цей ключ стоїть нарівні з номерами рядків"
            hint = "зсуньте його праворуч, а з ним і сусідні: їм місце під номером рядка"
            self._found.append(finding("key-unknown", misplaced[0], message, hint))
        return entries
