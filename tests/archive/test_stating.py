"""What is said of an archive that is whole, and what a noted hash is good for."""

from __future__ import annotations

from pathlib import Path

import pytest
from archived import add, archive, faults, lenient

from reportgen.archive.inspection import inspect
from reportgen.archive.journal import read_journal
from reportgen.cli import main


def _states(folder: Path, head: str = "") -> dict[str, str]:
    return {one.name: one.states for one in inspect(folder, lenient, head=head) if one.hashed}


def _hashes(folder: Path) -> tuple[str, ...]:
    return read_journal((folder / "journal.jsonl").read_bytes()).hashes


def test_every_part_says_what_it_proves(tmp_path: Path) -> None:
    folder = archive(tmp_path / "archive")
    states = _states(folder)
    last = _hashes(folder)[-1]
    assert states["journal.jsonl"] == f"журнал цілий: 3 записи, останній рядок {last}"
    assert states["sesiia-5/v0001"] == "пакет цілий: 4 файли, усі хеші збігаються"
    assert states["sesiia-6/v0001"] == "пакет цілий: 1 файл, усі хеші збігаються"
    assert states["index.csv"] == "покажчик збігається з пакетами й журналом"
    [bag, *_] = inspect(folder / "sesiia-5" / "v0001", lenient)
    assert bag.states == states["sesiia-5/v0001"]


def test_the_noted_line_is_found_by_the_beginning_of_its_hash(tmp_path: Path) -> None:
    folder = archive(tmp_path / "archive")
    second = _hashes(folder)[1]
    for head in (second, second[:16]):
        assert _states(folder, head)["journal.jsonl"].endswith("записаний вами рядок — № 2")
        assert not [one for one in faults(folder, head) if "немає рядка" in one]
    other = second[:15] + ("0" if second[15] != "0" else "1")
    assert any("у журналі немає рядка з хешем" in one for one in faults(folder, other))


def test_the_tenth_version_comes_after_the_ninth(tmp_path: Path) -> None:
    folder = tmp_path / "archive"
    for number in (10, 9):
        add(folder, f"sesiia-{number}", {"опис.txt": b"1"})
    names = [one.name for one in inspect(folder, lenient)]
    assert names[-2:] == ["sesiia-9/v0001", "sesiia-10/v0001"]


def test_the_command_says_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = tmp_path / "archive"
    add(folder, files={"опис.txt": b"1"})
    assert main(["verify", str(folder), "--root", str(tmp_path)]) == 0
    told = capsys.readouterr().out
    assert f"journal.jsonl: журнал цілий: 1 запис, останній рядок {_hashes(folder)[-1]}\n" in told
    assert "sesiia-5/v0001: пакет цілий: 1 файл, усі хеші збігаються\n" in told
    assert told.endswith("Пакети, журнал і покажчик: усе ціле.\n")
    assert main(["verify", str(folder / "sesiia-5" / "v0001"), "--root", str(tmp_path)]) == 0
    assert capsys.readouterr().out.endswith("Пакет цілий.\n")
    written = bytearray((folder / "index.csv").read_bytes())
    written[-3] ^= 1
    (folder / "index.csv").chmod(0o644)
    (folder / "index.csv").write_bytes(bytes(written))
    assert main(["verify", str(folder), "--root", str(tmp_path)]) == 1
    assert "Пакети, журнал і покажчик: 1 із 4 має вади." in capsys.readouterr().out
