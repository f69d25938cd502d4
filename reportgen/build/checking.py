"""Reports checked: those that are remembered not again, others by all cores at once."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Generator, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import closing
from dataclasses import replace
from functools import partial
from itertools import groupby
from typing import TypeAlias

from reportgen.build.checked import Checked, checked
from reportgen.build.draft import draft
from reportgen.build.project import Project
from reportgen.build.remembered import Memory
from reportgen.diagnostics import BrokenEnvironment
from reportgen.load import Content, Reports, ReportSource

_FEWEST = 12  # reports for which it pays to start more processes
_MOST = 61  # processes: Windows waits for no more

_Programme: TypeAlias = tuple[ReportSource, ...]  # some reports of one programme
_Task: TypeAlias = Callable[[], list[Checked]]


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
    programmes = [tuple(each) for _, each in groupby(sources, key=lambda one: one.slug)]
    contents = [_of(each, content) for each in programmes]
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
    with closing(_done(tasks, workers if sum(map(len, asked)) >= _FEWEST else 1)) as fresh:
        for each, its_own, answers, missing in zip(programmes, contents, known, asked, strict=True):
            found = iter(next(fresh) if missing else ())
            checks = [next(found) if one is None else one for one in answers]
            if missing:
                memory.keep(each, checks, its_own)
            yield from zip(each, checks, strict=True)
    if any(asked):
        memory.tidy(content)


def cores() -> int:
    """Return how many processes this one may keep busy."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _done(tasks: Sequence[_Task], workers: int) -> Generator[list[Checked]]:
    """Yield what the tasks come to, in their order."""
    workers = min(workers, len(tasks), _MOST)
    if workers < 2:  # noqa: PLR2004 - one is none
        yield from (task() for task in tasks)
        return
    try:
        pool = ProcessPoolExecutor(workers, initializer=_leave_interrupts)
    except (OSError, ImportError, NotImplementedError):  # no semaphores here: one at a time then
        yield from (task() for task in tasks)
        return
    try:
        yield from pool.map(_call, tasks)
    except BrokenProcessPool:
        message = "система зупинила перевірку: можливо, бракує пам'яті; перевірте частинами"
        raise BrokenEnvironment(message) from None
    finally:
        pool.shutdown(cancel_futures=True)


def _check(sources: _Programme, content: Content, project: Project) -> list[Checked]:
    """Check some reports of one programme; none of its files is read twice."""
    council = content.council
    reports = Reports(project.root, council, project.templates) if council else None
    return [checked(draft(one, content, project, reports=reports)) for one in sources]


def _of(sources: _Programme, content: Content) -> Content:
    """Return the content with the reports of one programme alone: less to hand over."""
    own = tuple(one for one in content.sources if one.slug == sources[0].slug)
    return replace(content, sources=own)


def _call(task: _Task) -> list[Checked]:
    return task()


def _leave_interrupts() -> None:
    """Let the process that started this one end it: Ctrl+C reaches them all."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
