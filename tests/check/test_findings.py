"""The 130 findings in two printed reports, looked for in structured content.

Some stand in the shipped content, for it says what the council's reports say. What was put right
on the way from print to content is planted again. The rest cannot be written in content at all;
each has its reason here, and most are for whoever imports such a table.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from conftest import CORPUS
from overlays import lay_out, shipped
from small_project import check

from reportgen.diagnostics import CATALOGUE, Diagnostic, Severity

pytestmark = pytest.mark.corpus

SOCIAL = "content/programmes/social-protection/2023-h1.yaml"
SOCIAL_PROGRAMME = "content/programmes/social-protection/programme.yaml"
EQUAL = "content/programmes/equal-opportunities/2023.yaml"
EQUAL_PROGRAMME = "content/programmes/equal-opportunities/programme.yaml"

Finding = Mapping[str, Any]
Kind = tuple[str, str]  # the document and the code in findings.json


_IMPORT = "cells lost or moved on the way to text: content names its fields, import has to see it"
_LIST = "executors are a list: what parts them is printed by the writer"
_NUMBERS = "numbers are typed as numbers: decimals and groups are printed by the writer"
_FORM = "the council's form decides it, the same for all rows"
_COMPUTED = "totals are computed and cannot be typed; import has `may_be_total` to see it"
_COUNTED = "the number in the first column is printed by the form, which counts"

#: What content cannot say: why, and how many findings.
ELSEWHERE: Mapping[Kind, tuple[str, int]] = {
    ("002", "NO_DECIMALS"): (_NUMBERS, 1),
    ("002", "MIXED_THOUSANDS"): (_NUMBERS, 7),
    ("002", "COLUMN_SHIFT"): (_IMPORT, 8),
    ("002", "ROW_WIDTH"): (_IMPORT, 7),
    ("002", "NUMBER_GAP"): (_COUNTED, 1),
    ("002", "NUMBER_STYLE"): (_COUNTED, 2),
    ("002", "NO_TOTALS"): (_FORM, 1),
    ("002", "SECTION_MISSING"): (_FORM, 1),
    ("002", "EXECUTOR_SEPARATOR"): (_LIST, 7),
    ("002", "UNIT_SPACING"): (_FORM, 1),  # in a heading; in texts it is a matter of their rules
    ("004", "COLUMN_NUMBERING"): (_FORM, 1),
    ("004", "PERCENT_BASE"): (_FORM, 2),
    ("004", "TOTAL_PERCENT_MISMATCH"): (_COMPUTED, 1),
    ("004", "EMPTY_TOTAL"): (_COMPUTED, 1),
    ("004", "NO_GRAND_TOTAL"): (_FORM, 1),
    ("004", "ROW_WIDTH"): (_IMPORT, 20),
    ("004", "NUMBER_STYLE"): (_COUNTED, 1),
    ("004", "TRAILING_SEMICOLON"): (_LIST, 2),
    ("004", "EXECUTOR_SEPARATOR"): (_LIST, 3),
}


@dataclass(frozen=True)
class Expected:
    """What the checker says of one finding: the code, the place, words of the message."""

    code: str
    file: str
    line: str  # the whole line of the file, found below the line that begins with `below`
    below: str
    words: tuple[str, ...]


def row(file: str, measure: str, key: str, code: str, *words: str) -> Expected:
    """Return a finding at a key of a measure in a period's file."""
    return Expected(code, file, f"    {key}:", f"  {measure}:", (f"«{measure}»", *words))


def item(file: str, number: str, code: str, *words: str) -> Expected:
    """Return a finding at an item of a programme."""
    return Expected(code, file, f"- number: {number}", "", words)


#: What stands in the shipped content, for the measures that findings.json names.
STANDING: Mapping[tuple[Kind, str], Expected] = {
    (("002", "PLAN_GT_PROGRAMME"), "13.14.4"): row(
        SOCIAL, "13.14.4", "annual_plan", "plan-above-programme", "5440,3", "4960,0"
    ),
    (("002", "TERM_OUTSIDE_PERIOD"), "13.14.4"): row(
        SOCIAL, "13.14.4", "term", "term-outside", "2022", "2023"
    ),
    **{
        (("002", "ANNUAL_PLAN_EQUALS_INTERIM_FACT"), measure): row(
            SOCIAL, measure, "annual_plan", "plan-equals-actual", amount
        )
        for measure, amount in (
            *(("1.1.2", "8473,1"), ("1.1.3", "2625,1"), ("1.1.5", "161,0"), ("4.2.1", "190631,9")),
            *(("4.2.3", "13996,5"), ("5.1.3", "18409,1"), ("13.14.4", "5440,3")),
        )
    },
    (("002", "DUPLICATE_AMOUNTS"), ""): row(
        SOCIAL, "13.14.1", "annual_plan", "amounts-repeated", "«1.1.11»", "417,6", "396,6"
    ),
    (("002", "MEASURE_UNDER_OTHER_TASK"), "12.2.3"): item(
        SOCIAL_PROGRAMME, "12.2.3", "number-foreign", "«12.2.3»", "«12.1»"
    ),
    (("002", "MEASURE_UNDER_OTHER_TASK"), "12.2.4"): item(
        SOCIAL_PROGRAMME, "12.2.4", "number-foreign", "«12.2.4»", "«12.1»"
    ),
    (("004", "PERCENT_MISMATCH"), "1.1"): row(
        EQUAL, "1.1", "percent", "percent-declared", "100,0", "обчисленого 0,0"
    ),
    (("004", "PLAN_COLUMNS_CONFLICT"), "4.1"): row(
        EQUAL, "4.1", "amended_plan", "plan-raised", "44,0", "40,0", "14,0"
    ),
    **{
        (("004", "PLAN_BUT_NOT_FUNDED"), measure): row(
            EQUAL, measure, "info", "plan-not-financed", plan, "не фінансува"
        )
        for measure, plan in (("2.8", "18,0"), ("2.9", "27,0"), ("4.2", "5,0"))
    },
}

Edit = Callable[[str], str]


@dataclass(frozen=True)
class Planted:
    """What is put back: edits by file, and what the checker must say then."""

    edits: tuple[tuple[str, Edit], ...]
    expected: Expected


def replaced(old: str, new: str, *, after: str = "") -> Edit:
    """Return an edit of the first place of ``old`` that stands behind ``after``."""

    def edit(text: str) -> str:
        start = text.index(after)
        at = text.index(old, start)
        return text[:at] + new + text[at + len(old) :]

    return edit


def declared(file: str, measure: str, printed: str, code: str, *words: str) -> Planted:
    """Return a planted percent, as it was printed."""
    line = f'    percent: {{declared: "{printed}", reason: так надруковано}}\n'
    edit = replaced("    annual_plan:", f"{line}    annual_plan:", after=f"\n  {measure}:\n")
    return Planted(((file, edit),), row(file, measure, "percent", code, *words))


def _foreign(number: str) -> Planted:
    """Return what moves the heading of 13.6 to where the source has it, before 13.6.4."""
    heading = (
        "      - number: 13.6\n"
        "        text: Забезпечити поліпшення житлових умов\n"
        "        measures:\n"
    )

    def edit(text: str) -> str:
        if f"{heading}          - number: 13.6.4" in text:  # moved for the other measure
            return text
        text = text.replace(heading, "")
        return text.replace("          - number: 13.6.4", f"{heading}          - number: 13.6.4")

    found = item(SOCIAL_PROGRAMME, number, "number-foreign", f"«{number}»", "«13.4»")
    return Planted(((SOCIAL_PROGRAMME, edit),), found)


def _dashes() -> Iterator[tuple[tuple[Kind, str], Planted]]:
    """Yield the percents that were printed as 0,0 where there is no plan."""
    for measure in (
        *("2.1.1", "4.2.2", "4.3.2", "6.1.2", "8.2.1", "12.1.2", "12.2.3", "13.7.3", "13.14.2"),
        *("15.5.3", "18.1.3"),
    ):
        planted = declared(SOCIAL, measure, "0.0", "percent-declared", "0,0", "замість прочерку")
        yield (("002", "PERCENT_UNDEFINED"), measure), planted


#: What can be planted together, for content still loads with it.
PLANTED: Mapping[tuple[Kind, str], Planted] = {
    (("002", "PERCENT_MISMATCH"), "8.1.1"): declared(
        SOCIAL, "8.1.1", "100.0", "percent-declared", "100,0", "обчисленого 0,0"
    ),
    (("002", "INCLUDED_ROWS_MISSING"), "8.1.1"): Planted(
        (
            (
                SOCIAL_PROGRAMME,
                replaced(
                    "(за результатами конкурсу)",
                    "(за результатами конкурсу), в т.ч.",
                    after="number: 8.1.1",
                ),
            ),
        ),
        item(SOCIAL_PROGRAMME, "8.1.1", "parts-missing", "«8.1.1»", "в т.ч."),
    ),
    **dict(_dashes()),
    (("002", "PERCENT_UNDEFINED"), ""): Planted(  # the part of 13.14.5
        (
            (
                SOCIAL,
                replaced(
                    "        annual_plan: 0.0",
                    '        percent: {declared: "0.0", reason: так надруковано}\n'
                    "        annual_plan: 0.0",
                    after="\n  13.14.5:\n",
                ),
            ),
        ),
        Expected(
            "percent-declared",
            SOCIAL,
            "        percent:",
            "  13.14.5:",
            ("«oblasna-subventsiia»", "0,0 замість прочерку"),
        ),
    ),
    (("002", "MEASURE_UNDER_OTHER_TASK"), "13.6.2"): _foreign("13.6.2"),
    (("002", "MEASURE_UNDER_OTHER_TASK"), "13.6.3"): _foreign("13.6.3"),
    (("002", "ID_TYPO"), "7.3. 1"): Planted(
        (
            (SOCIAL_PROGRAMME, replaced("number: 7.3.1\n", 'number: "7.3. 1"\n')),
            (SOCIAL, replaced("\n  7.3.1:\n", '\n  "7.3. 1":\n')),
        ),
        item(SOCIAL_PROGRAMME, '"7.3. 1"', "number-slip", "«7.3. 1»"),
    ),
    (("004", "PERCENT_MISMATCH"), "4.1"): declared(
        EQUAL, "4.1", "32.0", "percent-declared", "32,0", "обчисленого 35,0"
    ),
    (("004", "GRAMMAR"), ""): Planted(
        (
            (
                EQUAL_PROGRAMME,
                replaced("цільової соціальної програми", "цільова соціальна програми"),
            ),
        ),
        Expected("genitive-case", EQUAL_PROGRAMME, "name:", "", ("«цільова»",)),
    ),
}


def _misspelt(measure: str) -> Planted:
    name = "Управління соціального захисту Корольовського району"
    edit = replaced("uszn-korolov", f'"{name}"', after=f"number: {measure}\n")
    expected = Expected(
        "reference-unknown",
        SOCIAL_PROGRAMME,
        "executors:",
        f"- number: {measure}",
        (f"«{name}»",),
    )
    return Planted(((SOCIAL_PROGRAMME, edit),), expected)


#: What does not even load.
REFUSED: Mapping[tuple[Kind, str], Planted] = {
    **{
        (("002", "EXCEL_ERROR"), measure): Planted(
            declared(SOCIAL, measure, "#ДЕЛ/0!", "").edits,
            Expected("amount-invalid", SOCIAL, "    percent:", f"  {measure}:", ("«#ДЕЛ/0!»",)),
        )
        for measure in ("13.6.2", "13.6.3")
    },
    (("002", "EXECUTOR_DUPLICATE"), ""): Planted(
        (
            (
                SOCIAL_PROGRAMME,
                replaced(
                    "dsp, uszn-bohun, uszn-korolov]",
                    "dsp, uszn-bohun, uszn-korolov, uszn-bohun, uszn-korolov]",
                    after="number: 12.2.4",
                ),
            ),
        ),
        Expected(
            "value-choice",
            SOCIAL_PROGRAMME,
            "executors:",
            "- number: 12.2.4",
            ("«uszn-bohun»",),
        ),
    ),
    (("002", "COLUMNS_SWAPPED"), "4.3.1"): Planted(
        (
            (
                SOCIAL_PROGRAMME,
                replaced("[dsp, uszn-bohun, uszn-korolov]", "[2023]", after="number: 4.3.1\n"),
            ),
            (
                SOCIAL,
                replaced("annual_plan:", "term: Департамент\n    annual_plan:", after="\n  4.3.1:"),
            ),
        ),
        Expected(
            "reference-unknown", SOCIAL_PROGRAMME, "executors:", "- number: 4.3.1", ("«2023»",)
        ),
    ),
    (("002", "SUBROW_WITHOUT_NAME"), "4.3.1"): Planted(
        (
            (
                SOCIAL_PROGRAMME,
                lambda text: re.sub(
                    r"(id: dystantsiia-zviazku\n).*?(?= +programme_plan)",
                    r"\1",
                    text,
                    flags=re.DOTALL,
                ),
            ),
        ),
        Expected("key-missing", SOCIAL_PROGRAMME, "- id: dystantsiia-zviazku", "", ("«text»",)),
    ),
    (("002", "SUBROW_NAME_IN_WRONG_COLUMN"), "4.3.1"): Planted(
        (
            (
                SOCIAL_PROGRAMME,
                replaced(
                    'text: ПАТ "Укртелеком" Житомирська філія',
                    "executors: ['ПАТ \"Укртелеком\" Житомирська філія']",
                ),
            ),
        ),
        Expected(
            "reference-unknown",
            SOCIAL_PROGRAMME,
            "executors:",
            "- id: ukrtelekom",
            ('«ПАТ "Укртелеком" Житомирська філія»',),
        ),
    ),
    (("002", "EXECUTOR_SPELLING"), "84"): _misspelt("13.6.4"),
    (("002", "EXECUTOR_SPELLING"), "85"): _misspelt("13.7.2"),
}

#: Findings about many rows at once, each with a test of its own below.
OF_NUMBERS: Mapping[Kind, int] = {
    ("002", "MEASURE_NUMBER_GAP"): 10,
    ("002", "TASK_NUMBER_GAP"): 1,
    ("002", "ORDINAL_TASK_MISMATCH"): 7,
}


@pytest.fixture(scope="module")
def findings() -> list[Finding]:
    listed: list[Finding] = json.loads((CORPUS / "findings.json").read_text(encoding="utf-8"))
    return listed


def kind(one: Finding) -> Kind:
    return str(one["doc"]), str(one["code"])


def named(one: Finding) -> tuple[Kind, str]:
    """Return how a finding is named here: by its measure, or by the line of the source."""
    if kind(one) == ("002", "EXECUTOR_SPELLING"):
        return kind(one), str(one["line"])
    if kind(one) == ("002", "ID_TYPO"):
        return kind(one), str(one["printed"])
    return kind(one), str(one.get("measure", ""))


def test_each_of_the_130_is_accounted_for_once(findings: list[Finding]) -> None:
    assert len(findings) == 130
    counted = Counter(map(kind, findings))
    rest = {one: count for one, (_, count) in ELSEWHERE.items()} | dict(OF_NUMBERS)
    assert {one: counted[one] for one in rest} == rest
    wanted = [*STANDING, *PLANTED, *REFUSED]
    assert Counter(map(named, (one for one in findings if kind(one) not in rest))) == Counter(
        wanted
    )
    assert len(wanted) + sum(rest.values()) == 130


def without_allowances(text: str) -> str:
    return re.sub(r"#\s*reportgen:\s*allow.*", "#", text)


def checked(folder: Path, planted: Mapping[tuple[Kind, str], Planted]) -> list[Diagnostic]:
    """Return what is found in the shipped content with faults planted, and nothing allowed."""
    names = (SOCIAL, SOCIAL_PROGRAMME, EQUAL, EQUAL_PROGRAMME)
    files = {name: without_allowances(shipped(name)) for name in names}
    for one in planted.values():
        for name, edit in one.edits:
            files[name] = edit(files[name])
    return check(lay_out(folder, files))[0]


@pytest.fixture(scope="module")
def standing(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[Diagnostic]]:
    root = tmp_path_factory.mktemp("standing")
    return root, checked(root, {})


@pytest.fixture(scope="module")
def spoilt(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[Diagnostic]]:
    root = tmp_path_factory.mktemp("spoilt")
    return root, checked(root, PLANTED)


@pytest.fixture(scope="module")
def refused(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[Diagnostic]]:
    root = tmp_path_factory.mktemp("refused")
    return root, checked(root, REFUSED)


def line_of(root: Path, expected: Expected) -> int:
    lines = (root / expected.file).read_text(encoding="utf-8").splitlines()
    start = 0
    if expected.below:
        below = expected.below.strip()
        start = next(at for at, line in enumerate(lines) if line.strip() == below)
    for at, line in enumerate(lines[start:], start=start + 1):
        own = expected.line.strip()
        if line.strip() == own or (own.endswith(":") and line.strip().startswith(own)):
            return at
    raise AssertionError(expected)


def assert_told(where: tuple[Path, list[Diagnostic]], expected: Expected) -> None:
    root, found = where
    place = expected.file, line_of(root, expected)
    there = [one for one in found if (one.span.file, one.span.line) == place]
    said = [one.message for one in there if one.code == expected.code]
    assert any(all(word in one for word in expected.words) for one in said), (place, there)


@pytest.mark.parametrize("name", STANDING, ids=lambda name: "-".join((*name[0], name[1])))
def test_what_stands_in_the_shipped_content_is_found(
    name: tuple[Kind, str], standing: tuple[Path, list[Diagnostic]]
) -> None:
    assert_told(standing, STANDING[name])


@pytest.mark.parametrize("name", PLANTED, ids=lambda name: "-".join((*name[0], name[1])))
def test_what_is_planted_is_found(
    name: tuple[Kind, str],
    spoilt: tuple[Path, list[Diagnostic]],
    standing: tuple[Path, list[Diagnostic]],
) -> None:
    expected = PLANTED[name].expected
    assert_told(spoilt, expected)
    clean = [one.message for one in standing[1] if one.code == expected.code]
    assert not any(all(word in one for word in expected.words) for one in clean)


@pytest.mark.parametrize("name", REFUSED, ids=lambda name: "-".join((*name[0], name[1])))
def test_what_cannot_be_read_is_an_error(
    name: tuple[Kind, str], refused: tuple[Path, list[Diagnostic]]
) -> None:
    assert_told(refused, REFUSED[name].expected)


def gaps(found: list[Diagnostic]) -> dict[str, set[int]]:
    """Return the missing numbers of social protection by what holds them."""
    missing: dict[str, set[int]] = {}
    for one in found:
        if one.code == "number-gap" and one.span.file == SOCIAL_PROGRAMME:
            for run in re.findall(r"[\d.]+(?:–[\d.]+)?", one.message):
                first, _, last = run.partition("–")
                above, _, start = first.rpartition(".")
                end = (last or first).rpartition(".")[2]
                missing.setdefault(above, set()).update(range(int(start), int(end) + 1))
    return missing


def written(text: str) -> set[int]:
    runs = (run.partition("–") for run in re.findall(r"\d+(?:–\d+)?", text))
    return {one for first, _, last in runs for one in range(int(first), int(last or first) + 1)}


def test_gaps_of_measures(findings: list[Finding], standing: tuple[Path, list[Diagnostic]]) -> None:
    missing = gaps(standing[1])
    listed = [one["message"] for one in findings if one["code"] == "MEASURE_NUMBER_GAP"]
    wanted = {}
    for message in listed:
        match = re.match(r"task ([\d.]+): measures ([\d–, ]+) absent", message)
        assert match
        wanted[match[1]] = written(match[2])
    assert {above: one for above, one in missing.items() if above.count(".") == 1} == wanted


def test_gaps_of_directions_and_tasks(standing: tuple[Path, list[Diagnostic]]) -> None:
    """«directions 9, 16, 17 absent; tasks 4.1, 10.1–10.7, 13.1/3/5/8–13, 14.1–2, 15.2–4 absent»."""
    missing = {above: one for above, one in gaps(standing[1]).items() if above.count(".") == 0}
    assert missing == {
        "": {9, 16, 17},
        "4": {1},
        "10": set(range(1, 8)),
        "13": {1, 3, 5, *range(8, 14)},
        "14": {1, 2},
        "15": {2, 3, 4},
    }


def test_the_first_column_departs_from_the_numbers(
    findings: list[Finding], standing: tuple[Path, list[Diagnostic]]
) -> None:
    """«№ з/п 9. but task 10.8»: the form counts, so all after a gap are one off, and more."""
    [one] = [
        one
        for one in standing[1]
        if one.code == "number-gap" and one.message == "бракує номерів: 9, 16, 17"
    ]
    ours = set()
    for place, note in one.related:
        match = re.fullmatch(r"«(\d+)» надруковано під номером (\d+)", note)
        assert match
        assert place.file == SOCIAL_PROGRAMME
        ours.add((match[2], match[1]))
    listed = [one["message"] for one in findings if one["code"] == "ORDINAL_TASK_MISMATCH"]
    theirs = {
        re.match(r"№ з/п (\d+)\.? but task (\d+)\.", one).groups()  # type: ignore[union-attr]
        for one in listed
    }
    assert ours == theirs


#: The codes of the rules over figures, time, numbers and narratives.
CODES = list(CATALOGUE)[
    list(CATALOGUE).index("percent-declared") : list(CATALOGUE).index("narrative-figures") + 1
]


def test_no_rule_fires_falsely_on_the_shipped_content(
    standing: tuple[Path, list[Diagnostic]],
) -> None:
    """Whatever is said of the shipped reports is one of the findings in their sources."""
    root, found = standing
    known = {(one.code, one.file, line_of(root, one)) for one in STANDING.values()}
    ours = [one for one in found if one.code in CODES]
    # Its head says «зі змінами», and no decision.
    passports = {one.span.file for one in ours if one.code == "changes-unnamed"}
    assert passports == {SOCIAL_PROGRAMME}
    ours = [one for one in ours if one.code != "changes-unnamed"]
    said = {(one.code, one.span.file, one.span.line) for one in ours if one.code != "number-gap"}
    assert said == known
    numbers = {one.span.file for one in ours if one.code == "number-gap"}
    assert numbers == {SOCIAL_PROGRAMME}
    assert all(one.severity is not Severity.ERROR for one in found)
