"""What builds of shipped content put out, read back by others and compared with the documents.

Every report and every example, so every form. The files are made once, by the command line as a
user calls it. Every reader here is independent of the library that wrote the file.
"""

from __future__ import annotations

import functools
import re
import subprocess
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import pytest
from drawn import drawn, once
from overlays import all_prepared, projects
from reading.compare import (
    check_docx,
    check_html,
    check_pdf,
    check_sheet,
    check_xlsx,
)
from reading.plumber import MM
from reading.poison import POISON, has_formulas, poisoned
from reading.poppler import words_by_page
from reading.tags import check_tags

from reportgen.build.project import shipped_templates
from reportgen.cli import main
from reportgen.document.blocks import Document, Paragraph, Role, Signature, Table
from reportgen.load import form_ids
from reportgen.model.standard import USUAL
from reportgen.proof.difference import lines_of, signed
from reportgen.proof.excel import read_values
from reportgen.proof.grid import Spot, spots
from reportgen.proof.lines import squeeze

pytestmark = pytest.mark.slow

OFFICE = ("docx", "xlsx")
LOWER = 2.5  # points that digits of 12 points are lower than the box they are reported in


class Key(NamedTuple):
    """A shipped report: the folder of its project, its programme and its period."""

    project: str
    slug: str
    period: str

    @property
    def file(self) -> str:
        """The report's name where those of all projects lie together."""
        return "-".join(self)


ROOTS = {root.name: root for root in projects()}
REPORTS = [
    Key(name, file.parent.name, file.stem)
    for name, root in ROOTS.items()
    for file in sorted(root.glob("content/programmes/*/2*.yaml"))
]
SUFFIXES = {"typst": "pdf", "weasyprint": "pdf", "docx": "docx", "xlsx": "xlsx", "html": "html"}


@dataclass(frozen=True)
class Files:
    """All that the builds make, when a file of a project, or of WeasyPrint, is first asked for."""

    factory: pytest.TempPathFactory

    def __getitem__(self, of: tuple[Key, str]) -> bytes:
        """Return a report's file by its format, or by the engine that made the PDF."""
        key, made = of
        if made == "weasyprint":
            output = drawn(self.factory, made) / USUAL.value / key.project
        else:
            make = functools.partial(build, ROOTS[key.project])
            output = once(self.factory, key.project, make)
        return (output / key.slug / f"{key.period}.{SUFFIXES[made]}").read_bytes()


def build(root: Path, folder: Path) -> None:
    """Build a project with the usual engine."""
    main(["build", "--root", str(root), "--output", str(folder), "--format", "docx,xlsx,html,pdf"])


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> Files:
    return Files(tmp_path_factory)


@pytest.fixture(params=REPORTS, ids=lambda key: key.file)
def key(request: pytest.FixtureRequest) -> Key:
    assert isinstance(request.param, Key)
    return request.param


@functools.cache
def documents(project: str) -> Mapping[tuple[str, str], Document]:
    found = {}
    for one in all_prepared(ROOTS[project]):
        assert one.document is not None, one.found
        found[one.source.slug, one.source.period.id] = one.document
    return found


@pytest.fixture
def document(key: Key) -> Document:
    return documents(key.project)[key.slug, key.period]


def test_every_form_is_drawn() -> None:
    assert len(REPORTS) >= 4
    ids = {one.form_id for root in ROOTS.values() for one in all_prepared(root)}
    assert ids == set(form_ids([shipped_templates()]))


# Cell by cell


def test_docx_shows_every_cell(files: Files, key: Key, document: Document) -> None:
    check_docx(files[key, "docx"], document)


def test_html_shows_every_cell(files: Files, key: Key, document: Document) -> None:
    check_html(files[key, "html"], document)


def test_xlsx_shows_every_cell(files: Files, key: Key, document: Document) -> None:
    check_xlsx(files[key, "xlsx"], document)


@pytest.mark.parametrize("engine", ["typst", "weasyprint"])
def test_pdf_shows_every_cell_cut_at_its_pages(
    files: Files, key: Key, document: Document, engine: str
) -> None:
    check_pdf(files[key, engine], document)


@pytest.mark.parametrize("engine", ["typst", "weasyprint"])
def test_pdf_is_heard_in_order_and_each_figure_with_its_row_and_column(
    files: Files, key: Key, document: Document, engine: str
) -> None:
    check_tags(files[key, engine], document)


# Page by page


def check_pages(data: bytes, document: Document) -> None:
    """Check what every printed report has, whoever printed it."""
    profile = document.page
    middle = (profile.left + profile.text_width / 2) * MM
    found = words_by_page(data)
    numbered = numbers_of_columns(document)
    for index, page in enumerate(found, start=1):
        levels: dict[float, list[str]] = {}
        for one in sorted(page, key=lambda one: one.left):
            levels.setdefault(round(one.bottom, 1), []).append(one.text)
        assert not numbered or numbered in levels.values(), f"page {index}: no row of numbers"
        number = [one for one in page if one.bottom < profile.top * MM]
        assert [one.text for one in number] == ([] if index == 1 else [str(index)])
        for one in number:
            assert (one.left + one.right) / 2 == pytest.approx(middle, abs=1.5)
            assert one.top + LOWER > 10 * MM
    if signed(document):
        last = squeeze(*(one.text for one in found[-1]))
        assert squeeze(signed(document)[-1]) in last
        assert above_signatures(document)[-20:] in last  # a signature is not alone


def numbers_of_columns(document: Document) -> list[str]:
    """Return what numbers the columns of the only table, on every page; nothing of several."""
    heads = [table.header[-1] for table in document.tables if table.header]
    alone = len(heads) == len(document.tables) == 1 and heads[0].role is Role.NUMBERS
    return [cell.text for cell in heads[0].cells] if alone else []


def above_signatures(document: Document) -> str:
    """Return the text that the signatures follow."""
    block = [one for one in document.blocks if not isinstance(one, Signature)][-1]
    if isinstance(block, Paragraph):
        return squeeze(*block.lines)
    assert isinstance(block, Table)
    measures = [row for row in block.body if row.role is not Role.TOTAL]
    return squeeze(measures[-1].cells[-1].text)


@pytest.mark.tool("pdftotext")
@pytest.mark.parametrize("engine", ["typst", "weasyprint"])
def test_pdf_pages(files: Files, key: Key, document: Document, engine: str) -> None:
    data = files[key, engine]
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
def calculated(files: Files, tmp_path_factory: pytest.TempPathFactory) -> dict[Key, bytes]:
    """Return each workbook as LibreOffice calculates it, from wrong values to begin with.

    Those without a formula are left as they are.
    """
    live = [key for key in REPORTS if has_formulas(files[key, "xlsx"])]
    assert live
    bad = {f"{key.file}.xlsx": poisoned(files[key, "xlsx"]) for key in live}
    for data in bad.values():  # were they not calculated anew, the poison would come back
        assert any(POISON in row for row in read_values(data))

    def make(folder: Path) -> None:
        convert(folder, "xlsx:Calc MS Excel 2007 XML", bad)

    out = once(tmp_path_factory, "calculated", make) / "out"
    return {key: (out / f"{key.file}.xlsx").read_bytes() for key in live}


@pytest.mark.tool("soffice")
def test_libreoffice_calculates_the_same_figures(
    calculated: Mapping[Key, bytes], files: Files, key: Key, document: Document
) -> None:
    check_sheet(calculated.get(key, files[key, "xlsx"]), document)


@pytest.fixture(scope="module")
def printed(files: Files, tmp_path_factory: pytest.TempPathFactory) -> dict[tuple[Key, str], bytes]:
    """Return both office formats of each report as LibreOffice prints them."""
    names = {(key, suffix): f"{key.file}-{suffix}" for key in REPORTS for suffix in OFFICE}

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
    printed: Mapping[tuple[Key, str], bytes], key: Key, document: Document, suffix: str
) -> None:
    found = words_by_page(printed[key, suffix])
    shown = letters("".join(one.text for page in found for one in page))
    cells = [one.text for table in document.tables for one in spots(table)]
    wanted = letters("".join([*lines_of(document), *cells, *signed(document)]))
    assert not wanted - shown


@pytest.mark.tool("soffice", "pdftotext")
def test_pages_of_docx_in_libreoffice(
    printed: Mapping[tuple[Key, str], bytes], key: Key, document: Document
) -> None:
    check_pages(printed[key, "docx"], document)


def test_the_spots_of_a_document_are_whole(document: Document) -> None:
    """The comparison itself: a reader that found nothing would not pass."""
    assert document.tables
    for table in document.tables:
        found: list[Spot] = spots(table)
        covered = sum(one.rows * one.columns for one in found)
        assert covered == len(table.columns) * (len(table.header) + len(table.body))
