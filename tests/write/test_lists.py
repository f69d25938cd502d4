"""Which paragraphs make one list, and how what is parted in a word comes back to its runs."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from marked import running, section

from reportgen.model.markup import Run, parse_markup
from reportgen.write.addresses import written
from reportgen.write.breaking import OPPORTUNITY, by_runs, with_opportunities
from reportgen.write.fonts import find_typeface
from reportgen.write.lists import grouped, text_lists


def shapes(markup: str) -> list[tuple[str, int, int]]:
    return [(one.kind, one.start, len(one.items)) for one in grouped(parse_markup(markup))]


@pytest.mark.parametrize(
    ("markup", "expected"),
    [
        ("Текст.", [("paragraph", 1, 1)]),
        ("Один.\n\nДва.", [("paragraph", 1, 1), ("paragraph", 1, 1)]),
        ("- а\n- б", [("bullets", 1, 2)]),
        ("1. а\n2. б\n3. в", [("numbers", 1, 3)]),
        ("7. а\n8. б", [("numbers", 7, 2)]),
        ("1. а\n3. б", [("numbers", 1, 1), ("numbers", 3, 1)]),  # as typed, never counted anew
        ("1. а\n2. б\n1. в", [("numbers", 1, 2), ("numbers", 1, 1)]),
        ("1. а\n- б\n2. в", [("numbers", 1, 1), ("bullets", 1, 1), ("numbers", 2, 1)]),
        ("- а\n\nТекст.\n\n- б", [("bullets", 1, 1), ("paragraph", 1, 1), ("bullets", 1, 1)]),
    ],
)
def test_items_that_follow_each_other_make_a_list(
    markup: str, expected: list[tuple[str, int, int]]
) -> None:
    assert shapes(markup) == expected


@given(st.lists(st.sampled_from(["- а", "1. б", "2. в", "3. г", "\nтекст\n"]), max_size=12))
def test_no_paragraph_is_lost_and_each_keeps_its_number(lines: list[str]) -> None:
    paragraphs = parse_markup("\n".join(lines))
    groups = grouped(paragraphs)
    assert tuple(item for group in groups for item in group.items) == paragraphs
    for group in groups:
        if group.kind == "numbers":
            marks = [item.mark for item in group.items]
            assert marks == [f"{group.start + index}." for index in range(len(marks))]


def test_a_list_of_running_text_is_known_by_its_first_block() -> None:
    blocks = [section("Висновок"), *running("Текст.\n- а\n- б\n1. в"), section("Далі")]
    found = text_lists(blocks)
    assert {index: (one.kind, len(one.items)) for index, one in found.items()} == {
        2: ("bullets", 2),
        4: ("numbers", 1),
    }


def test_lists_of_two_sections_are_two() -> None:
    blocks = [*running("- а"), section("Далі"), *running("- б")]
    assert sorted(text_lists(blocks)) == [0, 2]


def test_a_word_of_two_runs_is_parted_as_one() -> None:
    typeface = find_typeface()
    assert typeface is not None
    runs = ["UA2132231300000", "26007233566001"]
    mended = with_opportunities("".join(runs), 60.0, 9.0, typeface.regular)
    parts = list(by_runs(mended, runs))
    assert [part.replace(OPPORTUNITY, "") for part in parts] == runs
    assert OPPORTUNITY in parts[0]
    assert OPPORTUNITY in parts[1]


added = st.sampled_from(["", OPPORTUNITY, "\u00ad"])


@given(st.lists(st.text("аб \u00ad", min_size=1), min_size=1, max_size=5), st.data())
def test_runs_get_back_all_of_a_mended_text(runs: list[str], drawn: st.DataObject) -> None:
    mended = "".join(char + drawn.draw(added) for char in "".join(runs)).rstrip(OPPORTUNITY)
    parts = list(by_runs(mended, runs))
    assert mended.startswith("".join(parts))
    assert [part.replace(OPPORTUNITY, "").replace("\u00ad", "") for part in parts] == [
        run.replace("\u00ad", "") for run in runs
    ]


@pytest.mark.parametrize("link", ["javascript:alert(1)", "file:///etc/passwd", "https://а б", "#x"])
def test_a_run_leads_to_the_web_or_to_a_mailbox_alone(link: str) -> None:
    with pytest.raises(ValueError, match="no address"):
        Run("текст", link=link)


def test_an_address_is_written_in_ascii() -> None:
    address = "https://zt-rada.gov.ua/?3398[0]=35&розділ=1#а%20б"
    codes = "%D1%80%D0%BE%D0%B7%D0%B4%D1%96%D0%BB"
    assert written(address) == f"https://zt-rada.gov.ua/?3398[0]=35&{codes}=1#%D0%B0%20%D0%B1"
