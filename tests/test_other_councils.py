"""The forms of other councils that are shipped, with the small examples that fill them."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from reportgen.build.prepare import prepare
from reportgen.build.project import open_project, shipped_templates
from reportgen.diagnostics import has_errors
from reportgen.document.blocks import Document, Role, Table
from reportgen.load import editions, form_ids, load_content, load_form
from reportgen.model.form import Kind
from reportgen.write.fonts import find_typeface

EXAMPLES = Path(__file__).resolve().parent.parent / "examples" / "other-councils"


def drawn(programme: str, root: Path = EXAMPLES, period: str = "") -> Document:
    project = open_project(root)
    content = load_content(project.root, [])
    [source] = [
        one for one in content.sources if one.slug == programme and period in ("", one.period.id)
    ]
    prepared = prepare(source, content, project, None)
    assert not has_errors(prepared.found), prepared.found
    assert prepared.document is not None
    return prepared.document


@pytest.mark.parametrize("form_id", form_ids([shipped_templates()]))
def test_columns_hold_the_sums_of_a_council(form_id: str) -> None:
    typeface = find_typeface("Liberation Serif")
    if typeface is None:
        pytest.skip("no typeface to measure by")

    def room(text: str) -> float:
        return typeface.bold.width(text, 9) * 25.4 / 72 + 2.4

    for path in editions(form_id, [shipped_templates()]):
        form = load_form(path, [])
        assert form
        columns = (one for table in form.tables for one in table.columns)
        for column in (one for one in columns if one.kind is Kind.MONEY and not one.hidden):
            most = f"999\u00a0999,{'9' * column.decimals}"  # of one source, or in one year
            if form_id == "sources-in-columns" and not column.share:
                most = f"9\u00a0{most}"
            assert column.width >= room(most), column.id


def texts(table: Table, role: Role) -> list[list[str]]:
    return [[cell.text for cell in row.cells] for row in table.body if row.role is role]


def test_plan_and_actual_stand_by_source_in_columns() -> None:
    [table] = drawn("sources-in-columns").tables
    assert [cell.text.split()[0] for cell in table.header[0].cells][4:6] == ["Планові", "Фактичні"]
    measure = texts(table, Role.BODY)[0]
    assert measure[4:9] == ["455,1", "", "155,1", "300,0", ""]
    assert measure[9:14] == ["170,9", "", "55,8", "115,1", ""]
    *_, total = texts(table, Role.TOTAL)
    assert total[1:6] == ["9\u00a0514,3", "5\u00a0440,3", "155,1", "3\u00a0918,9", "–"]
    assert total[6:11] == ["6\u00a0381,6", "5\u00a0440,3", "55,8", "885,5", "–"]


def test_plan_and_actual_stand_by_source_in_rows_with_a_column_for_each_year() -> None:
    [table] = drawn("kharkiv-sources-in-rows").tables
    ids = [one.id for one in table.columns]
    assert ids[6:11] == [f"plan_{year}" for year in range(2021, 2026)]
    assert [cell.text for cell in table.header[-1].cells] == [str(one) for one in range(1, 14)]
    first, regional, local = texts(table, Role.BODY)[:3]
    assert (first[5], first[8], first[11]) == ("Усього", "455,1", "170,9")
    assert (regional[0], regional[3], regional[6]) == ("Обласний бюджет", "155,1", "55,8")
    assert (local[3], local[6]) == ("300,0", "115,1")
    totals = [(row[0].split(",")[0], row[3], row[6]) for row in texts(table, Role.TOTAL)]
    assert totals == [
        ("Усього: обласний бюджет", "155,1", "55,8"),
        ("Усього: бюджети сіл", "3\u00a0918,9", "885,5"),
        ("Разом", "4\u00a0074,0", "941,3"),
    ]


def test_the_heading_of_the_informatisation_form_has_four_floors() -> None:
    [table] = drawn("kharkiv-informatisation").tables
    *floors, labels = [[cell.text for cell in row.cells] for row in table.header]
    assert len(floors) == 4
    assert floors[1][0] == "усього"
    assert floors[2][-2:] == ["науково-дослідні роботи", "інші потреби"]
    assert labels == [str(one) for one in range(1, 12)]
    [total] = texts(table, Role.TOTAL)
    assert total[1:3] == ["55,80", "6\u00a0325,80"] == total[-3:-1]


def test_the_annual_report_has_its_sections() -> None:
    facts, financing, measures, indicators = drawn("annual-sections").tables
    assert facts.header == ()
    rows = [[cell.text for cell in row.cells] for row in financing.body]
    assert rows == [
        ["Загальний фонд", "60,0", "30,0", "\u221230,0", "50,0"],
        ["Спеціальний фонд", "–", "–", "–", "–"],
        ["Усього", "60,0", "30,0", "\u221230,0", "50,0"],
    ]
    assert texts(measures, Role.TOTAL) == [["Усього за програмою", "60,0", "30,0", "50,0", ""]]
    assert [row[0].split()[1] for row in texts(indicators, Role.BAND)] == [
        "затрат",
        "продукту",
        "ефективності",
        "якості",
    ]
    first, second = texts(indicators, Role.BODY)[:2]
    assert first[3:6] == ["60,0", "30,0", "\u221230,0"]
    assert second[3:6] == ["3", "3", "0"]


def test_the_budget_programme_counts_in_hryvnias() -> None:
    _, uses, programmes, _ = drawn("budget-programme").tables
    [total] = texts(uses, Role.TOTAL)
    expected = [
        *("60\u00a0000", "–", "60\u00a0000"),
        *("30\u00a0000", "–", "30\u00a0000"),
        *("\u221230\u00a0000", "–", "\u221230\u00a0000"),
    ]
    assert total[1:] == expected
    [bridge] = texts(programmes, Role.BODY)
    assert [one or "–" for one in bridge[1:]] == expected


@pytest.mark.parametrize(
    ("period", "last"), [("2022", "Відхилення"), ("2023", "Причина відхилення")]
)
def test_a_report_is_drawn_by_the_edition_of_its_period(
    period: str, last: str, tmp_path: Path
) -> None:
    root = tmp_path / "project"
    shutil.copytree(EXAMPLES, root)
    folder = root / "content" / "programmes" / "annual-sections"
    text = (folder / "2023.yaml").read_text(encoding="utf-8")
    if period == "2022":
        text = re.sub(r"^    reason: .*\n|, reason: [^}]*", "", text, flags=re.MULTILINE)
        text = text.replace("period: 2023", "period: 2022")
    (folder / f"{period}.yaml").write_text(text + "\n", encoding="utf-8")
    document = drawn("annual-sections", root, period)
    assert document.tables[-1].header[0].cells[-1].text == last


def test_both_editions_are_shipped() -> None:
    names = sorted(path.name for path in (shipped_templates() / "annual-sections").glob("*.yaml"))
    assert names == ["form-2021-01-01.yaml", "form.yaml"]
