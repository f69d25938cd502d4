"""Everything that is to be said of a selection of reports, and of the council that they share."""

from __future__ import annotations

import contextlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path

from reportgen.build.checked import Checked, checked, read_statement
from reportgen.build.draft import draft
from reportgen.build.packages import packages
from reportgen.build.prepare import dress_faults
from reportgen.build.project import Project, display_name
from reportgen.build.records import UNREADABLE
from reportgen.build.remembered import Memory
from reportgen.build.sources import allowances, council_files, source_lines
from reportgen.check import Passport, Statement, check_council, check_passports, check_statements
from reportgen.check.allowed import sift, unused
from reportgen.diagnostics import Diagnostic, has_errors
from reportgen.load import Content, ReportSource


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
    checks: Mapping[ReportSource, Checked],
    content: Content,
    project: Project,
    found: list[Diagnostic],
    memory: Memory | None = None,
) -> list[Diagnostic]:
    """Return all findings about some reports, added to those that concern the council.

    Packages are looked at with all reports: they name any of them.

    Allowances that no finding needed are told of where all is seen that they could be for: those of
    a programme's file with all of its reports, those of the council's files with all reports, and
    none of them has errors, for of such a report little is asked.
    """
    for one in checks.values():
        found += one.found
    for form_id, edition in sorted({(one.form_id, one.edition) for one in checks.values()}):
        found += dress_faults(project, form_id, edition)
    across = _across(checks, content, project, memory)
    found += across
    if len(checks) == len(content.sources):
        found += packages(content)[1]
    allowed, _ = allowances(_concerned(across, checks, project), project)
    kept, used_here = sift(found, allowed)
    sound = [source for source, one in checks.items() if not has_errors(one.found)]
    files = _judged(sound, content, project) if content.sound else ()
    names = {display_name(file, project) for file in files}
    judged = dict.fromkeys((*allowed, *(each for one in checks.values() for each in one.allowed)))
    used = {each for one in checks.values() for each in one.used}
    return [*kept, *unused((one for one in judged if one.span.file in names), used | used_here)]


def _across(
    checks: Mapping[ReportSource, Checked],
    content: Content,
    project: Project,
    memory: Memory | None,
) -> list[Diagnostic]:
    """Return where reports do not agree: passports as the latest reports have them, and figures."""
    passports: dict[str, Passport] = {}
    periods: dict[str, dict[ReportSource, str]] = {}
    for source, one in checks.items():
        if one.passport:
            passports[source.slug] = one.passport
        if one.statement:
            periods.setdefault(source.period.id, {})[source] = one.statement
    across: list[Diagnostic] = []
    for period, written in periods.items():
        find = partial(_differences, written, content, project)
        across += memory.across(period, written.values(), content, find) if memory else find()
    if content.council is not None:
        across += check_passports(content.council, [*passports.values()])
    return across


def _differences(
    written: Mapping[ReportSource, str], content: Content, project: Project
) -> list[Diagnostic]:
    """Return where reports of one period do not agree."""
    each = (_statement(source, one, content, project) for source, one in written.items())
    return check_statements([one for one in each if one])


def _statement(
    source: ReportSource, written: str, content: Content, project: Project
) -> Statement | None:
    """Return what a report says; what was remembered may be no statement: then read it again."""
    with contextlib.suppress(*UNREADABLE):
        return read_statement(written)
    written = checked(draft(source, content, project)).statement
    return read_statement(written) if written else None


def _concerned(
    across: Iterable[Diagnostic], sources: Iterable[ReportSource], project: Project
) -> Iterator[Path]:
    """Yield the council's files, and those of reports that findings across reports speak of."""
    yield from council_files(project)
    named = {one.span.file for one in across}
    files = {file for one in sources for file in (one.programme_file, one.period_file) if named}
    yield from (file for file in sorted(files) if display_name(file, project) in named)


def _judged(sources: Sequence[ReportSource], content: Content, project: Project) -> Iterator[Path]:
    """Yield the files in which an allowance that these reports do not use is of no use at all."""
    yield from (source.period_file for source in sources)
    chosen = Counter(source.programme_file for source in sources)
    every = Counter(source.programme_file for source in content.sources)
    yield from (file for file in chosen if chosen[file] == every[file])
    if len(sources) == len(content.sources):
        yield from council_files(project)
