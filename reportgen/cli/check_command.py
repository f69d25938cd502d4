"""``reportgen check``."""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path

from reportgen import __version__
from reportgen.build.checked import Checked
from reportgen.build.checking import check_reports
from reportgen.build.cores import cores
from reportgen.build.examine import examine
from reportgen.build.project import Project, open_project
from reportgen.build.records import records_folder
from reportgen.build.remembered import Memory
from reportgen.check.faults import LACKING
from reportgen.cli.codes import Codes
from reportgen.cli.explain import explain
from reportgen.cli.messages import counted, show
from reportgen.cli.selection import NoReportsYetError, look_up, without_reports
from reportgen.diagnostics import (
    Diagnostic,
    Severity,
    as_github,
    as_json,
    as_sarif,
    has_errors,
    in_order,
)
from reportgen.load import ReportSource

_OWN_FILES = "content/programmes/"
_MOST_NAMED = 5  # reports


def run(options: argparse.Namespace) -> int:
    """Check the selected reports: everything that a build would say, and nothing written."""
    if options.explain is not None:
        print(explain(options.explain))  # noqa: T201
        return 0
    codes = Codes.of(options.only, options.skip)
    project = open_project(options.root)
    memory = Memory(project, records_folder(project.root, "check"), recall=not options.fresh)
    try:
        content, sources, found = look_up(project, options)
    except NoReportsYetError as nothing:
        if options.format == "text":
            print(f"Перевіряти ще нема чого: {nothing}.")  # noqa: T201
        else:
            _print([*nothing.found], [], project, options.format)
        return 1 if has_errors(nothing.found) else 0
    checks = dict(check_reports(sources, content, project, memory, cores()))
    across = memory if len(sources) == len(content.sources) else None  # part would oust the whole
    found = in_order(examine(checks, content, project, found, across))
    if options.draft:
        found = [_as_draft(one) for one in found]
    shown = [one for one in found if codes.shows(one)]
    others = [one for one in found if not codes.shows(one)]
    _print(shown, others, project, options.format)
    too_strict = options.strict and _has_warnings(shown) and not has_errors(found)
    if options.format == "text":
        _add(checks, too_strict=too_strict)
        for one in without_reports(content, options):
            print(f"Не перевірено: {one}.")  # noqa: T201
    return 1 if has_errors(found) or too_strict else 0


def _as_draft(one: Diagnostic) -> Diagnostic:
    """Return a finding as a note if it only says what is not written yet."""
    own = one.code in LACKING and one.span.file.startswith(_OWN_FILES)
    return replace(one, severity=Severity.NOTE) if own else one


def _has_warnings(found: Iterable[Diagnostic]) -> bool:
    return any(one.severity is Severity.WARNING for one in found)


def _print(found: list[Diagnostic], others: list[Diagnostic], project: Project, form: str) -> None:
    """Print findings: to a person with the lines they are about, to a program as it wants them.

    Of the others, whose codes nobody wants to see, a person is told how many there are.
    """
    if form == "text":
        show(found, project)
        more = f"; не показано: {counted(others)}" if others else ""
        print(f"Перевірено: {counted(found)}{more}.")  # noqa: T201
    elif form == "json":
        print(as_json(found))  # noqa: T201
    elif form == "sarif":
        print(as_sarif(found, __version__, _base(project)))  # noqa: T201
    elif found:
        print(as_github(found, _base(project)))  # noqa: T201


def _add(checks: Mapping[ReportSource, Checked], *, too_strict: bool) -> None:
    """Print what the count does not say: what was not looked at, and why the exit code is 1."""
    blind = [f"{one.slug}/{one.period.id}" for one, each in checks.items() if not each.asked]
    if blind:
        named = ", ".join(blind[:_MOST_NAMED])
        more = f" і ще {len(blind) - _MOST_NAMED}" if len(blind) > _MOST_NAMED else ""
        print(f"Через помилки суми й пояснення ще не перевірено: {named}{more}.")  # noqa: T201
    if too_strict:
        print("Із --strict попередження — те саме, що помилки: код завершення 1.")  # noqa: T201


def _base(project: Project) -> str:
    """Return the project's folder as seen from here, the top of a repository; "" if it is here."""
    here = Path.cwd().resolve()
    inside = project.root.is_relative_to(here) and project.root != here
    return project.root.relative_to(here).as_posix() if inside else ""
