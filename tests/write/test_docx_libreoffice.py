"""DOCX through LibreOffice: all is printed, pages end well, and a frame survives a round trip."""

from __future__ import annotations

import dataclasses
import re
import subprocess
from collections import Counter
from pathlib import Path

import pdfplumber
import pytest
from small import small_document, small_table, text
from word import SHIPPED, TYPEFACE, frame, grid, opened, read_grid

from reportgen.document.blocks import Document, Paragraph, Role, Row, Signature, Table
from reportgen.write.docx import write_docx

pytestmark = [pytest.mark.slow, pytest.mark.tool("soffice")]


def long_document(rows: int) -> Document:
    """A table of so many one-line rows, a total, a signature."""
    body = [Row(tuple(text(f"р{index}") for _ in range(7))) for index in range(rows)]
    last = Row((text("Всього", columns=3), *(text("0") for _ in range(4))), Role.TOTAL)
    return small_document(dataclasses.replace(small_table(), body=(*body, last)))


def convert(folder: Path, kind: str, files: dict[str, bytes]) -> None:
    for name, data in files.items():
        (folder / name).write_bytes(data)
    subprocess.run(
        [
            "soffice",
            f"-env:UserInstallation={(folder / 'profile').as_uri()}",
            "--headless",
            *("--convert-to", kind, "--outdir", str(folder / "out")),
            *(str(folder / name) for name in files),
        ],
        check=True,
        capture_output=True,
        timeout=180,
    )


def letters(content: str) -> Counter[str]:
    """Count what is printed; blanks and hyphens depend on where lines end."""
    return Counter(re.sub(r"[\s\u00a0\u00ad-]", "", content))


def test_libreoffice_prints_all_of_it(tmp_path: Path) -> None:
    lengths = range(20, 34)  # around the end of the first page and of the second
    files = {f"{rows}.docx": write_docx(long_document(rows), frame(), None) for rows in lengths}
    files["small.docx"] = write_docx(small_document(), frame(), TYPEFACE)
    convert(tmp_path, "pdf", files)

    with pdfplumber.open(tmp_path / "out" / "small.pdf") as pdf:
        assert letters(pdf.pages[0].extract_text()) == letters(everything(small_document()))
        assert len(pdf.pages) == 1

    for rows in lengths:
        with pdfplumber.open(tmp_path / "out" / f"{rows}.pdf") as pdf:
            pages = [page.extract_words() for page in pdf.pages]
            middle = float(pdf.pages[0].width) / 2 + 10 / 25.4 * 72  # margins are 30 and 10 mm
        last = [word["text"] for word in pages[-1]]
        assert "КОВАЛЬЧУК" in last
        assert "Всього" in last  # the signature is not alone,
        assert f"р{rows - 1}" in last  # and two lines are with it
        assert all("з/п" in [word["text"] for word in page] for page in pages)
        for number, page in enumerate(pages[1:], start=2):
            top = min(page, key=lambda word: word["top"])
            assert top["text"] == str(number)
            assert top["top"] >= 10 / 25.4 * 72 - 1
            assert (top["x0"] + top["x1"]) / 2 == pytest.approx(middle, abs=1)
        assert pages[0][0]["text"] == "Звіт"  # no number on the first page


def everything(document: Document) -> str:
    """All printed text of a document."""
    printed: list[str] = []
    for block in document.blocks:
        match block:
            case Paragraph(lines=lines):
                printed += lines
            case Signature(position=position, name=name):
                printed += (position, name)
            case Table(header=header, body=body):
                printed += (cell.text for row in (*header, *body) for cell in row.cells)
    return "".join(printed)


def test_a_frame_saved_by_libreoffice_still_serves(tmp_path: Path) -> None:
    convert(tmp_path, "docx:MS Word 2007 XML", {"frame.docx": SHIPPED})
    saved = (tmp_path / "out" / "frame.docx").read_bytes()
    read = opened(small_document(), frame(saved))
    assert read.paragraphs[0].style.name == "Звіт: назва"
    assert read_grid(read.tables[0])[3:] == grid(small_table().body, 7)
