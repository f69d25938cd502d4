"""New archive time-stamps over a whole archive: a new version each, the old ones untouched."""

from __future__ import annotations

import datetime
import io
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from archived import TIME, add, described, held
from authority import Authority
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.timestamps import HTTPTimeStamper
from stamped import blank, judge_of, signed

from reportgen.archive.description import Description
from reportgen.archive.inspection import Judge, inspect
from reportgen.archive.journal import What, read_journal
from reportgen.archive.renewal import StampError, extended
from reportgen.build.archive_folder import opened
from reportgen.build.bagging import Filling
from reportgen.build.renewing import Extend, Renewing, Step
from reportgen.model.verdict import Outcome

#: The service's certificate ends before, and those that `longer` lends to one more stamp do not.
FAR = datetime.datetime.now(datetime.UTC) + datetime.timedelta(days=365 * 9 + 100)


def stamping(authority: Authority) -> Extend:
    roots = [authority.certificate("root")]
    return lambda data: extended(data, HTTPTimeStamper(authority.time_stamps), roots)


def by(judge: Judge) -> Callable[[Filling], tuple[Description, str]]:
    """Return what describes bags by what a judge finds in their PDFs."""

    def describe(filling: Filling) -> tuple[Description, str]:
        said, maker = described(filling)
        files = []
        for one in said.files:
            found = judge(filling.folder / one.name) if one.name.endswith(".pdf") else None
            outcome, names = (found.outcome, found.signed) if found else (None, ())
            files.append(replace(one, outcome=outcome, signed=names))
        return replace(said, files=tuple(files)), maker

    return describe


@pytest.fixture(scope="module")
def book(authority: Authority) -> bytes:
    return signed(blank(), authority)


def filled(folder: Path, authority: Authority, book: bytes, number: int = 1) -> Path:
    for one in range(number):
        name = f"sesiia-{one + 1}"

        def describe(filling: Filling, name: str = name) -> tuple[Description, str]:
            said, maker = by(judge_of(authority))(filling)
            return replace(said, package=name), maker

        add(folder, name, {"book.pdf": book, "book.docx": b"PK"}, describe)
    return folder


def renewed(
    folder: Path, authority: Authority, before: datetime.datetime, extend: Extend | None = None
) -> list[Step]:
    judge = judge_of(authority, longer=True)
    renewing = Renewing(before, judge, extend or stamping(authority), TIME, "Олена Мельник")
    with opened(folder) as archive:
        steps = list(renewing.go(archive))
        archive.write_index()
        return steps


def test_a_stamp_is_added_and_nothing_before_it_changes(
    authority: Authority, book: bytes, tmp_path: Path
) -> None:
    made = stamping(authority)(book)
    assert made.startswith(book)
    before = PdfFileReader(io.BytesIO(book)).embedded_timestamp_signatures
    after = PdfFileReader(io.BytesIO(made)).embedded_timestamp_signatures
    assert len(after) == len(before) + 1
    (tmp_path / "book.pdf").write_bytes(made)
    assert judge_of(authority)(tmp_path / "book.pdf").outcome is Outcome.VALID


def test_what_ends_soon_comes_again_as_a_new_version(
    authority: Authority, book: bytes, tmp_path: Path
) -> None:
    folder = filled(tmp_path / "a", authority, book)
    before = held(folder)
    [step] = renewed(folder, authority, FAR)
    assert step.entry is not None
    assert (step.entry.bag, step.entry.what) == ("sesiia-1/v0002", What.RENEWED)
    after = held(folder)
    assert {one: after[one] for one in before if "/v" in one} == {
        one: sha for one, sha in before.items() if "/v" in one
    }
    assert after["sesiia-1/v0002/data/book.docx"] == before["sesiia-1/v0001/data/book.docx"]
    data = (folder / "sesiia-1/v0002/data/book.pdf").read_bytes()
    assert data.startswith(book)
    verdicts = inspect(folder, judge_of(authority))
    assert {one.outcome for one in verdicts} == {Outcome.VALID}
    assert "поновлено позначки часу" in (folder / "index.csv").read_text("utf-8")
    # What is renewed is due no more.
    assert [one.entry for one in renewed(folder, authority, FAR)] == [None]


def test_what_holds_long_enough_is_left_alone(
    authority: Authority, book: bytes, tmp_path: Path
) -> None:
    folder = filled(tmp_path / "a", authority, book)
    [step] = renewed(folder, authority, TIME)
    assert (step.entry, step.faults) == (None, ())
    assert not (folder / "sesiia-1/v0002").exists()


def test_a_run_that_was_stopped_is_taken_up_again(
    authority: Authority, book: bytes, tmp_path: Path
) -> None:
    folder = filled(tmp_path / "a", authority, book, 3)
    real, calls = stamping(authority), iter(range(10))

    def stopping(data: bytes) -> bytes:
        if next(calls) == 1:
            raise KeyboardInterrupt
        return real(data)

    with pytest.raises(KeyboardInterrupt):
        renewed(folder, authority, FAR, stopping)
    assert len(read_journal((folder / "journal.jsonl").read_bytes()).entries) == 4
    steps = renewed(folder, authority, FAR)
    assert [one.entry and one.entry.bag for one in steps] == [
        None,
        "sesiia-2/v0002",
        "sesiia-3/v0002",
    ]
    assert {one.outcome for one in inspect(folder, judge_of(authority))} == {Outcome.VALID}


def test_a_stamp_that_holds_no_longer_is_refused(
    authority: Authority, book: bytes, tmp_path: Path
) -> None:
    """The same service with the same certificate: its stamp would prove nothing more."""
    folder = filled(tmp_path / "a", authority, book)
    renewing = Renewing(FAR, judge_of(authority), stamping(authority), TIME, "Олена")
    with opened(folder) as archive:
        [step] = renewing.go(archive)
    assert step.entry is None
    assert "діє не довше за стару" in step.faults[0]
    assert not list(folder.glob("sesiia-1/*v0002"))


def test_a_damaged_bag_is_not_renewed_and_the_others_are(
    authority: Authority, book: bytes, tmp_path: Path
) -> None:
    folder = filled(tmp_path / "a", authority, book, 2)
    file = folder / "sesiia-1/v0001/data/book.docx"
    file.chmod(0o644)
    file.write_bytes(b"XX")
    first, second = renewed(folder, authority, FAR)
    assert any("book.docx" in one for one in first.faults)
    assert second.entry is not None


def test_a_dead_service_changes_nothing(authority: Authority, book: bytes, tmp_path: Path) -> None:
    folder = filled(tmp_path / "a", authority, book)
    before = held(folder)
    roots = [authority.certificate("root")]
    dead = HTTPTimeStamper("http://127.0.0.1:9/tsa")
    [step] = renewed(folder, authority, FAR, lambda data: extended(data, dead, roots))
    assert "служба позначок часу не відповіла" in step.faults[0]
    assert held(folder) == before


def test_files_that_take_no_stamp(authority: Authority, book: bytes) -> None:
    for data in (b"%PDF-1.7 nothing", b"", book[:5000]):
        with pytest.raises(StampError):
            stamping(authority)(data)
    with pytest.raises(StampError, match="останню позначку"):
        extended(book, HTTPTimeStamper(authority.time_stamps), [authority.certificate("issuer")])
