"""The forms of other councils that are shipped, with the small examples that fill them."""

from __future__ import annotations

import datetime
import shutil
from pathlib import Path

import pytest

from reportgen.build.prepare import prepare
from reportgen.build.project import open_project, shipped_templates
from reportgen.diagnostics import has_errors
from reportgen.document.blocks import Document, Role, Table
from reportgen.load import load_content

EXAMPLES = Path(__file__).resolve().parent.parent / "examples" / "other-councils"


def drawn(programme: str, root: Path = EXAMPLES, period: str = "") -> Document:
    project = open_project(root)
    content = load_content(project.root, [])
    [source] = [
        one
        for one in content.sources
        if one.slug == programme and period in ("", one.period.id)
    ]
    prepared = prepare(source, content, project, None)
    assert not has_errors(prepared.found), prepared.found
    assert prepared.document is not None
    return prepared.document


def column(table: Table, column_id: str) -> int:
    return [one.id for one in table.columns].index(column_id)


def texts(table: Table, role: Role) -> list[list[str]]:
    return [[cell.text for cell in row.cells] for row in table.body if row.role is role]


def test_plan_and_actual_stand_by_source_in_columns() -> None:
    [table] = drawn("dzherela-v-kolonkakh").tables
    assert [cell.text for cell in table.header[0].cells][3:5] == [
        "Планові обсяги",
        "Фактичні обсяги",
    ]
    measure = texts(table, Role.BODY)[0]
    assert measure[3:8] == ["455,1", "", "155,1", "300,0", ""]
    assert measure[8:13] == ["170,9", "", "55,8", "115,1", ""]
    [total] = texts(table, Role.TOTAL)
    assert total[1:6] == ["19\u00a0078,2", "–", "155,1", "18\u00a0923,1", "–"]
    assert total[6:11] == ["18\u00a0631,9", "–", "55,8", "18\u00a0576,1", "–"]


def test_plan_and_actual_stand_by_source_in_rows_with_a_column_for_each_year() -> None:
    [table] = drawn("dzherela-v-riadkakh").tables
    ids = [one.id for one in table.columns]
    assert ids[6:11] == [f"financed_{year}" for year in range(2021, 2026)]
    assert [cell.text for cell in table.header[-1].cells] == [str(one) for one in range(1, 13)]
    first, regional, local = texts(table, Role.BODY)[:3]
    assert (first[5], first[8]) == ("Усього", "170,9")
    assert (regional[0], regional[3]) == ("Обласний бюджет", "55,8")
    assert (local[0], local[3]) == ("Бюджети громад", "115,1")
    totals = {row[5]: row[8] for row in texts(table, Role.TOTAL)}
    assert totals == {
        "Разом": "18\u00a0631,9",
        "Обласний бюджет": "55,8",
        "Бюджети громад": "18\u00a0576,1",
    }


def test_the_heading_of_the_informatisation_form_has_its_floors() -> None:
    [table] = drawn("informatyzatsiia").tables
    floors = [[cell.text for cell in row.cells] for row in table.header]
    assert floors[1] == ["усього", "у тому числі"]
    assert floors[2][-2:] == ["капітальні вкладення", "поточні витрати"]
    assert floors[3][-2:] == ["науково-дослідні роботи", "інші потреби"]
    assert floors[-1] == [str(one) for one in range(1, 12)]
    [total] = texts(table, Role.TOTAL)
    assert total[1:3] == ["155,10", "300,00"] == total[-3:-1]


def test_the_annual_report_has_its_sections() -> None:
    document = drawn("richnyi-zvit")
    facts, financing, measures, indicators = document.tables
    assert facts.header == ()
    rows = [[cell.text for cell in row.cells] for row in financing.body]
    assert rows == [
        ["Загальний фонд", "60,0", "30,0", "\u221230,0"],
        ["Спеціальний фонд", "–", "–", "–"],
        ["Усього", "60,0", "30,0", "\u221230,0"],
    ]
    assert texts(measures, Role.TOTAL) == [["Усього", "60,0", "30,0", "50,0", ""]]
    assert [row[0] for row in texts(indicators, Role.BAND)] == [
        "Показники затрат",
        "Показники продукту",
        "Показники ефективності",
        "Показники якості",
    ]
    first, second = texts(indicators, Role.BODY)[:2]
    assert first[2:5] == ["10,5", "10,0", "\u22120,5"]
    assert second[2:5] == ["1", "1", "0"]


def test_the_budget_programme_counts_in_hryvnias() -> None:
    document = drawn("pasport")
    _, uses, programmes, _ = document.tables
    [total] = texts(uses, Role.TOTAL)
    assert total[1:] == [
        *("16\u00a0900,00", "–", "16\u00a0900,00"),
        *("16\u00a0000,00", "–", "16\u00a0000,00"),
        *("\u2212900,00", "–", "\u2212900,00"),
    ]
    assert texts(programmes, Role.TOTAL)[0][1:] == total[1:]


@pytest.mark.parametrize(
    ("period", "last"), [("2022", "Відхилення"), ("2023", "Причина відхилення")]
)
def test_a_report_is_drawn_by_the_edition_of_its_period(
    period: str, last: str, tmp_path: Path
) -> None:
    root = tmp_path / "project"
    shutil.copytree(EXAMPLES, root)
    folder = root / "content" / "programmes" / "richnyi-zvit"
    text = (folder / "2023.yaml").read_text(encoding="utf-8")
    if period == "2022":
        lines = [line.split(", reason:")[0] for line in text.splitlines()]
        lines = [f"{one}}}" if one.count("{") > one.count("}") else one for one in lines]
        text = "\n".join(lines).replace("period: 2023", "period: 2022")
    (folder / f"{period}.yaml").write_text(text + "\n", encoding="utf-8")
    document = drawn("richnyi-zvit", root, period)
    assert document.tables[-1].header[0].cells[-1].text == last


def test_both_editions_are_shipped() -> None:
    names = sorted(path.name for path in (shipped_templates() / "annual-sections").glob("*.yaml"))
    days = [datetime.date(2021, 1, 1), datetime.date(2023, 1, 1)]
    assert names == [f"form-{days[1]}.yaml", "form.yaml"]
