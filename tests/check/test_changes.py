"""From files: decisions that changed a programme, and the report before, which is read quietly."""

from __future__ import annotations

from pathlib import Path

import pytest
from small_project import PERIOD, PROGRAMME, asked, base, findings

QUARTER = "content/programmes/biblioteky/2024-q1.yaml"
EARLIER = (
    base(PERIOD).replace("2024-h1", "2024-q1").replace("annual_plan: 36.0", "annual_plan: 40.0")
)
SPENT = EARLIER.replace("actual: 48.5", "actual: 60.0")


def codes(folder: Path, files: dict[str, str | bytes]) -> list[str]:
    return [one.code for one in asked(folder, files)]


def test_the_report_before_is_compared(tmp_path: Path) -> None:
    assert codes(tmp_path, {QUARTER: SPENT}) == ["actual-fell", "plan-changed"]


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ('[{date: 2024-05-16, number: "530"}]', []),
        ('[{date: 2024-01-25, number: "7"}, {date: 2024-06-30, number: "531"}]', []),
        ('[{date: 2024-07-01, number: "532"}]', ["plan-changed"]),
        ("[]", ["plan-changed"]),
    ],
)
def test_a_decision_explains_a_change(changes: str, expected: list[str], tmp_path: Path) -> None:
    programme = base(PROGRAMME).replace("executor: viddil", f"changes: {changes}\nexecutor: viddil")
    assert codes(tmp_path, {QUARTER: EARLIER, PROGRAMME: programme}) == expected


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ("[{date: 16 травня, number: 530}]", "date-invalid"),
        ("[{date: 2024-05-16}]", "key-missing"),
        ("[{date: 2024-05-16, number: 530, nomer: 1}]", "key-unknown"),
        ("2024-05-16", "value-type"),
    ],
)
def test_a_decision_is_a_date_and_a_number(changes: str, expected: str, tmp_path: Path) -> None:
    programme = base(PROGRAMME).replace("executor: viddil", f"changes: {changes}\nexecutor: viddil")
    [one] = findings(tmp_path, {PROGRAMME: programme})
    assert (one.code, one.span.line) == (expected, 4)


@pytest.mark.parametrize(
    "broken",
    [b"[", SPENT.replace("actual: 18.0", "actual: x"), SPENT.replace("2024-q1", "2023-q1")],
)
def test_one_that_does_not_load_is_not_compared(broken: str | bytes, tmp_path: Path) -> None:
    """What is wrong with it is told of it, and of nothing else."""
    files = {QUARTER: broken}
    assert {one.span.file for one in findings(tmp_path / "told", files)} == {QUARTER}
    assert not [one for one in asked(tmp_path / "asked", files) if one.span.file == PERIOD]


def test_another_year_is_not_compared(tmp_path: Path) -> None:
    other = "content/programmes/biblioteky/2025-q1.yaml"
    later = SPENT.replace("2024-q1", "2025-q1").replace("actual: 60.0", "actual: 1.0")
    later = later.replace("actual: 12.5", "actual: 0.5")
    assert codes(tmp_path, {other: later}) == []


def test_the_nearest_one_that_loads_is_compared(tmp_path: Path) -> None:
    nine = "content/programmes/biblioteky/2024-9m.yaml"
    files = {
        QUARTER: EARLIER.replace("40.0\n", "36.0\n"),
        PERIOD: base(PERIOD).replace("48.5", "x"),
        nine: base(PERIOD).replace("2024-h1", "2024-9m").replace("48.5", "30.0"),
    }
    [one] = [one for one in asked(tmp_path, files) if one.code == "actual-fell"]
    [(place, _)] = one.related
    assert (one.span.file, place.file) == (nine, QUARTER)
