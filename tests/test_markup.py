"""The small markup of narratives: what means something, and that nothing else does."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from outlines import PLACE

from reportgen.load.scalars import narrative
from reportgen.model.markup import BULLET, Marked, Run, parse_markup
from reportgen.source import Scalar


def plain(*paragraphs: str) -> tuple[Marked, ...]:
    return tuple(Marked((Run(one),)) for one in paragraphs)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Видано 214 книжок.", plain("Видано 214 книжок.")),
        ("Перший\nрядок.\n\nДругий.", plain("Перший рядок.", "Другий.")),
        ("Один.\n \n\n  Два.", plain("Один.", "Два.")),
        ("**Так**", (Marked((Run("Так", bold=True),)),)),
        ("*Так*", (Marked((Run("Так", italic=True),)),)),
        (
            "Це **дуже** добре, *справді*.",
            (
                Marked(
                    (
                        Run("Це "),
                        Run("дуже", bold=True),
                        Run(" добре, "),
                        Run("справді", italic=True),
                        Run("."),
                    )
                ),
            ),
        ),
        (
            "Див. [рішення](https://zt-rada.gov.ua/?3398[0]=35).",
            (
                Marked(
                    (
                        Run("Див. "),
                        Run("рішення", link="https://zt-rada.gov.ua/?3398[0]=35"),
                        Run("."),
                    )
                ),
            ),
        ),
        ("[лист](mailto:rada@zt.ua)", (Marked((Run("лист", link="mailto:rada@zt.ua"),)),)),
    ],
)
def test_styles_and_paragraphs(text: str, expected: tuple[Marked, ...]) -> None:
    assert parse_markup(text) == expected


def test_items_of_lists_stand_each_by_itself() -> None:
    found = parse_markup("Зроблено:\n- перше,\n  що довге;\n- **друге**.\n1. Третє\n12. Останнє")
    assert [(one.mark, one.text) for one in found] == [
        ("", "Зроблено:"),
        (BULLET, "• перше, що довге;"),
        (BULLET, "• друге."),
        ("1.", "1. Третє"),
        ("12.", "12. Останнє"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "2 * 2 * 3 = 12",
        "* уточнено",
        "зірка* і ще",
        "** не закрито",
        "**",
        "****",
        "а [б] в",
        "[б](в)",
        "[б](javascript:alert(1))",
        "[б](file:///etc/passwd)",
        "[](https://zt.ua)",
        "-без пробілу",
        "1.без пробілу",
        "2023. рік",
        "0. нуль",
        "1.5 ставки",
        "— тире",
        "5 - 3",
        "# рядок",
        "_так_",
        "<b>так</b>",
        "`так`",
    ],
)
def test_nothing_else_means_anything(text: str) -> None:
    assert parse_markup(text) == plain(text)


def test_stars_cannot_be_escaped() -> None:
    assert parse_markup("а\\*б\\*") == (Marked((Run("а\\"), Run("б\\", italic=True))),)


def test_a_text_is_marked_only_where_the_letters_do_not_say_all() -> None:
    assert narrative(Scalar("Один.\n\nДва.", PLACE)).marked == ()
    marked = narrative(Scalar("Один.\n\n- *Два*.", PLACE))
    assert marked.paragraphs == ("Один.", "• Два.")
    assert [one.is_plain for one in marked.marked] == [True, False]


#: Letters, figures and signs that mean nothing; a hyphen or a number only inside a line.
words = st.text(st.sampled_from("абвїґ'’Z,;:!?()«»—%№"), min_size=1, max_size=8)
lines = st.lists(words, min_size=1, max_size=6).map(" ".join)
anything = st.text(st.sampled_from('аб1230.*-[]()\n htps:/x"<'), max_size=60)


@given(st.lists(lines, min_size=1, max_size=5))
def test_text_without_signs_of_markup_comes_back(paragraphs: list[str]) -> None:
    assert parse_markup("\n\n".join(paragraphs)) == plain(*paragraphs)
    assert parse_markup("\n".join(paragraphs)) == plain(" ".join(paragraphs))


def letters(text: str) -> str:
    return "".join(one for one in text if one.isalnum())


@given(anything | st.text(max_size=60))
def test_no_letter_is_lost_and_none_is_added(text: str) -> None:
    found = parse_markup(text)
    shown = (one.mark + "".join(run.text + run.link for run in one.runs) for one in found)
    assert letters("".join(shown)) == letters(text)


@given(anything)
def test_runs_are_never_empty_and_links_lead_outside(text: str) -> None:
    for paragraph in parse_markup(text):
        assert paragraph.runs
        for run in paragraph.runs:
            assert run.text
            assert run.link == "" or run.link.startswith(("https://", "http://", "mailto:"))


@given(anything)
def test_what_is_printed_has_no_line_break(text: str) -> None:
    for paragraph in parse_markup(text):
        assert "\n" not in paragraph.text
        assert paragraph.text == paragraph.text.strip()
