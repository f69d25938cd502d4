"""What was built, remembered by all that it was built from: the same is not built twice.

It lies in the user's own folder, as what `remembered` holds does. It is only as good as the files
in the output folder: a file that is not the one which was built is built again.
"""

from __future__ import annotations

import contextlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from reportgen.build.fingerprints import fingerprint, machine_fingerprint
from reportgen.build.ledger import Ledger, output_name
from reportgen.build.make import Made, Order
from reportgen.build.manifest import digest
from reportgen.build.plain import plain, revived
from reportgen.build.records import UNREADABLE, Record, read_records, write_records
from reportgen.build.snapshot import Snapshot
from reportgen.diagnostics import Diagnostic
from reportgen.load import ReportSource


@dataclass(frozen=True, slots=True)
class Built:
    """A report as it was built: ``files`` maps formats to the SHA-256 of what was made."""

    form_id: str
    found: tuple[Diagnostic, ...]
    files: Mapping[str, str]


class BuiltBefore:
    """What earlier builds have made of one project.

    Without a ``folder`` nothing is known. One that does not ``recall`` answers nothing, and still
    keeps.
    """

    def __init__(self, folder: Path | None, order: Order, *, recall: bool = True) -> None:
        self._folder = folder
        self._order = order
        self._recall = recall

    def recall(self, source: ReportSource, snapshot: Snapshot, ledger: Ledger) -> Built | None:
        """Return the report as it was built from the same, if its files lie there unchanged."""
        record = self._read(source).get(source.period.id) if self._recall else None
        if record is None or record.key != self._key(snapshot):
            return None
        with contextlib.suppress(*UNREADABLE):
            built = revived(Built, record.value)
            if all(
                ledger.holds(output_name(source, form), built.files.get(form, ""))
                for form in self._order.formats
            ):
                return built
        return None

    def keep(self, source: ReportSource, snapshot: Snapshot, made: Made) -> None:
        """Remember a report whose files were put in place."""
        key = self._key(snapshot)
        if self._folder is None or key is None or not made.files:
            return
        files = {form: digest(data) for form, data in made.files.items()}
        value = plain(Built(made.form_id, made.found, files))
        record = Record(source.period.id, key, (made.form_id,), value)
        records = {**self._read(source), source.period.id: record}
        write_records(self._folder, source.slug, records.values())

    def _read(self, source: ReportSource) -> Mapping[str, Record]:
        return read_records(self._folder, source.slug) if self._folder else {}

    def _key(self, snapshot: Snapshot) -> str | None:
        machine = machine_fingerprint()
        pdf = (self._order.pdf.standard.value, self._order.pdf.carries)
        order = (self._order.pdf_engine, *pdf, str(self._order.dated))
        return fingerprint(machine, snapshot.digest, order) if machine else None
