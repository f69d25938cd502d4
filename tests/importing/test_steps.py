"""The steps of an import, one by one: facts first, then laws."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from outlines import level
from plain import HEADINGS, from_lines
from small_project import BASE

from reportgen.importing.amounts import NotANumberError, is_fault, read_number
from reportgen.importing.backwards import backwards
from reportgen.importing.findings import Findings
from reportgen.importing.grid import GridRow, stream
from reportgen.importing.header import find_headers
from reportgen.importing.ids import Ids
from reportgen.importing.labels import begins_band, read_label, usual_depth
from reportgen.importing.likeness import likeness, same
from reportgen.importing.names import How, Register
from reportgen.importing.passport import nominative
from reportgen.importing.periods import find_period
from reportgen.importing.repairs import Aligner
from reportgen.importing.signatures import find_signatures
from reportgen.importing.sorts import Profile, sort_of
from reportgen.importing.values import narrative
from reportgen.importing.wrapping import joined_lines, unwrapped
from reportgen.load import load_form
from reportgen.load.scalars import is_slug
from reportgen.model.council import Official
from reportgen.model.form import Form
from reportgen.model.markup import parse_markup
from reportgen.model.period import Period
from reportgen.read.source import (
    Place,
    SourceCell,
    SourceFile,
    SourceParagraph,
    SourceRow,
    SourceTable,
)

HERE = Place("тут", 1)
PERIOD = Period.parse("2024-h1")


def form() -> Form:
    found = load_form(BASE / "templates" / "prosta" / "form.yaml", [])
    assert found
    return found


# Numbers.


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("861,0", "861.0"),
        ("1\u00a0431,50", "1431.50"),
        ("419 357,3 тис. грн", "419357.3"),
        ("1.431,0", "1431.0"),
        ("45.2", "45.2"),
        ("45,2 %", "45.2"),
        ("\u221230,0", "-30.0"),
        ("–5", "-5"),
    ],
)
def test_numbers_as_people_type_them(text: str, number: str) -> None:
    assert str(read_number(text)) == number


@pytest.mark.parametrize("text", ["", "-", "–", "—", "х", "…"])
def test_a_dash_is_no_number(text: str) -> None:
    assert read_number(text) is None


@pytest.mark.parametrize("text", ["сто", "12,5,6", "10.02.2023", "#ДЕЛ/0!", "1 з 2"])
def test_anything_else_is_told(text: str) -> None:
    with pytest.raises(NotANumberError):
        read_number(text)
    assert is_fault(text) == text.startswith("#")


@given(st.decimals(0, 10**9, places=2), st.sampled_from([" ", "\u00a0", "\u202f", ""]))
def test_what_is_printed_is_read(number: Decimal, blank: str) -> None:
    text = f"{number:,.2f}".replace(",", blank).replace(".", ",")
    assert read_number(text) == number


# Texts, ids, periods.


def test_likeness_sees_letters_alone() -> None:
    assert same("Річний обсяг фінансуван- ня,\nтис.грн", "річний  обсяг фінансування тис. грн")
    assert same("Cума", "Сума")  # the first has a Latin letter
    assert likeness("Захід", "") == 0
    assert 0.8 < likeness("Зміст заходів", "Зміст заходу") < 1


@given(st.lists(st.text(max_size=80), max_size=12))
def test_ids_are_ids_and_never_repeat(names: list[str]) -> None:
    ids = Ids(("zapys", "a-2"))
    made = [ids.made(name) for name in names]
    assert all(map(is_slug, made))
    assert len({*made, "zapys", "a-2"}) == len(made) + 2


def test_ids_are_romanised_as_the_state_does() -> None:
    ids = Ids(["yizha-y-obiednannia"])
    assert ids.made("Щоденник Юрія, зимові згадки") == "shchodennyk-yuriia-zymovi-zghadky"
    assert ids.made("Їжа й об'єднання") == "yizha-y-obiednannia-2"
    assert ids.made("Їжа й об'єднання") == "yizha-y-obiednannia-3"


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("За I півріччя 2023 року", "2023-h1"),
        ("за І півр. 2024 року", "2024-h1"),  # the letter of the other alphabet
        ("за 1 квартал 2024 р.", "2024-q1"),
        ("за січень-вересень 2023 року", "2023-9m"),
        ("за дев'ять місяців 2023 року", "2023-9m"),
        ("за  2023 рік", "2023"),
        ("за 12 місяців 2023 року", "2023"),
        ("на 2021-2025 роки", None),
        ("за II квартал 2023 року", None),  # nobody reports it: figures are cumulative
    ],
)
def test_periods_of_titles(text: str, period: str | None) -> None:
    found = find_period(text)
    assert (found.id if found else None) == period


@pytest.mark.parametrize(
    ("genitive", "own"),
    [
        ("Комплексної Програми захисту", "Комплексна Програма захисту"),
        ("цільової соціальної програми «Х»", "Цільова соціальна програма «Х»"),
        ("Концепції розвитку", "Концепція розвитку"),
        ("Плану дій", "План дій"),
        ("Заходів з благоустрою", "Заходів з благоустрою"),
    ],
)
def test_names_in_the_nominative(genitive: str, own: str) -> None:
    assert nominative(genitive) == own


# Templates backwards.


def test_a_template_is_read_backwards() -> None:
    line = backwards(
        "рішення від {{ programme.decision.date | date }} №{{ programme.decision.number }}"
        "{% if programme.amended %}, зі змінами{% endif %}"
    )
    assert line.read("Рішення  від 24.12.2020\u00a0№ 35, зі змінами") == {
        "programme.decision.date": "24.12.2020",
        "programme.decision.number": "35",
        "?programme.amended": ", зі змінами",
    }
    assert line.read("рішення від 24.12.2020 №35") == {
        "programme.decision.date": "24.12.2020",
        "programme.decision.number": "35",
    }
    assert line.read("рішення ради") is None


def test_a_free_text_ends_where_something_certain_begins() -> None:
    cell = backwards(
        "{{ row.text }}{% if row.years %} {{ row.years }} роки{% endif %}"
        "{% if row.note %} {{ row.note }}{% endif %}"
    )
    assert cell.read("Хаб (новий)") == {"row.text": "Хаб (новий)"}
    read = cell.read("Хаб 2021-2023 (новий)")
    assert read
    assert (read["row.text"], read["row.years"], read["row.note"]) == (
        "Хаб",
        "2021-2023",
        "(новий)",
    )


# Labels.

MEASURE = level("measure", number="{n}.")


@pytest.mark.parametrize(
    ("text", "number", "rest"),
    [
        ("1.1.1. Надання", "1.1.1", "Надання"),
        ("6.1.3 Здійснення", "6.1.3", "Здійснення"),
        ("13.6.4.Грошова", "13.6.4", "Грошова"),
        ("7.3. 1.Утримання", "7.3.1", "Утримання"),
        ("1.1.1. 2024 рік", "1.1.1", "2024 рік"),
        ("в т.ч. субвенція", "", "в т.ч. субвенція"),
        ("2 особи", "", "2 особи"),
        ("2023 рік", "", "2023 рік"),
    ],
)
def test_numbers_before_texts(text: str, number: str, rest: str) -> None:
    label = read_label(text, MEASURE, 3)
    assert (label.number, label.text) == (number, rest)
    assert bool(label.slip) == text.startswith("7.3. 1")


def test_depth_is_that_of_most() -> None:
    assert usual_depth(["1.1. Один", "1.2 Два", "2023 рік", "в т.ч."]) == 2
    assert usual_depth(["перший", "другий"]) == 0


def test_bands_are_known_by_their_words() -> None:
    goal = level("goal", number="Ціль {n}", label="{number}\n{text}")
    assert begins_band("Ціль 4", goal)
    assert read_label("Ціль 2Малий бізнес", goal, 0).number == "2"
    assert not begins_band("Цілі району", goal)


# Names.

KNOWN = Register(
    [
        ("Департамент освіти міської ради", "osvita"),
        ("Управління культури міської ради", "kultura"),
        ("Управління у справах сім'ї, молоді та спорту", "simia"),
        ("громадські організації", "ho"),
        ("громадські організації (за згодою)", "ho-zgoda"),
        ("Управління Західного району", "zakhid"),
        ("Управління Східного району", "skhid"),
    ]
)


@pytest.mark.parametrize(
    ("cell", "ids"),
    [
        ("Управління у справах сім’ї, молоді та спорту, громадські організації", "simia ho"),
        ("Департамент освіти міської ради Управління культури міської ради", "osvita kultura"),
        ("громадські організації (за згодою); громадські організації", "ho-zgoda ho"),
        ("управління Західного та Східного районів", "zakhid skhid"),
        ("управління міської ради: культури, у справах сім'ї, молоді та спорту", "kultura simia"),
        ("Департамент освіти міської ради, Департамент освіти міської ради", "osvita"),
    ],
)  # fmt: skip
def test_names_of_a_cell(cell: str, ids: str) -> None:
    assert [one.id for one in KNOWN.read(cell)] == ids.split()


def test_a_near_name_is_told_and_an_unknown_one_is_new() -> None:
    near, new = KNOWN.read("Департамент освити міської ради; Відділ архіву")
    assert (near.id, near.how) == ("osvita", How.NEAR)
    assert (new.id, new.text, new.how) == ("", "Відділ архіву", How.NEW)


def test_what_is_near_to_two_is_nobody() -> None:
    twins = Register([("Школа № 1 міської ради", "one"), ("Школа № 2 міської ради", "two")])
    [found] = twins.read("Школа № 3 міської ради")
    assert found.how is How.NEW


@given(st.text(alphabet="абв,;. ()«»'\n", max_size=60))
def test_reading_names_ends(cell: str) -> None:
    for one in KNOWN.read(cell):
        assert one.text.strip()


# Headers.


def table(*rows: tuple[Any, ...], name: str = "zvit.docx") -> SourceFile:
    """Return a source with one table; a cell is its text, or (text, columns, rows)."""
    made = []
    for number, row in enumerate(rows, start=1):
        place = Place(f"рядок {number}", number)
        cells = []
        for at, cell in row:
            text, columns, below = cell if isinstance(cell, tuple) else (cell, 1, 1)
            cells.append((at, SourceCell(text, place, columns=columns, rows=below)))
        made.append(SourceRow(tuple(cells), place))
    return SourceFile(name, (SourceTable(tuple(made), HERE),))


def header_of(*headings: str) -> list[str | None]:
    lines = stream(from_lines("zvit.tsv", "\t".join(headings)))
    [found] = find_headers(lines, form(), PERIOD)
    return [column.id if column else None for column in found.columns]


COLUMNS = ["task", "measure", "executors", "annual_plan", "actual", "percent", "info"]


@pytest.mark.parametrize(
    "headings",
    [
        HEADINGS,
        tuple(one.upper() for one in HEADINGS),
        ("Зав- дання", "Захід", "Вико нав", "План", "Профінансо- вано", "Відсоток", "Стан виконан"),
        ("Завдання", "Захід", "Виконавець", "План", "Профінансовано", "Вiдсoток", "Стан викoнання"),
    ],
)  # fmt: skip
def test_headings_however_they_are_written(headings: tuple[str, ...]) -> None:
    assert header_of(*headings) == COLUMNS


def test_columns_in_another_order_and_one_too_many() -> None:
    mixed = (*HEADINGS[3:], "Примітки бухгалтерії", *HEADINGS[:3])
    assert header_of(*mixed) == [*COLUMNS[3:], None, *COLUMNS[:3]]


def test_other_tables_have_no_header() -> None:
    lines = stream(from_lines("zvit.tsv", "Дата\tГодина\tМісце\n1.02\t10:00\tзала\n"))
    assert find_headers(lines, form(), PERIOD) == []


# Repairs.

ROW = ("", "1.2. Читання", "Бібліотека", "36,0", "18,0", "50,0", "Тривають зустрічі читачів")


def aligned(cells: list[str]) -> tuple[list[str], str]:
    sort = {"Бібліотека": "b"}

    def sort_cell(cell: SourceCell) -> str:
        return sort.get(cell.text) or sort_of(cell.text, lambda _: 0.0)

    places = [SourceCell(text, HERE) for text in cells]
    row = GridRow(dict(enumerate(places)), frozenset(), HERE, len(places), 0)
    section = form().tables[0]
    like = [{at: sort_cell(SourceCell(text, HERE)) for at, text in enumerate(ROW)}] * 5
    result = Aligner(section.columns, Profile.of(like, len(ROW)), sort_cell).align(row)
    texts = [result.cells[at].text if at in result.cells else "" for at in range(len(ROW))]
    assert all(cell.text for cell in result.left)
    return [*texts, *(cell.text for cell in result.left)], result.repair


def test_a_row_that_fits_is_left_alone() -> None:
    assert aligned([*ROW]) == ([*ROW], "")
    assert aligned([*ROW[:6]])[0] == [*ROW[:6], ""]


@pytest.mark.parametrize(
    "cells",
    [
        [*ROW[1:]],  # the first cell is lost
        [*ROW[1:], ""],  # and there is one at the end instead
        [*ROW[:2], *ROW[3:4], *ROW[2:3], *ROW[4:]],  # two have changed places
        ["", *ROW],  # one too many
    ],
)
def test_shifted_cells_go_back_and_it_is_told(cells: list[str]) -> None:
    texts, repair = aligned(cells)
    assert texts == [*ROW]
    assert repair


@given(st.lists(st.sampled_from([*ROW, "", "2023", "1.", "в т.ч.", "#ДЕЛ/0!"]), max_size=10))
def test_no_cell_is_lost_and_none_is_put_twice(cells: list[str]) -> None:
    texts, _ = aligned(cells)  # those for which there is no place stand at the end
    assert sorted(filter(None, texts)) == sorted(filter(None, cells))


# What stands around.


def test_signatures_of_one_line_two_lines_and_a_table() -> None:
    text = (
        "Начальник управління культури\nміської ради\nОлена КОВАЛЬ\n\nГоловний бухгалтер\tІ. САД\n"
    )
    lines = stream(from_lines("zvit.txt", text))
    found = find_signatures(lines, frozenset(range(len(lines))), ())
    assert [(one.position, one.given, one.surname) for one in found] == [
        ("Начальник управління культури міської ради", "Олена", "КОВАЛЬ"),
        ("Головний бухгалтер", "І.", "САД"),
    ]


def test_the_register_knows_where_a_name_begins() -> None:
    known = Official("x", "Голова", "Анна-Марія Софія", "ЛІС", None)  # type: ignore[arg-type]
    lines = stream(from_lines("zvit.txt", "Голова Анна-Марія Софія ЛІС\n"))
    [found] = find_signatures(lines, frozenset({0}), [known])
    assert (found.position, found.given) == ("Голова", "Анна-Марія Софія")


def test_capitals_in_a_text_are_no_signature() -> None:
    lines = stream(from_lines("zvit.txt", "виконання резолюції Ради Безпеки ООН\n"))
    assert find_signatures(lines, frozenset({0}), ()) == []


def test_narratives_keep_paragraphs_and_lists() -> None:
    made = narrative("Зроблено:\n• перше;\n• друге.\n\nДалі буде.")
    assert made == "Зроблено:\n\n- перше;\n- друге.\n\nДалі буде."
    assert [one.text for one in parse_markup(made)] == [
        "Зроблено:",
        "• перше;",
        "• друге.",
        "Далі буде.",
    ]


# Pages.


def test_lines_of_a_page_are_joined_and_its_number_goes() -> None:
    where = Place("сторінка 2, рядок таблиці 1", 5)
    cell = SourceCell(
        "культурно-\nспортивний центр Київсько-\nЖитомирський і соці-\nальний\n• перше\n• друге",
        where,
    )
    words = SourceCell("соціальний захист", where)
    row = SourceRow(((0, cell), (1, words)), where)
    number = SourceParagraph("2", Place("сторінка 2, рядок 1", 4))
    findings = Findings("zvit.pdf")
    source = SourceFile("zvit.pdf", (number, SourceTable((row,), where)))
    [block] = unwrapped(source, findings).blocks
    assert isinstance(block, SourceTable)
    assert block.rows[0].cells[0][1].text == (
        "культурно-спортивний центр Київсько-Житомирський і соціальний\n• перше\n• друге"
    )
    [told] = findings.found
    assert "соціальний" in told.message


def test_paragraphs_of_a_page_end_with_short_lines() -> None:
    lines = ["Перший рядок абзацу йде далі", "і тут закінчується.", "Другий абзац теж довгий рядок"]
    assert joined_lines(lines) == [f"{lines[0]} {lines[1]}", lines[2]]
