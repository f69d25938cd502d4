"""The next period's file: what it keeps, what it asks, and that nothing of the last one is lost."""

from __future__ import annotations

import functools
import re
from dataclasses import replace
from pathlib import Path

import pytest
from filled_again import LACKING, filled, loaded, made
from hypothesis import Phase, assume, given, settings
from hypothesis import strategies as st
from overlays import ROOT, projects
from ruamel.yaml.comments import CommentedMap
from small_project import BASE, PERIOD, PROGRAMME, base, lay

from reportgen.authoring.next_period import Last, Next, first_period, next_period
from reportgen.build.project import open_project
from reportgen.check.report import check_fit
from reportgen.compute.report import compute_report
from reportgen.editing import YamlText, folded, in_braces
from reportgen.load import ReportSource, load_content, load_outline
from reportgen.model.form import Form
from reportgen.model.period import Part, Period
from reportgen.model.programme import Programme
from reportgen.model.report import Report
from reportgen.source import parse

SOURCES = [
    pytest.param(root, source, id=f"{source.slug}-{source.period.id}")
    for root in projects()
    for source in load_content(root, []).sources
]
LAST = Period(2024, Part.HALF)


@functools.cache
def small(root: Path = BASE) -> tuple[Form, Programme]:
    """Return the village's form and programme."""
    project, content = open_project(root), load_content(root, [])
    assert content.council
    [source] = content.sources
    outline = load_outline(source, None, root, content.council, project.templates, [])
    assert outline
    return outline


def after(text: str, now: str = "2024-9m", root: Path = BASE) -> Next:
    """Return the village's next file after one with this text."""
    form, programme = small(root)
    return next_period(programme, form, Period.parse(now), Last("2024-h1.yaml", text, LAST, form))


# Laws, over everything that is shipped


@pytest.mark.parametrize(("root", "source"), SOURCES)
@pytest.mark.parametrize("later", [0, 1])
def test_only_what_is_asked_is_lacking(root: Path, source: ReportSource, later: int) -> None:
    project, council = open_project(root), load_content(root, []).council
    assert council
    now = Period(source.period.year + later, Part.NINE_MONTHS)
    new, form, programme = made(source, now, project, council)
    period, found = loaded(new.text, now, form, council)
    assert {one.code for one in found} == {"value-empty"}
    found = check_fit(Report(council, form, programme, period))
    assert {one.code for one in found} <= LACKING
    assert not new.remarks


@pytest.mark.parametrize(("root", "source"), SOURCES)
@pytest.mark.parametrize("later", [0, 1])
def test_filled_in_from_its_remarks_it_is_the_last_one(
    root: Path, source: ReportSource, later: int
) -> None:
    project, council = open_project(root), load_content(root, []).council
    assert council
    now = Period(source.period.year + later, Part.NINE_MONTHS)
    new, form, programme = made(source, now, project, council)
    text = filled(new.text, source.period)
    text = re.sub(rf" *plan_{now.year}:\n", "", text) if later else text  # nothing was known of it
    again, found = loaded(text, now, form, council)
    assert not found
    old = source.period_file.read_text(encoding="utf-8")
    was, _ = loaded(old, source.period, form, council)
    assert replace(again, period=source.period) == was
    figures = [compute_report(Report(council, form, programme, one)) for one in (again, was)]
    assert figures[0] == figures[1]


@pytest.mark.parametrize(("root", "source"), SOURCES)
def test_remarks_do_not_pile_up(root: Path, source: ReportSource) -> None:
    """Made again from a file that was not filled in, it asks the same and still shows the last."""
    project, council = open_project(root), load_content(root, []).council
    assert council
    now = Period(source.period.year, Part.NINE_MONTHS)
    new, form, programme = made(source, now, project, council)
    year = Period(source.period.year, Part.YEAR)
    last = Last("між.yaml", new.text, now, form)
    again = next_period(programme, form, year, last)
    period = f"\nperiod: {year.id}\n"
    body = new.text.split(f"\nperiod: {now.id}\n")[1]
    assert again.text.split(period)[1] == body
    assert "між.yaml" in again.text
    assert again.text.count("Почато з") == 1


# Laws, over whatever a clerk may write

_words = st.text(
    st.sampled_from("абв XY12 #:-'\"«»{}[],&*!|>%@`\n"), min_size=1, max_size=40
).filter(lambda text: text.strip(" \n") == text and text.strip("\n- "))
_amounts = st.sampled_from(["0", "12.5", "1 431,0", "1\u00a0431", "7,0"])
_split = st.builds(
    lambda one, two: in_braces({"general": one, "special": two}),
    *[st.sampled_from(["1.0", "0.0"])] * 2,
)


@st.composite
def _rows(draw: st.DrawFn) -> CommentedMap:
    row = CommentedMap()
    keys = draw(st.permutations(["annual_plan", "actual", "info", "status", "fund", "percent"]))
    for key in keys:
        if key in {"annual_plan", "actual"}:
            row[key] = draw(_amounts | _split)
        elif key == "info" and draw(st.booleans()):
            row[key] = folded(draw(_words), 4)
        elif key == "status" and draw(st.booleans()):
            row[key] = draw(st.sampled_from(["done", "ongoing"]))
        elif key == "percent" and draw(st.booleans()):
            row[key] = in_braces({"declared": "100.0", "reason": draw(_words)})
        elif key == "fund" and draw(st.booleans()):
            row[key] = "special"
    return row


@settings(max_examples=40, phases=[Phase.explicit, Phase.generate])
@given(one=_rows(), two=_rows(), note=_words, with_defaults=st.booleans())
def test_whatever_was_written_comes_back(
    *,
    one: CommentedMap,
    two: CommentedMap,
    note: str,
    with_defaults: bool,
) -> None:
    tree = YamlText(CommentedMap({"period": "2024-h1", "signatory": "melnyk"}))
    if with_defaults:
        tree.root["defaults"] = CommentedMap({"fund": "general"})
    part = CommentedMap({key: one[key] for key in ("annual_plan", "actual")})
    one["parts"] = CommentedMap({"dytiachi": part})
    rows = CommentedMap({"1.1": one, "1.2": two})
    tree.root["measures"] = rows
    text = "\n".join(f"# {line}" for line in note.split("\n")) + f"\n{tree}"
    assume(parse(text, "")[0] is not None)
    form, _ = small()
    council = load_content(BASE, []).council
    assert council
    was, faults = loaded(text, LAST, form, council)
    now = Period(2024, Part.NINE_MONTHS)
    again, found = loaded(filled(after(text).text, LAST), now, form, council)
    assert [one.code for one in found] == [one.code for one in faults]
    assert replace(again, period=LAST) == was


# What it looks like


def test_plans_stay_and_the_rest_is_asked() -> None:
    assert after(base(PERIOD)).text == (
        "# Почато з 2024-h1.yaml (I півріччя 2024 року). Порожні місця заповніть: суми — від 1 "
        "січня, разом із тими, що\n# вже були; зайве необов'язкове витріть разом із ключем.\n"
        "period: 2024-9m\n"
        "signatory: melnyk\n"
        "defaults:\n"
        "  fund: general\n"
        "measures:\n"
        "  1.1:\n"
        "    annual_plan: 120.0\n"
        "    actual:  # було 48.5 за I півріччя 2024 року\n"
        "    # було за I півріччя 2024 року:\n"
        "    # info: Придбано 214 книжок.\n"
        "    info:\n"
        "    parts:\n"
        "      dytiachi:\n"
        "        annual_plan: 40.0\n"
        "        actual:  # було 12.5 за I півріччя 2024 року\n"
        "  1.2:\n"
        "    annual_plan: 36.0\n"
        "    actual:  # було 18.0 за I півріччя 2024 року\n"
        "    # було за I півріччя 2024 року:\n"
        "    # info: Передплачено дев'ять видань.\n"
        "    info:\n"
    )


def test_another_year_has_another_budget() -> None:
    text = after(base(PERIOD), "2025-q1").text
    assert "    annual_plan:  # було 120.0 за I півріччя 2024 року\n" in text
    assert "annual_plan: 1" not in text


def test_money_keeps_its_funds() -> None:
    text = base(PERIOD).replace("actual: 48.5", "actual: {general: 40.0, special: 8.5}")
    text = text.replace("actual: 18.0", "actual:\n      general: 18.0\n      special: 0.0")
    new = after(text).text
    assert "    actual: {general: , special: }  # було {general: 40.0, special: 8.5} за I " in new
    assert (
        "    actual:\n"
        "      general:  # було 18.0 за I півріччя 2024 року\n"
        "      special:  # було 0.0 за I півріччя 2024 року\n"
    ) in new


def test_what_is_not_asked_again_is_shown() -> None:
    text = base(PERIOD).replace(
        "    info: Передплачено",
        "    percent: {declared: 90.0, reason: за актом}\n    status: done\n    info: Передплачено",
    )
    assert (
        "    # було за I півріччя 2024 року:\n"
        "    # percent: {declared: 90.0, reason: за актом}\n"
        "    # status: done\n"
        "    # info: Передплачено дев'ять видань.\n"
        "    info:\n"
    ) in after(text).text


def test_a_row_that_has_nothing_else_is_asked_how_far_it_is() -> None:
    text = base(PERIOD)[: base(PERIOD).index("  1.2:")] + "  1.2: {status: done}\n"
    new = after(text).text
    at = new.index("  1.2:")
    assert new[at:] == (
        "  1.2:\n"
        "    # було за I півріччя 2024 року:\n"
        "    # status: done\n"
        "    annual_plan:\n"
        "    actual:\n"
    )


def test_rows_follow_the_programme(tmp_path: Path) -> None:
    passport = base(PROGRAMME).replace("number: 1.2\n", "number: 1.3\n")
    passport = passport.replace("- id: dytiachi", "- id: dorosli")
    root = lay(tmp_path, {PROGRAMME: passport})
    new = after(base(PERIOD), root=root)
    assert new.remarks == (
        "Нові рядки, бо їх додано до programme.yaml: dorosli, 1.3.",
        "Не перенесено, бо в programme.yaml їх немає: dytiachi, 1.2.",
    )
    assert all(f"# {one}\n" in new.text for one in new.remarks)
    assert new.text.endswith(
        "      # новий рядок: у файлі 2024-h1.yaml його немає\n"
        "      dorosli:\n"
        "        annual_plan:\n"
        "        actual:\n"
        "  # новий рядок: у файлі 2024-h1.yaml його немає\n"
        "  1.3:\n"
        "    annual_plan:\n"
        "    actual:\n"
        "    info:\n"
    )


def test_of_a_new_group_one_remark_is_enough() -> None:
    rows = "{1.1: {info: Триває.}, 9.9: {info: Триває.}}"
    text = f"period: 2024-h1\nsectors:\n  osvita: {{measures: {rows}}}\n"
    [source] = [one for one in load_content(ROOT, []).sources if one.slug == "socioeconomic"]
    project, council = open_project(ROOT), load_content(ROOT, []).council
    assert council
    outline = load_outline(source, None, ROOT, council, project.templates, [])
    assert outline
    form, programme = outline
    last = Last("2024-h1.yaml", text, LAST, form)
    new = next_period(programme, form, Period.parse("2024"), last)
    told = new.remarks[0].removesuffix(".").split(": ")[1].split(", ")
    assert "pidpryiemnytstvo" in told
    assert "pidpryiemnytstvo/1.1" not in told
    assert "osvita/1.2" in told
    assert new.remarks[1] == "Не перенесено, бо в programme.yaml їх немає: osvita/9.9."
    assert new.text.count("# новий рядок") == len(told)
    period, _ = loaded(new.text, Period.parse("2024"), form, council)
    assert {one.code for one in check_fit(Report(council, form, programme, period))} <= LACKING


def test_remarks_stay_with_what_stays() -> None:
    text = "# про весь файл\n# reportgen: allow number-gap — так затверджено\n" + base(
        PERIOD
    ).replace("  1.2:", "\n  # про рядок\n  1.2:  # поряд").replace(
        "annual_plan: 36.0", "# про план\n    annual_plan: 36.0  # з рішення"
    ).replace("actual: 18.0", "# про сплачене\n    actual: 18.0  # за актом").replace(
        "    info: Передпл", "    # reportgen: allow text-dash — назва\n    info: Передпл"
    )
    new = after(text).text
    assert new.startswith("# про весь файл\n# Почато з")
    assert (
        "\n\n  # про рядок\n  1.2:  # поряд\n    # про план\n    annual_plan: 36.0  # з рі" in new
    )
    assert "сплачене" not in new
    assert "актом" not in new
    assert "allow" not in new


def test_remarks_are_no_lines_of_texts() -> None:
    text = base(PERIOD).replace(
        "    info: Придбано 214 книжок.\n",
        "    info: |-\n      Придбано\n      # 214 книжок\n",
    )
    new = after(text).text
    assert new.count("214") == 1
    assert "    #   # 214 книжок\n    info:\n    parts:\n" in new


def test_the_files_of_a_chain_show_the_last_figures_only() -> None:
    text = after(base(PERIOD)).text
    text = text.replace("actual:  # було 48.5", "actual: 99.0  # було 48.5")
    form, programme = small()
    last = Last("2024-9m.yaml", text, Period.parse("2024-9m"), form)
    new = next_period(programme, form, Period.parse("2024"), last).text
    assert "    actual:  # було 99.0 за 9 місяців 2024 року\n" in new
    assert "    actual:  # було 18.0 за I півріччя 2024 року\n" in new  # nobody filled it in
    assert "48.5" not in new


def test_a_column_of_a_new_edition_is_asked_and_an_old_one_is_dropped() -> None:
    form, programme = small()
    [table] = form.outlines
    renamed = [replace(one, id="note") if one.id == "info" else one for one in table.fields]
    edition = replace(form, sections=(replace(table, fields=tuple(renamed)),))
    last = Last("2024-h1.yaml", base(PERIOD), LAST, form)
    new = next_period(programme, edition, Period.parse("2024-9m"), last)
    assert new.remarks == ("Не перенесено ключів, яких форма не має: info.",)
    assert new.text.count("\n    note:\n") == 2
    assert "214" not in new.text


def test_a_form_without_signature_drops_the_signatory() -> None:
    form, programme = small()
    last = Last("2024-h1.yaml", base(PERIOD), LAST, form)
    unsigned = replace(form, signature=False)
    new = next_period(programme, unsigned, Period.parse("2024-9m"), last)
    assert "signatory" not in new.text.split("period:")[1]
    assert new.remarks == ("Не перенесено ключів, яких форма не має: signatory.",)


def test_the_first_file_comes_from_the_programme() -> None:
    form, programme = small()
    new = first_period(programme, form, Period.parse("2024-q1"))
    assert new.text.split("\n", 2)[2] == (
        "period: 2024-q1\n"
        "signatory:\n"
        "measures:\n"
        "  1.1:\n"
        "    annual_plan:  # План\n"
        "    actual:  # Профінансовано\n"
        "    # Стан виконання\n"
        "    info:\n"
        "    parts:\n"
        "      dytiachi:\n"
        "        annual_plan:\n"
        "        actual:\n"
        "  1.2:\n"
        "    annual_plan:\n"
        "    actual:\n"
        "    info:\n"
    )
    assert not new.remarks


def test_a_draft_without_anything_is_still_a_file_to_fill_in() -> None:
    new = after("period: 2024-h1\nmeasures:\n  1.1:\n  1.2: так\n").text
    assert "\nperiod: 2024-9m\nsignatory:\nmeasures:\n" in new
    assert new.count("\n    annual_plan:\n") == 2
    assert "новий рядок" in new  # the part
