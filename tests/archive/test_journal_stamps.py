"""Time-stamps of the journal's end: no journal but the stamped one fits them."""

from __future__ import annotations

import random
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from archived import FILES, add, archive, faults, lenient
from authority import Authority
from pyhanko.sign.timestamps import HTTPTimeStamper

from reportgen.archive.inspection import inspect
from reportgen.archive.stamp import judge_stamps, stamped, token_name
from reportgen.build.archive_folder import opened
from reportgen.model.verdict import Kind, Outcome, Verdict


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory, authority: Authority) -> Path:
    """An archive of three bags whose journal was stamped after the first two."""
    place = archive(tmp_path_factory.mktemp("stamped"))
    lines = (place / "journal.jsonl").read_bytes().splitlines(keepends=True)
    token = stamped(b"".join(lines[:2]), HTTPTimeStamper(authority.time_stamps))
    (place / token_name(2)).write_bytes(token)
    with opened(place) as held:
        held.write_index()
    return place


@pytest.fixture
def found(folder: Path, authority: Authority) -> Callable[[bytes], Verdict]:
    def judge(journal: bytes) -> Verdict:
        [verdict] = judge_stamps(folder, journal, [authority.certificate("root")])
        return verdict

    return judge


def test_a_stamp_holds_as_the_journal_grows(
    folder: Path, found: Callable[[bytes], Verdict]
) -> None:
    verdict = found((folder / "journal.jsonl").read_bytes())
    assert verdict.outcome is Outcome.VALID
    [signed] = verdict.signed
    assert signed.kind is Kind.TIME_STAMP
    assert signed.holder is not None
    assert signed.holder.name == "Позначки часу"
    assert signed.holds_until == signed.holder.until


def test_without_its_root_a_stamp_is_not_trusted(folder: Path, authority: Authority) -> None:
    data = (folder / "journal.jsonl").read_bytes()
    for roots in ([], [authority.certificate("issuer")]):
        [verdict] = judge_stamps(folder, data, roots)
        assert verdict.outcome is Outcome.UNTRUSTED


def test_another_journal_does_not_fit(
    folder: Path, found: Callable[[bytes], Verdict], tmp_path: Path
) -> None:
    add(tmp_path / "forged", files={**FILES, "book.pdf": b"%PDF forged"})
    add(tmp_path / "forged")
    forged = (tmp_path / "forged/journal.jsonl").read_bytes()
    assert found(forged).outcome is Outcome.INVALID
    data = (folder / "journal.jsonl").read_bytes()
    assert "кінець відрізано" in found(data.splitlines(keepends=True)[0]).faults[0]
    assert found(data.replace("Олена".encode(), "Олени".encode())).outcome is Outcome.INVALID


def test_a_line_that_is_dated_back_is_told_of(folder: Path, authority: Authority) -> None:
    """Its journal is of 2024 and the time-stamp of today: so is one that was written anew."""
    verdicts = inspect(folder, lenient, roots=[authority.certificate("root")])
    [said] = [one for one in verdicts if one.name == token_name(2)]
    assert "рядок 2 журналу датовано 16.02.2024 09:30 UTC" in said.faults[0]
    assert said.outcome is Outcome.INVALID
    [journal] = [one for one in verdicts if one.name == "journal.jsonl"]
    assert not journal.faults


def test_every_byte_of_a_stamp_counts(folder: Path, found: Callable[[bytes], Verdict]) -> None:
    """What it does not sign of itself, the index of the archive holds."""
    chance = random.Random(4)  # noqa: S311
    data = (folder / "journal.jsonl").read_bytes()
    file = folder / token_name(2)
    whole = file.read_bytes()
    try:
        for place in range(0, len(whole), 9):
            changed = bytearray(whole)
            changed[place] ^= 1 << chance.randrange(8)
            file.write_bytes(changed)
            verdict = found(data)
            assert verdict.outcome is not Outcome.VALID or any(
                "index.csv" in one for one in faults(folder)
            ), place
    finally:
        file.write_bytes(whole)


@pytest.mark.parametrize("data", [b"", b"\x30\x80", b"\x30\x03\x02\x01\x00", b"x" * 300_000])
def test_anything_may_lie_in_its_place(
    folder: Path, authority: Authority, tmp_path: Path, data: bytes
) -> None:
    place = Path(shutil.copytree(folder, tmp_path / "copy"))
    (place / token_name(2)).write_bytes(data)
    journal = (place / "journal.jsonl").read_bytes()
    [verdict] = judge_stamps(place, journal, [authority.certificate("root")])
    assert verdict.outcome is Outcome.INVALID
