"""The source files of a project as texts: lines to look places up in, and what remarks allow."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from reportgen.build.project import Project, display_name
from reportgen.check.allowed import Allowance, read_allowances
from reportgen.check.printed import Lines
from reportgen.diagnostics import Diagnostic
from reportgen.load import COUNCIL_FILES
from reportgen.source import read_source


def source_lines(project: Project) -> Lines:
    """Return a function from a file's name in findings to its lines.

    What is no text or too large has none: nothing of it is quoted.
    """
    folders = [templates.parent for templates in project.templates]

    @functools.cache
    def lines(file: str) -> Sequence[str]:
        for folder in folders if file.startswith("templates/") else [project.root]:
            if (folder / file).is_file():
                text, _ = read_source(folder / file, folder)
                return text.split("\n") if text else []
        return []

    return lines


def allowances(paths: Iterable[Path], project: Project) -> tuple[list[Allowance], list[Diagnostic]]:
    """Return what the remarks of some files allow, and what is wrong with the remarks."""
    allowed: list[Allowance] = []
    wrong: list[Diagnostic] = []
    for path in paths:
        name = display_name(path, project)
        root = path.parents[name.count("/")]
        ours, faults = _allowances(path, root, name, _version(path))
        allowed += ours
        wrong += faults
    return allowed, wrong


def _version(path: Path) -> tuple[int, int]:
    """Return what changes whenever a file does: all reports share the council's files."""
    try:
        status = path.stat()
    except OSError:
        return 0, 0
    return status.st_mtime_ns, status.st_size


@functools.lru_cache(maxsize=64)
def _allowances(
    path: Path, root: Path, name: str, _version: tuple[int, int]
) -> tuple[list[Allowance], list[Diagnostic]]:
    text, _ = read_source(path, root)  # what is wrong with the file is told by who loads it
    return read_allowances(text or "", name)


def council_files(project: Project) -> Iterator[Path]:
    """Yield the council's files that are read; others beside them are none of the build's."""
    for place, names in COUNCIL_FILES.items():
        paths = (project.root / place / name for name in names)
        yield from (path for path in paths if path.is_file())
