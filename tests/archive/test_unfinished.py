"""What a killed command leaves is told as such, and nothing else passes for it."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from archived import FILES, add, archive, described, faults, loosen, remarks

from reportgen.archive.journal import What
from reportgen.build.archive_folder import opened
from reportgen.build.bagging import remove
from reportgen.cli import main

NEW = ".reportgen-new-"
NAMES = ("index.csv", "index.html")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """An archive of three bags, the last of which is «sesiia-5/v0002»."""
    return archive(tmp_path / "a")


@pytest.fixture
def older(tmp_path: Path) -> Path:
    """The same, with the index of two bags."""
    folder = tmp_path / "a"
    add(folder)
    add(folder, "sesiia-6", {"book.pdf": b"%PDF six" * 50})
    kept = {name: (folder / name).read_bytes() for name in NAMES}
    add(folder, "sesiia-5", {**FILES, "manifest.json": b"{ }\n"})
    for name, data in kept.items():
        (folder / name).write_bytes(data)
    return folder


def unsettled(folder: Path) -> Path:
    """Take its place from the last bag, as if the command had been killed before the move."""
    place = folder / "sesiia-5/v0002"
    place.rename(place.with_name(NEW + place.name))
    return place.with_name(NEW + place.name)


def begun(folder: Path) -> None:
    shutil.copytree(folder / "sesiia-5/v0001/data", folder / f"sesiia-5/{NEW}v0003/data")


def written(folder: Path) -> None:
    (folder / ".reportgen-4711-0").write_bytes(b"half an ind")


LEFT: dict[str, tuple[Callable[[Path], object], str]] = {
    "bag": (begun, f"«sesiia-5/{NEW}v0003» — перерване внесення, до архіву нічого не ввійшло"),
    "move": (unsettled, f"«sesiia-5/{NEW}v0002» — пакет записано в журнал, а на місце він не став"),
    "file": (written, "«.reportgen-4711-0» — перерване внесення"),
}


@pytest.mark.parametrize("what", LEFT)
def test_what_a_crash_leaves_is_a_remark_that_says_what_to_do(folder: Path, what: str) -> None:
    leave, said = LEFT[what]
    leave(folder)
    assert not faults(folder)
    assert main(["verify", str(folder), "--root", str(folder.parent)]) == 1  # no real signatures
    [told] = remarks(folder)
    assert told.startswith(said)
    assert "запустіть archive ще раз" in told
    add(folder)
    assert not faults(folder)
    assert not remarks(folder)


def test_the_next_command_tells_what_it_has_done(folder: Path) -> None:
    said: list[str] = []
    unsettled(folder)
    shutil.copytree(folder / "sesiia-6/v0001", folder / f"sesiia-6/{NEW}v0002")
    with opened(folder, told=said.append):
        pass
    assert said == [
        f"Перерване внесення доведено до кінця: {folder / 'sesiia-5/v0002'}",
        f"Залишок перерваного внесення прибрано: {folder / f'sesiia-6/{NEW}v0002'}",
    ]


def test_a_bag_that_waits_for_its_place_is_inspected_as_any_other(folder: Path) -> None:
    new = unsettled(folder)
    loosen(new)
    (new / "data/book.pdf").write_bytes(b"%PDF other")
    assert any("sesiia-5/v0002: змінено «data/book.pdf»" in one for one in faults(folder))
    (new / "manifest-sha256.txt").write_bytes(b"")
    (new / "tagmanifest-sha256.txt").write_bytes(b"")
    said = faults(folder)
    assert any("бракує пакета sesiia-5/v0002" in one for one in said)
    assert any("зайве в архіві" in one for one in said)


def _of_another_line(folder: Path) -> None:
    place = folder / "sesiia-6/v0001"
    place.rename(place.with_name(NEW + place.name))


def _leading_elsewhere(folder: Path) -> None:
    new = unsettled(folder)
    new.rename(folder.parent / "elsewhere")
    new.symlink_to(folder.parent / "elsewhere")


@pytest.mark.parametrize(
    "forge",
    [
        _of_another_line,
        _leading_elsewhere,
        lambda folder: (folder / f"sesiia-5/{NEW}v0009").mkdir(),
        lambda folder: (folder / f"sesiia-5/{NEW}v0003").write_bytes(b"x"),
        lambda folder: (folder / f"sesiia-5/{NEW}v0003").symlink_to("v0001"),
        lambda folder: (folder / ".reportgen-x").write_bytes(b"x"),
        lambda folder: (folder / ".reportgen-1-1").mkdir(),
        lambda folder: (folder / ".reportgen-1-1").symlink_to("journal.jsonl"),
        lambda folder: (folder / "sesiia-5/.reportgen-1-1").write_bytes(b"x"),
    ],
)
def test_nothing_else_passes_for_a_crash(folder: Path, forge: Callable[[Path], object]) -> None:
    forge(folder)
    said = faults(folder)
    assert any("зайве в архіві" in one or "таке не дозволено" in one for one in said)


@pytest.mark.parametrize("names", [NAMES, NAMES[:1], NAMES[1:]])
def test_an_index_of_before_the_last_line_is_older_and_not_wrong(
    older: Path, names: tuple[str, ...]
) -> None:
    before = {one: (older / one).read_bytes() for one in names}
    with opened(older):  # it is written anew
        pass
    assert not remarks(older)
    for name, data in before.items():
        (older / name).write_bytes(data)
    assert not faults(older)
    told = remarks(older)
    assert len(told) == len(names)
    assert all("покажчик ще не знає кінця журналу" in one for one in told)


def test_killed_twice_the_index_is_behind_by_one_run(older: Path) -> None:
    with opened(older) as held:
        held.add("sesiia-6", {"a.txt": b"1"}, lambda one: described(one, "sesiia-6"), "")
    assert not faults(older)
    assert len(remarks(older)) == 2


@pytest.mark.parametrize("name", NAMES)
def test_an_older_index_has_to_be_just_what_it_was(older: Path, name: str) -> None:
    path = older / name
    data = path.read_bytes()
    for there, other in (("Олена", "Олени"), ("Краснопір", "Краснопор"), ("№ 7", "№ 8")):
        changed = data.replace(there.encode(), other.encode())
        path.write_bytes(changed)
        assert bool(faults(older)) == (changed != data)


def test_an_index_that_misses_more_than_one_run_is_wrong(older: Path) -> None:
    kept = {name: (older / name).read_bytes() for name in NAMES}
    add(older)
    for name, data in kept.items():
        (older / name).write_bytes(data)
    assert any("index.csv: покажчик не такий" in one for one in faults(older))


def test_a_renewal_that_was_killed_leaves_several_lines(older: Path) -> None:
    with opened(older):
        pass
    kept = {name: (older / name).read_bytes() for name in NAMES}
    for package in ("sesiia-5", "sesiia-6"):
        add(older, package, describe=lambda one, of=package: described(one, of, What.RENEWED))
    for name, data in kept.items():
        (older / name).write_bytes(data)
    assert not faults(older)
    assert any("покажчик ще не знає кінця журналу" in one for one in remarks(older))


def test_the_first_bag_of_all_may_lack_an_index(tmp_path: Path) -> None:
    add(tmp_path / "a")
    for name in NAMES:
        (tmp_path / "a" / name).unlink()
    assert not faults(tmp_path / "a")
    assert len(remarks(tmp_path / "a")) == 2
    add(tmp_path / "a")
    (tmp_path / "a/index.csv").unlink()
    assert any("index.csv не читається" in one for one in faults(tmp_path / "a"))


def test_a_torn_journal_stays_invalid_and_says_the_way_out(older: Path) -> None:
    journal = older / "journal.jsonl"
    lines = journal.read_bytes().splitlines(keepends=True)
    for data in (b"".join(lines)[:-9], b"".join(lines[:-1])):
        journal.write_bytes(data)
        assert faults(older)
        assert any("відкладе archive … --set-aside" in one for one in remarks(older))
    # A journal that was cut is none that was torn, and nobody is told how to hide that.
    journal.write_bytes(lines[0])
    assert not any("--set-aside" in one for one in remarks(older))
    journal.write_bytes(b"".join(lines[:-1]))
    with opened(older, set_aside=True) as held:
        held.write_index()
    journal.write_bytes(lines[0] + lines[1][:-9])
    remove(older / "sesiia-6/v0001")
    assert faults(older)
    assert not any("--set-aside" in one for one in remarks(older))
    journal.write_bytes(lines[0].replace("Олена".encode(), "Олени".encode()) + lines[1])
    assert any("не продовжує попереднього" in one for one in faults(older))
