"""The tables of a form read from the stream, pieces on several pages joined.

A table goes on until the header of another begins; its own header, repeated on the next page, is
passed over.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from reportgen.importing.branches import ReadTable
from reportgen.importing.findings import Findings
from reportgen.importing.fund_rows import FundNames
from reportgen.importing.grid import GridRow, StreamLine, regrid
from reportgen.importing.header import Heading
from reportgen.importing.labels import usual_depth
from reportgen.importing.repairs import Aligner
from reportgen.importing.rows import RowReader
from reportgen.importing.sorts import Profile
from reportgen.model.form import Form, Level, TableSection
from reportgen.read.source import Place, SourceCell


@dataclass(frozen=True, slots=True)
class TableTitle:
    """The title of a table of its own, above its header."""

    level: Level
    number: str
    text: str
    place: Place


def read_tables(  # noqa: PLR0913, PLR0917 - one call in one place
    lines: Sequence[StreamLine],
    headers: Sequence[Heading],
    claimed: frozenset[int],
    titles: Mapping[int, TableTitle],
    sort: Callable[[SourceCell], str],
    funds: FundNames,
    findings: Findings,
) -> tuple[list[ReadTable], list[StreamLine]]:
    """Return what is read of each table that is there, and the lines that are nobody's.

    ``claimed`` are lines that something else has been made of; ``titles`` stand by their line.
    """
    readers: dict[str, RowReader] = {}
    left: list[StreamLine] = []
    ends = [*(one.first for one in headers), len(lines)]
    for heading, (_, end) in zip(headers, pairwise(ends), strict=True):
        section = heading.section
        if section.id not in readers:
            rows = [
                regrid(line, one.starts)
                for one, (_, last) in zip(headers, pairwise(ends), strict=True)
                if one.section is section
                for at, line in enumerate(lines[one.end : last], start=one.end)
                if at not in claimed and isinstance(line, GridRow)
            ]
            readers[section.id] = _reader(section, heading, rows, sort, funds, findings)
        reader = readers[section.id]
        reader.header(heading.columns, heading.starts, heading.unknown)
        before = max((at for at in titles if at < heading.first), default=-1)
        if before >= 0 and all(not before < one.first < heading.first for one in headers):
            title = titles[before]
            reader.groups.title(title.level, title.number, title.text, title.place)
        left += [
            line
            for at, line in enumerate(lines[heading.end : end], start=heading.end)
            if at not in claimed and not reader.line(line)
        ]
    return [reader.table for reader in readers.values()], left


def _reader(  # noqa: PLR0913, PLR0917 - one call in one place
    section: TableSection,
    heading: Heading,
    rows: Sequence[GridRow],
    sort: Callable[[SourceCell], str],
    funds: FundNames,
    findings: Findings,
) -> RowReader:
    """Return a reader that knows what the cells of each column look like."""
    width = len(heading.columns)
    whole = [row for row in rows if len(row.filled) > 2]  # noqa: PLR2004 - less is a band
    looks = ({at: sort(cell) for at, cell in row.filled} for row in whole)
    profile = Profile.of(looks, width)
    aligner = Aligner(heading.columns, profile, sort)
    put_right = (aligner.align(row).cells for row in whole)
    looks = ({at: sort(cell) for at, cell in cells.items()} for cells in put_right)
    merges = any(cell.columns > max(2, width - 2) for row in rows for cell in row.cells.values())
    return RowReader(
        section,
        Profile.of(looks, width),
        _depths(heading, whole),
        sort,
        findings,
        merges=merges,
        funds=funds,
    )


def _depths(heading: Heading, rows: Sequence[GridRow]) -> dict[str, int]:
    """Return of how many parts the numbers of each level are that stand before their texts."""
    levels = heading.section.rows
    depths: dict[str, int] = {}
    for place, column in enumerate(heading.columns):
        if column and levels and column.source and column.source.field == "label":
            level = levels[0].id if column.source.level == "row" else column.source.level
            texts = [row.cells[place].text.strip() for row in rows if place in row.cells]
            depths[level] = usual_depth(text for text in texts if text)
    return depths


def missing_tables(form: Form, tables: Sequence[ReadTable]) -> list[TableSection]:
    """Return the tables of a form that the source does not have."""
    read = {table.section.id for table in tables}
    return [one for one in form.tables if one.id not in read]
