"""One report through the pure stages: from its files to its document."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Overflow
from pathlib import Path

from reportgen.build.misfits import misfits
from reportgen.build.project import Project
from reportgen.build.sources import allowances, council_files, source_lines
from reportgen.check import check_report, check_texts
from reportgen.check.allowed import Allowance, sift
from reportgen.check.faults import are_judged
from reportgen.compute.report import compute_report
from reportgen.diagnostics import Diagnostic, Span, finding, has_errors, quoted
from reportgen.document.blocks import Document
from reportgen.document.make import make_document
from reportgen.load import Content, Loaded, Reports, ReportSource
from reportgen.model.council import PageProfile
from reportgen.model.report import Report
from reportgen.write.fonts import FAMILIES, Typeface, find_typeface


@dataclass(frozen=True, slots=True)
class Draft:
    """One report through the pure stages, with nothing yet of the files that dress it.

    ``document`` is there exactly when no finding is an error. ``found`` is without what remarks in
    the files allow; the allowances that were needed for that are ``used``. ``before`` are the
    earlier reports of its year that were looked at, nearest first.
    """

    source: ReportSource
    report: Report | None
    before: tuple[Loaded, ...]
    document: Document | None
    typeface: Typeface | None
    found: tuple[Diagnostic, ...]
    allowed: tuple[Allowance, ...]  # by remarks in its own two files
    used: frozenset[Allowance]
    asked: bool  # whether the rules over figures and texts were: not where errors stand before them

    @property
    def form_id(self) -> str:
        """The form's id, "" without a form."""
        return self.report.form.id if self.report else ""

    @property
    def edition(self) -> str:
        """The bare name of the form's file."""
        return Path(self.report.form.span.file).name if self.report else ""


def draft(
    source: ReportSource,
    content: Content,
    project: Project,
    dated: datetime.date | None = None,
    reports: Reports | None = None,
) -> Draft:
    """Load, check, compute and lay out one report.

    ``reports`` loads it: handed over from one report of a programme to the next, it loads none of
    them twice.
    """
    found: list[Diagnostic] = []
    document: Document | None = None
    typeface: Typeface | None = None
    report: Report | None = None
    before: tuple[Loaded, ...] = ()
    asked = False
    allowed, wrong = allowances([source.programme_file, source.period_file], project)
    if content.council is not None:
        reports = reports or Reports(project.root, content.council, project.templates)
        loaded = reports.report(source)
        report = loaded.report
        found += loaded.found
        if report is not None:
            before = tuple(_before(source, content, reports))
            earlier = before[-1].report if before and _is_sound(before[-1]) else None
            asked = are_judged(found)
            found += check_report(report, earlier, tuple(found))
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
                found += misfits(document, typeface, report.period.span, form=report.form.span.file)
    kept, used = sift(found, [*allowed, *allowances(council_files(project), project)[0]])
    return Draft(
        source=source,
        report=report,
        before=before,
        document=None if has_errors(kept) else document,
        typeface=typeface,
        found=tuple(kept),
        allowed=tuple(allowed),
        used=frozenset(used),
        asked=asked,
    )


def _before(source: ReportSource, content: Content, reports: Reports) -> Iterator[Loaded]:
    """Yield earlier reports of the same year, nearest first, until one has loaded without errors.

    Their faults are told when they are checked themselves. Nothing of them is drawn.
    """
    for one in content.earlier(source):
        loaded = reports.report(one)
        yield loaded
        if _is_sound(loaded):
            return


def _is_sound(loaded: Loaded) -> bool:
    return loaded.report is not None and not has_errors(loaded.found)


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
