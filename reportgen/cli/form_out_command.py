"""``reportgen form-out``: a workbook in which a department enters its figures."""

from __future__ import annotations

import argparse
import os
from decimal import Overflow
from pathlib import Path

from reportgen.build.files import check_output, put_in_place
from reportgen.build.project import Project, open_project
from reportgen.cli.entry_report import Opened, load_council, open_report
from reportgen.cli.messages import counted, show
from reportgen.diagnostics import BrokenEnvironment, Diagnostic, finding, has_errors, quoted
from reportgen.entry.drawing import draw
from reportgen.entry.identity import digest, identity_of
from reportgen.entry.layout import lay_out
from reportgen.entry.words import vocabularies
from reportgen.load.words import suggest
from reportgen.model.period import Period
from reportgen.write.fonts import find_typeface

_PERIODS = "2023-q1, 2023-h1, 2023-9m або 2023"


def run(options: argparse.Namespace) -> int:
    """Write the form of a report, whether its period's file is there yet or not."""
    project = open_project(options.root)
    try:
        period = Period.parse(options.period)
    except ValueError:
        message = f"{quoted(options.period)} — не період: пишіть {_PERIODS}"
        raise BrokenEnvironment(message) from None
    slug = _slug(project, options.programme)
    target = options.output or project.root / "output" / "entry" / f"{slug}-{period.id}.xlsx"
    if options.output is None:
        check_output(project.root / "output", project.root, asked=False)
    _refuse(target)
    found: list[Diagnostic] = []
    content = load_council(project, found)
    opened = open_report(slug, period, content, project, found)
    data = _drawn(opened, found, by_executor=options.by_executor) if opened else None
    show(found, project)
    if data is None or has_errors(found):
        print(f"Форму не видано: {counted(found)}.")  # noqa: T201
        return 1
    put_in_place({target: data})
    print(target)  # noqa: T201
    return 0


def _slug(project: Project, name: str) -> str:
    """Return a programme's id, given by itself or by the path of its folder."""
    programmes = project.root / "content" / "programmes"
    known = {path.parent.name: path.parent for path in programmes.glob("*/programme.yaml")}
    for place in (programmes, Path(), project.root):
        for slug, folder in known.items():
            if os.path.realpath(place / name) == os.path.realpath(folder):
                return slug
    hint = suggest(name, known) or "жодної ще немає"
    raise BrokenEnvironment(f"немає програми «{name}»; {hint}")


def _refuse(target: Path) -> None:
    """Refuse to write over a form, which may be filled in already."""
    if target.suffix.lower() != ".xlsx":
        raise BrokenEnvironment(f"{target}: назва форми має закінчуватися на .xlsx")
    if os.path.lexists(target):
        raise BrokenEnvironment(
            f"{target} уже є, і його, можливо, вже заповнюють: приберіть його або вкажіть іншу "
            "назву в --output"
        )


def _drawn(opened: Opened, found: list[Diagnostic], *, by_executor: bool) -> bytes | None:
    report = opened.now.report
    try:
        sheets = lay_out(report, opened.now.earlier, find_typeface(), by_executor=by_executor)
    except Overflow:
        message = "формула дає число, довше за 4000 знаків"
        found.append(finding("figure-too-wide", report.form.span, message))
        return None
    identity = identity_of(report, "" if opened.is_new else digest(opened.now.text), sheets)
    title = f"Форма для заповнення: {report.programme.name}, {report.period.period}"
    dated = report.period.period.last_day
    return draw(sheets, identity, vocabularies(report.council), dated, title)
