"""The same table saved by LibreOffice in every format, and broken old workbooks."""

from __future__ import annotations

import dataclasses
import io
import random
import subprocess
from pathlib import Path
from typing import Any

import docx as python_docx
import pytest
from read_made import outcome, paragraphs, read, save, spots, tables, texts, written

from reportgen.read.limits import LIMITS
from reportgen.read.opening import read_file
from reportgen.read.source import UnreadableFileError

pytestmark = [pytest.mark.slow, pytest.mark.tool("soffice")]

ROWS = [
    ["№ з/п", "Зміст заходів", "Обсяг, тис. грн", ""],
    ["", "", "план", "факт"],
    ["1.", "1.1. Підтримка громадських організацій", "17 468,4", "8 473,1"],
    ["", "1.2. Навчання", "0,0", "–"],
]
MERGED = [
    [(0, 1, 2, "№ з/п"), (1, 1, 2, "Зміст заходів"), (2, 2, 1, "Обсяг, тис. грн")],
    [(2, 1, 1, "план"), (3, 1, 1, "факт")],
    [
        (0, 1, 2, "1."),
        (1, 1, 1, "1.1. Підтримка громадських організацій"),
        (2, 1, 1, "17 468,4"),
        (3, 1, 1, "8 473,1"),
    ],
    [(1, 1, 1, "1.2. Навчання"), (2, 1, 1, "0,0"), (3, 1, 1, "–")],
]


def converted(folder: Path, source: Path, kind: str) -> bytes:
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    output = folder / "converted"
    command = ["soffice", profile, "--headless", "--convert-to", kind, "--outdir", str(output)]
    subprocess.run([*command, str(source)], check=True, capture_output=True, timeout=180)
    return (output / f"{source.stem}.{kind.partition(':')[0]}").read_bytes()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with a Word file as a clerk makes it."""
    document = python_docx.Document()
    document.add_paragraph("Звіт за 2023 рік")
    table = document.add_table(4, 4, "Table Grid")
    for row, line in zip(table.rows, ROWS, strict=True):
        for cell, text in zip(row.cells, line, strict=True):
            cell.text = text
    for first, last in (((0, 0), (1, 0)), ((0, 1), (1, 1)), ((0, 2), (0, 3)), ((2, 0), (3, 0))):
        table.cell(*first).merge(table.cell(*last))
    document.add_paragraph("Директор")
    data = io.BytesIO()
    document.save(data)
    made = tmp_path_factory.mktemp("office")
    save(made, "звіт.docx", data.getvalue())
    return made


@pytest.mark.parametrize("kind", ["docx", "pdf", "html"])
def test_saved_again_it_is_the_same_table(folder: Path, kind: str) -> None:
    file = read(converted(folder, folder / "звіт.docx", kind), f"звіт.{kind}")
    [table] = tables(file)
    found = [[(*spot[:3], " ".join(spot[3].split())) for spot in row] for row in spots(table)]
    assert found == MERGED
    assert paragraphs(file) == ["Звіт за 2023 рік", "Директор"]


@pytest.mark.parametrize(
    ("kind", "said"),
    [("odt", "LibreOffice"), ("rtf", "RTF"), ("doc", r"\.doc"), ("fodt", "XML офісної")],
)
def test_other_formats_are_told_by_name(folder: Path, kind: str, said: str) -> None:
    data = converted(folder, folder / "звіт.docx", kind)
    with pytest.raises(UnreadableFileError, match=said):
        read(data, f"звіт.{kind}")


@pytest.fixture(scope="module")
def old_workbook(folder: Path) -> bytes:
    def write(book: Any) -> None:
        sheet = book.add_worksheet()
        for at, row in enumerate(ROWS):
            sheet.write_row(at, 0, row)
        sheet.merge_range("A5:D5", "Всього")

    return converted(folder, save(folder, "книга.xlsx", written(write)), "xls")


def test_an_old_workbook(old_workbook: bytes) -> None:
    [table] = tables(read(old_workbook, "книга.xls"))
    assert texts(table)[2] == ROWS[2]
    assert spots(table)[4] == [(0, 4, 1, "Всього")]


@pytest.mark.parametrize("seed", range(12))
def test_damaged_old_workbooks(old_workbook: bytes, tmp_path: Path, seed: int) -> None:
    dice = random.Random(seed)  # noqa: S311 - no secret
    damaged = bytearray(old_workbook)
    for _ in range(20):
        damaged[dice.randrange(512, len(damaged))] = dice.randrange(256)
    whole = damaged if seed % 3 else damaged[: dice.randrange(len(damaged))]
    limits = dataclasses.replace(LIMITS, processor=10, patience=40)
    assert outcome(lambda: read_file(save(tmp_path, "книга.xls", bytes(whole)), limits))
