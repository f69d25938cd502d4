"""Where pages will begin, by the heights of cells: asked of the template, a few cells for all.

Measuring is laying out, and many cells are as tall as each other: of those that have as many lines
the first is measured. A cell whose lines cannot be counted is measured itself.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from reportgen.document.blocks import Cell, Document, Role, Table
from reportgen.model.council import PageProfile
from reportgen.write.fonts import Typeface
from reportgen.write.frame import Frame
from reportgen.write.keeping import first_kept
from reportgen.write.pages import RowStart, continuation
from reportgen.write.pdf_typst.cells import Data, TableTexts
from reportgen.write.pdf_typst.lines import Shape, shape
from reportgen.write.pdf_typst.payload import payload
from reportgen.write.pdf_typst.run import Asked, forget
from reportgen.write.prediction import POINTS_PER_MM, Expected, Measured, expected_starts

_MEASURES = "<measures>"  # what the template calls its answer

_FEWEST = 3  # heights that tell whether they grow evenly
_UNEVEN = 0.01  # points


def expected(document: Document, frame: Frame, typeface: Typeface | None) -> Expected:
    """Return where pages will begin by the heights of cells alone.

    Raises:
        FrameError: when ``document.typ`` does not compile, or tells no heights.
    """
    samples, asked = _prepared(document, frame, typeface, counted=True)
    forget(typeface)  # what documents before have left
    measures = asked.query(_MEASURES)
    if not all(samples[one["block"]].agree(one["rows"]) for one in measures["tables"]):
        samples, asked = _prepared(document, frame, typeface, counted=False)
        measures = asked.query(_MEASURES)
    leads, signatures = dict(measures["leads"]), dict(measures["signatures"])
    measured = list(_measured(document, samples, measures["tables"], leads))
    return expected_starts(document, measured, signatures)


def _prepared(
    document: Document, frame: Frame, typeface: Typeface | None, *, counted: bool
) -> tuple[Mapping[int, Samples], Asked]:
    """Return what is to be measured of each table, by its block, and the template to be asked."""
    samples = {
        index: Samples(one, document.page, typeface, counted=counted)
        for index, one in enumerate(document.blocks)
        if isinstance(one, Table)
    }
    tops = frozenset(RowStart(index, 0) for index in samples)
    rows = {index: one.rows for index, one in samples.items()}
    return samples, Asked(frame, typeface, payload(document, tops, typeface, rows))


class Samples:
    """The cells of a table that are measured for all of them, each as a row of its own.

    Unless lines are ``counted`` every cell is measured.
    """

    def __init__(
        self, table: Table, page: PageProfile, typeface: Typeface | None, *, counted: bool = True
    ) -> None:
        self.rows: list[Data] = []  # for the template
        self._counted = counted
        self._texts = TableTexts(table, page, typeface)
        self._known: dict[tuple[bool, Shape], int] = {}  # by shape, and whether it is bold
        # For each cell of the body, the samples of its own height and of what stands below a cut.
        self._stood_for = [
            [self._sampled(row.role, x, cell) for x, cell in placed]
            for row, placed in zip(table.body, table.placed_body, strict=True)
        ]

    def heights(
        self, answers: Sequence[Sequence[tuple[float, float]]]
    ) -> list[list[tuple[float, float]]]:
        """Return the heights of all cells and of their continuations, by those of the samples."""
        flat = _flat(answers)
        return [
            [(flat[own], flat[below] if below is not None else 0.0) for own, below in row]
            for row in self._stood_for
        ]

    def agree(self, answers: Sequence[Sequence[tuple[float, float]]]) -> bool:
        """Tell whether each line of one paragraph adds the same height; of three heights at least.

        A template of a council's own may set cells in other type or with other padding than lines
        are counted for; then it does not.
        """
        flat = _flat(answers)
        for heavy in (False, True):
            heights = sorted(
                (lines[0], flat[place])
                for (bold, lines), place in self._known.items()
                if bold == heavy and len(lines) == 1 and lines[0]
            )
            if len(heights) < _FEWEST:
                continue
            (fewest, low), *_, (most, high) = heights
            line = (high - low) / (most - fewest)
            if any(abs(low + (n - fewest) * line - tall) > _UNEVEN for n, tall in heights):
                return False
        return True

    def _sampled(self, role: Role, x: int, cell: Cell) -> tuple[int, int | None]:
        below = continuation(cell, 1) if cell.rows > 1 else None
        own_shape = self._shape(role, x, cell)
        if below is None:
            if own_shape is None:
                return self._add(role, x, cell), None
            return self._alike(role, x, cell, own_shape), None
        below_shape = self._shape(role, x, below)
        if own_shape is None or below_shape is None:
            place = self._add(role, x, cell, self._texts.content(role, x, below))
            return place, place + 1
        return self._alike(role, x, cell, own_shape), self._alike(role, x, below, below_shape)

    def _shape(self, role: Role, x: int, cell: Cell) -> Shape | None:
        if not self._counted:
            return None
        texts = self._texts
        return shape(cell, texts.room(x, cell), texts.size(role), texts.face(role))

    def _alike(self, role: Role, x: int, cell: Cell, own: Shape) -> int:
        """Return the sample of a shape, which is this cell if there is none yet."""
        key = role in (Role.BAND, Role.TOTAL), own
        if key not in self._known:
            self._known[key] = self._add(role, x, cell)
        return self._known[key]

    def _add(self, role: Role, x: int, cell: Cell, below: Data | None = None) -> int:
        """Take a cell as a sample, and return the place of its height among all answers."""
        data = {**self._texts.cell(role, x, 0, cell), "rows": 2 if below else 1}
        self.rows.append({"role": role.value, "cells": [{**data, "continued": below}]})
        return 2 * (len(self.rows) - 1)


def _flat(answers: Sequence[Sequence[tuple[float, float]]]) -> list[float]:
    """Return heights of samples as they are placed: each own one, and that below a cut."""
    return [height for [both] in answers for height in both]


def _measured(
    document: Document,
    samples: Mapping[int, Samples],
    tables: Sequence[Mapping[str, Any]],
    leads: Mapping[int, float],
) -> Iterator[Measured]:
    """Yield what was measured of each table, which ended its page there.

    ``leads`` tells where the headings of tables begin, by the first block of them.
    """
    top = document.page.top * POINTS_PER_MM
    room = document.page.text_height * POINTS_PER_MM
    first_page = 1  # what stands between the table before and this one begins there
    for one in tables:
        block, page, reached = one["block"], one["page"], one["top"]
        led = reached - leads.get(first_kept(document.blocks, block), reached)
        yield Measured(
            block=block,
            top=top + led,
            header=one["header"],
            rows=samples[block].heights(one["rows"]),
            above=(page - first_page) * room + reached - top - led,
        )
        first_page = page + 1
