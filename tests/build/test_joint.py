"""Documents over many reports: made by all cores, kept in the manifest, proven like any other."""

from __future__ import annotations

import base64
from pathlib import Path

import pytest
from overlays import small
from small_project import PERIOD, base

from reportgen.build.across import gather
from reportgen.build.manifest import read_manifest
from reportgen.build.project import open_project
from reportgen.cli import main
from reportgen.load import load_content

NAMES = [f"biblioteky-{number:02}" for number in range(1, 12)]


def change(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def village(folder: Path, *more: str) -> Path:
    """Return a project with an earlier period to compare with."""
    root = small(folder, *more)
    earlier = base(PERIOD).replace("period: 2024-h1", "period: 2024-q1")
    (root / PERIOD).with_name("2024-q1.yaml").write_text(earlier, encoding="utf-8")
    return root


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A village with consolidated information and a comparison."""
    made = village(tmp_path)
    where = ["--root", str(made), "--format", "html,docx"]
    assert main(["consolidated", "--period", "2024-h1", *where]) == 0
    assert main(["compare", "2024-h1", "--with", "2024-q1", *where]) == 0
    return made


def prove(root: Path, capsys: pytest.CaptureFixture[str], *more: str) -> tuple[int, str, str]:
    capsys.readouterr()
    code = main(["proof", "--root", str(root), *more])
    said = capsys.readouterr()
    return code, said.out, said.err


def test_the_number_of_workers_does_not_matter(tmp_path: Path) -> None:
    root = small(tmp_path, *NAMES)
    change(root / PERIOD, "actual: 48.5", "actual: багато")
    project = open_project(root)
    content = load_content(root, [])
    alone = gather(content.sources, content, project, workers=1)
    assert gather(content.sources, content, project, workers=2) == alone
    assert [one.slug for one in alone.reports] == NAMES
    assert [one.slug for one in alone.faulty] == ["biblioteky"]
    assert alone.found


def test_the_manifest_names_them_and_what_they_are_made_from(root: Path) -> None:
    entries = read_manifest(root / "output")
    assert sorted(entries) == [
        *(f"compare/2024-h1-2024-q1.{one}" for one in ("docx", "html")),
        *(f"consolidated/2024-h1.{one}" for one in ("docx", "html")),
    ]
    both = {PERIOD, PERIOD.replace("h1", "q1")}
    for name, entry in entries.items():
        made_from = set(entry.inputs)
        assert {"templates/prosta/form.yaml", "content/council.yaml"} <= made_from
        assert {"templates/frame.docx", "templates/page.html.j2"} <= made_from
        assert made_from & both == (both if name.startswith("compare") else {PERIOD})


def test_a_build_carries_them_on(root: Path) -> None:
    before = read_manifest(root / "output")
    assert main(["build", "--root", str(root), "--format", "html"]) == 0
    after = read_manifest(root / "output")
    assert before.items() <= after.items()
    assert len(after) == len(before) + 2


def test_they_are_proven(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = prove(root, capsys)
    assert (code, err) == (0, "")
    assert "| consolidated " in out
    assert "| compare " in out
    code, out, err = prove(root, capsys, "--period", "2024-h1")
    assert err == ""
    assert "| consolidated " in out
    assert "| compare " in out


def test_those_of_another_period_are_not_asked_for(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["build", "--root", str(root), "--format", "html"]) == 0
    _, out, _ = prove(root, capsys, "--period", "2024-q1")
    assert "consolidated" not in out
    assert "compare" not in out


def test_older_ones_are_told_of(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    change(root / PERIOD, "actual: 48.5", "actual: 47.5")
    code, _, err = prove(root, capsys)
    assert code == 1
    assert "складено зі старіших даних, складіть знову (consolidated); змінено" in err
    assert "складено зі старіших даних, складіть знову (compare); змінено" in err
    assert "consolidated/2024-h1.docx: таблиця 1, рядок" in err


def test_one_without_reports_is_told_of(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (root / PERIOD).unlink()
    code, _, err = prove(root, capsys)
    assert code == 1
    assert "consolidated/2024-h1.html: такого звіту в даних уже немає" in err
    assert "compare/2024-h1-2024-q1.html: такого звіту в даних уже немає" in err


def test_a_chart_that_was_changed_is_told_of(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    page = root / "output" / "consolidated" / "2024-h1.html"
    text = page.read_text(encoding="utf-8")
    picture = text.partition('<img src="data:image/svg+xml;base64,')[2].partition('"')[0]
    svg = base64.b64decode(picture).decode()
    label = svg.rpartition('font-weight="bold">')[2].partition("<")[0]
    spoilt = svg.replace(f">{label}<", ">99,9<")
    text = text.replace(picture, base64.b64encode(spoilt.encode()).decode())
    page.write_text(text, encoding="utf-8")
    code, _, err = prove(root, capsys)
    assert code == 1
    assert "consolidated/2024-h1.html: файл змінено після складання" in err
    shown = label.removesuffix("\u00a0%")
    assert f"consolidated/2024-h1.html: немає того, що є в моделі: {shown}" in err
