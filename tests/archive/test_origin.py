"""A bag proves that what was signed is what was built, and says by itself how."""

from __future__ import annotations

import hashlib
import json
import subprocess
from pathlib import Path

import pytest
from archived import add, described, faults, loosen

from reportgen.archive.bag_inspection import inspect_bag
from reportgen.build.bagging import Filling
from reportgen.diagnostics import BrokenEnvironment

BUILT = {"book.pdf": b"%PDF built" * 30, "book.docx": b"PK docx"}


def recorded(files: dict[str, bytes]) -> bytes:
    told = {
        name: {"sha256": hashlib.sha256(data).hexdigest(), "size": len(data)}
        for name, data in files.items()
    }
    return json.dumps({"files": told}).encode()


SIGNED = {**BUILT, "book.pdf": BUILT["book.pdf"] + b" signature", "manifest.json": recorded(BUILT)}


def test_a_signed_file_begins_with_what_was_built(tmp_path: Path) -> None:
    add(tmp_path / "a", files=SIGNED)
    assert not faults(tmp_path / "a")


@pytest.mark.parametrize(
    ("files", "said"),
    [
        ({**SIGNED, "book.pdf": b"%PDF other" * 40}, "«book.pdf» — не той файл, що складено"),
        ({**SIGNED, "book.pdf": b"%PDF"}, "«book.pdf» — не той файл, що складено"),
        ({**SIGNED, "book.docx": b"PK docx more"}, "«book.docx» — не той файл, що складено"),
        ({one: SIGNED[one] for one in ("book.pdf", "manifest.json")}, "називає «book.docx», а в"),
        ({**SIGNED, "manifest.json": b"[]"}, "не прочитано: це не опис складеного пакета"),
        ({**SIGNED, "manifest.json": b'{"files": {"a": 1}}'}, "не прочитано"),
        (
            {**SIGNED, "manifest.json": b'{"files": {"a": {"size": Infinity, "sha256": ""}}}'},
            "не прочитано",
        ),
        ({**SIGNED, "manifest.json": b"[" * 9000}, "не прочитано"),
    ],
)
def test_any_other_file_is_told_of(tmp_path: Path, files: dict[str, bytes], said: str) -> None:
    with pytest.raises(BrokenEnvironment, match=said):
        add(tmp_path / "a", files=files)


def test_names_may_be_others_in_the_bag(tmp_path: Path) -> None:
    """As with names of digits: the description says what each was called."""
    from dataclasses import replace  # noqa: PLC0415

    names = {"1.pdf": "book.pdf", "1.docx": "book.docx", "2.json": "manifest.json"}

    def describe(filling: Filling) -> tuple[object, str]:
        said, maker = described(filling)
        files = tuple(replace(one, called=names[one.name]) for one in said.files)
        return replace(said, files=files), maker

    files = {one: SIGNED[called] for one, called in names.items()}
    add(tmp_path / "a", files=files, describe=describe)  # type: ignore[arg-type]
    assert not faults(tmp_path / "a")
    with pytest.raises(BrokenEnvironment, match="не той файл, що складено"):
        add(tmp_path / "a", files={**files, "1.pdf": b"%PDF"}, describe=describe)  # type: ignore[arg-type]


def test_the_bag_says_how_it_is_verified_by_hand(tmp_path: Path) -> None:
    add(tmp_path / "a", files=SIGNED)
    bag = tmp_path / "a/sesiia-5/v0001"
    said = (bag / "README.txt").read_text("utf-8")
    commands = [one.strip() for one in said.splitlines() if one.startswith("    ")]
    size = len(BUILT["book.pdf"])
    for command in commands:
        typed = command.replace("РОЗМІР", str(size))
        done = subprocess.run(  # noqa: S602 - what we tell people to type
            typed, shell=True, cwd=bag, capture_output=True, check=True, text=True
        )
        if "head" in typed:
            assert hashlib.sha256(BUILT["book.pdf"]).hexdigest() in done.stdout
    assert len(commands) == 3


def test_a_bag_of_before_has_nothing_to_read_and_one_that_lost_it_is_told_of(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patched:
        patched.setattr("reportgen.archive.bag.README", "bagit.txt")
        add(tmp_path / "old", files=SIGNED)
    assert not (tmp_path / "old/sesiia-5/v0001/README.txt").exists()
    assert not faults(tmp_path / "old")
    add(tmp_path / "a", files=SIGNED)
    loosen(tmp_path / "a")
    bag = tmp_path / "a/sesiia-5/v0001"
    whole = (bag / "README.txt").read_bytes()
    (bag / "README.txt").unlink()
    assert "зник файл «README.txt»" in inspect_bag(bag).faults
    (bag / "README.txt").write_bytes(whole + b"!")
    assert "змінено «README.txt»" in inspect_bag(bag).faults
