"""Imports over the repository's own project, and what they become when loaded."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from reportgen.build.importable import forms_in_force, importable
from reportgen.build.project import Project, open_project
from reportgen.diagnostics import Diagnostic, has_errors
from reportgen.importing import Imported, import_source
from reportgen.load import ReportSource, load_content, load_report
from reportgen.model.form import Form
from reportgen.model.period import Period
from reportgen.model.report import Report
from reportgen.read.source import SourceFile


@dataclass(frozen=True)
class Done:
    """An import, and its files as the project loads them from the disk."""

    imported: Imported
    report: Report
    found: tuple[Diagnostic, ...]

    def told(self, code: str) -> list[Diagnostic]:
        """Return the findings of the import with a code."""
        return [one for one in self.imported.found if one.code == code]


def do(source: SourceFile, folder: Path, period: str, slug: str = "novyi", form: str = "") -> Done:
    """Import into a project folder, write the files there, and load them."""
    project = open_project(folder)
    imported = import_into(source, project, Period.parse(period), slug, form)
    assert isinstance(imported, Imported), imported
    write(imported.files, folder)
    found: list[Diagnostic] = []
    content = load_content(folder, found)
    assert content.council is not None
    home = folder / "content" / "programmes" / slug
    files = (home / "programme.yaml", home / f"{period}.yaml")
    report = load_report(
        ReportSource(slug, imported.period, *files),
        folder,
        content.council,
        project.templates,
        found,
    )
    assert report is not None, found
    assert not has_errors(found), found
    return Done(imported, report, tuple(found))


def import_into(
    source: SourceFile, project: Project, period: Period, slug: str, form: str = ""
) -> Imported | tuple[Diagnostic, ...]:
    """Import a source; nothing is written."""
    council = load_content(project.root, []).council
    assert council is not None
    forms = _forms(form, period, project)
    return import_source(source, slug, period, importable(project, council, slug, forms))


@functools.cache
def _forms(form: str, period: Period, project: Project) -> list[Form]:
    """Return the forms in force; they are the same in every test."""
    return forms_in_force(form or None, period, project, [])


def write(files: Mapping[str, str], folder: Path) -> None:
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
