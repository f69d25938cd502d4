"""``reportgen build``."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

from rich import box
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table

from reportgen.build.project import open_project
from reportgen.build.run import Order, Outcome, build
from reportgen.cli.messages import counted, plural, show
from reportgen.cli.selection import document_date, select
from reportgen.diagnostics import Diagnostic, has_errors
from reportgen.load import load_content

_PLAIN_WIDTH = 140  # characters of the table in a file or a pipe, which have no width of their own
_FILES = ("файл", "файли", "файлів")


def run(options: argparse.Namespace) -> int:
    """Build the selected reports and show what was built and what was found."""
    project = open_project(options.root)
    found: list[Diagnostic] = []
    content = load_content(project.root, found)
    sources = select(content, options)
    if has_errors(found):
        show(found, project)
        print(f"Нічого не складено: {counted(found)}.", file=sys.stderr)  # noqa: T201
        return 1
    order = Order(
        formats=options.format,
        pdf_engine=options.pdf_engine,
        output=options.output or project.root / "output",
        dated=document_date(),
    )
    console = Console(highlight=False)
    if not console.is_terminal:
        console.width = _PLAIN_WIDTH
    with _progress(console, len(sources) * len(order.formats)) as done:
        outcomes = build(content, sources, project, order, done)
    show([*found, *(one for outcome in outcomes for one in outcome.found)], project)
    console.print(_summary(outcomes))
    return 1 if any(has_errors(outcome.found) for outcome in outcomes) else 0


@contextmanager
def _progress(console: Console, total: int) -> Iterator[Callable[[str], None]]:
    """Show a bar on a terminal, a line for each file elsewhere."""
    if not console.is_terminal:
        yield lambda name: console.print(name, soft_wrap=True)
        return
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("залишилось"),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=console, transient=True) as progress:
        task = progress.add_task("Складання", total=total)

        def done(name: str) -> None:
            progress.update(task, advance=1, description=name)

        yield done


def _summary(outcomes: Sequence[Outcome]) -> Table:
    table = Table(box=box.ASCII2, title="Складено", title_justify="left")
    for heading in ("Програма", "Період", "Форма", "Файли", "Знайдено"):
        table.add_column(heading, overflow="fold")
    for outcome in outcomes:
        number = len(outcome.files)
        kinds = " ".join(path.suffix.removeprefix(".") for path in outcome.files)
        table.add_row(
            outcome.source.slug,
            outcome.source.period.id,
            outcome.form_id,
            f"{number} {plural(number, _FILES)}: {kinds}" if number else "не складено",
            counted(outcome.found),
        )
    return table
