"""Why a printed figure is what it is: from its cell back to what is typed in files."""

from __future__ import annotations

from reportgen.document.explain.brief import brief
from reportgen.document.explain.table import ExplainedTable
from reportgen.document.explain.tree import (
    Added,
    Calculated,
    ColumnName,
    Explanation,
    Over,
    Replaced,
    Source,
    Typed,
)
from reportgen.document.explain.words import (
    all_digits,
    beginning,
    digits,
    rows_of,
    why_nothing,
    with_figures,
    with_headings,
)

__all__ = [
    "Added",
    "Calculated",
    "ColumnName",
    "ExplainedTable",
    "Explanation",
    "Over",
    "Replaced",
    "Source",
    "Typed",
    "all_digits",
    "beginning",
    "brief",
    "digits",
    "rows_of",
    "why_nothing",
    "with_figures",
    "with_headings",
]
