"""Everything that is to be said of a selection of reports, and of the council that they share."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from reportgen.build.prepare import Prepared
from reportgen.build.project import Project
from reportgen.build.sources import allowances, council_files, source_lines
from reportgen.check import check_across, check_council
from reportgen.check.allowed import Allowance, sift, unused
from reportgen.diagnostics import Diagnostic
from reportgen.load import Content, ReportSource
from reportgen.model.report import Report


def examine_council(content: Content, project: Project) -> list[Diagnostic]:
    """Return what rules say of the council's registers, and what is wrong with remarks there."""
    _, found = allowances(council_files(project), project)
    if content.council is not None:
        found = [*found, *check_council(content.council, source_lines(project))]
    return found


def without_allowed(found: Sequence[Diagnostic], project: Project) -> list[Diagnostic]:
    """Return findings without those that remarks in the council's files allow."""
    allowed, _ = allowances(council_files(project), project)
    return sift(found, allowed)[0]


def examine(
    prepared: Iterable[Prepared], content: Content, project: Project, found: list[Diagnostic]
) -> list[Diagnostic]:
    """Return all findings about some reports, added to those that concern the council.

    Allowances that no finding needed are told of where all is seen that they could be for: those of
    a programme's file with all of its reports, those of the council's files with all reports.
    """
    latest: dict[str, Report] = {}
    sources: list[ReportSource] = []
    used: set[Allowance] = set()
    for one in prepared:
        sources.append(one.source)
        found += one.found
        used |= one.used
        if one.report:
            latest[one.source.slug] = one.report
    found += check_across([*latest.values()])
    allowed, _ = allowances(council_files(project), project)
    kept, used_here = sift(found, allowed)
    judged = allowances(_judged(sources, content, project), project)[0]
    return [*kept, *unused(judged, used | used_here)]


def _judged(sources: Sequence[ReportSource], content: Content, project: Project) -> Iterator[Path]:
    """Yield the files in which an allowance that these reports do not use is of no use at all."""
    yield from (source.period_file for source in sources)
    chosen = Counter(source.programme_file for source in sources)
    every = Counter(source.programme_file for source in content.sources)
    yield from (file for file in chosen if chosen[file] == every[file])
    if len(sources) == len(content.sources):
        yield from council_files(project)
