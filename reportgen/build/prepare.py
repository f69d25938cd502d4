"""One report through the pure stages: from its files to its document."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from decimal import Overflow
from pathlib import Path

from reportgen.build.misfits import misfits
from reportgen.build.overrides import override_faults
from reportgen.build.project import Project, find_frame
from reportgen.check import check_report
from reportgen.compute.report import compute_report
from reportgen.diagnostics import Diagnostic, Span, finding, has_errors, quoted
from reportgen.document.blocks import Document
from reportgen.document.make import make_document
from reportgen.load import Content, ReportSource, editions, load_report
from reportgen.model.council import PageProfile
from reportgen.write.fonts import FAMILIES, Typeface, find_typeface
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


def prepare(
    source: ReportSource, content: Content, project: Project, dated: datetime.date | None
) -> Prepared:
    """Load, check, compute and lay out one report.

    ``dated`` replaces the date that documents carry, the last day of the period.
    """
    found: list[Diagnostic] = []
    document: Document | None = None
    frame: Frame | None = None
    typeface: Typeface | None = None
    form_id = edition = ""
    inputs: list[Path] = [source.programme_file, source.period_file]
    if content.council is not None:
        report = load_report(source, project.root, content.council, project.templates, found)
        if report is not None:
            form_id, edition = report.form.id, Path(report.form.span.file).name
            inputs += editions(form_id, project.templates)
            found += check_report(report)
            if not has_errors(found):
                day = dated or source.period.last_day
                try:
                    document = make_document(report, compute_report(report), day, found)
                except Overflow:
                    message = "формула дає число, довше за 4000 знаків"
                    hint = "перевірте formula у колонках форми"
                    found.append(finding("figure-too-wide", report.form.span, message, hint))
            typeface = _typeface(content.council.page, found)
            if document and typeface:
                found += misfits(document, typeface, report.period.span)
    found += override_faults(project, form_id)
    if document and not has_errors(found):
        frame = _frame(project, form_id, edition, inputs, found)
    usable = document if frame else None
    return Prepared(source, form_id, usable, frame, typeface, tuple(found), tuple(inputs))


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


def _typeface(page: PageProfile, found: list[Diagnostic]) -> Typeface | None:
    typeface = find_typeface(page.font)
    if typeface is None and page.font:
        known = ", ".join(FAMILIES)
        message = f"шрифту {quoted(page.font)} на цьому комп'ютері немає"
        span = page.font_span or Span("content/council.yaml")
        found.append(finding("font-missing", span, message, f"можна вказати: {known}"))
    elif typeface is None:
        message = "немає Times New Roman, Liberation Serif чи Tinos: рядки й сторінки будуть інші"
        hint = "встановіть шрифт Liberation Serif (у Debian: fonts-liberation2)"
        found.append(finding("font-fallback", Span("content/council.yaml"), message, hint))
    return typeface
