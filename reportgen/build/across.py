"""What many reports say together: their money gathered, period by period."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from reportgen.build.cores import by_programme, cores, done, of_programme
from reportgen.build.draft import draft
from reportgen.build.project import Project
from reportgen.compute.comparison import Comparison, compare
from reportgen.compute.consolidated import Consolidated, consolidate
from reportgen.compute.money import Contribution, contribution
from reportgen.compute.report import compute_report
from reportgen.diagnostics import Diagnostic
from reportgen.load import Content, Reports, ReportSource, editions
from reportgen.model.period import Period


@dataclass(frozen=True, slots=True)
class Gathered:
    """What some reports add to sums, and which of them cannot be used because of errors.

    ``inputs`` are the files that these reports are made from, but for the council's own.
    """

    reports: tuple[Contribution, ...] = ()
    faulty: tuple[ReportSource, ...] = ()
    found: tuple[Diagnostic, ...] = ()
    inputs: tuple[Path, ...] = ()


def gather(
    sources: Iterable[ReportSource], content: Content, project: Project, workers: int | None = None
) -> Gathered:
    """Load, check and compute reports by all cores; of each only its money is kept.

    Neither the order nor what is found depends on the number of workers.

    Raises:
        BrokenEnvironment: when the machine stops the work.
    """
    programmes = by_programme(sources)
    tasks = [partial(_gathered, each, of_programme(each, content), project) for each in programmes]
    number = sum(map(len, programmes))
    parts = list(done(tasks, cores() if workers is None else workers, reports=number))
    return Gathered(
        reports=tuple(one for part in parts for one in part.reports),
        faulty=tuple(one for part in parts for one in part.faulty),
        found=tuple(one for part in parts for one in part.found),
        inputs=tuple(dict.fromkeys(one for part in parts for one in part.inputs)),
    )


def _gathered(sources: Sequence[ReportSource], content: Content, project: Project) -> Gathered:
    """Gather some reports of one programme."""
    reports: list[Contribution] = []
    faulty: list[ReportSource] = []
    found: list[Diagnostic] = []
    inputs: list[Path] = []
    for source in sources:
        drafted = draft(source, content, project)
        found += drafted.found
        inputs += [source.programme_file, source.period_file]
        inputs += editions(drafted.form_id, project.templates) if drafted.form_id else ()
        if drafted.document is None or drafted.report is None:
            faulty.append(source)
        else:
            reports.append(contribution(drafted.report, compute_report(drafted.report)))
    return Gathered(tuple(reports), tuple(faulty), tuple(found), tuple(inputs))


def consolidate_period(
    period: Period, content: Content, project: Project
) -> tuple[Consolidated, Gathered]:
    """Return what all reports of a period come to, and what was gathered for that.

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
    named = tuple(one.programme_file for one in others.values())
    return consolidated, replace(gathered, inputs=(*gathered.inputs, *named))


def compare_periods(
    sources: Sequence[ReportSource], bases: Iterable[Period], content: Content, project: Project
) -> tuple[list[Comparison], Gathered]:
    """Hold reports of one period against those of the same programmes for each of the bases.

    What is found is of the reports themselves; of earlier ones only that they cannot be used.
    """
    [period] = {one.period for one in sources}
    now = gather(sources, content, project)
    slugs = {one.slug for one in sources}
    comparisons: list[Comparison] = []
    inputs = list(now.inputs)
    for base in bases:
        earlier = [one for one in content.sources if one.period == base and one.slug in slugs]
        before = gather(earlier, content, project)
        lost = (one.slug for one in before.faulty)
        comparisons.append(compare(period, base, now.reports, before.reports, lost))
        inputs += before.inputs
    return comparisons, replace(now, inputs=tuple(dict.fromkeys(inputs)))


def _names(sources: Iterable[ReportSource], content: Content, project: Project) -> Iterator[str]:
    """Yield the names of programmes, as far as their files can be read."""
    if content.council is None:
        return
    reports = Reports(project.root, content.council, project.templates)
    for source in sources:
        report = reports.report(source).report
        yield (report.programme.name if report else "") or source.slug
