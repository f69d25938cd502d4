"""Figures of others: units, funds, totals and numbers that are not what they seem."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

import pytest
from clerks_sheet import FOOT, HEADINGS, TITLE, YEAR_HEADINGS, Given, Line, book, measure, sheet
from hypothesis import given, settings
from hypothesis import strategies as st
from imports import import_into
from overlays import ROOT

from reportgen.build.project import open_project
from reportgen.importing import Imported, NoSheetError, one_report
from reportgen.importing.units import parted, powers_in, scaled
from reportgen.importing.values import Guess, chosen_fund
from reportgen.model.period import Period
from reportgen.read.source import SourceFile, SourceTable

D = Decimal
HALF, YEAR = Period.parse("2023-h1"), Period.parse("2023")
ROWS: tuple[Line, ...] = (
    measure("1.", "1.1. Допомагати", "1.1.1. Виплата", D("906.6"), D(861), D("389.5"), D("45.2")),
    measure("", "", "1.1.2. Допомога", D(900), D(800), D(800), D(100)),
)


def bring(source: SourceFile, period: Period = HALF, form: str = "zhytomyr-measures") -> Imported:
    imported = import_into(source, open_project(ROOT), period, "novyi", form)
    assert isinstance(imported, Imported), imported
    return imported


def told(imported: Imported, code: str) -> list[str]:
    return [f"{one.span.where}: {one.message}" for one in imported.found if one.code == code]


def period_file(imported: Imported) -> str:
    return next(text for name, text in imported.files.items() if "/20" in name)


def with_figures(*figures: Given) -> SourceTable:
    return sheet([measure("1.", "1.1. Допомагати", "1.1.1. Виплата", *figures), ROWS[1]])


def in_hryvnias(rows: Sequence[Line]) -> list[Line]:
    return [
        [one * 1000 if isinstance(one, D) and 5 <= at <= 7 else one for at, one in enumerate(row)]
        for row in rows
    ]


# Units


@pytest.mark.parametrize(
    ("text", "powers"),
    [
        ("План, тис. грн", {3}),
        ("План (тис.грн.)", {3}),
        ("План, грн.", {0}),
        ("План, млн гривень", {6}),
        ("План, мільярдів гривень", {9}),
        ("План, тис,грн", {3}),
        ("План, т.грн", {3}),
        ("План, тис. гр.", {3}),
        ("Суми наведено у гривнях", {0}),
        ("у тисячах гривень", {3}),
        ("виділено 300 грн", set()),
        ("Обсяг, тис. грн: 24767,8", set()),
        ("негривневий", set()),
    ],
)
def test_units_named(text: str, powers: set[int]) -> None:
    assert powers_in(text) == powers


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("1,2 млн грн", ("1,2", 6)),
        ("300 грн", ("300", 0)),
        ("19,0 тис.", ("19,0", 3)),
        ("9 000,00 гривень", ("9 000,00", 0)),
        ("19,0", ("19,0", None)),
    ],
)
def test_units_of_cells(text: str, found: tuple[str, int | None]) -> None:
    assert parted(text) == found


@settings(max_examples=50)
@given(st.decimals(0, 10**40, places=3), st.integers(-6, 6), st.integers(0, 2))
def test_scaling_loses_nothing(value: D, power: int, decimals: int) -> None:
    moved = scaled(value, power, decimals)
    sign, digits, exponent = value.as_tuple()
    assert moved == D((sign, digits, int(exponent) + power))
    assert -int(moved.as_tuple().exponent) >= decimals


def test_hryvnias_of_headings_become_thousands() -> None:
    headings = [one.replace("тис. грн", "грн.") for one in HEADINGS]
    imported = bring(book(sheet(in_hryvnias(ROWS), headings=headings)))
    assert "annual_plan: 861.0\n" in period_file(imported)
    assert "actual: 389.5\n" in period_file(imported)
    [once] = told(imported, "import-unit")
    assert once.startswith("Лист1!F7: суми в джерелі — грн, у формі — тис. грн")
    assert not told(imported, "import-figure")


def test_millions_of_headings_become_thousands() -> None:
    headings = [one.replace("тис. грн", "млн грн") for one in HEADINGS]
    imported = bring(book(sheet(ROWS, headings=headings)))
    assert "annual_plan: 861000.0\n" in period_file(imported)


def test_a_line_above_the_table_names_the_unit() -> None:
    headings = [one.replace(", тис. грн", "") for one in HEADINGS]
    title = (*TITLE, "Суми наведено у гривнях")
    imported = bring(book(sheet(in_hryvnias(ROWS), headings=headings, title=title)))
    assert "annual_plan: 861.0\n" in period_file(imported)
    assert len(told(imported, "import-unit")) == 1
    assert not told(imported, "import-left-out")


@pytest.mark.parametrize(
    ("heading", "said"),
    [("євро", "одиниця — не гривня"), ("тис. грн (грн)", "названо різні одиниці")],
)
def test_a_unit_that_is_not_clear_is_a_doubt(heading: str, said: str) -> None:
    headings = [one.replace("тис. грн", heading) for one in HEADINGS]
    imported = bring(book(sheet(ROWS, headings=headings)))
    assert "annual_plan: 861.0\n" in period_file(imported)
    assert all(said in one for one in told(imported, "import-unit"))
    assert told(imported, "import-unit")
    assert "# імпорт: одиниця сум сумнівна" in period_file(imported)


def test_units_in_cells() -> None:
    imported = bring(book(with_figures("906,6", "1,2 млн грн", "300 грн", "")))
    assert "annual_plan: 1200.0\n" in period_file(imported)
    assert "actual: 0.3\n" in period_file(imported)
    assert [one.split(":")[0] for one in told(imported, "import-unit")] == ["Лист1!G8", "Лист1!H8"]


@pytest.mark.parametrize("text", ["45%", "1.234", "12,345", "12 34", "1 2 3", "1 431 0,5"])
def test_what_is_no_clear_sum_is_refused(text: str) -> None:
    imported = bring(book(with_figures("906,6", text, "389,5", "")))
    first = period_file(imported).split("1.1.2")[0]
    assert "annual_plan:" not in first.replace("# імпорт: annual_plan:", "")
    assert f"# імпорт: annual_plan: у джерелі «{text}»" in first
    assert len(told(imported, "import-value")) == 1


@pytest.mark.parametrize("unit", ["тис. грн", "грн"])
def test_an_amount_that_its_format_calls_another_currency_is_refused(unit: str) -> None:
    headings = [one.replace("тис. грн", unit) for one in HEADINGS]
    row = measure("1.", "1.1. Допомагати", "1.1.1. Виплата", D(9), D(8), ("€ 4,0", D(4)), "")
    imported = bring(book(sheet([row, ROWS[1]], headings=headings)))
    assert "# імпорт: actual: у джерелі «€ 4,0»" in period_file(imported)
    assert "Лист1!H8: «€ 4,0» — не гривні" in told(imported, "import-value")


def test_three_decimals_are_no_doubt_where_the_column_has_them() -> None:
    rows = [
        measure("1.", "1.1. Допомагати", "1.1.1. Виплата", "906,600", "12,345", "1,500", ""),
        measure("", "", "1.1.2. Допомога", "0,250", "1431,250", "0,125", ""),
    ]
    imported = bring(book(sheet(rows)))
    assert "annual_plan: 12.345\n" in period_file(imported)
    assert not told(imported, "import-value")


# Percents and totals


def test_a_percent_kept_as_a_share_is_the_same() -> None:
    share = ("45,2%", D("0.452"))
    imported = bring(book(with_figures(D("906.6"), D(861), D("389.5"), share)))
    assert not told(imported, "import-figure")


def test_sums_one_column_off_are_told() -> None:
    imported = bring(book(with_figures("", D(5), D(5), D("2.5"))))
    assert any("зсунуто на колонку праворуч" in one for one in told(imported, "import-row-unclear"))
    assert "# імпорт: суми, певно, зсунуто" in period_file(imported)


def foot(label: str, *figures: Given) -> Line:
    return ("", "", label, "", "", *figures)


def test_a_plain_total_is_compared_and_its_parts_are_no_measures() -> None:
    rows = [
        *ROWS,
        foot("Всього", D("1806.6"), D(1661), D(99)),
        foot("з загального фонду", D(1), D(1)),
    ]
    imported = bring(book(sheet(rows)))
    [differs] = told(imported, "import-figure")
    assert differs.startswith("Лист1!H10:")
    assert "parts:" not in period_file(imported)
    [below] = told(imported, "import-row-unclear")
    assert "«з загального фонду» (1 / 1) не порівняно" in below


@pytest.mark.parametrize("words", ["у тому числі:", "В тому числі", "з них:", "в т. ч.:"])
def test_words_between_a_total_and_its_parts_are_no_text_of_a_measure(words: str) -> None:
    rows = [
        *ROWS,
        foot("Всього", D("1806.6"), D(1661), D("1189.5")),
        ("", "", words),
        foot("загальний фонд", D(1), D(1)),
    ]
    imported = bring(book(sheet(rows)))
    assert not told(imported, "import-row-joined")
    assert not any(words.rstrip(":") in text for text in imported.files.values())
    assert len(told(imported, "import-row-unclear")) == 1


def test_figures_are_compared_though_nobody_signed() -> None:
    table = sheet([*ROWS, foot("Всього", D(1), D(1), D(1))])
    unsigned = replace(table, rows=table.rows[: -len(FOOT)])
    assert len(told(bring(book(unsigned)), "import-figure")) == 3


def test_a_part_of_a_measure_stays_one() -> None:
    rows = [*ROWS, foot("з загального фонду", D(1), D(1), D(1))]
    assert "parts:" in period_file(bring(book(sheet(rows))))


# Funds


def years(*rows: Line) -> Imported:
    title = [one.replace("за I півріччя 2023 року", "за 2023 рік") for one in TITLE]
    measures = (
        measure("1.", "Озеленити", "1.1. Дерева", D(120), D(120), D(96), D(80)),
        measure("2.", "Освітлити", "2.1. Ліхтарі", D(40), D(30), D(30), D(100)),
    )
    source = book(sheet([*measures, *rows], headings=YEAR_HEADINGS, title=title))
    return bring(source, YEAR, "zhytomyr-measures-year")


SPECIAL = "з спеціального фонду та інших джерел фінансування"


def test_two_funds_in_the_foot_claim_none() -> None:
    imported = years(
        foot("з загального фонду", D(120), D(120), D(96)), foot(SPECIAL, D(40), D(30), D(30))
    )
    assert "fund:" not in period_file(imported)
    assert "# імпорт: джерела коштів у рядках не вказано; у підсумках" in period_file(imported)
    [fund] = told(imported, "import-fund")
    assert "120 / 120 / 96" in fund
    assert "40 / 30 / 30" in fund
    assert len(told(imported, "import-figure")) == 1  # of a measure: for the foot once is enough


def test_two_funds_in_the_foot_that_are_not_everything_are_told_one_by_one() -> None:
    imported = years(
        foot("з загального фонду", D(120), D(120), D(96)), foot(SPECIAL, D(1), D(30), D(30))
    )
    cells = {one.split(":")[0] for one in told(imported, "import-figure")}
    assert cells >= {"Лист1!F10", "Лист1!F11"}


def test_one_fund_that_is_everything_is_taken() -> None:
    imported = years(foot("з загального фонду", D(160), D(150), D(126)))
    assert "fund: general" in period_file(imported)
    assert not told(imported, "import-fund")


def test_one_fund_that_is_nowhere_the_sum_claims_none() -> None:
    imported = years(foot("з загального фонду", D(1), D(2), D(3)))
    assert "fund:" not in period_file(imported)
    assert told(imported, "import-fund")


@pytest.mark.parametrize(
    ("named", "fund"),
    [
        ((), Guess("state", ("state", "local", "other"))),
        (("local",), "local"),
        (("local", "regional"), "local"),
        (("local", "other"), Guess("local", ("state", "local", "other"))),
    ],
)
def test_a_fund_of_several_is_a_guess_unless_it_is_named(
    named: tuple[str, ...], fund: str | Guess
) -> None:
    assert chosen_fund(("state", "local", "other"), named) == fund
    assert chosen_fund(("special",), named) == "special"


# Numbers


@pytest.mark.parametrize(
    "numbers",
    [
        "А Б В 1 2 3 4 5 6 7",
        "3 4 5 6 7 8 9 10 11 12",
        "1 2 3 5 4 6 8 7 9 10",
        "1 2 3 4 5 6,0 7,0 8,0 9,0 10",
        "1 2 3 4 5 6 7 8 9=8/7*100 10",
        "1 2 3 4 5 6 7 8 9(гр.8/гр.7) 10",
        "(1) (2) (3) (4) (5) (6) (7) (8) (9) (10)",
    ],
)
def test_numbers_of_columns_are_no_measure(numbers: str) -> None:
    imported = bring(book(sheet([numbers.split(), *ROWS])))
    assert imported.rows == bring(book(sheet(ROWS))).rows
    assert not told(imported, "import-name-new")


def test_a_measure_of_small_figures_is_one() -> None:
    rows = [measure("1.", "1.1. Допомагати", "1.1.1. А", D(4), D(3), D(2), ""), *ROWS[1:]]
    assert bring(book(sheet(rows))).rows == bring(book(sheet(ROWS))).rows


def test_numbers_that_excel_made_dates_and_figures_of() -> None:
    headings = (HEADINGS[0], *HEADINGS[2:])
    row = measure("", "", "Захід", D(9), D(8), D(4), D(50))
    numbers = (D("1.8"), D("1.9"), D("1.1"), "02.01.2023", "2.2")
    rows = [[one, *row[2:]] for one in numbers]
    imported = bring(book(sheet(rows, headings=headings)))
    text = period_file(imported)
    assert [one in text for one in ("  1.8:", "  1.9:", "  1.10:", "  2.1:", "  2.2:")] == [
        True
    ] * 5
    repaired = "\n".join(told(imported, "import-row-repaired"))
    assert "Лист1!A10: номер «1,1» прочитано як 1.10" in repaired
    assert "Лист1!A11: номер «02.01.2023» прочитано як 2.1" in repaired
    programme = next(one for name, one in imported.files.items() if "programme.yaml" in name)
    assert programme.count("- number: 1\n") == programme.count("- number: 2\n") == 1


def test_a_number_that_nothing_proves_is_a_doubt() -> None:
    headings = (HEADINGS[0], *HEADINGS[2:])
    row = measure("", "", "Захід", D(9), D(8), D(4), D(50))
    rows = [[one, *row[2:]] for one in ("1.1", "1.2", "05.07.2023", "2.1")]
    imported = bring(book(sheet(rows, headings=headings)))
    assert any("прочитано як 5.7" in one for one in told(imported, "import-row-unclear"))
    assert "# імпорт: номер «05.07.2023» прочитано як 5.7: перевірте" in period_file(imported)


# Workbooks


def two_reports() -> SourceFile:
    later = [one.replace("I півріччя", "9 місяців") for one in TITLE]
    return book(sheet(ROWS), sheet(ROWS, title=later, name="Лист2"))


@pytest.mark.parametrize(
    ("period", "name", "taken"),
    [
        (None, "", "Лист1"),
        ("2023-9m", "", "Лист2"),
        ("2023", "", "Лист1"),
        (None, "лист2", "Лист2"),
    ],
)
def test_one_report_of_a_workbook_is_taken(period: str | None, name: str, taken: str) -> None:
    source = one_report(two_reports(), Period.parse(period) if period else None, name)
    assert [one.name for one in source.blocks if isinstance(one, SourceTable)] == [taken]
    if not name:
        other = "Лист2" if taken == "Лист1" else "Лист1"
        assert f'--sheet "{other}"' in source.remarks[0].message


def test_another_programme_is_another_report() -> None:
    other = [one.replace("підтримки громадян", "розвитку культури міста") for one in TITLE]
    source = one_report(book(sheet(ROWS), sheet(ROWS, title=other, name="Лист2")), None, "")
    assert len(source.blocks) == 1


def test_sheets_of_one_report_stay_together() -> None:
    source = book(sheet(ROWS), sheet(ROWS, title=(), name="Лист2"))
    assert one_report(source, None, "") is source


def test_a_sheet_that_is_not_there() -> None:
    with pytest.raises(NoSheetError, match="є: «Лист1», «Лист2»"):
        one_report(two_reports(), None, "Лист3")
