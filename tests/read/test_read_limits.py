"""Files made to fill the memory or to run for ever are refused in bounded time and room."""

from __future__ import annotations

import dataclasses
import io
import time
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path

import pytest
from read_made import docx, members, one_cell, outcome, p, pdf, save, tbl, tc, tr, xlsx, zipped

from reportgen.diagnostics import BrokenEnvironment
from reportgen.read import isolated
from reportgen.read.limits import LIMITS, Limits
from reportgen.read.opening import read_file
from reportgen.read.reading import read_data
from reportgen.read.source import SourceFile, UnreadableFileError

#: So tight that a test is quick; a slow machine answers within the patience nevertheless.
TIGHT = dataclasses.replace(LIMITS, processor=3, patience=30, memory=600_000_000)
#: For what is still being read after three seconds, too: it is no more so after one.
TIGHTEST = dataclasses.replace(TIGHT, processor=1)
_FOR_EVER = {"div", "blanks", "lines", "nested"}
_SLACK = 10  # seconds in which a process starts and ends


@pytest.fixture(autouse=True)
def bounded() -> Iterator[None]:
    """Whatever a test reads: no process of it may take more memory or time than it was given."""
    begun = time.monotonic()
    yield
    assert time.monotonic() - begun < TIGHT.patience + _SLACK
    resource = pytest.importorskip("resource")
    most = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * 1024
    assert most < LIMITS.memory


def refused(folder: Path, name: str, data: bytes, said: str, limits: Limits = TIGHT) -> None:
    with pytest.raises(UnreadableFileError, match=said):
        read_file(save(folder, name, data), limits)


def bomb(millions: int) -> bytes:
    """Return so many million zeros, deflated: one block that stands there again and again."""
    packer = zlib.compressobj(9, wbits=-zlib.MAX_WBITS)
    block = packer.compress(bytes(1_000_000)) + packer.flush(zlib.Z_FULL_FLUSH)
    # Of zeros, the sum of all sums so far is their number; the last block is an empty one.
    check = (millions * 1_000_000 % 65521) << 16 | 1
    return b"\x78\xda" + block * millions + b"\x03\0" + check.to_bytes(4)


def test_a_bomb_is_what_an_honest_packer_makes_of_zeros() -> None:
    assert zlib.decompress(bomb(3)) == bytes(3_000_000)
    assert len(bomb(2000)) < 2_500_000


def pdf_with(content: bytes, *, deflated: bool = False, page: bytes = b"") -> bytes:
    """Return a PDF whose only page has a content of its own."""
    coded = b"/Filter/FlateDecode" if deflated else b""
    return (
        b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
        b"2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
        b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 99 99]/Contents 4 0 R"
        + page
        + b">>endobj\n"
        b"4 0 obj<<"
        + coded
        + b"/Length %d>>stream\n" % len(content)
        + content
        + b"\nendstream endobj\n"
        b"trailer<</Root 1 0 R/Size 5>>\n%%EOF"
    )


def test_a_file_of_500_mb_is_not_even_opened(tmp_path: Path) -> None:
    path = tmp_path / "звіт.docx"
    with path.open("wb") as stream:
        stream.write(b"PK\x03\x04")
        stream.truncate(500_000_000)
    with pytest.raises(UnreadableFileError, match="більший за 64 МБ"):
        read_file(path)


@pytest.mark.parametrize("name", ["word/document.xml", "word/media/image1.png"])
def test_a_zip_bomb_is_not_inflated(tmp_path: Path, name: str) -> None:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        for part, content in members(docx(p("Звіт"))).items():
            archive.writestr(part, content)
        archive.writestr(f"{name}2", bytes(50_000_000))
    refused(tmp_path, "звіт.docx", data.getvalue(), "розпаковується")


def test_an_archive_of_too_many_members(tmp_path: Path) -> None:
    data = zipped({**members(docx(p("Звіт"))), **{f"word/{at}.xml": b"" for at in range(9_000)}})
    refused(tmp_path, "звіт.docx", data, "частин")


def test_a_part_that_is_too_large() -> None:
    with pytest.raises(UnreadableFileError, match="більша за 0 МБ"):
        read_data(docx(p("Звіт")), "звіт.docx", dataclasses.replace(LIMITS, part=20))


_LAUGHS = "".join(f'<!ENTITY l{at} "{f"&l{at - 1};" * 10 if at else "ха"}">' for at in range(12))


@pytest.mark.parametrize("part", ["word/document.xml", "_rels/.rels"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_a_billion_laughs(tmp_path: Path, part: str, encoding: str) -> None:
    laughing = f"<!DOCTYPE a [{_LAUGHS}]><a>&l11;</a>".encode(encoding)
    data = zipped({**members(docx(p("Звіт"))), part: laughing})
    refused(tmp_path, "звіт.docx", data, "оголошує DTD")


def test_a_file_of_this_machine_is_not_fetched(tmp_path: Path) -> None:
    body = '<!DOCTYPE a [<!ENTITY f SYSTEM "file:///etc/hostname">]><a>&f;</a>'
    data = zipped({**members(docx(p("Звіт"))), "word/document.xml": body})
    refused(tmp_path, "звіт.docx", data, "оголошує DTD")


def test_tables_that_are_wider_than_any(tmp_path: Path) -> None:
    wide = docx(tbl(tr(tc("а", '<w:gridSpan w:val="1000000000"/>'))))
    refused(tmp_path, "звіт.docx", wide, "стовпців")
    page = "<html><body><table>" + "<tr><td colspan=1000 rowspan=65534>а<td>б" * 3_000
    refused(tmp_path, "звіт.html", page.encode(), "стовпців")


@pytest.mark.slow
def test_ten_million_merged_cells(tmp_path: Path) -> None:
    cell = '<c r="A1"><v>1</v></c>'
    one = "".join(f'<mergeCell ref="B{at}:XFD{at + 9}"/>' for at in range(1, 1_000_000, 10))
    data = xlsx(f"{one_cell(cell)}<mergeCells>{one}</mergeCells>")
    assert isinstance(read_file(save(tmp_path, "книга.xlsx", data)), SourceFile)
    rows = "".join(f'<row r="{at}"><c r="ALA{at}"><v>1</v></c></row>' for at in range(1, 10_001))
    areas = f'<sheetData>{rows}</sheetData><mergeCells><mergeCell ref="A1:ZZ10000"/></mergeCells>'
    refused(tmp_path, "книга.xlsx", xlsx(areas), "забагато об'єднаних", LIMITS)


def test_more_cells_or_rows_than_a_report_has() -> None:
    cells = "<c><v>1</v></c>" * 50
    data = xlsx(f"<sheetData><row>{cells}</row></sheetData>")
    with pytest.raises(UnreadableFileError, match="понад 40 комірок"):
        read_data(data, "книга.xlsx", dataclasses.replace(LIMITS, cells=40))
    for limits, said in (
        (dataclasses.replace(LIMITS, rows=3), "понад 3 рядків"),
        (dataclasses.replace(LIMITS, text=3), "понад 3 знаків"),
        (dataclasses.replace(LIMITS, cells=3), "понад 3 комірок"),
    ):
        with pytest.raises(UnreadableFileError, match=said):
            read_data("а\tб\n".encode() * 4, "звіт.txt", limits)


def test_a_cell_that_no_report_could_hold(tmp_path: Path) -> None:
    longest = "а" * LIMITS.cell
    assert read_data(f"а\t{longest}\n".encode(), "звіт.txt", LIMITS).blocks
    for text in (f"а\t{longest}б\n", f"{longest}б\n"):
        refused(tmp_path, "звіт.txt", text.encode(), r"рядок 1.*: 20001 знаків в одній", LIMITS)


@pytest.mark.slow
def test_the_same_long_text_in_every_cell(tmp_path: Path) -> None:
    cells = '<c t="s"><v>0</v></c>' * 1_000
    rows = f"<row>{cells}</row>" * 300
    data = xlsx(f"<sheetData>{rows}</sheetData>", strings=f"<si><t>{'а ' * 16_000}</t></si>")
    refused(tmp_path, "книга.xlsx", data, "розпаковується|завеликий|знаків")


def limits_of(request: pytest.FixtureRequest) -> Limits:
    """Return what a case is read within."""
    return TIGHTEST if request.node.callspec.id in _FOR_EVER else TIGHT


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("звіт.docx", docx("<w:sdt><w:sdtContent>" * 20_000)),
        ("звіт.docx", docx(tbl("<w:tr><w:tc><w:tbl>" * 80 + "</w:tbl></w:tc></w:tr>" * 80))),
        ("звіт.html", b"<html><body>" + b"<div>" * 20_000 + "а".encode()),
        ("звіт.html", b"<html><body>" + b"<table><tr><td>" * 5_000 + "а".encode()),
        ("звіт.txt", b"**" * 500_000 + b"<p>" * 200_000),
        ("звіт.txt", (b" " * 500_000 + b"|" * 100_000) * 3),
        ("звіт.html", b"<!---->" * 580 + b"<a>" + b"<!--" * 100_000),
    ],
    ids=["sdt", "tbl", "div", "table", "bold", "blanks", "comments"],
)
def test_what_is_endless_inside(
    tmp_path: Path, name: str, data: bytes, request: pytest.FixtureRequest
) -> None:
    limits = limits_of(request)
    found = outcome(lambda: read_file(save(tmp_path, name, data), limits))
    said = ("пошкоджено", "складний", "ні таблиць", "знаків")
    assert isinstance(found, SourceFile) or any(one in found for one in said)


@pytest.mark.slow
@pytest.mark.parametrize(
    "data",
    [
        pdf_with(b"0 0 m 9 9 l S\n" * 1_500_000),
        pdf_with(bomb(2000), deflated=True),
        pdf_with(b"/X Do", page=b"/Resources<</XObject<</X 4 0 R>>>>").replace(
            b"<</Length", b"<</Type/XObject/Subtype/Form/Resources<</XObject<</X 4 0 R>>>>/Length"
        ),
        pdf_with(b"").replace(b"/Kids[3 0 R]", b"/Kids[2 0 R 3 0 R 2 0 R]"),
        pdf_with(b"[" * 1_000_000),
        pdf("Звіт").replace(b"startxref", b"startxref\n9\nstartxref"),
    ],
    ids=["lines", "bomb", "form in itself", "pages in themselves", "nested", "tables lost"],
)
def test_endless_pdf_files(tmp_path: Path, data: bytes, request: pytest.FixtureRequest) -> None:
    limits = limits_of(request)
    found = outcome(lambda: read_file(save(tmp_path, "звіт.pdf", data), limits))
    said = ("складний", "пошкоджено", "скан без тексту")
    assert isinstance(found, SourceFile) or any(one in found for one in said)


def test_who_waits_has_a_clock_of_its_own(tmp_path: Path) -> None:
    page = ("<html><body>" + "<table><tr><td>а" * 3_000).encode()
    refused(tmp_path, "звіт.html", page, "складний", dataclasses.replace(LIMITS, patience=1))


def test_a_program_that_lacks_a_part_of_itself_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(isolated, "_environment", lambda: {"PYTHONPATH": str(tmp_path)})
    with pytest.raises(BrokenEnvironment, match="встановіть її наново"):
        read_file(save(tmp_path, "звіт.txt", "Звіт".encode()))
