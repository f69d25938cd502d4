"""``check --only`` and ``--skip``: what is shown, what is said of the rest, and the exit code."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TypeAlias

import pytest
from hypothesis import given
from hypothesis import strategies as st
from small_project import PERIOD, PROGRAMME, base, lay

from reportgen.cli import main
from reportgen.cli.codes import Codes
from reportgen.diagnostics import CATALOGUE, Span, finding

Expected: TypeAlias = tuple[list[str], str, int]  # the codes shown, the summary, the exit code
BOTH = ["text-blanks", "number-gap"]
some = st.lists(st.sampled_from([*CATALOGUE]), max_size=5).map(",".join)


@given(some, some)
def test_a_code_is_shown_if_it_is_asked_for_and_not_left_out(only: str, skip: str) -> None:
    codes = Codes.of(only, skip)
    shown = {one for one in CATALOGUE if codes.shows(finding(one, Span("a.yaml"), "щось"))}
    wanted = {one for one in only.split(",") if one} or {*CATALOGUE}
    assert shown == wanted - {*skip.split(",")}


def spoilt(folder: Path) -> Path:
    """Return a project with a warning and a note."""
    period = base(PERIOD).replace("Придбано 214", "Придбано  214").replace("  1.2:", "  1.3:")
    programme = base(PROGRAMME).replace("number: 1.2", "number: 1.3")
    return lay(folder, {PERIOD: period, PROGRAMME: programme})


def run(root: Path, capsys: pytest.CaptureFixture[str], *options: str) -> tuple[int, str, str]:
    code = main(["check", "--root", str(root), *options])
    said = capsys.readouterr()
    return code, said.out, said.err


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        ([], (BOTH, "1 попередження, 1 примітка", 0)),
        (
            ["--only", "text-blanks"],
            (["text-blanks"], "1 попередження; не показано: 1 примітка", 0),
        ),
        (
            ["--skip", "text-blanks"],
            (["number-gap"], "1 примітка; не показано: 1 попередження", 0),
        ),
        (["--only", "number-gap text-blanks", "--strict"], (BOTH, "", 1)),
        (["--skip", "text-blanks", "--strict"], (["number-gap"], "", 0)),
        (
            ["--only", "text-date"],
            ([], "без зауважень; не показано: 1 попередження, 1 примітка", 0),
        ),
    ],
)
def test_only_what_is_asked_for_is_shown(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], options: list[str], expected: Expected
) -> None:
    told, summary, code = expected
    exit_code, out, err = run(spoilt(tmp_path), capsys, *options)
    assert exit_code == code
    assert {one for one in CATALOGUE if f"[{one}]" in err} - {"font-fallback"} == {*told}
    assert f"Перевірено: {summary}" in out


def test_an_error_that_is_not_shown_is_still_an_error(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = lay(tmp_path, {PERIOD: base(PERIOD).replace("    actual: 18.0\n", "")})
    for options in (["--only", "text-blanks"], ["--skip", "field-missing"]):
        code, out, err = run(root, capsys, *options)
        assert (code, "field-missing" in err) == (1, False)
        assert "не показано: 1 помилка" in out


def test_other_programs_get_the_same_choice(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    _, out, _ = run(spoilt(tmp_path), capsys, "--only", "text-blanks", "--format", "json")
    assert [one["code"] for one in json.loads(out)] == ["text-blanks"]


@pytest.mark.parametrize("option", ["--only", "--skip"])
def test_a_code_that_there_is_not(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], option: str
) -> None:
    code, _, err = run(lay(tmp_path), capsys, option, "text-blank")
    assert code == 2
    assert "немає коду «text-blank»: можливо, «text-blanks»?" in err


#: What a draft lacks: (file, what is there, what is left of it) → the code that tells of it.
LACKING = {
    "a signatory": (PERIOD, "signatory: melnyk\n", "", "key-missing"),
    "a decision's number": (
        PROGRAMME,
        'decision: {date: 2023-12-21, number: "412"}',
        "decision: {date: 2023-12-21}",
        "key-missing",
    ),
    "an amount": (PERIOD, "    actual: 18.0\n", "", "field-missing"),
    "a measure": (PERIOD, base(PERIOD)[base(PERIOD).index("  1.2:") :], "", "measure-missing"),
    "all of a branch": (
        PROGRAMME,
        "газети\n        executors: [biblioteka]\n",
        "газети\n        executors: [biblioteka]\n  - {number: 2, text: Ще, measures: []}\n",
        "value-empty",
    ),
    "a reason": (
        PERIOD,
        "    actual: 18.0\n    info: Передплачено дев'ять видань.\n",
        "    actual: 0.0\n",
        "reason-missing",
    ),
    "a status": (
        PERIOD,
        "    actual: 18.0\n    info: Передплачено дев'ять видань.\n",
        "    actual: 0.0\n    info: Договір укладено.\n",
        "status-missing",
    ),
    "a part": (PROGRAMME, "Передплатити газети", "Передплатити газети, в т.ч.", "parts-missing"),
}


@pytest.mark.parametrize("what", LACKING)
def test_a_draft_may_lack_what_a_report_may_not(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], what: str
) -> None:
    file, there, left, code = LACKING[what]
    text = base(file).replace(there, left)
    assert text != base(file)
    root = lay(tmp_path, {file: text})
    exit_code, _, err = run(root, capsys, "--strict", "--skip", "font-fallback")
    assert exit_code == 1
    assert f"[{code}]" in err
    exit_code, _, err = run(root, capsys, "--strict", "--draft", "--skip", "font-fallback")
    assert f"примітка[{code}]" in err
    assert exit_code == 0


ABOVE = "    annual_plan: 36.0\n    actual: 18.0\n", "    annual_plan: 36.0\n    actual: 38.0\n"

#: What is not written yet, in another row or in none: it hides no figures.
NOT_YET = {
    "a value": (PERIOD, "    actual: 48.5\n", "    actual:\n"),
    "a text": (PERIOD, "    info: Придбано 214 книжок.\n", "    info:\n"),
    "no amount": (PERIOD, "    actual: 48.5\n", "    actual: 48,5 тис\n"),
    "a part's value": (PERIOD, "actual: 12.5}", "actual: }"),
    "a row": (
        PERIOD,
        base(PERIOD)[base(PERIOD).index("  1.1:") : base(PERIOD).index("  1.2:")],
        "",
    ),
    "a row's values": (
        PERIOD,
        base(PERIOD)[base(PERIOD).index("  1.1:") : base(PERIOD).index("  1.2:")],
        "  1.1:\n",
    ),
    "a signatory": (PERIOD, "signatory: melnyk\n", ""),
    "a decision": (PROGRAMME, "date: 2023-12-21, ", ""),
    "a term": (PROGRAMME, "to: 2026", "to: "),
    "a name": (PROGRAMME, "name: Програма розвитку бібліотек на 2024-2026 роки\n", ""),
}


@pytest.mark.parametrize("what", NOT_YET)
def test_what_is_not_written_yet_hides_nothing_else(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], what: str
) -> None:
    file, there, left = NOT_YET[what]
    files = {name: base(name) for name in (PERIOD, PROGRAMME)}
    assert there in files[file]
    files[file] = files[file].replace(there, left)
    files[PERIOD] = files[PERIOD].replace(*ABOVE)
    _, out, err = run(lay(tmp_path, files), capsys, "--draft", "--skip", "font-fallback")
    told = [one for one in err.splitlines() if "[" in one and "попередження[" in one]
    assert ["actual-above-plan" in one for one in told] == [True]
    assert "ще не перевірено" not in out


def test_half_of_a_split_amount_is_no_amount(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    half = base(PERIOD).replace("annual_plan: 36.0", "annual_plan: {general: 9.0, special: }")
    _, _, err = run(lay(tmp_path, {PERIOD: half}), capsys, "--draft", "--skip", "font-fallback")
    assert ("value-empty" in err, "actual-above-plan" in err) == (True, False)


def test_reports_that_errors_hide_are_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    files = {PERIOD: base(PERIOD).replace("    info: При", "    infa: При").replace(*ABOVE)}
    code, out, err = run(lay(tmp_path, files), capsys, "--draft", "--skip", "font-fallback")
    assert (code, "actual-above-plan" in err) == (1, False)
    assert "Через помилки суми й пояснення ще не перевірено: biblioteky/2024-h1." in out


def test_strict_says_why_it_fails(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    root = spoilt(tmp_path)
    why = "Із --strict попередження — те саме, що помилки: код завершення 1."
    assert why in run(root, capsys, "--strict")[1]
    assert why not in run(root, capsys)[1]
    assert why not in run(root, capsys, "--strict", "--skip", "text-blanks,font-fallback")[1]
