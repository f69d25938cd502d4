"""``reportgen import``: content made of a report that others wrote."""

from __future__ import annotations

import argparse
import difflib
import os
from collections.abc import Mapping
from contextlib import nullcontext

from reportgen.build.content import held, keep
from reportgen.build.importable import forms_in_force, importable, text_of
from reportgen.build.project import Project, open_project
from reportgen.build.workers import ending, limited
from reportgen.cli.messages import as_typed, counted, show
from reportgen.diagnostics import BrokenEnvironment, Diagnostic, has_errors, plural
from reportgen.entry.identity import SHEET
from reportgen.importing import (
    Imported,
    NoSheetError,
    import_source,
    one_report,
    period_of,
    programme_of,
)
from reportgen.load import load_content
from reportgen.load.scalars import SLUG_HINT, is_slug
from reportgen.model.period import Period
from reportgen.read.opening import read_file
from reportgen.read.source import SourceFile, SourceTable, UnreadableFileError
from reportgen.source import Mapping as MappingNode
from reportgen.source import Scalar, parse, read_source

_PERIODS = "2023-q1, 2023-h1, 2023-9m або 2023"
_MOST_ASIDE = 100  # old files of one period kept beside it
_TOO_HARD = "цей файл надто великий чи заплутаний, щоб його зрозуміти: нічого не записано"
_ROWS = ("рядок", "рядки", "рядків")
_FILES = ("файл", "файли", "файлів")


def run(options: argparse.Namespace) -> int:
    """Read a file, understand it, and write what it becomes; nothing is written over."""
    project = open_project(options.root)
    with nullcontext() if options.dry_run else held(project):
        return _import(options, project)


def _import(options: argparse.Namespace, project: Project) -> int:
    found: list[Diagnostic] = []
    council = load_content(project.root, found).council
    if council is None:
        show(found, project)
        return 1
    source = _source(options)
    period = _period(options.period) or _named_period(source)
    slug = _slug(options.programme, source, project)
    of_forms: list[Diagnostic] = []
    forms = forms_in_force(options.form, period, project, of_forms)
    if has_errors(of_forms):
        show(of_forms, project)
        return 1
    old = _replaced(project, slug, period, replace=options.replace)
    start = importable(project, council, slug, forms)
    with limited(ending(_TOO_HARD)):
        imported = import_source(source, slug, period, start)
    if not isinstance(imported, Imported):
        show(imported, project)
        print("Нічого не імпортовано.")  # noqa: T201
        return 1
    files = {**imported.files, **old}
    if not options.dry_run:
        keep({project.root / name: text.encode() for name, text in files.items()}, project)
    show(imported.found, project)
    show((one for one in imported.faults if one not in imported.repeated), project)
    if options.dry_run:
        _print_changes(files, project)
    else:
        for name in files:
            print(project.root / name)  # noqa: T201
    _sum_up(imported, slug, options)
    return 1 if has_errors(imported.faults) else 0


def _source(options: argparse.Namespace) -> SourceFile:
    """Read the file, of a workbook with several reports the sheets of one.

    Raises:
        BrokenEnvironment: when it cannot be read, or is an entry form of ours.
    """
    try:
        source = read_file(options.file)
        if any(isinstance(one, SourceTable) and one.name == SHEET for one in source.blocks):
            message = f"{options.file}: це форма введення, яку видала команда form-out: "
            raise BrokenEnvironment(f"{message}прочитайте її командою form-in, а не import")
        return one_report(source, _period(options.period), options.sheet)
    except (UnreadableFileError, NoSheetError) as error:
        raise BrokenEnvironment(f"{options.file}: {error}") from error


def _period(asked: str | None) -> Period | None:
    try:
        return Period.parse(asked) if asked is not None else None
    except ValueError:
        raise BrokenEnvironment(f"«{asked}» — не період: пишіть {_PERIODS}") from None


def _named_period(source: SourceFile) -> Period:
    period = period_of(source)
    if period is None:
        message = "період у файлі не названо: вкажіть його, наприклад --period 2023-h1"
        raise BrokenEnvironment(message)
    return period


def _slug(asked: str | None, source: SourceFile, project: Project) -> str:
    if asked is None:
        names = _named(project)
        slug = programme_of(source, names)
        if slug:
            return slug
        known = f"; є: {', '.join(sorted(names))}" if names else ""
        message = "якої програми цей звіт, не розпізнано: вкажіть її теку, наприклад "
        raise BrokenEnvironment(f"{message}--programme zelene-misto{known}")
    if not is_slug(asked):
        raise BrokenEnvironment(f"«{asked}» не може бути назвою теки: {SLUG_HINT}")
    return asked


def _named(project: Project) -> dict[str, list[str]]:
    """Return what the programmes that there are call themselves."""
    names: dict[str, list[str]] = {}
    for path in sorted((project.root / "content" / "programmes").glob("*/programme.yaml")):
        text, _ = read_source(path, project.root)
        root, _ = parse(text or "", path.name)
        entries = root.entries if isinstance(root, MappingNode) else {}
        given = (entries.get(key) for key in ("name", "genitive"))
        names[path.parent.name] = [one.text for one in given if isinstance(one, Scalar)]
    return names


def _replaced(project: Project, slug: str, period: Period, *, replace: bool) -> dict[str, str]:
    """Return the old file of the period under a name that is no report's and nobody has.

    Raises:
        BrokenEnvironment: when there is one, and nobody has said that it may be replaced.
    """
    name = f"content/programmes/{slug}/{period.id}.yaml"
    if not os.path.lexists(project.root / name):
        return {}
    if not replace:
        message = f"{name} уже є: його не зачеплено. Щоб замінити його, додайте --replace "
        raise BrokenEnvironment(f"{message}(старий лишиться поруч як {period.id}.yaml.bak)")
    names = (f"{name}.bak", *(f"{name}.bak{number}" for number in range(2, _MOST_ASIDE)))
    free = [one for one in names if not os.path.lexists(project.root / one)]
    if not free:
        raise BrokenEnvironment(f"поруч із {name} забагато відкладених файлів: приберіть зайві")
    return {free[0]: text_of(project, name)}


def _print_changes(files: Mapping[str, str], project: Project) -> None:
    """Print new files whole, and what changes in others."""
    for name, text in files.items():
        path = project.root / name
        before, _ = read_source(path, project.root) if path.is_file() else ("", [])
        if not before:
            print(f"--- новий файл {name}\n{text}")  # noqa: T201
            continue
        lines = difflib.unified_diff(
            before.splitlines(), text.splitlines(), name, name, lineterm=""
        )
        print("\n".join(lines))  # noqa: T201


def _sum_up(imported: Imported, slug: str, options: argparse.Namespace) -> None:
    rows = f"{imported.rows} {plural(imported.rows, _ROWS)}"
    files = f"{len(imported.files)} {plural(len(imported.files), _FILES)}"
    done = "Було б імпортовано" if options.dry_run else "Імпортовано"
    print(f"{done} за формою «{imported.form.id}»: {rows}, {files}; {counted(imported.found)}.")  # noqa: T201
    if imported.faults:
        print(f"Ще треба вписати чи виправити: {counted(imported.faults)}.")  # noqa: T201
    if not options.dry_run:
        command = as_typed("check", slug, "--period", imported.period.id, root=options.root)
        print(f"Перевірте: {command}")  # noqa: T201
