"""The guide's table of what passes is true for all that ships, by veraPDF's word."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
from drawn import JOINT, OF_PACKAGES, PACKAGE, drawn
from overlays import ROOT, projects
from verapdf import Verdict, judge

from reportgen.build.formats import PDF_ENGINES
from reportgen.build.project import shipped_templates
from reportgen.load import form_ids
from reportgen.model.standard import STANDARDS

pytestmark = [pytest.mark.slow, pytest.mark.judge("verapdf")]

PAGE = (ROOT / "docs" / "uk" / "pdf.md").read_text("utf-8")
OF_PACKAGE = "package"  # as the guide's table calls it
SAID = {"обидва": set(PDF_ENGINES), "typst": {"typst"}, "жоден": set()}

#: What was drawn, and where it lies.
Drawn = tuple[str, Path]


def declared() -> Mapping[str, Verdict]:
    """Return what a sound file of each profile declares, as the judge calls it."""
    found = re.findall(r"^\| `(a-\w+)` \| ([^|]+) \|$", PAGE, re.MULTILINE)
    return {profile: dict.fromkeys(said.upper().split(", "), ()) for profile, said in found}


def told() -> Mapping[tuple[str, str], set[str]]:
    """Return the engines whose files are sound, by what is drawn and by profile."""
    head, *rows = re.findall(r"^\| (\S+) \|((?: [^|]+ \|){4})$", PAGE, re.MULTILINE)
    assert head[0] == "Що"
    profiles = re.findall(r"`([\w-]+)`", head[1])
    return {
        (name.strip("`"), profile): SAID[said.strip()]
        for name, cells in rows
        for profile, said in zip(profiles, cells.split("|"), strict=False)
    }


def made_by(folder: Path, engine: str) -> Iterator[Drawn]:
    """Yield every PDF of a profile's folder that is judged."""
    for root in projects():
        output = folder / root.name
        entries = json.loads((output / "manifest.json").read_text("utf-8"))["files"]
        yield from ((one["form"], output / name) for name, one in entries.items())
    for kind in JOINT:
        yield from ((kind, one) for one in (folder / kind).glob("*.pdf"))
    if engine == OF_PACKAGES:
        yield from package(folder / "packages" / PACKAGE)


def package(folder: Path) -> Iterator[Drawn]:
    # Pages of all annexes are in the book: of their own files the shortest is enough.
    made = [*folder.glob("[!0-9]*.pdf"), *folder.glob("03-*.pdf")]
    assert len(made) == 4
    assert {"book.pdf", "decision.pdf", "note.pdf"} < {one.name for one in made}
    yield from ((OF_PACKAGE, one) for one in made)


@pytest.mark.parametrize("engine", PDF_ENGINES)
def test_what_passes_is_what_the_guide_says(
    engine: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    sound, answers = declared(), told()
    assert set(sound) == set(STANDARDS)
    forms = form_ids([shipped_templates()])
    everything = {*forms, *JOINT, OF_PACKAGE}
    assert {name for name, _ in answers} == everything
    folder = drawn(tmp_path_factory, engine)
    files = {profile: [*made_by(folder / profile, engine)] for profile in STANDARDS}
    verdicts = judge(path for each in files.values() for _, path in each)
    for profile, each in files.items():
        made = {name for name, _ in each}
        assert made == everything - ({OF_PACKAGE} if engine != OF_PACKAGES else set())
        broken = {name: verdicts[path] for name, path in each if verdicts[path] != sound[profile]}
        promised = {name for name in everything if engine in answers[name, profile]}
        assert made - set(broken) == promised, (profile, broken)
