"""A foreign report understood: its table, header, rows and figures become content."""

from __future__ import annotations

from reportgen.importing.imported import Imported, Project, import_source
from reportgen.importing.sheets import NoSheetError, one_report
from reportgen.importing.understanding import period_of, programme_of

__all__ = [
    "Imported",
    "NoSheetError",
    "Project",
    "import_source",
    "one_report",
    "period_of",
    "programme_of",
]
