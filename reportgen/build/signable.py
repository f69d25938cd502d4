"""What is to be signed: reports, packages, files; nothing that was changed since it was built."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Sequence
from pathlib import Path

from reportgen.build.files import read_regular
from reportgen.build.manifest import NAME, Entry, digest, recorded
from reportgen.build.package_files import FOLDER as PACKAGES
from reportgen.build.project import Project
from reportgen.build.signing import Target
from reportgen.diagnostics import BrokenEnvironment, quoted, reason
from reportgen.load import ReportSource

_LARGEST = 1024 * 1024 * 1024
_LARGEST_MANIFEST = 1024 * 1024
_PDF = ".pdf"


def of_reports(
    sources: Iterable[ReportSource], project: Project, output: Path, signed: Path
) -> tuple[list[Target], list[str]]:
    """Return the PDF of reports, and what keeps others from being signed: a Ukrainian line each.

    A report that was not built, whose file was changed, or whose content has changed since must be
    built first: what is signed is what content says.
    """
    targets: list[Target] = []
    faults: list[str] = []
    for source in sources:
        name = f"{source.slug}/{source.period.id}{_PDF}"
        built, wrong = faults_of_report(source, project, output)
        if wrong:
            faults += wrong
        elif name not in built:
            faults.append(f"{name}: PDF не складено; спершу reportgen build {source.slug}")
        else:
            targets.append(Target(output / name, signed / name))
    return targets, faults


def faults_of_report(
    source: ReportSource, project: Project, output: Path
) -> tuple[tuple[str, ...], list[str]]:
    """Return the built files of a report below the output folder, and why they cannot be signed."""
    name = f"{source.slug}/{source.period.id}"
    entries = {
        one: entry
        for one, entry in sorted(recorded(output).items())
        if (entry.programme, entry.period) == (source.slug, source.period.id)
    }
    if not entries:
        return (), [f"{name}: ще не складено; спершу reportgen build {source.slug}"]
    for one, entry in entries.items():
        if _digest(output / one) != entry.sha256:
            return (), [f"{one}: файл змінено після складання; складіть його знову"]
        if any(_digest(project.root / each) != sha for each, sha in _content(entry)):
            return (), [f"{one}: дані змінилися після складання; складіть його знову"]
    return tuple(entries), []


def _content(entry: Entry) -> Iterable[tuple[str, str]]:
    """Return what a file was made of, but for fonts and templates: they have no figures."""
    return [(name, sha) for name, sha in entry.inputs.items() if name.startswith("content/")]


def of_package(package: str, output: Path, signed: Path) -> tuple[list[Target], list[str]]:
    """Return the PDF of a package that was built, and what was changed in it since.

    Raises:
        BrokenEnvironment: when there is no such package in the output folder.
    """
    names, faults = changed_of_package(package, output)
    changed = {one.partition(":")[0].rpartition("/")[2] for one in faults}
    folder, place = output / PACKAGES / package, signed / PACKAGES / package
    sound = [one for one in names if one.endswith(_PDF) and one not in changed]
    return [Target(folder / one, place / one) for one in sound], faults


def changed_of_package(package: str, output: Path) -> tuple[list[str], list[str]]:
    """Return the files of a package that was built, and a Ukrainian line on each that was changed.

    Raises:
        BrokenEnvironment: when there is no such package in the output folder.
    """
    folder = output / PACKAGES / package
    try:
        record = json.loads(read_regular(folder / NAME, _LARGEST_MANIFEST))
        files = {str(name): str(one["sha256"]) for name, one in record["files"].items()}
    except (OSError, ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        message = f"пакет {quoted(package)} ще не складено: reportgen package {package}"
        raise BrokenEnvironment(message) from error
    names = sorted(one for one in files if "/" not in one)
    changed = [one for one in names if _digest(folder / one) != files[one]]
    return names, [f"{PACKAGES}/{package}/{one}: файл змінено після складання" for one in changed]


def of_file(path: Path, output: Path, signed: Path) -> Target:
    """Return a file by its path; one of the output folder keeps its name below it.

    Raises:
        BrokenEnvironment: when it is no PDF that can be read, or lies among signed ones.
    """
    if path.suffix.lower() != _PDF:
        raise BrokenEnvironment(f"{path}: підписують PDF")
    real = Path(os.path.realpath(path))
    if real.is_relative_to(os.path.realpath(signed)):
        raise BrokenEnvironment(f"{path}: це вже підписаний файл; вкажіть складений, з output")
    try:
        with real.open("rb"):
            pass
    except OSError as error:
        raise BrokenEnvironment(f"{path} не читається: {reason(error)}") from error
    folder = os.path.realpath(output)
    inside = real.is_relative_to(folder)
    return Target(real, signed / (real.relative_to(folder) if inside else real.name))


def twice(targets: Sequence[Target]) -> str:
    """Return the first goal that two files would go to, "" for none."""
    seen: dict[Path, Path] = {}
    for one in targets:
        if seen.setdefault(one.goal, one.source) != one.source:
            return f"{seen[one.goal]} і {one.source} мали б стати одним файлом {one.goal}"
    return ""


def _digest(path: Path) -> str:
    try:
        return digest(read_regular(path, _LARGEST))
    except OSError:
        return ""
