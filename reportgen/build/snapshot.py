"""What a report is made from, as bytes: they can be named by one digest and sent anywhere.

A report is built from the very bytes that were looked at, whoever saves a file meanwhile, and by
another process or machine just as by this one.
"""

from __future__ import annotations

import hashlib
import re
import stat
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from reportgen.build.project import FRAME_FILES, LARGEST_FRAME, REPORT_FILE, Project
from reportgen.build.sources import council_files
from reportgen.load import Content, ReportSource
from reportgen.source import LARGEST_FILE

_FORM = re.compile(r"form(-[0-9-]+)?\.yaml|report(-[0-9-]+)?\.docx")


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A project of one report: the bytes of each file by its name below the project's folder."""

    files: Mapping[str, bytes]

    @property
    def digest(self) -> str:
        """One digest of all names and bytes."""
        hashed = hashlib.sha256()
        for name, data in sorted(self.files.items()):
            hashed.update(f"{name}\0{len(data)}\0".encode())
            hashed.update(data)
        return hashed.hexdigest()

    def lay_out(self, root: Path) -> None:
        """Write the files below an empty folder."""
        for name, data in self.files.items():
            path = root / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)


def take_snapshot(source: ReportSource, content: Content, project: Project) -> Snapshot | None:
    """Return what a report is made from; ``None`` if something there is no plain file.

    Links, pipes and files that are too large have their own findings, which only the project
    itself can give rise to: such a report is built where it lies.
    """
    files: dict[str, bytes] = {}
    for path in _paths(source, content, project):
        data = _plain(path, project.root)
        if data is None:
            return None
        files[path.relative_to(project.root).as_posix()] = data
    return Snapshot(files)


def _paths(source: ReportSource, content: Content, project: Project) -> Iterator[Path]:
    yield from council_files(project)
    yield source.programme_file
    yield source.period_file
    yield from (one.period_file for one in content.earlier(source))
    yield from _own_templates(source, project)


def _own_templates(source: ReportSource, project: Project) -> Iterator[Path]:
    """Yield the project's own templates that may dress the report.

    A report names its form, so a form whose name neither of its files holds is not its own. Where
    none is found so, all forms count.
    """
    own = project.root / "templates"
    if own not in project.templates:
        return
    yield from (own / name for name in FRAME_FILES if (own / name).exists())
    folders = sorted(path for path in own.iterdir() if path.is_dir())
    texts = [path.read_bytes() for path in (source.programme_file, source.period_file)]
    named = [one for one in folders if any(one.name.encode() in text for text in texts)]
    for folder in named or folders:
        for path in sorted(folder.iterdir()):
            if path.name in (*FRAME_FILES, REPORT_FILE) or _FORM.fullmatch(path.name):
                yield path


def _plain(path: Path, root: Path) -> bytes | None:
    """Return the bytes of a plain file below ``root``, if it is one and of a reasonable size."""
    try:
        status = path.lstat()
        plain = stat.S_ISREG(status.st_mode) and path.resolve().is_relative_to(root)
        if not plain or status.st_size > max(LARGEST_FILE, LARGEST_FRAME):
            return None
        return path.read_bytes()
    except OSError:
        return None
