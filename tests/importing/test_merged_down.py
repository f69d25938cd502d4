"""Cells that a clerk has merged downwards over several measures."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
from small_project import PROGRAMME
from test_import_command import BODY, HEAD, NINE, TITLE, call, project

__all__ = ["project"]  # the fixture

ROWS = (
    ("1. Поповнити фонди", "1.1. Придбати книжки", BODY, 130, 97.5, 75, "Так."),
    (None, "1.2. Передплатити газети", None, 36, 27, 75, "Передплачено."),
    (None, "1.3. Провести читання", None, 10, 5, 50, "Проведено."),
)


def workbook(project: Path, *merges: str) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for line in ([TITLE.format(period="9 місяців")], [], HEAD.split("\t"), *ROWS):
        sheet.append(line)
    sheet.append([])
    sheet.append(["Начальниця відділу культури"])
    sheet.append(["Олена МЕЛЬНИК"])
    for one in merges:
        first, last = one.split(":")
        for row in range(int(first[1:]) + 1, int(last[1:]) + 1):
            sheet[f"{first[0]}{row}"] = None
        sheet.merge_cells(one)
    book.save(project / "zvit.xlsx")
    (project / PROGRAMME).unlink()
    (project / PROGRAMME).parent.joinpath("2024-h1.yaml").unlink()


def test_executors_merged_down_hold_for_every_row(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    workbook(project, "C4:C6", "A4:A6")
    assert call(project, "--programme", "biblioteky", file="zvit.xlsx") == 0
    passport = (project / PROGRAMME).read_text(encoding="utf-8")
    assert passport.count("executors: [biblioteka]") == 3
    assert "field-missing" not in capsys.readouterr().err


def test_money_merged_down_is_a_doubt_at_both_rows(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    workbook(project, "C4:C6", "D4:D5", "E4:E5", "F4:F5")
    call(project, "--programme", "biblioteky", file="zvit.xlsx")
    told = capsys.readouterr().err
    assert "рядок «1.2»: «План» «130» — об'єднана комірка кількох рядків" in told
    assert "впишіть 0.0" not in told
    text = (project / NINE).read_text(encoding="utf-8")
    assert text.count("# імпорт: annual_plan: у джерелі «130» — одна комірка для кількох") == 2
