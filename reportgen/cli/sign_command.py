"""``reportgen sign``."""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from reportgen.build.containing import sign_containers
from reportgen.build.files import check_output, locked, refuse_links, sweep
from reportgen.build.project import SIGNED_FOLDER, open_project
from reportgen.build.signing import Outcome, Target, sign_files
from reportgen.build.workers import usable_cores
from reportgen.cli.messages import show, tell
from reportgen.cli.selection import read_content
from reportgen.cli.signing_profile import find_profile, make_plan, read_signing
from reportgen.cli.signing_work import Work
from reportgen.diagnostics import BrokenEnvironment, has_errors, plural, tame
from reportgen.sign.faults import KeyFaultError

_FILES = ("файл", "файли", "файлів")
_FEWEST = 4  # files of which it can be told how fast it goes
_SLOWEST = 0.1  # files a second
_SHORTEST = 0.001  # seconds


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
    signed: Path = options.signed or project.root / SIGNED_FOLDER
    check_output(signed, project.root, asked=options.signed is not None)
    work = Work(options, content, project, output, signed)
    containers, asked = work.containers() if options.container else ([], work.targets())
    targets = asked.targets
    for fault in asked.faults:
        tell(f"Не підписано: {fault}")
    for remark in asked.remarks:
        tell(f"Зауважте: {remark}")
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
    return _tell(outcomes, targets, bool(asked.faults))


def _shown(outcomes: Iterator[Outcome], targets: Sequence[Target]) -> Iterator[Outcome]:
    """Show a bar on a terminal; elsewhere a line for each file."""
    console = Console(stderr=True, highlight=False)
    began = time.monotonic()
    if not console.is_terminal:
        for number, one in enumerate(outcomes, start=1):
            rate = told_speed(number, time.monotonic() - began)
            print(f"[{number}/{len(targets)}{rate}] {_line(one)}")  # noqa: T201
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
            progress.update(bar, advance=1, description=tame(one.target.goal.name))
            yield one


def told_speed(number: int, seconds: float) -> str:
    """Return how fast it goes; "" where that says nothing: of so few files, or slower than shown.

    The first ones wait for keys and services.
    """
    if number < _FEWEST or number < seconds * _SLOWEST:
        return ""
    speed = f"{number / max(seconds, _SHORTEST):.1f}"
    return f", {speed.replace('.', ',')} файлу/с"


def _line(outcome: Outcome) -> str:
    name = tame(outcome.target.goal.as_posix())
    if outcome.fault:
        return f"{name}: не підписано"
    waiting = f"черга ключа {outcome.waits_for}" if outcome.waits_for else "вже підписано"
    return f"{name}: {', '.join(outcome.added) or waiting}"


def _tell(outcomes: Sequence[Outcome], targets: Sequence[Target], faulty: bool) -> int:  # noqa: FBT001
    """Tell what has come of all files, and return the exit code."""
    for one in outcomes:
        if one.aside:
            tell(f"Попередній підписаний файл відкладено: {one.aside}")
        if one.fault:
            tell(f"Не підписано: {one.target.source}: {one.fault}")
    _tell_remarks(outcomes)
    left = len(targets) - len(outcomes)
    if left:
        tell(f"Не розпочато: {left} {plural(left, _FILES)}.")
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


def _tell_remarks(outcomes: Sequence[Outcome]) -> None:
    """Tell each remark once, with the files that were signed all the same."""
    files: dict[str, list[str]] = {}
    for one in outcomes:
        for remark in one.remarks:
            files.setdefault(remark, []).append(one.target.goal.as_posix())
    for remark, names in files.items():
        tell(f"Зауважте: {remark}:")
        for name in sorted(names):
            tell(f"    {name}")
