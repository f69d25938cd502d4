"""The build: every report of a selection, a failing one never in the way."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path

from reportgen.build.batch import Batch
from reportgen.build.built import BuiltBefore
from reportgen.build.files import locked, refuse_links, sweep
from reportgen.build.ledger import Ledger, output_name
from reportgen.build.make import Made
from reportgen.build.overrides import override_faults
from reportgen.build.project import Project
from reportgen.build.snapshot import take_snapshot
from reportgen.build.workers import LONGEST_TASK, Lost, Pool
from reportgen.diagnostics import Diagnostic, Span, finding, has_errors
from reportgen.load import ReportSource


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one report. ``files`` is empty when an error stopped it.

    It is ``kept`` when an earlier build has made just these files from just the same.
    """

    source: ReportSource
    form_id: str
    files: tuple[Path, ...]
    found: tuple[Diagnostic, ...]
    kept: bool = False


def build(  # noqa: PLR0913 - each is asked for by somebody else
    batch: Batch,
    sources: Sequence[ReportSource],
    *,
    output: Path,
    pool: Pool | None,
    before: BuiltBefore,
    finished: Callable[[Outcome], None],
) -> list[Outcome]:
    """Build the reports, and tell of each when its files lie in their places, if it has any.

    A report's files are put in place together, once all of them are made. What was ``before`` built
    from the same is kept. Outcomes are in the order of the sources, however they were finished.

    Raises:
        BrokenEnvironment: when the machine stops the work; reports done by then are whole.
    """
    outcomes: dict[ReportSource, Outcome] = {}
    with locked(output):
        refuse_links(output, {source.slug for source in sources})
        sweep(output)
        with closing(Ledger(output)) as ledger:
            for one in _kept(batch, sources, before, ledger, output):
                outcomes[one.source] = one
                finished(one)
            due = [source for source in sources if source not in outcomes]
            for source, snapshot, result in batch.made(due, pool):
                made = _accepted(result, source, batch.project)
                files = ledger.put(source, made)
                if snapshot:
                    before.keep(source, snapshot, made)
                outcomes[source] = Outcome(source, made.form_id, files, made.found)
                finished(outcomes[source])
    return [outcomes[source] for source in sources]


def _kept(
    batch: Batch,
    sources: Sequence[ReportSource],
    before: BuiltBefore,
    ledger: Ledger,
    output: Path,
) -> Iterator[Outcome]:
    """Yield the reports that need not be built."""

    @functools.cache
    def is_dressed(form_id: str) -> bool:
        return not has_errors(override_faults(batch.project, form_id))

    for source in sources:
        snapshot = take_snapshot(source, batch.content, batch.project)
        built = before.recall(source, snapshot, ledger) if snapshot else None
        if built and is_dressed(built.form_id):
            files = tuple(output / output_name(source, one) for one in batch.order.formats)
            yield Outcome(source, built.form_id, files, built.found, kept=True)


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
