"""What is to be signed: reports, packages, files; nothing that was changed since it was built."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from reportgen.build.files import read_regular
from reportgen.build.manifest import NAME, Entry, digest, recorded
from reportgen.build.package_files import FOLDER as PACKAGES
from reportgen.build.project import Project
from reportgen.build.signing import Target
from reportgen.diagnostics import BrokenEnvironment, quoted, reason
from reportgen.load import ReportSource
from reportgen.sign.active import look_through

_LARGEST = 1024 * 1024 * 1024
_LARGEST_MANIFEST = 1024 * 1024
_PDF = ".pdf"
_CHANGED = "файл змінено після складання; складіть його знову"


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
    faults = (_fault(one, entry, project, output) for one, entry in entries.items())
    wrong = next(filter(None, faults), "")
    return ((), [wrong]) if wrong else (tuple(entries), [])


def _fault(name: str, entry: Entry, project: Project, output: Path) -> str:
    """Return why a file of the manifest cannot be signed as it lies there, "" if it can."""
    if _digest(output / name) != entry.sha256:
        return f"{name}: {_CHANGED}"
    if any(_digest(project.root / each) != sha for each, sha in _content(entry)):
        return f"{name}: дані змінилися після складання; складіть його знову"
    return ""


def _fault_of_file(path: Path, project: Project, output: Path) -> str:
    """Return why a file of the output folder cannot be signed, "" if it can, or lies elsewhere.

    It is judged by the record of its building, however it is named.
    """
    real, folder = Path(os.path.realpath(path)), Path(os.path.realpath(output))
    if not real.is_relative_to(folder):
        return ""
    name = real.relative_to(folder).as_posix()
    entry = recorded(output).get(name)
    if entry is not None:
        return _fault(name, entry, project, output)
    place, _, package = real.parent.relative_to(folder).as_posix().rpartition("/")
    if place != PACKAGES or not os.path.lexists(real.with_name(NAME)):
        return ""
    built = _package(package, output).get(real.name)
    return f"{name}: {_CHANGED}" if built is not None and _digest(real) != built else ""


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
    files = _package(package, output)
    folder = output / PACKAGES / package
    changed = [one for one, sha in files.items() if _digest(folder / one) != sha]
    return [*files], [f"{PACKAGES}/{package}/{one}: {_CHANGED}" for one in changed]


def _package(package: str, output: Path) -> Mapping[str, str]:
    """Return the files of a package that was built, in order, with their digests.

    Raises:
        BrokenEnvironment: when there is no such package in the output folder.
    """
    try:
        record = json.loads(read_regular(output / PACKAGES / package / NAME, _LARGEST_MANIFEST))
        files = {str(name): str(one["sha256"]) for name, one in record["files"].items()}
    except (OSError, ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        message = f"пакет {quoted(package)} ще не складено: reportgen package {package}"
        raise BrokenEnvironment(message) from error
    return {one: files[one] for one in sorted(files) if "/" not in one}


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
    _read(real)
    folder = os.path.realpath(output)
    inside = real.is_relative_to(folder)
    return Target(real, signed / (real.relative_to(folder) if inside else real.name))


def look_at(
    path: Path, project: Project, output: Path, signed: Path
) -> tuple[str, tuple[str, ...]]:
    """Return why a file that is named by its path cannot be signed, "" if it can, and remarks.

    A file that was made elsewhere may do more than show its pages; ours do not.

    Raises:
        BrokenEnvironment: when it cannot be read.
    """
    real = Path(os.path.realpath(path))
    if any(real.is_relative_to(os.path.realpath(one)) for one in (output, signed)):
        return _fault_of_file(real, project, output), ()
    active = look_through(_read(real))
    return f"{path}: {active.refusal}" if active.refusal else "", active.remarks


def _read(path: Path) -> bytes:
    try:
        return read_regular(path, _LARGEST)
    except OSError as error:
        raise BrokenEnvironment(f"{path} не читається: {reason(error)}") from error


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
