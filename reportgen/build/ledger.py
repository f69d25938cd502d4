"""The manifest while a build goes on."""

from __future__ import annotations

import sys
import time
from pathlib import Path

from reportgen.build.files import put_in_place
from reportgen.build.make import Made
from reportgen.build.manifest import NAME, Entry, as_json, digest, read_manifest
from reportgen.load import ReportSource

_EVERY = 1.0  # seconds: of thousands of reports, each would write all entries anew,
_SHARE = 0.05  # of the time of a build may go into that


def output_name(source: ReportSource, form: str) -> str:
    """Return the name of a report's file below the output folder."""
    return f"{source.slug}/{source.period.id}.{form}"


class Ledger:
    """What lies in an output folder, and what of it was made from what.

    The manifest is written with a report's files, but not for each of thousands: what a killed
    build has put in place a moment before its end, the next one makes again.
    """

    def __init__(self, output: Path) -> None:
        self._output = output
        self._entries = read_manifest(output)
        self._due = time.monotonic()  # when to write it next
        self._behind = False

    def put(self, source: ReportSource, made: Made) -> tuple[Path, ...]:
        """Put the files of a report in place, and return where they lie."""
        return self.place(source.slug, source.period.id, made)

    def place(self, folder: str, name: str, made: Made) -> tuple[Path, ...]:
        """Put the files of a document in place: of a programme's report, or of many together."""
        if not made.files:
            return ()
        # The council's own files have a part in every report: they are named once in memory.
        inputs = {sys.intern(one): sys.intern(sha256) for one, sha256 in made.inputs.items()}
        files: dict[Path, bytes] = {}
        for form, data in made.files.items():
            file = f"{folder}/{name}.{form}"
            files[self._output / file] = data
            self._entries[file] = Entry(
                sha256=digest(data),
                programme=folder,
                period=name,
                form=made.form_id,
                inputs=inputs,
            )
        began = time.monotonic()
        self._behind = began < self._due
        if self._behind:
            put_in_place(files)
        else:
            put_in_place({**files, **self._manifest()})
            now = time.monotonic()
            self._due = now + max(_EVERY, (now - began) / _SHARE)
        return tuple(files)

    def holds(self, name: str, sha256: str) -> bool:
        """Tell whether a file is known, and lies there with just these bytes."""
        entry = self._entries.get(name)
        try:
            return (
                entry is not None
                and entry.sha256 == sha256
                and digest((self._output / name).read_bytes()) == sha256
            )
        except OSError:
            return False

    def close(self) -> None:
        """Write what is not written yet."""
        if self._behind:
            put_in_place(self._manifest())

    def _manifest(self) -> dict[Path, bytes]:
        return {self._output / NAME: as_json(self._entries)}
