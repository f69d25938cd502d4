"""New archive time-stamps over a whole archive: a new version each, the old ones untouched."""

from __future__ import annotations

import datetime
import io
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from archived import HOLDER, TIME, add, described, held, lenient, signed_by_head
from authority import Authority
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.timestamps import HTTPTimeStamper
from stamped import blank, judge_of, signed

from reportgen.archive.bearing import may_bear
from reportgen.archive.description import Description
from reportgen.archive.inspection import Judge, inspect
from reportgen.archive.journal import What, read_journal
from reportgen.archive.renewal import StampError, extended
from reportgen.build.archive_folder import opened
from reportgen.build.bagging import Filling
from reportgen.build.renewing import Extend, Renewing, Step
from reportgen.model.verdict import Level, Outcome, Verdict

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
            found = judge(filling.folder / one.name) if may_bear(one.name) else None
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


NEAR = TIME + datetime.timedelta(days=365)


@pytest.mark.parametrize(
    ("name", "change", "said", "lasts"),
    [
        ("book.pdf", {"level": Level.B, "holds_until": NEAR}, "рівень B-B: у файлі немає", False),
        ("book.pdf", {"level": Level.T, "holds_until": FAR}, "профілем рівня B-LTA", True),
        ("book.pdf.p7s", {"holds_until": FAR}, "програма чи служба надавача", True),
        ("book.asice", {"level": Level.LT, "holds_until": NEAR}, "внесіть пакет ще раз", False),
        ("book.asics", {"holds_until": NEAR}, "програма чи служба надавача", False),
        (
            "book.pdf.p7s",  # ДСТУ 4145: of it only the certificate is known
            {"outcome": Outcome.UNKNOWN, "level": None, "holds_until": None},
            f"діє до {HOLDER.until:%d.%m.%Y}, поновити не можна",
            False,
        ),
        (
            "book.pdf",
            {"outcome": Outcome.UNKNOWN, "level": None, "holds_until": None, "holder": None},
            "невідомо, доки діє, поновити не можна: нову позначку часу ставить",
            False,
        ),
        (
            "book.pdf",
            {"outcome": Outcome.INVALID, "faults": ("сертифікат прострочено",)},
            "підпис недійсний; сертифікат прострочено",
            False,
        ),
        ("book.pdf", {"outcome": Outcome.UNTRUSTED}, "довіру до підпису не встановлено", False),
    ],
)
def test_what_cannot_be_renewed_is_named_with_what_to_do(
    tmp_path: Path, name: str, change: dict[str, object], said: str, *, lasts: bool
) -> None:
    before = NEAR + datetime.timedelta(days=1)

    def judge(path: Path) -> Verdict:
        one = replace(signed_by_head("Підпис1"), **change)  # type: ignore[arg-type]
        return Verdict(path.name, "", (one,))

    add(tmp_path / "a", files={name: b"%PDF signed", "book.docx": b"PK"})
    renewing = Renewing(before, judge, lambda data: data, TIME, "Олена")
    with opened(tmp_path / "a") as archive:
        [step] = renewing.go(archive)
    assert step.entry is None
    [told] = step.remarks if lasts else step.faults
    assert bool(step.faults) is not lasts
    assert told.startswith(f"{name}: ")
    assert said in told


def test_files_that_share_their_day_and_reason_stand_in_one_sentence(tmp_path: Path) -> None:
    def judge(path: Path) -> Verdict:
        level = Level.LT if path.name == "c.pdf" else Level.T
        one = replace(signed_by_head("Підпис1", NEAR), level=level)
        return Verdict(path.name, "", (one,))

    add(tmp_path / "a", files=dict.fromkeys(("a.pdf", "b.pdf", "c.pdf"), b"%PDF signed"))
    renewing = Renewing(TIME, judge, lambda data: data, TIME, "Олена")
    with opened(tmp_path / "a") as archive:
        [step] = renewing.go(archive)
    [told] = step.remarks
    assert told.startswith(f"a.pdf, b.pdf: діє до {NEAR:%d.%m.%Y}, поновити не можна: рівень B-T")
    assert (step.faults, step.entry) == ((), None)


def test_what_can_be_renewed_is_not_held_up_by_what_cannot(
    authority: Authority, book: bytes, tmp_path: Path
) -> None:
    real = judge_of(authority, longer=True)

    def judge(path: Path) -> Verdict:
        return lenient(path) if path.suffix == ".p7s" else real(path)

    files = {"book.pdf": book, "book.pdf.p7s": b"\x30\x82"}
    add(tmp_path / "a", "sesiia-5", files, by(judge))
    renewing = Renewing(FAR, judge, stamping(authority), TIME, "Олена")
    with opened(tmp_path / "a") as archive:
        [step] = renewing.go(archive)
    assert step.entry is not None
    [told] = step.faults
    assert told.startswith("book.pdf.p7s: діє до 01.01.2030")


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
