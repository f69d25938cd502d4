"""A period against its programme and form: what is readable but does not fit together."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from small_project import (
    ASKED,
    COUNCIL,
    FORM,
    FUNDS,
    PERIOD,
    PROGRAMME,
    base,
    check,
    findings,
    lay,
    write,
)

from reportgen.build.project import Project
from reportgen.diagnostics import Severity
from reportgen.load import load_content

PART = "    parts:\n      dytiachi: {annual_plan: 40.0, actual: 12.5}\n"
SECOND = base(PERIOD)[base(PERIOD).index("  1.2:") :]
BY_FUND = {
    FORM: base(FORM).replace(
        "  - {label: Усього, columns",
        "  - {label: із загального, funds: [general], columns",
    )
}


def told(folder: Path, files: dict[str, str | bytes]) -> list[tuple[str, str, int]]:
    """Return (code, file's own name, line) of what is found."""
    return [(one.code, Path(one.span.file).name, one.span.line) for one in findings(folder, files)]


def test_shipped_content_fits_and_notes_what_is_declared(project: Project) -> None:
    found, reports = check(project.root)
    assert len(reports) == len(load_content(project.root, []).sources)
    fitting = [one for one in found if one.code not in ASKED]
    assert {(one.code, one.severity) for one in fitting} <= {
        ("percent-declared", Severity.NOTE),
        ("font-fallback", Severity.WARNING),
    }


def test_rows_may_stand_in_any_order(tmp_path: Path) -> None:
    head, _, _ = base(PERIOD).partition("  1.1:")
    first = base(PERIOD)[len(head) : base(PERIOD).index("  1.2:")]
    assert told(tmp_path, {PERIOD: head + SECOND + first}) == []


def test_a_missing_row_names_its_place_in_the_programme(tmp_path: Path) -> None:
    [one] = findings(tmp_path, {PERIOD: base(PERIOD).replace(SECOND, "")})
    assert one.code == "measure-missing"
    [(place, _)] = one.related
    assert (place.file, place.line) == (PROGRAMME, 17)


def test_a_missing_part_is_told_at_its_measure(tmp_path: Path) -> None:
    assert told(tmp_path, {PERIOD: base(PERIOD).replace(PART, "")}) == [
        ("measure-missing", "2024-h1.yaml", 5)
    ]


def test_parts_of_a_missing_measure_are_not_told_too(tmp_path: Path) -> None:
    text = base(PERIOD)
    text = text[: text.index("  1.1:")] + SECOND
    assert told(tmp_path, {PERIOD: text}) == [("measure-missing", "2024-h1.yaml", 1)]


def test_an_unknown_row_is_told_where_it_stands(tmp_path: Path) -> None:
    text = base(PERIOD) + "  1.20: {annual_plan: 1.0, actual: 1.0}\n"
    assert told(tmp_path, {PERIOD: text}) == [("measure-unknown", "2024-h1.yaml", 15)]


def test_numbers_of_measures_are_unique_in_the_whole_programme(tmp_path: Path) -> None:
    second = (
        "  - number: 2\n    text: Інше\n    measures:\n"
        "      - {number: 1.2, text: Ще раз, executors: [biblioteka]}\n"
    )
    assert told(tmp_path, {PROGRAMME: base(PROGRAMME) + second}) == [
        ("number-duplicate", "programme.yaml", 23)
    ]


def test_parts_of_different_measures_may_have_the_same_name(tmp_path: Path) -> None:
    files = {
        PROGRAMME: base(PROGRAMME) + "        parts:\n          - {id: dytiachi, text: дітям}\n",
        PERIOD: base(PERIOD) + PART,
    }
    assert told(tmp_path, files) == []


def test_parts_of_one_measure_may_not(tmp_path: Path) -> None:
    text = base(PROGRAMME).replace(
        "            text: для дітей\n",
        "            text: для дітей\n          - {id: dytiachi, text: знову}\n",
    )
    assert told(tmp_path, {PROGRAMME: text}) == [("number-duplicate", "programme.yaml", 17)]


def test_money_and_executors_are_required_texts_are_not(tmp_path: Path) -> None:
    text = base(PERIOD).replace("    info: Придбано 214 книжок.\n", "")
    text = text.replace("    actual: 18.0\n", "")
    assert told(tmp_path, {PERIOD: text}) == [("field-missing", "2024-h1.yaml", 10)]


def test_a_form_may_require_a_text_and_leave_out_an_amount(tmp_path: Path) -> None:
    form = base(FORM).replace("width: 44, given", "width: 44, required: true, given")
    form = form.replace("width: 25, kind", "width: 25, required: false, kind")
    text = base(PERIOD).replace("    info: Придбано 214 книжок.\n", "")
    text = text.replace("    actual: 18.0\n", "")
    assert told(tmp_path, {FORM: form, PERIOD: text}) == [("field-missing", "2024-h1.yaml", 5)]


def test_totals_by_fund_need_the_fund_of_every_amount(tmp_path: Path) -> None:
    text = base(PERIOD).replace("defaults: {fund: general}\n", "")
    assert told(tmp_path, {**BY_FUND, PERIOD: text}) == [
        ("fund-missing", "2024-h1.yaml", line) for line in (5, 6, 11, 12)
    ]
    assert told(tmp_path / "without", {PERIOD: text}) == []


def test_a_column_without_totals_by_fund_needs_no_fund(tmp_path: Path) -> None:
    form = base(FORM).replace(
        "  - {label: Усього",
        "  - {label: із загального, funds: [general], columns: [actual]}\n  - {label: Усього",
    )
    without = base(PERIOD).replace("defaults: {fund: general}\n", "")
    assert told(tmp_path, {FORM: form, PERIOD: without}) == [
        ("fund-missing", "2024-h1.yaml", line) for line in (6, 12)
    ]
    split = base(PERIOD).replace("annual_plan: 120.0", "annual_plan: {special: 120.0}")
    assert told(tmp_path / "split", {FORM: form, PERIOD: split}) == []


@pytest.mark.parametrize(
    ("written", "message"),
    [
        ("1.431", "записана як 1,431, а надрукується 1,4"),
        ("1,431", "записана як 1,431, а надрукується 1,4"),
        ("1.000", "записана як 1,000, а надрукується 1,0"),
        ("0.25", "записана як 0,25, а надрукується 0,3"),
        ("1 431.55", "записана як 1431,55, а надрукується 1431,6"),
        ("{general: 1.431, special: 2.0}", "записана як 1,431, а надрукується 1,4"),
    ],
)
def test_an_amount_that_is_printed_otherwise_is_told_of(
    written: str, message: str, tmp_path: Path
) -> None:
    text = base(PERIOD).replace("actual: 48.5", f"actual: {written}")
    [one] = findings(tmp_path, {PERIOD: text})
    assert (one.code, one.severity, one.span.line) == ("amount-rounded", Severity.WARNING, 7)
    assert one.message == f"у рядку «1.1» сума «actual» {message}"
    assert one.hint.startswith("це 1") == bool(re.search(r"1[.,](?:431|000)", written))


@pytest.mark.parametrize("written", ["48.50", "48", "0.500", "1431.500", "0.0"])
def test_an_amount_that_is_printed_as_it_is_is_not(written: str, tmp_path: Path) -> None:
    text = base(PERIOD).replace("actual: 48.5", f"actual: {written}")
    assert told(tmp_path, {PERIOD: text}) == []


def test_three_places_are_no_thousands_where_the_form_prints_them(tmp_path: Path) -> None:
    form = base(FORM).replace("decimals: 1", "decimals: 3")
    text = base(PERIOD).replace("actual: 48.5", "actual: 1.431")
    assert told(tmp_path, {FORM: form, PERIOD: text}) == []


def test_rows_are_not_told_one_by_one_of_a_programme_without_any(tmp_path: Path) -> None:
    text = base(PROGRAMME).replace("tasks:", "task:")
    codes = [code for code, _, _ in told(tmp_path, {PROGRAMME: text})]
    assert sorted(codes) == ["key-missing", "key-unknown"]


def test_a_form_of_another_outline_is_one_finding(tmp_path: Path) -> None:
    form = base(FORM).replace("form: prosta", "form: tsili").replace("task", "goal")
    files = {
        "templates/tsili/form.yaml": form,
        PROGRAMME: base(PROGRAMME).replace("form: prosta", "form: tsili"),
    }
    assert told(tmp_path / "programme", files) == [("form-mismatch", "programme.yaml", 6)]
    files = {"templates/tsili/form.yaml": form, PERIOD: "form: tsili\n" + base(PERIOD)}
    assert told(tmp_path / "period", files) == [("form-mismatch", "2024-h1.yaml", 1)]


def test_another_period_is_told_at_its_key(tmp_path: Path) -> None:
    text = base(PERIOD).replace("period: 2024-h1\n", "") + "period: 2024-9m\n"
    assert told(tmp_path, {PERIOD: text}) == [("period-mismatch", "2024-h1.yaml", 14)]


def test_a_declared_value_that_is_not_readable_is_not_said_to_be_printed(tmp_path: Path) -> None:
    text = base(PERIOD).replace(
        "    info: При", "    percent: {declared: сто, reason: без коштів}\n    info: При"
    )
    assert told(tmp_path, {PERIOD: text}) == [("amount-invalid", "2024-h1.yaml", 8)]


def test_no_fund_may_fall_out_of_the_totals(tmp_path: Path) -> None:
    text = base(PERIOD).replace("actual: 48.5", "actual: {general: 40.0, special: 8.5}")
    assert told(tmp_path, {**BY_FUND, PERIOD: text}) == [("fund-uncovered", "2024-h1.yaml", 7)]


def test_one_fund_may_be_in_several_totals(tmp_path: Path) -> None:
    both = BY_FUND[FORM] + "  - {label: разом, funds: [general, special], columns: [actual]}\n"
    text = base(PERIOD).replace("actual: 48.5", "actual: {general: 40.0, special: 8.5}")
    assert told(tmp_path, {FORM: both, PERIOD: text}) == []


@pytest.mark.parametrize("written", ["-0.1", "{general: -1, special: 5}", "-1 431,0"])
def test_money_is_never_negative(written: str, tmp_path: Path) -> None:
    text = base(PERIOD).replace("actual: 48.5", f"actual: {written}")
    assert told(tmp_path, {PERIOD: text}) == [("amount-negative", "2024-h1.yaml", 7)]


def test_a_declared_value_is_a_note_and_stops_nothing(tmp_path: Path) -> None:
    text = base(PERIOD).replace(
        "    info: При", "    percent: {declared: 100.0, reason: без коштів}\n    info: При"
    )
    root = lay(tmp_path, {PERIOD: text})
    [one], [report] = check(root)
    assert one.severity is Severity.NOTE
    said = "рядок «1.1»: надруковано 100,0 замість обчисленого 40,4; причина: без коштів"
    assert one.message == said
    assert report.document is not None


def test_a_table_fits_between_the_margins_to_the_hair(tmp_path: Path) -> None:
    exact = base(FORM)  # 257 mm of 257
    assert told(tmp_path / "exact", {FORM: exact}) == []
    wide = exact.replace("width: 44", "width: 44.1")
    assert told(tmp_path / "wide", {FORM: wide}) == [("table-too-wide", "form.yaml", 12)]
    narrower = base(COUNCIL) + "page:\n  margins: {left: 30.1}\n"
    assert told(tmp_path / "narrower", {COUNCIL: narrower}) == [("table-too-wide", "form.yaml", 12)]


def test_one_file_with_ten_mistakes_yields_all_ten(tmp_path: Path) -> None:
    text = """\
period: 2024-9m
signatory: melnik
defaults: {fund: zahalnyi}
measures:
  1.1:
    annual_plan: 120.0 тис. грн
    actual: -48.5
    status: виконано
    infa: Придбано 214 книжок.
    percent: 40.4
    parts:
      dytiachi: {annual_plan: 40.0}
      dorosli: {annual_plan: 1.0, actual: 1.0}
  1.2:
    annual_plan: 36.0
    actual:
    info: [Передплачено]
  1.1:
    annual_plan: 1.0
"""
    assert told(tmp_path, {PERIOD: text}) == [
        ("period-mismatch", "2024-h1.yaml", 1),
        ("reference-unknown", "2024-h1.yaml", 2),
        ("reference-unknown", "2024-h1.yaml", 3),
        ("amount-invalid", "2024-h1.yaml", 6),
        ("amount-negative", "2024-h1.yaml", 7),
        ("value-choice", "2024-h1.yaml", 8),
        ("key-unknown", "2024-h1.yaml", 9),
        ("value-type", "2024-h1.yaml", 10),
        ("field-missing", "2024-h1.yaml", 12),
        ("measure-unknown", "2024-h1.yaml", 13),
        ("value-empty", "2024-h1.yaml", 16),
        ("value-type", "2024-h1.yaml", 17),
        ("yaml-duplicate-key", "2024-h1.yaml", 18),
    ]


def test_mistakes_of_all_files_are_told_at_once(tmp_path: Path) -> None:
    files = {
        COUNCIL: base(COUNCIL) + "adresa: Вербове\n",
        FUNDS: base(FUNDS).replace("Спеціальний фонд", ""),
        PROGRAMME: base(PROGRAMME).replace("2023-12-21", "торік"),
        PERIOD: base(PERIOD).replace("48.5", "сорок"),
    }
    assert told(tmp_path, files) == [
        ("key-unknown", "council.yaml", 4),
        ("amount-invalid", "2024-h1.yaml", 7),
        ("date-invalid", "programme.yaml", 3),
        ("value-empty", "funds.yaml", 2),
    ]


def test_one_bad_report_is_no_matter_of_another(tmp_path: Path) -> None:
    other = "content/programmes/arkhiv"
    root = lay(tmp_path, {f"{other}/programme.yaml": base(PROGRAMME), f"{other}/2024-h1.yaml": "["})
    _, reports = check(root)
    assert [(one.source.slug, one.document is not None) for one in reports] == [
        ("arkhiv", False),
        ("biblioteky", True),
    ]


amounts = st.decimals(min_value=0, max_value=10**6, places=1)


@settings(max_examples=25, deadline=None)
@given(st.lists(st.tuples(amounts, amounts), min_size=1, max_size=8), st.randoms())
def test_sound_reports_of_any_size_have_nothing_to_tell(
    tmp_path_factory: pytest.TempPathFactory,
    rows: list[tuple[object, object]],
    random: object,
) -> None:
    measures = [
        f"      - {{number: 1.{number}, text: Захід, executors: [biblioteka]}}\n"
        for number in range(1, len(rows) + 1)
    ]
    entries = [
        f"  1.{number}: {{annual_plan: {plan}, actual: {actual}}}\n"
        for number, (plan, actual) in enumerate(rows, start=1)
    ]
    random.shuffle(entries)  # type: ignore[attr-defined]
    outline = base(PROGRAMME)
    root = lay(tmp_path_factory.mktemp("sound"))
    write(root / PROGRAMME, outline[: outline.index("      - number: 1.1")] + "".join(measures))
    write(root / PERIOD, base(PERIOD).partition("  1.1:")[0] + "".join(entries))
    # A percent of a tiny plan can be wider than its column, which is told for good reason.
    found = {one.code for one in check(root)[0]}.difference(ASKED)
    assert found <= {"figure-too-wide", "font-fallback"}
