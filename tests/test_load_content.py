"""Content as the model has it: the council, its registers, programmes and periods."""

from __future__ import annotations

import datetime
import os
import sys
from decimal import Decimal
from pathlib import Path

import pytest
from small_project import (
    COUNCIL,
    EXECUTORS,
    FORM,
    FUNDS,
    OFFICIALS,
    PERIOD,
    PROGRAMME,
    base,
    findings,
    lay,
    write,
)

from reportgen.diagnostics import Diagnostic
from reportgen.load import Content, load_content, load_report
from reportgen.load.form_sections import ONLY_TABLE
from reportgen.model.programme import Amount, Declared, Executors, Status, Text
from reportgen.model.report import Report


def content_of(root: Path) -> Content:
    found: list[Diagnostic] = []
    content = load_content(root, found)
    assert not found
    return content


def report_of(folder: Path, files: dict[str, str | bytes] | None = None) -> Report:
    root = lay(folder, files)
    content = content_of(root)
    assert content.council is not None
    found: list[Diagnostic] = []
    report = load_report(content.sources[0], root, content.council, [root / "templates"], found)
    assert not found
    assert report is not None
    return report


def edited(name: str, old: str, new: str) -> dict[str, str | bytes]:
    text = base(name)
    assert old in text
    return {name: text.replace(old, new, 1)}


def codes(found: list[Diagnostic]) -> list[str]:
    return [one.code for one in found]


def test_the_council_and_its_registers(tmp_path: Path) -> None:
    council = content_of(lay(tmp_path)).council
    assert council is not None
    assert (council.id, council.name) == ("verbove", "Вербівська сільська рада")
    assert council.genitive == "Вербівської сільської ради"
    assert list(council.executors) == ["viddil-kultury", "biblioteka"]
    official = council.officials["melnyk"]
    assert (official.position, official.given, official.surname) == (
        "Начальниця відділу культури",
        "Олена",
        "МЕЛЬНИК",
    )
    assert council.funds["general"].name == "Загальний фонд"


def test_the_page_is_that_of_the_standard_unless_the_council_says_otherwise(tmp_path: Path) -> None:
    council = content_of(lay(tmp_path / "a")).council
    assert council is not None
    page = council.page  # ДСТУ 4163:2020
    assert (page.left, page.right, page.top, page.bottom) == (30, 10, 20, 20)
    assert (page.width, page.height, page.text_size, page.table_size) == (297, 210, 12, 9)
    assert council.numbers.group_from == 4

    own = base(COUNCIL) + (
        "page: {orientation: portrait, margins: {left: 25.5}, table_size: 8}\n"
        "numbers: {group_from: 5}\n"
    )
    council = content_of(lay(tmp_path / "b", {COUNCIL: own})).council
    assert council is not None
    page = council.page
    assert (page.width, page.height, page.text_width, page.table_size) == (210, 297, 174.5, 8)
    assert council.numbers.group_from == 5


def test_an_executor_without_a_short_name_has_the_full_one(tmp_path: Path) -> None:
    register = base(EXECUTORS) + "klub: {name: Будинок культури, short: БК, aliases: [клуб]}\n"
    council = content_of(lay(tmp_path, {EXECUTORS: register})).council
    assert council is not None
    assert council.executors["klub"].short == "БК"
    assert council.executors["klub"].aliases == ("клуб",)
    assert council.executors["biblioteka"].short == "Вербівська публічна бібліотека"


def test_reports_are_listed_by_programme_and_time(tmp_path: Path) -> None:
    folder = "content/programmes/biblioteky"
    others = {f"{folder}/{name}.yaml": "" for name in ("2024", "2024-9m", "2023", "2024-q1")}
    other = "content/programmes/arkhiv/2024-h1.yaml"
    content = content_of(lay(tmp_path, {**others, other: "", "content/programmes/README": ""}))
    assert [(source.slug, source.period.id) for source in content.sources] == [
        ("arkhiv", "2024-h1"),
        ("biblioteky", "2023"),
        ("biblioteky", "2024-q1"),
        ("biblioteky", "2024-h1"),
        ("biblioteky", "2024-9m"),
        ("biblioteky", "2024"),
    ]


@pytest.mark.parametrize(
    "name",
    [
        "content/programmes/.git/2024.yaml",
        "content/programmes/biblioteky/.2024-h1.yaml.swp",
        "content/programmes/biblioteky/.#2024-h1.yaml",
        "content/programmes/biblioteky/._2024-h1.yaml",
        "content/programmes/biblioteky/2024-h1.yaml~",
        "content/programmes/biblioteky/2024-h1.yaml.bak",
        "content/programmes/biblioteky/~$2024-h1.yaml",
        "content/programmes/biblioteky/#2024-h1.yaml#",
        "content/programmes/biblioteky/Thumbs.db",
        "content/programmes/biblioteky/README.yaml",
        "content/programmes/biblioteky/2024-h1.docx",
        "content/programmes/biblioteky/2024-h1/скан.pdf",
        "content/programmes/biblioteky/нотатки.txt",
        "content/.DS_Store",
        "content/registers/funds.yaml.orig",
        "content/registers/funds-2023.yaml",
        "content/schemas/period.json",
        "content/programmes-old/a/2023.yaml",
    ],
)
def test_what_editors_and_systems_leave_is_no_report(name: str, tmp_path: Path) -> None:
    content = content_of(lay(tmp_path, {name: "мотлох: ["}))
    assert [source.period.id for source in content.sources] == ["2024-h1"]


@pytest.mark.parametrize("name", ["2024-h3.yaml", "звіт.yaml", "2024-h1 (1).yaml"])
def test_a_report_under_another_name_is_not_passed_over(name: str, tmp_path: Path) -> None:
    [one] = findings(tmp_path, {f"content/programmes/biblioteky/{name}": base(PERIOD)})
    assert (one.code, one.span.file) == ("name-invalid", f"content/programmes/biblioteky/{name}")


_OTHER_CASE = (
    [
        ("programmes/biblioteky/2024-H1.yaml", "2024-h1.yaml"),
        ("Council.yaml", "council.yaml"),
        ("registers/funds.YAML", "funds.yaml"),
    ]
    if sys.platform == "linux"  # elsewhere it would be the same file
    else []
)


@pytest.mark.parametrize(
    ("name", "right"),
    [
        ("programmes/biblioteky/2024-h1.yml", "2024-h1.yaml"),
        *_OTHER_CASE,
        ("programmes/biblioteky/2024-h1.yaml.txt", "2024-h1.yaml"),
        ("programmes/biblioteky/2024-h1", "2024-h1.yaml"),
        ("programmes/biblioteky/2024_h1.yaml", "2024-h1.yaml"),
        ("programmes/biblioteky/2024–9m.yaml.yaml", "2024-9m.yaml"),
        ("programmes/biblioteky/programme.yml", "programme.yaml"),
        ("programmes/biblioteky/programme.yaml.txt", "programme.yaml"),
        ("council.yml", "council.yaml"),
        ("programmes/biblioteky/2024-9m.yaml.docx", "2024-9m.yaml"),
        ("programmes/biblioteky/2024-9m,yaml", "2024-9m.yaml"),
        ("programmes/biblioteky/2024-9m.yam", "2024-9m.yaml"),
        ("programmes/biblioteky/2024-9m (1).yaml", "2024-9m.yaml"),
        ("programmes/biblioteky/2024-9m — копія.yaml", "2024-9m.yaml"),
        ("registers/fund.yaml", "funds.yaml"),
        ("registers/executor.yaml", "executors.yaml"),
        ("counsil.yaml", "council.yaml"),
    ],
)
def test_a_name_that_was_meant_to_be_ours_is_put_right(
    name: str, right: str, tmp_path: Path
) -> None:
    [one] = findings(tmp_path, {f"content/{name}": "а: 1"})
    assert (one.code, one.span.file) == ("name-invalid", f"content/{name}")
    assert one.hint.startswith(f"має зватися {right};")


@pytest.mark.parametrize(
    ("name", "home"),
    [
        ("2024-h1.yaml", "content/programmes/"),
        ("programme.yaml", "content/programmes/"),
        ("2024-9m.yaml.docx", "content/programmes/"),
        ("programmes/2024-h1.yaml", "content/programmes/"),
        ("programmes/biblioteky.yaml", "content/programmes/"),
        ("registers/2024.yaml", "content/programmes/"),
        ("registers/council.yaml", "content/"),
        ("funds.yaml", "content/registers/"),
    ],
)
def test_a_file_that_lies_in_another_place_is_not_passed_over(
    name: str, home: str, tmp_path: Path
) -> None:
    [one] = findings(tmp_path, {f"content/{name}": "а: 1"})
    assert (one.code, one.span.file) == ("name-invalid", f"content/{name}")
    assert home in one.hint


@pytest.mark.parametrize(("name", "right"), [("programs", "programmes"), ("Register", "registers")])
def test_a_folder_under_another_name_is_not_passed_over(
    name: str, right: str, tmp_path: Path
) -> None:
    [one] = findings(tmp_path, {f"content/{name}/a/2024.yaml": "а: 1"})
    assert (one.code, one.span.file) == ("name-invalid", f"content/{name}")
    assert one.hint.startswith(f"має зватися {right};")


@pytest.mark.parametrize(
    "name", ["programmes/biblioteky/2024-н1.yaml", "programmes/biblioteky/рrogramme.yaml"]
)
def test_a_cyrillic_letter_in_a_name_is_shown(name: str, tmp_path: Path) -> None:
    [one] = findings(tmp_path, {f"content/{name}": base(PERIOD)})
    letter = "н" if "н" in name else "р"
    assert one.message.endswith(f"не бачить (у назві є кирилиця: «{letter}»)")
    assert one.hint.isprintable()


def test_a_key_that_slipped_to_the_margin_belongs_deeper(tmp_path: Path) -> None:
    found = findings(tmp_path, {PERIOD: base(PERIOD) + "1.1.2:\n  actual: 5\n"})
    assert [(one.code, one.hint) for one in found] == [
        ("key-unknown", "перевірте відступ: можливо, цьому ключеві місце глибше, під іншим ключем")
    ]


def test_a_sum_in_brackets_is_told_as_such(tmp_path: Path) -> None:
    [one] = findings(tmp_path, edited(PERIOD, "actual: 48.5", "actual: [48.5]"))
    assert (one.code, one.message) == ("value-type", "тут має бути одна сума")
    assert "без дужок" in one.hint


def test_a_body_named_twice_is_told(tmp_path: Path) -> None:
    [one] = findings(tmp_path, edited(PROGRAMME, "[biblioteka]", "[biblioteka, biblioteka]"))
    assert (one.code, one.message) == ("value-choice", "«biblioteka» у цьому списку вже є")
    assert one.related


def test_a_text_that_nobody_can_see_is_empty(tmp_path: Path) -> None:
    [one] = findings(tmp_path, edited(PERIOD, "Придбано 214 книжок.", '"\\u00ad"'))
    assert one.code == "value-empty"


def test_a_text_that_begins_with_a_number_sign_is_told_as_such(tmp_path: Path) -> None:
    found = findings(tmp_path, edited(PERIOD, "Придбано 214 книжок.", "#5 виплата"))
    assert codes(found) == ["value-empty", "text-cut"]


def test_only_the_councils_own_mistakes_make_the_content_unsound(tmp_path: Path) -> None:
    found: list[Diagnostic] = []
    other = "content/programmes/biblioteky/2024-9m.yml"
    content = load_content(lay(tmp_path / "a", {other: ""}), found)
    assert (content.sound, codes(found), len(content.sources)) == (True, ["name-invalid"], 1)
    broken = base(COUNCIL).replace("name:", "nam:")
    assert not load_content(lay(tmp_path / "b", {COUNCIL: broken}), []).sound


@pytest.mark.skipif(os.name != "posix", reason="тут назва файлу завжди є текстом")
def test_a_folder_name_that_is_no_text_is_a_finding(tmp_path: Path) -> None:
    root = lay(tmp_path)
    (root / "content/programmes/\udcff\udcfe").mkdir()
    found: list[Diagnostic] = []
    load_content(root, found)
    assert codes(found) == ["name-invalid"]


def test_the_programme(tmp_path: Path) -> None:
    programme = report_of(tmp_path).programme
    assert programme.slug == "biblioteky"
    assert programme.decision is not None
    assert programme.decision.date == datetime.date(2023, 12, 21)
    assert programme.decision.number == "412"
    assert not programme.amended
    assert programme.executor is not None
    assert programme.executor.id == "viddil-kultury"
    assert str(programme.term) == "2024-2026"
    assert [
        (item.level, item.key, item.position, item.text) for item in programme.items(ONLY_TABLE)
    ] == [
        ("task", "1", 1, "Поповнити фонди"),
        ("measure", "1.1", 1, "Придбати книжки"),
        ("part", "dytiachi", 1, "для дітей"),
        ("measure", "1.2", 2, "Передплатити газети"),
    ]
    [task] = programme.outlines[ONLY_TABLE]
    executors = task.children[0].values["executors"]
    assert isinstance(executors, Executors)
    assert [body.id for body in executors.bodies] == ["biblioteka"]


def test_the_period(tmp_path: Path) -> None:
    period = report_of(tmp_path).period
    assert str(period.period) == "I півріччя 2024 року"
    assert [one.surname for one in period.signatories] == ["МЕЛЬНИК"]
    entry = period.entries[ONLY_TABLE]["1.1"]
    assert entry.values == {
        "annual_plan": Amount(Decimal("120.0"), {"general": Decimal("120.0")}, entry.span),
        "actual": Amount(Decimal("48.5"), {"general": Decimal("48.5")}, entry.span),
        "info": Text(("Придбано 214 книжок.",), entry.span),
    }
    assert list(entry.parts) == ["dytiachi"]
    assert entry.status is None


def test_a_measure_number_is_never_a_fraction(tmp_path: Path) -> None:
    files = {
        PROGRAMME: base(PROGRAMME).replace("number: 1.2", "number: 1.10"),
        PERIOD: base(PERIOD).replace("  1.2:", "  1.10:"),
    }
    assert list(report_of(tmp_path, files).period.entries[ONLY_TABLE]) == ["1.1", "1.10"]


def test_an_amount_may_be_split_by_fund(tmp_path: Path) -> None:
    files = edited(PERIOD, "actual: 48.5", "actual: {special: 8.5, general: 40}")
    actual = report_of(tmp_path, files).period.entries[ONLY_TABLE]["1.1"].values["actual"]
    assert isinstance(actual, Amount)
    assert actual.value == Decimal("48.5")
    assert actual.funds == {"special": Decimal("8.5"), "general": Decimal(40)}


def test_a_row_may_name_its_own_fund(tmp_path: Path) -> None:
    files = edited(PERIOD, "  1.2:\n", "  1.2:\n    fund: special\n")
    entries = report_of(tmp_path, files).period.entries[ONLY_TABLE]
    plans = [entry.values["annual_plan"] for entry in entries.values()]
    assert [list(plan.funds) for plan in plans if isinstance(plan, Amount)] == [
        ["general"],
        ["special"],
    ]


def test_defaults_fill_what_rows_leave_out_but_not_their_parts(tmp_path: Path) -> None:
    text = base(PERIOD).replace("{fund: general}", "{fund: general, info: Триває.}")
    text = text.replace("    info: Передплачено дев'ять видань.\n", "")
    entries = report_of(tmp_path, {PERIOD: text}).period.entries[ONLY_TABLE]
    assert entries["1.1"].values["info"] == Text(("Придбано 214 книжок.",), entries["1.1"].span)
    assert entries["1.2"].values["info"] == Text(("Триває.",), entries["1.2"].span)
    part = entries["1.1"].parts["dytiachi"]
    assert "info" not in part.values
    assert isinstance(part.values["actual"], Amount)
    assert list(part.values["actual"].funds) == ["general"]


def test_a_computed_value_may_be_declared_with_a_reason(tmp_path: Path) -> None:
    files = edited(
        PERIOD, "    info: При", "    percent: {declared: 100, reason: так}\n    info: При"
    )
    percent = report_of(tmp_path, files).period.entries[ONLY_TABLE]["1.1"].values["percent"]
    assert isinstance(percent, Declared)
    assert (percent.value, percent.reason) == (Decimal(100), "так")


@pytest.mark.parametrize("status", [one.value for one in Status])
def test_statuses(status: str, tmp_path: Path) -> None:
    files = edited(PERIOD, "    info: При", f"    status: {status}\n    info: При")
    assert report_of(tmp_path, files).period.entries[ONLY_TABLE]["1.1"].status is Status(status)


def test_a_period_may_use_a_form_of_its_own(tmp_path: Path) -> None:
    files = {
        PERIOD: "form: korotka\n" + base(PERIOD),
        "templates/korotka/form.yaml": base(FORM).replace("form: prosta", "form: korotka"),
    }
    assert report_of(tmp_path, files).form.id == "korotka"


def test_broken_registers_do_not_drown_the_mistake_in_its_consequences(tmp_path: Path) -> None:
    [one] = findings(tmp_path, {EXECUTORS: "biblioteka: {name: [}\n"})
    assert (one.code, one.span.file) == ("yaml-syntax", EXECUTORS)


@pytest.mark.parametrize("name", [EXECUTORS, OFFICIALS, FUNDS])
def test_a_register_is_pairs(name: str, tmp_path: Path) -> None:
    [one] = findings(tmp_path, {name: "- biblioteka\n"})
    assert (one.code, one.span.file) == ("value-type", name)


def test_every_unknown_body_of_a_list_is_told(tmp_path: Path) -> None:
    found = findings(tmp_path, edited(PROGRAMME, "[biblioteka]", "[xx, biblioteka, yy, zz]"))
    assert [(one.code, one.message[1:3]) for one in found] == [
        ("reference-unknown", "xx"),
        ("reference-unknown", "yy"),
        ("reference-unknown", "zz"),
    ]


def test_every_unreadable_part_of_an_amount_is_told(tmp_path: Path) -> None:
    found = findings(
        tmp_path, edited(PERIOD, "actual: 48.5", "actual: {general: сто, special: x, other: 1}")
    )
    assert codes(found) == ["amount-invalid", "amount-invalid", "reference-unknown"]


def test_a_value_that_cannot_be_read_is_not_also_missing(tmp_path: Path) -> None:
    found = findings(tmp_path, edited(PERIOD, "actual: 48.5", "actual: сорок"))
    assert codes(found) == ["amount-invalid"]


def test_a_row_that_is_no_row_is_one_mistake(tmp_path: Path) -> None:
    text = base(PERIOD)
    text = text[: text.index("  1.1:")] + "  1.1: так\n" + text[text.index("  1.2:") :]
    assert codes(findings(tmp_path, {PERIOD: text})) == ["value-type"]


def test_an_outline_item_that_is_no_item_is_one_mistake(tmp_path: Path) -> None:
    files = {PROGRAMME: base(PROGRAMME) + "      - Провести ярмарок\n"}
    assert codes(findings(tmp_path, files)) == ["value-type"]


def test_a_period_without_rows_is_one_mistake(tmp_path: Path) -> None:
    text = base(PERIOD)
    assert codes(findings(tmp_path, {PERIOD: text[: text.index("measures:")]})) == ["key-missing"]


@pytest.mark.parametrize("form", ["..", ".", "../../content", "/etc", "prosta/", "a" * 5000, "C:x"])
def test_a_form_is_named_never_reached_by_a_path(form: str, tmp_path: Path) -> None:
    [one] = findings(tmp_path, edited(PROGRAMME, "form: prosta", f"form: {form}"))
    assert one.code == "form-unknown"
    assert len(one.message) < 100


def test_a_form_may_not_come_from_outside(tmp_path: Path) -> None:
    root = lay(tmp_path, edited(PROGRAMME, "form: prosta", "form: chuzha"))
    write(tmp_path / "chuzha" / "form.yaml", base(FORM).replace("prosta", "chuzha"))
    (root / "templates" / "chuzha").symlink_to(tmp_path / "chuzha")
    content = content_of(root)
    assert content.council is not None
    found: list[Diagnostic] = []
    load_report(content.sources[0], root, content.council, [root / "templates"], found)
    assert codes(found) == ["file-outside"]
