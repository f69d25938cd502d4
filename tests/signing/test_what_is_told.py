"""What the commands of signing say of packages, files and signers, before and after."""

from __future__ import annotations

import io
from pathlib import Path

import pikepdf
import pytest
from authority import Authority
from foreign_pdfs import page_of
from signed_project import DEPUTY, HEAD, REPORT, built, described, passwords, sign
from small_project import write
from test_package import FILE, PACKAGE

from reportgen.cli import main

__all__ = ["passwords"]
pytestmark = [pytest.mark.usefixtures("passwords"), pytest.mark.slow]

Told = pytest.CaptureFixture[str]


@pytest.fixture
def root(tmp_path: Path, authority: Authority) -> Path:
    return built(tmp_path, described(authority))


def with_script(folder: Path) -> Path:
    path = folder / "lyst.pdf"
    with pikepdf.open(io.BytesIO(page_of())) as pdf:
        pdf.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert(1)")
        pdf.save(path)
    return path


def test_a_signer_whom_the_document_does_not_name_is_told_with_the_files(
    root: Path, capsys: Told
) -> None:
    """The report is signed by МЕЛЬНИК: the key of somebody else was taken."""
    assert sign(root) == 0
    told = capsys.readouterr().err
    assert "Зауважте: у документі немає прізвища КРАСНОПІР" in told
    assert f"    {root / 'signed' / REPORT}\n" in told


def test_a_draft_is_told_to_be_one(root: Path, capsys: Told) -> None:
    assert main(["package", "sesiia-5", "--root", str(root)]) == 0
    assert sign(root, "sesiia-5") == 0
    assert "Зауважте: content/packages/sesiia-5.yaml" in capsys.readouterr().err
    assert main(["sign", "prepare", "sesiia-5", "--root", str(root)]) == 0
    assert "рішення ще не ухвалено" in capsys.readouterr().err
    voted = ["package", "sesiia-5", "--root", str(root), "--adopted", "5", "2024-08-30"]
    assert main(voted) == 0  # content says nothing of the vote, the built decision does
    assert sign(root, "sesiia-5", "--replace") == 0
    assert "рішення ще не ухвалено" not in capsys.readouterr().err
    write(root / FILE, PACKAGE + 'adopted: {number: "5", date: 2024-08-30}\n')
    assert main(["package", "sesiia-5", "--root", str(root)]) == 0
    assert sign(root, "sesiia-5", "--replace") == 0
    assert "рішення ще не ухвалено" not in capsys.readouterr().err


@pytest.mark.parametrize("command", [["sign"], ["sign", "prepare"]])
@pytest.mark.parametrize(
    ("typed", "meant"), [("sesiia-6", "sesiia-5"), ("bibliotek", "biblioteky")]
)
def test_a_mistyped_name_is_answered_with_the_one_that_is_near(
    root: Path, capsys: Told, command: list[str], typed: str, meant: str
) -> None:
    assert main(["package", "sesiia-5", "--root", str(root)]) == 0
    assert main([*command, typed, "--root", str(root), "--profile", "viddil"]) == 2
    assert f"«{typed}»" in (told := capsys.readouterr().err)
    assert f"можливо, {meant}" in told


def test_what_there_is_to_sign_is_listed(root: Path, capsys: Told) -> None:
    assert sign(root, "zovsim-inshe") == 2
    assert "програми: biblioteky; пакети: sesiia-5" in capsys.readouterr().err


@pytest.mark.parametrize("command", [["sign"], ["sign", "prepare"]])
@pytest.mark.parametrize("by_path", [False, True])
def test_what_was_changed_since_it_was_built_is_not_signed_however_it_is_named(
    root: Path, capsys: Told, command: list[str], *, by_path: bool
) -> None:
    path = root / "output" / REPORT
    path.write_bytes(path.read_bytes() + b"\n%")
    named = str(path) if by_path else "biblioteky"
    assert main([*command, named, "--root", str(root)]) == 1
    assert "файл змінено після складання" in capsys.readouterr().err
    assert not list((root / "signed").rglob("*.pdf"))
    assert not list((root / "to-sign").rglob("*.pdf"))


def test_a_file_of_a_package_that_was_changed_is_not_prepared(root: Path, capsys: Told) -> None:
    assert main(["package", "sesiia-5", "--root", str(root)]) == 0
    path = root / "output/packages/sesiia-5/book.pdf"
    path.write_bytes(path.read_bytes() + b"\n%")
    assert main(["sign", "prepare", "sesiia-5", "--root", str(root)]) == 1
    told = capsys.readouterr()
    assert "packages/sesiia-5/book.pdf: не підготовлено; " in told.err
    assert "змінено після складання" in told.err
    assert "packages/sesiia-5/decision.pdf: підготовлено" in told.out


def test_a_foreign_file_that_acts_is_told_or_refused(
    root: Path, tmp_path: Path, capsys: Told
) -> None:
    path = with_script(tmp_path)
    assert sign(root, str(path)) == 0
    assert f"Зауважте: {path}: у ньому є JavaScript" in capsys.readouterr().err
    assert main(["sign", "prepare", str(path), "--root", str(root)]) == 0
    assert "JavaScript" in capsys.readouterr().out
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        pdf.Root.AcroForm = pikepdf.Dictionary(XFA=pikepdf.String("<xdp/>"), Fields=[])
        pdf.save(path)
    assert sign(root, str(path), "--replace") == 1
    assert main(["sign", "prepare", str(path), "--root", str(root)]) == 1
    assert capsys.readouterr().err.count("це форма XFA") == 2


def test_prepared_by_a_profile_what_is_odd_is_told(
    tmp_path: Path, authority: Authority, capsys: Told
) -> None:
    elsewhere = "  zastupnyk: {elsewhere: true}\n"
    first = "{key: zastupnyk, official: shevchenko}"
    root = built(tmp_path, described(authority, (first, HEAD), more=elsewhere))
    asked = ("biblioteky", "--root", str(root), "--profile", "viddil")
    assert main(["sign", "prepare", *asked]) == 0
    assert "у документі немає прізвища ШЕВЧЕНКО" in capsys.readouterr().out


def test_of_a_book_all_who_are_not_named_are_told_once(
    tmp_path: Path, authority: Authority, capsys: Told
) -> None:
    root = built(tmp_path, described(authority, (HEAD, DEPUTY)))
    assert main(["package", "sesiia-5", "--root", str(root)]) == 0
    capsys.readouterr()
    assert sign(root, "sesiia-5") == 0
    told = capsys.readouterr().err
    assert told.count("у документі немає прізвища ШЕВЧЕНКО") == 1
    assert told.count("book.pdf\n") == 2
