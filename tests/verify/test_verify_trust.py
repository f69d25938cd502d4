"""Files of trusted roots: ordinary ones, of some size."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from reportgen.diagnostics import BrokenEnvironment
from reportgen.verify import read_trust


def test_a_device_is_not_read() -> None:
    with pytest.raises(BrokenEnvironment, match="це не звичайний файл"):
        read_trust([Path("/dev/zero")])


def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "root.pem")
    for one in (tmp_path, tmp_path / "root.pem"):
        with pytest.raises(BrokenEnvironment, match="це не звичайний файл"):
            read_trust([one])


def test_a_large_file_is_not_read(tmp_path: Path) -> None:
    with (tmp_path / "root.pem").open("wb") as file:
        file.truncate(1 << 40)
    with pytest.raises(BrokenEnvironment, match="завеликий"):
        read_trust([tmp_path / "root.pem"])
