"""``reportgen archive``: from content to a verified bag in one command; the archive order."""

from __future__ import annotations

import csv
import datetime
import functools
import hashlib
import io
import json
import re
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import bagit
import pikepdf
import pytest
from archived import held, signed_by_head
from authority import PASSWORD, Authority
from lxml import etree
from overlays import ROOT
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import signers, timestamps
from small_project import write
from stamped import judge_of
from test_package import FILE, PACKAGE, small

from reportgen.archive.description import Held
from reportgen.archive.inspection import inspect
from reportgen.archive.journal import What, read_journal
from reportgen.build.archiving import judged
from reportgen.build.gathering import UnfitError, gather
from reportgen.cli import main
from reportgen.model.verdict import Kind, Outcome, Verdict
from reportgen.sign.standing import is_signed_at_once
from reportgen.verify import judge
from reportgen.verify.trust import Trust

SIGNING = """time_stamps: {time_stamps}
trust: [{root}]
keys:
  holova: {{file: {key}}}
profiles:
  rada:
    mark: false
    signatures: [{{key: holova, seal: true}}]
"""
ADOPTED = "adopted: {number: 7, date: 2024-08-30}\n"
CODES = """institution: "13576954"
archive: "01234567"
fonds: 12
inventory: 3
cases: {sesiia-5: 47}
"""


@pytest.fixture(autouse=True)
def _passwords(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let keys be opened."""
    monkeypatch.setenv("REPORTGEN_PASSWORD_HOLOVA", PASSWORD)


#: Verdicts by a file's name and hash, who is trusted, and the day: the same files come every time.
_JUDGED: dict[tuple[str, str, tuple[bytes, ...], datetime.date], Verdict] = {}


def judge_once(path: Path, name: str, trust: Trust, at: datetime.datetime) -> Verdict:
    """Judge a PDF as the command does, the same bytes once; other files depend on neighbours."""
    if path.suffix != ".pdf" or not path.is_file():
        return judge(path, name, trust, at)
    sha256 = hashlib.sha256(path.read_bytes()).hexdigest()
    key = name, sha256, tuple(one.dump() for one in trust.roots), at.date()
    if key not in _JUDGED:
        _JUDGED[key] = judge(path, name, trust, at)
    return _JUDGED[key]


signed_at_once = functools.cache(is_signed_at_once)


@pytest.fixture(autouse=True)
def _judging_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("reportgen.cli.archive_setting.judge", judge_once)
    monkeypatch.setattr("reportgen.cli.archive_command.is_signed_at_once", signed_at_once)


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory, authority: Authority) -> Path:
    """A project with a package that was made, signed and archived by one command."""
    root = small(tmp_path_factory.mktemp("project"))
    text = SIGNING.format(
        time_stamps=authority.time_stamps, root=authority.root, key=authority.pfx("seal")
    )
    write(root / "content/signing.yaml", text)
    write(root / "content/archive.yaml", CODES)
    write(root / FILE, PACKAGE + ADOPTED)
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("REPORTGEN_PASSWORD_HOLOVA", PASSWORD)
        command = ["archive", "sesiia-5", "--root", str(root), "--jobs", "1"]
        assert main([*command, "--profile", "rada", "--by", "Олена Мельник"]) == 0
    return root


@pytest.fixture
def copy(project: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(project, tmp_path / "project", symlinks=True))


def archived(root: Path, *options: str) -> int:
    return main(["archive", "sesiia-5", "--root", str(root), *options])


def test_one_command_goes_the_whole_way(project: Path) -> None:
    bag = project / "archive/sesiia-5/v0001"
    assert bagit.Bag(str(bag)).validate()
    built = project / "output/packages/sesiia-5"
    names = {path.name for path in built.iterdir()}
    assert {path.name for path in (bag / "data").iterdir()} == names
    for name in names:
        data, whole = (built / name).read_bytes(), (bag / "data" / name).read_bytes()
        assert whole.startswith(data)
        assert (whole == data) == (not name.endswith(".pdf"))
    said = json.loads((bag / "description.json").read_bytes())
    assert said["council"] == "Вербівська сільська рада"
    book = next(one for one in said["files"] if one["name"] == "book.pdf")
    with pikepdf.open(built / "book.pdf") as pdf:
        assert book["pages"] == len(pdf.pages)
    annex = next(one for one in said["files"] if one["name"] == "01-biblioteky.pdf")
    assert annex["period"] == "2024-h1"
    assert "ібліотек" in annex["programme"]
    [entry] = read_journal((project / "archive/journal.jsonl").read_bytes()).entries
    assert (entry.package, entry.version, entry.who) == ("sesiia-5", 1, "Олена Мельник")
    text = (project / "archive/index.csv").read_bytes().decode("utf-8-sig")
    rows = [*csv.DictReader(io.StringIO(text), delimiter=";")]
    assert {one["Підписувач"] for one in rows if one["Файл"].endswith(".pdf")} >= {
        "Житомирська міська рада"
    }


@pytest.mark.tool("openssl")
def test_openssl_knows_the_time_stamp_of_the_journal(project: Path, authority: Authority) -> None:
    archive = project / "archive"
    command = ["openssl", "ts", "-verify", "-data", archive / "journal.jsonl"]
    command += ["-in", archive / "journal.0001.tsr", "-CAfile", authority.root]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert "Verification: OK" in done.stdout + done.stderr


def test_an_unchanged_package_makes_no_new_version(
    copy: Path, authority: Authority, capsys: pytest.CaptureFixture[str]
) -> None:
    before = held(copy / "archive")
    assert archived(copy) == 0
    said = capsys.readouterr().out
    assert "Від sesiia-5/v0001 нічого не змінилося" in said
    assert said.endswith("Перевірено: пакет дійсний.\n")
    assert archived(copy, "--profile", "rada", "--jobs", "1") == 0
    assert "Від sesiia-5/v0001 нічого не змінилося" in capsys.readouterr().out
    assert held(copy / "archive") == before
    # Nor does one whose bag has taken new time-stamps since: what lies in `signed` is older.
    with pytest.MonkeyPatch.context() as patched:
        judge = judge_of(authority, longer=True)
        patched.setattr("reportgen.cli.archive_setting.judge_by", lambda *_: judge)
        assert main(["archive", "renew", "--root", str(copy), "--before", "2099-01-01"]) == 0
    capsys.readouterr()
    assert archived(copy) == 0
    assert "Від sesiia-5/v0002 нічого не змінилося" in capsys.readouterr().out


def test_what_is_unchanged_is_verified_where_it_lies(
    copy: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = copy / "archive/sesiia-5/v0001/data/note.docx"
    path.chmod(0o644)
    path.write_bytes(b"PK")
    assert archived(copy) == 1
    said = capsys.readouterr().err
    assert "змінено «data/note.docx»" in said
    assert "цілий пакет із signed внесе --again" in said


@pytest.mark.parametrize("changed", ["title", "number", "name"])
def test_whatever_has_changed_makes_a_new_version(copy: Path, changed: str) -> None:
    if changed == "title":
        path = copy / "content/council.yaml"
        path.write_text(path.read_text("utf-8").replace("Вербівська", "Вербова"), "utf-8")
    elif changed == "number":
        (copy / "signed/packages/sesiia-5/book.pdf.p7s").unlink(missing_ok=True)
        (copy / "signed/packages/sesiia-5/note.pdf").unlink()
    assert archived(copy, *(["--names", "digits"] if changed == "name" else [])) == 0
    assert (copy / "archive/sesiia-5/v0002").is_dir()


def test_a_draft_is_not_archived_unless_it_is_asked_for(
    copy: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(copy / FILE, PACKAGE)
    before = held(copy / "archive"), held(copy / "signed")
    assert archived(copy, "--profile", "rada") == 1  # nothing is made or signed either
    said = capsys.readouterr().err
    assert f"Не внесено: {FILE}:1:1: рішення ще не ухвалено" in said
    assert "чернетку внесе --draft" in said
    assert (held(copy / "archive"), held(copy / "signed")) == before
    make = ["package", "sesiia-5", "--root", str(copy), "--jobs", "1"]
    assert main(make) == 0
    sign = ["sign", "sesiia-5", "--root", str(copy), "--profile", "rada", "--replace"]
    assert main(sign) == 0
    assert archived(copy) == 1
    assert "рішення ще не ухвалено" in capsys.readouterr().err
    write(copy / FILE, PACKAGE + ADOPTED)  # and nobody has made it again
    assert archived(copy, "--draft") == 1
    assert (
        f"{FILE}:1:1: рішення № 7 від 30.08.2024, а пакет складено з порожніми номером і датою"
        in capsys.readouterr().err
    )
    write(copy / FILE, PACKAGE)
    assert archived(copy, "--draft") == 0
    assert "Чернетка: content/packages/sesiia-5.yaml:1:1" in capsys.readouterr().err


def test_a_mistyped_profile_is_told_before_anything_is_made(
    copy: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.rmtree(copy / "output")
    assert archived(copy, "--profile", "radda") == 2
    assert "немає профілю «radda»; можливо, rada; є: rada" in capsys.readouterr().err
    assert not (copy / "output").exists()


def test_the_vote_is_that_which_was_built(copy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(copy / FILE, PACKAGE)
    assert archived(copy, "--again") == 0
    said = json.loads((copy / "archive/sesiia-5/v0002/description.json").read_bytes())
    assert said["decision"] == "№ 7 від 30.08.2024"
    assert archived(copy, "--adopted", "8", "2024-08-30") == 2
    assert "--adopted пишуть разом із --profile" in capsys.readouterr().err


def test_a_journal_without_its_time_stamp_gets_it_by_a_repeat(
    copy: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = copy / "content/signing.yaml"
    text = path.read_text("utf-8")
    path.write_text(re.sub(r"time_stamps: \S+", "time_stamps: http://127.0.0.1:9/", text), "utf-8")
    assert archived(copy, "--again") == 0
    said = capsys.readouterr()
    assert "Зауважте: журнал лишився без позначки часу: служба" in said.err
    assert "запустіть archive ще раз не пізніше ніж за добу, і вона додасться" in said.err
    path.write_text(text, "utf-8")
    assert archived(copy) == 0
    said = capsys.readouterr()
    assert "До журналу додано позначку часу: journal.0002.tsr" in said.out
    assert "без позначки" not in said.err
    assert archived(copy) == 0
    assert "позначку часу" not in capsys.readouterr().out


def test_whose_time_stamp_is_late_is_told(
    copy: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    (copy / "archive/journal.0001.tsr").unlink()
    monkeypatch.setattr("reportgen.cli.archive_setting.LATE", datetime.timedelta(0))
    assert archived(copy) == 0
    assert "Зауважте: рядок 1 журналу так і лишився без позначки" in capsys.readouterr().err
    assert not (copy / "archive/journal.0001.tsr").exists()


def test_asked_for_again_it_is_a_new_version(
    copy: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = held(copy / "archive")
    assert archived(copy, "--again") == 0
    said = capsys.readouterr().out
    journal = read_journal((copy / "archive/journal.jsonl").read_bytes())
    assert f"Останній рядок журналу: {journal.head}" in said
    assert "Внесено sesiia-5/v0002" in said
    after = held(copy / "archive")
    assert {one: after[one] for one in before if "/v" in one or one.endswith("tsr")} == {
        one: sha for one, sha in before.items() if "/v" in one or one.endswith("tsr")
    }
    assert {"journal.0001.tsr", "journal.0002.tsr"} <= set(after)


def test_signatures_made_elsewhere_come_along(
    copy: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    place = copy / "signed/packages/sesiia-5"
    write(place / "notes.txt", "нотатки")
    write(place / "book.pdf.bak", "старий")
    assert archived(copy) == 0
    said = capsys.readouterr().err
    assert "Лишилося поза архівом, бо не підписане: sesiia-5/notes.txt" in said
    assert "book.pdf.bak" not in said
    write(place / "book.docx.p7s", b"\x30\x03\x02\x01\x05")
    assert archived(copy) == 1  # the judge of these tests knows PDF alone: it is no valid one
    assert "book.docx.p7s: підпис недійсний" in capsys.readouterr().err
    assert not (copy / "archive/sesiia-5/v0003").exists()


def _cut(root: Path) -> None:
    path = root / "signed/packages/sesiia-5/book.pdf"
    path.write_bytes(path.read_bytes()[:-300])


def _rebuilt(root: Path) -> None:
    path = root / "content/programmes/biblioteky/2024-h1.yaml"
    path.write_text(path.read_text("utf-8").replace("actual: 18.0", "actual: 17.0"), "utf-8")
    assert main(["package", "sesiia-5", "--root", str(root), "--jobs", "1"]) == 0


def _unsigned(root: Path) -> None:
    name = "packages/sesiia-5/book.pdf"
    shutil.copy(root / "output" / name, root / "signed" / name)


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (_cut, "book.pdf: файл пошкоджено"),
        (_rebuilt, "book.pdf підписано не з того файлу, що складено"),
        (_unsigned, "book.pdf: файл лежить серед підписаних, а підпису в ньому немає"),
        (lambda root: shutil.rmtree(root / "signed"), "немає підписаних PDF"),
        (lambda root: shutil.rmtree(root / "output"), "спершу складіть пакет"),
        (
            lambda root: write(root / "output/packages/sesiia-5/workbook.xlsx", "інше"),
            "workbook.xlsx змінено після складання",
        ),
        (
            lambda root: (root / "output/packages/sesiia-5/note.docx").unlink(),
            "note.docx змінено після складання або немає",
        ),
        (
            lambda root: write(root / "output/packages/sesiia-5/manifest.json", "[]"),
            "не опис пакета",
        ),
    ],
)
def test_what_is_not_whole_does_not_come(
    copy: Path, capsys: pytest.CaptureFixture[str], spoil: object, said: str
) -> None:
    before = held(copy / "archive")
    spoil(copy)  # type: ignore[operator]
    capsys.readouterr()
    assert archived(copy) == 1
    assert said in capsys.readouterr().err
    assert held(copy / "archive") == before


def test_nobody_comes_whom_no_root_stands_behind(
    copy: Path, rsa_authority: Authority, capsys: pytest.CaptureFixture[str]
) -> None:
    before = held(copy / "archive")
    assert archived(copy, "--again", "--trust", str(rsa_authority.root)) == 1
    said = capsys.readouterr().err
    assert "book.pdf: довіру до підпису не встановлено" in said
    (copy / "content/signing.yaml").unlink()
    assert archived(copy, "--again") == 1
    said = capsys.readouterr().err
    assert "book.pdf: довіру до підпису не встановлено" in said
    assert "задайте ключем trust у content/signing.yaml або параметром --trust" in said
    assert held(copy / "archive") == before


def test_who_verifies_without_the_noted_hash_is_told_what_is_not_guarded(
    copy: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    command = ["verify", str(copy / "archive"), "--root", str(copy)]
    assert main(command) == 0
    said = capsys.readouterr()
    assert "кінець журналу й чи не переписано його весь, без --head" in said.err
    assert "journal.0001.tsr: дійсна — Позначки часу, " in said.out
    head = read_journal((copy / "archive/journal.jsonl").read_bytes()).head
    assert main([*command, "--head", head]) == 0
    assert not capsys.readouterr().err
    assert main(["verify", str(copy / "archive/sesiia-5/v0001"), "--root", str(copy)]) == 0
    assert not capsys.readouterr().err


def kinds(text: str) -> list[str]:
    """Return the lines of an answer without what differs from council to council."""
    for pattern, told in (
        (r"[0-9a-f]{16,64}…?", "ХЕШ"),
        (r"\d\d\.\d\d\.\d{4} \d\d:\d\d \+0[23]:00", "ЧАС"),
        (r"^.*archive: чи не", "archive: чи не"),
        (r"sesiia-\d+", "ПАКЕТ"),
        (r"\b\d+ (?:запис|файл|дійсн)\w*", "СКІЛЬКИ"),
        (r"(?<=дійсний — )[^,]+", "ХТО"),
    ):
        text = re.sub(pattern, told, text, flags=re.MULTILINE)
    return text.splitlines()


@pytest.mark.parametrize(
    ("page", "begins"),
    [("verify.md", "archive: чи не відрізано"), ("archive.md", "Внесено sesiia-35/v0001")],
)
def test_the_guide_shows_what_is_really_printed(
    copy: Path, capsys: pytest.CaptureFixture[str], page: str, begins: str
) -> None:
    """Line by line, but for what «…» stands for; nothing but files of bags may be left out."""
    text = (ROOT / "docs/uk" / page).read_text("utf-8")
    [sample] = [one for one in re.findall(r"```text\n(.*?)```", text, re.DOTALL) if begins in one]
    shutil.rmtree(copy / "archive")
    assert archived(copy) == 0
    said = capsys.readouterr()
    if page == "verify.md":
        assert main(["verify", str(copy / "archive"), "--root", str(copy)]) == 0
        said = capsys.readouterr()
    shown, printed = kinds(sample), kinds(said.err + said.out)
    assert [one for one in shown if one != "…"] == [
        one for one in printed if one in shown or "/data/" not in one
    ]


def test_a_time_stamp_alone_is_no_signature(
    copy: Path, authority: Authority, capsys: pytest.CaptureFixture[str]
) -> None:
    name = "packages/sesiia-5/book.pdf"
    stamper = signers.PdfTimeStamper(timestamps.HTTPTimeStamper(authority.time_stamps))
    writer = IncrementalPdfFileWriter(io.BytesIO((copy / "output" / name).read_bytes()))
    made = stamper.timestamp_pdf(writer, "sha256")
    (copy / "signed" / name).write_bytes(made.getvalue())
    before = held(copy / "archive")
    assert archived(copy) == 1
    assert "сама позначка часу не каже, хто підписав" in capsys.readouterr().err
    assert held(copy / "archive") == before


@pytest.mark.parametrize(
    ("kinds", "outcomes", "said"),
    [
        ((Kind.SIGNATURE,), (Outcome.VALID,), ""),
        ((Kind.SEAL, Kind.TIME_STAMP), (Outcome.VALID, Outcome.VALID), ""),
        ((Kind.SIGNATURE,), (Outcome.UNKNOWN,), ""),
        ((Kind.SIGNATURE, Kind.SEAL), (Outcome.UNKNOWN, Outcome.UNTRUSTED), "довіру до підпису"),
        ((Kind.SIGNATURE,), (Outcome.UNTRUSTED,), "довіру до підпису не встановлено"),
        ((Kind.TIME_STAMP,), (Outcome.VALID,), "сама позначка часу не каже"),
        ((Kind.SIGNATURE,), (Outcome.INVALID,), "підпис недійсний"),
        ((), (), "підпису в ньому немає"),
    ],
)
def test_what_is_taken_and_what_is_not(
    tmp_path: Path, kinds: tuple[Kind, ...], outcomes: tuple[Outcome, ...], said: str
) -> None:
    signed = tuple(
        replace(signed_by_head("Підпис1"), kind=kind, outcome=outcome)
        for kind, outcome in zip(kinds, outcomes, strict=True)
    )
    plain = Held("book.pdf", "book.pdf", 1, "", 1, "", "", None)
    faults: list[str] = []
    judged(plain, tmp_path, lambda path: Verdict(path.name, "", signed), faults)
    assert len(faults) == bool(said)
    assert all(said in one for one in faults)


def test_what_was_added_before_the_signature_is_told_of(copy: Path) -> None:
    output, signed = copy / "output", copy / "signed"
    seen: list[tuple[bytes, bytes]] = []

    def at_once(built: bytes, there: bytes) -> bool:
        seen.append((built, there))
        return False

    with pytest.raises(
        UnfitError, match=r"book\.pdf: файл пошкоджено, або між складеним і першим підписом"
    ) as caught:
        gather("sesiia-5", output, signed, at_once=at_once)
    folder = "packages/sesiia-5"
    names = sorted(path.name for path in (signed / folder).glob("*.pdf"))
    assert len(caught.value.faults) == len(names)
    assert seen == [
        ((output / folder / one).read_bytes(), (signed / folder / one).read_bytes())
        for one in names
    ]
    assert gather("sesiia-5", output, signed, at_once=lambda *_: True).files


def test_names_do_not_command_the_terminal(copy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(copy / "signed/packages/sesiia-5/a\x1b[2J\u202eb.txt", "нотатки")
    assert archived(copy) == 0
    said = capsys.readouterr().err
    assert "sesiia-5/a [2J b.txt" in said
    assert "\x1b" not in said
    assert "\u202e" not in said


def test_a_pdf_that_nobody_signed_is_named(copy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for name in ("note.pdf", "decision.pdf"):
        (copy / "signed/packages/sesiia-5" / name).unlink()
    said = "ніхто не підписав: «decision.pdf», «note.pdf»; якщо мали підписати, підпишіть"
    assert archived(copy) == 0
    assert capsys.readouterr().err.count(f"v0002: {said}") == 1
    assert ";note.pdf;" in (copy / "archive/index.csv").read_text("utf-8")
    for place in ("archive", "archive/sesiia-5/v0002"):
        assert main(["verify", str(copy / place), "--root", str(copy)]) == 0
        assert capsys.readouterr().out.count(f"Зауваження: {said}") == 1
    shutil.copytree(
        copy / "archive/sesiia-5/v0001/data", copy / "signed/packages/sesiia-5", dirs_exist_ok=True
    )
    assert archived(copy) == 0  # the newer version is signed: nobody needs to know of the older
    assert "ніхто не підписав" not in capsys.readouterr().err
    assert main(["verify", str(copy / "archive"), "--root", str(copy)]) == 0
    assert "ніхто не підписав" not in capsys.readouterr().out


@pytest.mark.parametrize("level", ["B-B", "B-T", "B-LT"])
def test_what_can_never_be_renewed_is_told_before_it_is_late(
    copy: Path, capsys: pytest.CaptureFixture[str], level: str
) -> None:
    path = copy / "content/signing.yaml"
    text = path.read_text("utf-8")
    path.write_text(text.replace("mark:", f"level: {level}\n    mark:"), "utf-8")
    shutil.rmtree(copy / "signed")
    sign = ["sign", "sesiia-5", "--root", str(copy), "--jobs", "1", "--profile", "rada"]
    assert main(sign) == 0
    capsys.readouterr()
    assert archived(copy) == 0
    names = ("01-biblioteky.pdf", "book.pdf", "decision.pdf", "note.pdf")
    listed = ", ".join(f"«{one}» ({level})" for one in names)
    said = f"рівень підпису замалий для архіву: {listed}; "
    number = 0 if level == "B-LT" else 1
    assert capsys.readouterr().err.count(said) == number
    assert main(["verify", str(copy / "archive"), "--root", str(copy)]) == 0
    assert capsys.readouterr().out.count(said) == number
    path.write_text(text, "utf-8")  # and what is advised then, helps
    assert main([*sign, "--replace"]) == 0
    capsys.readouterr()
    assert archived(copy) == 0
    assert "замалий для архіву" not in capsys.readouterr().err
    assert main(["archive", "renew", "--root", str(copy), "--before", "2020-01-01"]) == 0
    assert main([*sign, "--replace"]) == 0
    assert "вже були підписані 4" in capsys.readouterr().out


def test_names_of_digits_and_envelopes(copy: Path) -> None:
    assert archived(copy, "--names", "digits", "--envelope") == 0
    bag = copy / "archive/sesiia-5/v0002"
    assert bagit.Bag(str(bag)).validate()
    names = sorted(path.name for path in (bag / "data").iterdir())
    head = "804-0013576954-0001234567-12-3-47-20240830-"
    for name in names:
        assert re.fullmatch(rf"{head}[0-9]{{3}}\.[a-z]+", name), name
        assert name[4:14] == "0013576954"
        assert name[15:25] == "0001234567"
    said = json.loads((bag / "description.json").read_bytes())
    called = {one["called"]: one["name"] for one in said["files"]}
    assert called["book.pdf"].removesuffix(".pdf") == called["book.xml"].removesuffix(".xml")
    assert sum(name.endswith(".xml") for name in names) == 4
    envelope = etree.parse(str(bag / "data" / called["book.xml"])).getroot()
    assert envelope.tag == "UIO"
    assert dict(envelope.attrib) == {
        "formatUIO": "XML",
        "versionUIO": "1.0",
        "codeLanguageUIO": "uk",
        "encodingUIO": "Unicode",
    }
    assert envelope.find("Access").get("codeAccess") == "0"
    [file] = envelope.findall(".//{*}file[@name]")
    assert file.get("name") == called["book.pdf"]
    shas = {one["name"]: one["sha256"] for one in said["files"]}
    assert file.get("sha256") == shas[called["book.pdf"]]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "yaml-empty"),
        (CODES.replace("fonds: 12", "fonds: Р-12"), "archive.yaml:3:8: помилка[number-invalid]"),
        (CODES.replace("13576954", "1357"), "«1357» — не такий номер"),
        (CODES + "fond: 1\n", "помилка[key-unknown]: невідомий ключ «fond»"),
        (CODES.replace("cases: {sesiia-5: 47}\n", ""), "бракує ключа «cases»"),
        (CODES.replace("sesiia-5: 47", "sesiia-6: 47"), "немає номера справи для пакета sesiia-5"),
        (CODES.replace("sesiia-5: 47", "Сесія: 47"), "«Сесія» — не назва пакета"),
        (CODES + "language: ukr\n", "«ukr» — не код мови"),
        (CODES + "restricted: так\n", "помилка[value-choice]"),
    ],
)
def test_mistakes_in_the_codes_are_told_at_their_place(
    copy: Path, capsys: pytest.CaptureFixture[str], text: str, said: str
) -> None:
    write(copy / "content/archive.yaml", text)
    assert archived(copy, "--names", "digits") == 1
    assert said in capsys.readouterr().err
    (copy / "content/archive.yaml").unlink()
    assert archived(copy, "--envelope") == 1
    assert "file-missing" in capsys.readouterr().err


def test_restricted_access_is_said(copy: Path) -> None:
    write(copy / "content/archive.yaml", CODES + "restricted: true\n")
    assert archived(copy, "--envelope") == 0
    data = copy / "archive/sesiia-5/v0002/data"
    assert b'codeAccess="1"' in (data / "book.xml").read_bytes()


def test_a_damaged_old_bag_stops_the_command_before_anything_is_written(
    copy: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = copy / "archive/sesiia-5/v0001/description.json"
    path.chmod(0o644)
    path.write_bytes(path.read_bytes() + b" ")
    before = held(copy / "archive")
    for command in (["sesiia-5"], ["renew", "--before", "2099-01-01"]):
        assert main(["archive", *command, "--root", str(copy)]) == 2
        assert "sesiia-5/v0001; поверніть їхні теки з копії архіву" in capsys.readouterr().err
        assert held(copy / "archive") == before
    assert archived(copy, "--again") == 0
    assert "sesiia-5/v0001: пакет зіпсовано або зник" in capsys.readouterr().err
    assert (copy / "archive/sesiia-5/v0002").is_dir()
    assert "пакет зіпсовано" in (copy / "archive/index.csv").read_text("utf-8")


def test_renewing_by_the_command(copy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    command = ["archive", "renew", "--root", str(copy)]
    assert main([*command, "--within", "30"]) == 0
    said = capsys.readouterr().out
    assert "[1/1] sesiia-5/v0001: поновлювати ще не час" in said
    assert "Поновлено 0 пакетів із 1." in said
    # The service's certificate is still the same, so there is nothing to be won.
    assert main([*command, "--before", "2099-01-01"]) == 1
    assert "діє не довше за стару" in capsys.readouterr().err
    assert not (copy / "archive/sesiia-5/v0002").exists()


def test_renewing_with_a_longer_lived_service(
    copy: Path, authority: Authority, monkeypatch: pytest.MonkeyPatch
) -> None:
    judge = judge_of(authority, longer=True)
    monkeypatch.setattr("reportgen.cli.archive_setting.judge_by", lambda *_: judge)
    assert main(["archive", "renew", "--root", str(copy), "--before", "2099-01-01"]) == 0
    journal = read_journal((copy / "archive/journal.jsonl").read_bytes())
    assert [one.what for one in journal.entries] == [What.ADDED, What.RENEWED]
    assert (copy / "archive/journal.0002.tsr").is_file()


def test_calls_that_cannot_be_carried_out(
    copy: Path, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    for options, said in (
        (["renew", "--archive", str(tmp_path / "none")], "немає архіву"),
        (["sesiia-9"], "немає пакета «sesiia-9»"),
        (["sesiia-5", "--archive", str(copy / "content/x")], "складати не можна"),
        (["sesiia-5", "--trust", str(tmp_path / "no.pem")], "не читається"),
        (["renew", "--within", "рік"], "потрібне число днів"),
        (["renew", "--before", "завтра"], "пишіть день"),
        (["sesiia-5", "--profile", "немає"], "немає профілю"),
    ):
        assert main(["archive", *options, "--root", str(copy)]) == 2, options
        assert said in capsys.readouterr().err


def test_a_dead_time_stamp_service_does_not_spoil_the_archive(
    copy: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert archived(copy, "--again", "--time-stamps", "http://127.0.0.1:9/tsa") == 0
    assert "журнал лишився без позначки часу" in capsys.readouterr().err
    assert not (copy / "archive/journal.0002.tsr").exists()
    assert remark(copy).startswith("на рядку 2 журналу немає своєчасної позначки часу")


def remark(root: Path) -> str:
    """Return the one thing that verification remarks of the journal."""
    [journal, *_] = inspect(root / "archive", lambda path: Verdict(path.name, "", ()))
    [said] = journal.remarks
    return said


def test_a_time_stamp_that_was_taken_away_is_told_of(copy: Path) -> None:
    (copy / "archive/journal.0001.tsr").unlink()
    assert remark(copy).startswith("на рядку 1 журналу немає своєчасної позначки часу")
    assert archived(copy) == 0  # the next command asks for another one
    assert (copy / "archive/journal.0001.tsr").is_file()


def test_a_clock_that_is_wrong_is_told_of_at_once(
    copy: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    long_ago = datetime.datetime(2020, 1, 1, tzinfo=datetime.UTC)
    monkeypatch.setattr("reportgen.cli.archive_setting.moment_of", lambda _: long_ago)
    assert archived(copy, "--again") == 0
    said = capsys.readouterr().err
    assert "журнал лишився без позначки часу: рядок 2 журналу датовано" in said
    assert "перевірте годинник комп'ютера" in said
    assert not (copy / "archive/journal.0002.tsr").exists()
