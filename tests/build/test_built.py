"""The same is not built twice, and nothing else is taken for the same."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from overlays import small
from small_project import COUNCIL, EXECUTORS, FORM, PERIOD, PROGRAMME

from reportgen.build import batch
from reportgen.cli import main


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Take down which reports are made."""
    names: list[str] = []
    make = batch.make_from

    def noted(snapshot: object, slug: str, period: str, order: object) -> object:
        names.append(f"{slug}/{period}")
        return make(snapshot, slug, period, order)  # type: ignore[arg-type]

    monkeypatch.setattr(batch, "make_from", noted)
    return names


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("REPORTGEN_CACHE", str(tmp_path / "cache"))
    return small(tmp_path / "project", "druhi")


def build(root: Path, *more: str) -> int:
    return main(["build", "--root", str(root), "--format", "html,xlsx", "--jobs", "1", *more])


BOTH = ["biblioteky/2024-h1", "druhi/2024-h1"]


def test_nothing_is_built_twice(root: Path, made: list[str]) -> None:
    assert build(root) == 0
    files = {path: path.read_bytes() for path in (root / "output").rglob("*.*")}
    assert made == BOTH
    made.clear()
    assert build(root) == 0
    assert build(root, "--format", "xlsx") == 0
    assert build(root, "druhi") == 0
    assert not made
    assert {path: path.read_bytes() for path in (root / "output").rglob("*.*")} == files


def test_it_is_built_again_when_that_is_asked(root: Path, made: list[str]) -> None:
    build(root)
    build(root, "--force")
    assert made == [*BOTH, *BOTH]


def append(name: str) -> Callable[[Path], None]:
    def change(root: Path) -> None:
        with (root / name).open("a", encoding="utf-8") as stream:
            stream.write("\n")

    return change


def add(name: str, text: str) -> Callable[[Path], None]:
    def change(root: Path) -> None:
        (root / name).parent.mkdir(exist_ok=True)
        (root / name).write_text(text, encoding="utf-8")

    return change


def remove(name: str) -> Callable[[Path], None]:
    return lambda root: (root / name).unlink()


@pytest.mark.parametrize(
    ("change", "again"),
    [
        (append(PERIOD), BOTH[:1]),
        (append(PROGRAMME), BOTH[:1]),
        (append(COUNCIL), BOTH),
        (append(EXECUTORS), BOTH),
        (append(FORM), BOTH),
        (add("templates/page.css", "p { color: black }"), BOTH),
        (add("templates/prosta/page.css", "p { color: black }"), BOTH),
        (add("templates/chuzha/page.css", "p {"), []),
        (append("output/druhi/2024-h1.html"), BOTH[1:]),
        (remove("output/druhi/2024-h1.xlsx"), BOTH[1:]),
        (remove("output/manifest.json"), BOTH),
    ],
    ids=[
        *("period", "programme", "council", "executors", "form", "style", "own-style"),
        *("other-form", "changed-file", "removed-file", "removed-manifest"),
    ],
)
def test_only_what_depends_on_a_change_is_built(
    root: Path, made: list[str], change: Callable[[Path], None], again: list[str]
) -> None:
    build(root)
    made.clear()
    change(root)
    build(root)
    assert made == again
    made.clear()
    build(root)
    assert not made


def test_an_earlier_report_of_the_year_counts(root: Path, made: list[str]) -> None:
    build(root)
    made.clear()
    earlier = root / PERIOD.replace("-h1", "-q1")
    earlier.write_text((root / PERIOD).read_text("utf-8").replace("2024-h1", "2024-q1"), "utf-8")
    build(root)
    assert sorted(made) == ["biblioteky/2024-h1", "biblioteky/2024-q1"]


def test_another_engine_and_another_day_make_other_files(
    root: Path, made: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    build(root, "druhi")
    build(root, "druhi", "--pdf-engine", "weasyprint")
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    build(root, "druhi", "--pdf-engine", "weasyprint")
    assert made == [BOTH[1]] * 3


def test_what_was_found_is_told_each_time(
    root: Path, made: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    text = (root / PERIOD).read_text("utf-8").replace("Придбано 214", "Придбано  214")
    (root / PERIOD).write_text(text, "utf-8")
    build(root)
    first = capsys.readouterr().err
    build(root)
    assert "text-blanks" in first
    assert capsys.readouterr().err == first
    assert made == BOTH


def test_a_report_with_an_error_is_never_kept(root: Path, made: list[str]) -> None:
    build(root)
    (root / "templates" / "prosta" / "page.css.txt").write_text("", "utf-8")
    assert build(root) == 1
    assert made == [*BOTH, *BOTH]


@pytest.mark.parametrize("kind", ["cut", "other", "nonsense"])
def test_damaged_memory_is_no_memory(
    root: Path, made: list[str], tmp_path: Path, kind: str
) -> None:
    build(root, "druhi")
    [file] = (tmp_path / "cache" / "build").rglob("druhi.jsonl")
    data = file.read_bytes()
    if kind == "cut":
        file.write_bytes(data[:-10])
    elif kind == "other":
        file.write_bytes(data.replace(b"prosta", b"inshij"))
    else:
        file.write_bytes(json.dumps([1, 2]).encode())
    assert build(root, "druhi") == 0
    assert made == [BOTH[1]] * 2
