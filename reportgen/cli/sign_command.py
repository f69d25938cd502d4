"""``reportgen sign``."""

from __future__ import annotations

import argparse
import getpass
import os
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from reportgen.build.files import check_output, locked, refuse_links, sweep
from reportgen.build.project import Project, find_mark, open_project
from reportgen.build.signable import of_file, of_package, of_reports, twice
from reportgen.build.signing import FOLDER, Outcome, Plan, Target, secrets_of, sign_files
from reportgen.build.workers import usable_cores
from reportgen.cli.messages import plural, show
from reportgen.cli.selection import read_content, select
from reportgen.diagnostics import BrokenEnvironment, Diagnostic, has_errors, quoted
from reportgen.load import Content
from reportgen.load.signing import FILE, load_signing
from reportgen.model.signing import Elsewhere, Key, Signing, SigningProfile, Token
from reportgen.sign.faults import KeyFaultError

_FILES = ("файл", "файли", "файлів")
_VARIABLE = "REPORTGEN_PASSWORD_"


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
    targets, faults = find_targets(options, content, project, output, signed)
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
        outcomes = [*_shown(sign_files(targets, plan, jobs=jobs, replace=options.replace), targets)]
    return _tell(outcomes, targets, bool(faults))


def read_signing(project: Project, content: Content) -> tuple[Signing | None, list[Diagnostic]]:
    """Return how the council signs, and what is wrong with its file.

    Raises:
        BrokenEnvironment: when there is no such file.
    """
    found: list[Diagnostic] = []
    if content.council is None:
        return None, found
    if not (project.root / FILE).is_file():
        raise BrokenEnvironment(f"немає файлу {FILE}: у ньому ключі й профілі (docs/uk/sign.md)")
    return load_signing(project.root, content.council, found), found


def find_profile(signing: Signing, name: str | None) -> SigningProfile:
    """Return the profile that is asked for; the only one need not be named.

    Raises:
        BrokenEnvironment: when there is no such profile, or it is not said which of several.
    """
    known = ", ".join(signing.profiles) or "жодного"
    if name is None:
        if len(signing.profiles) != 1:
            raise BrokenEnvironment(f"вкажіть профіль: --profile НАЗВА; є: {known}")
        return next(iter(signing.profiles.values()))
    if name not in signing.profiles:
        raise BrokenEnvironment(f"немає профілю {quoted(name)}; є: {known}")
    return signing.profiles[name]


def find_targets(
    options: argparse.Namespace, content: Content, project: Project, output: Path, signed: Path
) -> tuple[list[Target], list[str]]:
    """Return what the options name: packages, files, else programmes as other commands name them.

    Raises:
        BrokenEnvironment: when nothing is named, or what is named is not there.
    """
    if not options.targets and options.period is None:
        raise BrokenEnvironment("вкажіть, що підписати: програму, пакет, файл PDF або --period")
    targets: list[Target] = []
    faults: list[str] = []
    programmes: list[str] = []
    for name in options.targets:
        if name.lower().endswith(".pdf"):
            targets.append(of_file(Path(name), output, signed))
        elif (project.root / "content" / "packages" / f"{name}.yaml").is_file():
            of_one = of_package(name, output, signed)
            targets += of_one[0]
            faults += of_one[1]
        else:
            programmes.append(name)
    if programmes or not options.targets:
        chosen = argparse.Namespace(programmes=programmes, period=options.period)
        of_all = of_reports(select(content, chosen), project, output, signed)
        targets += of_all[0]
        faults += of_all[1]
    targets = [*dict.fromkeys(targets)]
    if clash := twice(targets):
        raise BrokenEnvironment(clash)
    return targets, faults


def make_plan(
    profile: SigningProfile,
    signing: Signing,
    content: Content,
    project: Project,
    keys: Sequence[str] = (),
) -> Plan:
    """Return how files are signed by a profile; passwords are asked for here.

    Raises:
        KeyFaultError: when a key cannot be opened.
    """
    secrets = secrets_of(profile, keys, _password)
    council = content.council
    return Plan(
        profile=profile,
        keys=tuple(secrets),
        secrets=tuple(secrets.values()),
        service=signing.time_stamps,
        roots=signing.trust,
        template=find_mark(project).encode("utf-8"),
        font=council.page.font if council else "",
    )


def _password(key: Key) -> str:
    """Return the password of a key: from the environment, else as typed without being shown.

    Raises:
        KeyFaultError: when there is nobody to ask.
    """
    if isinstance(key.carrier, Elsewhere):
        return ""
    variable = _VARIABLE + key.id.upper().replace("-", "_")
    given = os.environ.get(variable)
    if given is not None:
        return given
    if not sys.stdin.isatty():
        raise KeyFaultError(f"ключ {key.id}: немає пароля; дайте його у змінній {variable}")
    what = "PIN токена" if isinstance(key.carrier, Token) else "Пароль ключа"
    return getpass.getpass(f"{what} {key.id}: ", sys.stderr)


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
