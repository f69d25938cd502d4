"""Reports made one after another, or by many workers at once."""

from __future__ import annotations

import os
import platform
from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass

from reportgen.build.fingerprints import machine_fingerprint
from reportgen.build.make import Made, Order, make, make_from
from reportgen.build.project import Project
from reportgen.build.snapshot import Snapshot, take_snapshot
from reportgen.build.workers import TOO_LONG, Lost, Pool, ending, limited, spread
from reportgen.diagnostics import BrokenEnvironment
from reportgen.load import Content, ReportSource

_GIVEN_UP = 2  # the exit code of a process that ends itself; the machine is in its way


@dataclass(frozen=True, slots=True)
class Task:
    """One report to be made, with all that it is made from."""

    slug: str
    period: str
    snapshot: Snapshot
    order: Order
    machine: str | None  # the fingerprint of the one that asks


@dataclass(frozen=True, slots=True)
class Batch:
    """Some reports of one project, to be made in one way."""

    content: Content
    project: Project
    order: Order

    def made(
        self, sources: Iterable[ReportSource], pool: Pool | None
    ) -> Iterator[tuple[ReportSource, Snapshot | None, Made | Lost]]:
        """Yield every report as it is made, with what it was made from.

        Without a pool this process makes them. What has no snapshot, it makes in any case: only the
        project itself can give rise to it.
        """
        by_name: dict[tuple[str, str], ReportSource] = {}
        here: list[ReportSource] = []
        tasks = self._tasks(sources, by_name, here)
        if pool is None:
            for task in tasks:
                with limited(ending(TOO_LONG)):
                    result = _from_snapshot(task)
                yield by_name[task.slug, task.period], task.snapshot, result
        else:
            with closing(spread(make_task, tasks, pool)) as done:
                for one in done:
                    yield by_name[one.task.slug, one.task.period], one.task.snapshot, one.result
        for source in here:
            with limited(ending(TOO_LONG)):
                made = make(source, self.content, self.project, self.order)
            yield source, None, made

    def _tasks(
        self,
        sources: Iterable[ReportSource],
        by_name: dict[tuple[str, str], ReportSource],
        here: list[ReportSource],
    ) -> Iterator[Task]:
        for source in sources:
            snapshot = take_snapshot(source, self.content, self.project)
            if snapshot is None:
                here.append(source)
            else:
                by_name[source.slug, source.period.id] = source
                yield Task(
                    source.slug, source.period.id, snapshot, self.order, machine_fingerprint()
                )


def make_task(task: Task) -> Made:
    """Make a report in a worker, which dies rather than hang.

    Raises:
        BrokenEnvironment: when it would come out otherwise than on the machine that asks.
    """
    if task.machine != machine_fingerprint():
        raise BrokenEnvironment(
            f"на {platform.node()} інша версія reportgen, Python, бібліотек або шрифтів, ніж тут: "
            "файли вийшли б інші"
        )
    with limited(lambda: os._exit(_GIVEN_UP)):
        return _from_snapshot(task)


def _from_snapshot(task: Task) -> Made:
    return make_from(task.snapshot, task.slug, task.period, task.order)
