"""A table of open data written as it comes: all figures of all reports need not be in memory."""

from __future__ import annotations

from collections.abc import Iterable

from reportgen.build.site_folder import SiteFolder
from reportgen.publication.datapackage import OpenTable
from reportgen.publication.tables import Record, csv_head, csv_lines, json_lines


class OpenFiles:
    """The CSV and the JSON file of a table."""

    def __init__(self, folder: SiteFolder, place: str, table: OpenTable) -> None:
        self._folder = folder
        self._csv, self._json = (f"{place}/{table.name}.{form}" for form in ("csv", "json"))
        self._empty = True
        folder.add(self._csv, csv_head(table.columns))
        folder.add(self._json, b"[")

    def add(self, records: Iterable[Record]) -> None:
        """Write more lines."""
        records = list(records)
        if records:
            self._folder.add(self._csv, csv_lines(records))
            self._folder.add(self._json, json_lines(records, first=self._empty))
            self._empty = False

    def close(self) -> None:
        """Write what a file ends with."""
        self._folder.add(self._json, b"\n]\n")
