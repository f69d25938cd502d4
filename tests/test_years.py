"""Yearly columns: one for each year of the programme, and what their figures come to."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from outlines import (
    amount,
    column,
    entry,
    form,
    item,
    level,
    money,
    outline_column,
    percent,
    period,
    programme,
    share,
    table,
    total,
)
from small_project import FORM, PROGRAMME, base, check, findings, lay

from reportgen.compute.evaluate import evaluate
from reportgen.compute.figures import compute
from reportgen.load.years import with_years
from reportgen.model.form import GivenBy, TableSection
from reportgen.model.formula import Binary, Name, parse_formula
from reportgen.model.programme import Term, Value

TERM = Term(2024, 2026)
YEARS = (2024, 2025, 2026)
PLAN = replace(money("plan", GivenBy.PROGRAMME), yearly=True, heading=("Обсяг", "{year} рік"))


def written_out(*columns: object, term: Term = TERM, **options: object) -> TableSection:
    fields = (outline_column("measure", "row"), *columns)
    drawn = table((level("measure"),), fields, **options)  # type: ignore[arg-type]
    [found] = with_years(form(drawn), term).tables
    return found


def test_a_yearly_column_stands_once_for_each_year() -> None:
    found = written_out(PLAN, money("actual"))
    assert [one.id for one in found.fields] == [
        "measure",
        *(f"plan_{year}" for year in YEARS),
        "actual",
    ]
    assert [one.heading for one in found.fields[1:4]] == [
        ("Обсяг", f"{year} рік") for year in YEARS
    ]
    assert not any(one.yearly for one in found.fields)


def test_a_programme_of_one_year_has_one_column() -> None:
    assert [one.id for one in written_out(PLAN, term=Term(2024, 2024)).fields][1:] == ["plan_2024"]


def test_a_form_without_yearly_columns_is_left_alone() -> None:
    one = form()
    assert with_years(one, TERM) is one


def test_a_formula_over_a_yearly_column_means_the_sum() -> None:
    found = written_out(PLAN, money("actual"), percent())
    expression = found.fields[-1].formula
    assert expression is not None
    values = {
        **{
            f"plan_{year}": Decimal(amount)
            for year, amount in zip(YEARS, (10, 20, 70), strict=True)
        },
        "actual": Decimal(25),
    }
    assert evaluate(expression, values, 1) == Decimal("25.0")


def test_a_yearly_formula_takes_its_own_year() -> None:
    paid = replace(money("paid"), yearly=True)
    rest = replace(money("rest"), given=None, formula=parse_formula("plan - paid"), yearly=True)
    found = {one.id: one for one in written_out(PLAN, paid, rest).fields}
    assert found["rest_2025"].formula == Binary("-", Name("plan_2025"), Name("paid_2025"))


def test_a_yearly_share_takes_its_own_year() -> None:
    local = replace(share("local", "plan", "general"), yearly=True)
    found = {one.id: one for one in written_out(PLAN, local).fields}
    shares = [found[f"local_{year}"].share for year in YEARS]
    assert [one.column for one in shares if one] == [f"plan_{year}" for year in YEARS]


def test_a_total_over_a_yearly_column_adds_each_year() -> None:
    [one] = written_out(PLAN, totals=(total(columns=("plan",)),)).totals
    assert one.columns == ("plan_2024", "plan_2025", "plan_2026")


def test_a_total_may_have_its_label_in_the_first_year() -> None:
    [one] = written_out(
        replace(column("note"), yearly=True), PLAN, totals=(total(columns=("plan",), at="note"),)
    ).totals
    assert one.at == "note_2024"


def test_a_summary_writes_out_the_years_of_its_table() -> None:
    base_table = table((level("measure"),), (outline_column("measure", "row"), PLAN))
    local = replace(share("local", "plan", "general"), yearly=True)
    summary = table(
        (),
        (outline_column("source", "row"), local),
        (total(columns=("local",)),),
        id="summary",
        summary_of="table",
    )
    _, found = with_years(form(base_table, summary), TERM).tables
    shares = [one.share.column for one in found.fields if one.share]
    assert shares == [f"plan_{year}" for year in YEARS]
    assert found.totals[0].columns == tuple(f"local_{year}" for year in YEARS)


plans = st.lists(st.integers(0, 10**6), min_size=3, max_size=3)


@given(st.lists(plans, min_size=1, max_size=5))
def test_years_come_to_the_whole(rows: list[list[int]]) -> None:
    """A column that sums the years has the same total whichever way it is added."""
    whole = replace(money("whole"), given=None, formula=parse_formula("plan * 1"))
    drawn = written_out(PLAN, whole, totals=(total(columns=("plan", "whole")),))
    items = []
    for index, row in enumerate(rows):
        given_plans = {
            f"plan_{year}": amount(str(one)) for year, one in zip(YEARS, row, strict=True)
        }
        values: dict[str, Value] = {**given_plans}
        items.append(item("measure", str(index + 1), values=values))
    entries = {one.key: entry() for one in items}
    found = compute(programme(*items), period(entries), drawn)
    assert [line.figures["whole"] for line in found.lines] == [sum(row) for row in rows]
    assert found.totals[0].figures["whole"] == sum(sum(row) for row in rows)


YEARLY = (
    base(FORM)
    .replace("heading: План, width: 20, kind: money, given: period}",
             'heading: "{year}", width: 18, kind: money, given: programme, yearly: true}')
    .replace("width: 60", "width: 26")
)  # fmt: skip
PLANS = ", ".join(f"annual_plan_{year}: {year - 2023}0.0" for year in YEARS)


def project(term: str = "term: {from: 2024, to: 2026}\n") -> dict[str, str | bytes]:
    period_file = "content/programmes/biblioteky/2024-h1.yaml"
    lines = [one for one in base(period_file).splitlines() if "annual_plan" not in one]
    text = base(PROGRAMME).replace("term: {from: 2024, to: 2026}\n", term)
    plans = PLANS.replace(", ", "\n        ")
    text = text.replace(
        "        executors: [biblioteka]\n", f"        executors: [biblioteka]\n        {plans}\n"
    )
    head, _, tail = text.partition("        parts:\n")
    parts = tail.splitlines(keepends=True)
    return {
        FORM: YEARLY,
        PROGRAMME: head + "".join(parts[2:]),
        period_file: "\n".join([one for one in lines if one != "    parts:"]) + "\n",
    }


def test_a_report_has_the_years_of_its_programme(tmp_path: Path) -> None:
    found, [report] = check(lay(tmp_path, project()))
    assert [one for one in found if one.code != "font-fallback"] == []
    assert report.document is not None
    [drawn] = report.document.tables
    assert [cell.text for cell in drawn.header[0].cells][3:6] == ["2024", "2025", "2026"]
    assert [cell.text for cell in drawn.body[-1].cells][1:4] == ["20,0", "40,0", "60,0"]


@pytest.mark.parametrize(
    ("term", "code"),
    [
        ("", "key-missing"),
        ("term: {from: 2024}\n", "key-missing"),
        ("term: торік\n", "value-type"),
        ("term: {from: 2026, to: 2024}\n", "value-choice"),
    ],
)
def test_without_the_years_that_alone_is_told(term: str, code: str, tmp_path: Path) -> None:
    """Which keys content should have follows from them."""
    assert [one.code for one in findings(tmp_path, project(term))] == [code]
