"""What clerks do that is seen otherwise than it is stored: told or refused, never guessed."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import UTC, datetime, time
from pathlib import Path
from typing import Any

import pytest
from openpyxl.comments import Comment
from overlays import ROOT
from returned import Book, given_out, opened, taken
from small_project import lay

from reportgen.cli.entry_report import Opened
from reportgen.diagnostics import Diagnostic, Severity


@pytest.fixture
def report(tmp_path: Path) -> Opened:
    return opened(lay(tmp_path))


@pytest.fixture
def book(report: Opened) -> Book:
    return Book(given_out(report)).typed("1.1", "actual", 50).typed("1.2", "actual", 60)


def _moment(hour: int = 0, minute: int = 0) -> datetime:
    """Return a moment of 01.02.2023, without a zone, as spreadsheets have them."""
    return datetime(2023, 2, 1, hour, minute, tzinfo=UTC).replace(tzinfo=None)


def told(found: list[Diagnostic]) -> list[str]:
    return [f"{one.code} {one.span.where}: {one.message}" for one in found]


def errors(found: list[Diagnostic]) -> list[Diagnostic]:
    return [one for one in found if one.severity is Severity.ERROR]


def _exchange(sheet: Any, columns: range) -> None:
    for column in columns:
        one, other = sheet.cell(8, column), sheet.cell(10, column)
        one.value, other.value = other.value, one.value


def test_rows_sorted_without_their_hidden_keys_are_refused(report: Opened, book: Book) -> None:
    _exchange(book.sheet(), range(2, 10))
    _, found = taken(report, book.data)
    [one] = found
    assert told([one]) == [
        "entry-structure Таблиця!B8: тут видно «1.2.», а видано «1.1.»; таких рядків 2"
    ]
    assert "Таблиця!B10" in str(one.related[0][0])
    assert "стовпець A" in one.hint


def test_entries_that_moved_with_names_alone_are_refused(report: Opened, book: Book) -> None:
    _exchange(book.sheet(), range(3, 10))
    _, found = taken(report, book.data)
    assert [one.span.where for one in errors(found)] == ["Таблиця!C8"]


def test_columns_that_changed_places_without_their_keys_are_refused(
    report: Opened, book: Book
) -> None:
    sheet = book.sheet()
    for row in range(5, 14):
        plan, actual = sheet.cell(row, 5), sheet.cell(row, 6)
        if hasattr(plan, "coordinate") and type(plan) is type(actual):
            try:
                plan.value, actual.value = actual.value, plan.value
            except AttributeError:
                continue
    _, found = taken(report, book.data)
    assert "entry-structure" in {one.code for one in errors(found)}


def test_one_retyped_name_is_no_sorting(report: Opened, book: Book) -> None:
    book.typed("1.1", "name", "Придбати книжки!").typed("1.2", "number", "1.2.")
    received, found = taken(report, book.data)
    assert not errors(found)
    assert {one.code for one in found} == {"entry-outside"}
    assert [one.answer for one in received.changes] == ["50", "60"]


def test_a_row_copied_below_without_its_key_is_refused(report: Opened, book: Book) -> None:
    sheet = book.sheet()
    for column in range(2, 10):
        value = sheet.cell(10, column).value
        sheet.cell(20, column).value = None if str(value).startswith("=") else value
    _, found = taken(report, book.data)
    [one] = errors(found)
    assert "цього рядка у формі не було" in one.message


def test_entry_cells_that_were_merged_are_refused(report: Opened, book: Book) -> None:
    at = book.cell("1.1", "actual")
    book.sheet().merge_cells(
        start_row=at.row, end_row=at.row + 2, start_column=at.column, end_column=at.column
    )
    _, found = taken(report, book.data)
    [one] = errors(found)
    assert told([one]) == [
        "entry-structure Таблиця!F8: клітинки F8:F10 об'єднано: одне значення на кілька клітинок"
    ]


def test_notes_are_told(report: Opened, book: Book) -> None:
    book.cell("1.1", "actual").comment = Comment("уточнити в бухгалтерії", "Олена")
    book.book.worksheets[0]["B4"].comment = Comment("не зрозуміло", "Олена")
    _, found = taken(report, book.data)
    assert told(found) == [
        "entry-outside Таблиця!F8: не перенесено примітку «уточнити в бухгалтерії»",
        "entry-outside Як заповнити!B4: не перенесено примітку «не зрозуміло»",
    ]


def shown_as(book: Book, value: Any, code: str, column: str = "actual") -> bytes:
    cell = book.typed("1.1", column, value).cell("1.1", column)
    cell.number_format = code
    return book.data


@pytest.mark.parametrize(
    ("value", "code", "seen"),
    [
        (0.5, "0%", "показує «50%», а число в ній 0,5"),
        (2_700_000, "0.0,", "показує «2700,0», а число в ній 2700000"),
        (8500, '# ##0" грн"', "показує «8 500 грн», а число в ній 8500"),
        (1.5, '0.0" млн"', "показує «1,5 млн», а число в ній 1,5"),
        (1.5, "[h]:mm", "тут дата"),
        (5, ";;;", "показує «»"),
    ],
)
def test_a_number_that_is_not_what_its_cell_shows_is_refused(
    report: Opened, book: Book, value: float, code: str, seen: str
) -> None:
    _, found = taken(report, shown_as(book, value, code))
    [one] = errors(found)
    assert one.code == "entry-value"
    assert seen in one.message
    assert one.hint


@pytest.mark.parametrize(
    ("value", "code"),
    [
        (8500, '# ##0.0" тис. грн"'),
        (0, '_-* #,##0.00_-;-* #,##0.00_-;_-* "-"??_-'),
        (8500, "0.00E+00"),
        (1431.52, "#,##0.0"),
        (12, "000"),
    ],
)
def test_a_number_that_is_what_its_cell_shows_is_taken(
    report: Opened, book: Book, value: float, code: str
) -> None:
    received, found = taken(report, shown_as(book, value, code))
    assert not found
    assert float(received.changes[0].answer) == value


def test_digits_that_a_cell_hides_are_told(report: Opened, book: Book) -> None:
    received, found = taken(report, shown_as(book, 5.44, "0"))
    assert "клітинка показує «5», узято 5,44" in found[0].message
    assert received.changes[0].answer == "5.44"


@pytest.mark.parametrize(
    ("value", "code", "text"),
    [
        (0.95, "0%", "95%"),
        (7, "000", "007"),
        (time(12, 30), "h:mm", "12:30"),
        (_moment(14, 30), "dd.mm.yyyy hh:mm", "01.02.2023 14:30"),
    ],
)
def test_texts_are_what_cells_show(
    report: Opened, book: Book, value: Any, code: str, text: str
) -> None:
    received, found = taken(report, shown_as(book, value, code, "info"))
    assert [one.answer for one in received.changes if one.question.label != "Профінансовано"] == [
        text
    ]
    assert any(text in one.message for one in found)


def test_days_may_be_counted_from_1904(report: Opened, book: Book) -> None:
    book.book.epoch = _moment().replace(year=1904, month=1)
    received, _ = taken(report, shown_as(book, _moment(), "dd.mm.yyyy", "info"))
    assert "01.02.2023" in [one.answer for one in received.changes]


@pytest.mark.parametrize("text", ["100\n200", "100\t200", "100\r\n200"])
def test_two_numbers_in_a_cell_are_not_one(report: Opened, book: Book, text: str) -> None:
    _, found = taken(report, book.typed("1.1", "actual", text).data)
    [one] = errors(found)
    assert "не одне число" in one.message


def test_who_has_filled_the_form_in_stays_in_it(report: Opened, book: Book) -> None:
    sheet = book.sheet()
    [row] = [cell.row for cell in sheet["A"] if cell.value == "#signed"]
    free = [cell for cell in sheet[row] if not cell.protection.locked]
    free[0].value = "Олена Коваль, 067 000 00 00, 05.07.2024"
    received, found = taken(report, book.data)
    assert not found
    assert [one.answer for one in received.changes] == ["50", "60"]


def test_rows_of_long_entries_have_room_and_may_grow(report: Opened) -> None:
    data = given_out(report)
    book = Book(data)
    row = book.cell("1.2", "info").row
    assert book.sheet().row_dimensions[row].height >= 50
    with zipfile.ZipFile(io.BytesIO(data)) as parts:
        sheet = parts.read("xl/worksheets/sheet2.xml").decode()
    [tag] = re.findall(f'<row r="{row}"[^>]*>', sheet)
    assert "customHeight" not in tag


def test_nothing_is_said_of_money_where_none_is_asked() -> None:
    concept = opened(ROOT, "concept", "2023")
    book = Book(given_out(concept))
    texts = [
        str(cell.value or "")
        for sheet in book.book.worksheets[:-1]
        for row in sheet.iter_rows()
        for cell in row
    ]
    assert not [one for one in texts if "тис. грн" in one or one == "№"]


def test_a_talk_is_told_once(report: Opened, book: Book) -> None:
    """Excel 365 keeps a talk, and a note that only says that there is one."""
    book.cell("1.1", "actual").comment = Comment("[Threaded comment] Ваша версія…", "tc={1}")
    talk = '<ThreadedComments><threadedComment ref="F8"><text>Чи так?</text></threadedComment>'
    talk += "</ThreadedComments>"
    result = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(book.data)) as source, zipfile.ZipFile(result, "w") as target:
        for name in source.namelist():
            data = source.read(name)
            if name.endswith("sheet2.xml.rels"):
                more = b'<Relationship Id="t" Target="/xl/threadedComments/threadedComment1.xml"/>'
                data = data.replace(b"</Relationships>", more + b"</Relationships>")
            target.writestr(name, data)
        target.writestr("xl/threadedComments/threadedComment1.xml", talk)
    _, found = taken(report, result.getvalue())
    assert told(found) == ["entry-outside Таблиця!F8: не перенесено примітку «Чи так?»"]
