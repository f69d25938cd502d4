"""``reportgen archive``: a package that was built and signed goes into the archive."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

from reportgen.archive.inspection import inspect
from reportgen.build.archive_order import OrderedDress
from reportgen.build.archiving import Archiving, Dress, plain
from reportgen.build.gathering import UnfitError, as_built, gather
from reportgen.build.packages import find_package
from reportgen.build.project import SIGNED_FOLDER, Project, open_project
from reportgen.build.unready import remarks
from reportgen.cli import archive_renewal, package_command, sign_command
from reportgen.cli.archive_setting import Setting, find_setting
from reportgen.cli.messages import show, tell
from reportgen.cli.selection import read_content
from reportgen.cli.signing_profile import find_profile, read_signing
from reportgen.diagnostics import BrokenEnvironment, Diagnostic, has_errors, plural
from reportgen.load import Content
from reportgen.load.archive import load_archive_codes
from reportgen.model.package import Package
from reportgen.model.verdict import Outcome
from reportgen.sign.standing import is_signed_at_once

_RENEW = "renew"
_FILES = ("файл", "файли", "файлів")
#: What is said of a whole bag, by the worst that was found in it.
_WHOLE = {
    Outcome.VALID: "пакет дійсний",
    Outcome.UNTRUSTED: "пакет цілий, але довіру до підписів не встановлено",
    Outcome.UNKNOWN: "пакет цілий, але не всі підписи можна перевірити тут",
    Outcome.INVALID: "пакет недійсний",
}


def run(options: argparse.Namespace) -> int:
    """Archive a package, or renew the archive; what was there before stays as it is."""
    project = open_project(options.root)
    content, _ = read_content(project)
    found: list[Diagnostic] = []
    setting = find_setting(options, project, content, found)
    if setting is None:
        return _nothing(found, project)
    if options.what == _RENEW:
        return archive_renewal.run(options, setting)
    if options.adopted and options.profile is None:
        raise BrokenEnvironment(
            "--adopted пишуть разом із --profile; без нього номер і дата — зі складеного пакета"
        )
    try:
        if options.profile is not None and (code := _made_and_signed(options, project, content)):
            return code
        return _archive(options, project, content, setting)
    except UnfitError as error:
        for fault in error.faults:
            tell(f"Не внесено: {fault}")
        return 1


def _made_and_signed(options: argparse.Namespace, project: Project, content: Content) -> int:
    """Make the package and sign it by the profile; return the first exit code that is not 0.

    Raises:
        UnfitError: when it is a draft: nobody signs one to find that out.
        BrokenEnvironment: when there is no such profile: nobody makes a package for that either.
    """
    signing, _ = read_signing(project, content)
    if signing is not None:
        find_profile(signing, options.profile)
    package, _ = find_package(options.what, content, package_command.adopted_of(options))
    if package is not None:
        _refuse_draft(project, package, allowed=options.draft)
    given = vars(options)
    made = package_command.run(argparse.Namespace(**given, package=options.what))
    if made:
        return made
    wanted = {"targets": [options.what], "keys": [], "container": False}
    return sign_command.run(argparse.Namespace(**given, **wanted))


def _archive(
    options: argparse.Namespace, project: Project, content: Content, setting: Setting
) -> int:
    package, found = find_package(options.what, content, package_command.adopted_of(options))
    if package is None or has_errors(found):
        return _nothing(found, project)
    output: Path = options.output or project.root / "output"
    signed: Path = options.signed or project.root / SIGNED_FOLDER
    gathered = gather(package.id, output, signed, at_once=is_signed_at_once)
    package = as_built(package, gathered.adopted)
    if options.profile is None:
        _refuse_draft(project, package, allowed=options.draft)
    dress = _dress(options, package, content, found)
    if dress is None:
        return _nothing(found, project)
    show(found, project)
    for name in gathered.left_out:
        tell(f"Лишилося поза архівом, бо не підписане: {name}")
    archiving = Archiving(package, content, setting.judge, setting.now, setting.who, dress)
    with setting.opened() as archive:
        same = None if options.again else archiving.unchanged(archive, gathered)
        entry = same or archiving.add(archive, gathered)
        number = len(gathered.files)
        print(  # noqa: T201
            f"Від {entry.bag} нічого не змінилося: нової версії не внесено."
            if same
            else f"Внесено {entry.bag}: {number} {plural(number, _FILES)}."
        )
        setting.finish(archive)
        code = _inspected(setting.folder / entry.bag, setting)
    if same and code:
        tell(f"{same.bag} уже не такий, яким його внесено: цілий пакет із signed внесе --again")
    return code


def _refuse_draft(project: Project, package: Package, *, allowed: bool) -> None:
    """Tell what makes a package a draft.

    Raises:
        UnfitError: when it is one, and drafts are not asked for.
    """
    said = remarks(project, package)
    if said and not allowed:
        raise UnfitError(*said, "архів — назавжди; чернетку внесе --draft")
    for one in said:
        tell(f"Чернетка: {one}")


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
        for remark in one.remarks:
            tell(f"{one.name}: {remark}")
        for fault in (*one.faults, *(said for signed in one.signed for said in signed.faults)):
            tell(f"{one.name}: {fault}")
        if one.outcome is Outcome.UNKNOWN:
            tell(f"{one.name}: внесено, але підпису тут не перевірено: перевірте його деінде")
    worst = max((one.outcome for one in verdicts), key=[*Outcome].index)
    print(f"Перевірено: {_WHOLE[worst]}.")  # noqa: T201
    return 1 if worst in {Outcome.INVALID, Outcome.UNTRUSTED} else 0


def _nothing(found: Sequence[Diagnostic], project: Project) -> int:
    show(found, project)
    tell("Нічого не внесено.")
    return 1
