"""The guide's table of profiles is true, by veraPDF's word."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import pytest
from overlays import ROOT
from test_package import small
from verapdf import judge

from reportgen.build.formats import PDF_ENGINES
from reportgen.cli import main
from reportgen.model.standard import STANDARDS

pytestmark = [pytest.mark.slow, pytest.mark.judge("verapdf")]

PAGE = (ROOT / "docs" / "uk" / "pdf.md").read_text("utf-8")
PACKAGE = "package"


def table() -> Iterator[tuple[str, str, Sequence[str]]]:
    """Yield each profile with what its files declare, and the answers of its other cells."""
    for profile, declared, *answers in re.findall(
        r"^\| `(a-\w+)` \| (.+?) \| (.+?) \| (.+?) \| (.+?) \|$", PAGE, re.MULTILINE
    ):
        yield profile, declared, answers


def run(*asked: object) -> None:
    assert main([str(one) for one in asked]) == 0


def drawn(folder: Path, profile: str) -> Mapping[str, list[Path]]:
    """Return files of one profile by what has made them: an engine, or the package."""
    standard = ("--pdf-standard", profile)
    files: dict[str, list[Path]] = {}
    for engine in PDF_ENGINES:
        into = ("--output", folder / engine, "--format", "pdf", "--pdf-engine", engine, *standard)
        run("build", "--root", ROOT / "examples" / "other-councils", *into)
        run("consolidated", "--period", "2023", "--root", ROOT, *into)
        files[engine] = [*(folder / engine).rglob("*.pdf")]
    root = small(folder / "village")
    run("package", "sesiia-5", "--root", root, *standard)
    files[PACKAGE] = [*(root / "output").rglob("*.pdf")]
    assert [len(one) for one in files.values()] == [6, 6, 4]
    return files


def test_every_profile_passes_where_the_guide_says_so(tmp_path: Path) -> None:
    rows = {profile: (declared, answers) for profile, declared, answers in table()}
    assert set(rows) == set(STANDARDS)
    files = {profile: drawn(tmp_path / profile, profile) for profile in rows}
    verdicts = judge(one for made in files.values() for each in made.values() for one in each)
    for profile, (declared, answers) in rows.items():
        sound = {one.upper(): () for one in declared.split(", ")}
        for (maker, each), answer in zip(files[profile].items(), answers, strict=True):
            broken = {one: verdicts[one] for one in each if verdicts[one] != sound}
            assert not broken, f"{profile}, {maker}"
            assert answer == "так"
