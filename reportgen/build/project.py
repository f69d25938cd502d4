"""Where a project's content and templates lie."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from reportgen.diagnostics import BrokenEnvironment
from reportgen.write.frame import Frame

_LARGEST_FRAME = 16 * 1024 * 1024  # bytes; a Word frame with a coat of arms takes a tenth of one

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
    own, shipped = root / "templates", shipped_templates()
    return Project(root, (shipped,) if own == shipped or not own.is_dir() else (own, shipped))


def shipped_templates() -> Path:
    """Return the forms and frames that reportgen carries: in the wheel, or beside the sources."""
    inside = _PACKAGE / "templates"
    return inside if inside.is_dir() else _PACKAGE.parent / "templates"


def find_frame(project: Project, form_id: str) -> tuple[Frame, tuple[Path, ...]]:
    """Return the frame of a form, and the files it was read from.

    A file in the form's own folder comes before the general one of the same name.

    Raises:
        BrokenEnvironment: when a file is missing or cannot be read.
    """
    names = ("frame.docx", "page.html.j2", "page.css", "document.typ")
    paths = tuple(_find(project, form_id, name) for name in names)
    try:
        docx, html, css, typst = (_read_frame(path) for path in paths)
        frame = Frame(docx, html.decode(), css.decode(), typst.decode())
    except OSError as error:
        raise BrokenEnvironment(f"шаблон не читається: {error}") from error
    except UnicodeDecodeError as error:
        raise BrokenEnvironment(
            "шаблон page.html.j2, page.css чи document.typ не в UTF-8"
        ) from error
    return frame, paths


def _read_frame(path: Path) -> bytes:
    """Read one file of a frame: it may neither lead out of its templates nor be huge."""
    templates = path.parent if path.parent.name == "templates" else path.parent.parent
    if not path.resolve().is_relative_to(templates.resolve()):
        raise BrokenEnvironment(f"шаблон {path} — посилання, що веде за межі теки templates")
    with path.open("rb") as stream:
        data = stream.read(_LARGEST_FRAME + 1)
    if len(data) > _LARGEST_FRAME:
        size = _LARGEST_FRAME // 1024 // 1024
        raise BrokenEnvironment(f"шаблон {path} більший за {size} МБ")
    return data


def _find(project: Project, form_id: str, name: str) -> Path:
    for folder in (form_id, "."):
        for templates in project.templates:
            path = templates / folder / name
            if path.is_file():
                return path
    raise BrokenEnvironment(f"немає шаблону {name}: встановіть reportgen наново")


def display_name(path: Path, project: Project) -> str:
    """Return a file's name as messages and the manifest write it, with ``/`` everywhere."""
    for templates in project.templates:
        if path.is_relative_to(templates):
            return path.relative_to(templates.parent).as_posix()
    return path.relative_to(project.root).as_posix()
