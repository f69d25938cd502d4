"""XLSX against the document: what cells hold, what they show, and the texts around the tables."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from decimal import Decimal

from reportgen.document.blocks import Cell, Document, Table
from reportgen.proof.charts import compare_charts, in_office
from reportgen.proof.difference import (
    Compared,
    Difference,
    counted,
    differing,
    limited,
    lines_of,
    signed,
    whole,
)
from reportgen.proof.excel import Found, Sheet, tables_of, texts_of, without_addresses
from reportgen.proof.figures import compare_formulas
from reportgen.proof.grid import Seen, compare_rows, in_rows, spots
from reportgen.proof.lines import compare_lines
from reportgen.proof.number_format import shown

# A spreadsheet keeps sixteen digits of a figure; sums of binary numbers lose the last of them.
_RELATIVE, _ABSOLUTE = 1e-12, 1e-9


def compare_xlsx(file: str, data: bytes, document: Document) -> Compared:
    """Compare a workbook with the document: spans, texts, exact figures, and how these look."""
    sheet = Sheet.read(data)
    tables = tables_of(sheet)
    found = list(_compare_tables(file, tables, document))
    for cells, table in zip(tables, document.tables, strict=False):
        found += compare_formulas(file, cells, table, sheet)
    found += [whole(file, f"{one} на аркуші приховано") for one in sheet.hidden()]
    texts = [without_addresses(one) for one in (*lines_of(document), *signed(document))]
    found += compare_lines(file, texts_of(sheet), texts)
    charts = in_office(data, "xl/drawings/drawing1.xml")
    found += compare_charts(file, charts, document, exact=True)
    return Compared(counted(document), limited(found))


def compare_cells(file: str, data: bytes, document: Document) -> Compared:
    """Compare the cells of the tables alone, whatever a program has done to the rest."""
    found = _compare_tables(file, tables_of(Sheet.read(data)), document)
    return Compared(counted(document), limited(list(found)))


def _compare_tables(
    file: str, tables: Sequence[list[Found]], document: Document
) -> Iterator[Difference]:
    if len(tables) != len(document.tables):
        yield whole(file, f"таблиць {len(tables)}, у моделі {len(document.tables)}")
    for found, table in zip(tables, document.tables, strict=False):
        yield from _compare_table(file, found, table)


def _compare_table(file: str, found: Sequence[Found], table: Table) -> Iterator[Difference]:
    wanted = spots(table)
    if [one[:4] for one in found] == [one[:4] for one in wanted]:
        for one, cell in zip(found, _cells(table), strict=True):
            yield from _compare_cell(file, one, cell)
        return
    # The tables are not built alike: rows are laid side by side by what their cells show.
    rows: list[list[Seen]] = [[] for _ in range(max((one.row for one in found), default=-1) + 1)]
    for one in found:
        rows[one.row].append(Seen(one.columns, one.rows, _shown(one), one.address))
    model = in_rows(one._replace(text=without_addresses(one.text)) for one in wanted)
    yield from compare_rows(file, rows, model, "")


def _cells(table: Table) -> list[Cell]:
    """Return a table's cells in the order of `spots`."""
    placed = table.placed_header + table.placed_body
    return [cell for starts in placed for _, cell in starts]


def _compare_cell(file: str, found: Found, cell: Cell) -> Iterator[Difference]:
    """Yield what differs of a cell: its text or figure, or else how the figure looks."""
    value, number, at = found.value, cell.value, found.address
    if number is None or not _is_number(value):
        text, wanted = _shown(found), without_addresses(cell.text)
        if text != wanted or number is not None:
            yield differing(file, at, wanted, text, "записано")
    elif not math.isclose(value, float(number), rel_tol=_RELATIVE, abs_tol=_ABSOLUTE):
        ours, theirs = _plain(number), _plain(Decimal(repr(value)))
        yield Difference(file, at, ours, theirs, f"значення {theirs}, у моделі {ours}")
    elif _shown(found) != cell.text:
        yield differing(file, at, cell.text, _shown(found), "показує")


def _shown(found: Found) -> str:
    """Return what a cell shows; a figure in a format that is none of ours, as it is."""
    if not _is_number(found.value):
        return str(found.value)
    number = Decimal(repr(found.value))
    text = shown(number, found.format)
    return f"{_plain(number)} у форматі {found.format}" if text is None else text


def _is_number(value: object) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def _plain(number: Decimal) -> str:
    return f"{number.normalize():f}".replace(".", ",")
