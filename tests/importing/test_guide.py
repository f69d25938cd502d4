"""The page about imports: its example gives just what it shows."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from overlays import ROOT

from reportgen.cli import main

PAGE = (ROOT / "docs" / "uk" / "import.md").read_text(encoding="utf-8")


def block(language: str, at: int = 0) -> str:
    return re.findall(rf"^```{language}\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)[at]


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    shutil.copytree(ROOT / "content", tmp_path / "content")
    (tmp_path / "zvit.md").write_text(block("md"), encoding="utf-8")
    return tmp_path


def test_the_example_gives_what_the_page_shows(
    copy: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    call = ["import", str(copy / "zvit.md"), "--programme", "zelena-hromada", "--root", str(copy)]
    assert main(call) == 0
    assert capsys.readouterr().err == block("text")
    home = copy / "content" / "programmes" / "zelena-hromada"
    for number, name in enumerate(("programme.yaml", "2023.yaml")):
        schema, _, text = (home / name).read_text(encoding="utf-8").partition("\n")
        assert schema.startswith("# yaml-language-server: ")
        assert text == block("yaml", number)
    assert main(["build", "zelena-hromada", "--root", str(copy), "--format", "html"]) == 0
