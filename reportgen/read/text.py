"""Text files: rows of cells parted by tabs, tables of Markdown, and lines of plain text.

A line that stands in no table is a paragraph with all of its blanks, for in a text torn out of a
PDF these are what is left of the columns. Blank lines are left out; they do not end a table.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from typing import Final, TypeAlias

from reportgen.read.markup_remnants import without_markup
from reportgen.read.source import (
    Place,
    SourceBlock,
    SourceCell,
    SourceFile,
    SourceParagraph,
    SourceRow,
    SourceTable,
)
from reportgen.read.tidying import seen, tidy

_PIPES: Final = re.compile(r"\s*\|.*\|\s*")
_PIPE: Final = re.compile(r"(?<!\\)\|")
_RULE: Final = frozenset(" \t|:-")  # signs under the header of a Markdown table

#: A cell as it stands in its line, and the character at which it begins, from 0.
_Piece: TypeAlias = tuple[str, int]


def read_text(text: str, name: str) -> SourceFile:
    """Return a text file, given as decoded text."""
    return SourceFile(name, tuple(_blocks(text)))


def _blocks(text: str) -> Iterator[SourceBlock]:
    rows: list[SourceRow] = []
    parted_by, bold = "", False
    for number, line in enumerate(re.split("\r\n|\r|\n", text.replace("\f", "")), start=1):
        if not line.strip():
            bold = False
            continue
        sign = "\t" if "\t" in line else "|" if _PIPES.fullmatch(line) else ""
        if sign != parted_by and rows:
            yield SourceTable(tuple(rows), rows[0].place)
            rows = []
        parted_by = sign
        if sign == "|" and "-" in line and _RULE.issuperset(line):
            rows[-1:] = [SourceRow(row.cells, row.place, header=True) for row in rows[-1:]]
        elif sign:
            rows.append(_row(_pieces(line, sign), number))
        else:
            styled = without_markup(line, bold=bold)
            bold = styled.goes_on
            if styled.text.strip():
                yield SourceParagraph(
                    seen(styled.text), Place(f"рядок {number}", number), styled.bold
                )
    if rows:
        yield SourceTable(tuple(rows), rows[0].place)


def _row(pieces: list[_Piece], number: int) -> SourceRow:
    cells = []
    for at, (piece, start) in enumerate(pieces):
        styled = without_markup(piece)
        place = Place(f"рядок {number}, комірка {at + 1}", number, start + 1)
        cells.append((at, SourceCell(tidy(styled.text), place, bold=styled.bold)))
    return SourceRow(tuple(cells), Place(f"рядок {number}", number))


def _pieces(line: str, sign: str) -> list[_Piece]:
    """Return the cells of a line; the pipes at its ends are no more than its frame."""
    if sign == "\t":
        ends = [match.start() for match in re.finditer("\t", line)] + [len(line)]
        starts = [0, *(end + 1 for end in ends)]
        return [(line[start:end], start) for start, end in zip(starts, ends, strict=False)]
    pipes = [match.start() for match in _PIPE.finditer(line)]
    spans = itertools.pairwise(pipes)
    return [(line[start + 1 : end].replace("\\|", "|"), start + 1) for start, end in spans]
