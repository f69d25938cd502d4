"""Keys and certificates may be named that are pipes, devices or endless: nobody waits for these."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from authority import PASSWORD, Authority
from signed_project import built, described, sign

from reportgen.diagnostics import BrokenEnvironment
from reportgen.sign.given import read_given
from reportgen.sign.services import read_roots

needs_pipes = pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes here")


@needs_pipes
def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    pipe = tmp_path / "root.pem"
    os.mkfifo(pipe)
    with pytest.raises(BrokenEnvironment, match="це не звичайний файл"):
        read_roots([pipe])


@needs_pipes
def test_a_device_is_not_read(tmp_path: Path) -> None:
    link = tmp_path / "root.pem"
    link.symlink_to("/dev/zero")
    with pytest.raises(BrokenEnvironment, match="це не звичайний файл"):
        read_roots([link])


def test_a_file_without_end_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "root.pem"
    with path.open("wb") as stream:
        stream.truncate(2 * 1024 * 1024)
    with pytest.raises(OSError, match="більший за 1 МБ"):
        read_given(path, 1024 * 1024)
    link = tmp_path / "link.pem"
    link.symlink_to(path)
    assert len(read_given(link, 2 * 1024 * 1024)) == 2 * 1024 * 1024


@needs_pipes
@pytest.mark.parametrize("what", ["key", "trust"])
def test_settings_that_name_a_pipe_are_answered(
    tmp_path: Path,
    authority: Authority,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    what: str,
) -> None:
    monkeypatch.setenv("REPORTGEN_PASSWORD_HEAD", PASSWORD)
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    place = authority.pfx("head") if what == "key" else authority.root
    root = built(tmp_path, described(authority, level="B-LT").replace(str(place), str(pipe)))
    assert sign(root) == 2
    assert "це не звичайний файл" in capsys.readouterr().err
