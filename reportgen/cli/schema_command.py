"""``reportgen schema``."""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator

from reportgen.authoring.schema import Schema, package_schema, period_schema, programme_schema
from reportgen.build.content import held, keep
from reportgen.build.project import Project, open_project, shipped_templates
from reportgen.cli.messages import show
from reportgen.diagnostics import BrokenEnvironment, Diagnostic, has_errors
from reportgen.load import editions, form_ids, load_content, load_form
from reportgen.load.package import FOLDER as PACKAGES
from reportgen.load.yaml_file import load_yaml
from reportgen.source import Mapping, Scalar


def run(options: argparse.Namespace) -> int:
    """Print the schemas of one form, or put those of the project's forms into ``content/schemas``.

    These are the forms that its reports name, and those in its own ``templates``. Packages have a
    schema of their own, where there are any.
    """
    project = open_project(options.root)
    found: list[Diagnostic] = []
    wanted = [options.form] if options.form else sorted({*_named(project), *_own(project)})
    schemas = {
        name: schema for form_id in wanted for name, schema in _schemas(form_id, project, found)
    }
    show(found, project)
    if has_errors(found):
        return 1
    if options.form:
        print(_as_json({name.split(".")[-2]: one for name, one in schemas.items()}))  # noqa: T201
        return 0
    if (project.root / PACKAGES).is_dir():
        schemas["package.json"] = package_schema()
    folder = project.root / "content" / "schemas"
    with held(project):
        keep({folder / name: _as_json(one).encode() for name, one in schemas.items()}, project)
    print(f"Записано схем: {len(schemas)} у {folder}")  # noqa: T201
    return 0


def _named(project: Project) -> Iterator[str]:
    """Yield the forms that reports name; what is wrong with a name, ``check`` tells."""
    known = form_ids(project.templates)
    for source in load_content(project.root, []).sources:
        for path in (source.programme_file, source.period_file):
            node = load_yaml(path, project.root, [])
            form = node.entries.get("form") if isinstance(node, Mapping) else None
            if isinstance(form, Scalar) and form.text in known:
                yield form.text


def _own(project: Project) -> list[str]:
    return form_ids(folder for folder in project.templates if folder != shipped_templates())


def _schemas(
    form_id: str, project: Project, found: list[Diagnostic]
) -> Iterator[tuple[str, Schema]]:
    """Yield file name and schema of both files that a form's newest edition asks for."""
    paths = editions(form_id, project.templates)
    if not paths:
        known = ", ".join(form_ids(project.templates))
        raise BrokenEnvironment(f"немає форми «{form_id}»; є: {known}")
    forms = [form for path in paths if (form := load_form(path, found))]
    if has_errors(found) or not forms:
        return
    form = max(forms, key=lambda one: one.adopted.valid_from)
    yield f"{form_id}.programme.json", programme_schema(form)
    yield f"{form_id}.period.json", period_schema(form)


def _as_json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"
