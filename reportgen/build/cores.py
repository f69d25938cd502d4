"""Programmes by all cores at once: one task for each, so that none of its files is read twice."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Generator, Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import replace
from itertools import groupby
from typing import TypeVar

from reportgen.diagnostics import BrokenEnvironment
from reportgen.load import Content, ReportSource

_FEWEST = 12  # reports for which it pays to start more processes
_MOST = 61  # processes: Windows waits for no more

Answer = TypeVar("Answer")


def cores() -> int:
    """Return how many processes this one may keep busy."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def by_programme(sources: Iterable[ReportSource]) -> list[tuple[ReportSource, ...]]:
    """Return reports in runs of one programme."""
    return [tuple(each) for _, each in groupby(sources, key=lambda one: one.slug)]


def of_programme(sources: Sequence[ReportSource], content: Content) -> Content:
    """Return the content with the reports of one programme alone: less to hand over."""
    own = tuple(one for one in content.sources if one.slug == sources[0].slug)
    return replace(content, sources=own)


def done(tasks: Sequence[Callable[[], Answer]], workers: int, *, reports: int) -> Generator[Answer]:
    """Yield what the tasks come to, in their order; they are about so many ``reports``.

    Raises:
        BrokenEnvironment: when the machine stops the work.
    """
    workers = min(workers if reports >= _FEWEST else 1, len(tasks), _MOST)
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


def _call(task: Callable[[], Answer]) -> Answer:
    return task()


def _leave_interrupts() -> None:
    """Let the process that started this one end it: Ctrl+C reaches them all."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
