"""Where a project's content and templates lie."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from reportgen.diagnostics import BrokenEnvironment, reason
from reportgen.write.frame import BOARD_FILES, Frame, FrameError

#: The files that dress a document, in the order of `Frame`.
FRAME_FILES = ("frame.docx", "page.html.j2", "page.css", "document.typ")

#: A form's own Word page beside `form.yaml`; beside `form-2023-01-01.yaml` it would be
#: `report-2023-01-01.docx`.
REPORT_FILE = "report.docx"

#: Where the files of the board lie below ``templates``.
BOARD_FOLDER = "board"

#: The largest frame, in bytes; one with a coat of arms takes a tenth of a megabyte.
LARGEST_FRAME = 16 * 1024 * 1024

#: The template of the marks of signatures.
MARK = "mark.typ"

#: Where files wait for signatures of other programs, and where signed ones lie.
WAITING_FOLDER, SIGNED_FOLDER = "to-sign", "signed"

_PACKAGE = Path(__file__).resolve().parent.parent


@dataclass(frozen=True, slots=True)
class Project:
    """A folder with ``content/`` and, if the council has its own forms or frames, ``templates/``.

    ``templates`` are searched in order: the project's own before those that reportgen ships.
    """

    root: Path
    templates: tuple[Path, ...]


def open_project(root: Path) -> Project:
    """Return the project of a folder.

    Raises:
        BrokenEnvironment: when the folder has no ``content/``.
    """
    root = root.resolve()
    if not (root / "content").is_dir():
        raise BrokenEnvironment(
            f"у теці {root} немає теки content/: перейдіть до теки проєкту або вкажіть --root"
        )
    return Project(root, template_folders(root))


def template_folders(root: Path) -> tuple[Path, ...]:
    """Return where forms and frames are looked for: the folder's own templates come first."""
    own, shipped = root.resolve() / "templates", shipped_templates()
    return (shipped,) if own == shipped or not own.is_dir() else (own, shipped)


def shipped_templates() -> Path:
    """Return the forms and frames that reportgen carries: in the wheel, or beside the sources."""
    inside = _PACKAGE / "templates"
    return inside if inside.is_dir() else _PACKAGE.parent / "templates"


def shipped_errors() -> Path:
    """Return the catalogue of errors: in the wheel, or beside the sources."""
    inside = _PACKAGE / "errors.md"
    return inside if inside.is_file() else _PACKAGE.parent / "docs" / "errors.md"


def find_frame(
    project: Project, form_id: str, edition: str = "form.yaml"
) -> tuple[Frame, tuple[Path, ...]]:
    """Return the frame of a form, and the files it was read from.

    A file in the form's own folder comes before the general one of the same name. ``edition`` is
    the name of the form's file, which may have a Word page of its own beside it.

    Whether a file may be used at all, `overrides` tells beforehand.

    Raises:
        FrameError: when a file cannot be read; its name is that of `display_name`.
        BrokenEnvironment: when a shipped file is missing.
    """
    docx, html, css, typst = paths = tuple(_find(project, form_id, name) for name in FRAME_FILES)
    page, style, shape = (
        _read_text(path, display_name(path, project)) for path in (html, css, typst)
    )
    frame = Frame(_read_bytes(docx, display_name(docx, project)), page, style, shape)
    report = _find_report(project, form_id, edition)
    if report is None:
        return frame, paths
    data = _read_bytes(report, display_name(report, project))
    return replace(frame, report=data), (*paths, report)


def find_board_files(project: Project) -> tuple[str, str]:
    """Return the template and the style sheet of the board: the council's own, or the shipped.

    Whether they may be used at all, `overrides` tells beforehand.

    Raises:
        FrameError: when a file cannot be read; its name is that of `display_name`.
        BrokenEnvironment: when a shipped file is missing.
    """
    page, style = (_find(project, BOARD_FOLDER, name) for name in BOARD_FILES)
    return (
        _read_text(page, display_name(page, project)),
        _read_text(style, display_name(style, project)),
    )


def find_mark(project: Project) -> str:
    """Return the template of the mark of a signature: the council's own, or the shipped.

    Raises:
        FrameError: when it cannot be read.
        BrokenEnvironment: when the shipped one is missing.
    """
    path = _find(project, ".", MARK)
    return _read_text(path, display_name(path, project))


def find_wording(project: Project, name: str) -> tuple[str, str]:
    """Return the wording of an act, ``templates/<name>/<name>.j2``, and its display name.

    Raises:
        FrameError: when it cannot be read.
        BrokenEnvironment: when a shipped file is missing.
    """
    path = _find(project, name, f"{name}.j2")
    shown = display_name(path, project)
    return _read_text(path, shown), shown


def _find_report(project: Project, form_id: str, edition: str) -> Path | None:
    """Return the Word page of an edition, if it has one.

    A page fits the columns of its form, so a council's own form never gets that of a shipped one.
    """
    name = f"report{Path(edition).stem.removeprefix('form')}.docx"
    for templates in project.templates:
        path = templates / form_id / name
        if path.is_file():
            return path
        if (path.parent / "form.yaml").is_file():
            return None
    return None


def _read_text(path: Path, name: str) -> str:
    data = _read_bytes(path, name)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        message = "шаблон не в кодуванні UTF-8: збережіть його в редакторі як «UTF-8»"
        raise FrameError(name, line, message) from error


def _read_bytes(path: Path, name: str) -> bytes:
    try:
        with path.open("rb") as stream:
            data = stream.read(LARGEST_FRAME + 1)
    except OSError as error:
        raise FrameError(name, 1, f"шаблон не читається: {reason(error)}") from error
    if len(data) > LARGEST_FRAME:
        size = LARGEST_FRAME // 1024 // 1024
        raise FrameError(name, 1, f"шаблон більший за {size} МБ")
    return data


def _find(project: Project, form_id: str, name: str) -> Path:
    for folder in (form_id, "."):
        for templates in project.templates:
            path = templates / folder / name
            if path.is_file():
                return path
    raise BrokenEnvironment(f"немає шаблону {name}: встановіть reportgen наново")


def names_of_writers(paths: Iterable[Path], project: Project) -> dict[str, str]:
    """Return the display names of files by the bare names that writers call them."""
    return {
        REPORT_FILE if path.match("report-*.docx") else path.name: display_name(path, project)
        for path in paths
    }


def display_name(path: Path, project: Project) -> str:
    """Return a file's name as messages and the manifest write it, with ``/`` everywhere."""
    for templates in project.templates:
        if path.is_relative_to(templates):
            return path.relative_to(templates.parent).as_posix()
    return path.relative_to(project.root).as_posix()
