"""What was read as JSON and back, between the process that reads and the one that asked.

Nothing but texts, numbers and truths goes over, and all of it is checked: who reads an untrusted
file is not to be trusted either. Fields stand in lists, in the order of their classes.
"""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any, Final

from reportgen.read.source import (
    Place,
    Remark,
    SourceBlock,
    SourceCell,
    SourceFile,
    SourceParagraph,
    SourceRow,
    SourceTable,
    UnreadableFileError,
)

_FILE: Final = "file"
_REFUSED: Final = "refused"


def refusal(message: str) -> bytes:
    """Return an answer that says why there is no file."""
    return json.dumps({_REFUSED: message}).encode("ascii")


def answer(file: SourceFile) -> bytes:
    """Return an answer with a file."""
    blocks = [
        [_place(block.place), block.text, block.bold]
        if isinstance(block, SourceParagraph)
        else [_place(block.place), block.name, [_row(row) for row in block.rows], "table"]
        for block in file.blocks
    ]
    remarks = [[one.message, _place(one.place)] for one in file.remarks]
    return json.dumps({_FILE: [file.name, blocks, remarks]}, separators=(",", ":")).encode("ascii")


def _place(place: Place) -> list[Any]:
    return [place.where, place.line, place.column]


def _row(row: SourceRow) -> list[Any]:
    return [
        _place(row.place),
        row.hidden,
        row.header,
        [[at, *_cell(cell)] for at, cell in row.cells],
    ]


def _cell(cell: SourceCell) -> list[Any]:
    value = None if cell.value is None else str(cell.value)
    span = [cell.columns, cell.rows]
    return [cell.text, _place(cell.place), value, *span, cell.bold, cell.fault, cell.hidden]


def file_of(data: bytes) -> SourceFile:
    """Return the file of an answer.

    Raises:
        UnreadableFileError: with what the answer says of a file that could not be read.
        ValueError: when this is no answer.
    """
    found = json.loads(data)
    match found:
        case {"refused": str() as message}:
            raise UnreadableFileError(message)
        case {"file": [str() as name, [*blocks], [*remarks]]}:
            return SourceFile(name, tuple(map(_block_of, blocks)), tuple(map(_remark_of, remarks)))
    raise ValueError("not an answer")


def _block_of(found: object) -> SourceBlock:
    match found:
        case [place, str() as text, bool() as bold]:
            return SourceParagraph(text, _place_of(place), bold)
        case [place, str() as name, [*rows], "table"]:
            return SourceTable(tuple(map(_row_of, rows)), _place_of(place), name)
    raise ValueError("not a block")


def _row_of(found: object) -> SourceRow:
    match found:
        case [place, bool() as hidden, bool() as header, [*cells]]:
            return SourceRow(tuple(map(_cell_of, cells)), _place_of(place), hidden, header)
    raise ValueError("not a row")


def _cell_of(found: object) -> tuple[int, SourceCell]:
    match found:
        case [
            int() as at,
            str() as text,
            place,
            str() | None as value,
            int() as columns,
            int() as rows,
            bool() as bold,
            str() as fault,
            bool() as hidden,
        ]:
            number = None if value is None else _number_of(value)
            where = _place_of(place)
            return at, SourceCell(text, where, number, columns, rows, bold, fault, hidden)
    raise ValueError("not a cell")


def _number_of(value: str) -> Decimal:
    number = Decimal(value)
    if not number.is_finite():
        raise ValueError("not a number")
    return number


def _place_of(found: object) -> Place:
    match found:
        case [str() as where, int() as line, int() as column]:
            return Place(where, line, column)
    raise ValueError("not a place")


def _remark_of(found: object) -> Remark:
    match found:
        case [str() as message, place]:
            return Remark(message, _place_of(place))
    raise ValueError("not a remark")
