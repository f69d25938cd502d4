"""Sections of a form: facts, narratives, tables by level, groups that number anew, and fields."""

from __future__ import annotations

from pathlib import Path

import pytest
from small_project import FORM, OFFICIALS, PERIOD, PROGRAMME, base, check, findings, lay

from reportgen.diagnostics import Diagnostic
from reportgen.document.blocks import Document, Paragraph, Role, Signature, Style, Table

Files = dict[str, str | bytes]
PROGRAMMES = "content/registers/programmes.yaml"

HEAD = """\
form: prosta
title: Довідка
adopted: {council: verbove, valid_from: 2024-01-01}
money: {unit: тис. грн, decimals: 1}
"""
PASSPORT = "name: Програма бібліотек\nform: prosta\n"
PERIOD_HEAD = "period: 2024-h1\nsignatory: melnyk\n"


def drawn(folder: Path, files: Files) -> Document:
    """Return the document of the one report of a project; nothing is wrong with it."""
    found, [report] = check(lay(folder, files))
    assert [one for one in found if one.code != "font-fallback"] == []
    assert report.document is not None
    return report.document


def told(folder: Path, files: Files) -> list[tuple[str, str, int]]:
    """Return (code, file's own name, line) of what is found."""
    return [(one.code, Path(one.span.file).name, one.span.line) for one in findings(folder, files)]


def texts(table: Table) -> list[list[str]]:
    return [[cell.text for cell in row.cells] for row in table.body]


# Facts and narratives.

FACTS = """\
heading:
  - {style: title, text: "Довідка {{ facts.mark }}"}
sections:
  - id: passport
    kind: facts
    title: 1. Паспорт
    widths: [60, 120]
    facts:
      - {label: Назва, text: "{{ programme.name }}"}
      - {label: Рік, text: "{{ period.year }}"}
      - {id: aim, label: Мета, given: programme}
      - {id: mark, label: Оцінка, given: period, required: false}
  - id: summary
    kind: narrative
    title: "2. Висновки за {{ period }}"
  - id: background
    kind: narrative
    title: 3. Передумови
    given: programme
    required: false
"""


def facts(programme: str = "aim: Читати.\n", period: str = "summary: Добре.\n") -> Files:
    return {
        FORM: HEAD + FACTS,
        PROGRAMME: PASSPORT + programme,
        PERIOD: PERIOD_HEAD + period,
    }


def test_facts_stand_side_by_side_under_their_title(tmp_path: Path) -> None:
    document = drawn(tmp_path, facts(period="summary: Добре.\nmark: «добре»\n"))
    heading, title, table, *_ = document.blocks
    assert isinstance(heading, Paragraph)
    assert heading.lines == ("Довідка «добре»",)
    assert isinstance(title, Paragraph)
    assert (title.lines, title.style) == (("1. Паспорт",), Style.SECTION)
    assert isinstance(table, Table)
    assert table.caption == "1. Паспорт"
    assert [one.width for one in table.columns] == [60, 120]
    assert not table.header
    assert texts(table) == [
        ["Назва", "Програма бібліотек"],
        ["Рік", "2024"],
        ["Мета", "Читати."],
        ["Оцінка", "«добре»"],
    ]


def test_a_fact_left_out_is_an_empty_cell_and_empty_in_lines(tmp_path: Path) -> None:
    document = drawn(tmp_path, facts())
    heading, _, table, *_ = document.blocks
    assert isinstance(heading, Paragraph)
    assert heading.lines == ("Довідка",)
    assert isinstance(table, Table)
    assert texts(table)[-1] == ["Оцінка", ""]


def test_a_narrative_left_out_takes_its_title_along(tmp_path: Path) -> None:
    styles = [one.lines for one in drawn(tmp_path, facts()).blocks if isinstance(one, Paragraph)]
    assert ("2. Висновки за I півріччя 2024 року",) in styles
    assert ("3. Передумови",) not in styles


def test_a_narrative_keeps_its_markup(tmp_path: Path) -> None:
    text = "summary: |\n  Придбано **214** книжок.\n\n  - одна\n  - друга\n"
    blocks = drawn(tmp_path, facts(period=text)).blocks
    found = [one for one in blocks if isinstance(one, Paragraph) and one.style is Style.TEXT]
    assert [one.lines for one in found] == [
        ("Придбано 214 книжок.",),
        ("• одна",),
        ("• друга",),
    ]
    assert [one.marked is not None for one in found] == [True, True, True]
    plain = drawn(tmp_path / "plain", facts()).blocks
    assert [one.marked for one in plain if isinstance(one, Paragraph)] == [None] * 4


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        (facts(programme=""), ("key-missing", "programme.yaml", 1)),
        (facts(period=""), ("key-missing", "2024-h1.yaml", 1)),
        (facts(period="summary: Так.\naim: Ні.\n"), ("key-unknown", "2024-h1.yaml", 4)),
        (facts(period="summary: [Так]\n"), ("value-type", "2024-h1.yaml", 3)),
    ],
)
def test_each_text_belongs_to_its_file(
    files: Files, expected: tuple[str, str, int], tmp_path: Path
) -> None:
    assert told(tmp_path, files) == [expected]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("id: summary", "id: passport"),  # two sections of one name
        ("id: summary", "id: aim"),  # a fact's name
        ("id: summary", "id: period"),  # a key that the file has already
        ("{id: aim, label: Мета, given: programme}", "{label: Мета}"),
        ('text: "{{ period.year }}"', 'text: "{{ period.year }}", given: period, id: year'),
        ("widths: [60, 120]", "widths: [60, 1]"),
    ],
)
def test_sections_that_cannot_work(old: str, new: str, tmp_path: Path) -> None:
    assert old in FACTS
    files = {**facts(), FORM: HEAD + FACTS.replace(old, new)}
    assert {code for code, _, _ in told(tmp_path, files)} == {"form-structure"}


def test_facts_wider_than_the_page_are_told(tmp_path: Path) -> None:
    files = {**facts(), FORM: HEAD + FACTS.replace("[60, 120]", "[138, 120]")}
    assert [code for code, _, _ in told(tmp_path, files)] == ["table-too-wide"]


# The passport: what the form prints must be given.


@pytest.mark.parametrize(
    ("printed", "missing"),
    [
        ("{{ programme.name }}", []),
        ("{{ programme.decision.number }}", ["decision"]),
        ("{{programme . executor.short}} {{ programme.term }}", ["executor", "term"]),
    ],
)
def test_what_is_printed_of_the_passport_is_required(
    printed: str, missing: list[str], tmp_path: Path
) -> None:
    form = HEAD + FACTS.replace("{{ programme.name }}", printed)
    found = findings(tmp_path, {**facts(), FORM: form})
    assert [(one.code, one.message) for one in found] == [
        ("key-missing", f"бракує ключа «{key}»") for key in missing
    ]


def test_headings_of_columns_print_it_too(tmp_path: Path) -> None:
    files = {FORM: base(FORM).replace("heading: План", 'heading: "План {{ programme.term }}"')}
    assert told(tmp_path / "given", files) == []
    files[PROGRAMME] = base(PROGRAMME).replace("term: {from: 2024, to: 2026}\n", "")
    assert told(tmp_path / "not", files) == [("key-missing", "programme.yaml", 1)]


def test_several_people_sign_in_their_order(tmp_path: Path) -> None:
    files: Files = {
        OFFICIALS: base(OFFICIALS) + "bondar: {position: Голова, given: Петро, surname: БОНДАР}\n",
        PERIOD: base(PERIOD).replace("signatory: melnyk", "signatories: [bondar, melnyk]"),
    }
    blocks = drawn(tmp_path, files).blocks
    names = [one.name for one in blocks if isinstance(one, Signature)]
    assert names == ["Петро БОНДАР", "Олена МЕЛЬНИК"]


@pytest.mark.parametrize(
    ("signed", "code"),
    [
        ("signatories: []", "value-empty"),
        ("signatories: melnyk", "value-type"),
        ("signatories: [melnik]", "reference-unknown"),
        ("signatories: [melnyk]\nsignatory: melnyk", "key-unknown"),
    ],
)
def test_who_signs_is_said_once_and_known(signed: str, code: str, tmp_path: Path) -> None:
    text = base(PERIOD).replace("signatory: melnyk", signed)
    assert [one for one, _, _ in told(tmp_path, {PERIOD: text})] == [code]


def test_a_form_without_signature_asks_for_nobody(tmp_path: Path) -> None:
    form = base(FORM) + "signature: false\n"
    text = base(PERIOD).replace("signatory: melnyk\n", "")
    document = drawn(tmp_path, {FORM: form, PERIOD: text})
    assert not [one for one in document.blocks if isinstance(one, Signature)]


# Groups in which numbers start anew.

SECTORS = """\
levels:
  - {id: sector, shown: band, restarts: true}
  - {id: measure, shown: row, number: "{n}."}
columns:
  - {id: measure, heading: Захід, width: 90, from: row.label}
  - {id: info, heading: Стан, width: 90, given: period, required: true}
  - {id: actual, heading: Сума, width: 30, kind: money, given: period}
totals:
  - {label: Разом, level: sector, columns: [actual]}
  - {label: Усього, columns: [actual]}
"""
SECTORS_PROGRAMME = """\
sectors:
  - id: kultura
    text: Культура
    measures:
      - {number: 1, text: Свято}
      - {number: 2, text: Виставка}
  - id: sport
    text: Спорт
    measures:
      - {number: 1, text: Змагання}
      - {number: 2, text: Стадіон}
"""
SECTORS_PERIOD = """\
sectors:
  sport:
    measures:
      1: {info: Проведено., actual: 3.0}
      2: {info: Збудовано., actual: 4.0}
  kultura:
    measures:
      1: {info: Відсвятковано., actual: 1.0}
      2: {info: Відкрито., actual: 2.0}
"""


def sectors(programme: str = SECTORS_PROGRAMME, period: str = SECTORS_PERIOD) -> Files:
    return {
        FORM: HEAD + SECTORS,
        PROGRAMME: PASSPORT + programme,
        PERIOD: PERIOD_HEAD + period,
    }


def test_the_same_number_in_two_groups_is_two_rows(tmp_path: Path) -> None:
    [table] = drawn(tmp_path, sectors()).tables
    assert texts(table) == [
        ["Культура"],
        ["1. Свято", "Відсвятковано.", "1,0"],
        ["2. Виставка", "Відкрито.", "2,0"],
        ["Разом", "3,0"],
        ["Спорт"],
        ["1. Змагання", "Проведено.", "3,0"],
        ["2. Стадіон", "Збудовано.", "4,0"],
        ["Разом", "7,0"],
        ["Усього", "10,0"],
    ]


def test_a_number_may_stand_once_in_its_group(tmp_path: Path) -> None:
    text = SECTORS_PROGRAMME.replace("{number: 2, text: Стадіон}", "{number: 1, text: Стадіон}")
    assert ("number-duplicate", "programme.yaml", 13) in told(tmp_path, sectors(text))


def test_a_misspelt_group_is_one_mistake_in_each_file(tmp_path: Path) -> None:
    """Not one for each of its rows: two files disagree about one name."""
    text = SECTORS_PERIOD.replace("  sport:", "  sports:")
    missing, unknown = findings(tmp_path, sectors(period=text))
    assert (missing.code, unknown.code) == ("measure-missing", "measure-unknown")
    assert missing.message == "бракує групи «sport» (Спорт)"
    assert [place.line for place, _ in missing.related] == [9]
    assert unknown.message == "групи «sports» немає у програмі «biblioteky»"


def test_a_group_left_out_is_one_mistake(tmp_path: Path) -> None:
    text = SECTORS_PERIOD[: SECTORS_PERIOD.index("  kultura:")]
    assert told(tmp_path, sectors(period=text)) == [("measure-missing", "2024-h1.yaml", 1)]


def test_rows_of_a_known_group_are_told_one_by_one(tmp_path: Path) -> None:
    text = SECTORS_PERIOD.replace("      2: {info: Збудовано.", "      20: {info: Збудовано.")
    found = findings(tmp_path, sectors(period=text))
    assert [(one.code, one.message.partition("«")[2].partition("»")[0]) for one in found] == [
        ("measure-missing", "sport/2"),
        ("measure-unknown", "sport/20"),
    ]


def test_a_group_without_a_name_of_its_own_is_told(tmp_path: Path) -> None:
    text = SECTORS_PROGRAMME.replace("  - id: sport\n    text", "  - text")
    found = findings(tmp_path, sectors(text))
    assert [one.message for one in found if one.code == "key-missing"] == ["бракує ключа «id»"]


def test_a_required_value_is_told_by_group_and_number(tmp_path: Path) -> None:
    text = SECTORS_PERIOD.replace("info: Збудовано., ", "")
    [one] = findings(tmp_path, sectors(period=text))
    assert (one.code, one.message) == ("field-missing", "у рядку «sport/2» немає «info» (Стан)")


# Tables by level.

BY_LEVEL = SECTORS.replace(
    "shown: band, restarts: true",
    'shown: table, restarts: true, title: "Галузь {{ item.number }}: {{ item.text }}"',
).replace("  - {label: Усього, columns: [actual]}\n", "")


def test_each_item_has_its_whole_table_with_its_total(tmp_path: Path) -> None:
    files = {**sectors(SECTORS_PROGRAMME.replace("id: sport", "id: sport\n    number: II"))}
    document = drawn(tmp_path, {**files, FORM: HEAD + BY_LEVEL})
    kinds = [type(one) for one in document.blocks]
    assert kinds == [Paragraph, Table, Paragraph, Table, Signature]
    first, second = document.tables
    assert (first.caption, second.caption) == ("Галузь : Культура", "Галузь II: Спорт")
    assert first.header == second.header
    assert texts(first) == [
        ["1. Свято", "Відсвятковано.", "1,0"],
        ["2. Виставка", "Відкрито.", "2,0"],
        ["Разом", "3,0"],
    ]
    assert texts(second)[-1] == ["Разом", "7,0"]
    assert [row.role for row in second.body] == [Role.BODY, Role.BODY, Role.TOTAL]


def test_without_a_title_the_items_own_name_stands_above_it(tmp_path: Path) -> None:
    form = BY_LEVEL.replace(', title: "Галузь {{ item.number }}: {{ item.text }}"', "")
    document = drawn(tmp_path, {**sectors(), FORM: HEAD + form})
    paragraphs = [one for one in document.blocks if isinstance(one, Paragraph)]
    assert [(one.lines, one.style) for one in paragraphs] == [
        (("Культура",), Style.SECTION),
        (("Спорт",), Style.SECTION),
    ]


def test_totals_of_tables_refer_to_their_own_cells(tmp_path: Path) -> None:
    document = drawn(tmp_path, {**sectors(), FORM: HEAD + BY_LEVEL})
    first, second = document.tables
    assert first.body[-1].cells[-1].origin == second.body[-1].cells[-1].origin


def test_a_total_of_all_tables_has_no_place_in_any(tmp_path: Path) -> None:
    form = BY_LEVEL + "  - {label: Усього, columns: [actual]}\n"
    assert told(tmp_path, {**sectors(), FORM: HEAD + form}) == [("form-structure", "form.yaml", 14)]


# Quantities, funding, fields that no cell shows.

KINDS = """\
levels:
  - {id: measure, shown: row, number: "{n}."}
columns:
  - {id: measure, heading: Захід, width: 50, text: "{{ row.number }}) {{ row.text }}{{ row.note }}"}
  - {id: planned, heading: План, width: 20, kind: number, given: programme}
  - {id: done, heading: Факт, width: 20, kind: number, given: period}
  - {id: rest, heading: Решта, width: 20, kind: number, formula: planned - done}
  - {id: funding, heading: Кошти, width: 40, kind: funding, given: programme}
  - {id: years, heading: Роки, width: 20, kind: years, given: programme}
fields:
  - {id: note, given: programme}
  - {id: price, kind: money, given: period, required: true}
totals:
  - {label: Усього, columns: [planned, done, rest]}
"""
KINDS_PROGRAMME = """\
measures:
  - {number: 1, text: Книги, note: " (нові)", planned: 214, funding: 12.345, years: 2024}
  - {number: 2, text: Полиці, planned: 1.5, funding: [kultura, mova], years: 2024-2026}
"""
KINDS_PERIOD = """\
measures:
  1: {done: 100, price: 5.0}
  2: {done: 0.25, price: 7.0}
"""
REGISTER = "kultura: {name: Програма культури}\nmova: {name: Програма мови}\n"


def kinds(programme: str = KINDS_PROGRAMME, period: str = KINDS_PERIOD, form: str = KINDS) -> Files:
    return {
        FORM: HEAD + form,
        PROGRAMME: PASSPORT + programme,
        PERIOD: PERIOD_HEAD + period,
        PROGRAMMES: REGISTER,
    }


def test_quantities_have_the_decimals_of_their_row(tmp_path: Path) -> None:
    [table] = drawn(tmp_path, kinds()).tables
    assert [row[1:4] for row in texts(table)] == [
        ["214", "100", "114"],
        ["1,50", "0,25", "1,25"],
        ["215,50", "100,25", "115,25"],
    ]


def test_whole_quantities_have_a_whole_total(tmp_path: Path) -> None:
    programme = KINDS_PROGRAMME.replace("1.5", "1")
    [table] = drawn(tmp_path, kinds(programme, KINDS_PERIOD.replace("0.25", "0"))).tables
    assert texts(table)[-1][1:4] == ["215", "100", "115"]


def test_funding_is_an_amount_with_its_own_decimals_or_programmes(tmp_path: Path) -> None:
    [table] = drawn(tmp_path, kinds()).tables
    assert [row[4:6] for row in texts(table)[:2]] == [
        ["12,345", "2024"],
        ["Програма культури; Програма мови", "2024-2026"],
    ]
    round_sum = drawn(tmp_path / "round", kinds(KINDS_PROGRAMME.replace("12.345", "12"))).tables[0]
    assert texts(round_sum)[0][4] == "12,0"


def test_a_cells_template_sees_its_row_and_empty_fields_are_empty(tmp_path: Path) -> None:
    [table] = drawn(tmp_path, kinds()).tables
    assert [row[0] for row in texts(table)] == ["1) Книги(нові)", "2) Полиці", "Усього"]


def test_a_template_that_fails_in_every_row_is_one_mistake(tmp_path: Path) -> None:
    form = KINDS.replace("{{ row.note }}", "{{ row.notes }}")
    assert told(tmp_path, kinds(form=form)) == [("template-invalid", "form.yaml", 8)]


def test_a_hidden_field_may_be_required_and_used(tmp_path: Path) -> None:
    [one] = findings(tmp_path, kinds(period=KINDS_PERIOD.replace(", price: 7.0", "")))
    assert (one.code, one.message) == ("field-missing", "у рядку «2» немає «price»")
    form = KINDS.replace("planned - done", "price / done * 2")
    [table] = drawn(tmp_path / "used", kinds(form=form.replace(", rest]}", "]}"))).tables
    assert texts(table)[0][3] == "0"
    assert texts(table)[1][3] == "56,00"


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("[kultura, mova]", "[kultura, movy]", "reference-unknown"),
        ("[kultura, mova]", "[]", "value-empty"),
        ("[kultura, mova]", "багато", "amount-invalid"),
        ("2024-2026", "2026-2024", "period-invalid"),
        ("2024-2026", "2024-2026 роки", "period-invalid"),
        ("planned: 214", "planned: {general: 214}", "value-type"),
    ],
)
def test_values_that_cannot_be_read(old: str, new: str, code: str, tmp_path: Path) -> None:
    assert old in KINDS_PROGRAMME
    found: list[Diagnostic] = findings(tmp_path, kinds(KINDS_PROGRAMME.replace(old, new)))
    assert [one.code for one in found] == [code]
