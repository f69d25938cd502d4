"""Files of content kept: by one command at a time, whole, and nowhere else."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from reportgen.build.files import locked, put_in_place, refuse_links, sweep
from reportgen.build.project import Project


@contextmanager
def held(project: Project) -> Iterator[None]:
    """Hold a project's content from looking at its files to writing them.

    Raises:
        BrokenEnvironment: when another command holds it, or it cannot be written to.
    """
    with locked(project.root / "content"):
        sweep(project.root / "content")
        yield


def keep(files: Mapping[Path, bytes], project: Project) -> None:
    """Write files of content, which must be ``held``: all of them, or none.

    Whoever is killed between the moves leaves whole files, the first ones new and the rest old. So
    files come before those that refer to them: registers, passports, periods.

    Raises:
        BrokenEnvironment: when one would lie elsewhere, or cannot be written.
    """
    content = project.root / "content"
    refuse_links(content, [path.relative_to(content).as_posix() for path in files])
    put_in_place({path: files[path] for path in sorted(files, key=_rank)})


def _rank(path: Path) -> tuple[int, Path]:
    """Registers come first, then old files put aside, passports, and all others."""
    if path.parent.name == "registers":
        return 0, path
    return 1 if path.suffix.startswith(".bak") else 2 if path.name == "programme.yaml" else 3, path
