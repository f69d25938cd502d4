"""The figures of a whole report, table by table."""

from __future__ import annotations

from reportgen.compute.figures import Figures, compute, summarise
from reportgen.model.report import Report


def compute_report(report: Report) -> dict[str, Figures]:
    """Return the figures of each table, by id, of a report without errors."""
    figures = {
        table.id: compute(report.programme, report.period, table) for table in report.form.outlines
    }
    for table in report.form.tables:
        if table.summary_of:
            figures[table.id] = summarise(table, figures[table.summary_of].lines)
    return figures
