"""``build --watch``: what is saved is built, and nothing that goes wrong ends the watch."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from overlays import ROOT, small

from reportgen.cli import main, watching

_WAITS = "Чекаю на зміни"


@contextmanager
def watched(root: Path) -> Iterator[subprocess.Popen[str]]:
    command = [sys.executable, "-m", "reportgen", "build", "--watch", "--root", str(root)]
    with subprocess.Popen(
        [*command, "--format", "html"],
        cwd=ROOT,
        env={**os.environ, "PYTHONIOENCODING": "utf-8", "REPORTGEN_CACHE": str(root / "cache")},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
    ) as process:
        try:
            yield process
        finally:
            process.kill()


def told(process: subprocess.Popen[str]) -> str:
    """Return what is said until the watch waits again."""
    assert process.stdout is not None
    lines = []
    for line in process.stdout:
        lines.append(line)
        if line.startswith(_WAITS):
            return "".join(lines)
    raise AssertionError("".join(lines))


def report(root: Path) -> Path:
    return root / "content" / "programmes" / "shkoly" / "2024-h1.yaml"


@pytest.mark.slow
def test_a_save_is_built_and_a_mistake_is_told(tmp_path: Path) -> None:
    root = small(tmp_path, "shkoly", "sport")
    page = root / "output" / "shkoly" / "2024-h1.html"
    with watched(root) as process:
        assert "shkoly/2024-h1.html" in told(process)
        first = page.read_bytes()

        path = report(root)
        text = path.read_text("utf-8")
        path.write_text(text.replace("actual: 18.0", "actual: 18.о"), encoding="utf-8")
        said = told(process)
        assert "Змінено: content/programmes/shkoly/2024-h1.yaml" in said
        assert "помилка" in said
        assert page.read_bytes() == first

        path.write_text(text.replace("actual: 18.0", "actual: 17.5"), encoding="utf-8")
        said = told(process)
        assert "shkoly/2024-h1.html" in said
        assert "sport" not in said  # it has not changed
        assert "17,5" in page.read_text("utf-8")

        (root / "content").rename(root / "moved")
        assert "немає теки content/" in told(process)
        process.send_signal(signal.SIGINT)
        assert process.wait(20) == 0


@pytest.mark.slow
def test_only_what_was_saved_is_told(tmp_path: Path) -> None:
    root = small(tmp_path, "shkoly", "sport")
    for slug in ("shkoly", "sport"):  # each with a warning of its own
        path = report(root).parent.parent / slug / "programme.yaml"
        path.write_text(path.read_text("utf-8").replace("книжки", "«книжки"), encoding="utf-8")
    with watched(root) as process:
        said = told(process)
        assert "programmes/shkoly/programme.yaml:" in said
        assert "programmes/sport/programme.yaml:" in said
    with watched(root) as process:
        said = told(process)
        assert "Нічого не змінилося." in said
        assert "Період" not in said  # no table without a line

        path = report(root)
        for name in ("sedIafMIe", ".~lock.frame.docx#", "~$frame.docx", "2024-h1.yaml~"):
            path.with_name(name).write_text("x", encoding="utf-8")
            path.with_name(name).unlink()
        time.sleep(2)  # longer than changes are gathered for
        text = path.read_text("utf-8").replace("actual: 18.0", "actual: 17.5")
        path.with_name("sedIafMIf").write_text(text, encoding="utf-8")
        path.with_name("sedIafMIf").replace(path)
        said = told(process)
        changed = [line for line in said.splitlines() if line.startswith("Змінено")]
        assert changed == ["Змінено: content/programmes/shkoly/2024-h1.yaml"]
        assert "programmes/shkoly/programme.yaml:" in said
        assert "programmes/sport/programme.yaml:" not in said  # told before, and not built now


@pytest.mark.parametrize(
    ("name", "was", "matters"),
    [
        ("content/council.yaml", True, True),
        ("templates/mine/frame.docx", False, True),
        ("templates/site/search.js", False, True),
        ("content/programmes", False, True),  # a folder that is there
        ("content/programmes/moved", True, True),  # one that was
        ("content/programmes/sedIafMIe", False, False),
        ("templates/mine/~$frame.docx", False, False),
        ("templates/mine/.~lock.frame.docx#", True, False),
        ("content/council.yaml~", True, False),
        ("content/.council.yaml.swp", True, False),
    ],
)
def test_what_matters_to_a_build(tmp_path: Path, name: str, was: bool, matters: bool) -> None:  # noqa: FBT001
    (tmp_path / "content" / "programmes").mkdir(parents=True)
    assert watching.matters(tmp_path / name, was=was) == matters


def test_a_folder_without_content_is_not_watched(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["build", "--watch", "--root", str(tmp_path)]) == 2
    assert "немає теки content/" in capsys.readouterr().err
