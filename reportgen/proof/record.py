"""``proof.json``: what was compared with what, and what differs."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass

from reportgen import __version__
from reportgen.proof.arithmetic import Reckoned
from reportgen.proof.difference import Compared, Difference

NAME = "proof.json"


@dataclass(frozen=True, slots=True)
class ProvenFile:
    """One built file: its name under the output folder, its bytes' SHA-256, what it was read by."""

    name: str
    format: str
    sha256: str  # empty where there is no file to be read
    reader: str
    compared: Compared


@dataclass(frozen=True, slots=True)
class ProvenReport:
    """One report: its files, and its own figures reckoned from each other.

    Without files nothing was built of it. ``reckoned`` is missing where content does not give a
    document now.
    """

    programme: str
    period: str
    form: str
    files: tuple[ProvenFile, ...]
    reckoned: Reckoned | None

    @property
    def name(self) -> str:
        """What the report is called: «programme/period»."""
        return f"{self.programme}/{self.period}"

    @property
    def differences(self) -> tuple[Difference, ...]:
        """All differences, of the report's own arithmetic first."""
        own = self.reckoned.differences if self.reckoned else ()
        return (*own, *(one for file in self.files for one in file.compared.differences))


def as_json(reports: Sequence[ProvenReport], *, complete: bool) -> bytes:
    """Return the record: the same files and content always give the same bytes.

    It is ``complete`` if all reports of content were asked for, and else of some alone.
    """
    reports = sorted(reports, key=lambda one: (one.programme, one.period))
    differences = [one for report in reports for one in report.differences]
    record = {
        "reportgen": __version__,
        "verdict": "differs" if differences else "agrees",
        "complete": complete,
        "reports": [one.name for one in reports if one.files],
        "unbuilt": [one.name for one in reports if not one.files],
        "files": {file.name: _file(file, one) for one in reports for file in one.files},
        "arithmetic": {
            one.name: {
                "totals": one.reckoned.totals,
                "formulas": one.reckoned.formulas,
            }
            for one in reports
            if one.reckoned
        },
        "differences": [*_told(differences)],
    }
    return (json.dumps(record, ensure_ascii=False, indent=2) + "\n").encode("utf-8")


def _file(file: ProvenFile, report: ProvenReport) -> dict[str, object]:
    return {
        "programme": report.programme,
        "period": report.period,
        "form": report.form,
        "format": file.format,
        "sha256": file.sha256,
        "reader": file.reader,
        "compared": asdict(file.compared.counts),
        "differences": len(file.compared.differences),
    }


def _told(differences: Iterable[Difference]) -> Iterable[dict[str, str]]:
    return (asdict(one) for one in differences)
