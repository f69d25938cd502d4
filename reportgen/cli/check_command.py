"""``reportgen check``."""

from __future__ import annotations

import argparse
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from reportgen import __version__
from reportgen.build.examine import examine
from reportgen.build.prepare import prepare
from reportgen.build.project import Project, open_project
from reportgen.cli.explain import explain
from reportgen.cli.messages import counted, show
from reportgen.cli.selection import look_up
from reportgen.diagnostics import (
    Diagnostic,
    Severity,
    as_github,
    as_json,
    as_sarif,
    has_errors,
    in_order,
)

#: What a report may lack as long as it is a draft.
LACKING = frozenset(("field-missing", "key-missing", "measure-missing", "value-empty"))
_OWN_FILES = "content/programmes/"


def run(options: argparse.Namespace) -> int:
    """Check the selected reports: everything that a build would say, and nothing written."""
    if options.explain:
        print(explain(options.explain))  # noqa: T201
        return 0
    project = open_project(options.root)
    content, sources, found = look_up(project, options)
    prepared = (prepare(source, content, project, None) for source in sources)
    found = in_order(examine(prepared, content, project, found))
    if options.draft:
        found = [_as_draft(one) for one in found]
    _print(found, project, options.format)
    return 1 if has_errors(found) or (options.strict and _has_warnings(found)) else 0


def _as_draft(one: Diagnostic) -> Diagnostic:
    """Return a finding as a note if it only says what is not written yet."""
    own = one.code in LACKING and one.span.file.startswith(_OWN_FILES)
    return replace(one, severity=Severity.NOTE) if own else one


def _has_warnings(found: Iterable[Diagnostic]) -> bool:
    return any(one.severity is Severity.WARNING for one in found)


def _print(found: list[Diagnostic], project: Project, form: str) -> None:
    """Print findings: to a person with the lines they are about, to a program as it wants them."""
    if form == "text":
        show(found, project)
        print(f"Перевірено: {counted(found)}.")  # noqa: T201
    elif form == "json":
        print(as_json(found))  # noqa: T201
    elif form == "sarif":
        print(as_sarif(found, __version__, _base(project)))  # noqa: T201
    elif found:
        print(as_github(found, _base(project)))  # noqa: T201


def _base(project: Project) -> str:
    """Return the project's folder as seen from here, the top of a repository; "" if it is here."""
    here = Path.cwd().resolve()
    inside = project.root.is_relative_to(here) and project.root != here
    return project.root.relative_to(here).as_posix() if inside else ""
