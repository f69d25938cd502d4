"""``reportgen sign finish``."""

from __future__ import annotations

import argparse
import datetime
import os
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from reportgen.build.files import check_output, locked, sweep
from reportgen.build.finishing import Folders, finish_file, owner
from reportgen.build.project import SIGNED_FOLDER, WAITING_FOLDER, open_project
from reportgen.build.steps import State, Step
from reportgen.build.waiting import RECORD, SIGNATURE, TO_BE_SIGNED, waiting_names
from reportgen.cli.signing_steps import show_steps
from reportgen.diagnostics import BrokenEnvironment

#: What a prepared file may be named by: any of the files that lie together.
_TOGETHER = (SIGNATURE, TO_BE_SIGNED, RECORD)


def run(options: argparse.Namespace) -> int:
    """Put signatures into the files they are of; a file without its own stays as it was.

    Raises:
        BrokenEnvironment: when nothing waits, or ``--cms`` is given for several files.
    """
    root = open_project(options.root).root
    waiting: Path = options.waiting or root / WAITING_FOLDER
    signed: Path = options.output or root / SIGNED_FOLDER
    check_output(signed, root, asked=options.output is not None)
    names = list(dict.fromkeys(_names(options.files, waiting)))
    if not names:
        raise BrokenEnvironment(f"у теці {waiting} нічого не чекає: спершу sign prepare")
    cms: Path | None = options.cms
    if cms and len(names) > 1:
        raise BrokenEnvironment("--cms — підпис одного файлу: назвіть цей файл")
    now = datetime.datetime.now(datetime.UTC)
    folders = Folders(waiting, signed, options.built or root / "output")
    with locked(signed):
        sweep(signed)
        steps = show_steps(
            _explained(finish_file(name, folders, cms, now), waiting, cms) for name in names
        )
    return 0 if all(one.state in (State.SIGNED, State.DONE) for one in steps) else 1


def _names(asked: Sequence[Path], waiting: Path) -> Iterator[str]:
    if not asked:
        yield from waiting_names(waiting)
    for path in asked:
        if path.is_dir():
            yield from waiting_names(waiting, _within(path, waiting))
        else:
            yield _within(_prepared_by(path), waiting).relative_to(waiting).as_posix()


def _within(path: Path, waiting: Path) -> Path:
    """Return a path as one below the folder where files wait.

    Raises:
        BrokenEnvironment: when it lies elsewhere.
    """
    real, folder = Path(os.path.realpath(path)), Path(os.path.realpath(waiting))
    if not real.is_relative_to(folder):
        raise BrokenEnvironment(f"{path} лежить не в теці {waiting}: вкажіть її в --waiting")
    return waiting / real.relative_to(folder)


def _prepared_by(path: Path) -> Path:
    """Return the prepared PDF that a file lies beside.

    Raises:
        BrokenEnvironment: when there is none.
    """
    suffix = next((one for one in _TOGETHER if path.name.endswith(one)), "")
    pdf = path.with_name(path.name.removesuffix(suffix))
    if not pdf.with_name(pdf.name + RECORD).is_file():
        raise BrokenEnvironment(f"{path} не підготовлено до підпису: спершу sign prepare")
    return pdf


def _explained(step: Step, waiting: Path, cms: Path | None) -> Step:
    """Return a refusal with what else the signature is of, when it is of another file here."""
    if step.state is not State.REFUSED:
        return step
    other = owner(step.name, waiting_names(waiting), waiting, cms)
    if not other:
        return step
    return replace(step, said=(f"це підпис файлу {other}{TO_BE_SIGNED}: переплутано файли",))
