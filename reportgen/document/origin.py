"""Where a printed figure comes from, so that any of them can be explained and re-computed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import TypeAlias

from reportgen.diagnostics import Span
from reportgen.model.formula import Expression


@dataclass(frozen=True, slots=True)
class Reference:
    """A cell of the same table's body: row and grid column, from 0."""

    row: int
    column: int


#: What a computation uses: another cell, or a figure that no cell shows by itself.
Input: TypeAlias = Reference | Decimal


@dataclass(frozen=True, slots=True)
class Sum:
    """The value is the sum of the inputs."""

    inputs: tuple[Input, ...]


@dataclass(frozen=True, slots=True)
class Computed:
    """The value is a formula over inputs by name, rounded half up to ``decimals``.

    Where something is divided by zero there is no value, and the cell prints ``zero``.
    """

    expression: Expression
    inputs: Mapping[str, Input]
    decimals: int
    zero: str


#: Typed at a place of a file, or made from other cells.
Origin: TypeAlias = Span | Sum | Computed
