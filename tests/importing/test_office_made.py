"""Reports as clerks make them in an office program: merged by hand, cut in three, blank rows."""

from __future__ import annotations

import subprocess
from collections.abc import Mapping, Sequence
from itertools import pairwise
from pathlib import Path

import docx
import openpyxl
import pytest
from docx.shared import Mm, Pt
from docx.table import Table as WordTable
from import_made import drawn
from imports import import_into
from overlays import ROOT
from test_import_round_trip import loaded

from reportgen.build.prepare import Prepared
from reportgen.build.project import open_project
from reportgen.document.blocks import Cell, Paragraph, Role, Signature, Table, place
from reportgen.importing import Imported
from reportgen.read.opening import read_file

pytestmark = pytest.mark.slow

SLUG, PERIOD = "equal-opportunities", "2023"
CUTS = (0, 13, 27, 60)  # rows of the body at which the clerk's tables begin
PERCENT = 8  # the column of what is computed: one row has declared another


@pytest.fixture
def prepared(reports: Mapping[tuple[str, str], Prepared]) -> Prepared:
    return reports[SLUG, PERIOD]


def lines_above(prepared: Prepared) -> list[str]:
    assert prepared.document
    blocks = prepared.document.blocks
    return [line for one in blocks if isinstance(one, Paragraph) for line in one.lines]


def the_table(prepared: Prepared) -> Table:
    assert prepared.document
    return prepared.document.tables[0]


def signature(prepared: Prepared) -> Signature:
    assert prepared.document
    [found] = [one for one in prepared.document.blocks if isinstance(one, Signature)]
    return found


Placed = Sequence[tuple[int, Cell]]


def measures(table: Table) -> list[Placed]:
    """Return the rows of measures, each cell with its column."""
    rows = zip(table.body, place(table.body, len(table.columns)), strict=True)
    return [cells for row, cells in rows if row.role is not Role.TOTAL]


def as_word(prepared: Prepared, path: Path) -> None:
    """Write a Word file: three tables, the header in the first alone, cells merged downwards."""
    page = docx.Document()
    sheet = page.sections[0]
    sheet.page_width, sheet.page_height = Mm(297), Mm(210)
    sheet.left_margin = sheet.right_margin = Mm(10)
    page.styles["Normal"].font.size = Pt(7)
    for line in lines_above(prepared):
        page.add_paragraph(line)
    table = the_table(prepared)
    body = measures(table)
    for start, end in pairwise(CUTS):
        made = page.add_table(rows=0, cols=len(table.columns), style="Table Grid")
        if start == 0:
            cells = made.add_row().cells
            for at, cell in enumerate(table.header[0].cells):
                cells[at].text = cell.text.replace("звітному періоді", "звітному\nперіоді")
        fill(made, body[start:end])
        made.add_row()  # a blank one, as they are
        page.add_paragraph("")
    one = signature(prepared)
    page.add_paragraph(f"{one.position}\t\t\t{one.name}")
    page.save(str(path))


def fill(made: WordTable, rows: Sequence[Placed]) -> None:
    """Put rows into a table of Word; a cell that goes on in the next table begins there blank."""
    first = len(made.rows)
    for placed in rows:
        cells = made.add_row().cells
        for at, cell in placed:
            cells[at].text = cell.text.replace("\u00a0", " ")
    for row, placed in enumerate(rows):
        for at, cell in placed:
            last = min(row + cell.rows, len(rows)) - 1
            if last > row:
                merged = made.cell(first + row, at).merge(made.cell(first + last, at))
                merged.text = cell.text


def as_excel(prepared: Prepared, path: Path) -> None:
    """Write a workbook: nothing merged but the title, numbers as text, blank rows between."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "Звіт за рік"
    table = the_table(prepared)
    for line in lines_above(prepared):
        sheet.append([line])
        sheet.merge_cells(
            start_row=sheet.max_row, end_row=sheet.max_row, start_column=1, end_column=10
        )
    sheet.append([])
    for header in table.header:
        sheet.append([cell.text for cell in header.cells])
    for number, placed in enumerate(measures(table)):
        texts = {at: cell.text for at, cell in placed}
        sheet.append([texts.get(at, "") for at in range(len(table.columns))])
        if number % 9 == 8:
            sheet.append([])
    sheet.append([])
    one = signature(prepared)
    sheet.append([one.position, "", "", "", "", one.name])
    book.save(path)


def check(path: Path, prepared: Prepared) -> Imported:
    """Import a file and compare the table with the one it was made from."""
    found = import_into(read_file(path), open_project(ROOT), prepared.source.period, "novyi")
    assert isinstance(found, Imported), found
    assert prepared.report
    document = drawn(loaded(found, "novyi", prepared.report))
    assert [plain(one) for one in measures(document.tables[0])] == [
        plain(one) for one in measures(the_table(prepared))
    ]
    assert [one for one in document.blocks if isinstance(one, Signature)] == [signature(prepared)]
    return found


def plain(placed: Placed) -> list[tuple[int, int, str]]:
    return [
        (at, cell.rows, "".join(cell.text.split()).replace("-", ""))
        for at, cell in placed
        if at != PERCENT
    ]


def test_a_word_file_cut_in_three(prepared: Prepared, tmp_path: Path) -> None:
    path = tmp_path / "zvit.docx"
    as_word(prepared, path)
    check(path, prepared)


def test_a_sheet_without_merged_cells(prepared: Prepared, tmp_path: Path) -> None:
    path = tmp_path / "zvit.xlsx"
    as_excel(prepared, path)
    check(path, prepared)


@pytest.mark.tool("soffice")
@pytest.mark.parametrize("kind", ["pdf", "html", "xls"])
def test_what_libreoffice_makes_of_them(prepared: Prepared, kind: str, tmp_path: Path) -> None:
    source = tmp_path / ("zvit.xlsx" if kind == "xls" else "zvit.docx")
    (as_excel if kind == "xls" else as_word)(prepared, source)
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    call = ["soffice", profile, "--headless", "--convert-to", kind, "--outdir", str(tmp_path)]
    subprocess.run([*call, str(source)], check=True, capture_output=True, timeout=180)
    check(tmp_path / f"zvit.{kind}", prepared)
