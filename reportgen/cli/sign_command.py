"""``reportgen sign``."""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from reportgen.build import containing
from reportgen.build.containing import Enclosed, sign_containers
from reportgen.build.files import check_output, locked, refuse_links, sweep
from reportgen.build.project import Project, open_project
from reportgen.build.signable import of_file, of_package, of_reports, twice
from reportgen.build.signed_files import FOLDER
from reportgen.build.signing import Outcome, Target, sign_files
from reportgen.build.workers import usable_cores
from reportgen.cli.messages import show
from reportgen.cli.selection import read_content, select
from reportgen.cli.signing_profile import find_profile, make_plan, read_signing
from reportgen.diagnostics import BrokenEnvironment, has_errors, plural
from reportgen.load import Content, ReportSource
from reportgen.sign.faults import KeyFaultError

_FILES = ("файл", "файли", "файлів")


def run(options: argparse.Namespace) -> int:
    """Sign what is named by a profile; what is signed already stays as it is."""
    project = open_project(options.root)
    content, _ = read_content(project)
    signing, found = read_signing(project, content)
    if signing is None or has_errors(found):
        show(found, project)
        print("Нічого не підписано.", file=sys.stderr)  # noqa: T201
        return 1
    show(found, project)
    profile = find_profile(signing, options.profile)
    output: Path = options.output or project.root / "output"
    signed: Path = options.signed or project.root / FOLDER
    check_output(signed, project.root, asked=options.signed is not None)
    work = Work(options, content, project, output, signed)
    containers, faults = work.containers() if options.container else ([], [])
    targets = [Target(one.goal, one.goal) for one in containers]
    if not options.container:
        targets, faults = work.targets()
    for fault in faults:
        print(f"Не підписано: {fault}", file=sys.stderr)  # noqa: T201
    if not targets:
        return 1
    try:
        plan = make_plan(profile, signing, content, project, options.keys)
    except KeyFaultError as error:
        raise BrokenEnvironment(f"нічого не підписано: {error}") from error
    with locked(signed):
        sweep(signed)
        refuse_links(signed, [one.goal.relative_to(signed).as_posix() for one in targets])
        jobs = options.jobs or usable_cores()
        again: bool = options.replace
        signing_them = (
            sign_containers(containers, plan, again=again)
            if options.container
            else sign_files(targets, plan, jobs=jobs, replace=again)
        )
        outcomes = [*_shown(signing_them, targets)]
    return _tell(outcomes, targets, bool(faults))


@dataclass(frozen=True, slots=True)
class Work:
    """What the options name: packages, files, else programmes as other commands name them."""

    options: argparse.Namespace
    content: Content
    project: Project
    output: Path
    signed: Path

    def targets(self) -> tuple[list[Target], list[str]]:
        """Return the files to be signed, and a line on each that cannot be.

        Raises:
            BrokenEnvironment: when nothing is named, or what is named is not there.
        """
        packages, files, programmes = self._named()
        found = [of_package(one, self.output, self.signed) for one in packages]
        found.append(([of_file(one, self.output, self.signed) for one in files], []))
        if programmes is not None:
            found.append(of_reports(programmes, self.project, self.output, self.signed))
        targets = [*dict.fromkeys(one for some, _ in found for one in some)]
        if clash := twice(targets):
            raise BrokenEnvironment(clash)
        return targets, [one for _, faults in found for one in faults]

    def containers(self) -> tuple[list[Enclosed], list[str]]:
        """Return the containers to be signed, and a line on each that cannot be.

        Raises:
            BrokenEnvironment: when nothing is named, or what is named is not there, or a file.
        """
        packages, files, programmes = self._named()
        if files:
            raise BrokenEnvironment("--container: вкажіть програму чи пакет, а не файл")
        place = self.project, self.output, self.signed
        found = [containing.of_package(one, *place) for one in packages]
        if programmes is not None:
            found.append(containing.of_reports(programmes, *place))
        return (
            [one for some, _ in found for one in some],
            [one for _, faults in found for one in faults],
        )

    def _named(self) -> tuple[list[str], list[Path], Sequence[ReportSource] | None]:
        """Return packages, files and reports; no reports where only the others are named."""
        options = self.options
        if not options.targets and options.period is None:
            raise BrokenEnvironment("вкажіть, що підписати: програму, пакет, файл PDF або --period")
        files = [one for one in options.targets if one.lower().endswith(".pdf")]
        folder = self.project.root / "content" / "packages"
        packages = [
            one
            for one in options.targets
            if one not in files and (folder / f"{one}.yaml").is_file()
        ]
        programmes = [one for one in options.targets if one not in {*files, *packages}]
        if options.targets and not programmes:
            return packages, [*map(Path, files)], None
        chosen = argparse.Namespace(programmes=programmes, period=options.period)
        return packages, [*map(Path, files)], select(self.content, chosen)


def _shown(outcomes: Iterator[Outcome], targets: Sequence[Target]) -> Iterator[Outcome]:
    """Show a bar on a terminal; elsewhere a line for each file."""
    console = Console(stderr=True, highlight=False)
    began = time.monotonic()
    if not console.is_terminal:
        for number, one in enumerate(outcomes, start=1):
            speed = number / max(time.monotonic() - began, 0.001)
            rate = f"{speed:.1f}".replace(".", ",")
            print(f"[{number}/{len(targets)}, {rate} файлу/с] {_line(one)}")  # noqa: T201
            yield one
        return
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=console, transient=True) as progress:
        bar = progress.add_task("Підписування", total=len(targets))
        for one in outcomes:
            progress.update(bar, advance=1, description=one.target.goal.name)
            yield one


def _line(outcome: Outcome) -> str:
    name = outcome.target.goal.as_posix()
    if outcome.fault:
        return f"{name}: не підписано"
    return f"{name}: {', '.join(outcome.added) or 'вже підписано'}"


def _tell(outcomes: Sequence[Outcome], targets: Sequence[Target], faulty: bool) -> int:  # noqa: FBT001
    """Tell what has come of all files, and return the exit code."""
    for one in outcomes:
        if one.aside:
            print(f"Попередній підписаний файл відкладено: {one.aside}", file=sys.stderr)  # noqa: T201
        if one.fault:
            print(f"Не підписано: {one.target.source}: {one.fault}", file=sys.stderr)  # noqa: T201
    left = len(targets) - len(outcomes)
    if left:
        print(f"Не розпочато: {left} {plural(left, _FILES)}.", file=sys.stderr)  # noqa: T201
    added = [one for one in outcomes if one.added]
    waiting = sorted({one.waits_for for one in outcomes if one.waits_for})
    ready = [one for one in outcomes if not one.added and not one.fault and not one.waits_for]
    parts = [f"Підписано {len(added)} {plural(len(added), _FILES)}"]
    if ready:
        parts.append(f"вже були підписані {len(ready)}")
    if waiting:
        parts.append(f"далі підписує: {', '.join(waiting)}")
    print("; ".join(parts) + ".")  # noqa: T201
    return 1 if faulty or left or any(one.fault for one in outcomes) else 0
