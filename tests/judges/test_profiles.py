"""The guide's table of what passes is true for all that ships, by veraPDF's word."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from overlays import ROOT, projects
from verapdf import Verdict, judge

from reportgen.build.formats import PDF_ENGINES
from reportgen.build.project import shipped_templates
from reportgen.cli import main
from reportgen.document.blocks import Document
from reportgen.load import form_ids
from reportgen.model.standard import STANDARDS
from reportgen.write import pdf_weasyprint
from reportgen.write.pages import settle

pytestmark = [pytest.mark.slow, pytest.mark.judge("verapdf")]

PAGE = (ROOT / "docs" / "uk" / "pdf.md").read_text("utf-8")
JOINT = ("consolidated", "compare")
PACKAGE = "package"
OF_PACKAGES = "typst"  # the one engine that draws them
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


def run(*asked: object) -> None:
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


def drawn(folder: Path, engine: str, profile: str) -> Iterator[Drawn]:
    """Yield every PDF that the shipped content gives by an engine and a profile."""
    standard = ("--pdf-standard", profile)
    for root in projects():
        output = folder / root.name
        into = ("--root", root, "--output", output, "--pdf-engine", engine, *standard)
        run("build", *into, "--format", "pdf", "--jobs", "1")
        entries = json.loads((output / "manifest.json").read_text("utf-8"))["files"]
        yield from ((one["form"], output / name) for name, one in entries.items())
    into = ("--root", ROOT, "--output", folder, "--pdf-engine", engine, *standard)
    run("consolidated", "--period", "2023", *into, "--format", "pdf")
    run("compare", "2023-h1", *into, "--format", "pdf")
    for kind in JOINT:
        yield from ((kind, one) for one in (folder / kind).glob("*.pdf"))
    if engine == OF_PACKAGES:
        yield from package(folder, *standard)


def package(folder: Path, *standard: str) -> Iterator[Drawn]:
    into = ("--root", ROOT, "--output", folder, *standard)
    run("package", "sesiia-35", *into, "--jobs", "1")
    # Pages of all annexes are in the book: of their own files the shortest is enough.
    made = [*(folder / "packages" / "sesiia-35").glob("[!0-9]*.pdf")]
    made += (folder / "packages" / "sesiia-35").glob("03-*.pdf")
    assert len(made) == 4
    assert {"book.pdf", "decision.pdf", "note.pdf"} < {one.name for one in made}
    yield from ((PACKAGE, one) for one in made)


@pytest.mark.parametrize("engine", PDF_ENGINES)
def test_what_passes_is_what_the_guide_says(
    engine: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pdf_weasyprint, "settle", laid_out_once())
    sound, answers = declared(), told()
    assert set(sound) == set(STANDARDS)
    forms = form_ids([shipped_templates()])
    everything = {*forms, *JOINT, PACKAGE}
    assert {name for name, _ in answers} == everything
    files = {profile: [*drawn(tmp_path / profile, engine, profile)] for profile in STANDARDS}
    verdicts = judge(path for each in files.values() for _, path in each)
    for profile, each in files.items():
        made = {name for name, _ in each}
        assert made == everything - ({PACKAGE} if engine != OF_PACKAGES else set())
        broken = {name: verdicts[path] for name, path in each if verdicts[path] != sound[profile]}
        promised = {name for name in everything if engine in answers[name, profile]}
        assert made - set(broken) == promised, (profile, broken)
