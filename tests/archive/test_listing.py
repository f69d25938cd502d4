"""What lies in an archive and is no part of it: files of systems are remarked upon, no more."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from archived import add, faults, lenient, loosen

from reportgen.archive.inspection import inspect
from reportgen.cli import main

PLACES = ("", "sesiia-5", "sesiia-5/v0001", "sesiia-5/v0001/data")
NAMES = ("Thumbs.db", "desktop.ini", ".DS_Store", "~$book.docx", "~$01-biblioteky.xlsx")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    add(tmp_path / "a")
    loosen(tmp_path / "a")
    return tmp_path / "a"


def remarks(folder: Path) -> list[str]:
    return [said for one in inspect(folder, lenient) for said in one.remarks]


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("place", PLACES)
def test_a_file_of_a_system_is_a_remark_and_no_fault(folder: Path, place: str, name: str) -> None:
    (folder / place / name).write_bytes(b"\0" * 70)
    assert not faults(folder)
    [said] = remarks(folder)
    assert f"{name}» — зайвий файл системи, не частина архіву" in said


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize(
    "name", ["thumbs.db", "Thumbs.db.exe", ".DS_Store2", "~$book.pdf", "~$.docx", "._book.pdf"]
)
def test_any_other_name_is_a_fault(folder: Path, place: str, name: str) -> None:
    (folder / place / name).write_bytes(b"\0")
    assert faults(folder)


@pytest.mark.parametrize("place", PLACES)
def test_what_is_no_plain_file_hides_behind_no_name(folder: Path, place: str) -> None:
    path = folder / place / "Thumbs.db"
    path.mkdir()
    assert faults(folder)
    path.rmdir()
    path.symlink_to(folder / "journal.jsonl")
    assert faults(folder)
    path.unlink()
    os.mkfifo(path)
    assert faults(folder)
    path.unlink()
    assert not faults(folder)


def test_a_file_that_the_manifest_knows_is_no_file_of_a_system(tmp_path: Path) -> None:
    add(tmp_path / "a", files={"book.pdf": b"%PDF", "Thumbs.db": b"figures"})
    loosen(tmp_path / "a")
    assert not faults(tmp_path / "a")
    assert not remarks(tmp_path / "a")
    (tmp_path / "a/sesiia-5/v0001/data/Thumbs.db").write_bytes(b"others")
    assert any("змінено «data/Thumbs.db»" in one for one in faults(tmp_path / "a"))
    (tmp_path / "a/sesiia-5/v0001/data/Thumbs.db").unlink()
    assert any("зник файл «data/Thumbs.db»" in one for one in faults(tmp_path / "a"))


def test_the_command_tells_the_remark(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "sesiia-5/v0001/data/Thumbs.db").write_bytes(b"\0")
    main(["verify", str(folder), "--format", "json"])
    said = {one["file"]: one for one in json.loads(capsys.readouterr().out)}
    assert said["sesiia-5/v0001"]["outcome"] == "valid"
    assert "Thumbs.db" in said["sesiia-5/v0001"]["remarks"][0]
    main(["verify", str(folder)])
    assert "Зауваження: «data/Thumbs.db» — зайвий файл системи" in capsys.readouterr().out
