"""One report through the pure stages: from its files to its document."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from decimal import Overflow
from pathlib import Path

from reportgen.build.misfits import misfits
from reportgen.build.overrides import override_faults
from reportgen.build.project import Project, find_frame
from reportgen.build.sources import allowances, council_files, source_lines
from reportgen.check import check_report, check_texts
from reportgen.check.allowed import Allowance, sift
from reportgen.compute.report import compute_report
from reportgen.diagnostics import Diagnostic, Span, finding, has_errors, quoted
from reportgen.document.blocks import Document
from reportgen.document.make import make_document
from reportgen.load import Content, ReportSource, editions, load_report
from reportgen.model.council import PageProfile
from reportgen.model.report import Report
from reportgen.write.fonts import FAMILIES, Typeface, find_typeface
from reportgen.write.frame import Frame, FrameError


@dataclass(frozen=True, slots=True)
class Prepared:
    """A report ready to be drawn, or the findings that forbid it.

    ``document`` and ``frame`` are there exactly when no finding is an error. ``found`` is without
    what remarks in the files allow; the allowances that were needed for that are ``used``.
    """

    source: ReportSource
    form_id: str
    document: Document | None
    frame: Frame | None
    typeface: Typeface | None
    found: tuple[Diagnostic, ...]
    inputs: tuple[Path, ...]
    report: Report | None
    used: frozenset[Allowance]


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
    allowed, wrong = allowances(inputs, project)
    report: Report | None = None
    if content.council is not None:
        report = load_report(source, project.root, content.council, project.templates, found)
        if report is not None:
            form_id, edition = report.form.id, Path(report.form.span.file).name
            inputs += editions(form_id, project.templates)
            earlier = _earlier(source, content, project)
            found += check_report(report, earlier, sound=not has_errors(found))
            found += check_texts(report, source_lines(project))
            found += wrong
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
    kept, used = sift(found, [*allowed, *allowances(council_files(project), project)[0]])
    return Prepared(
        source=source,
        form_id=form_id,
        document=usable,
        frame=frame,
        typeface=typeface,
        found=tuple(kept),
        inputs=tuple(inputs),
        report=report,
        used=frozenset(used),
    )


def _earlier(source: ReportSource, content: Content, project: Project) -> Report | None:
    """Return the nearest earlier report of the same year that loads without errors.

    Its faults are told when it is checked itself. Nothing of it is drawn: it is no input.
    """
    if content.council is None:
        return None
    for one in content.earlier(source):
        its_own: list[Diagnostic] = []
        report = load_report(one, project.root, content.council, project.templates, its_own)
        if report is not None and not has_errors(its_own):
            return report
    return None


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
