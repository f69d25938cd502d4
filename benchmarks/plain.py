"""The report as plain data: what the peers draw, without anything of reportgen.

A peer's author would have his data at hand like this, so making it costs the peers no time; and
importing this module costs them next to none.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import TypedDict, cast

FILE = "plain.json"

#: Rows of the report before it is repeated.
ROWS = 69


class Cell(TypedDict):
    """One cell, merged over ``columns`` x ``rows`` places; ``x`` is its grid column, from 0."""

    x: int
    columns: int
    rows: int
    align: str  # "left", "centre" or "right"
    paragraphs: list[str]
    value: float | None
    hyphenated: bool  # a word of it is wider than the cell: without a hyphen it would leave it
    formula: str  # for a sheet that draws a row for each heading line above the table; "" for none


class Row(TypedDict):
    """Cells from left to right; ``role`` is a value of ``reportgen.document.blocks.Role``."""

    role: str
    cells: list[Cell]


class Line(TypedDict):
    """A line above the table; ``style`` is a value of ``reportgen.document.blocks.Style``."""

    style: str
    text: str


class Plain(TypedDict):
    """The whole report."""

    title: str
    author: str
    dated: list[int]  # year, month, day
    font: str
    fonts: str  # the folder of its files
    lines: list[Line]
    widths: list[float]  # mm
    header: list[Row]
    body: list[Row]
    position: str
    name: str


def load(folder: Path) -> Plain:
    """Return the report that ``prepare`` left in a folder."""
    return cast("Plain", json.loads((folder / FILE).read_text(encoding="utf-8")))


def text_of(cell: Cell) -> str:
    """Return the cell's printed text."""
    return "\n".join(cell["paragraphs"])
