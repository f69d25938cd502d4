"""``reportgen archive``: a package goes into the archive; ``archive renew`` goes over all of it."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

from reportgen.archive.inspection import JOURNAL, inspect
from reportgen.archive.renewal import extended
from reportgen.build.archive_order import OrderedDress
from reportgen.build.archiving import Archiving, Dress, plain
from reportgen.build.gathering import UnfitError, gather
from reportgen.build.packages import find_package
from reportgen.build.project import SIGNED_FOLDER, Project, open_project
from reportgen.build.renewing import Renewing, Step
from reportgen.cli import package_command, sign_command
from reportgen.cli.archive_setting import Setting, find_setting
from reportgen.cli.messages import plural, show, tell
from reportgen.cli.selection import read_content
from reportgen.diagnostics import BrokenEnvironment, Diagnostic, has_errors
from reportgen.load import Content
from reportgen.load.archive import load_archive_codes
from reportgen.load.signing import FILE as SIGNING
from reportgen.model.package import Package
from reportgen.model.verdict import Outcome
from reportgen.sign.faults import SigningError
from reportgen.sign.services import time_stamper
from reportgen.sign.stamping import DIGEST
from reportgen.sign.standing import is_signed_at_once

_RENEW = "renew"
_FILES = ("файл", "файли", "файлів")
_BAGS = ("пакет", "пакети", "пакетів")


def run(options: argparse.Namespace) -> int:
    """Archive a package, or renew the archive; what was there before stays as it is."""
    project = open_project(options.root)
    content, _ = read_content(project)
    found: list[Diagnostic] = []
    setting = find_setting(options, project, content, found)
    if setting is None:
        return _nothing(found, project)
    if options.what == _RENEW:
        return _renew(options, setting)
    if options.profile is not None and (code := _made_and_signed(options)):
        return code
    try:
        return _archive(options, project, content, setting)
    except UnfitError as error:
        for fault in error.faults:
            tell(f"Не внесено: {fault}")
        return 1


def _made_and_signed(options: argparse.Namespace) -> int:
    """Make the package and sign it by the profile; return the first exit code that is not 0."""
    given = vars(options)
    made = package_command.run(argparse.Namespace(**given, package=options.what))
    if made:
        return made
    wanted = {"targets": [options.what], "keys": [], "container": False}
    return sign_command.run(argparse.Namespace(**given, **wanted))


def _archive(
    options: argparse.Namespace, project: Project, content: Content, setting: Setting
) -> int:
    package, found = find_package(options.what, content)
    if package is None or has_errors(found):
        return _nothing(found, project)
    output: Path = options.output or project.root / "output"
    signed: Path = options.signed or project.root / SIGNED_FOLDER
    gathered = gather(package.id, output, signed, at_once=is_signed_at_once)
    dress = _dress(options, package, content, found)
    if dress is None:
        return _nothing(found, project)
    show(found, project)
    for name in gathered.unsigned:
        tell(f"Без підпису: {name}")
    for name in gathered.left_out:
        tell(f"Лишилося поза архівом, бо не підписане: {name}")
    archiving = Archiving(package, content, setting.judge, setting.now, setting.who, dress)
    with setting.opened() as archive:
        entry = archiving.add(archive, gathered)
        number = len(gathered.files)
        print(f"Внесено {entry.bag}: {number} {plural(number, _FILES)}.")  # noqa: T201
        setting.finish(archive)
        return _inspected(setting.folder / entry.bag, setting)


def _dress(
    options: argparse.Namespace, package: Package, content: Content, found: list[Diagnostic]
) -> Dress | None:
    """Return what lays the archive order over the files, if that is asked for."""
    digits = options.names == "digits"
    if not digits and not options.envelope:
        return plain
    codes = load_archive_codes(content.root, found)
    council = content.council.name if content.council else package.council
    return OrderedDress(package, council, codes, digits, options.envelope) if codes else None


def _inspected(bag: Path, setting: Setting) -> int:
    """Verify the new bag as it lies there, as anybody would."""
    verdicts = inspect(bag, setting.judge)
    for one in verdicts:
        for fault in (*one.faults, *(said for signed in one.signed for said in signed.faults)):
            tell(f"{one.name}: {fault}")
        if one.outcome is Outcome.UNKNOWN:
            tell(f"{one.name}: внесено, але підпису тут не перевірено: перевірте його деінде")
    worst = max((one.outcome for one in verdicts), key=[*Outcome].index)
    print(f"Перевірено: {worst.value}.")  # noqa: T201
    return 1 if worst in {Outcome.INVALID, Outcome.UNTRUSTED} else 0


def _renew(options: argparse.Namespace, setting: Setting) -> int:
    if not (setting.folder / JOURNAL).is_file():
        raise BrokenEnvironment(f"у теці {setting.folder} немає архіву: у ній немає {JOURNAL}")
    if not setting.service or not setting.roots:
        raise BrokenEnvironment(
            f"щоб поновити позначки часу, потрібні служба й корінь довіри: time_stamps і trust "
            f"у {SIGNING} або --time-stamps і --trust"
        )
    try:
        stamper, _ = time_stamper(setting.service, DIGEST)
    except SigningError as error:
        raise BrokenEnvironment(f"нічого не поновлено: {error}") from error
    renewing = Renewing(
        before=options.before or setting.now + options.within,
        judge=setting.judge,
        extend=lambda data: extended(data, stamper, setting.roots),
        time=setting.now,
        who=setting.who,
    )
    steps: list[Step] = []
    with setting.opened() as archive:
        total = len(archive.journal.latest())
        try:
            for step in renewing.go(archive):
                steps.append(step)
                _tell(step, f"[{len(steps)}/{total}]")
        finally:  # one that is stopped by hand tells in the index, too, what was done
            setting.finish(archive, stamp=any(one.entry for one in steps))
    renewed = sum(one.entry is not None for one in steps)
    print(f"Поновлено {renewed} {plural(renewed, _BAGS)} із {total}.")  # noqa: T201
    return 1 if any(one.faults for one in steps) else 0


def _tell(step: Step, number: str) -> None:
    said = f"поновлено як {step.entry.bag}" if step.entry else "поновлювати ще не час"
    print(f"{number} {step.bag}: {'не поновлено' if step.faults else said}", flush=True)  # noqa: T201
    for fault in step.faults:
        tell(f"{step.bag}: {fault}")


def _nothing(found: Sequence[Diagnostic], project: Project) -> int:
    show(found, project)
    tell("Нічого не внесено.")
    return 1
