"""Make what the contenders draw: ``python prepare.py ROWS FOLDER``, with reportgen importable.

The report is the shipped one of the social-protection programme, through the real stages. For
more rows its outline is repeated before the figures are computed, each copy with a mark at every
text, so that no engine can remember a paragraph it has laid out before.
"""

from __future__ import annotations

import json
import pickle
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import peer_docxtpl
from plain import FILE, ROWS, Cell, Line, Plain, Row

from reportgen.build.project import open_project
from reportgen.check.report import check_fit
from reportgen.compute.report import compute_report
from reportgen.diagnostics import Diagnostic, as_text, has_errors
from reportgen.document import blocks, origin
from reportgen.document.make import make_document
from reportgen.load import load_content, load_report
from reportgen.model.programme import Amount, Entry, Executors, Item, Text, Value
from reportgen.model.report import Report
from reportgen.write.fonts import find_typeface
from reportgen.write.pdf_typst.cells import TableTexts
from reportgen.write.xlsx.area import Area
from reportgen.write.xlsx.formulas import Operand, computed_formula, sum_formula

ROOT = Path(__file__).resolve().parent.parent
DOCUMENT = "document.pickle"
TEMPLATE = "template.docx"
_PROGRAMME, _PERIOD = "social-protection", "2023-h1"


def main(rows: int, folder: Path) -> None:
    """Leave the document for ours, plain data and a Word template for the peers."""
    document = make(rows)
    plain = plain_of(document)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / DOCUMENT).write_bytes(pickle.dumps(document))
    (folder / FILE).write_text(json.dumps(plain, ensure_ascii=False), encoding="utf-8")
    (folder / TEMPLATE).write_bytes(peer_docxtpl.make_template(plain))


def make(rows: int) -> blocks.Document:
    """Return the document with so many rows, a multiple of the report's own.

    Raises:
        SystemExit: when the content has errors, or other rows than it had.
    """
    return _document(repeated(_report(), rows // ROWS), rows)


def make_many(count: int) -> Iterator[blocks.Document]:
    """Yield so many documents of the report's own rows, each with another mark at its texts.

    Raises:
        SystemExit: as `make` does.
    """
    report = _report()
    for number in range(1, count + 1):
        yield _document(_with_marks(report, [f" [{number}]"]), ROWS)


def _document(report: Report, rows: int) -> blocks.Document:
    found: list[Diagnostic] = check_fit(report)
    figures = compute_report(report)
    lines = sum(len(one.lines) for one in figures.values())
    document = make_document(report, figures, report.period.period.last_day, found)
    if document is None or has_errors(found) or lines != rows:
        sys.exit("\n".join(map(as_text, found)) or f"{lines} rows, not {rows}")
    return document


def _report() -> Report:
    project = open_project(ROOT)
    found: list[Diagnostic] = []
    content = load_content(project.root, found)
    for source in content.sources:
        if (source.slug, source.period.id) == (_PROGRAMME, _PERIOD) and content.council:
            report = load_report(source, ROOT, content.council, project.templates, found)
            if report and not has_errors(found):
                return report
    sys.exit("\n".join(map(as_text, found)) or f"no report {_PROGRAMME} {_PERIOD}")


def repeated(report: Report, copies: int) -> Report:
    """Return the report with its outline and figures repeated; the first copy has no mark."""
    return _with_marks(report, ["", *(f" [{copy}]" for copy in range(2, copies + 1))])


def _with_marks(report: Report, marks: Sequence[str]) -> Report:
    """Return the report with one copy of its outline and figures for each mark."""
    outlines = {
        table: tuple(_marked_item(item, mark) for mark in marks for item in outline)
        for table, outline in report.programme.outlines.items()
    }
    entries = {
        table: {key: one for mark in marks for key, one in _marked_entries(rows, mark).items()}
        for table, rows in report.period.entries.items()
    }
    programme = replace(report.programme, outlines=outlines)
    return replace(report, programme=programme, period=replace(report.period, entries=entries))


def _marked_item(item: Item, mark: str) -> Item:
    return replace(
        item,
        key=item.key + mark,
        text=item.text and item.text + mark,
        values={column: _marked(value, mark) for column, value in item.values.items()},
        children=tuple(_marked_item(child, mark) for child in item.children),
    )


def _marked_entries(entries: Mapping[str, Entry], mark: str) -> dict[str, Entry]:
    return {
        key + mark: replace(
            entry,
            values={column: _marked(value, mark) for column, value in entry.values.items()},
            parts=_marked_entries(entry.parts, mark),
        )
        for key, entry in entries.items()
    }


def _marked(value: Value, mark: str) -> Value:
    match value:
        case Text(paragraphs):
            return replace(value, paragraphs=tuple(one + mark for one in paragraphs))
        case Executors(bodies):
            return replace(
                value, bodies=tuple(replace(body, name=body.name + mark) for body in bodies)
            )
        case Amount():
            return value
    return value


def plain_of(document: blocks.Document) -> Plain:
    """Return the document as plain data; it is one table between lines and a signature."""
    *above, table, signature = document.blocks
    typeface = find_typeface()
    if not (isinstance(table, blocks.Table) and isinstance(signature, blocks.Signature)):
        sys.exit("the report is not lines, a table and a signature any more")
    if typeface is None:
        sys.exit("no face with the metrics of Times is installed")
    lines = [
        Line(style=one.style.value, text=text)
        for one in above
        if isinstance(one, blocks.Paragraph)
        for text in one.lines
    ]
    width = len(table.columns)
    drawn = TableTexts(table, document.page, typeface)
    first = len(lines) + len(table.header)
    return Plain(
        title=document.title,
        author=document.author,
        dated=[document.dated.year, document.dated.month, document.dated.day],
        font=typeface.family,
        fonts=str(typeface.regular.path.parent),
        lines=lines,
        widths=[column.width for column in table.columns],
        header=_rows(table.header, width, first, drawn.header()),
        body=_rows(table.body, width, first, drawn.body()),
        position=signature.position,
        name=signature.name,
    )


def _rows(
    rows: tuple[blocks.Row, ...], width: int, first: int, drawn: Sequence[Mapping[str, Any]]
) -> list[Row]:
    """Return rows; ``drawn`` are they as ours are given to Typst."""
    return [
        Row(
            role=row.role.value,
            cells=[
                _cell(x, cell, first, hyphenated=own["hyphenate"])
                for (x, cell), own in zip(cells, data["cells"], strict=True)
            ],
        )
        for row, cells, data in zip(rows, blocks.place(rows, width), drawn, strict=True)
    ]


def _cell(x: int, cell: blocks.Cell, first: int, *, hyphenated: bool) -> Cell:
    return Cell(
        x=x,
        columns=cell.columns,
        rows=cell.rows,
        align=cell.align.value,
        paragraphs=list(cell.paragraphs),
        value=None if cell.value is None else float(cell.value),
        hyphenated=hyphenated,
        formula=_formula(cell, first),
    )


def _formula(cell: blocks.Cell, first: int) -> str:
    """Return the cell's formula in a sheet whose row ``first`` is the first of the body."""

    def operands(inputs: Sequence[origin.Input]) -> list[Operand]:
        return [
            Area(first + one.row, one.column, first + one.row, one.column)
            if isinstance(one, origin.Reference)
            else one
            for one in inputs
        ]

    match cell.origin:
        case origin.Sum(inputs):
            return sum_formula(operands(inputs)) or ""
        case origin.Computed(expression, inputs, decimals, zero):
            named = dict(zip(inputs, operands([*inputs.values()]), strict=True))
            return computed_formula(expression, named, decimals, zero)
    return ""


if __name__ == "__main__":
    main(int(sys.argv[1]), Path(sys.argv[2]))
