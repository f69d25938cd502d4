"""An archive whose command is killed at any moment: whole bags only, and the next one completes."""

from __future__ import annotations

import os
import random
import subprocess
import sys
import time
from pathlib import Path

import pytest
from archived import add, faults, held, remarks
from overlays import ROOT

from reportgen.archive.journal import read_journal

_KILLS = 20
#: What is told of an archive in between: nothing is wrong with it.
_UNFINISHED = ("перерване внесення", "пакет записано в журнал", "покажчик ще не знає кінця")
_SCRIPT = """
import sys
from pathlib import Path
from archived import add
print("begun", flush=True)
for _ in range(3):
    add(Path(sys.argv[1]), files={"book.pdf": b"%PDF" * 100_000, "a.docx": b"PK" * 50_000})
print("done", flush=True)
"""


def begun(folder: Path) -> subprocess.Popen[bytes]:
    paths = [str(ROOT), str(ROOT / "tests"), str(ROOT / "tests/archive")]
    return subprocess.Popen(
        [sys.executable, "-c", _SCRIPT, str(folder)],
        env={**os.environ, "PYTHONPATH": os.pathsep.join(paths)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )


@pytest.mark.slow
def test_twenty_kills_leave_whole_bags_and_the_next_run_completes(tmp_path: Path) -> None:
    chance = random.Random(5)  # noqa: S311 - moments, not secrets
    folder = tmp_path / "a"
    start = time.monotonic()
    with begun(folder) as first:
        assert b"done" in first.communicate()[0]
    whole = time.monotonic() - start
    assert not faults(folder)
    bags: dict[str, str] = {}
    interrupted = 0
    for _ in range(_KILLS):
        with begun(folder) as process:
            assert process.stdout is not None
            process.stdout.readline()
            time.sleep(chance.random() * whole / 2)
            process.kill()
        there = held(folder)
        assert {name: there[name] for name in bags} == bags  # nothing that was there is touched
        journal = read_journal((folder / "journal.jsonl").read_bytes())
        assert not journal.faults
        named = {one.bag for one in journal.entries}
        placed = {path.relative_to(folder).as_posix() for path in folder.glob("sesiia-5/v*")}
        assert placed <= named
        assert len(named - placed) <= 1
        assert not faults(folder)
        said = remarks(folder)
        interrupted += bool(said)
        assert all(any(one in remark for one in _UNFINISHED) for remark in said), said
        if chance.random() < 0.5:
            add(folder)
            assert not faults(folder)
            assert not list(folder.rglob(".reportgen-*"))
        bags = {name: sha for name, sha in held(folder).items() if name.startswith("sesiia-5/v")}
    assert interrupted  # or else the moments were badly chosen
    add(folder)
    assert not faults(folder)


def test_a_bag_in_the_journal_without_its_name_gets_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As if killed between the two: the line is there, the move is not."""

    def killed(*_: object) -> None:
        raise KeyboardInterrupt

    folder = tmp_path / "a"
    with monkeypatch.context() as patched:
        patched.setattr("reportgen.build.archive_folder.settle", killed)
        with pytest.raises(KeyboardInterrupt):
            add(folder)
    assert not faults(folder)
    [said, *of_index] = remarks(folder)
    assert "v0001» — пакет записано в журнал, а на місце він не став" in said
    assert len(of_index) == 2
    assert add(folder).bag == "sesiia-5/v0002"
    assert not faults(folder)


def test_of_a_bag_without_its_line_nothing_is_left(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def killed(*_: object) -> None:
        raise SystemExit  # and what cleans up does not run either

    folder = tmp_path / "a"
    with monkeypatch.context() as patched:
        patched.setattr("reportgen.build.archive_folder.ArchiveFolder._append", killed)
        patched.setattr("reportgen.build.archive_folder.remove", lambda _: None)
        with pytest.raises(SystemExit):
            add(folder)
    assert list(folder.glob("sesiia-5/.reportgen-new-v0001/bagit.txt"))
    assert add(folder).bag == "sesiia-5/v0001"
    assert not faults(folder)


def test_a_bag_that_was_changed_while_it_waited_is_not_taken(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def killed(*_: object) -> None:
        raise SystemExit

    folder = tmp_path / "a"
    with monkeypatch.context() as patched:
        patched.setattr("reportgen.build.archive_folder.settle", killed)
        with pytest.raises(SystemExit):
            add(folder)
    [book] = folder.glob("sesiia-5/.reportgen-new-v0001/data/book.pdf")
    book.chmod(0o644)
    book.write_bytes(b"%PDF other")
    with pytest.raises(Exception, match=r"змінено «data/book\.pdf»"):
        add(folder)
