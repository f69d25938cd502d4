"""Reports checked: those that are remembered not again, others by all cores at once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import closing
from functools import partial
from typing import TypeAlias

from reportgen.build.checked import Checked, checked
from reportgen.build.cores import by_programme, done, of_programme
from reportgen.build.draft import draft
from reportgen.build.project import Project
from reportgen.build.remembered import Memory
from reportgen.load import Content, Reports, ReportSource

_Programme: TypeAlias = tuple[ReportSource, ...]  # some reports of one programme


def check_reports(
    sources: Sequence[ReportSource],
    content: Content,
    project: Project,
    memory: Memory,
    workers: int,
) -> Iterator[tuple[ReportSource, Checked]]:
    """Yield each report with what checking it comes to.

    Neither the order nor what is found depends on the number of workers.

    Raises:
        BrokenEnvironment: when the machine stops the work.
    """
    programmes = by_programme(sources)
    contents = [of_programme(each, content) for each in programmes]
    known = [memory.recalled(*both) for both in zip(programmes, contents, strict=True)]
    asked = [
        tuple(one for one, answer in zip(each, answers, strict=True) if answer is None)
        for each, answers in zip(programmes, known, strict=True)
    ]
    tasks = [
        partial(_check, missing, its_own, project)
        for missing, its_own in zip(asked, contents, strict=True)
        if missing
    ]
    with closing(done(tasks, workers, reports=sum(map(len, asked)))) as fresh:
        for each, its_own, answers, missing in zip(programmes, contents, known, asked, strict=True):
            found = iter(next(fresh) if missing else ())
            checks = [next(found) if one is None else one for one in answers]
            if missing:
                memory.keep(each, checks, its_own)
            yield from zip(each, checks, strict=True)
    if any(asked):
        memory.tidy(content)


def _check(sources: _Programme, content: Content, project: Project) -> list[Checked]:
    """Check some reports of one programme; none of its files is read twice."""
    council = content.council
    reports = Reports(project.root, council, project.templates) if council else None
    return [checked(draft(one, content, project, reports=reports)) for one in sources]
