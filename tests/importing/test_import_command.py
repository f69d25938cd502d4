"""``reportgen import``: what is written, what is refused, and how it ends."""

from __future__ import annotations

import shlex
import shutil
from pathlib import Path

import openpyxl
import pytest
from small_project import BASE, PERIOD, PROGRAMME

from reportgen.cli import main

TITLE = "Звіт про виконання Програми розвитку бібліотек на 2024-2026 роки за {period} 2024 року"
HEAD = "Завдання\tЗахід\tВиконавці\tПлан\tПрофінансовано\tВідсоток\tСтан виконання"
BODY = "Вербівська публічна бібліотека"
ROWS = (
    f"1. Поповнити фонди\t1.1. Придбати книжки\t{BODY}\t130,0\t97,5\t75,0\tТак.",
    "\tдля дітей\t\t40,0\t32,5\t81,3\t",
    f"\t1.2. Передплатити газети\t{BODY}\t36,0\t27,0\t75,0\tПередплачено.",
)
FOOT = ("Начальниця відділу культури", "Олена МЕЛЬНИК")
NAMED = ("--period", "2024", "--programme", "x")
NINE = "content/programmes/biblioteky/2024-9m.yaml"


def report(period: str = "9 місяців", rows: tuple[str, ...] = ROWS) -> str:
    return "\n".join([TITLE.format(period=period), "", HEAD, *rows, "", *FOOT, ""])


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """The village's libraries, and last period's report beside them."""
    shutil.copytree(BASE, tmp_path, dirs_exist_ok=True)
    (tmp_path / "zvit.tsv").write_text(report(), encoding="utf-8")
    return tmp_path


def call(project: Path, *more: str, file: str = "zvit.tsv") -> int:
    return main(["import", str(project / file), "--root", str(project), *more])


def state(project: Path) -> dict[str, bytes]:
    found = (path for path in project.rglob("*") if path.is_file())
    files = sorted(path for path in found if path.name != ".reportgen.lock")
    return {path.relative_to(project).as_posix(): path.read_bytes() for path in files}


def test_programme_period_and_form_are_recognised(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = state(project)
    assert call(project) == 0
    said = capsys.readouterr()
    assert said.err == ""
    assert "за формою «prosta»: 3 рядки, 1 файл; без зауважень" in said.out
    after = state(project)
    assert after.keys() - before.keys() == {NINE}
    assert all(after[name] == data for name, data in before.items())
    assert main(["check", "biblioteky", "--root", str(project)]) == 0


def test_a_dry_run_writes_nothing_and_shows_everything(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (project / "zvit.tsv").write_text(
        report(rows=(*ROWS, ROWS[2].replace("1.2.", "1.3."))), encoding="utf-8"
    )
    before = state(project)
    assert call(project, "--dry-run") == 0
    assert state(project) == before
    said = capsys.readouterr().out
    assert f"--- новий файл {NINE}" in said
    assert "+      - number: 1.3" in said  # in the passport, which is there
    assert "Було б імпортовано" in said


def test_a_period_that_is_there_is_not_touched(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = state(project)
    assert call(project, "--period", "2024-h1") == 2
    assert state(project) == before
    assert "2024-h1.yaml уже є: його не зачеплено" in capsys.readouterr().err


def test_a_replaced_period_stays_beside(project: Path) -> None:
    old = (project / PERIOD).read_bytes()
    assert call(project, "--period", "2024-h1", "--replace") == 0
    assert (project / f"{PERIOD}.bak").read_bytes() == old
    assert (project / PERIOD).read_bytes() != old
    assert main(["check", "biblioteky", "--root", str(project)]) == 0


def test_remarks_and_order_of_a_passport_stay(project: Path) -> None:
    path = project / PROGRAMME
    text = path.read_text(encoding="utf-8").replace("tasks:", "# що робимо\ntasks:")
    path.write_text(text, encoding="utf-8")
    new = ROWS[2].replace("1.2.", "1.3.").replace("газети", "журнали")
    (project / "zvit.tsv").write_text(report(rows=(*ROWS, new)), encoding="utf-8")
    assert call(project) == 0
    after = path.read_text(encoding="utf-8")
    assert after.startswith(text.rstrip("\n"))
    assert after.count("\n") == text.count("\n") + 3  # number, text and executors


@pytest.mark.parametrize(
    ("file", "text", "more", "code", "said"),
    [
        ("нема.tsv", None, (), 2, "такого файлу немає"),
        ("list.tsv", "Шановні колеги!\n", NAMED, 1, "немає таблиці"),
        ("zvit.tsv", None, ("--period", "2024-q2"), 2, "не період"),
        ("zvit.tsv", None, ("--form", "prostta"), 2, "можливо, «prosta»"),
        ("zvit.tsv", None, ("--programme", "Бібліотеки"), 2, "не може бути назвою теки"),
        ("inshe.tsv", report().replace("бібліотек ", "клубів "), (), 2, "не розпізнано"),
        ("bez.tsv", report().replace("за 9 місяців 2024 року", ""), (), 2, "--period 2023-h1"),
    ],
)  # fmt: skip
def test_what_cannot_be_imported(  # noqa: PLR0913, PLR0917 - a row of the table above
    project: Path,
    capsys: pytest.CaptureFixture[str],
    file: str,
    text: str | None,
    more: tuple[str, ...],
    code: int,
    said: str,
) -> None:
    if text is not None:
        (project / file).write_text(text, encoding="utf-8")
    before = state(project)
    assert call(project, *more, file=file) == code
    assert said in capsys.readouterr().err
    assert state(project) == before


def test_what_the_source_lacks_is_told_after_writing(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = (*ROWS[:2], ROWS[2].replace("36,0", ""))
    (project / "zvit.tsv").write_text(report(rows=rows), encoding="utf-8")
    assert call(project) == 1
    said = capsys.readouterr()
    assert "немає числа для «План»" in said.err
    assert "Ще треба вписати чи виправити: 1 помилка." in said.out


def test_new_programmes_get_their_registers(project: Path) -> None:
    rows = tuple(one.replace("Вербівська публічна", "Нова сільська") for one in ROWS)
    text = report(rows=rows).replace("МЕЛЬНИК", "КОВАЛЬ")
    (project / "zvit.tsv").write_text(text, encoding="utf-8")
    assert call(project, "--programme", "novi-knyhy") == 0
    registers = project / "content" / "registers"
    added = (registers / "executors.yaml").read_text(encoding="utf-8")
    assert "nova-silska-biblioteka:\n  name: Нова сільська бібліотека\n" in added
    assert "koval:" in (registers / "officials.yaml").read_text(encoding="utf-8")


def test_an_entry_form_of_ours_is_not_imported(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    form = project / "forma.xlsx"
    out = ["form-out", "biblioteky", "2024-h1", "--output", str(form), "--root", str(project)]
    assert main(out) == 0
    capsys.readouterr()
    before = state(project)
    assert call(project, *NAMED, file="forma.xlsx") == 2
    assert "це форма введення" in (said := capsys.readouterr().err)
    assert "form-in" in said
    assert state(project) == before


def test_a_workbook_of_two_reports_gives_the_one_that_was_asked_for(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    book = openpyxl.Workbook()
    for name, period in (("Перший", "I півріччя"), ("Другий", "9 місяців")):
        page = book.create_sheet(name)
        for line in report(period).split("\n"):
            page.append(line.split("\t"))
    book.remove(book["Sheet"])
    book.save(project / "zvit.xlsx")
    assert call(project, "--sheet", "Третій", file="zvit.xlsx") == 2
    assert "є: «Перший», «Другий»" in capsys.readouterr().err
    assert call(project, "--period", "2024-9m", file="zvit.xlsx") == 0
    said = capsys.readouterr()
    assert "3 рядки" in said.out
    assert "узято «Другий» (9 місяців 2024 року), не взято «Перший»" in said.err


def test_the_advice_at_the_end_can_be_run(
    project: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("REPORTGEN_STARTED_AS", "python3 build.py")
    assert call(project) == 0
    advice = f"python3 build.py check biblioteky --period 2024-9m --root {project}"
    assert f"Перевірте: {advice}\n" in capsys.readouterr().out
    assert main(shlex.split(advice)[2:]) == 0
