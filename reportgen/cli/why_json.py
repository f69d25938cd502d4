"""An explanation for a program: a tree of objects, numbers as text so that none loses a digit."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

from reportgen.diagnostics import Span
from reportgen.document.explain import (
    Added,
    Calculated,
    Explanation,
    Replaced,
    Typed,
    with_figures,
    with_headings,
)
from reportgen.model.council import NumberStyle

_DEEPEST = 60  # no form has so many formulas over formulas; a hostile one may


def why_json(explanation: Explanation, style: NumberStyle) -> str:
    """Return the explanation as JSON.

    Each figure has ``row``, ``column``, ``printed``, ``value`` and ``from``; one that stands in the
    tree already has no ``from`` again. ``from`` has a ``kind``: typed, sum, formula or declared.
    """
    return json.dumps(_Tree(style).figure(explanation, 0), ensure_ascii=False, indent=2)


class _Tree:
    """What all levels share: how numbers are printed, and what stands in the tree already."""

    def __init__(self, style: NumberStyle) -> None:
        self._style = style
        self._told: set[Explanation] = set()

    def figure(self, one: Explanation, depth: int) -> dict[str, Any]:
        known = one in self._told or depth > _DEEPEST
        self._told.add(one)
        column = one.column
        return {
            "row": one.name,
            "column": column
            and {"id": column.id, "label": column.label, "heading": column.heading},
            "printed": one.text,
            "value": _number(one.value),
            **({} if known else {"from": self._source(one, depth)}),
        }

    def _source(self, one: Explanation, depth: int) -> dict[str, Any]:
        match one.source:
            case Typed(place):
                return {"kind": "typed", "place": _place(place)}
            case Added(parts, over):
                figures = [self.figure(part, depth + 1) for part in parts]
                return {"kind": "sum", "over": over.value, "parts": figures}
            case Calculated() as calculated:
                return {
                    "kind": "formula",
                    "place": _place(calculated.place),
                    "formula": with_headings(calculated, self._style),
                    "figures": with_figures(calculated, self._style),
                    "exact": _number(calculated.exact),
                    "decimals": calculated.decimals,
                    "zero": calculated.zero,
                    "inputs": {
                        name: self.figure(part, depth + 1)
                        for name, part in calculated.inputs.items()
                    },
                }
            case Replaced(place, reason, computed):
                instead = self.figure(computed, depth + 1) if computed else None
                return {
                    "kind": "declared",
                    "place": _place(place),
                    "reason": reason,
                    "computed": instead,
                }


def _number(value: Decimal | None) -> str | None:
    return None if value is None else f"{value:f}"


def _place(place: Span | None) -> dict[str, str | int] | None:
    return {"file": place.file, "line": place.line, "column": place.column} if place else None
