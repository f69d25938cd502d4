"""What an import finds in a project: forms in force, files that it may extend, schemas."""

from __future__ import annotations

import os

from reportgen.build.project import Project
from reportgen.diagnostics import BrokenEnvironment, Diagnostic, Span, has_errors
from reportgen.importing import Project as Importable
from reportgen.load import edition_in_force, form_ids, load_form
from reportgen.load.words import suggest
from reportgen.model.council import Council
from reportgen.model.form import Form
from reportgen.model.period import Period
from reportgen.source import read_source

_REGISTERS = ("executors", "officials", "programmes")


def importable(project: Project, council: Council, slug: str, forms: list[Form]) -> Importable:
    """Return what an import of a report of programme ``slug`` starts from.

    Raises:
        BrokenEnvironment: when a file that would be extended cannot be read.
    """
    names = [f"content/registers/{one}.yaml" for one in _REGISTERS]
    names.append(f"content/programmes/{slug}/programme.yaml")
    there = (name for name in names if os.path.lexists(project.root / name))
    files = {name: text_of(project, name) for name in there}
    schemas = (project.root / "content" / "schemas").glob("*.period.json")
    home = project.root / "content" / "programmes" / slug
    paths = sorted(one for one in home.glob("*.yaml") if _is_period(one.stem))
    return Importable(
        council,
        forms,
        files,
        frozenset(one.name.split(".")[0] for one in schemas),
        {one.stem: text_of(project, one.relative_to(project.root).as_posix()) for one in paths},
    )


def _is_period(name: str) -> bool:
    try:
        Period.parse(name)
    except ValueError:
        return False
    return True


def text_of(project: Project, name: str) -> str:
    """Return the text of a file of the project.

    Raises:
        BrokenEnvironment: when it cannot be read.
    """
    text, problems = read_source(project.root / name, project.root)
    if text is None:
        raise BrokenEnvironment(f"{name} не читається: {problems[0].message}")
    return text


def forms_in_force(
    asked: str | None, period: Period, project: Project, found: list[Diagnostic]
) -> list[Form]:
    """Return the forms to compare a file with, each in its edition of the period.

    Another form that is faulty is left out: it is none of this report's.

    Raises:
        BrokenEnvironment: when there is no form such as asked for.
    """
    known = form_ids(project.templates)
    if asked and asked not in known:
        hint = suggest(asked, known)
        raise BrokenEnvironment(f"немає форми «{asked}»{f': {hint}' if hint else ''}")
    forms: list[Form] = []
    for form_id in [asked] if asked else known:
        mine: list[Diagnostic] = []
        path = edition_in_force(form_id, period, project.templates, mine, Span("content"))
        form = load_form(path, mine) if path else None
        if form is not None and not has_errors(mine):
            forms.append(form)
        elif asked:
            found += mine
    return forms
