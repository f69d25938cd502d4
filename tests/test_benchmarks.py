"""The benchmarks run: what they measure is another matter, and no test's."""

from __future__ import annotations

import subprocess
import sys

import pytest
from overlays import ROOT

BENCHMARKS = ROOT / "benchmarks"


def run(script: str, *arguments: str) -> str:
    done = subprocess.run(
        [sys.executable, BENCHMARKS / script, *arguments],
        env={"PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8"},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.mark.slow
def test_a_batch_is_measured_beside_bare_engines() -> None:
    said = run("batch.py", "cold", "--reports", "2", "--runs", "1")
    assert "| reportgen, nothing changed |" in said
    assert "Ratio " in said


@pytest.mark.slow
def test_councils_that_grow_are_measured() -> None:
    said = run("batch.py", "growth", "--programmes", "1,2", "--measures", "7", "--formats", "html")
    assert [line.split(" | ")[1] for line in said.splitlines() if line.startswith("| ")][-2:] == [
        "4",
        "8",
    ]
