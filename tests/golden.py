"""Golden files: what is expected lies in ``tests/golden`` and is read by people in reviews."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from reportgen.document.blocks import Cell, Document, Paragraph, Signature, Table

GOLDEN = Path(__file__).resolve().parent / "golden"


def check_golden(name: str, got: str, *, update: bool) -> None:
    """Compare with ``golden/<name>``; with ``--golden-update`` write it instead."""
    path = GOLDEN / name
    if update:
        path.write_text(got, encoding="utf-8", newline="\n")
    expected = path.read_text(encoding="utf-8") if path.exists() else ""
    assert got == expected, f"{path} differs; look, then run pytest --golden-update"


def unfold(document: Document) -> str:
    """Return a document as text: a line for each cell, with its role, spans and alignment."""
    return "\n".join(_lines(document)) + "\n"


def _lines(document: Document) -> Iterator[str]:
    yield f"title    {document.title}"
    yield f"author   {document.author}"
    yield f"dated    {document.dated} ({document.language})"
    for block in document.blocks:
        match block:
            case Paragraph(lines, style):
                yield f"{style.value:8} {' / '.join(lines)}"
            case Signature(position, name):
                yield f"sign     {position} | {name}"
            case Table():
                yield from _table(block)


def _table(table: Table) -> Iterator[str]:
    columns = ", ".join(f"{one.id} {one.width:g}" for one in table.columns)
    yield f"table    {table.caption}; mm: {columns}"
    for row in (*table.header, *table.body):
        yield f"--{row.role.value}"
        yield from (_cell(cell) for cell in row.cells)


def _cell(cell: Cell) -> str:
    merged = f"{cell.columns}x{cell.rows}" if (cell.columns, cell.rows) != (1, 1) else ""
    text = " ¶ ".join(cell.paragraphs).replace("\u00a0", "⍽")
    return f"{cell.align.value:6} {merged:5} {text}".rstrip()
