"""Forms that went through LibreOffice: it calculates the same, and nothing is lost."""

from __future__ import annotations

import re
import subprocess
import zipfile
from collections.abc import Mapping
from decimal import Decimal
from io import BytesIO
from pathlib import Path

import pytest
from overlays import ROOT
from returned import Book, given_out, opened, sheets_of, taken
from small_project import PROGRAMME, base, lay

from reportgen.cli.entry_report import Opened
from reportgen.entry.cells import Live
from reportgen.entry.workbook import read_workbook

CASES = [
    (ROOT, "social-protection", "2023-h1"),
    (ROOT / "examples" / "other-councils", "sources-in-columns", "2023-h1"),
    (ROOT / "examples" / "other-councils", "kharkiv-informatisation", "2023-h1"),
    (ROOT / "examples" / "other-councils", "kharkiv-sources-in-rows", "2023-h1"),
    (ROOT / "examples" / "other-councils", "budget-programme", "2023"),
    (ROOT / "examples" / "other-councils", "annual-sections", "2023"),
]

# Without this LibreOffice keeps the values of formulas that another program wrote.
RECALCULATE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load">
<prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop>
</item>
</oor:items>
"""

pytestmark = [pytest.mark.tool("soffice"), pytest.mark.slow]


@pytest.fixture(scope="module")
def profile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("profile")
    (folder / "user").mkdir()
    (folder / "user" / "registrymodifications.xcu").write_text(RECALCULATE, encoding="utf-8")
    return folder


def office(profile: Path, folder: Path, books: Mapping[str, bytes], target: str) -> Path:
    """Convert workbooks, by name, at one start of the office; return the folder of new files."""
    sources = [folder / f"{name}.xlsx" for name in books]
    for source, data in zip(sources, books.values(), strict=True):
        source.write_bytes(data)
    options = [f"-env:UserInstallation={profile.as_uri()}", "--headless", "--convert-to", target]
    subprocess.run(
        ["soffice", *options, "--outdir", str(folder / "out"), *map(str, sources)],
        check=True,
        capture_output=True,
        timeout=300,
    )
    return folder / "out"


def poisoned(book: bytes) -> bytes:
    """Return the workbook with a wrong value cached in every formula."""
    result = BytesIO()
    with zipfile.ZipFile(BytesIO(book)) as source, zipfile.ZipFile(result, "w") as target:
        for name in source.namelist():
            data = source.read(name)
            if name.startswith("xl/worksheets/sheet"):
                data = re.sub(rb"(</f>)<v>[^<]*</v>", rb"\1<v>12345</v>", data)
            target.writestr(name, data)
    return result.getvalue()


def typed_in(report: Opened) -> bytes:
    """Return a form of the small project with something typed in."""
    book = Book(given_out(report, by_executor=True))
    book.typed("1.1", "actual", 60).typed("1.1", "info", "Рядок\n=другий\n«третій»")
    return book.data


@pytest.fixture(scope="module")
def small_report(tmp_path_factory: pytest.TempPathFactory) -> Opened:
    programme = base(PROGRAMME).replace("[biblioteka]", "[viddil-kultury, biblioteka]", 1)
    return opened(lay(tmp_path_factory.mktemp("small"), {PROGRAMME: programme}))


@pytest.fixture(scope="module")
def saved(
    profile: Path, small_report: Opened, tmp_path_factory: pytest.TempPathFactory
) -> dict[str, bytes]:
    """Return all forms as the office saves them again, which it is started for once."""
    forms = {slug: given_out(opened(root, slug, period)) for root, slug, period in CASES}
    bad = {f"{slug}-poisoned": poisoned(form) for slug, form in forms.items()}
    books = {**forms, **bad, "typed": typed_in(small_report)}
    out = office(profile, tmp_path_factory.mktemp("forms"), books, "xlsx:Calc MS Excel 2007 XML")
    return {name: (out / f"{name}.xlsx").read_bytes() for name in books}


@pytest.mark.parametrize(("root", "slug", "period"), CASES, ids=[one[1] for one in CASES])
def test_it_calculates_what_is_cached(
    saved: Mapping[str, bytes], root: Path, slug: str, period: str
) -> None:
    report = opened(root, slug, period)
    calculated = {one.name: one.cells for one in read_workbook(saved[f"{slug}-poisoned"]).sheets}
    compared = 0
    for sheet in sheets_of(report):
        for cell in sheet.cells:
            if isinstance(cell.content, Live):
                got = calculated[sheet.name].get((cell.row, cell.column))
                value = got.value if got else None
                got_now = round(value, 9) if isinstance(value, Decimal) else value or ""
                assert got_now == cell.content.cached, (sheet.name, cell)
                compared += 1
    assert compared
    received, found = taken(report, saved[slug])
    assert not found
    assert not received.changes


def test_typed_in_and_saved_by_it(saved: Mapping[str, bytes], small_report: Opened) -> None:
    received, found = taken(small_report, saved["typed"])
    assert not found
    assert [one.answer for one in received.changes] == ["60", "Рядок\n=другий\n«третій»"]
    sheets = {one.name: one.cells for one in read_workbook(saved["typed"]).sheets}
    values = [one.value for one in sheets["Вербівська публічна бібліотека"].values()]
    assert Decimal(60) in values  # what is entered on another sheet
    assert Decimal(50) in values  # its percent, 60 of 120


@pytest.mark.tool("pdftotext")
def test_it_prints_whole(profile: Path, tmp_path: Path) -> None:
    report = opened(ROOT, "equal-opportunities", "2023")
    path = office(profile, tmp_path, {"form": given_out(report)}, "pdf") / "form.pdf"
    text = subprocess.run(
        ["pdftotext", "-layout", str(path), "-"], check=True, capture_output=True
    ).stdout.decode()
    words = set(text.split())
    for sheet in sheets_of(report):
        for cell in sheet.cells:
            if isinstance(cell.content, str):
                missing = [one for one in cell.content.split() if one not in words]
                assert len(missing) <= len(cell.content.split()) // 4, (sheet.name, missing)
    assert "_reportgen" not in text
    assert "measures" not in text
