"""Tags of a PDF compared with its document: in which order all is heard, and what heads a cell."""

from __future__ import annotations

import io
from collections.abc import Iterator

import pikepdf

from reportgen.document.blocks import Chart, Document, Paragraph, Role, Signature, Table, place
from reportgen.proof.pdf import Tag, read_tags
from reportgen.write.pages import split_at
from reportgen.write.row_names import row_names

TABLE, CHART = "\x01", "\x02"


def check_tags(data: bytes, document: Document) -> None:
    root = read_tags(data)
    assert heard(root) == written(document)
    tables = list(root.below("Table"))
    scopes = list(headings(data))
    assert len(tables) == len(scopes) == len(document.tables)
    for table, tag, found in zip(document.tables, tables, scopes, strict=True):
        pages = [row.page for row in tag.below("TR")][len(table.header) :]
        tops = [at for at in range(1, len(pages)) if pages[at] != pages[at - 1]]
        assert found == wanted(split_at(table, tops))


def heard(root: Tag) -> str:
    """Return all letters and digits by the tree of tags, a sign for each table and chart."""
    parts = (
        part if isinstance(part, str) else "".join(char for _, text in part for char in text)
        for part in _parts(root)
    )
    return _letters("".join(parts))


def _parts(tag: Tag) -> Iterator[str | list[tuple[int, str]]]:
    for part in tag.parts:
        if not isinstance(part, Tag):
            yield [part]
        elif part.kind == "Table":
            yield TABLE
        elif part.kind == "Figure":
            yield CHART
        else:
            yield from _parts(part)


def written(document: Document) -> str:
    """Return the same of a document, block by block."""
    texts: list[str] = []
    for block in document.blocks:
        match block:
            case Table():
                texts.append(TABLE)
            case Chart():
                texts.append(CHART)
            case Paragraph(lines):
                texts += lines
            case Signature(position, name):
                texts += (position, name)
    return _letters("".join(texts))


def _letters(text: str) -> str:
    return "".join(one for one in text if one.isalnum() or one in {TABLE, CHART})


def headings(data: bytes) -> Iterator[list[list[str]]]:
    """Yield what each cell of each table heads: "Row", "Column" or "" for a cell that does not."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        for table in _below(pdf.Root.StructTreeRoot, "/Table"):
            yield [[_heads(cell) for cell in row.K] for row in _below(table, "/TR")]


def _heads(cell: pikepdf.Object) -> str:
    given = cell.get("/A", pikepdf.Array())
    each = [given] if isinstance(given, pikepdf.Dictionary) else list(given)
    scopes = [str(one.Scope)[1:] for one in each if "/Scope" in one]
    assert (cell.S == "/TH") is bool(scopes)
    assert not any("/Headers" in one for one in each)
    return "".join(scopes)


def _below(element: pikepdf.Object, kind: str) -> Iterator[pikepdf.Object]:
    for kid in element.get("/K", ()):
        if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
            if kind == kid.S:
                yield kid
            else:
                yield from _below(kid, kind)


def wanted(table: Table) -> list[list[str]]:
    """Return the same as a table asks for it."""
    rows = [
        ["" if row.role is Role.NUMBERS else "Column" for _ in row.cells] for row in table.header
    ]
    placed = zip(place(table.body, len(table.columns)), row_names(table), strict=True)
    return rows + [["Row" if at in names else "" for at, _ in cells] for cells, names in placed]
