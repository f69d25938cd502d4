"""What many reports say together: their money gathered, period by period."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from reportgen.build.draft import draft
from reportgen.build.project import Project
from reportgen.compute.comparison import Comparison, compare
from reportgen.compute.consolidated import Consolidated, consolidate
from reportgen.compute.money import Contribution, contribution
from reportgen.compute.report import compute_report
from reportgen.diagnostics import Diagnostic
from reportgen.load import Content, Reports, ReportSource
from reportgen.model.period import Period


@dataclass(frozen=True, slots=True)
class Gathered:
    """What some reports add to sums, and which of them cannot be used because of errors."""

    reports: tuple[Contribution, ...]
    faulty: tuple[ReportSource, ...]
    found: tuple[Diagnostic, ...]


def gather(sources: Iterable[ReportSource], content: Content, project: Project) -> Gathered:
    """Load, check and compute reports; of each only its money is kept."""
    reports: list[Contribution] = []
    faulty: list[ReportSource] = []
    found: list[Diagnostic] = []
    for source in sources:
        drafted = draft(source, content, project)
        found += drafted.found
        if drafted.document is None or drafted.report is None:
            faulty.append(source)
        else:
            reports.append(contribution(drafted.report, compute_report(drafted.report)))
    return Gathered(tuple(reports), tuple(faulty), tuple(found))


def consolidate_period(
    period: Period, content: Content, project: Project
) -> tuple[Consolidated, tuple[Diagnostic, ...]]:
    """Return what all reports of a period come to, and what is found in them.

    A programme that has reports, but none for this period, is missing.
    """
    sources = [one for one in content.sources if one.period == period]
    gathered = gather(sources, content, project)
    there = {one.slug for one in sources}
    others = {one.slug: one for one in content.sources if one.slug not in there}
    consolidated = consolidate(
        period,
        gathered.reports,
        missing=_names(others.values(), content, project),
        faulty=_names(gathered.faulty, content, project),
        funds=content.council.funds if content.council else (),
    )
    return consolidated, gathered.found


def compare_periods(
    sources: Sequence[ReportSource], bases: Iterable[Period], content: Content, project: Project
) -> tuple[list[Comparison], tuple[Diagnostic, ...]]:
    """Hold reports of one period against those of the same programmes for each of the bases.

    What is found is of the reports themselves; of earlier ones only that they cannot be used.
    """
    [period] = {one.period for one in sources}
    now = gather(sources, content, project)
    slugs = {one.slug for one in sources}
    comparisons: list[Comparison] = []
    for base in bases:
        earlier = [one for one in content.sources if one.period == base and one.slug in slugs]
        before = gather(earlier, content, project)
        lost = (one.slug for one in before.faulty)
        comparisons.append(compare(period, base, now.reports, before.reports, lost))
    return comparisons, now.found


def _names(sources: Iterable[ReportSource], content: Content, project: Project) -> Iterator[str]:
    """Yield the names of programmes, as far as their files can be read."""
    if content.council is None:
        return
    reports = Reports(project.root, content.council, project.templates)
    for source in sources:
        report = reports.report(source).report
        yield (report.programme.name if report else "") or source.slug
