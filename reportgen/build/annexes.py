"""The annexes of a package: every report made with its mark, by all cores at once."""

from __future__ import annotations

import os
from collections.abc import Generator, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, replace

from reportgen.build.attachments import report_figures
from reportgen.build.batch import Batch
from reportgen.build.make import draw_prepared
from reportgen.build.prepare import prepare
from reportgen.build.workers import LONGEST_TASK, TOO_LONG, Lost, ending, limited, processes, spread
from reportgen.compute.money import contribution
from reportgen.compute.report import compute_report
from reportgen.diagnostics import Diagnostic, finding
from reportgen.document.annex import mark_lines, marked
from reportgen.document.blocks import Document
from reportgen.load import ReportSource
from reportgen.model.package import Annex, Package
from reportgen.publication.tables import Record
from reportgen.write.acts import Reported
from reportgen.write.fonts import Typeface
from reportgen.write.frame import Frame

_FEWEST = 3  # annexes for which it pays to start more processes
_GIVEN_UP = 2  # the exit code of a process that ends itself


@dataclass(frozen=True, slots=True)
class Drawn:
    """An annex drawn: its document with the mark, what dresses it, and its files by format."""

    document: Document
    frame: Frame
    typeface: Typeface | None
    reported: Reported
    files: Mapping[str, bytes]
    figures: tuple[Record, ...]  # for the book to carry, if it carries any


@dataclass(frozen=True, slots=True)
class _Task:
    annex: Annex
    mark: tuple[str, ...]
    source: ReportSource
    batch: Batch


def draw_annexes(
    package: Package, batch: Batch, jobs: int, found: list[Diagnostic]
) -> Generator[Drawn, None, None]:
    """Yield the annexes in their order, while those behind them are still being drawn.

    ``found`` takes what is found; no annex and none of its files is missing if that has no errors.
    """
    tasks = [*_tasks(package, batch)]
    turns = iter(sorted(task.annex.number for task in tasks))
    turn = next(turns, None)
    early: dict[int, tuple[Drawn | None, tuple[Diagnostic, ...]]] = {}
    for task, result in _worked(tasks, min(jobs, len(tasks))):
        early[task.annex.number] = result
        while turn in early:
            one, said = early.pop(turn)
            found += said
            if one:
                yield one
            turn = next(turns, None)


def _tasks(package: Package, batch: Batch) -> Iterator[_Task]:
    content = batch.content
    sources = {(one.slug, one.period): one for one in content.sources}
    for annex in package.annexes:
        own = tuple(one for one in content.sources if one.slug == annex.slug)
        its_own = replace(batch, content=replace(content, sources=own))  # less to hand over
        mark = mark_lines(package, annex.number)
        yield _Task(annex, mark, sources[annex.slug, annex.period], its_own)


def _worked(
    tasks: Sequence[_Task], jobs: int
) -> Iterator[tuple[_Task, tuple[Drawn | None, tuple[Diagnostic, ...]]]]:
    if len(tasks) < _FEWEST or jobs < 2:  # noqa: PLR2004 - one is none
        for task in tasks:
            with limited(ending(TOO_LONG)):
                drawn = _draw(task)
            yield task, drawn
        return
    with closing(spread(_draw_in_time, tasks, processes(jobs))) as done:
        for one in done:
            yield (
                one.task,
                (None, (_lost(one.task),)) if isinstance(one.result, Lost) else one.result,
            )


def _draw_in_time(task: _Task) -> tuple[Drawn | None, tuple[Diagnostic, ...]]:
    """Draw in a worker, which dies rather than hang."""
    with limited(lambda: os._exit(_GIVEN_UP)):
        return _draw(task)


def _draw(task: _Task) -> tuple[Drawn | None, tuple[Diagnostic, ...]]:
    project, order = task.batch.project, task.batch.order
    prepared = prepare(task.source, task.batch.content, project, order.dated)
    found = list(prepared.found)
    report = prepared.report
    if prepared.document is None or prepared.frame is None or report is None:
        return None, tuple(found)
    document = marked(prepared.document, task.mark)
    files = draw_prepared(replace(prepared, document=document), project, order, found)
    money = contribution(report, compute_report(report))
    reported = Reported(task.annex, document.title, report.programme.genitive, money)
    figures = report_figures(prepared) if order.pdf.carries else ()
    dress = (prepared.frame, prepared.typeface)
    return Drawn(document, *dress, reported, files, figures), tuple(found)


def _lost(task: _Task) -> Diagnostic:
    message = f"складання обірвалося або тривало понад {LONGEST_TASK // 60} хвилин"
    hint = "перевірте власні шаблони в templates: чи немає в них нескінченного циклу"
    return finding("template-invalid", task.annex.span, message, hint)
