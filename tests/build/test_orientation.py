"""A form may turn its page: the council's others stay as they are."""

from __future__ import annotations

from pathlib import Path

import docx
import openpyxl
import pikepdf
import pytest
from overlays import small
from small_project import FORM, base

from reportgen.cli import main


def turned(page: str) -> str:
    """Return the little project's form on a page of its own, its columns narrow enough for both."""
    text = base(FORM)
    for wide, narrow in (("60", "40"), ("50", "27"), ("44", "20"), ("40, from", "20, from")):
        text = text.replace(f"width: {wide}", f"width: {narrow}")
    return f"{text.rstrip()}\npage: {page}\n".replace("form: prosta", "form: knyzhkova")


def build(root: Path, capsys: pytest.CaptureFixture[str], page: str) -> tuple[int, str]:
    form = root / "templates" / "knyzhkova" / "form.yaml"
    form.parent.mkdir(parents=True)
    form.write_text(turned(page), encoding="utf-8")
    passport = root / "content" / "programmes" / "shkoly" / "programme.yaml"
    text = passport.read_text("utf-8").replace("form: prosta", "form: knyzhkova")
    passport.write_text(text, encoding="utf-8")
    code = main(["build", "--root", str(root), "--jobs", "1"])
    return code, capsys.readouterr().err


def test_a_form_has_a_page_of_its_own(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, said = build(small(tmp_path, "shkoly"), capsys, "portrait")
    assert code == 0, said
    for slug, is_portrait in (("shkoly", True), ("biblioteky", False)):
        report = tmp_path / "output" / slug / "2024-h1"
        with pikepdf.open(report.with_suffix(".pdf")) as pdf:
            for page in pdf.pages:
                _, _, width, height = page.mediabox
                assert (width < height) == is_portrait
        for section in docx.Document(str(report.with_suffix(".docx"))).sections:
            assert section.page_width
            assert section.page_height
            assert (section.page_width < section.page_height) == is_portrait
        book = openpyxl.load_workbook(report.with_suffix(".xlsx"))
        orientation = "portrait" if is_portrait else "landscape"
        assert book.worksheets[0].page_setup.orientation == orientation
        size = "size: 210.0mm 297.0mm" if is_portrait else "size: 297.0mm 210.0mm"
        assert size in report.with_suffix(".html").read_text("utf-8")


def test_only_a_page_that_there_is(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, said = build(small(tmp_path, "shkoly"), capsys, "portret")
    assert code == 1
    assert "templates/knyzhkova/form.yaml:" in said
    assert "помилка[value-choice]: «portret» тут не буває" in said


def test_columns_must_fit_the_page_of_the_form(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = small(tmp_path)
    (root / FORM).write_text(base(FORM) + "page: portrait\n", encoding="utf-8")
    assert main(["check", "--root", str(root)]) == 1
    assert "а між полями сторінки 170 мм" in capsys.readouterr().err
