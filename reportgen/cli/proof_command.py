"""``reportgen proof``."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from rich import box
from rich.console import Console
from rich.table import Table

from reportgen.build.examine import without_allowed
from reportgen.build.files import check_output
from reportgen.build.project import Project, open_project
from reportgen.build.proving import prove
from reportgen.cli.messages import counted, show
from reportgen.cli.selection import document_date, look_up
from reportgen.diagnostics import has_errors, plural
from reportgen.proof.difference import Difference
from reportgen.proof.record import NAME, ProvenReport

_PLAIN_WIDTH = 140  # characters of the table in a file or a pipe, which have no width of their own
_MOST_SHOWN = 300
_DIFFERENCES = ("розбіжність", "розбіжності", "розбіжностей")
_FILES = ("файл", "файли", "файлів")


def run(options: argparse.Namespace) -> int:
    """Read the built files of the selected reports back, compare them and tell what differs."""
    project = open_project(options.root)
    content, sources, found = look_up(project, options)
    found = without_allowed(found, project)
    output: Path = options.output or project.root / "output"
    check_output(output, project.root, asked=options.output is not None)
    if not content.sound or not sources:
        show(found, project)
        print(f"Нічого не звірено: {counted(found)}.", file=sys.stderr)  # noqa: T201
        return 1 if has_errors(found) else 0
    proven = prove(content, sources, project, output, document_date())
    found += proven.found
    if has_errors(found):
        show(found, project)
    differences = [one for report in proven.reports for one in report.differences]
    _tell(differences, _display(output, project))
    console = Console(highlight=False)
    if not console.is_terminal:
        console.width = _PLAIN_WIDTH
    console.print(_summary(proven.reports))
    lacking = _is_selected(options) and not all(one.files for one in proven.reports)
    return 1 if differences or lacking or has_errors(found) else 0


def _is_selected(options: argparse.Namespace) -> bool:
    """Tell whether reports are named: each of these is wanted, and has to be built."""
    return bool(options.programmes or options.period)


def _tell(differences: Sequence[Difference], output: str) -> None:
    """Print differences to the error stream, each with its file and its place."""
    for one in differences[:_MOST_SHOWN]:
        print(f"{output}/{one}", file=sys.stderr)  # noqa: T201
    if len(differences) > _MOST_SHOWN:
        rest = len(differences) - _MOST_SHOWN
        print(f"… і ще {rest}: усі записано в {output}/{NAME}", file=sys.stderr)  # noqa: T201


def _display(output: Path, project: Project) -> str:
    """Return the output folder as messages name it: from the project's, if it lies there."""
    inside = output.is_relative_to(project.root)
    return (output.relative_to(project.root) if inside else output).as_posix()


def _summary(reports: Sequence[ProvenReport]) -> Table:
    table = Table(box=box.ASCII2, title=_title(reports), title_justify="left")
    for heading in ("Програма", "Період", "Файли"):
        table.add_column(heading, overflow="fold")
    for heading in ("Клітинок", "Чисел", "Текстів", "Сторінок PDF"):
        table.add_column(heading, justify="right")
    table.add_column("Висновок", overflow="fold")
    for report in reports:
        number = len(report.files)
        kinds = " ".join(file.format for file in report.files)
        counts = [file.compared.counts for file in report.files]
        table.add_row(
            report.programme,
            report.period,
            f"{number} {plural(number, _FILES)}: {kinds}" if number else "немає",
            str(sum(one.cells for one in counts)),
            str(sum(one.figures for one in counts)),
            str(sum(one.texts for one in counts)),
            str(sum(one.pages for one in counts)),
            _verdict(report),
        )
    return table


def _title(reports: Sequence[ProvenReport]) -> str:
    differ = any(report.differences for report in reports)
    said = "файли розходяться з даними" if differ else "файли збігаються з даними"
    unbuilt = sum(not report.files for report in reports)
    return f"Складені {said}; не складено звітів: {unbuilt}" if unbuilt else said.capitalize()


def _verdict(report: ProvenReport) -> str:
    if not report.files:
        return "не складено"
    number = len(report.differences)
    return f"{number} {plural(number, _DIFFERENCES)}" if number else "збігається"
