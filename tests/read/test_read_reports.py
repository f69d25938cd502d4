"""Reports that the project itself builds are read back with every cell of their documents."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from overlays import all_prepared, projects
from read_made import paragraphs, read, tables

from reportgen.cli import main
from reportgen.document.blocks import Document, Paragraph, Signature, Table
from reportgen.proof.difference import lines_of, signed
from reportgen.proof.grid import Spot, spots
from reportgen.proof.lines import squeeze
from reportgen.read.source import SourceFile, SourceTable

pytestmark = pytest.mark.slow

ROOTS = {root.name: root for root in projects()}
_ADDRESS = re.compile(r" \((?:https?://[^\s()]+|[^\s()@]+@[^\s()@]+)\)")  # a sheet shows them


@pytest.fixture(scope="module", params=ROOTS)
def built(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> list[tuple[Document, Path]]:
    """Build one project; return its documents, each with its files but for the suffix."""
    root, output = ROOTS[request.param], tmp_path_factory.mktemp("output")
    main(["build", "--root", str(root), "--output", str(output), "--format", "docx,xlsx,html,pdf"])
    return [
        (one.document, output / one.source.slug / one.source.period.id)
        for one in all_prepared(root)
        if one.document is not None
    ]


def opened(path: Path, suffix: str) -> SourceFile:
    file = path.with_name(f"{path.name}.{suffix}")
    return read(file.read_bytes(), file.name)


def found(table: SourceTable) -> list[Spot]:
    return [
        Spot(at, column, cell.rows, cell.columns, cell.text)
        for at, row in enumerate(table.rows)
        for column, cell in row.cells
    ]


def tidied(table: Table) -> list[Spot]:
    """Return a document's cells, soft hyphens left out as readers leave them out."""
    return [one._replace(text=one.text.replace("\u00ad", "").strip()) for one in spots(table)]


@pytest.mark.parametrize("suffix", ["docx", "html"])
def test_tables_come_back_cell_by_cell(built: list[tuple[Document, Path]], suffix: str) -> None:
    for document, path in built:
        file = opened(path, suffix)
        wanted = [tidied(table) for table in document.tables]
        assert [found(table) for table in tables(file)[: len(wanted)]] == wanted
        lines = [squeeze(line) for line in lines_of(document)]
        assert [squeeze(line) for line in paragraphs(file)][: len(lines)] == lines
        assert file.remarks == ()


def printed(document: Document) -> Iterator[tuple[str, float | None]]:
    """Yield the texts of a document in order, with the number behind each."""
    for block in document.blocks:
        match block:
            case Paragraph(lines=lines):
                yield "\n".join(lines), None
            case Signature(position=position, name=name):
                yield from ((position, None), (name, None))
            case Table(header=header, body=body):
                for cell in (cell for row in (*header, *body) for cell in row.cells if cell.text):
                    yield cell.text, None if cell.value is None else float(cell.value)


def test_a_sheet_holds_every_text_and_every_number(built: list[tuple[Document, Path]]) -> None:
    for document, path in built:
        file = opened(path, "xlsx")
        cells = [
            cell
            for table in tables(file)
            for row in table.rows
            for _, cell in row.cells
            if cell.text
        ]
        wanted = list(printed(document))
        assert [_ADDRESS.sub("", cell.text) for cell in cells] == [text for text, _ in wanted]
        for cell, (_, number) in zip(cells, wanted, strict=True):
            value = None if cell.value is None else float(cell.value)
            assert value == (None if number is None else pytest.approx(number, abs=1e-9))
        assert file.remarks == ()


def test_a_pdf_holds_every_cell_in_order(built: list[tuple[Document, Path]]) -> None:
    """Merged cells are cut at the ends of pages, and so left out here."""
    for document, path in built:
        file = opened(path, "pdf")
        cells = iter(
            squeeze(cell.text)
            for table in tables(file)
            for row in table.rows
            for _, cell in row.cells
        )
        for table in document.tables:
            for cell in (cell for row in table.body for cell in row.cells if cell.rows == 1):
                wanted = squeeze(cell.text)
                assert wanted in cells, cell.text  # goes on to it
        outside = squeeze(*(line for line in paragraphs(file) if not line.isdigit()))
        for line in (*lines_of(document), *signed(document)):
            assert squeeze(line) in outside
