"""The judge judges: what passes it, test_profiles tells."""

from __future__ import annotations

from pathlib import Path

import pikepdf
import pytest
from overlays import ROOT
from verapdf import PDFA_2A, PDFUA_1, judge

from reportgen.cli import main

pytestmark = [pytest.mark.slow, pytest.mark.judge("verapdf")]


def run(*asked: object) -> None:
    assert main([str(one) for one in asked]) == 0


def test_what_is_broken_is_told(tmp_path: Path) -> None:
    """Without its tags a file does not pass."""
    run("compare", "2023-h1", "--root", ROOT, "--output", tmp_path, "--format", "pdf")
    [path] = tmp_path.rglob("*.pdf")
    spoilt = tmp_path / "spoilt.pdf"
    with pikepdf.open(path) as pdf:
        del pdf.Root.StructTreeRoot
        pdf.save(spoilt)
    verdict = judge([spoilt])[spoilt]
    assert verdict[PDFA_2A]
    assert verdict[PDFUA_1]
