"""``reportgen init``: a folder to begin with."""

from __future__ import annotations

import argparse
import os
from pathlib import Path

from reportgen.authoring.beginning import SLUG, beginning
from reportgen.build.files import put_in_place
from reportgen.build.project import Project, template_folders
from reportgen.cli.messages import as_typed, show
from reportgen.diagnostics import BrokenEnvironment, Diagnostic, has_errors, reason
from reportgen.load import editions, form_ids, load_form
from reportgen.load.words import suggest
from reportgen.model.form import Form

_OURS = ("content", "output")


def run(options: argparse.Namespace) -> int:
    """Lay out a folder with an example in one form. Nothing that is there is touched."""
    folder = Path(os.path.abspath(options.folder))  # noqa: PTH100 - links stay as they are typed
    there = _there(folder)
    project = Project(folder, template_folders(folder))
    found: list[Diagnostic] = []
    form = _form(options.form, project, found)
    show(found, project)
    if form is None or has_errors(found):
        return 1
    files = {folder / name: text.encode("utf-8") for name, text in beginning(form).items()}
    taken = [path for path in files if os.path.lexists(path)]
    if taken:
        names = ", ".join(path.relative_to(folder).as_posix() for path in taken)
        raise BrokenEnvironment(f"у теці {folder} вже є {names}: нічого не зачеплено")
    put_in_place(files)
    for path in files:
        print(path)  # noqa: T201
    if there:
        print(f"У теці вже були інші файли, їх не зачеплено: {there}.")  # noqa: T201
    print(  # noqa: T201
        f"Далі: {as_typed('build', root=options.folder)}; а тоді замініть приклад ({SLUG}) своїм: "
        "примітки у файлах кажуть, що де."
    )
    return 0


def _there(folder: Path) -> int:
    """Return how many files a folder has.

    Raises:
        BrokenEnvironment: when there is a project in it already, or it is no folder.
    """
    try:
        names = [path.name for path in folder.iterdir()]
    except FileNotFoundError:
        return 0
    except OSError as error:
        raise BrokenEnvironment(f"тека {folder} не читається: {reason(error)}") from error
    ours = [name for name in _OURS if name in names]
    if ours:
        raise BrokenEnvironment(
            f"у теці {folder} вже є {ours[0]}/: тут уже є проєкт, нічого не зачеплено; "
            "вкажіть нову чи порожню теку"
        )
    return len(names)


def _form(form_id: str, project: Project, found: list[Diagnostic]) -> Form | None:
    """Return the newest edition of a form.

    Raises:
        BrokenEnvironment: when there is no such form.
    """
    paths = editions(form_id, project.templates)
    if not paths:
        known = form_ids(project.templates)
        hint = suggest(form_id, known)
        raise BrokenEnvironment(f"немає форми «{form_id}»; {hint}")
    forms = [form for path in paths if (form := load_form(path, found))]
    return max(forms, key=lambda one: one.adopted.valid_from, default=None)
