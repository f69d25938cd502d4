"""Headings as offices shorten them, and what is said where there is no table."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
from small_project import FORM
from test_import_command import HEAD, NINE, ROWS, TITLE, call, project, report

from reportgen.importing.meanings import by_meaning
from reportgen.load import load_form
from reportgen.model.form import Column

__all__ = ["project"]  # the fixture

LONG = (
    ("heading: План,", 'heading: "Річний обсяг фінансування (з урахуванням змін), тис. грн",'),
    ("heading: Профінансовано,", 'heading: "Фактично профінансовано за період, тис. грн",'),
    ("heading: Відсоток,", 'heading: "Відсоток виконання заходу, %",'),
)


def lengthen(project: Path) -> None:
    """Give the form the long headings that official forms have."""
    form = project / FORM
    text = form.read_text(encoding="utf-8")
    for short, long in LONG:
        assert short in text
        text = text.replace(short, long)
    form.write_text(text, encoding="utf-8")


def columns(project: Path) -> tuple[Column, ...]:
    form = load_form(project / FORM, [])
    assert form
    return form.tables[0].columns


@pytest.mark.parametrize(
    "short", [("План на рік", "Факт", "%"), ("Уточнений план", "Касові видатки", "% виконання")]
)
def test_short_headings_are_known_by_their_meaning(
    project: Path, capsys: pytest.CaptureFixture[str], short: tuple[str, str, str]
) -> None:
    lengthen(project)
    head = HEAD.replace("План\tПрофінансовано\tВідсоток", "\t".join(short))
    (project / "zvit.tsv").write_text(report().replace(HEAD, head), encoding="utf-8")
    assert call(project, "--form", "prosta") == 0
    told = capsys.readouterr().err
    assert f"колонку «{short[1]}» прочитано як «Фактично профінансовано за період" in told
    assert "annual_plan: 36.0\n    actual: 27.0" in (project / NINE).read_text(encoding="utf-8")


def test_headings_on_two_floors_are_known_by_the_lower(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    lengthen(project)
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    names = HEAD.split("\t")
    sheet.append([TITLE.format(period="9 місяців")])
    sheet.append([*names[:3], "Обсяги фінансування, тис. грн", None, "%", names[6]])
    sheet.append([None, None, None, "річний з урахуванням змін", "фактично профінансовано"])
    sheet.merge_cells("D2:E2")
    for one in "ABCFG":
        sheet.merge_cells(f"{one}2:{one}3")
    for row in ROWS:
        sheet.append(row.split("\t"))
    book.save(project / "zvit.xlsx")
    call(project, "--form", "prosta", file="zvit.xlsx")
    told = capsys.readouterr().err
    assert "немає колонки" not in told
    assert "немає числа" not in told
    assert "annual_plan: 36.0\n    actual: 27.0" in (project / NINE).read_text(encoding="utf-8")


def test_a_meaning_that_two_headings_have_is_nobodys(project: Path) -> None:
    lengthen(project)
    found = [*by_meaning(["", "", "", "Факт", "Профінансовано", "%", ""], columns(project))]
    assert found == [(5, 5)]


def test_no_table_names_what_was_looked_for(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    lengthen(project)
    head = "Завдання\tЗахід\tХто\tСкільки\tКоли\tЯк\tЩо"
    (project / "zvit.tsv").write_text(report().replace(HEAD, head), encoding="utf-8")
    assert call(project, "--form", "prosta") == 1
    told = capsys.readouterr().err
    assert "найближчий до заголовків рядок: «Завдання», «Захід», «Хто»" in told
    assert "форма «prosta» має ще колонки «Виконавці», «Річний обсяг фінансування" in told
    assert "--form" not in told
