"""An archive after a crash: the command itself has a way out, and nothing is ever removed."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from archived import FILES, add, archive, faults, held, remarks

from reportgen.archive.journal import line_hash
from reportgen.build.archive_folder import opened
from reportgen.build.bagging import remove
from reportgen.diagnostics import BrokenEnvironment

TORN = b'{"number":4,"prev'


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """An archive of three bags, the last of which is «sesiia-5/v0002»."""
    return archive(tmp_path / "a")


@pytest.fixture
def crashed(tmp_path: Path) -> Path:
    """The same as a power failure leaves it: nobody wrote the index after the last line."""
    folder = tmp_path / "a"
    add(folder)
    add(folder, "sesiia-6", {"book.pdf": b"%PDF six" * 50})
    index = index_of(folder)
    add(folder, "sesiia-5", {**FILES, "manifest.json": b"{ }\n"})
    before_index(folder, index)
    return folder


def set_aside(folder: Path) -> list[str]:
    """Return the places of all that was put aside, as the command tells them."""
    said: list[str] = []
    with opened(folder, set_aside=True, told=said.append) as archive:
        archive.write_index()
    places = [one.partition(", тепер він тут: ")[2] for one in said]
    return [Path(one).relative_to(folder).as_posix() for one in places if one]


def before_index(folder: Path, index: dict[str, bytes]) -> None:
    """Put back the index as it was before the last line came: a crash leaves it so."""
    for name, data in index.items():
        (folder / name).write_bytes(data)


def index_of(folder: Path) -> dict[str, bytes]:
    return {name: (folder / name).read_bytes() for name in ("index.csv", "index.html")}


def killed(folder: Path, monkeypatch: pytest.MonkeyPatch, what: str) -> None:
    """Add a bag by a command that is killed as it comes to a step."""

    def kill(*_: object) -> None:
        raise SystemExit

    with monkeypatch.context() as patched:
        patched.setattr(f"reportgen.build.archive_folder.{what}", kill)
        patched.setattr("reportgen.build.archive_folder.remove", lambda _: None)
        with pytest.raises(SystemExit):
            add(folder)


def test_a_torn_end_is_set_aside_when_it_is_asked_for(folder: Path) -> None:
    journal = folder / "journal.jsonl"
    whole = journal.read_bytes()
    for name in ("journal.torn-0004", "journal.torn-0004-2"):
        journal.write_bytes(whole + TORN)
        with pytest.raises(BrokenEnvironment, match="--set-aside"):
            add(folder)
        assert set_aside(folder) == [name]
        assert journal.read_bytes() == whole
        assert (folder / name).read_bytes() == TORN
        assert not faults(folder)
        assert any(f"{name} — відкладений обривок журналу" in one for one in remarks(folder))


def test_a_bag_whose_line_was_torn_is_set_aside_and_comes_again(crashed: Path) -> None:
    """As after a power failure: the bag has its place, and the end of its line is lost."""
    before = held(crashed / "sesiia-5/v0002")
    journal = crashed / "journal.jsonl"
    journal.write_bytes(journal.read_bytes()[:-9])
    with pytest.raises(BrokenEnvironment, match="--set-aside"):
        add(crashed)
    assert set_aside(crashed) == ["journal.torn-0003", "sesiia-5/v0002.aside-1"]
    assert held(crashed / "sesiia-5/v0002.aside-1") == before
    assert not faults(crashed)
    assert any("v0002.aside-1 — відкладений пакет" in one for one in remarks(crashed))
    assert add(crashed).bag == "sesiia-5/v0002"
    assert not faults(crashed)


def test_a_bag_whose_line_is_gone_is_set_aside_too(crashed: Path) -> None:
    journal = crashed / "journal.jsonl"
    lines = journal.read_bytes().splitlines(keepends=True)
    for number in (1, 2):
        journal.write_bytes(b"".join(lines[:-1]))
        for package in ("sesiia-5", "sesiia-6"):
            with pytest.raises(BrokenEnvironment, match=r"в журналі його немає.*--set-aside"):
                add(crashed, package)
        assert set_aside(crashed) == [f"sesiia-5/v0002.aside-{number}"]
        index = index_of(crashed)
        assert add(crashed).bag == "sesiia-5/v0002"
        before_index(crashed, index)
    add(crashed)
    assert not faults(crashed)


def test_the_first_bag_of_all_is_set_aside(tmp_path: Path) -> None:
    add(tmp_path / "a")
    for name in index_of(tmp_path / "a"):
        (tmp_path / "a" / name).unlink()
    (tmp_path / "a/journal.jsonl").write_bytes(TORN)
    assert set_aside(tmp_path / "a") == ["journal.torn-0001", "sesiia-5/v0001.aside-1"]
    assert add(tmp_path / "a").bag == "sesiia-5/v0001"
    assert not faults(tmp_path / "a")


def test_where_more_than_one_line_is_gone_the_journal_has_to_come_back(folder: Path) -> None:
    journal = folder / "journal.jsonl"
    lines = journal.read_bytes().splitlines(keepends=True)
    journal.write_bytes(lines[0])
    before = held(folder)
    with pytest.raises(BrokenEnvironment, match="відрізано; поверніть journal"):
        set_aside(folder)
    assert held(folder) == before


@pytest.mark.parametrize("left", [-9, None])
def test_what_a_time_stamp_proves_to_have_been_there_is_no_crash(
    folder: Path, left: int | None
) -> None:
    journal = folder / "journal.jsonl"
    lines = journal.read_bytes().splitlines(keepends=True)
    journal.write_bytes(b"".join(lines[:-1]) + (lines[-1][:left] if left else b""))
    (folder / "journal.0003.tsr").write_bytes(b"0")
    before = held(folder)
    with pytest.raises(BrokenEnvironment, match="засвідчує 3-й рядок журналу, а цілих рядків 2"):
        set_aside(folder)
    assert held(folder) == before


@pytest.mark.parametrize("left", [-9, None])
@pytest.mark.parametrize("name", ["index.csv", "index.html"])
def test_what_the_index_proves_to_have_been_there_is_no_crash(
    folder: Path, left: int | None, name: str
) -> None:
    """The index is written after the line lies on the disk; one of its files is enough."""
    journal = folder / "journal.jsonl"
    lines = journal.read_bytes().splitlines(keepends=True)
    journal.write_bytes(b"".join(lines[:-1]) + (lines[-1][:left] if left else b""))
    (folder / name).unlink()
    before = held(folder)
    with pytest.raises(BrokenEnvironment, match=r"відрізано; поверніть journal\.jsonl з копії"):
        set_aside(folder)
    assert held(folder) == before


@pytest.mark.parametrize("change", ["place", "count", "head", "stamp"])
def test_each_trace_in_the_index_is_enough(crashed: Path, change: str) -> None:
    journal, index = crashed / "journal.jsonl", crashed / "index.csv"
    lines = journal.read_bytes().splitlines(keepends=True)
    journal.write_bytes(b"".join(lines[:-1]) + lines[-1][:-9])
    text = index.read_text("utf-8")
    head = line_hash(lines[1])
    last = next(one for one in text.splitlines() if head in one)
    index.write_text(
        {
            "place": lambda: text.replace("\nsesiia-5;1;", "\nsesiia-5;2;"),
            "count": lambda: text.replace("журнал;2;", "журнал;3;"),
            "head": lambda: text.replace(head, line_hash(lines[2])),
            "stamp": lambda: text + last.replace("journal.jsonl", "journal.0003.tsr") + "\n",
        }[change](),
        "utf-8",
    )
    assert index.read_text("utf-8") != text
    with pytest.raises(BrokenEnvironment, match=r"покажчик.* поверніть journal\.jsonl з копії"):
        set_aside(crashed)


def test_an_index_that_nobody_can_read_proves_nothing(crashed: Path) -> None:
    journal = crashed / "journal.jsonl"
    journal.write_bytes(journal.read_bytes()[:-9])
    (crashed / "index.csv").write_bytes(b'\xff\0;"')
    (crashed / "index.html").write_bytes(b"\xff")
    assert set_aside(crashed) == ["journal.torn-0003", "sesiia-5/v0002.aside-1"]
    assert not faults(crashed)


@pytest.mark.parametrize("what", ["filled", "closed", "ArchiveFolder._append", "settle"])
def test_killed_at_any_step_the_next_command_goes_on(
    folder: Path, monkeypatch: pytest.MonkeyPatch, what: str
) -> None:
    before = held(folder)
    killed(folder, monkeypatch, what)
    came = what == "settle"  # its line was there
    assert add(folder).bag == ("sesiia-5/v0004" if came else "sesiia-5/v0003")
    assert not faults(folder)
    after = held(folder)
    assert all(after[one] == sha for one, sha in before.items() if "/v" in one)


def test_killed_within_the_line_the_bag_that_had_no_place_comes_again(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    killed(folder, monkeypatch, "ArchiveFolder._append")
    with (folder / "journal.jsonl").open("ab") as stream:
        stream.write(TORN)
    assert list(folder.glob("sesiia-5/.reportgen-new-v0003/bagit.txt"))
    assert set_aside(folder) == ["journal.torn-0004"]
    assert add(folder).bag == "sesiia-5/v0003"
    assert not faults(folder)


def test_under_the_name_of_what_is_aside_nothing_hides(folder: Path) -> None:
    path = folder / "sesiia-5/v0002.aside-1"
    (folder / "sesiia-5/v0002").rename(path)
    assert any("бракує пакета sesiia-5/v0002" in one for one in faults(folder))
    path.rename(folder / "sesiia-5/v0002")
    path.symlink_to(folder / "sesiia-5/v0001")
    assert any("зайве в архіві" in one for one in faults(folder))
    path.unlink()
    os.mkfifo(path)
    assert any("зайве в архіві" in one for one in faults(folder))


def test_a_cut_journal_is_refused_unasked_though_its_bag_is_gone_too(folder: Path) -> None:
    """Else the next command would write an index over the last trace of the bag."""
    journal = folder / "journal.jsonl"
    lines = journal.read_bytes().splitlines(keepends=True)
    journal.write_bytes(b"".join(lines[:-1]))
    remove(folder / "sesiia-5" / "v0002")
    before = held(folder)
    with pytest.raises(BrokenEnvironment, match="відрізано"), opened(folder):
        raise AssertionError
    assert held(folder) == before
