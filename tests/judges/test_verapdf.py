"""Every shipped PDF is what it declares: PDF/A-2a and PDF/UA-1, by veraPDF's word."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pikepdf
import pytest
from overlays import ROOT, projects
from verapdf import PDFA_2A, PDFUA_1, judge

from reportgen.build.formats import PDF_ENGINES
from reportgen.cli import main

pytestmark = [pytest.mark.slow, pytest.mark.judge("verapdf")]

SOUND = {PDFA_2A: (), PDFUA_1: ()}


def run(*asked: object) -> None:
    assert main([str(one) for one in asked]) == 0


def drawn(folder: Path) -> Iterator[Path]:
    """Yield every PDF that the shipped content gives, by every engine; annexes inside the book."""
    for engine in PDF_ENGINES:
        for root in projects():
            into = ("--root", root, "--output", folder / engine / root.name)
            run("build", *into, "--format", "pdf", "--pdf-engine", engine)
        into = ("--root", ROOT, "--output", folder / engine, "--pdf-engine", engine)
        run("consolidated", "--period", "2023", *into, "--format", "pdf")
        run("compare", "2023-h1", *into, "--format", "pdf")
        yield from (folder / engine).rglob("*.pdf")
    run("package", "sesiia-35", "--root", ROOT, "--output", folder)
    yield from (folder / "packages" / "sesiia-35").glob("[!0-9]*.pdf")


def test_every_shipped_pdf_is_for_archives_and_for_readers_aloud(tmp_path: Path) -> None:
    files = [*drawn(tmp_path)]
    kinds = {one.stem for one in files}
    assert {"book", "decision", "note", "consolidated", "compare"} <= kinds | {
        one.parent.name for one in files
    }
    verdicts = judge(files)
    assert {one: said for one, said in verdicts.items() if said != SOUND} == {}


def test_what_is_broken_is_told(tmp_path: Path) -> None:
    """The judge judges: without its tags and its title a file does not pass."""
    run("compare", "2023-h1", "--root", ROOT, "--output", tmp_path, "--format", "pdf")
    [path] = tmp_path.rglob("*.pdf")
    spoilt = tmp_path / "spoilt.pdf"
    with pikepdf.open(path) as pdf:
        del pdf.Root.StructTreeRoot
        pdf.save(spoilt)
    verdict = judge([spoilt])[spoilt]
    assert verdict[PDFA_2A]
    assert verdict[PDFUA_1]
