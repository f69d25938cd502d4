"""The two shipped reports: their figures and rows, as domain.md §7 has worked them out."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path

import pytest
from overlays import lay_out, prepared, shipped

from reportgen.build.prepare import Prepared
from reportgen.diagnostics import Diagnostic, Severity
from reportgen.document.blocks import Cell, Document, Paragraph, Role, Row, Signature, Style, place

Reports = Mapping[tuple[str, str], Prepared]
ZHYTOMYR = "templates/zhytomyr-measures/form.yaml"
BY_DIRECTION = """
  - label: Разом за напрямом
    level: direction
    columns: [programme_plan, annual_plan, actual, percent]
    at: measure
"""

#: By direction: programme, annual plan, actual, percent (domain.md §7.1).
DIRECTIONS = """
1   32172,6   15973,8   14288,9   89,5
2   121,0     87,4      14,9      17,0
3   51549,5   12329,9   5695,2    46,2
4   478388,8  208732,2  205617,5  98,5
5   40309,0   19078,2   18631,9   97,7
6   2731,2    281,9     1,6       0,6
7   52391,6   46314,1   22410,2   48,4
8   284,6     109,3     0,0       0,0
10  27,6      23,8      18,2      76,5
11  240,0     220,0     0,0       0,0
12  25354,3   5299,4    3754,8    70,9
13  303892,6  167559,3  163379,9  97,5
14  1336,3    1269,0    559,7     44,1
15  41509,4   38317,5   17604,5   45,9
18  2,0       0,0       0,0       –
"""


def document(reports: Reports, slug: str) -> Document:
    [found] = [one.document for (name, _), one in reports.items() if name == slug]
    assert found is not None
    return found


@pytest.fixture(scope="module")
def social(reports: Reports) -> Document:
    return document(reports, "social-protection")


@pytest.fixture(scope="module")
def equal(reports: Reports) -> Document:
    return document(reports, "equal-opportunities")


def column(document: Document, name: str) -> dict[str, str]:
    """Return what a column prints, by the number that begins the measure's text."""
    [table] = document.tables
    at = {one.id: index for index, one in enumerate(table.columns)}
    found = {}
    for row, cells in zip(table.body, place(table.body, len(table.columns)), strict=True):
        cell = dict(cells)
        if row.role is Role.BODY:
            found[cell[at["measure"]].text.split()[0].rstrip(".")] = cell[at[name]].text
    return found


def of_measures(reports: Reports) -> list[Prepared]:
    """Return the reports by the forms of measures: with plan, actual and percent in each row."""
    found = [one for one in reports.values() if one.form_id.startswith("zhytomyr-measures")]
    assert found
    return found


def infos(document: Document) -> list[str]:
    """Return what is said of each row, in all tables."""
    found = []
    for table in document.tables:
        at = [one.id for one in table.columns].index("info")
        for row, cells in zip(table.body, place(table.body, len(table.columns)), strict=True):
            found += [cell.text for left, cell in cells if row.role is Role.BODY and left == at]
    assert found
    return found


def rows(document: Document, role: Role) -> list[Row]:
    [table] = document.tables
    return [row for row in table.body if row.role is role]


def printed(cells: tuple[Cell, ...]) -> list[str]:
    """Return the figures of a row, without the blanks inside them."""
    return [cell.text.replace("\u00a0", "") for cell in cells if cell.text]


def lines(document: Document) -> list[tuple[Style, str]]:
    """Return the lines with their styles; which blanks may break is no matter here."""
    return [
        (block.style, " / ".join(block.lines).replace("\u00a0", " "))
        for block in document.blocks
        if isinstance(block, Paragraph)
    ]


# Social protection, the first half of 2023


def test_the_half_year_has_65_measures_and_4_parts(social: Document) -> None:
    assert len(rows(social, Role.BODY)) == 65
    assert len(rows(social, Role.PART)) == 4
    assert len(rows(social, Role.TOTAL)) == 1


def test_the_half_years_total(social: Document) -> None:
    [total] = rows(social, Role.TOTAL)
    assert printed(total.cells) == [
        "Всього за Програмою",
        *("1030310,5", "515595,8", "451977,3", "87,7"),
    ]


def test_parts_are_not_counted_twice(social: Document) -> None:
    """Adding every row, parts too, would give more than the total says."""
    [table] = social.tables
    at = {one.id: index for index, one in enumerate(table.columns)}
    cells = [dict(one) for one in place(table.body, len(table.columns))[:-1]]
    naive = [
        sum((one[at[name]].value or Decimal(0) for one in cells), Decimal(0))
        for name in ("programme_plan", "annual_plan", "actual")
    ]
    assert naive == [Decimal("1032343.6"), Decimal("516854.7"), Decimal("452443.4")]


def test_every_direction_comes_to_its_sum(tmp_path: Path) -> None:
    """The form may ask for a total per direction; the shipped one does not."""
    form = shipped(ZHYTOMYR).replace("totals:\n", f"totals:\n{BY_DIRECTION}\n")
    report = prepared(lay_out(tmp_path, {ZHYTOMYR: form}), "social-protection")
    assert report.document is not None
    *directions, everything = rows(report.document, Role.TOTAL)
    wanted = [line.split()[1:] for line in DIRECTIONS.strip().splitlines()]
    assert [printed(row.cells)[1:] for row in directions] == wanted
    assert printed(everything.cells)[1:] == ["1030310,5", "515595,8", "451977,3", "87,7"]


def test_directions_are_counted_from_one_without_gaps(social: Document) -> None:
    """The source lost number 4 and ran apart from the programme's numbers after 8."""
    [table] = social.tables
    numbers = [cell.text for cells in place(table.body, 10) for at, cell in cells if at == 0]
    assert numbers == [*(f"{number}." for number in range(1, 16)), "Всього за Програмою"]


def test_without_a_plan_there_is_a_dash(social: Document) -> None:
    """The source prints «0,0» in twelve such rows and «#ДЕЛ/0!» in two."""
    plans, percents = column(social, "annual_plan"), column(social, "percent")
    without = [number for number, plan in plans.items() if plan == "0,0"]
    assert len(without) == 13
    assert {"13.6.2", "13.6.3", "2.1.1", "18.1.3"} <= set(without)
    assert {number for number, percent in percents.items() if percent == "–"} == set(without)
    [*_, subsidy] = rows(social, Role.PART)
    assert printed(subsidy.cells)[1:] == ["0,0", "0,0", "0,0", "–"]


def test_the_competition_that_was_not_financed(social: Document) -> None:
    """8.1.1: the source prints 100,0 beside 84,3 planned and nothing paid."""
    assert column(social, "percent")["8.1.1"] == "0,0"


def test_the_columns_of_the_half_years_form(social: Document) -> None:
    [table] = social.tables
    headings, numbers = table.header
    assert [cell.text for cell in headings.cells] == [
        "№ з/п",
        "Пріоритетні завдання",
        "Зміст заходів",
        "Термін виконання",
        "Виконавці",
        "Орієнтовний обсяг фінансування відповідно до програми, тис. грн",
        "Річний обсяг фінансування (з урахуванням змін), тис. грн",
        "Фактично профінансовано у звітному періоді, тис. грн",
        "Відсоток виконання заходу, %",
        "Інформація про виконання або причини невиконання заходу",
    ]
    assert [cell.text for cell in numbers.cells] == [str(number) for number in range(1, 11)]
    assert sum(one.width for one in table.columns) <= 257


def test_the_lines_above_the_half_years_table(social: Document) -> None:
    programme = (
        "Комплексної Програми соціального захисту населення Житомирської міської територіальної "
        "громади на 2021-2025 роки"
    )
    department = "Департамент соціальної політики Житомирської міської ради"
    assert lines(social) == [
        (Style.TITLE, f"Звіт / про результати виконання / {programme}"),
        (Style.SUBTITLE, "за I півріччя 2023 року"),
        (
            Style.LINE,
            "Дата і номер рішення міської ради від 24.12.2020 року №35, зі змінами",
        ),
        (Style.LINE, f"Відповідальний виконавець Програми {department}"),
        (Style.LINE, "Термін реалізації Програми 2021-2025 роки"),
        (Style.SECTION, "1. Виконання заходів Програми"),
    ]


# Equal opportunities, the year 2023


def test_the_year_has_37_measures(equal: Document) -> None:
    assert len(rows(equal, Role.BODY)) == 37
    assert not rows(equal, Role.PART)


def test_the_years_totals_by_fund(equal: Document) -> None:
    """The source prints 90,0 % here, which no combination of its figures gives."""
    assert [printed(row.cells) for row in rows(equal, Role.TOTAL)] == [
        ["Всього за Програмою", "228,3", "60,0", "30,0", "13,1"],
        ["з загального фонду", "228,3", "60,0", "30,0", "13,1"],
        ["з спеціального фонду та інших джерел фінансування", "–", "–", "–", "–"],
    ]


def test_a_percent_that_was_declared_and_one_that_was_not(equal: Document) -> None:
    percents = column(equal, "percent")
    assert percents["1.1"] == "100,0"  # carried out without money: said so in the content
    assert percents["4.1"] == "35,0"  # 14,0 of 40,0; the source prints 32,0
    assert (percents["2.1"], percents["4.4"]) == ("95,2", "93,8")


def test_the_declared_percent_is_pointed_out(reports: Reports) -> None:
    found: list[Diagnostic] = [one for report in reports.values() for one in report.found]
    [declared] = [one for one in found if one.code == "percent-declared"]
    assert declared.severity is Severity.NOTE
    assert "«1.1»: надруковано 100,0 замість обчисленого 0,0" in declared.message


def test_the_columns_of_the_years_form(equal: Document) -> None:
    """The council's form has no sixth column, and says so in its numbers."""
    [table] = equal.tables
    headings, numbers = table.header
    assert [cell.text for cell in headings.cells] == [
        "№ з/п",
        "Завдання",
        "Зміст заходів",
        "Термін виконання",
        "Виконавці",
        "Річний обсяг фінансування, тис. грн (план)",
        "Річний обсяг фінансування, тис. грн (факт)",
        "Фактично профінансовано у звітному періоді, тис. грн",
        "Відсоток виконання заходу, %",
        "Інформація про виконання",
    ]
    assert " ".join(cell.text for cell in numbers.cells) == "1 2 3 4 5 7 8 9 10 11"


def test_the_lines_above_the_years_table(equal: Document) -> None:
    programme = (
        "цільової соціальної програми «Житомирська міська об'єднана територіальна громада – "
        "територія рівних можливостей» на 2020-2025 роки"
    )
    department = "Управління у справах сім'ї, молоді та спорту Житомирської міської ради"
    decision = "Дата і номер рішення міської ради, яким затверджено Програму, №1688 від 18.12.2019"
    assert lines(equal) == [
        (Style.TITLE, f"Звіт / про результати виконання / {programme}"),
        (Style.SUBTITLE, department),
        (Style.SUBTITLE, "за 2023 рік"),
        (Style.LINE, decision),
        (Style.LINE, "Термін реалізації Програми 2020-2025 роки"),
        (Style.SECTION, "1. Виконання заходів"),
    ]


# Both


@pytest.mark.parametrize(
    ("slug", "position", "name"),
    [
        ("social-protection", "Директор", "Вікторія КРАСНОПІР"),
        (
            "equal-opportunities",
            "Начальник управління у справах сім'ї, молоді та спорту міської ради",
            "Ірина КОВАЛЬЧУК",
        ),
    ],
)
def test_the_signature_closes_the_report(
    reports: Reports, slug: str, position: str, name: str
) -> None:
    last = document(reports, slug).blocks[-1]
    assert isinstance(last, Signature)
    assert (last.position, last.name) == (position, name)


def test_every_measure_says_who_when_and_what_became_of_it(reports: Reports) -> None:
    for report in of_measures(reports):
        assert report.document is not None
        for name in ("term", "executors", "info", "annual_plan", "actual", "percent"):
            assert all(column(report.document, name).values())


def test_content_is_typed_in_one_style(reports: Reports) -> None:
    """No blank runs, no blanks before commas, no hyphen for a dash: what §7 finds in sources."""
    faulty = (" ,", "  ", " ;", " .", "тис.грн", "( ", " )", " - ")
    for report in reports.values():
        assert report.document is not None
        for text in infos(report.document):
            assert not [one for one in faulty if one in text], text


def test_the_years_form_begins_with_the_task_not_the_direction(equal: Document) -> None:
    [table] = equal.tables
    first = [cell.text for cells in place(table.body, 10) for at, cell in cells if at == 0]
    assert first[:4] == ["1.", "2.", "3.", "4."]
