"""Files of content: one command at a time writes them, and nothing of them lies elsewhere."""

from __future__ import annotations

import os
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest
from overlays import ROOT, small

from reportgen.build.content import held, keep
from reportgen.build.project import open_project
from reportgen.cli import main
from reportgen.diagnostics import BrokenEnvironment

HOLD = """
    import sys
    from pathlib import Path
    from reportgen.build.content import held
    from reportgen.build.project import open_project
    with held(open_project(Path(sys.argv[1]))):
        print("held", flush=True)
        sys.stdin.read()
"""


def test_whoever_comes_second_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    root = small(tmp_path)
    with subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(HOLD), str(root)],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    ) as other:
        assert other.stdout is not None
        other.stdout.readline()
        assert main(["new", "biblioteky", "2024-9m", "--root", str(root)]) == 2
        assert "зараз пише інша команда reportgen" in capsys.readouterr().err
        other.communicate(b"")
    assert main(["new", "biblioteky", "2024-9m", "--root", str(root)]) == 0
    assert (
        main(["check", "biblioteky", "--draft", "--root", str(root)]) == 0
    )  # the lock is no content


def test_what_a_killed_command_left_is_swept(tmp_path: Path) -> None:
    root = small(tmp_path)
    left = root / "content" / "programmes" / "biblioteky" / ".reportgen-77-0"
    left.write_bytes(b"half a fi")
    with held(open_project(root)):
        assert not left.exists()


def test_files_come_before_those_that_refer_to_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    moved = []
    replace = Path.replace
    monkeypatch.setattr(Path, "replace", lambda a, b: (moved.append(b.name), replace(a, b))[1])
    project = open_project(small(tmp_path))
    content = project.root / "content"
    names = ("programmes/a/2024.yaml", "programmes/a/2024.yaml.bak", "programmes/a/programme.yaml")
    keep({content / name: b"" for name in (*names, "registers/officials.yaml")}, project)
    assert moved == ["officials.yaml", "2024.yaml.bak", "programme.yaml", "2024.yaml"]


@pytest.mark.skipif(os.name != "posix", reason="links are Unix's")
def test_nothing_is_written_through_a_link_out_of_content(tmp_path: Path) -> None:
    project = open_project(small(tmp_path / "project"))
    (tmp_path / "elsewhere").mkdir()
    link = project.root / "content" / "programmes" / "zz"
    link.symlink_to(tmp_path / "elsewhere", target_is_directory=True)
    with pytest.raises(BrokenEnvironment, match="посилання, що веде за межі"):
        keep({link / "2024.yaml": b"", link / "programme.yaml": b""}, project)
    assert not list((tmp_path / "elsewhere").iterdir())


@pytest.mark.skipif(os.name != "posix", reason="links are Unix's")
def test_a_form_is_not_written_through_a_link(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = small(tmp_path / "project")
    (tmp_path / "elsewhere").mkdir()
    (root / "output").symlink_to(tmp_path / "elsewhere", target_is_directory=True)
    asked = ["form-out", "biblioteky", "2024-9m", "--root", str(root)]
    assert main(asked) == 2
    assert "посилання, що веде за межі" in capsys.readouterr().err
    assert not list((tmp_path / "elsewhere").iterdir())
    assert main([*asked, "--output", str(root / "form.xlsx")]) == 0


def test_a_second_replacement_leaves_the_first_file(tmp_path: Path) -> None:
    root = small(tmp_path)
    folder = root / "content" / "programmes" / "biblioteky"
    assert main(["build", "--format", "docx", "--root", str(root)]) == 0
    source = root / "output" / "biblioteky" / "2024-h1.docx"
    first = (folder / "2024-h1.yaml").read_bytes()
    asked = ["import", str(source), "--programme", "biblioteky", "--period", "2024-h1"]
    for _ in range(2):
        assert main([*asked, "--replace", "--root", str(root)]) == 0
    assert (folder / "2024-h1.yaml.bak").read_bytes() == first
    assert (folder / "2024-h1.yaml.bak2").is_file()
