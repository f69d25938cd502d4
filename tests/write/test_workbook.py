"""A package's workbook: contents with links, consolidated sheet with live formulas, annexes."""

from __future__ import annotations

import io
import re
import subprocess
import sys
import zipfile
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from overlays import ROOT
from packages import (
    CONSOLIDATED,
    MARK,
    TYPEFACE,
    all_values,
    cover_of,
    opened,
    package_of,
    workbook,
)
from reading.poison import POISON, poisoned
from small import PLACE, money, small_document
from test_outputs import convert

from reportgen.diagnostics import Span
from reportgen.document.blocks import Cell, Row, Table, TableColumn
from reportgen.document.origin import Elsewhere, Known, Reference, Sum
from reportgen.write.xlsx import Sheet, formulas, write_workbook, write_xlsx
from reportgen.write.xlsx.charts import FIGURES
from reportgen.write.xlsx.names import quoted_name

OTHERS = ROOT / "examples" / "other-councils"
PACKAGES = ((ROOT, "2023"), (ROOT, "2023-h1"), (OTHERS, "2023"), (OTHERS, "2023-h1"))
YEAR = package_of(ROOT, "2023")[1]
FOREIGN = re.compile(r"'(?:[^']|'')+'!")


@pytest.fixture(scope="module")
def year() -> bytes:
    return workbook(YEAR)


def sheets_of(package: bytes) -> list[Any]:
    """Return the sheets between the contents and the figures of charts."""
    _, *sheets, figures = opened(package).worksheets
    assert figures.title == FIGURES
    return sheets


def linking(sheet: Any) -> list[Any]:
    """Return the cells with a link."""
    return [cell for row in sheet.iter_rows() for cell in row if cell.hyperlink]


# Facts.


def test_charts_follow_the_sheet_of_the_consolidated_information(year: bytes) -> None:
    figures = opened(year)[FIGURES]
    formulas_there = [cell.value for row in figures for cell in row if cell.data_type == "f"]
    assert formulas_there
    assert all(one.startswith(f"={quoted_name(CONSOLIDATED)}!") for one in formulas_there)


def test_the_figures_of_charts_say_whose_they_are_and_look_as_printed(year: bytes) -> None:
    figures = opened(year)[FIGURES]
    assert figures["A1"].value == YEAR[0].document.title  # with its period
    assert str(figures["A2"].value).startswith("Діаграма 1. ")
    assert figures["B4"].number_format == '[$-422]#,##0.0;[$-422]"−"#,##0.0'
    [back] = linking(figures)
    assert (back.value, back.hyperlink.location) == ("← Зміст", "'Зміст'!A1")
    last = figures.print_area.rpartition(":")[2].replace("$", "")
    assert back.column > figures[last].column
    contents = opened(year)["Зміст"]
    assert linking(contents)[-1].hyperlink.location == f"{quoted_name(FIGURES)}!A1"


def test_contents_come_first_and_lead_to_every_sheet(year: bytes) -> None:
    book = opened(year)
    contents, *others = book.worksheets
    assert [one.title for one in book] == ["Зміст", *(one.name for one in YEAR), FIGURES]
    rows = linking(contents)
    assert [cell.value for cell in rows] == [one.title for one in others]
    for cell, sheet in zip(rows[:-1], YEAR, strict=True):
        assert cell.hyperlink.location == f"{quoted_name(cell.value)}!A1"
        assert contents.cell(cell.row, 2).value == sheet.label


def test_every_sheet_leads_back_beside_what_is_printed(year: bytes) -> None:
    for sheet in sheets_of(year):
        [cell] = linking(sheet)
        assert cell.hyperlink.location == "'Зміст'!A1"
        assert (cell.value, cell.row) == ("← Зміст", 1)
        last = re.sub(r"\d+", "", sheet.print_area.rpartition(":")[2]).replace("$", "")
        assert sheet[f"{last}1"].column == cell.column - 1


def test_sheets_are_set_up_as_single_files(year: bytes) -> None:
    for sheet, one in zip(sheets_of(year), YEAR, strict=True):
        alone = opened(write_xlsx(one.document, TYPEFACE)).worksheets[0]
        for what in ("freeze_panes", "print_title_rows", "page_margins", "merged_cells"):
            assert getattr(sheet, what) == getattr(alone, what), what
        assert sheet.page_setup.orientation == alone.page_setup.orientation
        assert sheet.HeaderFooter.differentFirst
        assert sheet.page_setup.useFirstPageNumber  # the first by default
        assert [one.id for one in sheet.row_breaks.brk] == [one.id for one in alone.row_breaks.brk]
        for key, width in alone.column_dimensions.items():
            assert sheet.column_dimensions[key].width == width.width
        for row, height in alone.row_dimensions.items():
            assert sheet.row_dimensions[row].height == height.height


def test_cells_of_annexes_are_those_of_single_files(year: bytes) -> None:
    values = all_values(year)
    for one in YEAR:
        alone = all_values(write_xlsx(one.document, TYPEFACE))["Звіт"]
        width = len(alone[0])
        assert [row[:width] for row in values[one.name]] == alone


def test_tables_have_their_names_sheet_by_sheet(year: bytes) -> None:
    for sheet in sheets_of(year):
        named = {name: one.attr_text for name, one in sheet.defined_names.items()}
        assert {name.partition("_")[0] for name in named} == {"Таблиця"}
        assert all(one.startswith(f"{quoted_name(sheet.title)}!") for one in named.values())


@pytest.mark.parametrize(("root", "period"), PACKAGES)
def test_a_programme_is_a_reference_to_its_total(root: Path, period: str) -> None:
    """What a report prints as its total is what its own row of the first table shows."""
    _, sheets = package_of(root, period)
    book = opened(workbook(sheets))
    written = [
        cell.value
        for row in book[CONSOLIDATED].iter_rows()
        for cell in row
        if isinstance(cell.value, str) and FOREIGN.match(cell.value[1:])
    ]
    assert written
    for formula in written:
        name, _, place = formula[1:].removesuffix("/1000").rpartition("!")
        cell = book[name[1:-1].replace("''", "'")][place]
        assert str(cell.value).startswith("=SUM("), formula


@pytest.mark.parametrize(("root", "period"), PACKAGES)
def test_no_figure_of_money_is_typed(root: Path, period: str) -> None:
    _, sheets = package_of(root, period)
    [layout] = [one for one in opened(workbook(sheets)) if one.title == CONSOLIDATED]
    typed = [
        cell
        for row in layout.iter_rows()
        for cell in row
        if isinstance(cell.value, (int, float)) and "0.0" in cell.number_format
    ]
    assert not typed


def test_the_mark_stands_at_the_right_above_the_title(year: bytes) -> None:
    for number, sheet in enumerate(sheets_of(year)[1:], 1):
        mark, back = (cell for cell in sheet[1] if cell.value)
        assert mark.value == "\n".join((f"Додаток {number}", *MARK))
        assert mark.alignment.horizontal == "left"
        assert 1 < mark.column < back.column
        assert sheet["A2"].alignment.horizontal == "center"


# Laws: LibreOffice calculates what was poisoned.


def amount(value: str, at: int) -> Cell:
    return replace(money(value, value), origin=Span("content/p.yaml", at, 1))


def apart(unit: int) -> list[Sheet]:
    """Return a report without a total, in another unit, and what is added up from it."""
    column = (TableColumn("plan", 40),)
    rows = [Row((amount(value, at),)) for at, value in enumerate(("10.5", "20.25", "7"), 1)]
    report = replace(small_document(), blocks=(Table("", column, (), tuple(rows)),))
    shown = ((Span("content/p.yaml", at, 1), row.cells[0].value) for at, row in enumerate(rows, 1))
    hidden = (Span("content/p.yaml", 9, 1), Decimal("0.5"))
    whole = [(at, value) for at, value in (*shown, hidden) if value is not None]
    value = sum((value for _, value in whole), Decimal(0)).scaleb(unit)
    origin = Elsewhere(PLACE, tuple(whole), unit)
    once = replace(money("1", str(value)), origin=origin)
    twice = replace(
        money("1", str(value * 2)),
        origin=Sum((Known("a", value, origin), Known("b", value, PLACE))),
    )
    front = replace(
        small_document(), blocks=(Table("", column, (), (Row((once,)), Row((twice,)))),)
    )
    return [Sheet("Разом", "", front), Sheet("1 Без підсумку", "", report)]


def test_rows_are_added_where_there_is_no_total() -> None:
    first = opened(workbook(apart(0)))["Разом"]
    assert first["A1"].value == "=SUM('1 Без підсумку'!A1:B3,0.5)"
    assert first["A2"].value == "=SUM('1 Без підсумку'!A1:B3,0.5,38.25)"
    first = opened(workbook(apart(-3)))["Разом"]
    assert first["A1"].value == "=SUM('1 Без підсумку'!A1:B3,0.5)/1000"
    assert first["A2"].value == "=SUM(SUM('1 Без підсумку'!A1:B3,0.5)/1000,0.03825)"


@pytest.mark.tool("soffice")
def test_libreoffice_comes_to_the_same_figures(tmp_path: Path) -> None:
    books = {
        f"{root.name}-{period}.xlsx": workbook(package_of(root, period)[1])
        for root, period in PACKAGES
    }
    books |= {f"unit{unit}.xlsx": workbook(apart(unit)) for unit in (-3, 0, 3)}
    bad = {name: poisoned(data) for name, data in books.items()}
    for data in bad.values():
        assert any(POISON in row for sheet in all_values(data).values() for row in sheet)
    convert(tmp_path, "xlsx:Calc MS Excel 2007 XML", bad)
    for name, data in books.items():
        assert all_values((tmp_path / "out" / name).read_bytes()) == all_values(data), name


@pytest.mark.tool("soffice")
def test_an_edit_in_an_annex_reaches_every_sum(tmp_path: Path) -> None:
    """A thousand more in one measure is a thousand more of everything that it enters."""
    [report], sheets = package_of(ROOT, "2023-h1")
    assert report.document
    data = workbook(sheets)
    edited = with_more(data, 1000)
    convert(tmp_path, "xlsx:Calc MS Excel 2007 XML", {"edited.xlsx": edited})
    before = all_values(data)[CONSOLIDATED]
    after = all_values((tmp_path / "out" / "edited.xlsx").read_bytes())[CONSOLIDATED]
    moved = [
        round(new - old, 6)
        for rows in zip(before, after, strict=True)
        for old, new in zip(*rows, strict=True)
        if isinstance(old, float) and isinstance(new, float) and abs(new - old) > 100
    ]
    # The programme, all programmes, its executor, all executors, those of the measure, all these.
    assert moved == [1000.0] * 6


def with_more(data: bytes, more: int) -> bytes:
    """Return a workbook with more typed as the actual money of the first measure."""
    result = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(result, "w") as target:
        for name in source.namelist():
            part = source.read(name).decode()
            if name == "xl/worksheets/sheet3.xml":
                found = re.search(r'<c r="H\d+" s="\d+"><v>([\d.]+)</v>', part)
                assert found
                start, stop = found.span(1)
                part = f"{part[:start]}{float(found[1]) + more}{part[stop:]}"
            target.writestr(name, part)
    return result.getvalue()


def adding(sizes: list[int]) -> list[Sheet]:
    """Return reports of so many measures, of which every other one enters a sum over them all."""
    column = (TableColumn("plan", 40), TableColumn("more", 40))
    annexes: list[Sheet] = []
    known: list[Known] = []
    for number, size in enumerate(sizes, 1):
        cells = [
            replace(money("1", f"{row}.25"), origin=Span(f"content/p{number}.yaml", row, 1))
            for row in range(size)
        ]
        table = Table("", column, (), tuple(Row((one, one_more())) for one in cells))
        annexes.append(Sheet(str(number), "", replace(small_document(), blocks=(table,))))
        entering = [(one.origin, one.value) for one in cells[::2]]
        amounts = tuple(
            (at, value) for at, value in entering if isinstance(at, Span) and value is not None
        )
        value = sum((value for _, value in amounts), Decimal(0))
        known.append(Known(f"p{number}", value, Elsewhere(PLACE, amounts)))
    known.append(Known("typed", Decimal(7), PLACE))
    total = sum((one.value for one in known if one.value is not None), Decimal(0))
    figure = replace(money("1", str(total)), origin=Sum(tuple(known)))
    twice = replace(money("1", str(2 * total)), origin=Sum((Reference(0, 0), Reference(1, 0))))
    rows = (Row((figure,)), Row((figure,)), Row((twice,)))
    front = replace(small_document(), blocks=(Table("", column[:1], (), rows),))
    return [Sheet(CONSOLIDATED, "", front), *annexes]


def one_more() -> Cell:
    return replace(money("0", "0"), origin=Span("content/other.yaml"))


@pytest.mark.tool("soffice")
def test_a_sum_too_long_for_a_cell_takes_a_sheet_of_addends(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(formulas, "_LONGEST", 200)
    data = workbook(adding([30, 3, 30]))
    book = opened(data)
    assert [one.title for one in book] == ["Зміст", CONSOLIDATED, "1", "2", "3", "Доданки"]
    assert book[CONSOLIDATED]["A1"].value == "=SUM('Доданки'!C2:C5)"
    assert book[CONSOLIDATED]["A2"].value == "=SUM('Доданки'!C6:C9)"
    addends = book["Доданки"]
    assert [cell.value for cell in addends[3]][:3] == [
        "'Зведена'!A1",
        "2",
        "=SUM('2'!A1,'2'!A3)",
    ]
    assert addends["C5"].value == 7
    assert max(len(cell.value) for cell in addends["C"][1:4]) <= 200
    convert(tmp_path, "xlsx:Calc MS Excel 2007 XML", {"book.xlsx": poisoned(data)})
    assert all_values((tmp_path / "out" / "book.xlsx").read_bytes()) == all_values(data)


# Hostile names and texts.

WISHES = [
    "[Звіт]:*?/\\ про 'усе'",
    "'",
    "=1+1",
    "",
    "History",
    "Зміст",
    "зміст",
    "Дуже довга назва програми розвитку міста А",
    "Дуже довга назва програми розвитку міста Б",
    "SUM(A1)!B2",
    "рядок\nдругий\t\x07",
    "🏛" * 40,
    "О'Коннор і здоров'я",
]


def totals_of(wishes: list[str]) -> list[Sheet]:
    """Return a sheet that adds up one figure of every other sheet, whatever that is called."""
    column = (TableColumn("plan", 40),)
    places = [Span("content/p.yaml", at, 1) for at in range(1, len(wishes) + 1)]
    annexes = [
        Sheet(
            wish,
            "=1+1",
            replace(small_document(), blocks=(Table("", column, (), (Row((one,)),)),)),
        )
        for wish, one in zip(wishes, (amount("2", one.line) for one in places), strict=True)
    ]
    rows = tuple(
        Row((replace(money("2", "2"), origin=Elsewhere(PLACE, ((one, Decimal(2)),))),))
        for one in places
    )
    front = replace(small_document(), blocks=(Table("", column, (), rows),))
    return [Sheet("Зведена", "=CMD()", front), *annexes]


@pytest.mark.tool("soffice")
def test_hostile_names(tmp_path: Path) -> None:
    data = workbook(totals_of(WISHES))
    book = opened(data)
    names = [one.title for one in book]
    assert len(names) == len({one.casefold() for one in names}) == len(WISHES) + 2
    assert all(0 < len(one.encode("utf-16-le")) <= 62 for one in names)
    assert book["Зміст"]["B3"].data_type == "s"
    convert(tmp_path, "xlsx:Calc MS Excel 2007 XML", {"book.xlsx": poisoned(data)})
    calculated = all_values((tmp_path / "out" / "book.xlsx").read_bytes())
    assert list(calculated) == names
    assert [row[0] for row in calculated[CONSOLIDATED]] == [2.0] * len(WISHES)


def test_a_label_is_no_formula_and_no_link() -> None:
    sheet = replace(YEAR[0], label='=HYPERLINK("http://x")')
    link = replace(YEAR[0], label="http://example.org", name="internal:x")
    contents = opened(workbook([sheet, link]))["Зміст"]
    shown = {cell.value: cell for cell in contents["B"]}
    assert shown['=HYPERLINK("http://x")'].data_type == "s"
    assert shown["http://example.org"].hyperlink is None
    assert len(linking(contents)) == 2 + 1  # and that to the figures of charts


def test_no_sheet_at_all_is_a_workbook_of_contents() -> None:
    book = opened(write_workbook(cover_of(small_document()), (), None))
    assert [one.title for one in book] == ["Зміст"]


def test_documents_that_add_nothing_up() -> None:
    sheets = [Sheet("1", "перший", small_document()), Sheet("1", "другий", small_document())]
    values = all_values(write_workbook(cover_of(small_document()), sheets, None))
    assert list(values) == ["Зміст", "1", "1 2"]


# The same bytes.


def test_the_same_bytes_whatever_the_seed(year: bytes) -> None:
    script = (
        "import sys; from overlays import ROOT; from packages import package_of, workbook; "
        "sys.stdout.buffer.write(workbook(package_of(ROOT, '2023')[1]))"
    )
    here = Path(__file__).parent
    made = subprocess.run(
        [sys.executable, "-c", script],
        check=True,
        capture_output=True,
        env={
            "PYTHONHASHSEED": "7",
            "TZ": "Pacific/Auckland",
            "PYTHONPATH": ":".join(map(str, (ROOT, here, here.parent))),
            "REPORTGEN_CACHE": "",
        },
    )
    assert made.stdout == year == workbook(YEAR)
