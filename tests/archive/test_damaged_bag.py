"""An old bag that cannot tell of itself: nothing is begun, and there is a way on."""

from __future__ import annotations

import csv
import io
import shutil
from pathlib import Path

import pytest
from archived import FILES, add, archive, described, faults, held, loosen

from reportgen.archive.journal import read_journal
from reportgen.build.archive_folder import opened
from reportgen.diagnostics import BrokenEnvironment

BAG = "sesiia-6/v0001"


def _spoil(folder: Path) -> None:
    path = folder / BAG / "description.json"
    path.write_bytes(path.read_bytes().replace(b"30.08.2024", b"30.08.2025"))


def _forge(folder: Path) -> None:
    path = folder / BAG / "tagmanifest-sha256.txt"
    path.write_bytes(path.read_bytes() + b"\n")


def _unread(folder: Path) -> None:
    (folder / BAG / "description.json").write_bytes(b"{")


def _lose(folder: Path) -> None:
    shutil.rmtree(folder / BAG)


@pytest.fixture(params=[_spoil, _forge, _unread, _lose], ids=lambda one: one.__name__[1:])
def damaged(tmp_path: Path, request: pytest.FixtureRequest) -> Path:
    folder = archive(tmp_path / "a")
    loosen(folder)
    shutil.copytree(folder, tmp_path / "copy")
    request.param(folder)
    return folder


def added(folder: Path) -> tuple[str, ...]:
    """Add a bag all the same, and return which ones are damaged."""
    with opened(folder, despite_damage=True) as held:
        held.add("sesiia-5", dict(FILES), lambda one: described(one, "sesiia-5"), "Олена Мельник")
        held.write_index()
        return held.damaged


def test_nothing_is_begun_and_it_is_said_what_to_do(damaged: Path) -> None:
    before = held(damaged)
    with pytest.raises(BrokenEnvironment) as refused:
        add(damaged, "sesiia-7")
    assert held(damaged) == before
    for said in (BAG, "поверніть", "з копії архіву", "--again"):
        assert said in str(refused.value)


def test_a_bag_that_was_brought_back_is_as_ever(damaged: Path) -> None:
    added(damaged)
    shutil.rmtree(damaged / BAG, ignore_errors=True)
    shutil.copytree(damaged.parent / "copy" / BAG, damaged / BAG)
    assert all(one.startswith("index.") for one in faults(damaged))
    add(damaged)
    assert not faults(damaged)


def test_on_demand_the_index_tells_the_bag_as_damaged(damaged: Path) -> None:
    assert added(damaged) == (BAG,)
    journal = read_journal((damaged / "journal.jsonl").read_bytes())
    [entry] = [one for one in journal.entries if one.bag == BAG]
    text = (damaged / "index.csv").read_text("utf-8-sig")
    [row] = [
        one
        for one in csv.DictReader(io.StringIO(text, newline=""), delimiter=";")
        if one["Пакет"] == "sesiia-6"
    ]
    assert (row["Версія"], row["Файл"]) == ("1", "tagmanifest-sha256.txt")
    assert (row["SHA-256"], row["Стан підпису"]) == (entry.tagmanifest, "пакет зіпсовано")
    page = (damaged / "index.html").read_text("utf-8")
    assert f"{BAG}: пакет зіпсовано" in page
    assert entry.tagmanifest in page
    said = faults(damaged)
    assert said
    assert all(one.startswith(BAG) for one in said)


def test_damage_that_came_later_is_not_laid_to_the_index(tmp_path: Path) -> None:
    """Where the description can still be read, the index is held against it."""
    folder = archive(tmp_path)
    loosen(folder)
    _forge(folder)
    said = faults(folder)
    assert said
    assert all(one.startswith(BAG) for one in said)


def test_nobody_makes_an_index_call_a_sound_bag_damaged(damaged: Path) -> None:
    added(damaged)
    index = {name: (damaged / name).read_bytes() for name in ("index.csv", "index.html")}
    shutil.rmtree(damaged / BAG, ignore_errors=True)
    shutil.copytree(damaged.parent / "copy" / BAG, damaged / BAG)
    for name, data in index.items():
        assert (damaged / name).read_bytes() == data
        assert any(one.startswith(name) for one in faults(damaged))
