"""A council's own templates: what in their place could not be used, and why.

A shipped file steps in where there is none of the council's. Where there is one that cannot be
used, that would be a surprise: the report would look as it did, and nobody would say why.
"""

from __future__ import annotations

import stat
from collections.abc import Iterator
from pathlib import Path

from reportgen.build.project import FRAME_FILES, Project
from reportgen.diagnostics import Diagnostic, Span, finding, reason
from reportgen.load.names import is_leftover, meant, misnamed

_FORM_FILES = ("form.yaml", *FRAME_FILES)


def override_faults(project: Project, form_id: str = "") -> Iterator[Diagnostic]:
    """Yield what is wrong with the project's own files of one form, or of all forms.

    What lies directly in ``templates`` dresses every form, so it always counts.
    """
    own = project.root / "templates"
    yield from _faults(own, own, FRAME_FILES)
    if form_id:
        yield from _faults(own / form_id, own, _FORM_FILES)
    else:
        for folder in sorted(own.glob("*/")):
            if not is_leftover(folder.name):
                yield from _faults(folder, own, _FORM_FILES)


def _faults(folder: Path, own: Path, wanted: tuple[str, ...]) -> Iterator[Diagnostic]:
    place = folder.relative_to(own.parent).as_posix()
    try:
        entries = sorted(folder.iterdir())
    except FileNotFoundError:
        if folder.is_symlink():
            yield finding("file-missing", Span(place), "посилання веде в нікуди")
        return
    except OSError as error:
        yield finding("file-unreadable", Span(place), f"тека не читається: {reason(error)}")
        return
    for path in entries:
        right = None if is_leftover(path.name) else meant(path.name, wanted)
        if right == path.name == "form.yaml" and path.is_file():
            continue  # whoever loads the form tells what is wrong with it
        if right == path.name:
            yield from _unusable(path, own)
        elif right and not path.is_dir():
            yield misnamed(place, path.name, right)


def _unusable(path: Path, own: Path) -> Iterator[Diagnostic]:
    """Yield why a file cannot be read, without opening it: to open a pipe is to wait for ever."""
    place = Span(path.relative_to(own.parent).as_posix())
    try:
        status = path.stat()
    except FileNotFoundError:
        message, hint = "посилання веде в нікуди", "покладіть сюди сам файл замість посилання"
        yield finding("file-missing", place, message, hint)
        return
    except OSError as error:
        yield finding("file-unreadable", place, f"файл не читається: {reason(error)}")
        return
    if not path.resolve().is_relative_to(own.resolve()):
        message = "посилання веде за межі теки templates"
        hint = "покладіть сюди сам файл замість посилання на нього"
        yield finding("file-outside", place, message, hint)
    elif not stat.S_ISREG(status.st_mode):
        is_folder = stat.S_ISDIR(status.st_mode)
        message = "це тека, а має бути файл" if is_folder else "це не звичайний файл"
        yield finding("file-unreadable", place, message)
