"""Consolidated information: its sums are those of the reports, in every format."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from outlines import (
    COUNCIL,
    FEW,
    FUNDS,
    PLACE,
    Whole,
    amount,
    amounts,
    entry,
    form,
    item,
    period,
    programme,
    wholes,
)
from overlays import ROOT, all_prepared
from reading.compare import check_sheet
from reading.poison import POISON, poisoned
from small_project import COUNCIL as COUNCIL_FILE
from small_project import PERIOD, base, lay
from test_outputs import convert

from reportgen.build.across import consolidate_period
from reportgen.build.formats import FORMATS, produce
from reportgen.build.prepare import Prepared
from reportgen.build.project import Project, find_frame
from reportgen.cli import main
from reportgen.compute.consolidated import (
    Consolidated,
    Group,
    by_measure_executor,
    by_responsible,
    consolidate,
)
from reportgen.compute.evaluate import evaluate
from reportgen.compute.money import (
    Contribution,
    Lacking,
    Measure,
    Money,
    added,
    contribution,
)
from reportgen.compute.report import compute_report
from reportgen.document.blocks import Document, Role, Table, place
from reportgen.document.consolidated import consolidated_document
from reportgen.document.origin import Computed, Input, Reference, Sum
from reportgen.load import load_content
from reportgen.model.meaning import Meaning
from reportgen.model.period import Period
from reportgen.model.programme import Executors
from reportgen.model.report import Report
from reportgen.proof.compare import Job, compare
from reportgen.proof.excel import read_values
from reportgen.write.fonts import find_typeface

Reports = Mapping[tuple[str, str], Prepared]

HALF = Period.parse("2023-h1")
DAY = datetime.date(2023, 6, 30)
SOCIAL = ("social-protection", "2023-h1")
EQUAL = ("equal-opportunities", "2023")


def typed(file: str, column: str) -> Decimal:
    """Add a column of a period's file as a clerk would: every measure, and no part of one."""
    text = (ROOT / "content" / "programmes" / file).read_text(encoding="utf-8")
    # Every scalar a text: 1.1 and 1.10 are two measures.
    measures = yaml.load(text, Loader=yaml.BaseLoader)["measures"].values()  # noqa: S506
    return sum((Decimal(one[column]) for one in measures if column in one), Decimal(0))


def shipped(reports: Reports, key: tuple[str, str]) -> Contribution:
    report = reports[key].report
    assert report
    return contribution(report, compute_report(report))


@pytest.fixture(scope="module")
def year(project: Project) -> Document:
    """The consolidated information of the shipped reports for 2023."""
    content = load_content(project.root, [])
    assert content.council
    consolidated, _ = consolidate_period(Period.parse("2023"), content, project)
    return consolidated_document(content.council, consolidated, datetime.date(2023, 12, 31))


def notes(document: Document) -> str:
    return "\n".join(line for one in document.blocks for line in getattr(one, "lines", ()))


# Facts: the shipped reports.


@pytest.mark.parametrize("column", ["annual_plan", "actual"])
@pytest.mark.parametrize("key", [SOCIAL, EQUAL])
def test_a_report_adds_what_its_file_says(
    reports: Reports, key: tuple[str, str], column: str
) -> None:
    money = shipped(reports, key).money[Meaning(column)]
    assert money.value == typed("/".join(key) + ".yaml", column) != 0


@pytest.mark.parametrize("key", [SOCIAL, EQUAL])
def test_it_is_what_the_report_prints_as_its_total(reports: Reports, key: tuple[str, str]) -> None:
    document = reports[key].document
    assert document
    [table] = document.tables
    at = next(row for row, one in enumerate(table.body) if one.role is Role.TOTAL)
    cells = place(table.body, len(table.columns))[at]
    printed = {table.columns[column].id: cell.value for column, cell in cells}
    for meaning, money in shipped(reports, key).money.items():
        assert money.value == printed[meaning.value]


def test_forms_without_money_are_told_apart(reports: Reports) -> None:
    for key in (("concept", "2023"), ("socioeconomic", "2024-h1")):
        one = shipped(reports, key)
        assert (one.lacking, one.money, one.measures) == (Lacking.NO_MONEY, {}, ())


def test_a_programme_without_money_is_listed_and_not_counted(year: Document) -> None:
    concept, equal, *_ = year.tables[0].body
    assert [cell.text for cell in concept.cells[3:]] == ["–"] * 4
    assert [cell.text for cell in equal.cells[3:]] == ["228,3", "60,0", "30,0", "13,1"]
    [whole] = [row for row in year.tables[0].body if row.name.label == "Усього"]
    assert [cell.text for cell in whole.cells] == ["Усього", "228,3", "60,0", "30,0", "13,1"]
    assert "Концепція інтегрованого розвитку м.Житомира до 2030 року – форма звіту" in notes(year)
    assert "Немає звіту за 2023 рік: Комплексна Програма соціального захисту" in notes(year)


# Facts: small reports by hand.


def by_hand(
    unit: str = "тис. грн", *columns: str, means: Mapping[str, Meaning] | None = None
) -> Contribution:
    plan, actual = columns or ("annual_plan", "actual")
    table = form().tables[0]
    names = {"plan": plan, "actual": actual}
    fields = (
        replace(one, id=name, means=(means or {}).get(name))
        for one in table.fields
        if one.id != "percent"
        for name in [names.get(one.id, one.id)]
    )
    drawn = replace(form(), unit=unit, sections=(replace(table, fields=tuple(fields)),))
    task = item("task", "1", item("measure", "1.1", values={plan: amount("8.0")}))
    given = {"1.1": entry({actual: amount("1.5", general="1.0", state="0.5")})}
    report = Report(COUNCIL, drawn, programme(task), period(given))
    return contribution(report, compute_report(report))


def test_parts_by_fund_are_kept() -> None:
    money = by_hand().money
    assert money[Meaning.ANNUAL_PLAN] == Money(Decimal("8.0"), {"": Decimal("8.0")})
    assert money[Meaning.ACTUAL].funds == {"general": Decimal("1.0"), "state": Decimal("0.5")}


def test_units_are_brought_to_thousands() -> None:
    assert by_hand("грн").money[Meaning.ACTUAL].value == Decimal("0.0015")
    assert by_hand("грн").decimals == 4
    assert by_hand("млн грн").money[Meaning.ACTUAL].value == 1500
    euros = by_hand("євро")
    assert (euros.lacking, euros.said) == (Lacking.OTHER_UNIT, ("євро",))


def test_other_columns_are_told_and_not_guessed_at() -> None:
    other = by_hand("тис. грн", "approved", "cash")
    assert (other.lacking, other.said) == (Lacking.OTHER_COLUMNS, ("approved", "cash"))
    document = consolidated_document(COUNCIL, consolidate(HALF, [other]), DAY)
    assert "її колонки із сумами: approved, cash" in notes(document)


def test_unlike_sums_have_no_percent() -> None:
    """What was spent by a programme without a plan is no part of the others' execution."""
    spent = by_hand("тис. грн", "approved", "cash", means={"cash": Meaning.ACTUAL})
    both = [replace(spent, slug="a"), replace(by_hand(), slug="b")]
    document = consolidated_document(COUNCIL, consolidate(HALF, both, funds=FUNDS), DAY)
    for table in document.tables:
        [whole] = [row for row in table.body if row.name.label == "Усього"]
        assert [cell.text for cell in whole.cells[-3:]] == ["8,0", "3,0", "–"]
    rows = {row.name.key: row for row in document.tables[0].body if row.role is Role.BODY}
    assert [rows[slug].cells[-1].text for slug in ("a", "b")] == ["–", "18,8"]
    assert "Відсотка підсумків, до яких входить Програма, не обчислено" in notes(document)


def noted(*meanings: tuple[Meaning, ...]) -> str:
    """Return the notes on programmes whose forms have columns of these meanings."""
    empty = Contribution("p", "Програма", "", HALF, PLACE)
    reports = [
        replace(empty, slug=f"p{at}", money=dict.fromkeys(one, Money(Decimal(1))))
        for at, one in enumerate(meanings)
    ]
    consolidated = consolidate(HALF, reports, funds=FUNDS)
    return notes(consolidated_document(COUNCIL, consolidated, DAY))


def test_a_missing_column_is_noted_only_where_a_form_has_none() -> None:
    usual = (Meaning.ANNUAL_PLAN, Meaning.ACTUAL)
    assert "Прочерк" not in noted(usual, usual)
    assert "Прочерк" not in noted((*usual, Meaning.AMENDED_PLAN))
    told = noted((*usual, Meaning.AMENDED_PLAN), usual)
    assert "Прочерк у графі «Річний обсяг зі змінами» програм № 2: форма звіту" in told


def test_a_fund_without_money_shows_the_dash_that_sums_show() -> None:
    money = Money(Decimal(5), {FUNDS[0]: Decimal(5)})
    other = Money(Decimal(5), {FUNDS[1]: Decimal(5)})
    report = Contribution(
        "p",
        "Програма",
        "",
        HALF,
        PLACE,
        money={Meaning.ANNUAL_PLAN: money, Meaning.ACTUAL: other},
    )
    consolidated = consolidate(HALF, [report], funds=FUNDS)
    table = consolidated_document(COUNCIL, consolidated, DAY).tables[0]
    rows = [[cell.text for cell in row.cells][-3:-1] for row in table.body]
    assert rows == [["5", "5"], ["5", "–"], ["–", "5"], ["5", "5"], ["5", "–"], ["–", "5"]]


def test_a_form_says_what_its_columns_mean() -> None:
    plain = by_hand("тис. грн", "approved", "cash", means={"cash": Meaning.ACTUAL})
    assert plain.lacking is None
    assert {one: money.value for one, money in plain.money.items()} == {
        Meaning.ACTUAL: Decimal("1.5")
    }


def test_forms_of_other_councils_are_added_up() -> None:
    """Everything but a form whose money is only computed from parts."""
    found = {
        one.source.slug: contribution(one.report, compute_report(one.report))
        for one in all_prepared(ROOT / "examples" / "other-councils")
        if one.report
    }
    assert {slug for slug, one in found.items() if one.lacking} == {"kharkiv-informatisation"}
    budget = found["budget-programme"]
    assert budget.decimals == 3
    [report] = [
        one
        for one in all_prepared(ROOT / "examples" / "other-councils")
        if one.source.slug == "budget-programme"
    ]
    assert report.report
    [total] = compute_report(report.report)["directions"].totals
    assert budget.money[Meaning.ACTUAL].value == (total.figures["cash"] or 0) / 1000


def test_measures_of_several_executors_are_nobodys_in_particular() -> None:
    one = replace(
        by_hand(),
        measures=tuple(
            replace(by_hand().measures[0], executors=names)
            for names in ((), ("Б",), ("А",), ("А", "Б"), ("Б",))
        ),
    )
    groups = by_measure_executor(consolidate(HALF, [one]))
    said = [(one.executors, one.name, one.portions[0].measures) for one in groups]
    assert said == [(1, "А", 1), (1, "Б", 2), (2, "", 1), (0, "", 1)]


def test_executors_are_found_in_their_column(reports: Reports) -> None:
    report = reports[EQUAL].report
    assert report
    bodies = {
        body.name
        for one in report.programme.items(report.form.tables[0].id)
        for value in one.values.values()
        if isinstance(value, Executors)
        for body in value.bodies
    }
    found = {name for one in shipped(reports, EQUAL).measures for name in one.executors}
    assert found == bodies


# Laws.

EXECUTORS = ("", "Відділ культури", "Відділ освіти")


@st.composite
def moneys(draw: st.DrawFn) -> Money:
    if not draw(st.integers(0, 4)):
        return Money()
    funds = draw(st.dictionaries(st.sampled_from(["", *FUNDS]), amounts, min_size=1, max_size=3))
    return Money(sum(funds.values(), Decimal(0)), funds)


@st.composite
def contributions(draw: st.DrawFn, slug: str) -> Contribution:
    empty = Contribution(slug, f"Програма {slug}", draw(st.sampled_from(EXECUTORS)), HALF, PLACE)
    if not draw(st.integers(0, 3)):
        return replace(empty, lacking=Lacking.NO_MONEY)
    meanings = [one for one in Meaning if draw(st.integers(0, 3))]
    measures = tuple(
        Measure(
            key=str(number),
            text=f"Захід {number}",
            executors=tuple(draw(st.lists(st.sampled_from(EXECUTORS[1:]), unique=True))),
            money={meaning: draw(moneys()) for meaning in meanings},
        )
        for number in range(draw(st.integers(0, 3)))
    )
    money = {meaning: added(one.money[meaning] for one in measures) for meaning in meanings}
    return replace(empty, decimals=draw(st.integers(1, 2)), measures=measures, money=money)


many = st.integers(0, 4).flatmap(
    lambda number: st.tuples(*(contributions(f"p{one}") for one in range(number)))
)


def whole(reports: tuple[Contribution, ...], meaning: Meaning) -> Decimal | None:
    """Add every measure of every report, one by one."""
    given = [
        value
        for report in reports
        for measure in report.measures
        if (value := measure.money.get(meaning, Money()).value) is not None
    ]
    return sum(given, Decimal(0)) if given else None


@FEW
@given(wholes())
def test_a_contribution_is_the_reports_own_total(one: Whole) -> None:
    report = Report(COUNCIL, form(one.table), one.programme, one.period)
    money = contribution(report, compute_report(report)).money[Meaning.ACTUAL]
    for total in one.figures.totals:
        if total.group is None and "actual" in total.figures:
            wanted = [money.funds[fund] for fund in total.total.funds if fund in money.funds]
            expected = sum(wanted, Decimal(0)) if wanted else None
            assert total.figures["actual"] == (expected if total.total.funds else money.value)


@FEW
@given(many)
def test_every_grouping_comes_to_the_same_sum(reports: tuple[Contribution, ...]) -> None:
    consolidated = consolidate(HALF, reports, funds=FUNDS)
    for meaning in consolidated.meanings:
        total = consolidated.total(meaning)
        assert total.value == whole(reports, meaning)
        assert sum(total.funds.values(), Decimal(0)) == (total.value or 0)
        for groups in (by_responsible(consolidated), by_measure_executor(consolidated)):
            assert added(portions(groups, meaning)) == total


def portions(groups: tuple[Group, ...], meaning: Meaning) -> Iterator[Money]:
    return (one.money.get(meaning, Money()) for group in groups for one in group.portions)


@FEW
@given(many, st.randoms(use_true_random=False))
def test_order_of_reports_and_funds_does_not_matter(
    reports: tuple[Contribution, ...], random: object
) -> None:
    shuffled = list(reports)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    first, second = (consolidate(HALF, one, funds=FUNDS) for one in (reports, shuffled))
    assert consolidated_document(COUNCIL, first, DAY) == consolidated_document(COUNCIL, second, DAY)


@FEW
@given(many)
def test_every_figure_is_what_it_says_it_is_made_of(reports: tuple[Contribution, ...]) -> None:
    consolidated = consolidate(HALF, reports, funds=FUNDS)
    for table in consolidated_document(COUNCIL, consolidated, DAY).tables:
        check_origins(table)
        sums = {row.name.label: row for row in table.body if row.role is Role.TOTAL}
        cells = sums["Усього"].cells[-len(consolidated.meanings) - 1 : -1]
        for meaning, cell in zip(consolidated.meanings, cells, strict=True):
            assert cell.value == consolidated.total(meaning).value
        check_funds(consolidated, table)


def check_origins(table: Table) -> None:
    """Work every made figure out again from the cells that its origin names."""
    placed = {
        (row, column): cell
        for row, cells in enumerate(place(table.body, len(table.columns)))
        for column, cell in cells
    }

    def value(one: Input) -> Decimal | None:
        return placed[one.row, one.column].value if isinstance(one, Reference) else one.value

    for cell in placed.values():
        match cell.origin:
            case Sum(inputs):
                given = [value(one) for one in inputs]
                assert None not in given
                added_up = sum((one for one in given if one is not None), Decimal(0))
                assert cell.value == (added_up if given else None)
            case Computed(expression, inputs, decimals):
                known = {name: value(one) for name, one in inputs.items()}
                assert cell.value == evaluate(expression, known, decimals)


def check_funds(consolidated: Consolidated, table: Table) -> None:
    """The sums by fund come to the sum over all."""
    if table.id != "programmes" or not consolidated.funds:
        return
    totals = [row for row in table.body if row.role is Role.TOTAL]
    for index in range(1, len(consolidated.meanings) + 1):
        first, *by_fund = (row.cells[index].value or 0 for row in totals)
        assert sum(by_fund) == first


# Files.


def recalculated(folder: Path, document: Document, project: Project) -> bytes:
    """Return the workbook as LibreOffice calculates it, from wrong values to begin with."""
    frame, _ = find_frame(project, "")
    book = produce("xlsx", document, frame, find_typeface(document.page.font), "typst")
    bad = poisoned(book)
    assert any(POISON in row for row in read_values(bad))
    convert(folder, "xlsx:Calc MS Excel 2007 XML", {"book.xlsx": bad})
    return (folder / "out" / "book.xlsx").read_bytes()


@pytest.mark.slow
@pytest.mark.tool("soffice")
def test_formulas_are_live(tmp_path: Path, project: Project) -> None:
    one = by_hand()
    named = [replace(one, slug=f"p{n}", name=f"Програма {n}") for n in range(5)]
    poor = replace(one, slug="q", measures=(), money={}, lacking=Lacking.NO_MONEY)
    document = consolidated_document(COUNCIL, consolidate(HALF, [*named, poor]), DAY)
    check_sheet(recalculated(tmp_path, document, project), document)


def differences(document: Document, project: Project, engine: str = "typst") -> list[object]:
    frame, _ = find_frame(project, "")
    typeface = find_typeface(document.page.font)
    found: list[object] = []
    for one in FORMATS:
        data = produce(one, document, frame, typeface, engine)
        assert data == produce(one, document, frame, typeface, engine)
        compared = compare(Job(f"x.{one}", one, data, document, frame.docx, own=False))
        assert compared.counts.cells
        found += compared.differences
    return found


def test_every_format_says_the_same(year: Document, project: Project) -> None:
    assert differences(year, project) == []


def test_many_programmes_with_funds(project: Project) -> None:
    one = by_hand()
    parted = replace(one, executor="")
    named = [replace(parted, slug=f"p{n}", name=f"Програма {n}") for n in range(40)]
    consolidated = consolidate(HALF, named, missing=["Ще одна"], faulty=["І ще"], funds=FUNDS)
    document = consolidated_document(COUNCIL, consolidated, DAY)
    assert differences(document, project) == []
    assert "Немає звіту за I півріччя 2023 року: Ще одна." in notes(document)
    assert "У звіті помилки, тому його тут немає: І ще." in notes(document)


def written(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.glob("*.*"))}


def test_the_command(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    root = lay(tmp_path)
    call = ["consolidated", "--period", "2024-h1", "--root", str(root)]
    assert main(call) == 0
    said = capsys.readouterr()
    assert said.out.splitlines() == [f"consolidated/2024-h1.{one}" for one in FORMATS]
    first = written(root / "output" / "consolidated")
    assert sorted(first) == sorted(f"2024-h1.{one}" for one in FORMATS)
    assert "156,0" in first["2024-h1.html"].decode()
    assert main([*call, "--format", "xlsx", "--pdf-engine", "weasyprint"]) == 0
    assert written(root / "output" / "consolidated") == first


def test_a_report_with_errors_is_named_in_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = lay(tmp_path, {PERIOD: base(PERIOD).replace("actual: 48.5", "actual: багато")})
    call = ["consolidated", "--period", "2024-h1", "--format", "html", "--root", str(root)]
    assert main(call) == 1
    assert "2024-h1.yaml:7:13: помилка" in capsys.readouterr().err
    page = (root / "output" / "consolidated" / "2024-h1.html").read_text(encoding="utf-8")
    assert "У звіті помилки, тому його тут немає: Програма розвитку бібліотек" in page


def test_a_period_that_there_is_not(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["consolidated", "--period", "2022", "--root", str(lay(tmp_path))]) == 2
    assert "немає звіту за період «2022»; є: 2024-h1" in capsys.readouterr().err


def test_a_broken_council_stops_it(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    root = lay(tmp_path, {COUNCIL_FILE: "id: [\n"})
    assert main(["consolidated", "--period", "2024-h1", "--root", str(root)]) == 1
    assert "Нічого не складено: " in capsys.readouterr().err
    assert not (root / "output" / "consolidated").exists()


def test_a_programme_of_that_name_keeps_its_folder(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = lay(tmp_path)
    programmes = root / "content" / "programmes"
    (programmes / "biblioteky").rename(programmes / "consolidated")
    call = ["consolidated", "--period", "2024-h1", "--format", "html", "--root", str(root)]
    assert main(call) == 2
    assert "перейменуйте її" in capsys.readouterr().err
