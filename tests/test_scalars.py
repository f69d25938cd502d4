"""Single values: what may be typed, what becomes of it, and that all else is refused in words."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable
from decimal import Decimal

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from reportgen.diagnostics import CATALOGUE, Span
from reportgen.load import scalars
from reportgen.load.fields import UnreadableError
from reportgen.model.period import Period
from reportgen.source import Mapping, Node, Scalar, Sequence, parse

PLACE = Span("a.yaml")

#: Every blank that Unicode knows within a line, and that a figure copied from somewhere may have.
BLANKS = " \u00a0\u1680\u202f\u205f\u3000" + "".join(map(chr, range(0x2000, 0x200B)))

amounts = st.decimals(min_value=Decimal(-(10**12)), max_value=Decimal(10**12), places=1) | (
    st.decimals(min_value=0, max_value=10**6, places=3)
)


def typed(text: str) -> Scalar:
    return Scalar(text, PLACE)


def refusal(convert: Callable[[Node], object], text: str) -> UnreadableError:
    with pytest.raises(UnreadableError) as caught:
        convert(typed(text))
    assert caught.value.code in CATALOGUE
    return caught.value


def outcome(convert: Callable[[Node], object], text: str) -> object:
    try:
        return convert(typed(text))
    except UnreadableError as error:
        return error


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("861", "861"),
        ("861.0", "861.0"),
        ("861,0", "861.0"),
        ("1 431,0", "1431.0"),
        ("1\u00a0431,0", "1431.0"),
        ("1 030 310,5", "1030310.5"),
        ("  17468.4  ", "17468.4"),
        ("0", "0"),
        ("0.0", "0.0"),
        ("-5,5", "-5.5"),  # read, and refused later with a better word
        ("0.1", "0.1"),  # one tenth, not the nearest double
    ],
)
def test_amounts_are_exact(text: str, value: str) -> None:
    got = scalars.amount(typed(text))
    assert got == Decimal(value)
    assert str(got) == value


@settings(deadline=None)
@given(amounts, st.sampled_from(["", *BLANKS]), st.sampled_from(".,"))
def test_an_amount_is_the_same_with_any_blanks_and_any_sign_of_fraction(
    value: Decimal, blank: str, point: str
) -> None:
    text = f"{value:,f}".replace(",", blank).replace(".", point)
    assert scalars.amount(typed(text)) == value


@pytest.mark.parametrize(
    "text",
    [
        "861 тис. грн",
        "1.431,0",  # a point between thousands
        "1,431.0",
        "1 43,0",  # a group of two
        "10 00",
        "1431 000",
        "1  431",
        "1'431",
        "=8*100",
        "1e3",
        "0x10",
        "1_000",
        ".5",
        "5.",
        "--5",
        "+5",
        "NaN",
        "Infinity",
        "∞",
        "١٢",  # digits, but not ours
        "сто",
        "5%",
        "#ДЕЛ/0!",
        "9" * 16,
    ],
)
def test_what_is_no_amount_is_refused(text: str) -> None:
    assert refusal(scalars.amount, text).code == "amount-invalid"


@settings(deadline=None)
@given(st.text(max_size=30) | st.text("0123456789.,- \u00a0eE_+", max_size=20))
def test_any_text_is_an_amount_or_refused(text: str) -> None:
    assume(text.strip())
    got = outcome(scalars.amount, text)
    if isinstance(got, UnreadableError):
        # A soft hyphen alone is nothing that anyone could see.
        empty = not any(char.isprintable() and not char.isspace() for char in text)
        assert empty or got.code == "amount-invalid"
    else:
        assert isinstance(got, Decimal)
        assert got.is_finite()
        assert re.fullmatch(r"-?[0-9., \s]+", text.strip())


@pytest.mark.parametrize("text", ["", "  ", "-", "\u2010", "–", "—", "−"])
def test_whoever_has_no_money_is_told_to_type_nought(text: str) -> None:
    error = refusal(scalars.amount, text)
    assert error.code == ("amount-invalid" if text.strip() else "value-empty")
    assert error.hint == "якщо коштів не було, пишіть 0.0"


@pytest.mark.parametrize("text", ["{n}.", "Напрям {position}", "{n}/{position}", "№", "1."])
def test_a_number_of_a_level_is_words_around_its_number(text: str) -> None:
    assert scalars.numbering(typed(text)) == text


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("{nn}.", "{nn}"),
        ("{n}. {name}", "{name}"),
        ("{N}", "{N}"),
        ("{ n }", "{ n }"),
        ("{n.", "{n."),
        ("n}.", "}"),
        ("{{n}}", "{}"),
        ("{}", "{}"),
    ],
)
def test_other_braces_in_a_number_of_a_level_are_refused(text: str, wrong: str) -> None:
    error = refusal(scalars.numbering, text)
    assert (error.code, str(error)) == ("value-choice", f"«{wrong}» тут не буває")
    assert "{n}" in error.hint
    assert "{position}" in error.hint


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("МЕЛЬНИК", "тут пишуть позначку: можливо, «melnyk»?"),
        ("Олена Мельник", "тут пишуть позначку: можливо, «melnyk»?"),
        ("О. Мельник", "тут пишуть позначку: можливо, «melnyk»?"),
        ("Мельнік", "тут пишуть позначку: можливо, «melnyk»?"),
        ("melnik", "можливо, «melnyk»?"),
        ("Іванна", "додайте його до реєстру"),  # there are two
        ("Шевчук", "додайте його до реєстру"),
    ],
)
def test_a_name_instead_of_an_id_is_told_the_id(text: str, hint: str) -> None:
    register = {
        "melnyk": ["Мельник", "Олена Мельник"],
        "koval": ["Коваль", "Іванна Коваль"],
        "bondar": ["Бондар", "Іванна Бондар"],
    }
    error = refusal(scalars.reference(register, "реєстру", lambda names: names), text)
    assert (error.code, error.hint) == ("reference-unknown", hint)


def test_text_is_kept_but_for_blanks_around_it() -> None:
    assert scalars.text(typed(" «Захисник  України» \n")) == "«Захисник  України»"
    assert refusal(scalars.text, " \n ").code == "value-empty"
    with pytest.raises(UnreadableError) as caught:
        scalars.text(Sequence((), PLACE))
    assert caught.value.code == "value-type"


def test_blank_lines_part_paragraphs() -> None:
    literal = Scalar("Перший\nабзац.\n\n \nДругий.", PLACE, literal=True)
    assert scalars.paragraphs(literal).paragraphs == ("Перший абзац.", "Другий.")


@pytest.mark.parametrize(
    "written",
    [
        "a: |-\n  Перший\n  абзац.\n\n  Другий.\n",
        "a: >-\n  Перший\n  абзац.\n\n  Другий.\n",
        "a: Перший\n  абзац.\n\n  Другий.\n",
        'a: "Перший\n  абзац.\n\n  Другий."\n',
    ],
)
def test_a_blank_line_parts_paragraphs_however_a_text_is_written(written: str) -> None:
    node, _ = parse(written, "a.yaml")
    assert isinstance(node, Mapping)
    for convert in (scalars.paragraphs, scalars.narrative):
        assert convert(node.entries["a"]).paragraphs == ("Перший абзац.", "Другий.")


@pytest.mark.parametrize("text", ["dsp", "uszn-bohun", "2023", "a", "9m", "a" * 80])
def test_ids(text: str) -> None:
    assert scalars.slug(typed(text)) == text


@pytest.mark.parametrize(
    "text",
    ["DSP", "дсп", "a_b", "a--b", "-a", "a-", "a b", "a.b", "../a", "a/b", "a\\b", "a:b", "a" * 81],
)
def test_what_could_lead_astray_is_no_id(text: str) -> None:
    assert refusal(scalars.slug, text).code == "name-invalid"


@settings(deadline=None)
@given(st.text(max_size=20))
def test_an_id_is_a_safe_file_name(text: str) -> None:
    if scalars.is_slug(text):
        assert re.fullmatch(r"[a-z0-9][a-z0-9-]*", text, re.ASCII)
        assert not text.endswith("-")


def test_identifiers_are_names_in_formulas() -> None:
    assert scalars.identifier(typed("annual_plan")) == "annual_plan"
    for text in ("1plan", "Plan", "план", "annual-plan", "a b", "_plan"):
        assert refusal(scalars.identifier, text).code == "name-invalid"


def test_lengths_are_plain_numbers() -> None:
    assert scalars.number(typed("10.5")) == 10.5
    assert scalars.number(typed("297")) == 297.0
    for text in ("10,5", "-1", "10 мм", "1e9", "nan", "10.5555", "12345"):
        assert refusal(scalars.number, text).code == "number-invalid"


def test_whole_numbers_have_bounds() -> None:
    size = scalars.whole(6, 20)
    assert [size(typed(text)) for text in ("6", "12", "20")] == [6, 12, 20]
    for text in ("5", "21", "9.5", "-6", "١٢", "9" * 5000):
        error = refusal(size, text)
        assert (error.code, "від 6 до 20" in str(error)) == ("number-invalid", True)


@settings(deadline=None)
@given(st.dates())
def test_dates_are_written_year_month_day(date: datetime.date) -> None:
    assert scalars.date(typed(date.isoformat())) == date


@pytest.mark.parametrize(
    "text",
    ["24.12.2020", "2020-12-32", "2021-02-29", "2020-1-1", "20201224", "2020-W52-4", "٢٠٢٠-١٢-٢٤"],
)
def test_what_is_no_date_is_refused(text: str) -> None:
    assert refusal(scalars.date, text).code == "date-invalid"


def test_periods() -> None:
    assert scalars.period(typed("2023-h1")) == Period.parse("2023-h1")
    assert refusal(scalars.period, "перше півріччя").code == "period-invalid"


def test_yes_and_no_are_true_and_false() -> None:
    assert scalars.boolean(typed("true"))
    assert not scalars.boolean(typed("false"))
    for text in ("yes", "так", "True", "1"):
        assert refusal(scalars.boolean, text).code == "value-choice"


def test_a_choice_suggests_the_nearest_word_or_lists_all() -> None:
    status = scalars.choice({"done": 1, "ongoing": 2})
    assert status(typed("done")) == 1
    assert refusal(status, "ongong").hint == "можливо, «ongoing»?"
    assert refusal(status, "виконано").hint == "тут можуть бути: done, ongoing"


def test_a_reference_is_looked_up_in_its_register() -> None:
    convert = scalars.reference({"dsp": 1, "mcss": 2}, "executors.yaml")
    assert convert(typed("mcss")) == 2
    assert refusal(convert, "mcs").hint == "можливо, «mcss»?"
    error = refusal(convert, "kultura")
    assert str(error) == "«kultura» немає в executors.yaml"
    assert error.hint == "додайте його до executors.yaml"


def test_the_place_in_a_formula_is_told() -> None:
    error = refusal(scalars.formula, "actual / round(plan)")
    assert error.code == "formula-invalid"
    assert str(error).endswith("(знак 10 формули)")


converters = st.sampled_from(
    [
        scalars.text,
        scalars.paragraphs,
        scalars.slug,
        scalars.identifier,
        scalars.amount,
        scalars.number,
        scalars.whole(0, 6),
        scalars.date,
        scalars.period,
        scalars.boolean,
        scalars.choice({"a": 1}),
        scalars.reference({"a": 1}, "a.yaml"),
        scalars.formula,
    ]
)


@settings(max_examples=300, deadline=None)
@given(converters, st.text(max_size=30) | st.text("0123456789.,-+*/() aаq\u00a0", max_size=20))
def test_any_text_is_a_value_or_a_finding_that_is_short(
    convert: Callable[[Node], object], text: str
) -> None:
    for written in (text, text * 2000):
        got = outcome(convert, written)
        if isinstance(got, UnreadableError):
            assert got.code in CATALOGUE
            assert len(str(got)) < 200
