"""Signatures, their marks and their evidence take no PDF/A and no PDF/UA from a file."""

from __future__ import annotations

from pathlib import Path

import pytest
from authority import Authority
from signed_project import (
    DEPUTY,
    HEAD,
    OF_PERSONS,
    REPORT,
    SEAL,
    built,
    described,
    passwords,
    sign,
)
from small_project import OFFICIALS, base
from verapdf import judge

from reportgen.build.formats import PDF_ENGINES
from reportgen.cli import main
from reportgen.model.standard import STANDARDS

__all__ = ["passwords"]
#: A position that takes three lines of its mark.
LONG = (
    '"Заступник міського голови з питань діяльності виконавчих органів ради — начальник управління '
    'містобудування та архітектури, головний архітектор міста"'
)

pytestmark = [pytest.mark.slow, pytest.mark.judge("verapdf")]


@pytest.mark.usefixtures("passwords")
def test_signed_files_are_still_for_archives(tmp_path: Path, authority: Authority) -> None:
    officials = base(OFFICIALS) + OF_PERSONS.replace("Заступник міського голови", LONG)
    signing = described(authority, (HEAD, DEPUTY, SEAL), "B-LTA")
    root = built(tmp_path, signing, {OFFICIALS: officials})
    declared: dict[Path, int] = {}
    for name, standard in STANDARDS.items():
        for engine in PDF_ENGINES:
            output, signed = tmp_path / f"{name}-{engine}", tmp_path / f"{name}-{engine}-signed"
            into = ("--root", str(root), "--output", str(output), "--pdf-engine", engine)
            assert main(["build", *into, "--format", "pdf", "--pdf-standard", name]) == 0
            assert sign(root, "--output", str(output), "--signed", str(signed)) == 0
            declared[signed / REPORT] = 1 if standard.is_first_part else 2
    verdicts = judge(declared)
    assert {one: len(said) for one, said in verdicts.items()} == declared
    assert not {one: said for one, said in verdicts.items() if any(said.values())}
