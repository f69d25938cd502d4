"""Fetch the programs that judge what reportgen writes, and that nobody here has written.

``python3 tools/judges.py`` brings them from Maven Central with the machine's own Maven, once, into
a folder outside this tree, and takes only the very bytes that are named below. Where they lie, the
environment's ``REPORTGEN_JUDGES`` says; else it is ``~/.cache/reportgen/judges``. Standard library
only: it runs before anything is installed.

To take another version of DSS, change ``tools/dss/pom.xml`` and run ``python3 tools/judges.py
--name-dss``: it writes ``tools/dss/jars.sha256`` anew, of what Maven brings then.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

HERE = Path(__file__).resolve().parent
#: Maven's own way to bring files; pinned, since it is a program that comes from the net too.
_MAVEN = ("mvn", "-B", "-q")
_PLUGIN = "org.apache.maven.plugins:maven-dependency-plugin:3.6.1"


class JudgeError(Exception):
    """A judge cannot be had; the message is a Ukrainian sentence."""


@dataclass(frozen=True, slots=True)
class Judge:
    """A program in one jar that needs no other: its Maven coordinates and its SHA-256."""

    group: str
    artifact: str
    version: str
    sha256: str

    #: The program that runs it.
    runner: ClassVar[str] = "java"

    @property
    def file(self) -> str:
        """The name of the jar."""
        return f"{self.artifact}-{self.version}.jar"

    def bring(self, place: Path) -> None:
        """Let Maven put the jar at a place whose last part is its name."""
        name = f"-Dartifact={self.group}:{self.artifact}:{self.version}"
        _run([*_MAVEN, f"{_PLUGIN}:copy", name, f"-DoutputDirectory={place.parent}"], place)

    def is_sound(self, place: Path) -> bool:
        """Tell whether there are the very bytes that are meant."""
        return _sha256(place) == self.sha256


@dataclass(frozen=True, slots=True)
class Library:
    """Jars without a program: what Maven is asked for, which bytes these are, and our program."""

    name: str
    pom: Path
    jars: Path  # lines of sha256sum: all that the pom leads to
    source: Path  # a Java file that is compiled whenever it is run

    runner: ClassVar[str] = "javac"

    @property
    def file(self) -> str:
        """The name of the folder of jars: other jars, another folder."""
        return f"{self.name}-{(_sha256(self.jars) or '')[:16]}"

    def bring(self, place: Path) -> None:
        """Let Maven fill a folder."""
        place.mkdir()
        goal = [f"{_PLUGIN}:copy-dependencies", "-DincludeScope=runtime"]
        _run([*_MAVEN, "-f", str(self.pom), *goal, f"-DoutputDirectory={place}"], place)

    def is_sound(self, place: Path) -> bool:
        """Tell whether there are the very jars that are meant, and no other file."""
        try:
            return self.jars.read_text("ascii") == _listed(place)
        except OSError:
            return False


DSS = Library(
    "dss", HERE / "dss" / "pom.xml", HERE / "dss" / "jars.sha256", HERE / "dss" / "Judge.java"
)

JUDGES: dict[str, Judge | Library] = {
    "verapdf": Judge(
        "org.verapdf.apps",
        "greenfield-apps",
        "1.28.2",
        "687d4d8bcfec48c9f7e931cf78ed061f1eeccfba55d4cdc000ba9b4d8aa46ce6",
    ),
    "dss": DSS,
}


def main(arguments: Sequence[str] = ()) -> int:
    """Bring all judges; tell where each lies, or why it cannot be had."""
    if "--name-dss" in arguments:
        return _name(DSS)
    code = 0
    for name, judge in JUDGES.items():
        try:
            print(fetch(judge))
        except JudgeError as error:
            print(f"{name}: {error}", file=sys.stderr)
            code = 1
        if not shutil.which(judge.runner):
            print(f"{name}: немає {judge.runner}: {_PACKAGES[judge.runner]}", file=sys.stderr)
            code = 1
    return code


_PACKAGES = {
    "java": "встановіть пакет openjdk-17-jre-headless",
    "javac": "встановіть пакет openjdk-17-jdk-headless (самого JRE замало)",
}


def held(name: str) -> Path | None:
    """Return the jar or the folder of a judge that was fetched before, if Java is here to run it.

    A library needs a JDK: its program is compiled as it starts.
    """
    judge = JUDGES[name]
    path = _folder() / judge.file
    return path if shutil.which(judge.runner) and judge.is_sound(path) else None


def fetch(judge: Judge | Library) -> Path:
    """Return the place of a judge, fetched unless it lies there already.

    Raises:
        JudgeError: when it cannot be had, or is not what it was.
    """
    path = _folder() / judge.file
    if judge.is_sound(path):
        return path
    if shutil.which("mvn") is None:
        raise JudgeError("немає Maven: встановіть пакет maven або покладіть " + str(path))
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=path.parent) as folder:
            brought = Path(folder) / judge.file
            judge.bring(brought)
            if not judge.is_sound(brought):
                raise JudgeError(f"{judge.file} не той, що має бути: інша контрольна сума SHA-256")
            if path.is_dir():
                shutil.rmtree(path)
            brought.replace(path)
    except OSError as error:
        raise JudgeError(f"{path} не записати: {error.strerror}") from error
    return path


def _name(library: Library) -> int:
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder) / library.name
        library.bring(place)
        library.jars.write_text(_listed(place), "ascii")
    return 0


def _run(command: Sequence[str], place: Path) -> None:
    done = subprocess.run(command, cwd=place.parent, capture_output=True, text=True, check=False)
    if done.returncode:
        said = [line for line in done.stdout.splitlines() if line.strip()]
        why = said[0] if said else f"код завершення {done.returncode}"
        raise JudgeError(f"Maven не привіз {place.name}: {why}")


def _folder() -> Path:
    given = os.environ.get("REPORTGEN_JUDGES")
    return Path(given) if given else Path.home() / ".cache" / "reportgen" / "judges"


def _listed(folder: Path) -> str:
    return "".join(f"{_sha256(one)}  {one.name}\n" for one in sorted(folder.iterdir()))


def _sha256(path: Path) -> str | None:
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError:
        return None


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
