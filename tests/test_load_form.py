"""Forms as data: what ``form.yaml`` says is what the model has, and what cannot work is told."""

from __future__ import annotations

import datetime
from decimal import Decimal
from pathlib import Path

import pytest
from small_project import FORM, base, findings, lay, write

from reportgen.build.project import shipped_templates
from reportgen.diagnostics import Diagnostic
from reportgen.load import form_ids, form_path, load_form
from reportgen.model.form import Align, Form, GivenBy, Kind, OutlineSource, Shown
from reportgen.model.formula import Binary, Name, Number


def loaded(path: Path) -> tuple[Form | None, list[Diagnostic]]:
    found: list[Diagnostic] = []
    return load_form(path, found), found


def small(folder: Path, *edits: tuple[str, str]) -> Form:
    """Return the small form with some texts replaced."""
    text = base(FORM)
    for old, new in edits:
        assert old in text
        text = text.replace(old, new, 1)
    path = folder / FORM
    write(path, text)
    form, found = loaded(path)
    assert not found
    assert form is not None
    return form


@pytest.mark.parametrize("form_id", form_ids([shipped_templates()]))
def test_shipped_forms_are_sound(form_id: str) -> None:
    path = form_path(form_id, [shipped_templates()])
    assert path is not None
    form, found = loaded(path)
    assert not found
    assert form is not None
    assert form.id == form_id


def test_a_form_reads_as_it_is_written(tmp_path: Path) -> None:
    form = small(tmp_path)
    assert (form.id, form.title, form.council, form.unit) == (
        "prosta",
        "Звіт",
        "verbove",
        "тис. грн",
    )
    assert form.valid_from == datetime.date(2024, 1, 1)
    assert [(one.id, one.plural, one.shown, one.counts) for one in form.levels] == [
        ("task", "tasks", Shown.MERGED, True),
        ("measure", "measures", Shown.ROW, True),
        ("part", "parts", Shown.ROW, False),
    ]
    assert [one.id for one in form.rows] == ["measure", "part"]
    assert form.signature
    columns = {column.id: column for column in form.columns}
    assert columns["task"].source == OutlineSource("task", "label")
    assert columns["executors"].kind is Kind.EXECUTORS
    assert columns["executors"].given is GivenBy.PROGRAMME
    ratio = Binary("/", Name("actual"), Name("annual_plan"))
    assert columns["percent"].formula == Binary("*", ratio, Number(Decimal(100)))
    [total] = form.totals
    assert (total.label, total.columns) == ("Усього", ("annual_plan", "actual", "percent"))
    assert not form.funds("actual")


def test_what_a_column_leaves_out_follows_from_its_kind(tmp_path: Path) -> None:
    columns = {column.id: column for column in small(tmp_path).columns}
    assert [columns[one].align for one in ("info", "actual", "percent")] == [
        Align.LEFT,
        Align.RIGHT,
        Align.RIGHT,
    ]
    assert [one.id for one in columns.values() if one.required and one.given] == [
        "executors",
        "annual_plan",
        "actual",
    ]
    assert columns["percent"].zero == "–"
    assert columns["percent"].decimals == 1


def test_money_has_the_decimals_of_the_form_unless_a_column_has_its_own(tmp_path: Path) -> None:
    form = small(
        tmp_path,
        ("decimals: 1", "decimals: 3"),
        ("heading: План, width: 20", "heading: План, width: 20, decimals: 0"),
    )
    decimals = {column.id: column.decimals for column in form.columns}
    assert (decimals["annual_plan"], decimals["actual"], decimals["percent"]) == (0, 3, 1)


def test_headings_may_have_several_storeys(tmp_path: Path) -> None:
    form = small(tmp_path, ("heading: План", "heading: [Обсяг, План]"))
    headings = {column.id: column.heading for column in form.columns}
    assert headings["annual_plan"] == ("Обсяг", "План")
    assert headings["actual"] == ("Профінансовано",)


def test_a_level_may_call_its_list_by_another_name(tmp_path: Path) -> None:
    form = small(tmp_path, ("{id: task, shown", "{id: task, plural: zavdannia, shown"))
    assert form.levels[0].plural == "zavdannia"


def test_totals_may_stand_after_each_group_and_ask_for_funds(tmp_path: Path) -> None:
    form = small(
        tmp_path, ("label: Усього,", "label: Разом, level: task, funds: [general], at: info,")
    )
    [total] = form.totals
    assert (total.level, total.funds, total.at) == ("task", ("general",), "info")
    assert form.funds("actual") == {"general"}
    assert not form.funds("info")


def test_the_projects_own_form_comes_before_the_shipped_one(tmp_path: Path) -> None:
    own = tmp_path / "templates"
    write(own / "zhytomyr-measures" / "form.yaml", "title: Своя\n")
    folders = [own, shipped_templates()]
    assert form_path("zhytomyr-measures", folders) == own / "zhytomyr-measures" / "form.yaml"
    year = form_path("zhytomyr-measures-year", folders)
    assert year == shipped_templates() / "zhytomyr-measures-year" / "form.yaml"
    assert form_path("немає", folders) is None
    assert form_ids(folders) == ["zhytomyr-measures", "zhytomyr-measures-year"]


def test_every_mistake_of_a_form_is_told_at_once(tmp_path: Path) -> None:
    text = (
        base(FORM)
        .replace("valid_from: 2024-01-01", "valid_from: торік")
        .replace("decimals: 1", "decimals: багато")
        .replace("shown: merged", "shown: зливати")
        .replace("from: row.label", "from: row.назва")
        .replace("width: 20", "width: 2 см")
        .replace("kind: percent", "kind: відсоток")
        .replace("/ annual_plan", "// annual_plan")
        .replace("id: info", "id: Інформація")
        .replace("{label: Усього, ", "{")
    )
    found = findings(tmp_path, {FORM: text})
    assert [(one.code, one.span.line) for one in found] == [
        ("date-invalid", 3),
        ("number-invalid", 4),
        ("value-choice", 6),
        ("value-choice", 13),
        ("number-invalid", 15),
        ("value-choice", 17),
        ("formula-invalid", 17),
        ("name-invalid", 18),
        ("key-missing", 20),
    ]


def test_an_empty_form_is_told_what_it_lacks(tmp_path: Path) -> None:
    found = findings(tmp_path, {FORM: "form: prosta\n"})
    assert [one.message for one in found] == [
        f"бракує ключа «{key}»" for key in ("adopted", "columns", "levels", "money", "title")
    ]


@pytest.mark.parametrize("key", ["levels", "columns"])
def test_a_form_has_levels_and_columns(key: str, tmp_path: Path) -> None:
    lines = base(FORM).splitlines(keepends=True)
    start = lines.index(f"{key}:\n")
    end = next(
        number for number in range(start + 1, len(lines)) if not lines[number].startswith(" ")
    )
    text = "".join([*lines[:start], f"{key}: []\n", *lines[end:]])
    found = findings(tmp_path, {FORM: text})
    assert ("value-empty", f"список «{key}» порожній") in [(one.code, one.message) for one in found]


@pytest.mark.parametrize(
    "text",
    ["1 +", "a ** b", "a // b", "a % b", "a if b else c", "a.b", "a[0]", "f(a)", "lambda: 1", "'a'",
     "a == b", "1j", "0x10", "1e99", "1_000", "True", "None", "a := 1", "(" * 300 + "a" + ")" * 300,
     "a" * 600, "await a", "*a", "{a}", "[a]", "a, b", "a;b", "~a", "not a", "a and b"],
)  # fmt: skip
def test_a_formula_is_arithmetic_and_nothing_more(text: str, tmp_path: Path) -> None:
    written = base(FORM).replace("actual / annual_plan * 100", f'"{text}"')
    [one] = findings(tmp_path, {FORM: written})
    assert one.code == "formula-invalid"


def test_figures_beyond_all_money_are_a_finding_not_a_crash(tmp_path: Path) -> None:
    chain = "".join(
        f"  - {{id: c{number}, heading: c, width: 9, kind: money, formula: {formula}}}\n"
        for number, formula in enumerate(
            " * ".join([name] * 30) for name in ("annual_plan", "c0", "c1", "c2", "c3")
        )
    )
    text = base(FORM).replace("totals:\n", f"{chain}totals:\n").replace("width: 60", "width: 10")
    [one] = findings(tmp_path, {FORM: text})
    assert one.code == "figure-too-wide"


def test_a_project_keeps_its_form_in_a_folder_of_the_same_name(tmp_path: Path) -> None:
    root = lay(tmp_path)
    (root / "templates" / "prosta").rename(root / "templates" / "insha")
    _, [one] = loaded(root / "templates" / "insha" / "form.yaml")
    assert (one.code, one.span.file) == ("form-structure", "templates/insha/form.yaml")
