"""The next period's file filled in again: each value that was emptied, from the remark about it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from reportgen.authoring.next_period import Last, Next, next_period
from reportgen.build.project import Project
from reportgen.diagnostics import Diagnostic
from reportgen.load import ReportSource, load_content, load_outline, load_report
from reportgen.load.period import load_period
from reportgen.model.council import Council
from reportgen.model.form import Form
from reportgen.model.period import Period
from reportgen.model.programme import PeriodReport, Programme
from reportgen.model.report import Report
from reportgen.source import parse

#: What a file to be filled in may lack, and nothing else may be found in it.
LACKING = {"field-missing", "key-missing", "measure-missing", "value-empty"}


def filled(text: str, last: Period) -> str:
    """Return a file with the last values where they were, and the remarks about them gone."""
    lines = text.split("\n")
    return "\n".join(_filled(lines, re.escape(str(last))))


def _filled(lines: list[str], last: str) -> Iterator[str]:
    block = re.compile(rf"( *)# було за {last}:")
    beside = re.compile(rf"( *[^#\n]*?:)(?: \{{.*\}})?  # було (.*) за {last}")
    index = 0
    while index < len(lines):
        told, figure = block.fullmatch(lines[index]), beside.fullmatch(lines[index])
        index += 1
        if figure:
            yield f"{figure[1]} {figure[2]}"
        elif told:
            start, keys = f"{told[1]}#", set()
            while lines[index].startswith(start):
                line = lines[index].removeprefix(start).removeprefix(" ")
                if re.match(r"[^\s].*?:(?: |$)", line):
                    keys.add(line.partition(":")[0])
                yield f"{told[1]}{line}".rstrip(" ") if not line else f"{told[1]}{line}"
                index += 1
            if lines[index].endswith(":") and lines[index].strip(" :") in keys:
                index += 1
        else:
            yield lines[index - 1]


def loaded(
    text: str, period: Period, form: Form, council: Council
) -> tuple[PeriodReport, list[Diagnostic]]:
    """Return a period's file as it is read."""
    node, found = parse(text, f"{period.id}.yaml")
    assert node is not None, text
    found = [*found]
    return load_period(node, period, form, council, found), found


def made(
    source: ReportSource, now: Period, project: Project, council: Council
) -> tuple[Next, Form, Programme]:
    """Return the file of a period made from that of a source, with its form and programme."""
    to = ReportSource(source.slug, now, source.programme_file, Path("none.yaml"))
    found: list[Diagnostic] = []
    root, templates = project.root, project.templates
    outline = load_outline(to, source.period_file, root, council, templates, found)
    assert outline is not None, found
    before = load_outline(source, source.period_file, root, council, templates, found)
    text = source.period_file.read_text(encoding="utf-8")
    last = Last(source.period_file.name, text, source.period, before[0] if before else None)
    form, programme = outline
    return next_period(programme, form, now, last), form, programme


def shipped(project: Project) -> tuple[Council, list[Report], list[ReportSource]]:
    """Return a project's council and its reports with their sources."""
    content = load_content(project.root, [])
    assert content.council is not None
    council = content.council
    reports = [
        load_report(source, project.root, council, project.templates, [])
        for source in content.sources
    ]
    return council, [one for one in reports if one], list(content.sources)
