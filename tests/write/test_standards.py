"""Profiles of PDF: who chooses, what a file declares, and what is refused before it is written."""

from __future__ import annotations

import base64
import io
import re
from pathlib import Path

import pikepdf
import pytest
from drawn import OF_PACKAGES, PACKAGE, drawn
from overlays import small
from PIL import Image
from small import small_document

from reportgen.build.formats import PDF_ENGINES, produce
from reportgen.build.project import shipped_templates
from reportgen.cli import main
from reportgen.model.standard import STANDARDS, USUAL, Standard
from reportgen.write.fonts import find_typeface
from reportgen.write.frame import Frame, FrameError

TEMPLATES = shipped_templates()
PAGE, STYLE, SHAPE = (
    (TEMPLATES / name).read_text("utf-8") for name in ("page.html.j2", "page.css", "document.typ")
)
FRAME = Frame(b"", PAGE, STYLE, SHAPE)
FIRST = [one for one in Standard if one.is_first_part]

DECLARED = {
    Standard.A_1B: ("1.4", "1", "B", False),
    Standard.A_1A: ("1.4", "1", "A", False),
    Standard.A_2A: ("1.7", "2", "A", True),
    Standard.A_3A: ("1.7", "3", "A", True),
}


def draw(engine: str, standard: Standard, *, style: str = STYLE, shape: str = SHAPE) -> bytes:
    frame = Frame(b"", PAGE, style, shape)
    return produce("pdf", small_document(), frame, find_typeface(), engine, standard)


def declared(data: bytes) -> tuple[str, str, str, bool]:
    """Return the version of PDF, part and level of PDF/A, and whether PDF/UA-1 is declared."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        xmp = pdf.Root.Metadata.read_bytes().decode()
        part, level = (
            re.search(rf"pdfaid:{name}(?:>|=\")(\w)", xmp) for name in ("part", "conformance")
        )
        assert part
        assert level
        return pdf.pdf_version, part[1], level[1], "pdfuaid:part" in xmp


@pytest.mark.parametrize("engine", PDF_ENGINES)
@pytest.mark.parametrize("standard", Standard)
def test_a_file_declares_what_is_asked_for(engine: str, standard: Standard) -> None:
    data = draw(engine, standard)
    assert declared(data) == DECLARED[standard]
    assert draw(engine, standard) == data
    with pikepdf.open(io.BytesIO(data)) as pdf:
        assert "/StructTreeRoot" in pdf.Root  # even where nobody asks for tags
        assert str(pdf.Root.Lang) == "uk"
    assert b"/ObjStm" not in data or not standard.is_first_part


def picture(kind: str, data: bytes) -> str:
    address = f"data:image/{kind};base64,{base64.b64encode(data).decode()}"
    return f'h1 {{ background: url("{address}") repeat }}'


def square(more: str = "") -> str:
    """Return the rule that lays a picture under the title again and again."""
    drawn = f"<rect width='5' height='5' fill='black'{more}/>"
    svg = f"<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'>{drawn}</svg>"
    return picture("svg+xml", svg.encode())


def veil() -> str:
    """Return the rule that lays a picture there which is less than opaque."""
    written = io.BytesIO()
    Image.new("RGBA", (4, 4), (255, 0, 0, 99)).save(written, "PNG")
    return picture("png", written.getvalue())


@pytest.mark.parametrize("standard", FIRST)
@pytest.mark.parametrize(
    "rule",
    [
        "td { background: rgb(0 0 0 / 5%) }",
        "h1 { border-bottom: 1pt solid rgb(0 0 0 / 40%) }",
        "h1 { background: linear-gradient(white, rgb(0 0 0 / 20%)) }",
        veil(),
        square(" opacity='0.5'"),
    ],
    ids=["ground", "line", "gradient", "png", "svg"],
)
def test_weasyprint_writes_nothing_transparent_into_the_first_part(
    standard: Standard, rule: str
) -> None:
    with pytest.raises(FrameError, match="не знає прозорості"):
        draw("weasyprint", standard, style=f"{STYLE}\n{rule}")


def test_what_is_opaque_is_no_transparency() -> None:
    """WeasyPrint draws what is repeated as a group, which PDF/A-1 has no room for."""
    data = draw("weasyprint", Standard.A_1B, style=f"{STYLE}\n{square()}")
    with pikepdf.open(io.BytesIO(data)) as pdf:
        forms = [one for one in pdf.objects if isinstance(one, pikepdf.Stream) and "/BBox" in one]
        assert forms
        assert not any("/Group" in one for one in forms)


@pytest.mark.parametrize("standard", Standard)
def test_typst_writes_nothing_transparent_into_the_first_part(standard: Standard) -> None:
    shape = f"{SHAPE}\n#rect(fill: rgb(255, 0, 0, 40%))"
    if not standard.is_first_part:
        assert draw("typst", standard, shape=shape)
        return
    with pytest.raises(FrameError, match="не знає прозорості"):
        draw("typst", standard, shape=shape)


@pytest.mark.parametrize("standard", Standard)
def test_no_standard_loses_a_letter(standard: Standard) -> None:
    """PDF/A-1b alone would: Typst leaves a glyph out there without a word."""
    with pytest.raises(FrameError, match="у шрифті немає знака"):
        draw("typst", standard, shape=f"{SHAPE}\n\U00013000")


def council(root: Path, line: str) -> None:
    path = root / "content" / "council.yaml"
    path.write_text(f"{path.read_text('utf-8')}{line}\n", "utf-8")


def build(root: Path, *more: str) -> bytes:
    assert main(["build", "--root", str(root), "--format", "pdf", "--jobs", "1", *more]) == 0
    return (root / "output" / "biblioteky" / "2024-h1.pdf").read_bytes()


def test_the_council_chooses_and_the_command_overrules_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever chose, what was built before by another choice is built again."""
    monkeypatch.setenv("REPORTGEN_CACHE", str(tmp_path / "cache"))
    root = small(tmp_path / "project")
    usual = build(root)
    assert declared(usual) == DECLARED[USUAL]
    assert declared(build(root, "--pdf-standard", "a-1b")) == DECLARED[Standard.A_1B]
    assert build(root) == usual
    council(root, "pdf: a-3a")
    assert declared(build(root)) == DECLARED[Standard.A_3A]
    assert declared(build(root, "--pdf-standard", "a-1a")) == DECLARED[Standard.A_1A]


@pytest.mark.parametrize("command", ["consolidated --period", "compare"])
def test_documents_of_many_reports_follow(command: str, tmp_path: Path) -> None:
    root = small(tmp_path / "project")
    council(root, "pdf: a-1a")
    asked = [*command.split(), "2024-h1", "--root", str(root), "--format", "pdf"]
    assert main(asked) == 0
    [path] = root.rglob("2024-h1.pdf")
    assert declared(path.read_bytes()) == DECLARED[Standard.A_1A]
    assert main([*asked, "--pdf-standard", "a-3a"]) == 0
    assert declared(path.read_bytes()) == DECLARED[Standard.A_3A]


def test_the_preview_of_a_form_follows(tmp_path: Path) -> None:
    root = small(tmp_path / "project")
    council(root, "pdf: a-1a")
    asked = ["form", "preview", "zhytomyr-measures", "--root", str(root), "--format", "pdf"]
    assert main(asked) == 0
    [path] = root.rglob("zhytomyr-measures.pdf")
    assert declared(path.read_bytes()) == DECLARED[Standard.A_1A]


def test_a_package_and_its_book_follow(tmp_path_factory: pytest.TempPathFactory) -> None:
    for standard in Standard:
        output = drawn(tmp_path_factory, OF_PACKAGES) / standard.value / "packages" / PACKAGE
        made = {one.name: one.read_bytes() for one in output.glob("*.pdf")}
        assert len(made) == 6
        assert {declared(one) for one in made.values()} == {DECLARED[standard]}
        assert (b"/ObjStm" in made["book.pdf"]) is not standard.is_first_part


def test_what_is_no_profile_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    root = small(tmp_path / "project")
    council(root, "pdf: a-1c")
    assert main(["build", "--root", str(root)]) == 1
    said = capsys.readouterr().err
    lines = (root / "content" / "council.yaml").read_text("utf-8").count("\n")
    assert f"content/council.yaml:{lines}:6: помилка[value-choice]: «a-1c» тут не буває" in said
    assert main(["build", "--root", str(root), "--pdf-standard", "a-4"]) == 2
    assert f"немає профілю «a-4»; є: {', '.join(STANDARDS)}" in capsys.readouterr().err
