"""Whatever is done to an archive behind its back is noticed."""

from __future__ import annotations

import hashlib
import os
import random
import shutil
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest
from archived import FILES, HOLDER, add, archive, described, faults, held, loosen, signed_by_head

from reportgen.archive import inspection
from reportgen.archive.bag import tag_manifests
from reportgen.archive.bag_inspection import inspect_bag
from reportgen.archive.description import Description, as_json, parse
from reportgen.archive.inspection import inspect
from reportgen.archive.journal import as_line, read_journal
from reportgen.build.bagging import Filling
from reportgen.model.verdict import Outcome, Verdict

BLOCK = 1024


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An archive that tests copy or put right again."""
    folder = archive(tmp_path_factory.mktemp("whole"))
    loosen(folder)
    (folder / ".reportgen.lock").unlink(missing_ok=True)
    return folder


@pytest.fixture
def copy(whole: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(whole, tmp_path / "copy"))


def flipped(data: bytes, place: int, bit: int) -> bytes:
    changed = bytearray(data)
    changed[place] ^= 1 << bit
    return bytes(changed)


def unnoticed(file: Path, data: bytes, notice: Callable[[], object]) -> bool:
    """Tell whether a file may hold other bytes without anybody noticing; it is put right again."""
    before = file.read_bytes()
    assert data != before
    overwrite(file, data)
    try:
        return not notice()
    finally:
        overwrite(file, before)


def overwrite(file: Path, data: bytes) -> None:
    """Write in place: a file that is emptied first, some disks wait for."""
    with file.open("r+b") as stream:
        stream.write(data)
        stream.truncate()


def test_every_block_of_every_file(whole: Path) -> None:
    chance = random.Random(1)  # noqa: S311 - places, not secrets
    for name in held(whole):
        file = whole / name
        data = file.read_bytes()
        for start in range(0, len(data), BLOCK):
            place = min(start + chance.randrange(BLOCK), len(data) - 1)
            changed = flipped(data, place, chance.randrange(8))
            assert not unnoticed(file, changed, lambda: faults(whole)), (name, place)
    assert not faults(whole)


@pytest.mark.slow
def test_ten_thousand_flips_of_a_bag_alone(whole: Path) -> None:
    """A bag has no journal to lean on here, and the library `bagit` is asked only of sound ones."""
    chance = random.Random(2)  # noqa: S311
    bag = whole / "sesiia-5/v0001"
    files = [path for path in sorted(bag.rglob("*")) if path.is_file()]
    sizes = [path.stat().st_size for path in files]
    originals = {path: path.read_bytes() for path in files}
    for number in range(10_000):
        # Half of them by the bytes that files have, half by files: small ones hold the hashes.
        [file] = chance.choices(files, sizes if number % 2 else None)
        data = originals[file]
        changed = flipped(data, chance.randrange(len(data)), chance.randrange(8))
        assert not unnoticed(file, changed, lambda: inspect_bag(bag).faults), (file, number)
    assert not inspect_bag(bag).faults


@pytest.mark.slow
def test_flips_of_the_journal_and_the_index(whole: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody touches bags meanwhile, so each is read once."""
    monkeypatch.setattr(inspection, "inspect_bag", cache(inspect_bag))
    chance = random.Random(3)  # noqa: S311
    for number in range(600):
        file = whole / chance.choice(["journal.jsonl", "journal.jsonl", "index.csv", "index.html"])
        data = file.read_bytes()
        changed = flipped(data, chance.randrange(len(data)), chance.randrange(8))
        assert not unnoticed(file, changed, lambda: faults(whole)), (file, number)


@pytest.mark.parametrize("name", ["journal.jsonl", "index.csv", "index.html"])
def test_every_byte_of_the_last_lines(whole: Path, name: str) -> None:
    """No line follows the last one of the journal; the index holds its hash."""
    data = (whole / name).read_bytes()
    for place in range(len(data) - 1, max(len(data) - 330, 0), -7):
        changed = flipped(data, place, place % 8)
        assert not unnoticed(whole / name, changed, lambda: faults(whole)), place


def test_cut_files(whole: Path) -> None:
    for name in held(whole):
        data = (whole / name).read_bytes()
        for cut in (b"", data[:-1], data[: len(data) // 2], data + b"\n", data + b"\0"):
            assert not unnoticed(whole / name, cut, lambda: faults(whole)), name


def test_removed_files(copy: Path) -> None:
    for name in held(copy):
        (copy / name).rename(copy.parent / "aside")
        assert faults(copy), name
        (copy.parent / "aside").rename(copy / name)
    assert not faults(copy)


def test_swapped_files(copy: Path) -> None:
    data = copy / "sesiia-5/v0001/data"
    (data / "book.pdf").rename(data / "x")
    (data / "manifest.json").rename(data / "book.pdf")
    (data / "x").rename(data / "manifest.json")
    said = faults(copy)
    assert any("змінено «data/book.pdf»" in one for one in said)
    assert any("змінено «data/manifest.json»" in one for one in said)


ADDED: dict[str, Callable[[Path], object]] = {
    "file in data": lambda bag: (bag / "data/x.pdf").write_bytes(b"x"),
    "file in the bag": lambda bag: (bag / "x.txt").write_bytes(b"x"),
    "folder in data": lambda bag: (bag / "data/x").mkdir(),
    "folder in the bag": lambda bag: (bag / "x").mkdir(),
    "fetch.txt": lambda bag: (bag / "fetch.txt").write_text("http://x/ 1 data/../../../x\n"),
    "empty fetch.txt": lambda bag: (bag / "fetch.txt").write_bytes(b""),
    "more hashes": lambda bag: (bag / "manifest-md5.txt").write_bytes(b""),
    "link": lambda bag: (bag / "data/x.pdf").symlink_to("book.pdf"),
    "link to nothing": lambda bag: (bag / "data/x.pdf").symlink_to("/nowhere"),
    "pipe": lambda bag: os.mkfifo(bag / "data/x.pdf"),
    "odd name": lambda bag: (bag / "data/a\u202eb.pdf").write_bytes(b"x"),
    "hidden": lambda bag: (bag / "data/.x").write_bytes(b"x"),
    "in the archive": lambda bag: (bag.parents[1] / "x").write_bytes(b"x"),
    "beside versions": lambda bag: (bag.parent / "x").mkdir(),
    "version nought": lambda bag: (bag.parent / "v0000").mkdir(),
    "left of a killed one": lambda bag: (bag.parent / ".reportgen-new-v0009").mkdir(),
    "an empty bag": lambda bag: (bag.parent / "v0009").mkdir(),
    "a token for a journal to come": lambda bag: (bag.parents[1] / "journal.0009.tsr").write_bytes(
        b"x"
    ),
}


@pytest.mark.parametrize("what", ADDED)
def test_added_things(copy: Path, what: str) -> None:
    ADDED[what](copy / "sesiia-5/v0001")
    assert faults(copy)


def test_of_one_file_one_thing_is_said(copy: Path) -> None:
    """Though both manifests and the description know nothing of it, or know it otherwise."""
    bag = copy / "sesiia-5/v0001"
    (bag / "data/x.txt").write_bytes(b"x")
    assert inspect_bag(bag).faults == (
        "зайвий файл «data/x.txt»: його немає в manifest-sha256.txt і manifest-sha512.txt",
    )
    (bag / "data/x.txt").rename(bag / "data/book.pdf.p7s")
    assert inspect_bag(bag).faults == ("змінено «data/book.pdf.p7s»",)
    (bag / "data/book.pdf.p7s").unlink()
    assert inspect_bag(bag).faults == ("зник файл «data/book.pdf.p7s»",)


@pytest.mark.parametrize("name", ["data/book.pdf", "data", "bagit.txt", "manifest-sha512.txt"])
def test_a_link_in_place_of_what_was_there(copy: Path, name: str) -> None:
    """Even one to the very same bytes: they would not be held by the archive."""
    path = copy / "sesiia-5/v0001" / name
    path.rename(copy.parent / "elsewhere")
    path.symlink_to(copy.parent / "elsewhere")
    assert faults(copy)


def test_links_in_place_of_bags_and_the_journal(copy: Path) -> None:
    for name in ("sesiia-5/v0001", "sesiia-6", "journal.jsonl", "index.csv"):
        (copy / name).rename(copy.parent / "elsewhere")
        (copy / name).symlink_to(copy.parent / "elsewhere")
        assert faults(copy), name
        (copy / name).unlink()
        (copy.parent / "elsewhere").rename(copy / name)


def _rewritten(bag: Path) -> None:
    """Write the manifests of a bag anew, as somebody who knows BagIt would."""
    for algorithm in ("sha256", "sha512"):
        lines = [
            f"{hashlib.new(algorithm, one.read_bytes()).hexdigest()}  data/{one.name}\n"
            for one in sorted((bag / "data").iterdir())
        ]
        (bag / f"manifest-{algorithm}.txt").write_text("".join(lines), "utf-8")
    tags = {
        one.name: one.read_bytes()
        for one in bag.iterdir()
        if one.is_file() and not one.name.startswith("tagmanifest")
    }
    for name, data in tag_manifests(tags).items():
        (bag / name).write_bytes(data)


def test_a_file_changed_with_all_its_manifests(copy: Path) -> None:
    bag = copy / "sesiia-5/v0001"
    (bag / "data/book.pdf").write_bytes(b"%PDF other")
    _rewritten(bag)
    assert any("описує не ті файли" in one for one in faults(bag))
    assert any("пакет не той, що записано в рядку 1" in one for one in faults(copy))


def test_a_bag_replaced_by_a_sound_one(copy: Path, tmp_path: Path) -> None:
    add(tmp_path / "other", files={**FILES, "book.pdf": b"%PDF other"})
    shutil.rmtree(copy / "sesiia-5/v0001")
    shutil.copytree(tmp_path / "other/sesiia-5/v0001", copy / "sesiia-5/v0001")
    assert not faults(copy / "sesiia-5/v0001")
    assert any("пакет не той, що записано в рядку 1" in one for one in faults(copy))


def test_versions_that_changed_places(copy: Path) -> None:
    (copy / "sesiia-5/v0001").rename(copy / "x")
    (copy / "sesiia-5/v0002").rename(copy / "sesiia-5/v0001")
    (copy / "x").rename(copy / "sesiia-5/v0002")
    assert sum("пакет не той" in one for one in faults(copy)) == 2


def test_a_missing_bag_and_one_too_many(copy: Path) -> None:
    shutil.rmtree(copy / "sesiia-6")
    assert any("бракує пакета sesiia-6/v0001" in one for one in faults(copy))
    shutil.copytree(copy / "sesiia-5/v0002", copy / "sesiia-5/v0003")
    assert any("sesiia-5/v0003 немає в журналі" in one for one in faults(copy))


@pytest.mark.parametrize("gone", [0, 1, 2])
def test_a_line_of_the_journal_removed_with_its_bag(copy: Path, gone: int) -> None:
    """Of the last one, the index still tells; and who has noted its hash, if that is forged too."""
    journal = copy / "journal.jsonl"
    lines = journal.read_bytes().splitlines(keepends=True)
    head = read_journal(b"".join(lines)).head
    shutil.rmtree(copy / read_journal(b"".join(lines)).entries[gone].bag)
    journal.write_bytes(b"".join(lines[:gone] + lines[gone + 1 :]))
    assert faults(copy)
    told = any("журнал переписано" in one for one in faults(copy, head))
    assert told == (gone == len(lines) - 1)


def test_a_journal_written_anew_from_end_to_end(copy: Path, tmp_path: Path) -> None:
    """All fits together, so only a hash that was noted elsewhere can tell; and it does."""
    before = read_journal((copy / "journal.jsonl").read_bytes())
    forged = tmp_path / "forged"
    add(forged, files={**FILES, "book.pdf": b"%PDF forged"})
    assert not faults(forged)
    assert all(any("журнал переписано" in one for one in faults(forged, x)) for x in before.hashes)
    assert not faults(copy, before.hashes[0])


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("book.pdf", b"%PDF " + b"x" * 1024 * 1024 + b"/Contents <00> /ByteRange [0 1 2 3]"),
        ("book.pdf", b"%PDF " + b"x" * (1024 * 1024 - 10) + b"/ByteRange [0 1 2 3]"),
        ("BOOK.PDF", b"%PDF /B#79te#52a#6Ege[0 1 2 3]"),
        ("book.pdf.p7s", b"\x30\x00"),
        ("book.asice", b"PK"),
    ],
)
def test_a_description_that_hides_signatures_hides_nothing(
    tmp_path: Path, name: str, data: bytes
) -> None:
    """All hashes fit, and the description says that nobody signed."""
    judged: list[str] = []

    def judge(path: Path) -> Verdict:
        judged.append(path.name)
        return Verdict(path.name, "", (), ("змінено після підпису",))

    add(tmp_path, files={name: data, "note.pdf": b"%PDF unsigned", "x.docx": b"PK"})
    loosen(tmp_path)
    bag = tmp_path / "sesiia-5/v0001"
    said = parse((bag / "description.json").read_bytes())
    files = tuple(replace(one, outcome=None, signed=()) for one in said.files)
    (bag / "description.json").write_bytes(as_json(replace(said, files=files)))
    _rewritten(bag)
    found = inspect(bag, judge)
    assert judged == [name]
    assert "змінено після підпису" in [fault for one in found for fault in one.faults]
    assert f"description.json каже, що «{name}» без підпису, а підпис у ньому є" in [
        fault for one in found for fault in one.faults
    ]


def test_a_description_that_names_others_is_told_of(tmp_path: Path) -> None:
    def other(filling: Filling) -> tuple[Description, str]:
        said, maker = described(filling)
        signed = replace(signed_by_head("Підпис1"), holder=replace(HOLDER, serial="FF"))
        files = tuple(replace(one, signed=(signed,)) for one in said.files)
        return replace(
            said, files=tuple(replace(one, outcome=Outcome.VALID) for one in files)
        ), maker

    add(tmp_path, files={"book.pdf": b"%PDF"}, describe=other)
    assert any("називає інші підписи" in one for one in faults(tmp_path))


def test_who_put_it_there_cannot_be_changed(copy: Path) -> None:
    journal = copy / "journal.jsonl"
    entries = read_journal(journal.read_bytes()).entries
    data = b"".join(map(as_line, entries[:-1]))
    last = as_line(entries[-1])
    journal.write_bytes(data + last.replace("Олена".encode(), "Олени".encode()))
    assert not read_journal(journal.read_bytes()).faults
    assert any("index.csv" in one for one in faults(copy))


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("manifest-sha256.txt", "0" * 64 + "  ../../../../etc/passwd\n"),
        ("manifest-sha256.txt", "0" * 64 + "  data/../../x\n"),
        ("manifest-sha512.txt", "0" * 128 + "  /etc/passwd\n"),
        ("tagmanifest-sha256.txt", "0" * 64 + "  ../journal.jsonl\n"),
        ("bagit.txt", "BagIt-Version: 1.0\nTag-File-Character-Encoding: zip\n"),
        ("bagit.txt", "BagIt-Version: 0.97\nTag-File-Character-Encoding: UTF-8\n"),
        ("bag-info.txt", "Payload-Oxum: 999999999999999999.x\n"),
    ],
)
def test_paths_that_lead_out_and_other_traps(copy: Path, name: str, text: str) -> None:
    bag = copy / "sesiia-5/v0001"
    for data in (text, (bag / name).read_text("utf-8") + text):
        before = (bag / name).read_bytes()
        (bag / name).write_text(data, "utf-8")
        assert inspect_bag(bag).faults
        (bag / name).write_bytes(before)
