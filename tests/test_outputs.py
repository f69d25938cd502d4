"""What the shipped build puts out, read back by others and compared with the documents.

The files are made once, by the command line as a user calls it. Every reader here is independent of
the library that wrote the file.
"""

from __future__ import annotations

import os
import re
import subprocess
from collections import Counter
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from filelock import FileLock
from overlays import ROOT
from reading import excel, html, word
from reading.grid import Spot, spots
from reading.pdf import MM, Tag, expected, pages_of, read_tags, shape, squeeze
from reading.poppler import words_by_page

from reportgen.build.prepare import Prepared
from reportgen.cli import main
from reportgen.document.blocks import Document, Paragraph, Role, Signature
from reportgen.write.pages import split_at

pytestmark = pytest.mark.slow

OFFICE = ("docx", "xlsx")
REPORTS = [("social-protection", "2023-h1"), ("equal-opportunities", "2023")]
LOWER = 2.5  # points that digits of 12 points are lower than the box they are reported in
Files = Mapping[tuple[str, str], bytes]  # (programme, format or engine) → the file


def once(factory: pytest.TempPathFactory, name: str, make: Callable[[Path], None]) -> Path:
    """Return a folder that ``make`` fills once, however many processes run the tests."""
    base = factory.getbasetemp()
    folder = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / name
    with FileLock(f"{folder}.lock"):
        if not folder.exists():
            folder.mkdir()
            make(folder)
    return folder


def build_all(folder: Path) -> None:
    """Build the shipped content with both engines, in a folder for each."""
    for engine, formats in (("weasyprint", "pdf"), ("typst", "docx,xlsx,html,pdf")):
        asked = ["--output", str(folder / engine), "--pdf-engine", engine, "--format", formats]
        assert main(["build", "--root", str(ROOT), *asked]) == 0


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> Files:
    """All that the build makes of the shipped content."""
    output = once(tmp_path_factory, "outputs", build_all)
    found: dict[tuple[str, str], bytes] = {}
    for slug, period in REPORTS:
        for engine in ("typst", "weasyprint"):
            found[slug, engine] = (output / engine / slug / f"{period}.pdf").read_bytes()
        for suffix in ("docx", "xlsx", "html"):
            found[slug, suffix] = (output / "typst" / slug / f"{period}.{suffix}").read_bytes()
    return found


@pytest.fixture(params=REPORTS, ids=["social", "equal"])
def slug(request: pytest.FixtureRequest) -> str:
    return str(request.param[0])


@pytest.fixture
def document(slug: str, reports: Mapping[tuple[str, str], Prepared]) -> Document:
    [found] = [one.document for key, one in reports.items() if key[0] == slug]
    assert found is not None
    return found


def lines_of(document: Document) -> list[str]:
    """Return the lines above the table and below it, but for the signature."""
    blocks = [block for block in document.blocks if isinstance(block, Paragraph)]
    return ["\n".join(block.lines) for block in blocks]


def signature_of(document: Document) -> Signature:
    last = document.blocks[-1]
    assert isinstance(last, Signature)
    return last


# Cell by cell


def test_docx_shows_every_cell(files: Files, slug: str, document: Document) -> None:
    data = files[slug, "docx"]
    assert word.read_table(data) == spots(document.tables[0])
    outside = [text for text in word.read_paragraphs(data) if text.strip()]
    assert outside[: len(lines_of(document))] == lines_of(document)
    whole = "\n".join(word.text_of(one) for one in word.read_body(data).iter("{*}p"))
    sign = signature_of(document)
    assert squeeze(whole).endswith(squeeze(sign.position, sign.name))


def test_html_shows_every_cell(files: Files, slug: str, document: Document) -> None:
    data = files[slug, "html"]
    assert html.read_table(data) == spots(document.tables[0])
    shown = squeeze(html.read_page(data).select("main")[0].text)
    assert all(squeeze(line) in shown for line in lines_of(document))
    sign = signature_of(document)
    assert shown.endswith(squeeze(sign.position, sign.name))


def test_xlsx_shows_every_cell(files: Files, slug: str, document: Document) -> None:
    data = files[slug, "xlsx"]
    below = check_sheet(data, document)
    shown = [cell for row in excel.read_values(data) for cell in row if cell != ""]
    assert shown[: len(lines_of(document))] == lines_of(document)
    sign = signature_of(document)
    assert [one.value for one in below if one.value != ""] == [sign.position, sign.name]


def check_sheet(data: bytes, document: Document) -> list[excel.Found]:
    """Compare the table's cells, figures as numbers; return what the sheet has below it."""
    [table] = document.tables
    cells = [cell for row in (*table.header, *table.body) for cell in row.cells]
    found = excel.read_table(data, cells[0].text, len(table.columns))
    for one, spot, cell in zip(found[: len(cells)], spots(table), cells, strict=True):
        assert one[:4] == spot[:4]
        number = cell.value is not None
        assert one.value == (pytest.approx(float(cell.value), abs=1e-9) if number else cell.text)
    return found[len(cells) :]


@pytest.mark.parametrize("engine", ["typst", "weasyprint"])
def test_pdf_shows_every_cell_cut_at_its_pages(
    files: Files, slug: str, document: Document, engine: str
) -> None:
    [table] = document.tables
    head = len(table.header)
    rows: list[Tag] = []
    for tagged in read_tags(files[slug, engine]).below("Table"):
        above, below = list(tagged.below("TR"))[:head], list(tagged.below("TR"))[head:]
        assert [shape(row) for row in above] == expected(table.header)
        rows += below
    begins = [min(cell.page for cell in row.children if cell.page) for row in rows]
    starts = [index for index in range(1, len(rows)) if begins[index] > begins[index - 1]]
    assert len(starts) == len(pages_of(files[slug, engine])) - 1
    assert [shape(row) for row in rows] == expected(split_at(table, starts).body)
    whole = read_tags(files[slug, engine]).text
    sign = signature_of(document)
    assert whole.startswith(squeeze(*lines_of(document)))
    assert whole.endswith(squeeze(sign.position, sign.name))


# Page by page


def check_pages(data: bytes, document: Document) -> None:
    """Check what every printed report has, whoever printed it."""
    [table] = document.tables
    labels = [cell.text for cell in table.header[-1].cells]
    profile = document.page
    middle = (profile.left + profile.text_width / 2) * MM
    found = words_by_page(data)
    assert len(found) > 9
    for index, page in enumerate(found, start=1):
        levels: dict[float, list[str]] = {}
        for one in sorted(page, key=lambda one: one.left):
            levels.setdefault(round(one.bottom, 1), []).append(one.text)
        assert labels in levels.values(), f"page {index}: no row of numbers"
        number = [one for one in page if one.bottom < profile.top * MM]
        assert [one.text for one in number] == ([] if index == 1 else [str(index)])
        for one in number:
            assert (one.left + one.right) / 2 == pytest.approx(middle, abs=1.5)
            assert one.top + LOWER > 10 * MM
    last = squeeze(*(one.text for one in found[-1]))
    measures = [row for row in table.body if row.role is not Role.TOTAL]
    assert squeeze(signature_of(document).name) in last
    assert squeeze(measures[-1].cells[-1].text)[-20:] in last  # the signature is not alone


@pytest.mark.tool("pdftotext")
@pytest.mark.parametrize("engine", ["typst", "weasyprint"])
def test_pdf_pages(files: Files, slug: str, document: Document, engine: str) -> None:
    data = files[slug, engine]
    check_pages(data, document)
    words = [one for page in words_by_page(data) for one in page]
    assert min(one.left for one in words) >= 30 * MM - 0.1
    assert max(one.right for one in words) <= (297 - 10) * MM + 0.1
    assert max(one.bottom for one in words) <= (210 - 20) * MM + 3  # descenders


# LibreOffice

RECALCULATE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load">
<prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop>
</item>
</oor:items>
"""


def convert(folder: Path, target: str, sources: Mapping[str, bytes]) -> None:
    """Turn files, by name, into another format; formulas are calculated anew on the way."""
    profile = folder / "profile"
    (profile / "user").mkdir(parents=True, exist_ok=True)
    (profile / "user" / "registrymodifications.xcu").write_text(RECALCULATE, encoding="utf-8")
    for name, data in sources.items():
        (folder / name).write_bytes(data)
    options = [f"-env:UserInstallation={profile.as_uri()}", "--headless"]
    subprocess.run(
        ["soffice", *options, "--convert-to", target, "--outdir", folder / "out"]
        + [folder / name for name in sources],
        check=True,
        capture_output=True,
        timeout=300,
    )


@pytest.fixture(scope="module")
def calculated(files: Files, tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """Return each workbook as LibreOffice calculates it, from wrong values to begin with."""
    bad = {f"{slug}.xlsx": excel.poisoned(files[slug, "xlsx"]) for slug, _ in REPORTS}
    for data in bad.values():  # were they not calculated anew, the poison would come back
        assert any(excel.POISON in row for row in excel.read_values(data))

    def make(folder: Path) -> None:
        convert(folder, "xlsx:Calc MS Excel 2007 XML", bad)

    out = once(tmp_path_factory, "calculated", make) / "out"
    return {slug: (out / f"{slug}.xlsx").read_bytes() for slug, _ in REPORTS}


@pytest.mark.tool("soffice")
def test_libreoffice_calculates_the_same_figures(
    calculated: Mapping[str, bytes], slug: str, document: Document
) -> None:
    check_sheet(calculated[slug], document)


@pytest.fixture(scope="module")
def printed(files: Files, tmp_path_factory: pytest.TempPathFactory) -> dict[tuple[str, str], bytes]:
    """Return both office formats of each report as LibreOffice prints them."""
    names = {(slug, suffix): f"{slug}-{suffix}" for slug, _ in REPORTS for suffix in OFFICE}

    def make(folder: Path) -> None:
        sources = {f"{name}.{key[1]}": files[key] for key, name in names.items()}
        convert(folder, "pdf", sources)

    out = once(tmp_path_factory, "printed", make) / "out"
    return {key: (out / f"{name}.pdf").read_bytes() for key, name in names.items()}


def letters(text: str) -> Counter[str]:
    return Counter(re.sub(r"[\s\u00ad\u2010-]", "", text))


@pytest.mark.tool("soffice", "pdftotext")
@pytest.mark.parametrize("suffix", OFFICE)
def test_libreoffice_prints_all_of_it(
    printed: Mapping[tuple[str, str], bytes], slug: str, document: Document, suffix: str
) -> None:
    found = words_by_page(printed[slug, suffix])
    shown = letters("".join(one.text for page in found for one in page))
    table = "".join(one.text for one in spots(document.tables[0]))
    sign = signature_of(document)
    wanted = letters("".join([*lines_of(document), table, sign.position, sign.name]))
    assert not wanted - shown


@pytest.mark.tool("soffice", "pdftotext")
def test_pages_of_docx_in_libreoffice(
    printed: Mapping[tuple[str, str], bytes], slug: str, document: Document
) -> None:
    check_pages(printed[slug, "docx"], document)


def test_the_spots_of_a_document_are_whole(document: Document) -> None:
    """The comparison itself: a reader that found nothing would not pass."""
    found: list[Spot] = spots(document.tables[0])
    covered = sum(one.rows * one.columns for one in found)
    [table] = document.tables
    assert covered == len(table.columns) * (len(table.header) + len(table.body))
