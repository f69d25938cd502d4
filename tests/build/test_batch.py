"""What a worker makes, it makes as the one who asks would."""

from __future__ import annotations

from pathlib import Path

import pytest
from overlays import small

from reportgen.build.batch import Task, make_task
from reportgen.build.fingerprints import machine_fingerprint
from reportgen.build.make import Order
from reportgen.build.project import open_project
from reportgen.build.snapshot import take_snapshot
from reportgen.diagnostics import BrokenEnvironment
from reportgen.load import load_content


def task(root: Path, machine: str | None) -> Task:
    project = open_project(root)
    content = load_content(project.root, [])
    [source] = content.sources
    snapshot = take_snapshot(source, content, project)
    assert snapshot is not None
    order = Order(("html",), "typst", None)
    return Task(source.slug, source.period.id, snapshot, order, machine)


def test_a_worker_of_the_same_kind_makes_it(tmp_path: Path) -> None:
    made = make_task(task(small(tmp_path), machine_fingerprint()))
    assert made.files.keys() == {"html"}


def test_a_worker_of_another_kind_refuses(tmp_path: Path) -> None:
    with pytest.raises(BrokenEnvironment, match="інша версія reportgen"):
        make_task(task(small(tmp_path), "0" * 64))
