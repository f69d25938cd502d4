"""Open data: every figure is the document's cell, every file what the package says of it."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import asdict, replace
from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from overlays import all_prepared, projects

from reportgen.build.prepare import Prepared
from reportgen.compute.report import compute_report
from reportgen.document.blocks import Document, Role
from reportgen.document.origin import place_of
from reportgen.publication.datapackage import FIGURES, TABLES
from reportgen.publication.figures import Figure, exact, figures_of
from reportgen.publication.tables import csv_head, csv_lines, json_lines

SOCIAL = ("social-protection", "2023-h1")
ASKING = "=+-@\t\r\n＝＋－＠"


@cache
def drawn() -> list[Prepared]:
    """Every report of every shipped project, those of other councils' forms too."""
    return [one for root in projects() for one in all_prepared(root) if one.document]


def published(prepared: Prepared) -> tuple[Document, list[Figure]]:
    assert prepared.report
    assert prepared.document
    computed = compute_report(prepared.report)
    return prepared.document, [*figures_of(prepared.report, computed, prepared.document)]


@cache
def longest() -> list[Figure]:
    """The figures of the report that has the most of them."""
    return max((published(one)[1] for one in drawn()), key=len)


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as stream:
        return [*csv.DictReader(stream)]


def read(data: bytes) -> list[list[str]]:
    return [*csv.reader(io.StringIO(data.decode(), newline=""))]


def names(one: Prepared) -> str:
    return f"{one.form_id}-{one.source.period.id}"


# the figures


@pytest.mark.parametrize("prepared", drawn(), ids=names)
def test_there_is_a_figure_for_each_cell_that_has_a_value(prepared: Prepared) -> None:
    document, figures = published(prepared)
    cells = [
        (number, line, row.role is Role.TOTAL, cell)
        for number, table in enumerate(document.tables, 1)
        for line, row in enumerate(table.body, 1)
        for cell in row.cells
        if cell.value is not None
    ]
    assert len(figures) == len(cells)
    for figure, (number, line, is_total, cell) in zip(figures, cells, strict=True):
        assert (figure.table, figure.line) == (number, line)
        assert Decimal(figure.value) == cell.value
        assert figure.kind == "total" or not is_total
        assert figure.place == str(place_of(cell.origin) or "")
        assert figure.name
        assert figure.column_name
    keys = {tuple(getattr(one, name) for name in FIGURES.key) for one in figures}
    assert len(keys) == len(figures)


@pytest.mark.parametrize("prepared", drawn(), ids=names)
def test_what_counts_adds_up_to_the_total(prepared: Prepared) -> None:
    _, figures = published(prepared)
    whole = [one for one in figures if (one.kind, one.group, one.fund) == ("total", "", "")]
    for total in (one for one in whole if one.origin == "sum"):
        parts = [
            Decimal(one.value)
            for one in figures
            if one.counts and (one.table, one.column) == (total.table, total.column)
        ]
        if parts:  # the rows of a summary lie in another table
            assert sum(parts) == Decimal(total.value)


def test_facts_of_a_shipped_report(shipped_site: Path) -> None:
    lines = rows(shipped_site / "data" / "figures.csv")
    mine = [one for one in lines if (one["programme"], one["period"]) == SOCIAL]
    by_row = {(one["number"] or one["name"], one["column"]): one for one in mine}
    row = by_row["1.1.1", "annual_plan"]
    assert (row["value"], row["unit"], row["kind"], row["counts"]) == (
        "861.0",
        "тис. грн",
        "row",
        "true",
    )
    assert row["place"] == "content/programmes/social-protection/2023-h1.yaml:8:18"
    assert row["column_name"] == "Річний обсяг фінансування (з урахуванням змін), тис. грн"
    total = by_row["Всього за Програмою", "percent"]
    assert (total["value"], total["unit"], total["kind"], total["counts"], total["origin"]) == (
        *("87.7", "%", "total", "false"),
        "formula",
    )
    declared = [one for one in lines if one["origin"] == "declared"]
    assert [(one["programme"], one["number"], one["value"]) for one in declared] == [
        ("equal-opportunities", "1.1", "100.0")
    ]


def test_funds_are_told() -> None:
    figures = [one for prepared in drawn() for one in published(prepared)[1]]
    told = {one.fund: one.fund_name for one in figures if one.fund}
    assert told["general"] == "Загальний фонд"
    assert all(told.values())


@given(st.decimals(allow_nan=False, allow_infinity=False, places=6))
def test_a_value_loses_no_digit(value: Decimal) -> None:
    assert Decimal(exact(value)) == value
    assert "e" not in exact(value).lower()
    assert value or not exact(value).startswith("-")


# the files


@given(st.text(st.characters(codec="utf-8", exclude_characters="\r\n\0")))
def test_no_text_is_a_formula_and_none_is_lost(text: str) -> None:
    figure = replace(longest()[0], name=text, value="-1.5")
    [line] = read(csv_lines([figure]))
    cell = line[FIGURES.columns.index("name")]
    assert not cell.lstrip().startswith(tuple(ASKING))
    assert text in (cell, cell.removeprefix("'"))
    assert line[FIGURES.columns.index("value")] == "-1.5"
    [told] = json.loads(b"[" + json_lines([figure], first=True) + b"]")
    assert told == asdict(figure)


def test_pieces_make_one_table() -> None:
    figures = longest()
    whole = csv_head(FIGURES.columns) + csv_lines(figures)
    pieces = csv_lines(figures[:3]) + csv_lines([]) + csv_lines(figures[3:])
    assert csv_head(FIGURES.columns) + pieces == whole
    told = json_lines(figures[:3], first=True) + json_lines(figures[3:], first=False)
    assert json.loads(b"[" + told + b"]") == [asdict(one) for one in figures]


def test_json_says_what_csv_does(shipped_site: Path) -> None:
    for table in TABLES:
        texts = rows(shipped_site / "data" / f"{table.name}.csv")
        told = json.loads((shipped_site / "data" / f"{table.name}.json").read_bytes())
        assert len(texts) == len(told) > 0
        for line, record in zip(texts, told, strict=True):
            assert [*line] == [*record] == [*table.columns]
            for name, value in record.items():
                printed = str(value).lower() if isinstance(value, bool) else str(value)
                assert printed in (line[name], line[name].removeprefix("'"))


def test_every_column_is_described() -> None:
    for table in TABLES:
        assert [one.name for one in table.fields] == [*table.columns]
        assert {*table.key, *table.refers} <= {*table.columns}


def test_the_list_of_programmes(shipped_site: Path) -> None:
    lines = {one["identifier"]: one for one in rows(shipped_site / "data" / "programmes.csv")}
    social = lines["social-protection"]
    assert (social["orderDateAccepted"], social["orderNumber"]) == ("2020-12-24", "35")
    assert (social["yearFrom"], social["yearTo"]) == ("2021", "2025")
    assert social["executorName"] == "Департамент соціальної політики Житомирської міської ради"
    assert social["url"] == "programmes/social-protection/index.html"
    assert social["reportUrls"] == "programmes/social-protection/2023-h1.html"
    for one in lines.values():
        for path in (one["url"], *one["reportUrls"].split()):
            assert not path or (shipped_site / path).is_file()
    assert lines["maliy-biznes-2022-2026"]["url"] == ""  # the register's, without a report


def validated(folder: Path) -> subprocess.CompletedProcess[str]:
    package = folder / "data" / "datapackage.json"
    command = [sys.executable, "-m", "frictionless", "validate", "--json", str(package)]
    return subprocess.run(command, capture_output=True, text=True, check=False, cwd=folder)


def test_frictionless_finds_the_package_valid(shipped_site: Path) -> None:
    done = validated(shipped_site)
    assert done.returncode == 0, done.stdout
    tasks = json.loads(done.stdout)["tasks"]
    assert {one["name"]: one["type"] for one in tasks} == {
        "programmes": "table",
        "figures": "table",
        "programmes-json": "json",
        "figures-json": "json",
    }
    assert all(one["valid"] for one in tasks)


def test_frictionless_would_find_a_changed_figure(shipped_site: Path, tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    for path in (shipped_site / "data").iterdir():
        data = path.read_bytes()
        if path.name == "figures.csv":
            data = data.replace(b",861.0,", b",861.1,", 1)
        (tmp_path / "data" / path.name).write_bytes(data)
    assert validated(tmp_path).returncode != 0


def lines_of(site: Path) -> Iterator[str]:
    for path in sorted(site.rglob("*")):
        if path.suffix in {".html", ".csv", ".json"}:
            yield from path.read_text("utf-8").splitlines()


def test_no_person_but_who_signs(shipped_site: Path) -> None:
    text = "\n".join(lines_of(shipped_site))
    assert "КРАСНОПІР" in text  # the report's signature
    assert "ТИХИЙ" not in text
    data = "\n".join(lines_of(shipped_site / "data"))
    assert "КРАСНОПІР" not in data
