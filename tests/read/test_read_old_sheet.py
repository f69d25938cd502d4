"""Workbooks of Excel before 2007, made by LibreOffice from new ones."""

from __future__ import annotations

import datetime
import subprocess
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from read_made import read, spots, tables, told, written

pytestmark = [pytest.mark.slow, pytest.mark.tool("soffice")]


def _write(book: Any) -> None:
    sheet = book.add_worksheet("Звіт")
    sheet.merge_range("A1:C1", "Програма «Турбота»")
    sheet.write_row("A2", ["1.1", 389.5, 0.1 + 0.2])
    sheet.write_formula("A3", "=B2*2", None, 779)
    sheet.write_boolean("B3", True)  # noqa: FBT003 - the library's own way
    sheet.write("C3", "кінець")
    day = book.add_format({"num_format": "dd.mm.yyyy"})
    sheet.write_datetime("A4", datetime.date(2019, 12, 18), day)
    hidden = book.add_worksheet("Чернетка")
    hidden.write("A1", "стара")
    hidden.hide()


def test_values_merged_cells_and_hidden_sheets(tmp_path: Path) -> None:
    (tmp_path / "звіт.xlsx").write_bytes(written(_write))
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = ["soffice", profile, "--headless", "--convert-to", "xls", "--outdir", str(tmp_path)]
    made = [*command, str(tmp_path / "звіт.xlsx")]
    subprocess.run(made, check=True, capture_output=True, timeout=180)
    file = read((tmp_path / "звіт.xls").read_bytes(), "звіт.xls")
    first, last = tables(file)
    assert spots(first)[0] == [(0, 3, 1, "Програма «Турбота»")]
    assert [[cell.text for _, cell in row.cells] for row in first.rows[1:]] == [
        ["1.1", "389,5", "0,3"],
        ["779", "ІСТИНА", "кінець"],
        ["18.12.2019"],
    ]
    assert first.rows[1].cells[1][1].value == Decimal("389.5")
    assert [row.hidden for row in last.rows] == [True]
    assert told(file)[0].startswith("увесь файл: у файлі .xls не видно")
