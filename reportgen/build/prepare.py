"""One report through the pure stages: from its files to its document."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from decimal import Overflow
from pathlib import Path

from reportgen.build.misfits import misfits
from reportgen.build.project import Project
from reportgen.check import check_report
from reportgen.compute.report import compute_report
from reportgen.diagnostics import Diagnostic, Span, finding, has_errors, quoted
from reportgen.document.blocks import Document
from reportgen.document.make import make_document
from reportgen.load import Content, ReportSource, editions, load_report
from reportgen.model.council import PageProfile
from reportgen.write.fonts import FAMILIES, Typeface, find_typeface


@dataclass(frozen=True, slots=True)
class Prepared:
    """A report ready to be drawn, or the findings that forbid it.

    ``document`` is there exactly when no finding is an error.
    """

    source: ReportSource
    form_id: str
    document: Document | None
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
    typeface: Typeface | None = None
    form_id = ""
    inputs: list[Path] = [source.programme_file, source.period_file]
    if content.council is not None:
        report = load_report(source, project.root, content.council, project.templates, found)
        if report is not None:
            form_id = report.form.id
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
    usable = not has_errors(found) and content.council is not None
    return Prepared(
        source, form_id, document if usable else None, typeface, tuple(found), tuple(inputs)
    )


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
