"""What clerks do to a form besides filling it in: moved things are found, lost ones told."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from returned import Book, filled, given_out, opened, taken
from small_project import lay

from reportgen.cli.entry_report import Opened
from reportgen.diagnostics import Diagnostic

NO_VALUE = "у формули немає обчисленого значення"


@pytest.fixture
def report(tmp_path: Path) -> Opened:
    return opened(lay(tmp_path))


@pytest.fixture
def book(report: Opened) -> Book:
    return Book(given_out(report)).typed("1.1", "actual", 50).typed("1.2", "info", "Нове.")


def told(found: list[Diagnostic]) -> list[str]:
    return [f"{one.code} {one.span.where}: {one.message}" for one in found]


def _row_between(sheet: Any) -> None:
    sheet.insert_rows(9)


def _column_between(sheet: Any) -> None:
    sheet.insert_cols(4)


def _row_and_column_above(sheet: Any) -> None:
    sheet.insert_rows(1, 2)
    sheet.insert_cols(1)


def _renamed(sheet: Any) -> None:
    sheet.title = "Дані за півріччя"


@pytest.mark.parametrize("move", [_row_between, _column_between, _row_and_column_above, _renamed])
def test_what_is_moved_is_found(report: Opened, book: Book, move: Callable[[Any], None]) -> None:
    sheet = book.sheet()
    for area in list(sheet.merged_cells.ranges):
        sheet.unmerge_cells(str(area))
    move(sheet)
    received, found = taken(report, book.data)
    assert not [one for one in found if one.code != "entry-outside"], told(found)
    assert [one.answer for one in received.changes] == ["50", "Нове."]


def test_sorted_rows_are_found(report: Opened, book: Book) -> None:
    sheet = book.sheet()
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=8, max_row=10)]
    for at, row in enumerate(reversed(rows), 8):
        for column, value in enumerate(row, 1):
            sheet.cell(at, column).value = value
    received, found = taken(report, book.data)
    assert not [one for one in found if one.code != "entry-outside"], told(found)
    assert [one.answer for one in received.changes] == ["50", "Нове."]


def test_what_is_lost_is_told(report: Opened, book: Book) -> None:
    sheet = book.sheet()
    sheet.delete_rows(book.cell("1.2", "info").row)
    sheet.delete_cols(book.cell("1.1", "status").column)
    _, found = taken(report, book.data)
    assert told(found)[:2] == [
        "entry-structure аркуш «Таблиця»: рядок «1.2» видалено",
        "entry-structure аркуш «Таблиця»: стовпець «status» видалено",
    ]


def test_a_lost_or_copied_sheet_is_told(report: Opened, book: Book) -> None:
    book.book.copy_worksheet(book.sheet())
    book.book.remove(book.sheet("answer"))
    _, found = taken(report, book.data)
    assert told([one for one in found if one.code == "entry-structure"]) == [
        "entry-structure аркуш «Таблиця»: аркуш скопійовано",
        "entry-structure аркуш «Підпис і тексти»: аркуш видалено",
    ]


def test_a_copied_row_is_told(report: Opened, book: Book) -> None:
    sheet = book.sheet()
    for column in range(1, 10):
        sheet.cell(20, column).value = sheet.cell(8, column).value
    _, found = taken(report, book.data)
    assert "рядок «1.1» скопійовано" in told(found)[0]


def test_an_added_row_is_told(report: Opened, book: Book) -> None:
    sheet = book.sheet()
    column = book.cell("1.1", "actual").column
    sheet.cell(15, 3).value = "Новий захід"
    sheet.cell(15, column).value = 12
    _, found = taken(report, book.data)
    [one] = [one for one in found if one.code == "entry-structure"]
    assert one.message == "цього рядка у формі не було: «12»"
    assert one.span.where.endswith("A15")


def test_what_is_typed_elsewhere_is_told(report: Opened, book: Book) -> None:
    sheet = book.sheet()
    sheet["Z3"] = "Дзвонити Олені"
    book.typed("1.1", "name", "Придбати все").typed("1.1", "percent", 100)
    book.book.create_sheet("Чернетка")["B2"] = "2 + 2"
    book.book.worksheets[0]["B4"] = "моє"
    _, found = taken(report, book.data)
    assert told(found) == [
        "entry-outside Таблиця!Z3: не перенесено «Дзвонити Олені»: тут нічого не питають",
        "entry-outside Таблиця!C8: не перенесено «Придбати все»: ця клітинка захищена, її змінено",
        "entry-outside Таблиця!G8: не перенесено «100»: тут була формула, її замінено",
        "entry-outside Як заповнити!B4: не перенесено «моє»: цей аркуш не заповнюють",
        "entry-outside Чернетка!B2: не перенесено «2 + 2»: цей аркуш не заповнюють",
    ]


def test_all_faults_are_told_at_once_with_both_places(report: Opened, book: Book) -> None:
    book.typed("1.1", "actual", "багато").typed("1.2", "annual_plan", -5)
    book.typed("1.2", "status", "мабуть").typed("dytiachi", "actual", "=1/0")
    _, found = taken(report, book.data)
    assert told(found) == [
        "entry-value Таблиця!F8: 1.1, Профінансовано: «багато» — не число",
        f"entry-value Таблиця!F9: 1.1, для дітей, Профінансовано: {NO_VALUE}",
        "entry-value Таблиця!E10: 1.2, План: сума від'ємна",
        "entry-value Таблиця!H10: 1.2, Стан виконання: «мабуть» немає в переліку",
    ]
    assert str(found[0].related[0][0]) == "content/programmes/biblioteky/2024-h1.yaml:7:13"
    assert all(one.hint for one in found)


def test_macros_and_links_are_told(report: Opened, book: Book) -> None:
    buffer = io.BytesIO(book.data)
    with zipfile.ZipFile(buffer, "a") as archive:
        archive.writestr("xl/vbaProject.bin", b"\0")
        archive.writestr("xl/externalLinks/externalLink1.xml", b"<a/>")
    received, found = taken(report, buffer.getvalue())
    assert [one.code for one in found] == ["entry-outside", "entry-outside"]
    assert len(received.changes) == 2


def test_a_form_of_another_council_or_of_a_lost_file_is_refused(report: Opened, book: Book) -> None:
    council = replace(report.now.report.council, id="insha")
    now = replace(report.now, report=replace(report.now.report, council=council))
    _, found = taken(replace(report, now=now), book.data)
    assert [one.code for one in found] == ["entry-foreign"]
    assert "«insha»" in found[0].message
    _, found = taken(replace(report, now=replace(report.now, is_new=True)), book.data)
    assert [one.code for one in found] == ["entry-foreign"]
    assert "його немає" in found[0].message


def test_a_book_that_is_no_form_is_refused() -> None:
    buffer = io.BytesIO()
    openpyxl.Workbook().save(buffer)
    form, found = filled(buffer.getvalue())
    assert form is None
    assert found[0].code == "entry-unreadable"
    assert "form-out" in found[0].hint
