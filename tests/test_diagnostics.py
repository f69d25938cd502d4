"""Findings: their order, their look on a terminal and as JSON, and that they are safe to show."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from small_project import COUNCIL, base, check, lay

from reportgen.build.project import open_project
from reportgen.cli.messages import counted, show
from reportgen.diagnostics import (
    CATALOGUE,
    Diagnostic,
    Severity,
    Span,
    as_json,
    as_text,
    finding,
    has_errors,
    in_order,
    quoted,
    shortened,
)

PLACE = Span("content/a.yaml", 7, 5)

spans = st.builds(Span, st.sampled_from(["a.yaml", "b.yaml"]), st.integers(1, 9), st.integers(1, 9))
diagnostics = st.builds(
    finding, st.sampled_from([*CATALOGUE]), spans, st.sampled_from(["перше", "друге"])
)


def line_of(line: str) -> str:
    """Return how a finding at line 7, column 5 quotes its source line."""
    return as_text(finding("value-empty", PLACE, "порожнє"), lambda _file, _line: line)


def test_a_finding_reads_as_the_manual_shows_it() -> None:
    one = finding(
        "key-unknown",
        PLACE,
        "невідомий ключ «actuall»",
        "можливо, «actual»?",
        ((Span("content/b.yaml", 2, 3), "уперше тут"),),
    )
    assert as_text(one, lambda file, line: f"{file}, рядок {line}") == (
        "content/a.yaml:7:5: помилка[key-unknown]: невідомий ключ «actuall»\n"
        "    7 | content/a.yaml, рядок 7\n"
        "      |     ^\n"
        "  content/b.yaml:2:3: уперше тут\n"
        "  порада: можливо, «actual»?"
    )


def test_a_file_without_lines_is_found_by_what_it_calls_its_places() -> None:
    place = Span("zvit.xlsx", 7, 2, "Аркуш1!B7")
    one = finding("key-unknown", place, "порожнє", "", ((place, "уперше тут"),))
    assert as_text(one, lambda _file, _line: "рядок") == (
        "zvit.xlsx: Аркуш1!B7: помилка[key-unknown]: порожнє\n  zvit.xlsx: Аркуш1!B7: уперше тут"
    )
    assert json.loads(as_json([one]))[0]["where"] == "Аркуш1!B7"
    assert place == Span("zvit.xlsx", 7, 2)  # places are the same whatever they are called


def test_without_its_source_a_finding_is_a_line() -> None:
    assert as_text(finding("content-empty", Span("content"), "порожньо")) == (
        "content:1:1: попередження[content-empty]: порожньо"
    )


def test_the_three_severities_have_their_words() -> None:
    words = {
        Severity(CATALOGUE[code].severity): as_text(finding(code, PLACE, "")).split("[")[0]
        for code in CATALOGUE
    }
    assert {severity: said.split()[-1] for severity, said in words.items()} == {
        Severity.ERROR: "помилка",
        Severity.WARNING: "попередження",
        Severity.NOTE: "примітка",
    }


def test_a_code_that_is_not_in_the_catalogue_is_our_bug() -> None:
    with pytest.raises(KeyError):
        finding("no-such-code", PLACE, "")


def test_only_errors_stop_a_report() -> None:
    note = finding("percent-declared", PLACE, "")
    warning = finding("content-empty", PLACE, "")
    assert not has_errors([note, warning])
    assert has_errors([note, warning, finding("key-missing", PLACE, "")])


def test_a_tab_does_not_move_the_caret() -> None:
    assert line_of("a:\tбв").splitlines()[1:] == ["    7 | a: бв", "      |     ^"]


@pytest.mark.parametrize("column", [1, 2, 80, 81, 150, 400, 919, 999, 1000, 1001])
def test_a_long_line_is_cut_around_its_place(column: int) -> None:
    line = "".join(chr(0x400 + number % 80) for number in range(1000))
    one = finding("value-empty", Span("a.yaml", 7, column), "порожнє")
    _, shown, caret = as_text(one, lambda _file, _line: line).splitlines()
    assert len(shown) <= 180
    if column <= len(line):
        under = shown[len(caret) - 1]
        assert under in (line[column - 1], "…")
    assert shown.endswith("…") == (column < 920)


def test_a_blank_line_is_not_quoted() -> None:
    assert "|" not in line_of("   ")
    assert "|" not in line_of("\u00a0" * 5000)


@settings(deadline=None)
@given(st.text(), st.text(), st.text())
def test_nothing_that_is_shown_can_command_a_terminal(message: str, line: str, hint: str) -> None:
    one = finding("key-unknown", Span(f"a{hint}.yaml", 1, 3), message, hint, ((PLACE, message),))
    shown = as_text(one, lambda _file, _line: line).split("\n")
    assert len(shown) <= 5
    assert all(char.isprintable() or char == "\u00a0" for text in shown for char in text)


@settings(deadline=None)
@given(st.text(max_size=3000))
def test_messages_have_an_end(text: str) -> None:
    assert len(finding("key-unknown", PLACE, text).message) <= 600
    assert len(quoted(text)) <= 62


def test_quotes_are_cut_only_where_they_are_long() -> None:
    assert quoted("коротке") == "«коротке»"
    assert quoted("два\nрядки") == "«два рядки»"
    assert quoted("я" * 61) == f"«{'я' * 59}…»"
    assert shortened("слово слово", 7) == "слово…"


@settings(deadline=None)
@given(st.lists(diagnostics))
def test_findings_are_told_once_by_place(found: list[Diagnostic]) -> None:
    ordered = in_order(found)
    assert len(set(ordered)) == len(ordered)
    assert set(ordered) == set(found)
    places = [one.span for one in ordered]
    assert places == sorted(places)


@settings(deadline=None)
@given(st.lists(diagnostics), st.randoms())
def test_the_order_of_finding_is_no_matter(found: list[Diagnostic], random: object) -> None:
    mixed = [*found]
    random.shuffle(mixed)  # type: ignore[attr-defined]
    assert in_order(mixed) == in_order(found)


def test_json_has_everything_that_the_text_has() -> None:
    related = ((Span("b.yaml", 2, 3), "уперше тут"),)
    one = finding("yaml-duplicate-key", PLACE, "ключ записано двічі", "залиште одне", related)
    assert json.loads(as_json([one])) == [
        {
            "code": "yaml-duplicate-key",
            "severity": "error",
            "file": "content/a.yaml",
            "line": 7,
            "column": 5,
            "message": "ключ записано двічі",
            "hint": "залиште одне",
            "related": [{"file": "b.yaml", "line": 2, "column": 3, "message": "уперше тут"}],
        }
    ]
    assert "двічі" in as_json([one])  # readable without decoding


def test_counts_agree_with_their_nouns() -> None:
    def errors(number: int) -> list[Diagnostic]:
        return [finding("key-unknown", Span("a.yaml", line), "") for line in range(1, number + 1)]

    assert [counted(errors(number)) for number in (0, 1, 2, 5, 11, 21, 22, 112)] == [
        "без зауважень",
        "1 помилка",
        "2 помилки",
        "5 помилок",
        "11 помилок",
        "21 помилка",
        "22 помилки",
        "112 помилок",
    ]
    mixed = [finding(code, PLACE, "") for code in ("key-missing", "content-empty", "value-type")]
    assert counted(mixed) == "2 помилки, 1 попередження"


def test_of_thousands_the_first_are_shown(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    found = [finding("key-unknown", Span("a.yaml", line), "ключ") for line in range(1, 1001)]
    show(found, open_project(lay(tmp_path)))
    said = capsys.readouterr().err.splitlines()
    assert len(said) == 301
    assert said[-1] == "… і ще 700: виправте показане й перевірте знову"


def test_a_file_is_quoted_from_its_own_project_alone(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The shipped content lies beside the shipped forms, and has files of the same names."""
    root = lay(tmp_path)
    (root / COUNCIL).unlink()
    show(check(root)[0], open_project(root))
    [said] = capsys.readouterr().err.splitlines()
    assert said == f"{COUNCIL}:1:1: помилка[file-missing]: цього файлу немає, а він потрібен"


def test_columns_of_a_file_with_carriage_returns_are_right(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    spoilt = (base(COUNCIL) + "adresa: Вербове\n").replace("\n", "\r\n")
    root = lay(tmp_path, {COUNCIL: "\ufeff" + spoilt})
    show([one for one in check(root)[0] if one.code == "key-unknown"], open_project(root))
    said = capsys.readouterr().err.splitlines()
    assert said[:3] == [
        f"{COUNCIL}:4:1: помилка[key-unknown]: невідомий ключ «adresa»",
        "    4 | adresa: Вербове",
        "      | ^",
    ]
