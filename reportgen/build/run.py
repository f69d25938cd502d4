"""The build: every report of a selection, a failing one never in the way."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path

from reportgen.build.files import locked, put_in_place, refuse_links, sweep
from reportgen.build.make import Made, Order, make, make_from
from reportgen.build.manifest import NAME, Entry, as_json, digest, read_manifest
from reportgen.build.overrides import override_faults
from reportgen.build.project import Project
from reportgen.build.snapshot import Snapshot, take_snapshot
from reportgen.build.workers import LONGEST_TASK, Lost, Pool, limited, spread
from reportgen.diagnostics import Diagnostic, Span, finding, has_errors
from reportgen.load import Content, ReportSource

_GIVEN_UP = 2  # the exit code of a process that ends itself; the machine is in its way
_MANIFEST_EVERY = 1.0  # seconds: of thousands of reports, each would write all entries anew


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one report. ``files`` is empty when an error stopped it."""

    source: ReportSource
    form_id: str
    files: tuple[Path, ...]
    found: tuple[Diagnostic, ...]


@dataclass(frozen=True, slots=True)
class Task:
    """One report to be made, with all that it is made from."""

    slug: str
    period: str
    snapshot: Snapshot
    order: Order


def build(  # noqa: PLR0913 - each is asked for by somebody else
    content: Content,
    sources: Sequence[ReportSource],
    project: Project,
    order: Order,
    *,
    output: Path,
    pool: Pool | None,
    finished: Callable[[Outcome], None],
) -> list[Outcome]:
    """Build the reports, and tell of each when its files lie in their places, if it has any.

    A report's files are put in place together, once all of them are made. Outcomes are in the order
    of the sources, in whatever order they were finished. Without a ``pool`` this process does the
    work.

    Raises:
        BrokenEnvironment: when the machine stops the work; reports done by then are whole.
    """
    outcomes: dict[ReportSource, Outcome] = {}
    with locked(output):
        refuse_links(output, {source.slug for source in sources})
        sweep(output)
        with closing(_Ledger(output)) as ledger:
            for source, result in _made(content, sources, project, order, pool):
                made = _accepted(result, source, project)
                files = ledger.put(source, made)
                outcomes[source] = Outcome(source, made.form_id, files, made.found)
                finished(outcomes[source])
    return [outcomes[source] for source in sources]


def _made(
    content: Content,
    sources: Sequence[ReportSource],
    project: Project,
    order: Order,
    pool: Pool | None,
) -> Iterator[tuple[ReportSource, Made | Lost]]:
    """Yield every report as it is made."""
    if pool is None:
        for source in sources:
            with limited(_tell_of_the_end):
                made = make(source, content, project, order)
            yield source, made
        return
    by_name = {(source.slug, source.period.id): source for source in sources}
    here: list[ReportSource] = []
    tasks = _tasks(content, sources, project, order, here)
    with closing(spread(make_task, tasks, pool)) as done:
        for one in done:
            yield by_name[one.task.slug, one.task.period], one.result
    for source in here:
        yield source, make(source, content, project, order)


def _tasks(
    content: Content,
    sources: Iterable[ReportSource],
    project: Project,
    order: Order,
    here: list[ReportSource],
) -> Iterator[Task]:
    """Yield what can be sent to workers; ``here`` takes the reports that cannot."""
    for source in sources:
        snapshot = take_snapshot(source, content, project)
        if snapshot is None:
            here.append(source)
        else:
            yield Task(source.slug, source.period.id, snapshot, order)


def make_task(task: Task) -> Made:
    """Make a report in a worker, which dies rather than hang."""
    with limited(lambda: os._exit(_GIVEN_UP)):
        return make_from(task.snapshot, task.slug, task.period, task.order)


def _tell_of_the_end() -> None:
    """End a process that hangs where nothing can stop it."""
    message = f"reportgen: звіт складається понад {LONGEST_TASK // 60} хвилин: зупинено"
    print(message, file=sys.stderr, flush=True)  # noqa: T201 - the last that it can do
    os._exit(_GIVEN_UP)


def _accepted(made: Made | Lost, source: ReportSource, project: Project) -> Made:
    """Return a report as it may be put in place.

    A worker sees the plain files that a report is made from; what else lies in their places, the
    project knows.
    """
    if isinstance(made, Lost):
        span = Span(source.period_file.relative_to(project.root).as_posix())
        message = f"складання обірвалося або тривало понад {LONGEST_TASK // 60} хвилин"
        hint = "перевірте власні шаблони в templates: чи немає в них нескінченного циклу"
        return Made("", {}, (finding("template-invalid", span, message, hint),), {})
    found = (*made.found, *override_faults(project, made.form_id))
    return replace(made, found=found, files={} if has_errors(found) else made.files)


class _Ledger:
    """The manifest while a build goes on.

    It is written with a report's files, but not for each of thousands: what a killed build has put
    in place a moment before its end, the next one makes again.
    """

    def __init__(self, output: Path) -> None:
        self._output = output
        self._entries = read_manifest(output)
        self._written = -_MANIFEST_EVERY
        self._behind = False

    def put(self, source: ReportSource, made: Made) -> tuple[Path, ...]:
        """Put the files of a report in place, and return where they lie."""
        if not made.files:
            return ()
        files: dict[Path, bytes] = {}
        for form, data in made.files.items():
            name = f"{source.slug}/{source.period.id}.{form}"
            files[self._output / name] = data
            self._entries[name] = Entry(
                sha256=digest(data),
                programme=source.slug,
                period=source.period.id,
                form=made.form_id,
                inputs=made.inputs,
            )
        now = time.monotonic()
        self._behind = now - self._written < _MANIFEST_EVERY
        if self._behind:
            put_in_place(files)
        else:
            put_in_place({**files, **self._manifest()})
            self._written = now
        return tuple(files)

    def close(self) -> None:
        """Write what is not written yet."""
        if self._behind:
            put_in_place(self._manifest())

    def _manifest(self) -> dict[Path, bytes]:
        return {self._output / NAME: as_json(self._entries)}
