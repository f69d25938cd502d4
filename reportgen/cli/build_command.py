"""``reportgen build``."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

from rich import box
from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    SpinnerColumn,
    TextColumn,
    TimeRemainingColumn,
)
from rich.table import Table

from reportgen.build.batch import Batch
from reportgen.build.built import BuiltBefore
from reportgen.build.cluster import cluster
from reportgen.build.examine import without_allowed
from reportgen.build.files import check_output
from reportgen.build.make import Order
from reportgen.build.project import open_project
from reportgen.build.records import records_folder
from reportgen.build.run import Outcome, build
from reportgen.build.workers import Pool, processes, usable_cores
from reportgen.cli.messages import counted, show
from reportgen.cli.selection import document_date, look_up, profile_of
from reportgen.cli.watching import watch
from reportgen.diagnostics import Diagnostic, has_errors, plural

_PLAIN_WIDTH = 140  # characters of the table in a file or a pipe, which have no width of their own
_FILES = ("файл", "файли", "файлів")
_REPORTS = ("звіт", "звіти", "звітів")
_MOST_KEPT = 20  # reports whose files were kept, each in a row of its own


def run(options: argparse.Namespace) -> int:
    """Build the selected reports, once or whenever something is saved."""
    told: set[Diagnostic] = set()
    if options.watch:
        return watch(open_project(options.root).root, lambda: _build(options, told))
    return _build(options, told)


def _build(options: argparse.Namespace, told: set[Diagnostic]) -> int:
    """Build the selected reports and show what was built and what was found.

    What was ``told`` by the build before is told again only of reports that are built anew.
    """
    project = open_project(options.root)
    content, sources, found = look_up(project, options)
    found = without_allowed(found, project)
    output = options.output or project.root / "output"
    check_output(output, project.root, asked=options.output is not None)
    if not content.sound or not sources:
        told.clear()
        show(found, project)
        print(f"Нічого не складено: {counted(found)}.", file=sys.stderr)  # noqa: T201
        return 1 if has_errors(found) else 0
    order = Order(
        options.format, options.pdf_engine, document_date(), profile_of(options, content.council)
    )
    console = Console(highlight=False)
    if not console.is_terminal:
        console.width = _PLAIN_WIDTH
    folder = records_folder(project.root, "build")
    before = BuiltBefore(folder, order, recall=not options.force)
    with _pool(options, len(sources)) as pool, _watched(console, len(sources)) as finished:
        outcomes = build(
            Batch(content, project, order),
            sources,
            output=output,
            pool=pool,
            before=before,
            finished=finished,
        )
    found += [one for outcome in outcomes for one in outcome.found]
    anew = {one for outcome in outcomes if not outcome.kept for one in outcome.found}
    show([one for one in found if one in anew or one not in told], project)
    told.clear()
    told.update(found)
    if options.watch and all(outcome.kept for outcome in outcomes):
        console.print("Нічого не змінилося.")
    else:
        console.print(_summary(outcomes, whole=not has_errors(found), briefly=options.watch))
    return 1 if has_errors(found) else 0


@contextmanager
def _pool(options: argparse.Namespace, reports: int) -> Iterator[Pool | None]:
    """Yield who does the work: a cluster, local processes, or, for a single report, nobody else."""
    if options.scheduler is not None:
        with cluster(options.scheduler) as pool:
            yield pool
        return
    jobs = min(options.jobs or usable_cores(), reports)
    yield processes(jobs) if jobs > 1 else None


@contextmanager
def _watched(console: Console, reports: int) -> Iterator[Callable[[Outcome], None]]:
    """Show a bar on a terminal; elsewhere a line for each file that lies in its place."""
    if not console.is_terminal:

        def tell(outcome: Outcome) -> None:
            for path in () if outcome.kept else outcome.files:
                console.print(f"{outcome.source.slug}/{path.name}", soft_wrap=True)

        yield tell
        return
    columns = (
        SpinnerColumn("line"),
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[rate]}"),
        TextColumn("залишилось"),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=console, transient=True) as progress:
        bar = progress.add_task("Складання", total=reports, rate="")

        def move(outcome: Outcome) -> None:
            name = f"{outcome.source.slug}/{outcome.source.period.id}"
            speed = progress.tasks[bar].speed
            rate = f"{speed:.1f} звіту/с".replace(".", ",") if speed else ""
            progress.update(bar, advance=1, description=name, rate=rate)

        yield move


def _summary(outcomes: Sequence[Outcome], *, whole: bool, briefly: bool) -> Table:
    """Return the table of all reports; ``briefly``, of those that were built just now.

    Many that were kept stand in one row: among hundreds nobody would find those that were not.
    """
    if not any(outcome.files for outcome in outcomes):
        title = "Нічого не складено"
    elif whole and all(outcome.kept for outcome in outcomes):
        title = "Усе вже складено, нічого не змінилося"
    else:
        title = "Складено" if whole else "Складено не все"
    table = Table(box=box.ASCII2, title=title, title_justify="left")
    for heading in ("Програма", "Період", "Форма", "Файли", "Знайдено"):
        table.add_column(heading, overflow="fold")
    kept = [outcome for outcome in outcomes if outcome.kept]
    apart = briefly or len(kept) > _MOST_KEPT
    for outcome in outcomes:
        if apart and outcome.kept:
            continue
        table.add_row(
            outcome.source.slug,
            outcome.source.period.id,
            outcome.form_id,
            _files(outcome),
            counted(outcome.found),
        )
    if apart and not briefly:
        number = len(kept)
        found = [one for outcome in kept for one in outcome.found]
        told = f"{number} {plural(number, _REPORTS)} без змін"
        table.add_row("…", "", "", told, counted(found))
    return table


def _files(outcome: Outcome) -> str:
    number = len(outcome.files)
    if not number:
        return "не складено"
    kinds = " ".join(path.suffix.removeprefix(".") for path in outcome.files)
    kept = " (без змін)" if outcome.kept else ""
    return f"{number} {plural(number, _FILES)}: {kinds}{kept}"
