"""The build as a whole: what a council may replace, what a killed one leaves, and the wheel."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
import venv
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from overlays import ROOT, files, lay_out, prepared, shipped, small

from reportgen import __version__
from reportgen.build.project import find_frame, open_project
from reportgen.cli import main
from reportgen.document.blocks import Paragraph

DOCX = ROOT / "templates" / "frame.docx"


def built(root: Path, suffix: str, *asked: str) -> bytes:
    """Build the village's report and return it in one format."""
    assert main(["build", "--root", str(root), "--format", suffix, *asked]) == 0
    return (root / "output" / "biblioteky" / f"2024-h1.{suffix}").read_bytes()


# The date that documents carry


def dates(root: Path) -> set[str]:
    with zipfile.ZipFile(io.BytesIO(built(root, "docx"))) as archive:
        core = archive.read("docProps/core.xml").decode()
    with zipfile.ZipFile(io.BytesIO(built(root, "xlsx"))) as archive:
        core += archive.read("docProps/core.xml").decode()
    found = {part[:10] for part in core.split(">") if part[4:5] == "-"}
    pdf = built(root, "pdf")
    for key in (b"/CreationDate(D:", b"/CreationDate (D:"):
        if key in pdf:
            day = pdf.split(key)[1][:8].decode()
            found.add(f"{day[:4]}-{day[4:6]}-{day[6:]}")
    return found


def test_documents_carry_the_last_day_of_their_period(tmp_path: Path) -> None:
    assert dates(small(tmp_path)) == {"2024-06-30"}


def test_source_date_epoch_is_another_date(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    assert dates(small(tmp_path)) == {"2023-11-14"}


# What a council brings of its own


def test_a_form_of_the_council_comes_before_the_shipped_one(tmp_path: Path) -> None:
    name = "templates/zhytomyr-measures-year/form.yaml"
    own = shipped(name).replace("text: 1. Виконання заходів}", "text: 1. Заходи}")
    report = prepared(lay_out(tmp_path, {name: own}), "equal-opportunities")
    assert report.document is not None
    texts = [block.lines for block in report.document.blocks if isinstance(block, Paragraph)]
    assert texts[-1] == ("1. Заходи",)
    assert tmp_path / name in report.inputs


def test_a_form_may_bring_its_own_frame(tmp_path: Path) -> None:
    root = small(tmp_path)
    names = ("page.css", "page.html.j2", "document.typ")
    ours = [f"/* рада {name} */" for name in names]
    for name, text in zip(names, ours, strict=True):
        (root / "templates" / name).write_text(text, encoding="utf-8")
    (root / "templates" / "prosta" / "page.css").write_text("/* форма */", encoding="utf-8")
    frame, paths = find_frame(open_project(root), "prosta")
    assert (frame.css, frame.html, frame.typst) == ("/* форма */", ours[1], ours[2])
    assert frame.docx == DOCX.read_bytes()
    assert paths[0] == DOCX
    assert paths[2] == root / "templates" / "prosta" / "page.css"
    others, _ = find_frame(open_project(root), "zhytomyr-measures")
    assert others.css == ours[0]


def test_a_style_sheet_of_the_council_dresses_its_page(tmp_path: Path) -> None:
    root = small(tmp_path)
    plain = built(root, "html")
    (root / "templates" / "page.css").write_text("h1 { color: #123456 }", encoding="utf-8")
    dressed = built(root, "html")
    assert b"#123456" in dressed
    assert b"#123456" not in plain
    manifest = json.loads((root / "output" / "manifest.json").read_text("utf-8"))
    inputs = manifest["files"]["biblioteky/2024-h1.html"]["inputs"]
    assert "templates/page.css" in inputs


def test_a_frame_that_is_no_text_is_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = small(tmp_path)
    own = root / "templates" / "prosta" / "page.css"
    own.write_bytes(b"p {}\n\xff\xfe")
    assert main(["build", "--root", str(root)]) == 1
    said = capsys.readouterr().err
    assert said.startswith("templates/prosta/page.css:2:1: помилка[template-invalid]: шаблон не в")


def test_a_mistake_in_the_frame_of_a_form_is_told_of_that_file(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = small(tmp_path)
    own = root / "templates" / "prosta" / "page.html.j2"
    own.write_text("<p>\n{% if %}", encoding="utf-8")
    assert main(["build", "--root", str(root), "--format", "html"]) == 1
    assert "templates/prosta/page.html.j2:2:1: помилка" in capsys.readouterr().err


def test_a_frame_may_not_lead_out_of_its_templates(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Else a foreign file could get into a published page."""
    root = small(tmp_path)
    secret = tmp_path / "secret.css"
    secret.write_text("p { color: red }", encoding="utf-8")
    (root / "templates").mkdir(exist_ok=True)
    (root / "templates" / "page.css").symlink_to(secret)
    assert main(["build", "--root", str(root)]) == 1
    assert "веде за межі теки templates" in capsys.readouterr().err
    assert not list((root / "output").rglob("*.html"))


def _folder(path: Path) -> None:
    path.mkdir()


def _pipe(path: Path) -> None:
    os.mkfifo(path)


def _device(path: Path) -> None:
    path.symlink_to("/dev/zero")


def _nowhere(path: Path) -> None:
    path.symlink_to("nowhere")


def _itself(path: Path) -> None:
    path.symlink_to(path.name)


@pytest.mark.skipif(os.name != "posix", reason="таких файлів тут не буває")
@pytest.mark.parametrize("name", ["frame.docx", "prosta/page.css", "document.typ"])
@pytest.mark.parametrize(
    ("make", "code"),
    [
        (_folder, "file-unreadable"),
        (_pipe, "file-unreadable"),
        (_device, "file-outside"),
        (_nowhere, "file-missing"),
        (_itself, "file-unreadable"),
    ],
)
def test_what_lies_in_place_of_a_frame_is_not_passed_over(
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    make: Callable[[Path], None],
    code: str,
    name: str,
) -> None:
    root = small(tmp_path)
    make(root / "templates" / name)
    assert main(["build", "--root", str(root), "--format", "html"]) == 1
    assert f"templates/{name}:1:1: помилка[{code}]: " in capsys.readouterr().err
    assert not list((root / "output").rglob("*.html"))


@pytest.mark.parametrize(
    ("name", "right"),
    [
        ("Frame.docx", "frame.docx"),
        ("prosta/page.css.txt", "page.css"),
        ("prosta/document.тyp", "document.typ"),
        ("page.html", "page.html.j2"),
        ("prosta/form.yml", "form.yaml"),
        ("frame.docx.docx", "frame.docx"),
        ("page.css.css", "page.css"),
        ("page (1).css", "page.css"),
        ("page.html.jinja", "page.html.j2"),
        ("frame.docm", "frame.docx"),
        ("prosta/frame.dotx", "frame.docx"),
    ],
)
def test_a_template_under_another_name_is_not_passed_over(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str, right: str
) -> None:
    root = small(tmp_path)
    (root / "templates" / name).write_bytes(b"")
    assert main(["build", "--root", str(root), "--format", "html"]) == 1
    said = capsys.readouterr().err
    assert f"templates/{name}:1:1: помилка[name-invalid]: " in said
    assert f"порада: має зватися {right};" in said
    assert not list((root / "output").rglob("*.html"))


@pytest.mark.parametrize(
    ("folder", "hint"),
    [
        ("templates/Zhytomyr-Measures", "має зватися zhytomyr-measures;"),
        ("templates/zhytomyr_measures", "має зватися zhytomyr-measures;"),
        ("templates/zhytomyr-mesures", "має зватися zhytomyr-measures;"),
        ("templates/Своя", "лише малі латинські літери"),
        ("templates/nichyia", "форми: "),
        ("Templates", "має зватися templates;"),
        ("template", "має зватися templates;"),
    ],
)
def test_a_folder_of_templates_under_another_name_is_not_passed_over(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], folder: str, hint: str
) -> None:
    root = small(tmp_path)
    if (root / folder).exists():
        pytest.skip("тут це та сама тека")
    (root / folder).mkdir()
    (root / folder / "page.css").write_bytes(b"")
    assert main(["check", "--root", str(root)]) == 1
    said = capsys.readouterr().err
    assert f"{folder}:1:1: помилка[name-invalid]: " in said
    assert f"порада: {hint}" in said
    assert said.count("name-invalid") == 1


def test_what_else_lies_among_templates_is_let_be(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = small(tmp_path)
    for name in (
        "templates/Герби/герб.png",
        "templates/zhytomyr-measures/page.css",
        "tmpl/page.css",
    ):
        (root / name).parent.mkdir(parents=True)
        (root / name).write_bytes(b"")
    assert main(["check", "--root", str(root)]) == 0
    assert "name-invalid" not in capsys.readouterr().err


def test_a_form_that_no_report_uses_stops_none(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = small(tmp_path)
    (root / "templates" / "nova").mkdir()
    (root / "templates" / "nova" / "form.yml").write_bytes(b"")
    (root / "templates" / "README.md").write_bytes(b"")
    (root / "templates" / ".DS_Store").write_bytes(b"")
    assert main(["build", "--root", str(root), "--format", "html"]) == 1
    assert "templates/nova/form.yml:1:1: помилка[name-invalid]" in capsys.readouterr().err
    assert list((root / "output").rglob("*.html"))
    assert main(["check", "--root", str(root)]) == 1


@pytest.mark.skipif(os.name != "posix", reason="посилання тут роблять лише адміністратори")
def test_templates_that_are_no_folder_are_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = lay_out(tmp_path)
    (root / "templates").symlink_to("nowhere")
    assert main(["check", "--root", str(root)]) == 1
    assert "templates:1:1: помилка[file-missing]: посилання веде" in capsys.readouterr().err
    (root / "templates").unlink()
    (root / "templates").write_bytes(b"")
    assert main(["check", "--root", str(root)]) == 1
    assert "тека не читається: це файл, а має бути тека" in capsys.readouterr().err


# The wheel


@pytest.mark.slow
def test_a_wheel_works_in_any_folder_with_content(tmp_path: Path) -> None:
    """Built, installed into an empty environment, and run where nothing but content/ is."""
    dist, place = tmp_path / "dist", tmp_path / "venv"
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", dist]
    subprocess.run(build, cwd=ROOT, check=True, capture_output=True)
    [wheel] = dist.glob(f"reportgen-{__version__}-*.whl")
    venv.create(place, with_pip=True)
    python = place / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    pip = [python, "-m", "pip", "install", "--no-index", "--no-deps", "--quiet", wheel]
    subprocess.run(pip, check=True, capture_output=True)
    # The libraries are lent by this environment; only the package itself is the wheel's.
    where = [python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"]
    libraries = Path(subprocess.run(where, check=True, capture_output=True, text=True).stdout[:-1])
    assert (libraries / "reportgen" / "templates" / "frame.docx").is_file()
    assert (libraries / "reportgen" / "errors.md").is_file()
    lent = [path for path in sys.path if path.endswith("site-packages")]
    (libraries / "lent.pth").write_text("\n".join(lent), encoding="utf-8")
    root = lay_out(tmp_path / "council")
    command = python.with_name("reportgen.exe" if os.name == "nt" else "reportgen")
    environment = {key: value for key, value in os.environ.items() if key != "PYTHONPATH"}
    subprocess.run(
        [command, "build", "equal-opportunities"],
        cwd=root,
        env=environment,
        check=True,
        capture_output=True,
    )
    explain = [command, "check", "--explain", "number-gap"]
    explained = subprocess.run(explain, cwd=root, env=environment, check=True, capture_output=True)
    assert explained.stdout.decode("utf-8").startswith("## number-gap")
    for step in (["init", root / "нова"], ["build", "--root", root / "нова", "--format", "docx"]):
        begun = subprocess.run([command, *step], env=environment, check=True, capture_output=True)
        assert begun.stderr == b""
    from_source = ["build", "equal-opportunities", "--root", str(root)]
    assert main([*from_source, "--output", str(tmp_path / "here")]) == 0
    assert files(root / "output") == files(tmp_path / "here")
