"""What files say of themselves: title, author, subject, language, the same in both places."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pikepdf
import pytest
from overlays import small
from test_package import small as village

from reportgen.build.formats import PDF_ENGINES
from reportgen.cli import main
from reportgen.model.standard import STANDARDS

#: A key of Info → the property of XMP that says the same.
SAME = {"/Title": "dc:title", "/Author": "dc:creator", "/Subject": "dc:description"}
DATES = {"/CreationDate": "xmp:CreateDate", "/ModDate": "xmp:ModifyDate"}


def said(path: Path) -> Mapping[str, str]:
    """Return what Info says, after making sure that XMP says the same."""
    with pikepdf.open(path) as pdf, pdf.open_metadata() as xmp:
        info = {key: str(value) for key, value in pdf.docinfo.items()}
        for key, name in SAME.items():
            value = xmp[name]
            assert (value if isinstance(value, str) else "; ".join(value)) == info[key]
        for key, name in DATES.items():
            assert _day(xmp[name]) == _day(info[key].removeprefix("D:"))
        assert set(xmp["dc:language"]) == {"uk"}
        assert str(pdf.Root.Lang) == "uk"
    return info


def _day(moment: str) -> str:
    return moment.replace("-", "")[:8]


@pytest.mark.parametrize("engine", PDF_ENGINES)
@pytest.mark.parametrize("standard", STANDARDS)
def test_reports_and_what_is_made_of_many(standard: str, engine: str, tmp_path: Path) -> None:
    root = small(tmp_path)
    asked = ["--root", str(root), "--format", "pdf", "--pdf-engine", engine]
    asked += ["--pdf-standard", standard]
    assert main(["build", *asked, "--jobs", "1"]) == 0
    assert main(["consolidated", "--period", "2024-h1", *asked]) == 0
    assert main(["compare", "2024-h1", *asked]) == 0
    output = root / "output"
    report = said(output / "biblioteky" / "2024-h1.pdf")
    assert report["/Title"].startswith("Звіт")
    assert report["/Subject"].endswith(", I півріччя 2024 року")
    assert report["/Author"]
    for kind in ("consolidated", "compare"):
        info = said(output / kind / "2024-h1.pdf")
        assert info["/Author"] == author(root)
        assert info["/Subject"].startswith("Виконання програм")
        assert info["/Subject"].endswith("I півріччя 2024 року")


def author(root: Path) -> str:
    text = (root / "content" / "council.yaml").read_text("utf-8")
    return next(line for line in text.splitlines() if line.startswith("name: "))[6:].strip('"')


@pytest.mark.parametrize("standard", STANDARDS)
def test_a_package(standard: str, tmp_path: Path) -> None:
    root = village(tmp_path)
    assert main(["package", "sesiia-5", "--root", str(root), "--pdf-standard", standard]) == 0
    made = {one.stem: said(one) for one in root.rglob("*.pdf")}
    session = "5 сесія VIII скликання"
    assert made["book"]["/Subject"] == f"{session}, проєкт рішення"
    for name in ("book", "decision", "note"):
        assert made[name]["/Author"] == author(root)
        assert made[name]["/Subject"].startswith(session)
    assert made["01-biblioteky"]["/Subject"].endswith(", I півріччя 2024 року")
