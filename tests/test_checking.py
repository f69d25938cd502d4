"""Reports checked by several processes: what is found, and how it ends."""

from __future__ import annotations

import multiprocessing
import os
from pathlib import Path

import pytest
from overlays import small
from small_project import PERIOD, base, write

from reportgen.build import checking
from reportgen.build import cores as spread
from reportgen.build.checked import Checked
from reportgen.build.checking import check_reports
from reportgen.build.cores import cores
from reportgen.build.project import open_project
from reportgen.build.remembered import Memory
from reportgen.diagnostics import BrokenEnvironment
from reportgen.load import load_content

forking = pytest.mark.skipif(
    multiprocessing.get_start_method() != "fork", reason="інші процеси не бачать підміни"
)


@pytest.fixture
def county(tmp_path: Path) -> Path:
    """Fourteen programmes with two reports each, some of them with mistakes."""
    root = small(tmp_path, *(f"p{at}" for at in range(13)))
    for at, folder in enumerate(sorted((root / "content" / "programmes").iterdir())):
        spoilt = base(PERIOD).replace("Придбано 214", f"Придбано{' ' * (at % 3 + 1)}{at}", 1)
        write(folder / "2024-h1.yaml", spoilt.replace("info", "inf", at == 5))
        write(folder / "2024-q1.yaml", base(PERIOD).replace("2024-h1", "2024-q1"))
    return root


def checks_of(root: Path, workers: int) -> list[tuple[str, Checked]]:
    project = open_project(root)
    content = load_content(project.root, [])
    memory = Memory(project, None)
    checks = check_reports(content.sources, content, project, memory, workers)
    return [(f"{source.slug}/{source.period.id}", one) for source, one in checks]


def test_any_number_of_workers_finds_the_same(county: Path) -> None:
    alone = checks_of(county, 1)
    assert len(alone) == 28
    assert sum(len(one.found) for _, one in alone) > 8
    assert [checks_of(county, workers) for workers in (2, 3)] == [alone, alone]


def test_a_few_reports_stay_in_one_process(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spread, "ProcessPoolExecutor", None)
    assert len(checks_of(small(tmp_path, "inshe"), 8)) == 2


def test_a_machine_without_semaphores_checks_one_at_a_time(
    county: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise OSError(38, "Function not implemented")

    alone = checks_of(county, 1)
    monkeypatch.setattr(spread, "ProcessPoolExecutor", refuse)
    assert checks_of(county, 2) == alone


@forking
def test_what_breaks_a_worker_is_told(county: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object, **__: object) -> None:
        raise BrokenEnvironment("немає шаблону")

    monkeypatch.setattr(checking, "draft", broken)
    with pytest.raises(BrokenEnvironment, match="немає шаблону"):
        checks_of(county, 2)
    monkeypatch.setattr(checking, "draft", lambda *_, **__: os._exit(9))
    with pytest.raises(BrokenEnvironment, match="система зупинила перевірку"):
        checks_of(county, 2)
    assert multiprocessing.active_children() == []


def test_an_interrupt_leaves_no_process(county: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(Memory, "keep", interrupt)
    with pytest.raises(KeyboardInterrupt):
        checks_of(county, 2)
    assert multiprocessing.active_children() == []


def test_cores() -> None:
    assert 1 <= cores() <= (os.cpu_count() or 1)
