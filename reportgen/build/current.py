"""Which files of the output folder were made from what content says now."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from reportgen.build.files import read_regular
from reportgen.build.make import hashes_of_content
from reportgen.build.manifest import FONTS, Entry, digest, recorded
from reportgen.build.project import Project, find_frame
from reportgen.load import ReportSource, editions

_LARGEST = 64 * 1024 * 1024  # bytes of a built file; 1,200 pages take a tenth of it


class Current:
    """What lies in an output folder, by the manifest there: any machine may have built it."""

    def __init__(self, project: Project, output: Path) -> None:
        self._project = project
        self._output = output
        self._reports: dict[tuple[str, str], dict[str, Entry]] = {}
        for name, entry in sorted(recorded(output).items()):
            self._reports.setdefault((entry.programme, entry.period), {})[name] = entry
        self._digest = cache(_digest)  # all reports share the council's files and templates
        self._dressing = cache(self._dressed)

    def has_files(self, source: ReportSource) -> bool:
        """Tell whether anything was built of a report."""
        return (source.slug, source.period.id) in self._reports

    def files(self, source: ReportSource, form_id: str, edition: str) -> tuple[str, ...]:
        """Return the names of a report's files, none if one of them is not as it would be now.

        The report is one without errors, drawn by this edition of the form. Fonts are the
        machine's, and no reason to build anew what another machine has built.
        """
        entries = self._reports.get((source.slug, source.period.id), {})
        if not entries:
            return ()
        inputs = (source.programme_file, source.period_file, *self._dressing(form_id, edition))
        now = hashes_of_content(inputs, self._project, self._digest)
        sound = all(self._is_current(name, one, now) for name, one in entries.items())
        return tuple(entries) if sound else ()

    def _is_current(self, name: str, entry: Entry, now: Mapping[str, str]) -> bool:
        then = {one: sha for one, sha in entry.inputs.items() if not one.startswith(FONTS)}
        return then == now and _digest(self._output / name) == entry.sha256

    def _dressed(self, form_id: str, edition: str) -> tuple[Path, ...]:
        _, frame = find_frame(self._project, form_id, edition)
        return (*editions(form_id, self._project.templates), *frame)


def _digest(path: Path) -> str:
    """Return the SHA-256 of a file, "" for one that cannot be read."""
    try:
        return digest(read_regular(path, _LARGEST))
    except OSError:
        return ""
