"""A package: read back as a clerk and a secretary would, and never half of it."""

from __future__ import annotations

import datetime
import hashlib
import io
import json
import shutil
import zipfile
from dataclasses import replace
from functools import cache
from pathlib import Path

import docx
import pdfplumber
import pytest
from hypothesis import given
from hypothesis import strategies as st
from overlays import ROOT
from small_project import PERIOD, PROGRAMME, base, lay, write
from test_consolidated import typed

from reportgen.build.archive import archive, with_manifest
from reportgen.build.packages import packages
from reportgen.cli import main
from reportgen.diagnostics import Span
from reportgen.document.annex import mark_lines
from reportgen.document.numbers import print_number
from reportgen.load import load_content
from reportgen.model.council import NumberStyle, Official
from reportgen.model.package import Adopted, Annex, Package, Session
from reportgen.model.period import Period

FILE = "content/packages/sesiia-5.yaml"
PACKAGE = """title: Про звіт про виконання програми
session: {number: 5, convocation: VIII, date: 2024-08-30}
signatory: melnyk
annexes:
  - {programme: biblioteky, period: 2024-h1}
"""
PLACE = Span("content/packages/sesiia-5.yaml")
SIGNATORY = Official("melnyk", "Начальниця", "Олена", "МЕЛЬНИК", PLACE)
SESSION = Session("35", "VIII", datetime.date(2024, 2, 15))
HALF = Period.parse("2023-h1")


def of(number: int) -> Package:
    """Return a package of some annexes."""
    return Package(
        id="sesiia-35",
        council="Житомирської міської ради",
        title="Про звіти",
        place="",
        session=SESSION,
        adopted=None,
        speaker=None,
        signatory=SIGNATORY,
        annexes=tuple(Annex(one + 1, f"p{one}", HALF, PLACE) for one in range(number)),
        consolidated=True,
        span=PLACE,
    )


def made(folder: Path, *options: str, root: Path = ROOT, name: str = "sesiia-35") -> Path:
    """Make a package and return where it lies."""
    asked = ["package", name, "--root", str(root), "--output", str(folder), *options]
    assert main(asked) == 0
    return folder / "packages" / name


def small(folder: Path, package: str = PACKAGE) -> Path:
    """Return the small project with a package."""
    return lay(folder, {FILE: package})


def held(folder: Path) -> dict[str, bytes]:
    return {one.name: one.read_bytes() for one in folder.iterdir()}


def words(file: Path, pages: int | None = None) -> str:
    """Return the text of a DOCX or PDF as one line; what a mark or cell holds, too.

    ``pages``: of a PDF, this many from its beginning.
    """
    return _words(file.read_bytes(), file.suffix, pages)


@cache  # a book of many pages takes long to read, and many tests ask for it
def _words(data: bytes, suffix: str, pages: int | None) -> str:
    if suffix == ".pdf":
        with pdfplumber.open(io.BytesIO(data)) as pdf:
            text = "\n".join(page.extract_text() for page in pdf.pages[:pages])
    else:
        document = docx.Document(io.BytesIO(data))
        parts = [one.text for one in document.paragraphs]
        for table in document.tables:
            parts += (cell.text for row in table.rows for cell in row.cells)
        text = "\n".join(parts)
    return " ".join(text.split())


def printed(file: str, column: str) -> str:
    """Return the sum of a column as clerks typed it, in print."""
    return " ".join(print_number(typed(file, column), 1, NumberStyle()).split())


@pytest.fixture(scope="module")
def before(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The shipped package before the vote."""
    return made(tmp_path_factory.mktemp("before"))


@pytest.fixture(scope="module")
def after(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """And after it."""
    return made(tmp_path_factory.mktemp("after"), "--adopted", "1013", "2024-02-15")


ACTS = ("decision.docx", "decision.pdf", "note.docx", "note.pdf")
ANNEXES = ("01-social-protection", "02-equal-opportunities", "03-concept")


def test_mark_before_and_after_the_vote() -> None:
    package = of(2)
    assert mark_lines(package, 2) == (
        "Додаток 2",
        "до рішення міської ради",
        "від __.__.____ № ___",
        "(35 сесія VIII скликання)",
    )
    adopted = replace(package, adopted=Adopted("1013", datetime.date(2024, 2, 15)))
    assert mark_lines(adopted, 1)[2] == "від 15.02.2024 № 1013"


def test_the_only_annex_has_no_number() -> None:
    assert mark_lines(of(1), 1)[0] == "Додаток"


@pytest.mark.parametrize(
    ("council", "said"),
    [
        ("Івано-Франківської міської ради", "міської ради"),
        ("Вербівської сільської ради", "сільської ради"),
        ("Київради", "Київради"),
        ("ради", "ради"),
        ("виконавчого комітету", "виконавчого комітету"),
    ],
)
def test_whose_decision_it_is(council: str, said: str) -> None:
    assert mark_lines(replace(of(2), council=council), 1)[1] == f"до рішення {said}"


def test_shipped_packages_are_without_mistakes() -> None:
    loaded, found = packages(load_content(ROOT, []))
    assert not found
    assert [one.id for one in loaded] == ["sesiia-35"]


def test_there_is_everything(before: Path) -> None:
    annexes = {f"{name}.{form}" for name in ANNEXES for form in ("docx", "xlsx", "pdf")}
    joined = {"book.pdf", "workbook.xlsx", "sesiia-35.zip", "manifest.json"}
    assert set(held(before)) == {*annexes, *ACTS, *joined}


def test_the_manifest_names_every_file_by_its_bytes(before: Path) -> None:
    files = held(before)
    record = json.loads(files.pop("manifest.json"))
    assert {name: one["sha256"] for name, one in record["files"].items()} == {
        name: hashlib.sha256(data).hexdigest() for name, data in files.items()
    }


def test_the_archive_holds_the_same_files(before: Path) -> None:
    files = held(before)
    with zipfile.ZipFile(io.BytesIO(files["sesiia-35.zip"])) as packed:
        members = {name: packed.read(name) for name in packed.namelist()}
        assert packed.namelist() == sorted(members)
        assert {one.date_time for one in packed.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    record = json.loads(members.pop("manifest.json"))["files"]
    assert members == {
        name: data for name, data in files.items() if name not in {"manifest.json", "sesiia-35.zip"}
    }
    assert {name: one["sha256"] for name, one in record.items()} == {
        name: hashlib.sha256(data).hexdigest() for name, data in members.items()
    }


@pytest.mark.parametrize("name", ACTS)
def test_figures_are_those_that_clerks_typed(before: Path, name: str) -> None:
    text = words(before / name)
    for file in ("social-protection/2023-h1.yaml", "equal-opportunities/2023.yaml"):
        assert printed(file, "annual_plan") in text
        assert printed(file, "actual") in text
    assert "87,7 %" in text
    assert "13,1 %" in text


def test_figures_are_those_of_the_annexes_and_the_book(before: Path) -> None:
    figures = [
        printed("social-protection/2023-h1.yaml", column) for column in ("annual_plan", "actual")
    ]
    for name in ("01-social-protection.docx", "note.docx", "book.pdf"):
        text = words(before / name)
        assert all(one in text for one in figures), name


def test_blanks_before_the_vote(before: Path) -> None:
    for name in ("decision.docx", "decision.pdf"):
        text = words(before / name)
        assert "від __.__.____ № ___" in text
        assert "Проєкт" in text
        assert "ВИРІШИЛА:" in text
    assert "до проєкту рішення" in words(before / "note.docx")
    for number, name in enumerate(ANNEXES, 1):
        for form in ("docx", "pdf"):
            text = words(before / f"{name}.{form}", pages=1)
            assert f"Додаток {number} до рішення міської ради від __.__.____ № ___" in text


def test_filled_in_after_it(after: Path) -> None:
    for name in ("decision.docx", "decision.pdf", "note.docx", "note.pdf"):
        text = words(after / name)
        assert "від 15.02.2024 № 1013" in text
        assert "Проєкт" not in text
        assert "проєкту" not in text
    for number, name in enumerate(ANNEXES, 1):
        for form in ("docx", "pdf"):
            text = words(after / f"{name}.{form}", pages=1)
            assert f"Додаток {number} до рішення міської ради від 15.02.2024 № 1013" in text
    for file in after.glob("*.docx"):
        assert "____" not in words(file)


def test_nothing_but_the_vote_has_changed(before: Path, after: Path) -> None:
    told = words(before / "decision.docx").replace("від __.__.____ № ___", "від 15.02.2024 № 1013")
    assert told.replace("Проєкт ", "") == words(after / "decision.docx")


def test_every_annex_is_named_in_order(before: Path) -> None:
    text = words(before / "decision.docx")
    places = [text.index(f"(додаток {number})") for number in (1, 2, 3)]
    assert places == sorted(places)


def test_programmes_follow_the_annexes_and_have_their_numbers(before: Path) -> None:
    document = docx.Document(str(before / "note.docx"))
    rows = [[cell.text for cell in row.cells] for one in document.tables for row in one.rows]
    numbered = [(row[0], row[1]) for row in rows if row[0].isdigit() and row[1] > "9"]
    assert [number for number, _ in numbered] == ["1", "2", "3"]
    book = words(before / "book.pdf")
    assert "№ додатка" in book
    assert "№ з/п" not in words(before / "note.docx")


def test_annexes_are_named_as_they_name_themselves(before: Path) -> None:
    said = "{} про виконання завдань та реалізацію проєктів Концепції"
    decision = words(before / "decision.docx")
    assert said.format("інформацію") in decision
    assert "Взяти до відома (додаються): звіт про результати" in decision.replace("• ", "")
    assert said.format("Інформація") in words(before / "note.docx")


def test_one_annex_is_one_sentence(tmp_path: Path) -> None:
    root = small(tmp_path, PACKAGE.replace("програми", "Програми «Книги»"))
    folder = made(tmp_path / "out", root=root, name="sesiia-5")
    decision, note = words(folder / "decision.docx"), words(folder / "note.docx")
    assert "розглянувши " in decision
    assert "(додається)" in decision
    assert "• " not in decision
    assert "подано 1 звіт." in note
    assert "«Про звіт про виконання Програми „Книги“»" in note


def test_thousands_are_printed_alike(tmp_path: Path) -> None:
    """A form in hryvnias does not lend its places to the others."""
    root = small(tmp_path, f"{PACKAGE}  - {{programme: biblioteky-2, period: 2024-h1}}\n")
    programmes, form = root / "content/programmes", "templates/prosta-hrn"
    shutil.copytree(programmes / "biblioteky", programmes / "biblioteky-2")
    hryvnias = base("templates/prosta/form.yaml").replace("unit: тис. грн", "unit: грн")
    assert "unit: грн" in hryvnias
    write(root / form / "form.yaml", hryvnias.replace("form: prosta", "form: prosta-hrn"))
    passport = programmes / "biblioteky-2" / "programme.yaml"
    write(passport, passport.read_text("utf-8").replace("form: prosta", "form: prosta-hrn"))
    folder = made(tmp_path / "out", root=root, name="sesiia-5")
    assert "66,6 тис. грн" in words(folder / "decision.docx")  # 66.5 and 0.0665
    for name in ("note.docx", "book.pdf"):
        text = words(folder / name)
        assert "0,0665" not in text
        assert "Точніші суми для друку заокруглено" in text


def test_no_package_has_a_vote_before_its_session(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    early = "adopted: {number: 1, date: 2024-08-29}\n"
    root = small(tmp_path, early + PACKAGE)
    made(tmp_path / "out", "--adopted", "1", "2024-08-30", root=root, name="sesiia-5")
    assert "decision-early" not in capsys.readouterr().err
    command = ["package", "sesiia-5", "--root", str(root), "--output", str(tmp_path / "none")]
    assert main([*command, "--adopted", "1", "2024-08-28"]) == 1
    said = capsys.readouterr().err
    assert "помилка[decision-early]: --adopted: рішення від 28.08.2024, а сесія — 30.08" in said
    assert "29.08.2024" not in said
    assert not (tmp_path / "none").exists()
    assert main(command) == 1
    assert "помилка[decision-early]: рішення від 29.08.2024" in capsys.readouterr().err


def test_a_programme_without_reports_and_what_else_is_wrong(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = small(tmp_path, f"{PACKAGE}  - {{programme: shkoly, period: 2024-h1}}\n")
    write(root / "content/programmes/shkoly/programme.yaml", base(PROGRAMME))
    write(root / PERIOD, base(PERIOD).replace("actual: 48.5", "actual: багато"))
    assert main(["package", "sesiia-5", "--root", str(root)]) == 1
    said = capsys.readouterr().err
    assert "програма «shkoly» ще не має жодного звіту" in said
    assert "reportgen new shkoly 2024-h1" in said
    assert "помилка[amount-invalid]" in said
    assert main(["check", "shkoly", "--root", str(root)]) == 0
    assert "ще не має жодного звіту; почніть: reportgen new" in capsys.readouterr().out
    assert main(["build", "shkoly", "--root", str(root)]) == 2
    assert "ще не має жодного звіту" in capsys.readouterr().err
    assert main(["check", "shkoly", "biblioteky", "--root", str(root)]) == 1
    assert "Не перевірено: програма «shkoly»" in capsys.readouterr().out


def test_same_bytes_and_old_annexes_gone(tmp_path: Path) -> None:
    root = small(tmp_path)
    shutil.copytree(
        root / "content/programmes/biblioteky", root / "content/programmes/biblioteky-2"
    )
    two = f"{PACKAGE}  - {{programme: biblioteky-2, period: 2024-h1}}\n"
    write(root / FILE, two)
    folder = made(tmp_path / "out", root=root, name="sesiia-5")
    assert (folder / "02-biblioteky-2.pdf").is_file()
    write(root / FILE, PACKAGE)
    write(folder / "нотатки.txt", "моє")
    made(tmp_path / "out", root=root, name="sesiia-5")
    again = held(made(tmp_path / "again", "--jobs", "1", root=root, name="sesiia-5"))
    assert {**again, "нотатки.txt": "моє".encode()} == held(folder)
    assert "01-biblioteky.pdf" in again
    assert "02-biblioteky-2.pdf" not in again


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_a_template_that_does_not_compile_is_told_and_nothing_is_made(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], jobs: str
) -> None:
    root = small(tmp_path)
    programmes = root / "content/programmes"
    for number in (2, 3):
        shutil.copytree(programmes / "biblioteky", programmes / f"biblioteky-{number}")
    more = "".join(
        f"  - {{programme: biblioteky-{number}, period: 2024-h1}}\n" for number in (2, 3)
    )
    write(root / FILE, PACKAGE + more)
    write(root / "templates/document.typ", "#let broken = [")
    asked = ["package", "sesiia-5", "--root", str(root), "--output", str(tmp_path / "out")]
    assert main([*asked, "--jobs", jobs]) == 1
    said = capsys.readouterr().err
    assert "document.typ:1:" in said
    assert "помилка[template-invalid]" in said
    assert "Пакета не складено" in said


def test_every_file_is_listed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = made(tmp_path / "out", root=small(tmp_path), name="sesiia-5")
    listed = capsys.readouterr().out.splitlines()
    assert listed[:-1] == [f"packages/sesiia-5/{name}" for name in sorted(held(folder))]
    assert listed[-1] == f"Пакет sesiia-5: {len(held(folder))} файлів."


def test_a_changed_figure_changes_everywhere(tmp_path: Path) -> None:
    root = small(tmp_path)
    write(root / PERIOD, base(PERIOD).replace("actual: 48.5", "actual: 51.5"))
    folder = made(tmp_path / "out", root=root, name="sesiia-5")
    for name in ("decision.docx", "note.pdf", "01-biblioteky.docx"):
        assert "69,5" in words(folder / name), name


def test_a_broken_report_stops_it_and_nothing_is_replaced(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = small(tmp_path)
    programmes = root / "content/programmes"
    for number in (2, 3):
        shutil.copytree(programmes / "biblioteky", programmes / f"biblioteky-{number}")
    more = "".join(
        f"  - {{programme: biblioteky-{number}, period: 2024-h1}}\n" for number in (2, 3)
    )
    write(root / FILE, PACKAGE + more)
    folder = made(tmp_path / "out", root=root, name="sesiia-5")
    earlier = held(folder)
    for name in ("biblioteky", "biblioteky-3"):
        broken = base(PERIOD).replace("actual: 48.5", "actual: багато")
        write(programmes / name / "2024-h1.yaml", broken)
    capsys.readouterr()
    asked = ["package", "sesiia-5", "--root", str(root), "--output", str(tmp_path / "out")]
    assert main(asked) == 1
    said = capsys.readouterr()
    for name in ("biblioteky", "biblioteky-3"):
        assert f"content/programmes/{name}/2024-h1.yaml:7:13: помилка[amount-invalid]" in said.err
    assert "Пакета не складено" in said.err
    assert not said.out
    assert held(folder) == earlier


def test_mistakes_in_the_package_stop_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = small(tmp_path, PACKAGE.replace("biblioteky", "biblioteki"))
    assert main(["package", "sesiia-5", "--root", str(root)]) == 1
    assert "помилка[reference-unknown]" in capsys.readouterr().err
    assert not (root / "output").exists()


@pytest.mark.parametrize("name", ["../sesiia-5", "sesiia-5.yaml", "/etc/passwd", "", "сесія"])
def test_no_such_package(name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["package", name, "--root", str(small(tmp_path))]) == 2
    assert "є: sesiia-5" in capsys.readouterr().err


@pytest.mark.parametrize(
    "adopted", [("1013", "15.02.2024"), ("1013", "2024-02-30"), (" ", "2024-02-15")]
)
def test_adopted_has_to_be_a_number_and_a_day(
    adopted: tuple[str, str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = small(tmp_path)
    assert main(["package", "sesiia-5", "--root", str(root), "--adopted", *adopted]) == 2
    assert "--adopted" in capsys.readouterr().err


def test_links_out_of_the_output_are_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = small(tmp_path)
    (tmp_path / "elsewhere").mkdir()
    (root / "output").mkdir()
    (root / "output" / "packages").symlink_to(tmp_path / "elsewhere")
    assert main(["package", "sesiia-5", "--root", str(root)]) == 2
    assert "посилання" in capsys.readouterr().err
    assert not [*(tmp_path / "elsewhere").iterdir()]


def test_a_programme_of_that_name_keeps_its_folder(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = small(tmp_path)
    (root / "content/programmes/biblioteky").rename(root / "content/programmes/packages")
    write(root / FILE, PACKAGE.replace("biblioteky", "packages"))
    assert main(["package", "sesiia-5", "--root", str(root)]) == 2
    assert "перейменуйте" in capsys.readouterr().err


def test_a_hostile_manifest_removes_nothing_else(tmp_path: Path) -> None:
    root = small(tmp_path)
    folder = made(tmp_path / "out", root=root, name="sesiia-5")
    kept = tmp_path / "out" / "kept.pdf"
    write(kept, "моє")
    write(folder / "manifest.json", json.dumps({"files": {"../../kept.pdf": {}, "..": {}}}))
    made(tmp_path / "out", root=root, name="sesiia-5")
    assert kept.is_file()


def test_what_somebody_has_changed_is_put_aside(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = small(tmp_path)
    folder = made(tmp_path / "out", root=root, name="sesiia-5")
    write(folder / "decision.docx", "виправлено рукою")
    (folder / "note.pdf").unlink()
    made(tmp_path / "out", root=root, name="sesiia-5")
    assert (folder / "decision.docx.bak").read_text("utf-8") == "виправлено рукою"
    assert "відкладено: packages/sesiia-5/decision.docx.bak" in capsys.readouterr().err
    made(tmp_path / "out", root=root, name="sesiia-5")
    assert not (folder / "decision.docx.bak1").exists()


def test_nothing_is_replaced_where_a_folder_is_in_the_way(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = small(tmp_path)
    folder = tmp_path / "out" / "packages" / "sesiia-5"
    (folder / "note.pdf").mkdir(parents=True)
    where = ["--root", str(root), "--output", str(tmp_path / "out"), "--jobs", "1"]
    assert main(["package", "sesiia-5", *where]) == 2
    assert "note.pdf — не файл" in capsys.readouterr().err
    assert [path.name for path in folder.iterdir()] == ["note.pdf"]


def test_proof_has_nothing_to_say_of_packages(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = small(tmp_path)
    where = ["--root", str(root), "--output", str(tmp_path / "out")]
    assert main(["build", *where]) == 0
    made(tmp_path / "out", root=root, name="sesiia-5")
    assert main(["proof", *where]) == 0
    assert "packages" not in capsys.readouterr().err
    assert main(["build", *where]) == 0
    assert (tmp_path / "out/packages/sesiia-5/book.pdf").is_file()


names = st.text("abcdefghij-0123456789", min_size=1, max_size=12)


@given(st.dictionaries(names, st.binary(max_size=40), max_size=6), st.randoms())
def test_an_archive_depends_on_its_files_alone(files: dict[str, bytes], random: object) -> None:
    shuffled = [*files.items()]
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    data = archive(with_manifest("p", files))
    assert data == archive(with_manifest("p", dict(shuffled)))
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        assert packed.testzip() is None
        assert {name: packed.read(name) for name in files} == files


@given(st.integers(2, 40))
def test_marks_number_annexes_in_their_order(number: int) -> None:
    package = of(number)
    first = [mark_lines(package, one.number)[0] for one in package.annexes]
    assert first == [f"Додаток {one}" for one in range(1, number + 1)]
