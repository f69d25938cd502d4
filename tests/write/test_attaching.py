"""What a PDF/A-3 carries: which files, once each, the same bytes on every build."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pikepdf
import pytest
from overlays import ROOT, small

from reportgen.build.formats import PDF_ENGINES
from reportgen.cli import main

SLUG, PERIOD = "biblioteky", "2024-h1"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True)
class Carried:
    """A file inside a PDF; ``kind`` is its media type."""

    data: bytes
    kind: str
    relationship: str
    description: str
    dates: tuple[str, str]


def carried(path: Path) -> Mapping[str, Carried]:
    """Return what a file carries, each found in both places where readers look."""
    with pikepdf.open(path) as pdf:
        if "/AF" not in pdf.Root:
            assert "/Names" not in pdf.Root or "/EmbeddedFiles" not in pdf.Root.Names
            return {}
        tree = pikepdf.NameTree(pdf.Root.Names.EmbeddedFiles)
        listed = [one.objgen for one in pdf.Root.AF]
        assert sorted(listed) == sorted(one.objgen for one in tree.values())
        assert len(listed) == len(set(listed))
        assert list(tree) == sorted(str(one.UF) for one in pdf.Root.AF)
        return {str(one.UF): _carried(one) for one in pdf.Root.AF}


def _carried(one: pikepdf.Object) -> Carried:
    stream = one.EF.F
    data = stream.read_bytes()
    assert str(one.F) == str(one.UF)
    assert stream.Params.Size == len(data)
    assert bytes(stream.Params.CheckSum) == hashlib.md5(data, usedforsecurity=False).digest()
    dates = str(stream.Params.CreationDate), str(stream.Params.ModDate)
    named = str(stream.Subtype)[1:], str(one.AFRelationship)[1:], str(one.Desc)
    return Carried(data, *named, dates)


def build(root: Path, *more: str, form: str = "pdf") -> Path:
    asked = ["build", SLUG, "--root", str(root), "--format", form, "--jobs", "1", *more]
    assert main(asked) == 0
    return root / "output" / SLUG / f"{PERIOD}.pdf"


def council(root: Path, line: str) -> None:
    path = root / "content" / "council.yaml"
    path.write_text(f"{path.read_text('utf-8')}{line}\n", "utf-8")


@pytest.mark.parametrize("engine", PDF_ENGINES)
def test_a_report_carries_its_source_its_workbook_and_its_figures(
    engine: str, tmp_path: Path
) -> None:
    root = small(tmp_path / "project")
    more = ("--pdf-standard", "a-3a", "--pdf-engine", engine)
    path = build(root, *more)
    files = carried(path)
    folder = root / "content" / "programmes" / SLUG
    assert files["programme.yaml"].data == (folder / "programme.yaml").read_bytes()
    assert files[f"{PERIOD}.yaml"].data == (folder / f"{PERIOD}.yaml").read_bytes()
    figures = json.loads(files[f"{SLUG}-{PERIOD}.json"].data)
    assert {one["programme"] for one in figures} == {SLUG}
    assert "annual_plan" in {one["column"] for one in figures}
    said = {name: (one.kind, one.relationship) for name, one in files.items()}
    assert said == {
        "programme.yaml": ("application/yaml", "Source"),
        f"{PERIOD}.yaml": ("application/yaml", "Source"),
        f"{SLUG}-{PERIOD}.xlsx": (XLSX, "Alternative"),
        f"{SLUG}-{PERIOD}.json": ("application/json", "Data"),
    }
    assert {one.dates for one in files.values()} == {("D:20240630000000Z",) * 2}
    assert all(one.description for one in files.values())
    once = path.read_bytes()
    assert build(root, "--force", *more, form="pdf,xlsx").read_bytes() == once
    assert files[f"{SLUG}-{PERIOD}.xlsx"].data == path.with_suffix(".xlsx").read_bytes()


def test_the_council_can_forbid_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What was built before by another choice is built again."""
    monkeypatch.setenv("REPORTGEN_CACHE", str(tmp_path / "cache"))
    root = small(tmp_path / "project")
    assert not carried(build(root))
    assert len(carried(build(root, "--pdf-standard", "a-3a"))) == 4
    council(root, "pdf: {standard: a-3a, attachments: false}")
    assert not carried(build(root))
    assert not carried(build(root, "--pdf-standard", "a-3a"))
    assert not carried(build(root, "--pdf-standard", "a-2a"))


def test_what_is_carried_is_what_was_built_from(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A remark changes nothing that is printed, and yet the file, which carries it."""
    monkeypatch.setenv("REPORTGEN_CACHE", str(tmp_path / "cache"))
    root = small(tmp_path / "project")
    council(root, "pdf: {standard: a-3a}")
    before = build(root).read_bytes()
    path = root / "content" / "programmes" / SLUG / f"{PERIOD}.yaml"
    path.write_text(f"{path.read_text('utf-8')}# перевірено\n", "utf-8")
    after = build(root)
    assert after.read_bytes() != before
    assert carried(after)[path.name].data == path.read_bytes()
    assert main(["proof", "--root", str(root)]) == 0


def test_documents_of_many_reports_carry_all_their_sources(tmp_path: Path) -> None:
    root = small(tmp_path / "project", "muzei")
    council(root, "pdf: a-3a")
    assert main(["consolidated", "--period", PERIOD, "--root", str(root), "--format", "pdf"]) == 0
    files = carried(root / "output" / "consolidated" / f"{PERIOD}.pdf")
    sources = {name for name, one in files.items() if one.relationship == "Source"}
    of_each = ("programme.yaml", f"{PERIOD}.yaml")
    assert sources == {f"{slug}-{name}" for slug in (SLUG, "muzei") for name in of_each}
    figures = json.loads(files[f"consolidated-{PERIOD}.json"].data)
    assert {"row", "total"} == {one["kind"] for one in figures}
    assert all(one["column_name"] for one in figures)
    assert files[f"consolidated-{PERIOD}.xlsx"].kind == XLSX


def test_a_package_and_each_of_its_annexes_carry_their_own(tmp_path: Path) -> None:
    asked = ["package", "sesiia-35", "--root", str(ROOT), "--output", str(tmp_path)]
    assert main([*asked, "--pdf-standard", "a-3a"]) == 0
    made = {one.stem: carried(one) for one in tmp_path.rglob("*.pdf")}
    [annex] = [name for name in made if name.endswith("social-protection")]
    assert "programme.yaml" in made[annex]
    own = next(one for one in tmp_path.rglob(f"{annex}.xlsx"))
    assert made[annex]["social-protection-2023-h1.xlsx"].data == own.read_bytes()
    book = made["book"]
    assert set(book) == {"sesiia-35.yaml", "sesiia-35.xlsx", "sesiia-35.json"}
    assert book["sesiia-35.xlsx"].data == next(tmp_path.rglob("workbook.xlsx")).read_bytes()
    source = (ROOT / "content" / "packages" / "sesiia-35.yaml").read_bytes()
    for name in ("book", "decision", "note"):
        assert made[name]["sesiia-35.yaml"].data == source
    whole = json.loads(book["sesiia-35.json"].data)
    each = [json.loads(one.data) for own in made.values() for n, one in own.items() if _data(n)]
    assert len(whole) == sum(map(len, each))


def _data(name: str) -> bool:
    return name.endswith(".json") and not name.startswith("sesiia")


def test_what_pdf_setting_cannot_be_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = small(tmp_path / "project")
    council(root, "pdf: {standard: a-3a, attachments: maybe, engine: x}")
    assert main(["build", "--root", str(root)]) == 1
    said = capsys.readouterr().err
    assert "«maybe» тут не буває" in said
    assert "невідомий ключ «engine»" in said
