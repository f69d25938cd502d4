"""Same input, same bytes: whatever the process, the moment, the place and the language."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest
from overlays import ROOT, lay_out, small

from reportgen.cli import main

APART = 2.1  # seconds: zip archives count time in steps of two

#: Two machines as different as one can be made to look.
HERE = {"PYTHONHASHSEED": "1", "TZ": "Europe/Kyiv", "LC_ALL": "C.UTF-8"}
THERE = {
    "PYTHONHASHSEED": "4242",
    "TZ": "Pacific/Kiritimati",  # another day already
    "LC_ALL": "POSIX",
    "PYTHONUTF8": "0",
    "PYTHONCOERCECLOCALE": "0",
    "COLUMNS": "40",
}


def build(root: Path, output: Path, cwd: Path, environment: dict[str, str], *asked: str) -> None:
    subprocess.run(
        [sys.executable, "-m", "reportgen", "build", "--root", root, "--output", output, *asked],
        cwd=cwd,
        env={**os.environ, "PYTHONPATH": str(ROOT), **environment},
        capture_output=True,
        check=True,
    )


def contents(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name != ".reportgen.lock"
    }


@pytest.mark.slow
@pytest.mark.parametrize("engine", ["typst", "weasyprint"])
def test_two_builds_are_equal_byte_by_byte(engine: str, tmp_path: Path) -> None:
    """The village with WeasyPrint, for it takes its time; with Typst the shipped reports."""
    lay = lay_out if engine == "typst" else small
    one, other = lay(tmp_path / "one"), lay(tmp_path / "друга тека")
    began = time.monotonic()
    build(one, tmp_path / "a", ROOT, HERE, "--pdf-engine", engine)
    time.sleep(max(0.0, began + APART - time.monotonic()))
    build(other, tmp_path / "b", tmp_path, THERE, "--pdf-engine", engine)
    first, second = contents(tmp_path / "a"), contents(tmp_path / "b")
    assert set(first) == set(second)
    assert len(first) == 4 * len([*one.glob("content/programmes/*/2*.yaml")]) + 1
    assert [name for name in first if first[name] != second[name]] == []


def build_here(root: Path, output: Path, *asked: str) -> None:
    assert main(["build", "--root", str(root), "--output", str(output), *asked]) == 0


def test_a_build_over_an_earlier_one_changes_nothing(tmp_path: Path) -> None:
    root = small(tmp_path / "root")
    for output in ("out", "out", "fresh"):
        build_here(root, tmp_path / output)
    assert contents(tmp_path / "out") == contents(tmp_path / "fresh")


def test_one_format_is_the_same_alone_and_among_others(tmp_path: Path) -> None:
    root = small(tmp_path / "root", "shkoly")
    build_here(root, tmp_path / "all")
    build_here(root, tmp_path / "one", "shkoly", "--format", "xlsx")
    alone, among = contents(tmp_path / "one"), contents(tmp_path / "all")
    assert alone["shkoly/2024-h1.xlsx"] == among["shkoly/2024-h1.xlsx"]
