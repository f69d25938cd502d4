"""Rows that a page end has parted: what goes on above the first row of a page."""

from __future__ import annotations

import re
from collections.abc import Mapping

from reportgen.importing.branches import Branch
from reportgen.importing.labels import Label
from reportgen.model.form import Kind, TableSection
from reportgen.read.source import SourceCell

_TEXTS = (Kind.NARRATIVE, Kind.EXECUTORS, Kind.TEXT, Kind.PROGRAMMES)


def is_rest(cells: Mapping[str, SourceCell], label: Label, section: TableSection) -> bool:
    """Tell whether the first row of a page is the end of the last: texts, no number, no figure.

    A table without figures says nothing about that.
    """
    figures = [one.id for one in section.columns if one.kind.is_figure]
    filled = {key for key, cell in cells.items() if cell.text.strip()}
    numbered = bool(section.rows[0].number)
    return bool(figures and filled and numbered) and not label.number and filled.isdisjoint(figures)


def join_rest(
    branch: Branch, cells: Mapping[str, SourceCell], label: Label, section: TableSection
) -> None:
    """Add the end of a row, from the top of the next page, to its beginning."""
    branch.text = joined(branch.text, label.text)
    for column in section.columns:
        cell = cells.get(column.id)
        if cell and cell.text.strip() and column.source is None and column.kind in _TEXTS:
            branch.more.setdefault(column.id, []).append(cell)


def joined(first: str, second: str) -> str:
    """Return two parts of one text; a hyphen between them belongs to a word."""
    glue = "" if re.search(r"\w[-/]$", first) else " "
    return f"{first}{glue}{second}".strip()
