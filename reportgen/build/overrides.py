"""A council's own templates: what in their place could not be used, and why.

A shipped file steps in where there is none of the council's. Where there is one that cannot be
used, that would be a surprise: the report would look as it did, and nobody would say why.
"""

from __future__ import annotations

import contextlib
import stat
from collections.abc import Iterable, Iterator
from pathlib import Path

from reportgen.build.project import BOARD_FOLDER, FRAME_FILES, REPORT_FILE, Project
from reportgen.diagnostics import Diagnostic, Span, finding, quoted, reason
from reportgen.load import form_ids
from reportgen.load.names import is_leftover, meant, misnamed, misspelt, nearly
from reportgen.load.scalars import SLUG_HINT, is_slug
from reportgen.publication.templates import FOLDER, TEMPLATES
from reportgen.write.frame import BOARD_FILES

_FORM_FILES = ("form.yaml", *FRAME_FILES, REPORT_FILE)


def override_faults(project: Project, form_id: str = "") -> Iterator[Diagnostic]:
    """Yield what is wrong with the project's own files of one form, or of all forms.

    What lies directly in ``templates`` dresses every form, so it always counts.
    """
    own = project.root / "templates"
    yield from _misnamed_templates(project.root, own)
    yield from _faults(own, own, FRAME_FILES)
    if form_id:
        yield from _faults(own / form_id, own, _FORM_FILES)
    else:
        for folder in sorted(own.glob("*/")):
            if not is_leftover(folder.name):
                yield from _nobodys(folder, project)
                yield from _faults(folder, own, _FORM_FILES)


def board_faults(project: Project) -> Iterator[Diagnostic]:
    """Yield what is wrong with the project's own files of the board."""
    own = project.root / "templates"
    yield from _faults(own / BOARD_FOLDER, own, BOARD_FILES)


def site_faults(project: Project) -> Iterator[Diagnostic]:
    """Yield what is wrong with the project's own templates of the published site."""
    own = project.root / "templates"
    yield from _faults(own / FOLDER, own, TEMPLATES)


def wording_faults(project: Project, names: Iterable[str]) -> Iterator[Diagnostic]:
    """Yield what is wrong with the project's own wordings of acts, ``<name>/<name>.j2``."""
    own = project.root / "templates"
    for name in names:
        yield from _faults(own / name, own, (f"{name}.j2",))


def _misnamed_templates(root: Path, own: Path) -> Iterator[Diagnostic]:
    """Yield the folders that look as if they were ``templates``, on disks that tell them apart."""
    near = (path for path in _listed(root) if misspelt(path.name, [own.name]) and path.is_dir())
    for path in near:
        if path.name != own.name and not (own.exists() and own.samefile(path)):
            yield misnamed("", path.name, own.name, is_folder=True)


def _listed(folder: Path) -> list[Path]:
    """Return what lies in a folder, in order; that it cannot be read is told elsewhere."""
    with contextlib.suppress(OSError):
        return sorted(path for path in folder.iterdir() if not is_leftover(path.name))
    return []


def _nobodys(folder: Path, project: Project) -> Iterator[Diagnostic]:
    """Yield the finding for a folder whose files dress no form, because no form is called so."""
    known = form_ids(project.templates)
    mine = {meant(path.name, _FORM_FILES) for path in _listed(folder)} - {None}
    if not mine or (is_slug(folder.name) and (folder.name in known or "form.yaml" in mine)):
        return
    right = nearly(folder.name, (one for one in known if is_slug(one)))
    if right:
        yield misnamed("templates", folder.name, right, is_folder=True)
        return
    message = f"тека {quoted(folder.name)} не належить жодній формі, тому програма її не бачить"
    hint = SLUG_HINT if not is_slug(folder.name) else f"форми: {', '.join(known)}"
    yield finding("name-invalid", Span(f"templates/{folder.name}"), message, hint)


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
