"""``reportgen new``: the next period's file."""

from __future__ import annotations

import argparse
import os
from collections.abc import Sequence
from pathlib import Path

from reportgen.authoring.next_period import Last, Next, first_period, next_period
from reportgen.build.content import held, keep
from reportgen.build.project import Project, open_project
from reportgen.cli.messages import as_typed, show
from reportgen.diagnostics import BrokenEnvironment, Diagnostic, has_errors
from reportgen.load import Content, ReportSource, load_content, load_outline
from reportgen.load.words import suggest
from reportgen.model.form import Form
from reportgen.model.period import Period
from reportgen.model.programme import Programme
from reportgen.source import read_source

_PERIODS = "2023-q1 (I квартал), 2023-h1 (I півріччя), 2023-9m (9 місяців) або 2023 (рік)"
#: How people write periods, and how the names of files do.
_MEANT = {"q2": "h1", "q3": "9m", "q4": "", "h2": "", "3m": "q1", "6m": "h1", "12m": ""}
_SCHEMAS = "../../schemas"  # as seen from a period's file


def run(options: argparse.Namespace) -> int:
    """Write the file of a period, made from the one before, and tell what is to be done with it."""
    project, period = open_project(options.root), _period(options.period)
    with held(project):
        return _begin(options, project, period)


def _begin(options: argparse.Namespace, project: Project, period: Period) -> int:
    folder = _folder(project, options.programme)
    target = folder / f"{period.id}.yaml"
    name = target.relative_to(project.root).as_posix()
    if os.path.lexists(target):
        raise BrokenEnvironment(f"{name} уже є: його не зачеплено; правте цей файл далі")
    found: list[Diagnostic] = []
    content = load_content(project.root, found)
    found = [one for one in found if _concerns(one, folder.name)]
    last = _last(content, folder.name, period, options.base)
    source = ReportSource(folder.name, period, folder / "programme.yaml", target)
    made = _made(source, last, content, project, found)
    show(found, project)
    if made is None:
        print(f"{name} не створено.")  # noqa: T201
        return 1
    keep({target: made.text.encode("utf-8")}, project)
    for line in (str(target), *made.remarks, *_advice(source, last, content, options)):
        print(line)  # noqa: T201
    return 0


def _concerns(one: Diagnostic, slug: str) -> bool:
    """Tell whether a finding is about the council or this programme, and not that all is new."""
    *place, other = one.span.file.split("/")[:3]
    return one.code != "content-empty" and (place != ["content", "programmes"] or other == slug)


def _period(text: str) -> Period:
    try:
        return Period.parse(text)
    except ValueError:
        pass
    year, _, part = text.lower().replace("м", "m").partition("-")
    near = f"{year}-{_MEANT[part]}".rstrip("-") if part in _MEANT else ""
    hint = f"; можливо, {near}?" if near else ""
    message = f"«{text}» — не період: пишіть {_PERIODS}{hint}"
    raise BrokenEnvironment(f"{message} Усі суми — від 1 січня.")


def _folder(project: Project, name: str) -> Path:
    """Return a programme's folder, named by its id or by its path."""
    programmes = project.root / "content" / "programmes"
    known = {path.parent.name: path.parent for path in programmes.glob("*/programme.yaml")}
    for place in (programmes, Path(), project.root):
        for folder in known.values():
            if os.path.realpath(place / name) == os.path.realpath(folder):
                return folder
    hint = suggest(name, known) or "є: " + (", ".join(sorted(known)) or "жодної")
    raise BrokenEnvironment(f"немає програми «{name}»; {hint}")


def _last(content: Content, slug: str, period: Period, base: str | None) -> ReportSource | None:
    """Return the report to begin from: the one asked for, or the nearest earlier one.

    Raises:
        BrokenEnvironment: when there is none such as asked for.
    """
    own = [one for one in content.sources if one.slug == slug]
    if base is None:
        before = (one for one in own if one.period.last_day < period.last_day)
        return max(before, key=lambda one: one.period.last_day, default=None)
    for one in own:
        if one.period.id == base:
            return one
    known = ", ".join(one.period.id for one in own) or "жодного"
    raise BrokenEnvironment(f"немає звіту за період «{base}», з якого почати; є: {known}")


def _made(
    source: ReportSource,
    last: ReportSource | None,
    content: Content,
    project: Project,
    found: list[Diagnostic],
) -> Next | None:
    """Return the new file; ``None`` with findings when what it is made from cannot be read."""
    like = last.period_file if last else None
    outline = _outline(source, like, content, project, found)
    if outline is None or has_errors(found):
        return None
    form, programme = outline
    if last is None:
        schema = f"{_SCHEMAS}/{form.id}.period.json"
        there = (source.period_file.parent / schema).is_file()
        return first_period(programme, form, source.period, schema if there else "")
    text, _ = read_source(last.period_file, project.root)
    before = _outline(last, like, content, project, [])
    name = last.period_file.name
    return next_period(
        programme,
        form,
        source.period,
        Last(name, text or "", last.period, before[0] if before else None),
    )


def _outline(
    source: ReportSource,
    like: Path | None,
    content: Content,
    project: Project,
    found: list[Diagnostic],
) -> tuple[Form, Programme] | None:
    if content.council is None:
        return None
    return load_outline(source, like, project.root, content.council, project.templates, found)


def _advice(
    source: ReportSource, last: ReportSource | None, content: Content, options: argparse.Namespace
) -> Sequence[str]:
    """Return what to do next, and what else could have been begun from."""
    check = as_typed("check", source.slug, "--draft", root=options.root)
    lines = [f"Впишіть, чого бракує, і перевірте: {check}"]
    later = [one.period.id for one in content.sources if one.slug == source.slug]
    if last is None and options.base is None and later:
        lines.insert(0, f"Раніших звітів немає. Почати з пізнішого: --from {later[0]}")
    return lines
