"""A build that is killed at any moment: whole files only, and the next one completes."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from overlays import ROOT, files, small

_MORE = ("shkoly", "sport")
_KILLS = 100


def states(tmp_path: Path) -> list[Path]:
    """Return two projects that differ in a figure of each report, so in each file built of them."""
    roots = []
    for index, amount in enumerate(("18.0", "19.0")):
        root = small(tmp_path / f"root{index}", *_MORE)
        for path in (root / "content" / "programmes").rglob("2024-h1.yaml"):
            text = path.read_text("utf-8")
            assert "actual: 18.0" in text
            path.write_text(text.replace("actual: 18.0", f"actual: {amount}"), encoding="utf-8")
        roots.append(root)
    return roots


def begun(root: Path, output: Path, cache: Path) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "reportgen", "build", "--jobs", "2", "--root", root]
    return subprocess.Popen(
        [*command, "--format", "html,xlsx", "--output", output],
        cwd=ROOT,
        env={**os.environ, "PYTHONUNBUFFERED": "1", "REPORTGEN_CACHE": str(cache)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
    )


def completed(root: Path, output: Path, cache: Path) -> dict[str, bytes]:
    with begun(root, output, cache) as build:
        said = build.communicate()
        assert build.returncode == 0, said
    return files(output)


@pytest.mark.slow
def test_a_hundred_kills_leave_whole_files_and_the_next_build_completes(tmp_path: Path) -> None:
    """Half of the kills come at any moment, half while files are being put in place.

    Every other one takes the workers with it; those of the rest have to end by themselves. A build
    of the other state goes over what is left, as it is left; each tenth is let come to its end.
    """
    chance = random.Random(7)  # noqa: S311 - moments, not secrets
    roots, output, cache = states(tmp_path), tmp_path / "output", tmp_path / "cache"
    start = time.monotonic()
    whole = [completed(root, output, cache) for root in roots]
    one_build = (time.monotonic() - start) / 2
    assert all(len(each) == 2 * (1 + len(_MORE)) + 1 for each in whole)
    for number in range(_KILLS):
        with begun(roots[number % 2], output, cache) as build:
            assert build.stdout is not None
            if number // 2 % 2:
                build.stdout.readline()  # a first file is there, the rest is to come
                time.sleep(chance.random() / 10)
            else:
                time.sleep(chance.random() * one_build)
            if number % 3:
                build.kill()
            else:
                os.killpg(build.pid, signal.SIGKILL)
        for name, data in files(output).items():
            if name != "manifest.json":
                assert data in (whole[0][name], whole[1][name]), name
        assert json.loads((output / "manifest.json").read_bytes())
        if number % 10 == 0:
            state = chance.randrange(2)
            assert completed(roots[state], output, cache) == whole[state]
            assert not list(output.rglob(".reportgen-*"))
    assert completed(roots[0], output, cache) == whole[0]
