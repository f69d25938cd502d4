"""What a report is made from, and a build from it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from overlays import projects, small

from reportgen.build.make import Order, make, make_from
from reportgen.build.project import open_project
from reportgen.build.snapshot import Snapshot, take_snapshot
from reportgen.cli import main
from reportgen.load import load_content

ORDER = Order(("docx", "xlsx", "html"), "typst", None)


def snapshot(root: Path, slug: str = "biblioteky") -> Snapshot | None:
    project = open_project(root)
    content = load_content(project.root, [])
    [source] = [one for one in content.sources if one.slug == slug]
    return take_snapshot(source, content, project)


@pytest.mark.slow
@pytest.mark.parametrize("root", projects(), ids=lambda root: root.name)
def test_a_snapshot_makes_what_the_project_makes(root: Path) -> None:
    project = open_project(root)
    content = load_content(project.root, [])
    for source in content.sources:
        taken = take_snapshot(source, content, project)
        assert taken is not None
        made = make_from(taken, source.slug, source.period.id, ORDER)
        assert made == make(source, content, project, ORDER)
        assert made.files.keys() == set(ORDER.formats)


def test_only_what_a_report_is_made_from_is_taken(tmp_path: Path) -> None:
    root = small(tmp_path, "inshi")
    (root / "templates" / "page.css").write_text("p {}", encoding="utf-8")
    (root / "templates" / "chuzha").mkdir()
    (root / "templates" / "chuzha" / "form.yaml").write_text("title: x", encoding="utf-8")
    (root / "templates" / "prosta" / "notes.txt").write_text("x", encoding="utf-8")
    taken = snapshot(root)
    assert taken is not None
    assert sorted(taken.files) == [
        "content/council.yaml",
        "content/programmes/biblioteky/2024-h1.yaml",
        "content/programmes/biblioteky/programme.yaml",
        "content/registers/executors.yaml",
        "content/registers/funds.yaml",
        "content/registers/officials.yaml",
        "templates/page.css",
        "templates/prosta/form.yaml",
    ]


def test_earlier_reports_of_the_year_are_taken(tmp_path: Path) -> None:
    root = small(tmp_path)
    folder = root / "content" / "programmes" / "biblioteky"
    for name in ("2024-q1", "2024-9m", "2023"):
        shutil.copy(folder / "2024-h1.yaml", folder / f"{name}.yaml")
    project = open_project(root)
    content = load_content(project.root, [])
    [source] = [one for one in content.sources if one.period.id == "2024-h1"]
    taken = take_snapshot(source, content, project)
    assert taken is not None
    periods = {Path(name).stem for name in taken.files if "/biblioteky/20" in name}
    assert periods == {"2024-h1", "2024-q1"}


def test_a_link_is_built_where_it_lies(tmp_path: Path) -> None:
    root = small(tmp_path, "inshi")
    period = root / "content" / "programmes" / "biblioteky" / "2024-h1.yaml"
    period.rename(root / "kept.yaml")
    period.symlink_to(root / "kept.yaml")
    assert snapshot(root) is None
    assert main(["build", "--root", str(root), "--format", "html", "--jobs", "2"]) == 0
    assert (root / "output" / "biblioteky" / "2024-h1.html").is_file()
    assert (root / "output" / "inshi" / "2024-h1.html").is_file()


def test_what_a_worker_cannot_see_stops_the_report(tmp_path: Path) -> None:
    root = small(tmp_path, "inshi")
    (root / "templates" / "prosta" / "page.html.j2.txt").write_text("x", encoding="utf-8")
    for jobs in ("1", "2"):
        assert main(["build", "--root", str(root), "--format", "html", "--jobs", jobs]) == 1
        assert not list((root / "output").rglob("*.html"))


def test_a_broken_report_stops_no_other(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    root = small(tmp_path, "inshi", "treti")
    wrong = root / "content" / "programmes" / "inshi" / "2024-h1.yaml"
    wrong.write_text("period: 2024-h1\nmeasures: {", encoding="utf-8")
    assert main(["build", "--root", str(root), "--format", "html", "--jobs", "3"]) == 1
    built = sorted(path.parent.name for path in (root / "output").rglob("*.html"))
    assert built == ["biblioteky", "treti"]
    assert "content/programmes/inshi/2024-h1.yaml:2:12: помилка" in capsys.readouterr().err
