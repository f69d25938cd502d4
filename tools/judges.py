"""Fetch the programs that judge what reportgen writes, and that nobody here has written.

``python3 tools/judges.py`` brings them from Maven Central with the machine's own Maven, once, into
a folder outside this tree, and takes only the very bytes that are named below. Where they lie, the
environment's ``REPORTGEN_JUDGES`` says; else it is ``~/.cache/reportgen/judges``. Standard library
only: it runs before anything is installed.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

#: Maven's own way to bring one file; pinned, since it is a program that comes from the net too.
_COPY = "org.apache.maven.plugins:maven-dependency-plugin:3.6.1:copy"


class JudgeError(Exception):
    """A judge cannot be had; the message is a Ukrainian sentence."""


@dataclass(frozen=True, slots=True)
class Judge:
    """A program in one jar that needs no other: its Maven coordinates and its SHA-256."""

    group: str
    artifact: str
    version: str
    sha256: str

    @property
    def file(self) -> str:
        """The name of the jar."""
        return f"{self.artifact}-{self.version}.jar"


JUDGES = {
    "verapdf": Judge(
        "org.verapdf.apps",
        "greenfield-apps",
        "1.28.2",
        "687d4d8bcfec48c9f7e931cf78ed061f1eeccfba55d4cdc000ba9b4d8aa46ce6",
    ),
}


def main() -> int:
    """Bring all judges; tell where each lies, or why it cannot be had."""
    code = 0
    for name, judge in JUDGES.items():
        try:
            print(fetch(judge))
        except JudgeError as error:
            print(f"{name}: {error}", file=sys.stderr)
            code = 1
    return code


def held(name: str) -> Path | None:
    """Return the jar of a judge that was fetched before, if Java is here to run it."""
    path = _folder() / JUDGES[name].file
    return path if shutil.which("java") and _is_sound(path, JUDGES[name]) else None


def fetch(judge: Judge) -> Path:
    """Return the jar of a judge, fetched unless it lies there already.

    Raises:
        JudgeError: when it cannot be had, or is not what it was.
    """
    path = _folder() / judge.file
    if _is_sound(path, judge):
        return path
    if shutil.which("mvn") is None:
        raise JudgeError("немає Maven: встановіть пакет maven або покладіть " + str(path))
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=path.parent) as folder:
            _copy(judge, Path(folder))
            brought = Path(folder) / judge.file
            if not _is_sound(brought, judge):
                raise JudgeError(f"{judge.file} не той, що має бути: інша контрольна сума SHA-256")
            brought.replace(path)
    except OSError as error:
        raise JudgeError(f"{path} не записати: {error.strerror}") from error
    return path


def _copy(judge: Judge, folder: Path) -> None:
    name = f"{judge.group}:{judge.artifact}:{judge.version}"
    command = ["mvn", "-B", "-q", _COPY, f"-Dartifact={name}", f"-DoutputDirectory={folder}"]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    if done.returncode:
        said = [line for line in done.stdout.splitlines() if line.strip()]
        why = said[0] if said else f"код завершення {done.returncode}"
        raise JudgeError(f"Maven не привіз {judge.file}: {why}")


def _folder() -> Path:
    given = os.environ.get("REPORTGEN_JUDGES")
    return Path(given) if given else Path.home() / ".cache" / "reportgen" / "judges"


def _is_sound(path: Path, judge: Judge) -> bool:
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest() == judge.sha256
    except OSError:
        return False


if __name__ == "__main__":
    sys.exit(main())
