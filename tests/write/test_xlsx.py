"""The written workbook, read back by other libraries and compared with the document."""

from __future__ import annotations

import io
import os
import subprocess
import sys
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from excel import TYPEFACE, ratio, sheet_of, values_of, with_body, with_cell
from small import PLACE, money, small_document, small_table, text

from reportgen.document.blocks import (
    Cell,
    Document,
    Row,
    Table,
    TableColumn,
    place,
)
from reportgen.document.origin import Computed, Known, Reference, Sum
from reportgen.model.form import Align, Kind
from reportgen.model.formula import parse_formula
from reportgen.write.frame import FrameError
from reportgen.write.xlsx import write_xlsx

if TYPE_CHECKING:
    from reportgen.build.prepare import Prepared

ROOT = Path(__file__).resolve().parents[2]


def cells_of(table: Table) -> Iterator[tuple[int, int, Cell]]:
    """Yield the table's cells with row and column, from 0 at its top left corner."""
    width = len(table.columns)
    for row, cells in enumerate(place(table.header, width) + place(table.body, width)):
        for column, cell in cells:
            yield row, column, cell


def compare(document: Document) -> None:
    """Compare every cell; what is above the table takes one row for each block."""
    values = values_of(document)
    table = document.tables[0]
    top = document.blocks.index(table)
    for row, column, cell in cells_of(table):
        expected = cell.text if cell.value is None else float(cell.value)
        assert values[top + row][column] == expected


def test_every_cell_is_on_the_sheet_with_its_value() -> None:
    compare(small_document())


def test_every_cell_of_the_shipped_reports_is_on_the_sheet(
    reports: Mapping[tuple[str, str], Prepared],
) -> None:
    for report in reports.values():
        assert report.document
        compare(report.document)


def test_merged_cells_are_merged() -> None:
    merged = {str(area) for area in sheet_of(small_document()).merged_cells.ranges}
    assert merged == {
        *("A1:G1", "A2:G2", "A3:G3", "A4:G4"),  # title, period, term, section
        *("A5:A6", "B5:B6", "C5:C6", "D5:F5", "G5:G6"),  # two-storey header
        *("A8:A10", "B8:B10", "A11:C11"),  # number and task; the total's label
        *("A13:B13", "C13:G13"),  # position and name
    }


def test_text_of_lines_and_signature() -> None:
    values = [row[0] for row in values_of(small_document())]
    assert values[:4] == [
        "Звіт\nпро результати виконання Програми",
        "за 2023 рік",
        "Термін реалізації Програми 2021-2025 роки",
        "1. Виконання заходів",
    ]
    position = "Начальник управління у справах сім'ї, молоді та спорту міської ради"
    assert values_of(small_document())[12][:3] == [position, "", "Ірина КОВАЛЬЧУК"]


def test_sums_and_percents_are_live() -> None:
    sheet = sheet_of(small_document())
    assert sheet["D11"].value == "=SUM(D8,D10)"  # «в т.ч.» in row 9 is left out
    assert sheet["E11"].value == "=SUM(E8,E10)"
    assert sheet["F8"].value == '=IF(D8=0,"–",ROUND(E8/D8*100,1))'
    assert sheet["F10"].value == '=IF(D10=0,"–",ROUND(E10/D10*100,1))'
    assert sheet["D8"].value == 1000  # typed in a file: a plain number


def test_a_figure_is_exact_and_its_format_rounds() -> None:
    sheet = sheet_of(with_cell(Cell(("12,3",), Decimal("12.25"), Kind.MONEY, decimals=1)))
    assert sheet["A2"].value == 12.25
    assert sheet["A2"].number_format == '[$-422]#,##0.0;[$-422]"−"#,##0.0'


def test_a_percent_of_a_missing_amount_is_a_dash_until_it_is_entered() -> None:
    document = with_body(Row((money("5,0", "5"), text(), ratio("–", None))))
    assert values_of(document) == [[5, "", "–"]]
    assert sheet_of(document)["C1"].value == (
        '=IF(COUNT(B1)<1,"–",IF(A1=0,"–",ROUND(B1/A1*100,1)))'
    )


def test_empty_cells_that_count_lie_in_the_range_of_a_sum() -> None:
    added = Sum((Reference(0, 0),), (Reference(0, 1),))
    total = Cell(("5,0",), Decimal(5), Kind.MONEY, Align.RIGHT, 1, origin=added)
    sheet = sheet_of(with_body(Row((money("5,0", "5"), text(), total))))
    assert sheet["C1"].value == "=SUM(A1:B1)"


def test_a_sum_of_nothing_yet_is_a_dash_until_something_is_entered() -> None:
    added = Sum((), (Reference(0, 0), Reference(0, 1)))
    total = Cell(("–",), None, Kind.MONEY, Align.RIGHT, 1, origin=added)
    document = with_body(Row((text(), text(), total)))
    assert sheet_of(document)["C1"].value == '=IF(COUNT(A1:B1)=0,"–",SUM(A1:B1))'
    assert sheet_of(document)["C1"].number_format.startswith("[$-422]#,##0.0")
    assert values_of(document) == [["", "", "–"]]


def test_an_addend_that_no_cell_shows_is_a_constant() -> None:
    origin = Sum((Reference(0, 0), Known("1.1", Decimal("2.5"), PLACE)))
    total = Cell(("7,5",), Decimal("7.5"), Kind.MONEY, Align.RIGHT, 1, origin=origin)
    document = with_body(Row((money("5,0", "5"), total, text())))
    assert sheet_of(document)["B1"].value == "=SUM(A1,2.5)"


def test_a_formula_over_what_nobody_knows_is_no_formula() -> None:
    origin = Computed(parse_formula("plan * 2"), {"plan": Known("plan", None, PLACE)}, 1, "–")
    document = with_cell(Cell(("–",), None, Kind.MONEY, origin=origin))
    assert sheet_of(document)["A2"].value == "–"


def test_an_empty_sum_is_a_plain_number() -> None:
    nought = Cell(("0,0",), Decimal(0), Kind.MONEY, Align.RIGHT, 1, origin=Sum(()))
    assert sheet_of(with_cell(nought))["A2"].value == 0


@pytest.mark.parametrize(
    "hostile",
    [
        "=SUM(A1:A9)",
        "+380 44 000 00 00",
        "-1",
        "@SUM(A1)",
        "{=1+1}",
        "1.10",
        "2023",
        "0217",
        "TRUE",
        "#N/A",
        "https://example.org/?a=1&b=2",
        "mailto:a@b.c",
        "<r><t>розмітка</t></r>",
        "<r>a</t></si></sst>&lt;</r>",
        "</t></si><si>",
        "]]>&amp;&#0;",
        "_x0041_ не А",
        "  пробіли по краях  ",
        "\u202eсправа наліво\u202c",
        "перший\nдругий\n\nчетвертий",
        "😀" * 100,
    ],
)
def test_typed_text_stays_text(hostile: str) -> None:
    document = with_cell(text(*hostile.split("\n")))
    assert values_of(document)[1] == [hostile]
    assert sheet_of(document)["A2"].data_type == "s"
    assert sheet_of(document)["A2"].hyperlink is None


def test_an_edited_text_stays_text_and_a_missing_amount_can_be_entered() -> None:
    short, long, empty = text("1.10"), text("я" * 256), text()
    cells = sheet_of(with_body(Row((short, long, empty))))[1]
    assert [cell.number_format for cell in cells] == ["@", "General", "General"]


def test_the_printed_nought_cannot_break_out_of_a_formula() -> None:
    evil = '"&HYPERLINK("http://example.org")&"'
    inputs = {"plan": Known("plan", Decimal(0), PLACE)}
    origin = Computed(parse_formula("1 / plan"), inputs, 1, evil)
    document = with_cell(Cell((evil,), None, Kind.PERCENT, origin=origin))
    assert values_of(document)[1] == [evil]
    literal = '"""&HYPERLINK"&"(""http://example.org"")&"""'
    assert sheet_of(document)["A2"].value == f"=IF(0=0,{literal},ROUND(1/0,1))"


def test_the_longest_text_of_a_cell_fits_and_a_longer_one_is_refused() -> None:
    assert values_of(with_cell(text("я" * 32_767)))[1] == ["я" * 32_767]
    for too_long in ("я" * 32_768, "😀" * 16_384):  # counted as Excel does, in UTF-16
        with pytest.raises(FrameError, match="32767"):
            write_xlsx(with_cell(text(too_long)), TYPEFACE)


def test_a_row_taller_than_excel_allows_is_drawn_over_several() -> None:
    tall = text(*["абзац"] * 100)
    document = with_body(
        Row((tall, money("1,0", "1"), text())),
        Row((text(), money("2,0", "2"), text())),
        Row(
            (
                text(),
                Cell(("3,0",), Decimal(3), origin=Sum((Reference(0, 1), Reference(1, 1)))),
                text(),
            )
        ),
    )
    sheet = sheet_of(document)
    (first, *_), last = sorted(str(area) for area in sheet.merged_cells.ranges)[:1], sheet.max_row
    slices = int(first.partition(":A")[2])
    assert last == slices + 2
    assert all(sheet.row_dimensions[row].height <= 409 for row in range(1, last + 1))
    assert sheet.cell(last, 2).value == f"=SUM(B1:B{slices + 1})"


def test_a_second_table_refers_to_its_own_cells() -> None:
    narrow = tuple(TableColumn(name, 25) for name in ("plan", "actual", "percent"))
    body = (Row((money("4,0", "4"), money("1,0", "1"), ratio("25,0", "25.0"))),)
    first, second = small_table(), Table("", narrow, (), body)
    sheet = sheet_of(replace(small_document(), blocks=(first, second)))
    row = sheet.max_row
    # The sheet is cut at 12, 25, 50, 57, 75, … mm: the second table's cells are merged.
    assert {"A8:B8", "D8:E8"} <= {str(area) for area in sheet.merged_cells.ranges}
    assert sheet.cell(row, 4).value == '=IF(A8=0,"–",ROUND(C8/A8*100,1))'


def test_equal_bytes_in_every_process() -> None:
    script = (
        "import sys; from small import small_document; from reportgen.write.fonts import "
        "find_typeface; from reportgen.write.xlsx import write_xlsx; "
        "sys.stdout.buffer.write(write_xlsx(small_document(), find_typeface()))"
    )
    folders = os.pathsep.join([str(ROOT), str(Path(__file__).parent)])
    results = {
        subprocess.run(
            [sys.executable, "-c", script],
            env={**os.environ, "PYTHONPATH": folders, "PYTHONHASHSEED": seed, "TZ": zone},
            check=True,
            capture_output=True,
        ).stdout
        for seed, zone in (("1", "UTC"), ("2", "Europe/Kyiv"))
    }
    assert results == {write_xlsx(small_document(), TYPEFACE)}
    with zipfile.ZipFile(io.BytesIO(results.pop())) as package:
        assert {one.date_time for one in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}
