"""A report ready to be drawn: its document, and the files that dress it."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from pathlib import Path

from reportgen.build.draft import Draft, draft
from reportgen.build.overrides import override_faults
from reportgen.build.project import Project, find_frame
from reportgen.diagnostics import Diagnostic, Span, finding, has_errors
from reportgen.document.blocks import Document
from reportgen.load import Content, ReportSource, editions
from reportgen.model.report import Report
from reportgen.write.fonts import Typeface
from reportgen.write.frame import Frame, FrameError


@dataclass(frozen=True, slots=True)
class Prepared:
    """A report ready to be drawn, or the findings that forbid it.

    ``document`` and ``frame`` are there exactly when no finding is an error.
    """

    source: ReportSource
    form_id: str
    document: Document | None
    frame: Frame | None
    typeface: Typeface | None
    found: tuple[Diagnostic, ...]
    inputs: tuple[Path, ...]
    report: Report | None
    draft: Draft


def prepare(
    source: ReportSource, content: Content, project: Project, dated: datetime.date | None
) -> Prepared:
    """Load, check, compute and lay out one report, and find what dresses it.

    ``dated`` replaces the date that documents carry, the last day of the period.
    """
    drafted = draft(source, content, project, dated)
    form_id = drafted.form_id
    inputs = [source.programme_file, source.period_file]
    inputs += editions(form_id, project.templates) if form_id else ()
    found = [*drafted.found, *override_faults(project, form_id)]
    frame: Frame | None = None
    if drafted.document and not has_errors(found):
        frame = _frame(project, form_id, drafted.edition, inputs, found)
    return Prepared(
        source=source,
        form_id=form_id,
        document=drafted.document if frame else None,
        frame=frame,
        typeface=drafted.typeface,
        found=tuple(found),
        inputs=tuple(inputs),
        report=drafted.report,
        draft=drafted,
    )


def dress_faults(project: Project, form_id: str, edition: str) -> list[Diagnostic]:
    """Return what is wrong with the files that dress the reports of one edition of a form.

    Without an edition, no report can be drawn: its frame is not looked at.
    """
    found = [*override_faults(project, form_id)]
    if edition and not has_errors(found):
        _frame(project, form_id, edition, [], found)
    return found


def _frame(
    project: Project, form_id: str, edition: str, inputs: list[Path], found: list[Diagnostic]
) -> Frame | None:
    try:
        frame, files = find_frame(project, form_id, edition)
    except FrameError as error:
        found.append(finding("template-invalid", Span(error.file, error.line), str(error)))
        return None
    inputs += files
    return frame
