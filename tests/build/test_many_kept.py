"""Among hundreds of reports the table names those that were built."""

from __future__ import annotations

from pathlib import Path

import pytest
from small_project import PERIOD, PROGRAMME, base, lay

from reportgen.cli.main import main


def built(capsys: pytest.CaptureFixture[str], root: Path) -> list[str]:
    """Return the lines of the table."""
    assert main(["build", "--root", str(root), "--format", "html", "--jobs", "1"]) == 0
    return [one for one in capsys.readouterr().out.splitlines() if one.startswith("|")]


def test_what_is_kept_stands_in_one_row(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("REPORTGEN_CACHE", str(tmp_path / "cache"))
    copies = {
        name.replace("biblioteky", f"b{at}"): base(name).replace("бібліотек", f"бібліотек № {at}")
        for at in range(21)
        for name in (PROGRAMME, PERIOD)
    }
    root = lay(tmp_path, copies)
    assert len(built(capsys, root)) == 1 + 22  # the heading, and each report
    [_, row] = built(capsys, root)
    assert "22 звіти без змін" in row
    path = root / PERIOD.replace("biblioteky", "b7")
    path.write_text(path.read_text("utf-8").replace("actual: ", "actual: 1", 1), "utf-8")
    [_, changed, row] = built(capsys, root)
    assert "b7" in changed
    assert "21 звіт без змін" in row
