"""Rows of a foot, or of a measure, that say of which money they are."""

from __future__ import annotations

from decimal import Decimal

import pytest
from clerks_sheet import TITLE, YEAR_HEADINGS, Line, book, measure, sheet
from imports import import_into
from overlays import ROOT

from reportgen.build.project import open_project
from reportgen.importing import Imported
from reportgen.importing.fund_rows import FundNames
from reportgen.model.period import Period

D = Decimal
YEAR = Period.parse("2023")
REGISTER = FundNames(
    {
        "general": "Загальний фонд",
        "special": "Спеціальний фонд",
        "state": "Державний бюджет",
        "regional": "Субвенція з обласного бюджету",
        "other": "Інші джерела, не заборонені законодавством",
    }
)
MEASURES = (
    measure("1.", "Озеленити", "1.1. Дерева", D(120), D(120), D(96), D(80)),
    measure("2.", "Освітлити", "2.1. Ліхтарі", D(40), D(30), D(30), D(100)),
)


def years(*rows: Line) -> Imported:
    title = [one.replace("за I півріччя 2023 року", "за 2023 рік") for one in TITLE]
    source = book(sheet(rows, headings=YEAR_HEADINGS, title=title))
    imported = import_into(source, open_project(ROOT), YEAR, "novyi", "zhytomyr-measures-year")
    assert isinstance(imported, Imported), imported
    return imported


def row(column: int, name: str, *figures: Decimal) -> Line:
    """A row with its name in one of the leading columns."""
    return (*[""] * column, name, *[""] * (4 - column), *figures)


def told(imported: Imported, code: str) -> list[str]:
    return [f"{one.span.where}: {one.message}" for one in imported.found if one.code == code]


def file(imported: Imported, name: str) -> str:
    return next(text for path, text in imported.files.items() if path.endswith(name))


@pytest.mark.parametrize(
    ("text", "fund"),
    [
        ("загальний фонд", "general"),
        ("з загального фонду", "general"),
        ("у т. ч. загальний фонд", "general"),
        ("кошти спеціального фонду", "special"),
        ("за рахунок коштів державного бюджету", "state"),
        ("обласний бюджет", "regional"),
        ("інші джерела", "other"),
        ("міський бюджет", ""),
        ("фонд", ""),
        ("бюджет", ""),
        ("Ремонт дахів", ""),
    ],
)
def test_the_fund_that_a_text_names(text: str, fund: str) -> None:
    assert REGISTER.fund(text) == fund


@pytest.mark.parametrize(
    ("text", "is_source"),
    [
        ("у тому числі:", True),
        ("в т.ч.:", True),
        ("- міський бюджет", True),
        ("Бюджет Житомирської міської територіальної громади", True),
        ("власні надходження", True),
        ("кошти підприємств", True),
        ("Ремонт дахів", False),
        ("Закупівля за кошти міського бюджету", False),
        ("1.1. Створення спеціального фонду", False),
    ],
)
def test_what_names_a_source_of_money(text: str, *, is_source: bool) -> None:
    assert REGISTER.is_source(text) is is_source


@pytest.mark.parametrize("column", range(3))
@pytest.mark.parametrize(
    ("general", "special"),
    [
        ("загальний фонд", "спеціальний фонд"),
        ("в т.ч. загальний фонд", "спеціальний фонд"),
        ("кошти загального фонду", "кошти спеціального фонду"),
        ("з загального фонду", "з спеціального фонду та інших джерел фінансування"),
        ("міський бюджет", "обласний бюджет"),
    ],
)
def test_a_foot_by_fund_is_no_measure_and_no_task(general: str, special: str, column: int) -> None:
    imported = years(
        *MEASURES,
        row(column, "Всього", D(160), D(150), D(126), D("78.8")),
        row(column, "в тому числі:"),
        row(column, general, D(120), D(120), D(96), D(80)),
        row(column, special, D(40), D(30), D(30), D(100)),
    )
    assert imported.rows == 2
    programme, period = file(imported, "programme.yaml"), file(imported, "/2023.yaml")
    assert "фонд" not in programme
    assert "бюджет" not in programme
    assert "в тому числі" not in programme + period
    assert "fund: general" not in period
    assert not [one for one in told(imported, "import-figure") if "Всього" in one]


@pytest.mark.parametrize("column", range(3))
def test_a_task_s_sum_by_fund_is_no_measure(column: int) -> None:
    imported = years(
        MEASURES[0],
        row(column, "Всього за завданням 1", D(120), D(120), D(96), D(80)),
        row(column, "загальний фонд", D(120), D(120), D(96), D(80)),
        MEASURES[1],
    )
    assert imported.rows == 2
    assert "фонд" not in file(imported, "programme.yaml")
    assert any("загальний фонд" in one for one in told(imported, "import-row-unclear"))


def test_nothing_below_the_last_total_is_a_task_without_a_number() -> None:
    imported = years(
        *MEASURES,
        row(0, "Всього", D(160), D(150), D(126), D("78.8")),
        row(1, "Довідково: капітальні видатки", D(40), D(30), D(30), D(100)),
    )
    assert imported.rows == 2
    assert "Довідково" not in file(imported, "programme.yaml")
    assert any("Довідково" in one for one in told(imported, "import-row-unclear"))


def test_a_numbered_row_below_a_total_is_a_measure() -> None:
    imported = years(
        MEASURES[0],
        row(0, "Всього", D(120), D(120), D(96), D(80)),
        MEASURES[1],
    )
    assert imported.rows == 2
    assert "Ліхтарі" in file(imported, "programme.yaml")


def test_faults_stand_where_the_written_file_has_them() -> None:
    imported = years(
        *MEASURES,
        row(0, "Всього", D(160), D(150), D(126), D("78.8")),
        row(0, "загальний фонд", D(120), D(120), D(96), D(80)),
        row(0, "спеціальний фонд", D(40), D(30), D(30), D(100)),
    )
    lines = file(imported, "/2023.yaml").splitlines()
    assert any("# імпорт: percent" in one for one in lines)
    places = [one.span for one in imported.faults if one.code == "fund-missing"]
    assert len(places) == 6
    assert all(lines[one.line - 1][one.column - 1 :][:2].isdigit() for one in places)


def test_parts_that_are_but_funds_are_a_measure_s_money() -> None:
    imported = years(
        MEASURES[0],
        row(2, "загальний фонд", D(100), D(100), D(80), D(80)),
        row(2, "спеціальний фонд", D(20), D(20), D(16), D(80)),
        MEASURES[1],
        row(2, "загальний фонд", D(40), D(30), D(30), D(100)),
    )
    assert imported.rows == 2
    period = file(imported, "/2023.yaml")
    assert "parts:" not in period + file(imported, "programme.yaml")
    assert "annual_plan: {general: 100.0, special: 20.0}" in period
    assert "annual_plan: {general: 40.0}" in period
    assert not imported.faults


def test_funds_that_do_not_add_up_stay_parts() -> None:
    imported = years(
        MEASURES[0],
        row(2, "загальний фонд", D(100), D(100), D(80), D(80)),
        row(2, "спеціальний фонд", D(2), D(20), D(16), D(80)),
    )
    assert "parts:" in file(imported, "/2023.yaml")
