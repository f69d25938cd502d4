"""What the findings about a report depend on, as one text that changes whenever any of it does.

Only contents count, never times: a file that was copied or checked out anew is the same file. What
is no plain file of the project, such as a link, has no fingerprint, and nothing that depends on it.
"""

from __future__ import annotations

import hashlib
import json
import os
import stat
import sys
from collections.abc import Iterable
from functools import cache, lru_cache
from importlib.metadata import version
from pathlib import Path

import jinja2
import yaml

from reportgen.build.project import Project, display_name, shipped_templates
from reportgen.build.sources import council_files
from reportgen.load import Content, ReportSource
from reportgen.source import LARGEST_FILE
from reportgen.write.fonts import font_files

#: Libraries whose other version may draw another file.
_DRAWING = (
    "docxtpl",
    "lxml",
    "pikepdf",
    "python-docx",
    "pydyf",
    "typst",
    "weasyprint",
    "xlsxwriter",
)

_PACKAGE = Path(__file__).resolve().parent.parent


def fingerprint(*parts: object) -> str:
    """Return the SHA-256 of values that JSON can hold."""
    text = json.dumps(parts, ensure_ascii=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


class Fingerprints:
    """The fingerprints of a project's files as they were when they were first asked for."""

    def __init__(self, project: Project) -> None:
        self._project = project
        self._of_file = cache(self._file)
        self._of_form = cache(self._form)
        #: Of all that every report depends on; ``None`` if that cannot be told.
        self.common = self._named([*council_files(project)], _program(font_files()))

    def of_report(self, source: ReportSource, content: Content) -> str | None:
        """Return the fingerprint of a report's files and of those before it in its year."""
        before = [one.period_file for one in content.earlier(source)]
        return self._named([source.programme_file, source.period_file, *before], self.common)

    def of_forms(self, forms: Iterable[str]) -> str | None:
        """Return the fingerprint of all editions of some forms, wherever they lie."""
        each = [self._of_form(one) for one in forms]
        return None if None in each else fingerprint(each)

    def _form(self, form_id: str) -> str | None:
        folders = [folder / form_id for folder in self._project.templates]
        files = [sorted(folder.glob("form*.yaml")) for folder in folders]
        each = [self._named(paths, str(at)) for at, paths in enumerate(files)]
        return None if None in each else fingerprint(each)

    def _named(self, paths: Iterable[Path], more: str | None) -> str | None:
        named = [self._of_file(path) for path in paths]
        known = more is not None and all(digest for _, digest in named)
        return fingerprint(more, named) if known else None

    def _file(self, path: Path) -> tuple[str, str | None]:
        return display_name(path, self._project), file_digest(path)


def file_digest(path: Path) -> str | None:
    """Return the SHA-256 of a plain file that no link leads to; ``None`` for anything else."""
    try:
        if os.path.realpath(path) != str(path) or not stat.S_ISREG(path.stat().st_mode):
            return None
        with path.open("rb") as stream:
            data = stream.read(LARGEST_FILE + 1)
    except OSError:
        return None
    return hashlib.sha256(data).hexdigest() if len(data) <= LARGEST_FILE else None


@lru_cache(maxsize=1)  # none of it changes while a program runs
def machine_fingerprint() -> str | None:
    """Return the fingerprint of all that a report is drawn by: the program, fonts and libraries.

    Two machines with the same one make the same bytes of the same snapshot, wherever on them the
    program and the fonts lie.
    """
    versions = [(one, version(one)) for one in _DRAWING]
    folder = shipped_templates()
    templates = sorted(path for path in folder.rglob("*") if path.is_file())
    drawn = [(path.relative_to(folder).as_posix(), _digest(path)) for path in templates]
    program = _program(tuple(font_files()))
    known = program is not None and all(digest for _, digest in drawn)
    return fingerprint(program, versions, drawn) if known else None


@lru_cache(maxsize=4)  # neither a program nor a font changes while it runs
def _program(fonts: tuple[Path, ...]) -> str | None:
    """Return the fingerprint of reportgen itself, of what it runs on, and of some fonts."""
    versions = (sys.version, yaml.__version__, yaml.__with_libyaml__, jinja2.__version__)
    sources = sorted(_PACKAGE.rglob("*.py"))
    named = [(path.relative_to(_PACKAGE).as_posix(), _digest(path)) for path in sources]
    named += [(path.name, _digest(path)) for path in fonts]
    return fingerprint(versions, named) if all(digest for _, digest in named) else None


def _digest(path: Path) -> str:
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError:
        return ""
