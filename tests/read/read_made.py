"""Small files made by hand, for what no library writes, and tables as tests compare them."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import docx as python_docx
import typst
import xlsxwriter

from reportgen.read.reading import DAMAGED, read_data
from reportgen.read.source import SourceFile, SourceParagraph, SourceTable, UnreadableFileError

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_S = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"


def zipped(parts: Mapping[str, str | bytes]) -> bytes:
    result = io.BytesIO()
    with zipfile.ZipFile(result, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return result.getvalue()


def members(data: bytes) -> dict[str, bytes]:
    """Return the parts of an archive by name."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def relations(**targets: str) -> str:
    """Return relations, each named by its kind."""
    listed = "".join(
        f'<Relationship Id="{kind}" Type="{_R}/{kind.rstrip("0123456789")}" Target="{target}"/>'
        for kind, target in targets.items()
    )
    return f'<Relationships xmlns="{_PACKAGE}">{listed}</Relationships>'


def docx(body: str, **parts: str) -> bytes:
    """Return a Word file: its body, and other parts as ``styles``, without their root."""
    roots = {"styles": "styles", "numbering": "numbering", "footnotes": "footnotes"}
    names = f'xmlns:w="{_W}" xmlns:r="{_R}"'
    others = {
        f"word/{name}.xml": f"<w:{roots[name]} {names}>{part}</w:{roots[name]}>"
        for name, part in parts.items()
    }
    return zipped(
        {
            "_rels/.rels": relations(officeDocument="word/document.xml"),
            "word/document.xml": f"<w:document {names}><w:body>{body}</w:body></w:document>",
            "word/_rels/document.xml.rels": relations(**{one: f"{one}.xml" for one in parts}),
            **others,
        }
    )


def p(text: str, properties: str = "", run: str = "") -> str:
    """Return a Word paragraph."""
    return (
        f"<w:p><w:pPr>{properties}</w:pPr><w:r><w:rPr>{run}</w:rPr>"
        f'<w:t xml:space="preserve">{text}</w:t></w:r></w:p>'
    )


def tc(text: str, properties: str = "") -> str:
    """Return a cell of a Word table."""
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{p(text)}</w:tc>"


def tr(*cells: str, properties: str = "") -> str:
    """Return a row of a Word table."""
    return f"<w:tr><w:trPr>{properties}</w:trPr>{''.join(cells)}</w:tr>"


def tbl(*rows: str) -> str:
    """Return a Word table."""
    return f"<w:tbl>{''.join(rows)}</w:tbl>"


def xlsx(
    *sheets: str, styles: str = "", strings: str = "", states: Mapping[int, str] = {}
) -> bytes:
    """Return a workbook: the contents of its ``worksheet`` elements, named Аркуш1 and so on."""
    listed = "".join(
        f'<sheet name="Аркуш{at}" sheetId="{at}" r:id="worksheet{at}" '
        f'state="{states.get(at, "visible")}"/>'
        for at in range(1, len(sheets) + 1)
    )
    targets = {f"worksheet{at}": f"worksheets/sheet{at}.xml" for at in range(1, len(sheets) + 1)}
    shared = {"styles": "styles.xml", "sharedStrings": "sharedStrings.xml"}
    return zipped(
        {
            "_rels/.rels": relations(officeDocument="xl/workbook.xml"),
            "xl/workbook.xml": f'<workbook xmlns="{_S}" xmlns:r="{_R}">'
            f"<sheets>{listed}</sheets></workbook>",
            "xl/_rels/workbook.xml.rels": relations(**targets, **shared),
            "xl/styles.xml": f'<styleSheet xmlns="{_S}">{styles}</styleSheet>',
            "xl/sharedStrings.xml": f'<sst xmlns="{_S}">{strings}</sst>',
            **{
                f"xl/{targets[f'worksheet{at}']}": f'<worksheet xmlns="{_S}">{sheet}</worksheet>'
                for at, sheet in enumerate(sheets, start=1)
            },
        }
    )


def one_cell(cell: str) -> str:
    """Return a sheet of one cell."""
    return f'<sheetData><row r="1">{cell}</row></sheetData>'


def written(write: Any) -> bytes:
    """Return a workbook that XlsxWriter makes; ``write`` is given the book."""
    result = io.BytesIO()
    with xlsxwriter.Workbook(result, {"in_memory": True}) as book:
        write(book)
    return result.getvalue()


def word_table(rows: list[list[str]]) -> bytes:
    """Return a Word file of one table, made by python-docx."""
    document = python_docx.Document()
    document.add_paragraph("Звіт")
    table = document.add_table(len(rows), len(rows[0]))
    for row, texts in zip(table.rows, rows, strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text
    result = io.BytesIO()
    document.save(result)
    return result.getvalue()


def pdf(source: str) -> bytes:
    """Return a PDF that Typst makes of its own language."""
    page = '#set page(width: 200mm, height: 120mm)\n#set text(lang: "uk", hyphenate: false)\n'
    made = typst.compile((page + source).encode(), format="pdf")
    assert isinstance(made, bytes)
    return made


def read(data: bytes, name: str) -> SourceFile:
    """Read in this process, so that what goes wrong is seen here."""
    try:
        return read_data(data, name)
    except UnreadableFileError as error:
        if str(error) == DAMAGED and error.__cause__ is not None:
            raise error.__cause__ from error
        raise


def outcome(read_it: Callable[[], SourceFile]) -> SourceFile | str:
    """Return what was read, or why it was refused."""
    try:
        return read_it()
    except UnreadableFileError as error:
        return str(error)


def tables(file: SourceFile) -> list[SourceTable]:
    return [block for block in file.blocks if isinstance(block, SourceTable)]


def table(file: SourceFile) -> SourceTable:
    [only] = tables(file)
    return only


def paragraphs(file: SourceFile) -> list[str]:
    return [block.text for block in file.blocks if isinstance(block, SourceParagraph)]


def texts(source: SourceTable) -> list[list[str]]:
    """Return the texts of a table's cells by row."""
    return [[cell.text for _, cell in row.cells] for row in source.rows]


def spots(source: SourceTable) -> list[list[tuple[int, int, int, str]]]:
    """Return the cells of a table by row: (column, columns, rows, text)."""
    return [
        [(column, cell.columns, cell.rows, cell.text) for column, cell in row.cells]
        for row in source.rows
    ]


def told(file: SourceFile) -> list[str]:
    """Return the remarks with the places of each."""
    return [f"{one.place.where}: {one.message}" for one in file.remarks]


def save(folder: Path, name: str, data: bytes) -> Path:
    path = folder / name
    path.write_bytes(data)
    return path
