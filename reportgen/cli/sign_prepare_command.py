"""``reportgen sign prepare``."""

from __future__ import annotations

import argparse
import datetime
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

from reportgen.build.built_pdfs import find_pdfs
from reportgen.build.files import check_output, locked, sweep
from reportgen.build.finishing import Folders
from reportgen.build.marking import ink_of
from reportgen.build.preparing import ByProfile, Order, prepare_file
from reportgen.build.project import (
    SIGNED_FOLDER,
    WAITING_FOLDER,
    Project,
    find_mark,
    open_project,
)
from reportgen.build.signable import look_at
from reportgen.build.steps import State, Step
from reportgen.cli.messages import as_typed, show, tell
from reportgen.cli.selection import read_content
from reportgen.cli.signing_profile import find_profile, read_signing
from reportgen.cli.signing_steps import show_steps
from reportgen.cli.signing_work import drafts, package_ids
from reportgen.diagnostics import has_errors
from reportgen.load import Content
from reportgen.sign.expected import Expected
from reportgen.sign.external import CMS, PADES, ROOM
from reportgen.sign.faults import SigningError


def run(options: argparse.Namespace) -> int:
    """Lay out files for a program that signs; what cannot be laid out is told and left."""
    project = open_project(options.root)
    root = project.root
    waiting: Path = options.output or root / WAITING_FOLDER
    signed = root / SIGNED_FOLDER
    check_output(waiting, root, asked=options.output is not None)
    built = options.built or root / "output"
    files = find_pdfs(options.targets, built, signed)
    content, _ = read_content(project)
    packages = sorted(package_ids(project).intersection(options.targets))
    for remark in drafts(packages, content, project, built):
        tell(f"Зауважте: {remark}")
    order = Order(
        room=options.room or ROOM,
        kind=PADES if options.pades else CMS,
        expected=Expected(options.name, options.edrpou, options.serial),
        moment=datetime.datetime.now(datetime.UTC).replace(microsecond=0),
    )
    with ExitStack() as held:
        if options.profile is not None:
            by = _by_profile(options.profile, project, content, held)
            if by is None:
                return 1
            order = replace(order, by=by)
        held.enter_context(locked(waiting))
        sweep(waiting)
        steps = show_steps(
            _prepared(path, name, Folders(waiting, signed, built), order, project)
            for name, path in files
        )
    if any(one.state is State.PREPARED for one in steps):
        print(f"Підпишіть файли .tbs у теці {waiting} окремим підписом (.p7s поруч), а тоді:")  # noqa: T201
        print(f"  {as_typed('sign', 'finish', root=options.root)}")  # noqa: T201
    return 1 if any(one.state is State.NOT_PREPARED for one in steps) else 0


def _prepared(path: Path, name: str, folders: Folders, order: Order, project: Project) -> Step:
    """Lay out one file, unless it was changed since it was built."""
    fault, remarks = look_at(path, project, folders.built, folders.signed)
    if fault:
        return Step(name, State.NOT_PREPARED, (fault,))
    step = prepare_file(path, name, folders.waiting, folders.signed, order)
    return replace(step, said=(*step.said, *remarks))


def _by_profile(name: str, project: Project, content: Content, held: ExitStack) -> ByProfile | None:
    """Return a profile, whose signers and marks count; ``None`` with faults, which are told.

    What draws the marks is held open.
    """
    signing, found = read_signing(project, content)
    show(found, project)
    if signing is None or has_errors(found) or content.council is None:
        return None
    template = find_mark(project).encode("utf-8")
    try:
        ink = held.enter_context(ink_of(template, content.council.page.font))
    except SigningError as error:
        tell(f"Нічого не підготовлено: {error}")
        return None
    return ByProfile(find_profile(signing, name), ink)
