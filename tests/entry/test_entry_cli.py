"""``form-out`` and ``form-in`` as they are typed."""

from __future__ import annotations

import shlex
import shutil
import sys
from pathlib import Path

import pytest
from returned import Book
from small_project import BASE, PERIOD, lay

from reportgen.cli import form_in_command, main

FORM = "form.xlsx"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return lay(tmp_path)


def out(root: Path, *more: str, period: str = "2024-h1", name: str = FORM) -> Path:
    path = root.parent / name
    call = ["form-out", "biblioteky", period, "--output", str(path), "--root", str(root), *more]
    assert main(call) == 0
    return path


def back(root: Path, *more: object) -> int:
    return main(["form-in", *map(str, more), "--root", str(root)])


def fill(path: Path, *typed: tuple[str, str, object]) -> Path:
    book = Book(path.read_bytes())
    for row, column, value in typed:
        book.typed(row, column, value)
    path.write_bytes(book.data)
    return path


def test_what_changes_is_shown_and_written(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    form = fill(out(root), ("1.1", "actual", 50), ("1.2", "status", "виконано"))
    capsys.readouterr()
    assert back(root, form, "--dry-run") == 0
    shown = capsys.readouterr().out
    assert shown == (
        f"{PERIOD}: 2 зміни\n"
        "  1.1, Профінансовано: 48.5 → 50  [form.xlsx: Таблиця!F8]\n"
        "  1.2, Стан виконання: порожньо → виконано  [form.xlsx: Таблиця!H10]\n"
        "Лише показано, нічого не записано.\n"
    )
    assert (root / PERIOD).read_bytes() == (BASE / PERIOD).read_bytes()
    assert back(root, form, "--yes") == 0
    written = f"Записано. Перевірте: reportgen check biblioteky --draft --root {root}\n"
    assert capsys.readouterr().out == shown.rpartition("Лише")[0] + written
    text = (root / PERIOD).read_text(encoding="utf-8")
    assert "actual: 50.0\n" in text
    assert "status: done\n" in text
    assert back(root, form, "--yes") == 0
    assert "змін немає" in capsys.readouterr().out


def test_advice_can_be_typed_as_it_stands(
    root: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    form = fill(out(root), ("1.1", "actual", 50))
    monkeypatch.setenv("REPORTGEN_STARTED_AS", "python3 build.py")
    assert back(root, form, "--yes") == 0
    [line] = [one for one in capsys.readouterr().out.splitlines() if "Перевірте: " in one]
    typed = shlex.split(line.partition("Перевірте: python3 build.py ")[2])
    assert main(typed) == 0


def test_nobody_to_be_asked(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    form = fill(out(root), ("1.1", "actual", 50))
    assert back(root, form) == 2
    assert "--yes" in capsys.readouterr().err
    assert (root / PERIOD).read_bytes() == (BASE / PERIOD).read_bytes()


@pytest.mark.parametrize(
    ("answer", "written"), [("т", True), ("Так", True), ("н", False), ("", False)]
)
def test_a_person_is_asked(
    root: Path,
    monkeypatch: pytest.MonkeyPatch,
    answer: str,
    written: bool,  # noqa: FBT001
) -> None:
    form = fill(out(root), ("1.1", "actual", 50))
    monkeypatch.setattr(sys.stdin, "isatty", lambda: True, raising=False)
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True, raising=False)
    monkeypatch.setattr("builtins.input", lambda _: answer)
    assert back(root, form) == 0
    assert ("actual: 50.0" in (root / PERIOD).read_text(encoding="utf-8")) is written


def test_errors_of_all_forms_come_at_once_and_nothing_is_written(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    good = fill(out(root), ("1.1", "actual", 50))
    bad = fill(out(root, name="bad.xlsx"), ("1.2", "actual", "багато"))
    none = root.parent / "none.xlsx"
    none.write_bytes(b"nothing")
    assert back(root, good, bad, none, "--yes") == 1
    shown = capsys.readouterr()
    assert "bad.xlsx: Таблиця!F10: помилка[entry-value]" in shown.err
    assert "none.xlsx: уся книга: помилка[entry-unreadable]" in shown.err
    assert "Нічого не записано: 2 помилки." in shown.out
    assert (root / PERIOD).read_bytes() == (BASE / PERIOD).read_bytes()


def test_reports_of_several_programmes_are_written_together(root: Path) -> None:
    programmes = root / "content" / "programmes"
    shutil.copytree(programmes / "biblioteky", programmes / "kluby")
    one = fill(out(root), ("1.1", "actual", 50))
    other = root.parent / "other.xlsx"
    assert main(["form-out", "kluby", "2024-h1", "--output", str(other), "--root", str(root)]) == 0
    fill(other, ("1.2", "actual", 20))
    assert back(root, one, other, "--yes") == 0
    assert "actual: 50.0" in (programmes / "biblioteky" / "2024-h1.yaml").read_text("utf-8")
    assert "actual: 20.0" in (programmes / "kluby" / "2024-h1.yaml").read_text("utf-8")


def test_a_new_period_is_written_and_told_what_it_lacks(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    form = fill(out(root, period="2024-9m"), ("1.1", "actual", 60))
    assert back(root, form, "--yes") == 0
    assert "2024-9m.yaml (новий файл): 1 зміна" in (shown := capsys.readouterr().out)
    assert "ще не вписано: " in shown
    assert main(["check", "biblioteky", "--draft", "--root", str(root)]) == 0


def test_findings_in_a_file_to_be_name_the_cell(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Nobody can open a file that is not there; and what changes comes before what is doubtful."""
    form = fill(out(root, period="2024-9m"), ("1.1", "actual", 99_000))
    capsys.readouterr()
    assert back(root, form, "--dry-run") == 0
    told = capsys.readouterr().err
    assert "form.xlsx: Таблиця!" in told
    assert not [
        line for line in told.splitlines() if "2024-9m.yaml:" in line.split("новий файл")[0]
    ]


def test_what_would_not_load_is_not_written(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    form = fill(out(root), ("1.1", "info", "Текст зі знаком ①②③ й «лапками"))
    assert back(root, form, "--yes") == 0
    assert "text-quotes" in capsys.readouterr().err
    (root / PERIOD).write_text("period: 2024-h1\nmeasures: [\n", encoding="utf-8")
    assert back(root, form, "--yes") == 1
    assert "yaml-syntax" in capsys.readouterr().err


def test_line_ends_and_mark_of_the_file_stay(root: Path) -> None:
    text = (BASE / PERIOD).read_text(encoding="utf-8").replace("\n", "\r\n")
    (root / PERIOD).write_bytes(b"\xef\xbb\xbf" + text.encode())
    assert back(root, fill(out(root), ("1.1", "actual", 50)), "--yes") == 0
    data = (root / PERIOD).read_bytes()
    assert data == b"\xef\xbb\xbf" + text.replace("48.5", "50.0").encode()


def test_a_file_that_changes_under_the_hands(
    root: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    form = fill(out(root), ("1.1", "actual", 50))
    other = (BASE / PERIOD).read_text(encoding="utf-8") + "# пізніше\n"

    def agreed(_changed: object) -> bool:
        (root / PERIOD).write_text(other, encoding="utf-8")
        return True

    monkeypatch.setattr(form_in_command, "_agreed", agreed)
    assert back(root, form) == 2
    assert "тим часом змінено" in capsys.readouterr().err
    assert (root / PERIOD).read_text(encoding="utf-8") == other


def test_a_form_is_not_written_over(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    form = fill(out(root), ("1.1", "actual", 50))
    before = form.read_bytes()
    call = ["form-out", "biblioteky", "2024-h1", "--root", str(root), "--output"]
    assert main([*call, str(form)]) == 2
    assert "вже заповнюють" in capsys.readouterr().err
    assert form.read_bytes() == before
    assert main([*call, str(form.with_suffix(".xls"))]) == 2


def test_calls_that_cannot_be_meant(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    at = ["--root", str(root)]
    assert main(["form-out", "bibliotek", "2024-h1", *at]) == 2
    assert "«biblioteky»" in capsys.readouterr().err
    assert main(["form-out", "biblioteky", "2024-q2", *at]) == 2
    assert "не період" in capsys.readouterr().err
    assert main(["form-in", str(root / "none.xlsx"), *at]) == 2
    assert "немає файлу" in capsys.readouterr().err


def test_a_form_of_another_project(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    form = out(root)
    shutil.rmtree(root / "content" / "programmes" / "biblioteky")
    assert back(root, form, "--yes") == 1
    assert "entry-foreign" in capsys.readouterr().err


def test_a_report_with_errors_is_not_given_out(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = (root / PERIOD).read_text(encoding="utf-8")
    (root / PERIOD).write_text(text.replace("48.5", "багато"), encoding="utf-8")
    assert main(["form-out", "biblioteky", "2024-h1", "--root", str(root)]) == 1
    shown = capsys.readouterr()
    assert "amount-invalid" in shown.err
    assert "Форму не видано: 1 помилка" in shown.out
    (root / PERIOD).write_text(text.replace("    actual: 48.5\n", ""), encoding="utf-8")
    assert main(["form-out", "biblioteky", "2024-h1", "--root", str(root)]) == 0
    assert (root / "output" / "entry" / "biblioteky-2024-h1.xlsx").is_file()
