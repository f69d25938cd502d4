"""``reportgen compare``: what was, what is, and why there is nothing to compare."""

from __future__ import annotations

import csv
import datetime
import io
import json
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from outlines import COUNCIL, FEW, PLACE
from reading.compare import check_sheet
from small_project import PERIOD, base, lay
from test_consolidated import check_origins, contributions, differences, notes, recalculated

from reportgen.build.project import Project
from reportgen.cli import main
from reportgen.compute.comparison import COMPARED, Change, Gap, compare, usual_bases
from reportgen.compute.money import Contribution, Lacking, Measure, Money, added
from reportgen.document.blocks import Role
from reportgen.document.comparison import comparison_document
from reportgen.model.meaning import Meaning
from reportgen.model.period import Period

HALF, QUARTER, LAST = (Period.parse(one) for one in ("2024-h1", "2024-q1", "2023-h1"))
DAY = datetime.date(2024, 6, 30)
FOLDER = "content/programmes/biblioteky"


def earlier(period: str, *, actual: str = "20.0") -> str:
    """Return the small project's report as an earlier one, with less money spent on 1.1."""
    text = base(PERIOD).replace("period: 2024-h1", f"period: {period}")
    return text.replace("actual: 48.5", f"actual: {actual}")


def project_of(folder: Path) -> Path:
    """Return a project with two periods to compare."""
    return lay(folder, {f"{FOLDER}/2024-q1.yaml": earlier("2024-q1")})


def run(capsys: pytest.CaptureFixture[str], *call: str) -> tuple[int, str, str]:
    code = main(["compare", *call])
    said = capsys.readouterr()
    return code, said.out, said.err


@pytest.mark.parametrize(
    ("period", "bases"),
    [
        ("2024-q1", ["2023-q1"]),
        ("2024-h1", ["2024-q1", "2023-h1"]),
        ("2024-9m", ["2024-h1", "2023-9m"]),
        ("2024", ["2024-9m", "2023"]),
    ],
)
def test_usual_bases(period: str, bases: list[str]) -> None:
    assert [one.id for one in usual_bases(Period.parse(period))] == bases


@pytest.mark.parametrize(
    ("was", "now", "difference", "percent"),
    [
        ("20.0", "48.5", "28.5", "242.5"),
        ("8", "1", "-7", "12.5"),
        ("3", "1", "-2", "33.3"),
        ("400", "0.2", "-399.8", "0.1"),  # 0.05: half goes up
        ("0", "5", "5", None),
        (None, "5", None, None),
        ("5", None, None, None),
    ],
)
def test_a_change(was: str | None, now: str | None, difference: str, percent: str) -> None:
    change = Change(*(None if one is None else Decimal(one) for one in (was, now)))
    assert change.difference == (None if difference is None else Decimal(difference))
    assert change.percent == (None if percent is None else Decimal(percent))


def test_on_the_screen(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(capsys, "2024-h1", "--root", str(project_of(tmp_path)))
    assert code == 0
    rows = [[one.strip() for one in line.split("|")[1:-1]] for line in out.splitlines()]
    [measure] = [row for row in rows if row[:1] == ["1.1"]]
    assert measure[2:] == ["120,0", "120,0", "0,0", "100,0", "20,0", "48,5", "28,5", "242,5", ""]
    [total] = [row for row in rows if row[1:2] == ["Усього за програмами, які порівняно"]]
    assert total[2:-1] == ["156,0", "156,0", "0,0", "100,0", "38,0", "66,5", "28,5", "175,0"]
    assert out.endswith("порівняти ні з чим: сум за I півріччя 2023 року немає\n")


def test_for_a_spreadsheet(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    call = ("2024-h1", "biblioteky", "--with", "2024-q1", "--format", "csv")
    code, out, _ = run(capsys, *call, "--root", str(project_of(tmp_path)))
    assert code == 0
    assert out.startswith("\ufeff")
    rows = list(csv.DictReader(io.StringIO(out.removeprefix("\ufeff")), delimiter=";"))
    [one] = [row for row in rows if (row["measure"], row["column"]) == ("1.1", "actual")]
    assert (one["was"], one["now"]) == ("20,0", "48,5")
    assert (one["difference"], one["percent"], one["note"]) == ("28,5", "242,5", "")


def test_no_text_becomes_a_formula(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    root = project_of(tmp_path)
    passport = root / FOLDER / "programme.yaml"
    text = passport.read_text(encoding="utf-8").replace("Придбати книжки", "'=1+1'")
    passport.write_text(text, encoding="utf-8")
    _, out, _ = run(capsys, "2024-h1", "--format", "csv", "--root", str(root))
    assert ";'=1+1;" in out
    assert ";=1+1;" not in out


def test_for_programs(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    root = project_of(tmp_path)
    code, out, _ = run(capsys, "2024-h1", "--format", "json", "--root", str(root))
    assert code == 0
    quarter, year = json.loads(out)
    assert (quarter["period"], quarter["base"], year["base"]) == ("2024-h1", "2024-q1", "2023-h1")
    [one] = [row for row in quarter["rows"] if row["measure"] == "1.1"]
    assert one["actual"] == {
        "was": "20.0",
        "now": "48.5",
        "difference": "28.5",
        "percent": "242.5",
    }
    assert year["rows"][0]["gap"] == Gap.NO_REPORT.value


def test_as_documents(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    root = project_of(tmp_path)
    code, out, _ = run(capsys, "2024-h1", "--format", "docx,xlsx,pdf,html", "--root", str(root))
    assert code == 0
    assert out.split() == [f"compare/2024-h1.{one}" for one in ("docx", "xlsx", "pdf", "html")]
    page = (root / "output" / "compare" / "2024-h1.html").read_text(encoding="utf-8")
    assert "242,5" in page
    assert "Порівняти ні з чим: сум за I півріччя 2023 року немає в жодної з програм." in page
    call = ("2024-h1", "--with", "2024-q1", "--format", "html", "--root", str(root))
    assert run(capsys, *call)[1] == "compare/2024-h1-2024-q1.html\n"


def test_earlier_errors_are_a_reason_and_no_failure(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = lay(tmp_path, {f"{FOLDER}/2024-q1.yaml": earlier("2024-q1", actual="багато")})
    call = ("2024-h1", "--with", "2024-q1", "--format", "json", "--root", str(root))
    code, out, _ = run(capsys, *call)
    assert (code, json.loads(out)[0]["rows"][0]["gap"]) == (0, "unreadable")


def test_own_errors_are_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    root = lay(tmp_path, {PERIOD: base(PERIOD).replace("actual: 48.5", "actual: багато")})
    code, _, err = run(capsys, "2024-h1", "--root", str(root))
    assert code == 1
    assert "2024-h1.yaml:7:13: помилка" in err


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (("2024",), "немає звіту за період «2024»; є: 2024-h1"),
        (("2024-h1", "--with", "2024-h1"), "2024-h1 не раніший"),
        (("2024-h1", "--with", "2024"), "2024 не раніший"),
        (("2024-h1", "--with", "торік"), "«торік»: пишіть період як 2023-h1 або 2023"),
        (("2024-h1", "shkoly"), "немає програми «shkoly»; є: biblioteky"),
        (("2024-h1", "--format", "odt"), "немає формату «odt»"),
    ],
)
def test_a_wrong_call(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], call: tuple[str, ...], said: str
) -> None:
    code, _, err = run(capsys, *call, "--root", str(lay(tmp_path)))
    assert code == 2
    assert said in err


# Whole comparisons.


def one_report(**amounts: str) -> Contribution:
    measures = tuple(
        Measure(key, f"Захід {key}", (), dict.fromkeys(COMPARED, Money(Decimal(value))))
        for key, value in amounts.items()
    )
    money = {meaning: added(one.money[meaning] for one in measures) for meaning in COMPARED}
    empty = Contribution("p", "Програма", "", HALF, PLACE)
    return replace(empty, decimals=1, measures=measures, money=money)


def test_measures_that_came_and_went(project: Project) -> None:
    one = compare(HALF, QUARTER, [one_report(a="1", b="2")], [one_report(b="1", c="4")])
    [programme] = one.programmes
    assert [(row.key, row.gap) for row in programme.rows] == [
        ("a", Gap.NEW),
        ("b", None),
        ("c", Gap.GONE),
    ]
    assert one.total(Meaning.ACTUAL) == Change(Decimal(5), Decimal(3))
    document = comparison_document(COUNCIL, [one], DAY)
    [table] = document.tables
    assert [row.cells[-1].text for row in table.body if row.role is Role.BODY] == [
        "раніше такого заходу не було",
        "",
        "тепер такого заходу немає",
    ]
    assert differences(document, project) == []


@pytest.mark.slow
@pytest.mark.tool("soffice")
def test_formulas_are_live(tmp_path: Path, project: Project) -> None:
    one = compare(HALF, QUARTER, [one_report(a="1", b="2")], [one_report(b="1", c="4")])
    document = comparison_document(COUNCIL, [one], DAY)
    check_sheet(recalculated(tmp_path, document, project), document)


def test_what_has_no_base_enters_no_total() -> None:
    new = replace(one_report(a="7"), slug="q")
    poor = Contribution("r", "Без сум", "", HALF, PLACE, lacking=Lacking.NO_MONEY)
    one = compare(HALF, LAST, [one_report(a="2"), new, poor], [one_report(a="1"), poor])
    assert [each.gap for each in one.programmes] == [None, Gap.NO_REPORT, Gap.NO_MONEY]
    assert one.total(Meaning.ACTUAL) == Change(Decimal(1), Decimal(2))


def test_an_amount_of_one_period_alone_enters_no_total() -> None:
    no_plan = replace(
        one_report(a="1"),
        slug="q",
        measures=(),
        money={Meaning.ACTUAL: Money(Decimal(1))},
    )
    now = [one_report(a="2"), replace(one_report(a="3"), slug="q")]
    one = compare(HALF, LAST, now, [one_report(a="1"), no_plan])
    assert one.total(Meaning.ANNUAL_PLAN) == Change(Decimal(1), Decimal(2))
    assert one.total(Meaning.ACTUAL) == Change(Decimal(2), Decimal(5))


def test_nothing_at_all_to_compare() -> None:
    document = comparison_document(COUNCIL, [compare(HALF, LAST, [one_report(a="2")], [])], DAY)
    assert document.tables == ()
    assert "Порівняти ні з чим" in notes(document)


@FEW
@given(contributions("p"), contributions("p"), contributions("q"), contributions("q"))
def test_every_figure_is_what_it_says_it_is_made_of(
    now: Contribution, was: Contribution, other: Contribution, before: Contribution
) -> None:
    one = compare(HALF, QUARTER, [other, now], [was, before])
    assert one == compare(HALF, QUARTER, [now, other], [before, was])
    for table in comparison_document(COUNCIL, [one], DAY).tables:
        check_origins(table)
        *_, last = table.body
        for index, meaning in enumerate(COMPARED):
            total, cells = one.total(meaning), last.cells[1 + 4 * index :]
            assert (cells[0].value, cells[1].value) == (total.was, total.now)
            assert cells[2].value == total.difference
            assert cells[3].value == total.percent
