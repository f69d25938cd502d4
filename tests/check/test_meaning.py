"""Rules see an amount by what its column means, however the form calls it."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from overlays import ROOT

from reportgen.cli import main

COUNCILS = ROOT / "examples" / "other-councils" / "content"
ANNUAL = "annual-sections/2023.yaml"
BUDGET = "budget-programme/2023.yaml"
COLUMNS = "sources-in-columns/2023-h1.yaml"
ROWS = "kharkiv-sources-in-rows/2023-h1.yaml"


@pytest.mark.parametrize(
    ("file", "old", "new", "code"),
    [
        (ANNUAL, "actual: 14.0", "actual: 440.0", "actual-above-plan"),
        (ANNUAL, "4.2:\n    plan: 0.0", "4.2:\n    plan: 5.0", "plan-not-financed"),
        (BUDGET, "cash: 20000}", "cash: 200000}", "actual-above-plan"),
        (COLUMNS, "plan: {local: 3599.9}", "plan: {local: 359.9}", "actual-above-plan"),
    ],
)
def test_a_fault_is_found(  # noqa: PLR0913, PLR0917 - a file, its change and what is said of it
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    file: str,
    old: str,
    new: str,
    code: str,
) -> None:
    shutil.copytree(COUNCILS, tmp_path / "content")
    path = tmp_path / "content" / "programmes" / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    main(["check", "--root", str(tmp_path), "--format", "json"])
    found = json.loads(capsys.readouterr().out)
    assert code in {one["code"] for one in found if one["file"].endswith(file)}
