"""Several forms and a file that goes on changing: nothing is lost, nothing chosen between."""

from __future__ import annotations

from pathlib import Path

import pytest
from overlays import ROOT
from returned import Book, given_out, opened, sheets_of, taken
from small_project import FORM, PERIOD, PROGRAMME, base, lay

from reportgen.diagnostics import has_errors
from reportgen.entry.cells import Live
from reportgen.entry.questions import Address, by_address, questions

ACTUAL = Address(("measures", "1.1"), "actual", "general")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return lay(tmp_path)


def change(root: Path, name: str, old: str, new: str) -> None:
    text = (root / name).read_text(encoding="utf-8")
    assert old in text
    (root / name).write_text(text.replace(old, new), encoding="utf-8")


def test_forms_of_departments_come_together(root: Path) -> None:
    report = opened(root)
    first = Book(given_out(report)).typed("1.1", "actual", 50).data
    second = Book(given_out(report)).typed("1.2", "actual", 20).data
    received, found = taken(report, first, second)
    assert not found
    assert [one.answer for one in received.changes] == ["50", "20"]


def test_two_forms_that_contradict_each_other(root: Path) -> None:
    report = opened(root)
    first = Book(given_out(report)).typed("1.1", "actual", 50).data
    second = Book(given_out(report)).typed("1.1", "actual", 51).data
    third = Book(given_out(report)).typed("1.1", "actual", 50.0).data
    assert not taken(report, first, third)[1]
    _, [one] = taken(report, first, second)
    assert one.code == "entry-conflict"
    assert one.message == "1.1, Профінансовано: тут «51», а в іншій формі «50»"
    assert str(one.span) == "f2.xlsx: Таблиця!F8"
    assert [str(place) for place, _ in one.related] == [
        "f1.xlsx: Таблиця!F8",
        "content/programmes/biblioteky/2024-h1.yaml:7:13",
    ]


def test_what_the_clerk_left_alone_keeps_what_is_newer(root: Path) -> None:
    form = Book(given_out(opened(root))).typed("1.2", "actual", 20).data
    change(root, PERIOD, "actual: 48.5", "actual: 49.9")
    report = opened(root)
    received, [note] = taken(report, form)
    assert note.code == "entry-newer"
    assert note.message == "1.1, Профінансовано: у YAML уже «49.9», у формі «48.5»"
    assert "actual: 49.9" in received.text
    assert "actual: 20.0" in received.text


def test_what_both_have_changed_is_a_conflict(root: Path) -> None:
    form = Book(given_out(opened(root))).typed("1.1", "actual", 50).data
    change(root, PERIOD, "actual: 48.5", "actual: 49.9")
    received, [one] = taken(opened(root), form)
    assert one.code == "entry-conflict"
    assert one.message == (
        "1.1, Профінансовано: у формі «50», а в YAML тим часом стало «49.9» (було «48.5»)"
    )
    assert received.text == opened(root).now.text


def test_what_both_have_changed_alike_is_none(root: Path) -> None:
    form = Book(given_out(opened(root))).typed("1.1", "actual", 50).data
    change(root, PERIOD, "actual: 48.5", "actual: 50.00")
    received, found = taken(opened(root), form)
    assert not found
    assert not received.changes


def test_money_that_was_split_meanwhile(root: Path) -> None:
    change(root, PERIOD, "defaults: {fund: general}\n", "")
    form = Book(given_out(opened(root))).typed("1.1", "actual", 50).data
    change(root, PERIOD, "actual: 48.5", "actual: {general: 40.0, special: 8.5}")
    _, [one] = taken(opened(root), form)
    assert one.code == "entry-conflict"
    untouched = Book(form).typed("1.1", "actual", 48.5).data
    assert not has_errors(taken(opened(root), untouched)[1])


def test_a_programme_that_has_changed(root: Path) -> None:
    form = given_out(opened(root))
    change(root, PROGRAMME, "text: Придбати книжки", "text: Придбати й оправити книжки")
    _, [one] = taken(opened(root), form)
    assert one.code == "entry-foreign"
    assert one.message.endswith("змінено 1.1, dytiachi")
    change(root, PROGRAMME, "number: 1.2", "number: 1.3")
    change(root, PERIOD, "  1.2:", "  1.3:")
    _, [one] = taken(opened(root), form)
    assert "зникло 1.2; додано 1.3" in one.message


def test_a_form_that_was_replaced(root: Path) -> None:
    form = given_out(opened(root))
    change(root, FORM, "valid_from: 2024-01-01", "valid_from: 2024-02-01")
    _, [one] = taken(opened(root), form)
    assert one.code == "entry-foreign"
    assert "«prosta від 2024-01-01»" in one.message


def test_a_default_is_not_emptied_by_a_form(tmp_path: Path) -> None:
    period = base(PERIOD).replace("{fund: general}", "{fund: general, info: Без змін.}")
    root = lay(tmp_path, {PERIOD: period.replace("    info: Передплачено дев'ять видань.\n", "")})
    report = opened(root)
    book = Book(given_out(report))
    assert book.cell("1.2", "info").value == "Без змін."
    received, found = taken(report, book.typed("1.2", "info", "Інше.").data)
    assert not found
    assert "info: Інше." in received.text
    _, [one] = taken(report, book.typed("1.2", "info", None).data)
    assert one.code == "entry-conflict"
    assert "defaults" in one.hint


def test_executors_enter_a_shared_measure_in_one_place(tmp_path: Path) -> None:
    programme = base(PROGRAMME).replace("[biblioteka]", "[viddil-kultury, biblioteka]", 1)
    report = opened(lay(tmp_path, {PROGRAMME: programme}))
    sheets = {one.key: one for one in sheets_of(report, by_executor=True)}
    first = sheets["table:viddil-kultury"]
    second = sheets["table:biblioteka"]
    asked = {one.question.address.row[-1] for one in first.cells if one.question}
    assert asked == {"1.1", "dytiachi"}
    assert {one.question.address.row[-1] for one in second.cells if one.question} == {"1.2"}
    live = [one.content.formula for one in second.cells if isinstance(one.content, Live)]
    assert any(first.name in formula for formula in live)
    book = Book(given_out(report, by_executor=True))
    book.typed("1.1", "actual", 50, first.key).typed("1.2", "actual", 20, second.key)
    received, found = taken(report, book.data)
    assert not found
    assert [one.answer for one in received.changes] == ["50", "20"]
    again = by_address(questions(received.report, None)) if received.report else {}
    assert again[ACTUAL].answer == "50"


def test_rows_of_nobody_have_a_sheet(tmp_path: Path) -> None:
    report = opened(ROOT / "examples" / "other-councils", "annual-sections", "2023")
    names = [one.name for one in sheets_of(report, by_executor=True)]
    assert "4. Результативні показники" in names
    programme = base(PROGRAMME).replace("        executors: [biblioteka]\n", "", 1)
    form = base(FORM).replace(
        "executors, given: programme", "executors, given: programme, required: false"
    )
    root = lay(tmp_path, {PROGRAMME: programme, FORM: form})
    names = [one.name for one in sheets_of(opened(root), by_executor=True)]
    assert names == [
        "Як заповнити",
        "Вербівська публічна бібліотека",
        "Без виконавця",
        "Підпис і тексти",
    ]
