"""What a reader is told of a figure when pointing at its cell."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeAlias

from reportgen.document.blocks import Table
from reportgen.document.explain import ExplainedTable, brief
from reportgen.model.council import NumberStyle

#: The title of each cell that has one, by row of the body and grid column, from 0.
Titles: TypeAlias = Mapping[tuple[int, int], str]


def titles(table: Table, numbers: NumberStyle) -> Titles:
    """Return how each figure is made that is not typed.

    An empty cell has no title: a reader of the screen would be read that in place of its text.
    """
    return {
        (at.row, at.column): brief(one, numbers)
        for at, one in ExplainedTable(table, numbers).made()
        if one.text.strip()
    }
