"""A PDF stays what it declares when a signature made elsewhere is put in, by veraPDF's word."""

from __future__ import annotations

from pathlib import Path

import pytest
from authority import Authority
from openssl_cms import sign
from small_project import lay
from verapdf import PDFA_1A, PDFA_1B, PDFA_2A, PDFA_3A, PDFUA_1, judge

from reportgen.build.formats import PDF_ENGINES
from reportgen.cli import main

pytestmark = [pytest.mark.slow, pytest.mark.judge("verapdf"), pytest.mark.tool("openssl")]

NAME = "biblioteky/2024-h1.pdf"
DECLARED = {
    "a-1b": {PDFA_1B},
    "a-1a": {PDFA_1A},
    "a-2a": {PDFA_2A, PDFUA_1},
    "a-3a": {PDFA_3A, PDFUA_1},
}


def test_signed_pdf_is_what_it_declares(tmp_path: Path, authority: Authority) -> None:
    root = lay(tmp_path)
    declared = {}
    for engine in PDF_ENGINES:
        for standard, profiles in DECLARED.items():
            folder = tmp_path / engine / standard
            signed_elsewhere(root, folder, engine, standard, authority)
            declared[folder / "signed" / NAME] = profiles
    verdicts = judge(declared)
    for path, profiles in declared.items():
        assert verdicts[path] == dict.fromkeys(profiles, ())


def signed_elsewhere(
    root: Path, folder: Path, engine: str, standard: str, authority: Authority
) -> None:
    where = ("--root", str(root))
    built = ("--output", str(folder / "built"), "--pdf-engine", engine, "--pdf-standard", standard)
    assert main(["build", "biblioteky", *where, "--format", "pdf", *built]) == 0
    waiting = folder / "waiting"
    named = ("--built", str(folder / "built"), "--output", str(waiting))
    assert main(["sign", "prepare", "biblioteky", *where, *named]) == 0
    data = (waiting / f"{NAME}.tbs").read_bytes()
    (waiting / f"{NAME}.tbs.p7s").write_bytes(sign(data, authority))
    taken = ("--waiting", str(waiting), "--output", str(folder / "signed"))
    assert main(["sign", "finish", *where, *taken]) == 0
