"""Workbooks: exact numbers, texts as they are shown, merged and hidden parts, formulas."""

from __future__ import annotations

import datetime
import io
from decimal import Decimal
from typing import Any

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from read_made import one_cell, read, spots, table, tables, texts, told, written, xlsx

from reportgen.read.source import SourceCell, UnreadableFileError

_NOT_CALCULATED = (
    "формула без обчисленого значення: відкрийте книгу в Excel, дайте їй обчислитися й збережіть"
)


def cell_of(data: bytes) -> SourceCell:
    [(_, cell)] = table(read(data, "а.xlsx")).rows[0].cells
    return cell


def number(value: float, code: str = "General") -> SourceCell:
    def write(book: Any) -> None:
        book.add_worksheet().write_number(0, 0, value, book.add_format({"num_format": code}))

    return cell_of(written(write))


@given(st.integers(0, 10**11), st.integers(0, 3))
@settings(max_examples=25)
def test_a_number_is_exactly_what_was_typed(digits: int, decimals: int) -> None:
    typed = Decimal(digits).scaleb(-decimals)
    found = number(float(typed))
    assert found.value == typed
    assert found.text == f"{typed.normalize():f}".replace(".", ",")


@pytest.mark.parametrize(
    ("stored", "code", "value", "text"),
    [
        (53.300000000000004, "General", "53.3", "53,3"),
        (0.1 + 0.2, "General", "0.3", "0,3"),
        (17468.4, "#,##0.0", "17468.4", "17\u00a0468,4"),
        (45.24041811846689, "0.0", "45.2404181184669", "45,2"),
        (0.452, "0.0%", "0.452", "45,2%"),
        (0, '_-* #,##0.00_-;-* #,##0.00_-;_-* "-"??_-;_-@_-', "0", "-"),
        (-12.25, "#,##0.0_ ;-#,##0.0\\ ", "-12.25", "-12,3"),
        (5, '0.0" тис. грн"', "5", "5,0 тис. грн"),
        (1500, "0.00E+00", "1500", "1500"),
        (1.5, "# ?/?", "1.5", "1,5"),
        (2023, "@", "2023", "2023"),
        (906600, "#,##0.0,", "906.6", "906,6"),
        (906649, "#,##0.0,", "906.649", "906,6"),
        (-906600, "#,##0.0,;-#,##0.0,", "-906.6", "-906,6"),
        (0, "#,##0.0,", "0", "0,0"),
        (12500000, '0.0,," млн"', "12.5", "12,5 млн"),
    ],
)
def test_numbers_are_shown_by_their_formats(
    stored: float, code: str, value: str, text: str
) -> None:
    found = number(stored, code)
    assert (found.value, found.text) == (Decimal(value), text)


def test_numbers_that_a_format_shows_in_thousands_are_told_once() -> None:
    def write(book: Any) -> None:
        thousands = book.add_format({"num_format": "#,##0.0,"})
        sheet = book.add_worksheet("Звіт")
        sheet.write_column("A1", [906600, 861000], thousands)
        sheet.write("A3", 861, book.add_format({"num_format": "#,##0.0"}))

    [once] = told(read(written(write), "а.xlsx"))
    assert once.startswith("Звіт!A1: формат комірки показує число в тисячах")
    assert once.endswith("(також: Звіт!A2)")


@pytest.mark.parametrize(
    ("code", "text"),
    [("dd.mm.yyyy", "18.12.2019"), ("[$-422]d mmmm yyyy", "18.12.2019"), ("yyyy", "2019")],
)
def test_dates_are_texts(code: str, text: str) -> None:
    found = number((datetime.date(2019, 12, 18) - datetime.date(1899, 12, 30)).days, code)
    assert (found.value, found.text) == (None, text)


def test_days_are_counted_from_1904_where_the_book_says_so() -> None:
    book = openpyxl.Workbook()
    book.epoch = openpyxl.utils.datetime.CALENDAR_MAC_1904
    book.active["A1"] = datetime.datetime(2019, 12, 18, 9, 30)  # noqa: DTZ001 - has no zone there
    data = io.BytesIO()
    book.save(data)
    assert cell_of(data.getvalue()).text == "18.12.2019 09:30"


@pytest.mark.parametrize(
    ("cell", "text", "fault"),
    [
        ('<c r="A1" t="b"><v>1</v></c>', "ІСТИНА", ""),
        ('<c r="A1" t="e"><f>1/0</f><v>#DIV/0!</v></c>', "#DIV/0!", "#DIV/0!"),
        ('<c r="A1" t="str"><f>"а"</f><v>з формули</v></c>', "з формули", ""),
        ('<c r="A1" t="inlineStr"><is><r><t>а</t></r><r><t>б</t></r></is></c>', "аб", ""),
        ('<c r="A1" t="d"><v>2019-12-18T00:00:00</v></c>', "18.12.2019", ""),
        ('<c r="A1" t="str"><v>а_x000D_\nб</v></c>', "а\nб", ""),
        ("<c><v>7</v></c>", "7", ""),
        ('<c r="A1"><v>1E+999</v></c>', "1E+999", "не число"),
    ],
)
def test_cells_of_every_type(cell: str, text: str, fault: str) -> None:
    found = cell_of(xlsx(one_cell(cell)))
    assert (found.text, found.fault) == (text, fault)


def test_shared_texts_without_what_tells_how_to_say_them() -> None:
    strings = "<si><r><rPr><b/></rPr><t>жирне</t></r><rPh><t>як</t></rPh></si>"
    found = cell_of(xlsx(one_cell('<c r="A1" t="s"><v>0</v></c>'), strings=strings))
    assert (found.text, found.bold) == ("жирне", True)


def test_an_error_and_a_formula_that_nobody_calculated_are_told() -> None:
    cells = '<c r="A1" t="e"><v>#REF!</v></c><c r="B1"><f>A2*2</f></c><c r="C1"><v>1</v></c>'
    file = read(xlsx(one_cell(cells)), "а.xlsx")
    assert texts(table(file)) == [["#REF!", "", "1"]]
    assert told(file) == [
        "Аркуш1!A1: помилка у формулі: #REF!",
        f"Аркуш1!B1: {_NOT_CALCULATED}",
    ]


def test_formulas_show_what_was_calculated_last() -> None:
    def write(book: Any) -> None:
        sheet = book.add_worksheet("Звіт")
        sheet.write_row(0, 0, [2, 3])
        sheet.write_formula(0, 2, "=A1/B1*100", None, 66.6666666666667)

    [_, _, (_, found)] = table(read(written(write), "а.xlsx")).rows[0].cells
    assert (found.value, found.place.where) == (Decimal("66.6666666666667"), "Звіт!C1")


def test_merged_cells_are_cut_to_what_is_filled() -> None:
    def write(book: Any) -> None:
        sheet = book.add_worksheet()
        sheet.merge_range("A1:Z1", "назва")
        sheet.merge_range("A3:A6", "завдання")
        sheet.write_column("B3", ["а", "б"])
        sheet.write("B6", "в")
        sheet.write("C3", "г")

    # Rows 2 and 5 hold nothing: they are none, and the merged cell is three rows high.
    assert spots(table(read(written(write), "а.xlsx"))) == [
        [(0, 3, 1, "назва")],
        [(0, 1, 3, "завдання"), (1, 1, 1, "а"), (2, 1, 1, "г")],
        [(1, 1, 1, "б")],
        [(1, 1, 1, "в")],
    ]


def test_what_hides_under_merged_cells_or_overlaps_is_told() -> None:
    sheet = (
        '<sheetData><row r="1"><c r="A1"><v>1</v></c><c r="B1"><v>2</v></c></row>'
        '<row r="2"><c r="A2"><v>3</v></c></row></sheetData>'
        '<mergeCells><mergeCell ref="A1:B1"/><mergeCell ref="A1:A2"/></mergeCells>'
    )
    file = read(xlsx(sheet), "а.xlsx")
    assert spots(table(file)) == [[(0, 2, 1, "1")], [(0, 1, 1, "3")]]
    assert told(file) == [
        "Аркуш1!A1: об'єднані комірки перетинаються: їх прочитано як окремі",
        "Аркуш1!B1: значення, сховане під об'єднаною коміркою, пропущено",
    ]


def test_hidden_rows_columns_and_sheets_are_read_and_told() -> None:
    def write(book: Any) -> None:
        first = book.add_worksheet("Звіт")
        first.write_column("A1", ["а", "б", "в"])
        first.write_column("B1", ["г", "ґ", "д"])
        first.set_row(1, None, None, {"hidden": True})
        first.set_column("B:B", None, None, {"hidden": True})
        book.add_worksheet("Порожній")
        last = book.add_worksheet("Чернетка")
        last.write("A1", "стара")
        last.hide()

    file = read(written(write), "а.xlsx")
    first, last = tables(file)
    assert (first.name, last.name) == ("Звіт", "Чернетка")
    assert [row.hidden for row in first.rows] == [False, True, False]
    assert [cell.hidden for _, cell in first.rows[0].cells] == [False, True]
    assert [row.hidden for row in last.rows] == [True]
    assert last.rows[0].place.line > first.rows[-1].place.line
    assert told(file) == [
        "Звіт!B: приховані стовпці прочитано",
        "Звіт, рядок 2: приховані рядки прочитано",
        "аркуш «Чернетка»: прихований аркуш прочитано",
    ]


def test_a_cell_far_away_is_refused_with_its_name() -> None:
    sheet = '<sheetData><row r="1"><c r="A1"><v>1</v></c><c r="XFD1"><v>1</v></c></row></sheetData>'
    with pytest.raises(UnreadableFileError, match="Аркуш1!XFD1"):
        read(xlsx(sheet), "а.xlsx")


def test_cells_outside_of_every_sheet_are_damage() -> None:
    for where in (
        '<row r="9999999"><c><v>1</v></c></row>',
        '<row r="1"><c r="ZZZ1"><v>1</v></c></row>',
    ):
        with pytest.raises(UnreadableFileError, match="пошкоджено"):
            read(xlsx(f"<sheetData>{where}</sheetData>"), "а.xlsx")


_VALUES = st.one_of(
    st.none(),
    st.integers(-(10**9), 10**9),
    st.text(st.characters(codec="utf-8", categories=("L", "N", "P")), min_size=1, max_size=9),
)


@given(st.lists(st.lists(_VALUES, min_size=1, max_size=4), min_size=1, max_size=5))
@settings(max_examples=25)
def test_openpyxl_s_cells_come_back_at_their_places(rows: list[list[int | str | None]]) -> None:
    book = openpyxl.Workbook()
    for row, values in enumerate(rows, start=1):
        for column, value in enumerate(values, start=1):
            found = book.active.cell(row, column, value)
            if isinstance(value, str):
                found.data_type = "s"  # «=» at the start is no formula here
    data = io.BytesIO()
    book.save(data)
    wanted = {
        f"Sheet!{openpyxl.utils.get_column_letter(column)}{row}": str(value)
        for row, values in enumerate(rows, start=1)
        for column, value in enumerate(values, start=1)
        if value is not None
    }
    try:
        found_cells = [
            cell for row in table(read(data.getvalue(), "а.xlsx")).rows for _, cell in row.cells
        ]
    except UnreadableFileError:
        assert not wanted
    else:
        assert {one.place.where: one.text for one in found_cells if one.text} == wanted
