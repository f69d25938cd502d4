"""Remarks that allow: what they speak of, what they may not allow, and when they are idle."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from small_project import COUNCIL, EXECUTORS, PERIOD, PROGRAMME, base, check, findings, lay

from reportgen.build.checked import checked
from reportgen.build.draft import draft
from reportgen.build.examine import examine, examine_council
from reportgen.build.project import open_project
from reportgen.check.allowed import read_allowances, sift, unused
from reportgen.cli import main
from reportgen.diagnostics import CATALOGUE, Diagnostic, Span, finding
from reportgen.load import load_content

ALLOW = "# reportgen: allow text-blanks — так у рішенні"
WHOLE = "# reportgen: allow-file text-blanks — так у рішенні"
ASIDE = [code for code, entry in CATALOGUE.items() if entry.severity != "error"]


def lines_of(text: str) -> list[int]:
    [one], found = read_allowances(text, "a.yaml")
    assert found == []
    return sorted(one.lines)


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        (f"a: б  {ALLOW}\nb: в", [1]),
        (f"{ALLOW}\na: б\nb: в", [1, 2]),
        (f"{ALLOW}\n# ще\n\na: б\nb: в", [1, 4]),
        (f"{ALLOW}\na: >-\n  б\n\n  в\nb: г", [1, 2, 3, 4, 5]),
        (f"a: >-  {ALLOW}\n  б\nb: г", [1, 2]),
        (f"{ALLOW}\na: б\n  в\nb: г", [1, 2, 3]),
        (f"{ALLOW}\na:\n  b: в\n", [1, 2]),
        (f"{ALLOW}\n- number: 1\n  text: в\n", [1, 2]),
        (f"- number: 1\n  {ALLOW}\n  text: >-\n    в\n  more: г", [2, 3, 4]),
        (f"{ALLOW}\n- >-\n  в\n- г", [1, 2, 3]),
        (f"{ALLOW}\n- б в\n- г", [1, 2]),
        (f'{ALLOW}\n"1.1": б\n"1.2": в', [1, 2]),
        (f"a: б\n{ALLOW}", [2]),
    ],
)
def test_a_remark_speaks_of_its_line_or_the_next(text: str, lines: list[int]) -> None:
    assert lines_of(text) == lines


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        (f"{WHOLE}\na: б\nb: в", [1, 2, 3]),
        (f"# ще\n\n{WHOLE}\na:\n  - б", [1, 2, 3, 4, 5]),
        (f"---\n{WHOLE}\na: б", [1, 2, 3]),
        (WHOLE, [1]),
    ],
)
def test_one_remark_may_speak_of_a_whole_file(text: str, lines: list[int]) -> None:
    assert lines_of(text) == lines


@pytest.mark.parametrize("text", [f"a: б  {WHOLE}", f"a: б\n{WHOLE}\nb: в", f"a: б\n{WHOLE}"])
def test_of_a_whole_file_it_is_said_at_the_top(text: str) -> None:
    allowed, [one] = read_allowances(text, "a.yaml")
    assert allowed == []
    assert one.message == "дозвіл на весь файл стоїть не на його початку"


@given(st.lists(st.integers(2, 30), min_size=1, max_size=12, unique=True), st.integers(2, 30))
def test_a_line_may_have_a_reason_of_its_own_too(lines: list[int], own: int) -> None:
    texts = [WHOLE, *(f"{line}: б  {ALLOW if line == own else ''}" for line in range(2, 31))]
    remarks, faults = read_allowances("\n".join(texts), "a.yaml")
    told = [finding("text-blanks", Span("a.yaml", line), "щось") for line in lines]
    kept, used = sift(told, remarks)
    assert (kept, faults) == ([], [])
    idle = [one.span.line for one in unused(remarks, used)]
    assert idle == ([1] if lines == [own] else []) + ([own] if own not in lines else [])


@pytest.mark.parametrize(
    "said",
    [
        "allow text-blanks — чому",
        "allow text-blanks - чому",
        "allow text-blanks -- чому",
        "allow  text-blanks: чому",
        "allow text-blanks – чому",
        "allow text-blanks чому",
    ],
)
def test_the_dash_is_not_the_point(said: str) -> None:
    [one], found = read_allowances(f"a: б #reportgen: {said}", "a.yaml")
    assert (one.code, found) == ("text-blanks", [])


@pytest.mark.parametrize(
    "said",
    [
        "",
        "дозволити",
        "allow",
        "allow text-blanks",
        "allow text-blanks —",
        "allow nothing-such — чому",
        "allow key-missing — чому",
        "allow text-blanks, key-missing — чому",
        "allow-file text-blanks",
        "allow-file key-missing — чому",
        "allow-all text-blanks — чому",
        "allow allow-invalid — чому",
    ],
)
def test_what_is_no_allowance_is_an_error(said: str) -> None:
    allowed, [one] = read_allowances(f"a: б # reportgen: {said}", "a.yaml")
    assert allowed == []
    assert (one.code, one.span) == ("allow-invalid", Span("a.yaml", 1, 6))


def test_two_codes_may_share_a_reason() -> None:
    allowed, _ = read_allowances("# reportgen: allow text-blanks, text-date — чому\na: б", "a.yaml")
    assert [one.code for one in allowed] == ["text-blanks", "text-date"]
    assert {one.lines for one in allowed} == {frozenset((1, 2))}


@given(
    st.lists(st.tuples(st.sampled_from(ASIDE), st.integers(1, 30)), max_size=12, unique=True),
    st.lists(st.tuples(st.sampled_from(ASIDE), st.integers(1, 30)), max_size=12, unique=True),
)
def test_only_what_is_allowed_is_left_out(
    found: list[tuple[str, int]], allowed: list[tuple[str, int]]
) -> None:
    lines = [
        f"{line}: б  # reportgen: allow {', '.join(codes)} — чому" if codes else f"{line}: б"
        for line in range(1, 31)
        for codes in [[code for code, place in allowed if place == line]]
    ]
    remarks, faults = read_allowances("\n".join(lines), "a.yaml")
    told = [finding(code, Span("a.yaml", line), "щось") for code, line in found]
    kept, used = sift(told, remarks)
    assert faults == []
    assert [(one.code, one.span.line) for one in kept] == [
        one for one in found if one not in allowed
    ]
    idle = [(one.message, one.span.line) for one in unused(remarks, used)]
    assert sorted(idle) == sorted(
        (f"тут немає чого дозволяти: «{code}» не знайдено", line)
        for code, line in allowed
        if (code, line) not in found
    )


def test_an_error_is_never_left_out() -> None:
    remarks, _ = read_allowances(ALLOW + "\na: б", "a.yaml")
    error = finding("key-missing", Span("a.yaml", 2), "щось")
    assert sift([error], remarks) == ([error], set())


def spoilt(remark: str = "") -> dict[str, str | bytes]:
    info = f"{remark}info: Придбано  214 книжок."
    return {PERIOD: base(PERIOD).replace("info: Придбано 214 книжок.", info)}


def test_it_works_for_all_files_of_a_report(tmp_path: Path) -> None:
    above = f"{ALLOW}\n"
    files: dict[str, str | bytes] = {
        **spoilt(f"{above}    "),
        PROGRAMME: base(PROGRAMME).replace(
            "    text: Поповнити фонди", f"    {above}    text: Поповнити  фонди"
        ),
        EXECUTORS: above + base(EXECUTORS).replace("Відділ культури", "Відділ  культури"),
        COUNCIL: above
        + base(COUNCIL)
        .replace("id:", "id: verbove\nname: Рада  сіл\n#")
        .replace("\nname: Вербівська", "\n# name: Вербівська"),
    }
    codes = [one.code for one in findings(tmp_path, files)]
    assert codes == []


def test_a_build_leaves_out_what_is_allowed_too(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for name, remark, told in (("a", "", 1), ("b", f"{ALLOW}\n    ", 0)):
        root = lay(tmp_path / name, spoilt(remark))
        assert main(["build", "--root", str(root), "--format", "html"]) == 0
        assert capsys.readouterr().err.count("[text-blanks]") == told


def test_what_is_wrong_in_a_remark_stops_the_report(tmp_path: Path) -> None:
    root = lay(tmp_path, spoilt("# reportgen: allow text-blanks\n    "))
    assert main(["build", "--root", str(root), "--format", "html"]) == 1
    assert not list((root / "output").rglob("*.html"))
    (root / EXECUTORS).write_text("# reportgen: нічого\n" + base(EXECUTORS), encoding="utf-8")
    assert main(["build", "--root", str(root), "--format", "html"]) == 1


def of_periods(root: Path, *periods: str) -> list[Diagnostic]:
    project = open_project(root)
    content = load_content(root, [])
    sources = [source for source in content.sources if source.period.id in periods]
    checks = {source: checked(draft(source, content, project)) for source in sources}
    return examine(checks, content, project, examine_council(content, project))


def test_idle_is_told_where_everything_was_seen(tmp_path: Path) -> None:
    files = {
        PROGRAMME: base(PROGRAMME).replace("  - number: 1\n", f"  {ALLOW}\n  - number: 1\n"),
        EXECUTORS: f"{ALLOW}\n{base(EXECUTORS)}",
        PERIOD.replace("2024-h1", "2024-q1"): base(PERIOD).replace("2024-h1", "2024-q1"),
    }
    root = lay(tmp_path, files).resolve()

    def idle(*periods: str) -> list[str]:
        found = of_periods(root, *periods)
        return sorted(one.span.file for one in found if one.code == "allow-unused")

    assert idle("2024-q1") == []
    assert idle("2024-q1", "2024-h1") == sorted([PROGRAMME, EXECUTORS])


def told_of_all(folder: Path, files: dict[str, str | bytes]) -> list[Diagnostic]:
    found, _ = check(lay(folder, files))
    return [one for one in found if one.code != "font-fallback"]


def test_nothing_is_idle_in_a_report_with_errors(tmp_path: Path) -> None:
    """Little is asked of what cannot be read: a slip must not bring a heap of warnings."""
    files: dict[str, str | bytes] = {
        PERIOD: f"# reportgen: allow-file text-blanks — так треба\n{base(PERIOD)}",
        EXECUTORS: f"{ALLOW}\n{base(EXECUTORS)}",
    }
    told = [one.code for one in told_of_all(tmp_path / "sound", files)]
    assert told == ["allow-unused", "allow-unused"]
    files[PERIOD] = str(files[PERIOD]).replace("    actual: 18.0\n", "")
    assert [one.code for one in told_of_all(tmp_path / "spoilt", files)] == ["field-missing"]


def test_it_works_where_the_name_of_a_programme_is_mistaken(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    spelt = base(EXECUTORS).replace("Відділ культури", "Відділ  культури")
    for name, remark, told in (("a", "", 1), ("b", f"{ALLOW}\n", 0)):
        root = lay(tmp_path / name, {EXECUTORS: remark + spelt})
        assert main(["check", "bibl", "--root", str(root)]) == 2
        err = capsys.readouterr().err
        assert err.count("[text-blanks]") == told
        assert "немає програми" in err


@pytest.mark.parametrize(
    "remark",
    [
        "# reportgen allow text-blanks — чому",
        "#reportgen allow-file text-blanks — чому",
        "# Reportgen: allow text-blanks — чому",
        "# reportgen : allow text-blanks — чому",
        "# report-gen: allow text-blanks — чому",
        "# allow text-blanks — чому",
        "# allow-file: text-blanks — чому",
    ],
)
def test_what_is_nearly_an_allowance_is_told(remark: str) -> None:
    allowed, [one] = read_allowances(f"a: б  {remark}", "a.yaml")
    assert allowed == []
    assert (one.code, one.span) == ("allow-invalid", Span("a.yaml", 1, 7))
    assert "# reportgen: allow" in one.hint


@pytest.mark.parametrize(
    "remark", ["# reportgen reads this", "# allow this — чому", "#allow nothing-such — чому"]
)
def test_other_remarks_are_nobody_s_business(remark: str) -> None:
    assert read_allowances(f"a: б  {remark}", "a.yaml") == ([], [])
