"""What is costly to make and asked for by many tests: made once in a run, whoever asks first."""

from __future__ import annotations

import functools
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from filelock import FileLock
from overlays import ROOT, projects

from reportgen.cli import main
from reportgen.document.blocks import Document
from reportgen.model.standard import STANDARDS
from reportgen.write import pdf_weasyprint
from reportgen.write.pages import settle

JOINT = ("consolidated", "compare")
PACKAGE = "sesiia-35"
OF_PACKAGES = "typst"  # the one engine that draws them


def once(factory: pytest.TempPathFactory, name: str, make: Callable[[Path], None]) -> Path:
    """Return a folder that ``make`` fills once, however many processes run the tests."""
    base = factory.getbasetemp()
    folder = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / name
    with FileLock(f"{folder}.lock"):
        if not folder.exists():
            folder.mkdir()
            make(folder)
    return folder


def drawn(factory: pytest.TempPathFactory, engine: str) -> Path:
    """Return a folder with every PDF that the shipped content gives by an engine.

    There is a folder for each profile; in it one for each project, as a build fills it, and those
    of joint reports and of the package.
    """
    return once(factory, f"drawn-{engine}", functools.partial(_draw, engine))


def _draw(engine: str, folder: Path) -> None:
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(pdf_weasyprint, "settle", laid_out_once())
        for profile in STANDARDS:
            _draw_by(engine, profile, folder / profile)


def _draw_by(engine: str, profile: str, folder: Path) -> None:
    standard = ("--pdf-standard", profile)
    for root in projects():
        into = ("--root", root, "--output", folder / root.name, "--pdf-engine", engine, *standard)
        _run("build", *into, "--format", "pdf", "--jobs", "1")
    into = ("--root", ROOT, "--output", folder, "--pdf-engine", engine, *standard)
    _run("consolidated", "--period", "2023", *into, "--format", "pdf")
    _run("compare", "2023-h1", *into, "--format", "pdf")
    if engine == OF_PACKAGES:
        _run("package", PACKAGE, "--root", ROOT, "--output", folder, *standard, "--jobs", "1")


def _run(*asked: object) -> None:
    assert main([str(one) for one in asked]) == 0


def laid_out_once() -> Callable[..., tuple[Document, object]]:
    """Return a ``settle`` that remembers: profiles differ in the file, never in the layout."""
    known: list[tuple[Document, tuple[Document, object]]] = []

    def remembered(document: Document, *more: Any) -> tuple[Document, object]:
        for asked, settled in known:
            if asked == document:
                return settled
        known.append((document, settle(document, *more)))
        return known[-1][1]

    return remembered
