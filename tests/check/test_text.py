"""Rules over text: what they find, where they say it is, and what they leave alone."""

from __future__ import annotations

import time
from collections.abc import Iterable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from small_project import FORM, PERIOD, PROGRAMME, base, check, lay

from reportgen.check.printed import SEPARATOR, Page, Printed, Slip, TextRule
from reportgen.check.rules import keyboard, spelling, text
from reportgen.diagnostics import Span

EVERY = (*text.RULES, *keyboard.RULES, *text.NARRATIVE_RULES, *spelling.RULES)

_LETTERS = "абвгдежзиклмнопрстуфхцчшщьюяєії"
_WORDS = st.one_of(
    st.text(_LETTERS, min_size=2, max_size=12).filter(lambda one: "проєкт" not in one),
    st.text("abcdefghijklmnopqrstuvwxyz", min_size=2, max_size=8),
    st.integers(0, 3000).map(str),
    st.sampled_from(["«Абетка»", "48,5 тис. грн", "12.02.2024", "I-IV", "дев'ять", "2021-2025"]),
    st.sampled_from(["м.Житомира", "https://rada.gov.ua/a,b?c", "a@b.ua", "№35,", "(рік);"]),
    st.sampled_from(["з;", "або", "–", "3,5", "15.2.3", "PR-відділ", "COVID-19", "100 %"]),
)
_CLEAN = st.lists(_WORDS, min_size=1, max_size=12).map(" ".join)


def slips(rules: Iterable[TextRule], given_text: str) -> list[Slip]:
    return [one for rule in rules for one in rule(given_text)]


def codes(given_text: str) -> list[str]:
    return [one.code for one in slips(EVERY, given_text)]


@given(st.lists(_CLEAN, min_size=1, max_size=5).map(SEPARATOR.join))
def test_clean_text_has_no_slips(clean: str) -> None:
    assert slips(EVERY, clean) == []


#: Code → ways to spoil a text: what is put between two halves of a clean one.
PLANTED = {
    "text-letters": [" Жiнка ", " при i при ", " Sсhool ", " ЖМTГ ", " кWт "],
    "text-quotes": [" «а ", " а» ", ' "а ', " „а ", " «а «б» ", " ”а "],
    "text-blanks": ["  ", " \u00a0", " а , б ", " а . Б ", " а,б ", " а ;б ", " грн,2 "],
    "text-date": [" 31.02.2023 ", " 21.07 2023 ", " 12.13.2024 "],
    "text-unit": [
        " 5 тис.грн ",
        " 5 тис. грн. на ",
        " 5 млн. грн ",
        " 5 тис грн ",
        " 5шт. ",
        " 5р. ",
    ],
    "text-dash": [" - ", " -5 ", " (-5) "],
    "text-quotes-mixed": [' «а» "б" ', " „а“ «б» "],
    "text-apostrophes-mixed": [" п'ять п’ять ", " п`ять зв'язок "],
    "text-dates-mixed": [" 10.02.2023 10.02.23 ", " 1 травня 2024 10.02.2024 "],
    "text-spelling-mixed": [" проекту проєкт ", " ґендер гендерна ", " Проєкт проект "],
}


@pytest.mark.parametrize(
    ("code", "planted"), [(code, one) for code, ways in PLANTED.items() for one in ways]
)
@settings(max_examples=25)
@given(before=_CLEAN, after=_CLEAN)
def test_a_planted_slip_is_found_in_its_place(
    code: str, planted: str, before: str, after: str
) -> None:
    spoilt = f"{before} та{planted}та {after}"
    found = [one for one in slips(EVERY, spoilt) if one.code == code]
    assert found
    inside = range(len(before) + 2, len(before) + 4 + len(planted))
    # What is mixed may be told of at a clean place that the planted one does not agree with.
    assert code.endswith("-mixed") or all(one.start in inside for one in found)


@given(st.lists(_CLEAN, min_size=2, max_size=4))
def test_quotes_are_paired_within_one_text(texts: list[str]) -> None:
    first, *rest = texts
    assert "text-quotes" in codes(SEPARATOR.join([f"«{first}", *rest, "кінець»"]))


@pytest.mark.parametrize(
    "fine",
    [
        '«ЕМЗО «Міськвітло»» і екран 32" та «Абетка»',
        'Програма «Велика "Абетка"» і «Буквар»',
        "за I півріччя та II квартал",
        "сайт zhitomir.info, канал YouTube",
        "усього 5 тис. грн. Далі інше",
        "заходи 13.14.45 і 1.12.30 та 10.02.2023",
        "для нас, 3,5 і 4",
        "грати на сопілці за ґратами",
        "Facebook'ом",
    ],
)
def test_what_is_right_is_left_alone(fine: str) -> None:
    assert codes(fine) == []


def test_a_foreign_letter_is_named_with_the_word_that_was_meant() -> None:
    [one] = text.mixed_letters("Рада Житoмира")
    assert one.message == "у слові «Житoмира» латинська літера «o»"
    assert one.hint == "наберіть слово однією розкладкою: «Житомира»"
    [one] = text.mixed_letters("ЖMTГ")
    assert one.message == "у слові «ЖMTГ» латинські літери «M», «T»"


@given(st.lists(st.tuples(_CLEAN, st.booleans()), min_size=1, max_size=6), st.data())
def test_a_slip_is_told_at_its_word(
    given_texts: list[tuple[str, bool]], data: st.DataObject
) -> None:
    chosen = data.draw(st.integers(0, len(given_texts) - 1))
    written = [f"- text: {one}" for one, _ in given_texts]
    written[chosen] += " Житoмир"
    page = Page.of(
        Printed(line[len("- text: ") :], Span("a.yaml", number, 3))
        for number, line in enumerate(written, start=1)
    )
    [found] = [
        one
        for one in page.tell(text.mixed_letters(page.text), lambda _: written)
        if one.code == "text-letters"
    ]
    assert found.span == Span("a.yaml", chosen + 1, written[chosen].index("Житoмир") + 4)


def places(folder: Path, files: dict[str, str | bytes]) -> list[tuple[str, int, int]]:
    found, _ = check(lay(folder, files))
    return [
        (one.code, one.span.line, one.span.column) for one in found if one.code.startswith("text-")
    ]


def test_folded_texts_are_searched_line_by_line(tmp_path: Path) -> None:
    info = "info: >-\n      Придбано 214 книжок\n      для бiбліотек, 3 атласи ,\n      та ін."
    files = {PERIOD: base(PERIOD).replace("info: Придбано 214 книжок.", info)}
    assert places(tmp_path, files) == [("text-letters", 10, 12), ("text-blanks", 10, 30)]


def test_what_cannot_be_found_is_told_at_the_text(tmp_path: Path) -> None:
    info = r'info: "Придбано \u0061тласи та книжки,\u0061ле не всі"'
    files = {PERIOD: base(PERIOD).replace("info: Придбано 214 книжок.", info)}
    assert {one[1:] for one in places(tmp_path, files)} == {(8, 11)}


def test_the_second_of_two_equal_slips_has_its_own_place(tmp_path: Path) -> None:
    info = "info: Книжки,журнали; знову Книжки,журнали."
    files = {PERIOD: base(PERIOD).replace("info: Придбано 214 книжок.", info)}
    assert [column for _, _, column in places(tmp_path, files)] == [17, 39]


def test_every_printed_text_is_looked_at(tmp_path: Path) -> None:
    form = base(FORM).replace("width: 44, given", "width: 44, kind: narrative, given")
    files: dict[str, str | bytes] = {
        FORM: form,
        PROGRAMME: base(PROGRAMME)
        .replace("genitive: Програми", "genitive: Прогрaми")
        .replace("text: Поповнити", "text: Попoвнити")
        .replace("text: Придбати", "text: Придбaти")
        .replace("text: для дітей", "text: для дiтей"),
        PERIOD: base(PERIOD).replace("Придбано", "Придбaно"),
        "content/council.yaml": base("content/council.yaml").replace("Вербівська", "Вербiвська"),
        "content/registers/executors.yaml": base("content/registers/executors.yaml").replace(
            "публічна", "публiчна"
        ),
        "content/registers/officials.yaml": base("content/registers/officials.yaml").replace(
            "відділу", "вiдділу"
        ),
        "content/registers/funds.yaml": base("content/registers/funds.yaml").replace(
            "Загальний", "Зaгальний"
        ),
    }
    found, _ = check(lay(tmp_path, files))
    told = [(one.span.file.split("/")[-1], one.span.line) for one in found]
    assert told == [
        ("council.yaml", 2),
        ("2024-h1.yaml", 8),
        *(("programme.yaml", line) for line in (2, 9, 12, 16)),
        ("executors.yaml", 2),
        ("funds.yaml", 1),
        ("officials.yaml", 1),
    ]


def test_dashes_are_asked_for_in_narratives_alone(tmp_path: Path) -> None:
    text_with = base(PERIOD).replace("Придбано 214 книжок", "Придбано книжки - усі")
    assert places(tmp_path / "text", {PERIOD: text_with}) == []
    form = base(FORM).replace("width: 44, given", "width: 44, kind: narrative, given")
    assert places(tmp_path / "narrative", {PERIOD: text_with, FORM: form}) == [("text-dash", 8, 27)]


def test_items_of_a_list_are_no_minuses(tmp_path: Path) -> None:
    form = base(FORM).replace("width: 44, given", "width: 44, kind: narrative, given")
    info = "info: |-\n      - 214 книжок\n      - 3 атласи"
    text_with = base(PERIOD).replace("info: Придбано 214 книжок.", info)
    assert places(tmp_path, {PERIOD: text_with, FORM: form}) == []


def test_rules_are_quick_on_long_texts() -> None:
    """No pattern may need more than one pass: forty thousand characters of anything are little."""
    for char in (" ", ",", "a", "я", "1", ".", '"', "«", "-", "грн", "10.02.", "тис"):
        spoilt = char * 20_000 + "я"
        for rule in EVERY:
            assert len(list(rule(spoilt))) <= 60_001


@pytest.mark.parametrize(
    "spoilt",
    [
        "aа" * 500_000,
        "ґ " + "а" * 1_000_000,
        " ".join(f"ґа{chr(1072 + one % 30) * 3}{one}" for one in range(60_000)),
        " ".join(
            "ґ" + "".join(chr(1072 + one // 30**place % 30) for place in range(5))
            for one in range(60_000)
        ),
    ],
    ids=["of both alphabets", "one long word", "numbered words", "words of many roots"],
)
def test_what_grows_with_its_square_would_never_end(spoilt: str) -> None:
    started = time.monotonic()
    assert len(slips(EVERY, spoilt)) <= 1
    assert time.monotonic() - started < 30  # a second or two, and hours if it grew so


def test_a_word_is_found_under_the_stems_of_five_and_six_letters() -> None:
    told = slips(spelling.RULES, "ґанок, ганок, ґанокпер, ганокпер")
    assert [one.message.rpartition(": ")[2] for one in told] == [
        *("ганок — 2, ґанок — 2", "ганокпер — 1, ґанокпер — 1")
    ]


@pytest.mark.parametrize(
    ("spoilt", "code", "said"),
    [
        ("Виплачено.. Далі", "text-blanks", "залиште один знак «.»"),
        ("допомогу,, далі", "text-blanks", "залиште один знак «,»"),
        ("Виплачено сім'ям.Далі", "text-blanks", "поставте пробіл після «.»"),
        ("виплачено ( 83 особам", "text-blanks", "приберіть пробіл після «(»"),
        ("виплачено 83 особам ).", "text-blanks", "приберіть пробіл перед «)»"),
        ("для 12 тис.осіб", "text-unit", "поставте пробіл після «тис.»"),
        ("на 5 т.грн", "text-unit", "пишіть «тис. грн»"),
        ("на 5 т. грн", "text-unit", "пишіть «тис. грн»"),
        ("3абезпечення ліками", "text-letters", "наберіть літеру «З»"),
        ("виплачено 1О ООО осіб", "text-letters", "наберіть цифрами: «10»"),
        ("виплачено 1 ООО осіб", "text-letters", "наберіть цифрами: «1 000»"),
        ("рішення 2023-05-05", "text-date", "пишіть 05.05.2023"),
        ("наказ від 5.3.23", "text-date", "пишіть 05.03.2023"),
        ("виплачено сім*ям", "text-letters", "наберіть апостроф: «сім’ям»"),
        ('об"єднання громад', "text-letters", "наберіть апостроф: «об’єднання»"),
    ],
)
def test_a_slip_of_the_keyboard(spoilt: str, code: str, said: str) -> None:
    told = slips(EVERY, spoilt)
    assert (code, said) in [(one.code, one.hint) for one in told]
    assert {one.code for one in told} == {code}


@pytest.mark.parametrize(
    "clean",
    [
        "на вул.Київській, у Дія.Центрі, обл.Житомирській…",
        "захід 5.3.23 і 3-річний, 3річна програма, 3D-друк, 3поверховий будинок",
        "торги UA-2023-05-05-000123-a, «Надія», (83 особи) і далі... так",
        "**важливо** і *уточнено*, 5Гц, будинок 12-О",
        "5 т. зерна, тис. осіб; https://a.ua/2023-05-05/слово.Далі",
        'сайт «ТОВ "Єдність"»',
    ],
)
def test_what_only_looks_like_a_slip(clean: str) -> None:
    assert slips(EVERY, clean) == []


def test_quotes_with_two_ends_are_told_as_such() -> None:
    [one] = slips(text.RULES, "Спілка «А” далі")
    assert one.message == "лапки відкрито знаком «, а закрито знаком ”: «А”"


def test_the_right_quotes_are_right_however_rare() -> None:
    [one] = slips(spelling.RULES, '"а" "б" «в»')
    assert (one.start, one.hint) == (0, "пишіть скрізь «…»")


def test_dates_are_shown_as_they_stand() -> None:
    [one] = slips(spelling.RULES, "від 05.03.2021, 06.03.2021 та 7 травня 2022 року")
    assert one.message.endswith(": 05.03.2021 — 2, 7 травня 2022 — 1")
